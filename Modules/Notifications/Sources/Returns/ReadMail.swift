internal import Foundation
internal import Kernel

/// A message that somebody sent us, read as far as is needed and no further: it may be anything.
struct ReadMail: Sendable {
  /// What of a message is looked at; reports stand at its beginning.
  static let mostRead = 262_144
  private static let mostHeaders = 400
  private static let mostHeaderBytes = 65_536
  private static let mostParts = 64
  private static let deepest = 6

  /// A part that has no parts of its own.
  struct Leaf: Sendable {
    let headers: Headers
    let type: String
    /// As it travelled, decoded.
    let content: [UInt8]

    var text: String { MailText.text(of: content, charset: headers.parameter("charset")) }
  }

  /// Header fields in their order, unfolded.
  struct Headers: Sendable {
    let fields: [(name: String, value: String)]

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// A parameter of the content type.
    func parameter(_ name: String) -> String? {
      self["content-type"].flatMap { MailText.parameters(of: $0)[name] }
    }
    var contentType: String {
      let type = self["content-type"]?.prefix { $0 != ";" } ?? "text/plain"
      return type.trimmingCharacters(in: .whitespaces).lowercased()
    }
  }

  let headers: Headers
  let leaves: [Leaf]

  init(_ bytes: [UInt8]) {
    var leaves: [Leaf] = []
    let whole = bytes.prefix(Self.mostRead)
    let (headers, body) = Self.split(whole)
    self.headers = headers
    Self.collect(headers, body, depth: 0, into: &leaves)
    self.leaves = leaves
  }

  /// Header fields and what follows the first empty line.
  static func split(_ bytes: ArraySlice<UInt8>) -> (Headers, ArraySlice<UInt8>) {
    var fields: [(name: String, value: String)] = []
    var rest = bytes
    var read = 0
    while let line = MailText.line(from: &rest) {
      if line.isEmpty { return (Headers(fields: fields), rest) }
      read += line.count
      guard read <= mostHeaderBytes, fields.count <= mostHeaders else { break }
      let text = String(decoding: line, as: UTF8.self)
      if line.first == 32 || line.first == 9 {
        guard !fields.isEmpty else { continue }
        fields[fields.count - 1].value += " " + text.trimmingCharacters(in: .whitespaces)
      } else if let colon = text.firstIndex(of: ":") {
        let name = text[..<colon].trimmingCharacters(in: .whitespaces).lowercased()
        let value = text[text.index(after: colon)...].trimmingCharacters(in: .whitespaces)
        fields.append((name, value))
      }
    }
    return (Headers(fields: fields), rest)
  }

  private static func collect(
    _ headers: Headers, _ body: ArraySlice<UInt8>, depth: Int, into leaves: inout [Leaf]
  ) {
    guard depth <= deepest, leaves.count < mostParts else { return }
    let type = headers.contentType
    guard type.hasPrefix("multipart/"), let boundary = headers.parameter("boundary"),
      (1...200).contains(boundary.utf8.count)
    else {
      leaves.append(
        Leaf(
          headers: headers, type: type,
          content: MailText.decoded(body, headers["content-transfer-encoding"])))
      return
    }
    for part in parts(of: body, between: Array("--\(boundary)".utf8)) {
      guard leaves.count < mostParts else { return }
      let (headers, body) = split(part)
      collect(headers, body, depth: depth + 1, into: &leaves)
    }
  }

  /// What stands between lines that are the boundary; a message that was cut off ends with its last part.
  private static func parts(
    of body: ArraySlice<UInt8>, between boundary: [UInt8]
  ) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = body
    var start: Int?
    while true {
      let position = rest.startIndex
      guard let line = MailText.line(from: &rest) else { break }
      guard line.starts(with: boundary) else { continue }
      if let start { parts.append(body[start..<position]) }
      guard parts.count < mostParts, !line.dropFirst(boundary.count).starts(with: [45, 45]) else {
        return parts
      }
      start = rest.startIndex
    }
    if let start, start < body.endIndex { parts.append(body[start...]) }
    return parts
  }
}

/// How mail writes text.
enum MailText {
  /// The next line without its end; nil when there is none.
  static func line(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    let end = rest.firstIndex(of: 10) ?? rest.endIndex
    var line = rest[rest.startIndex..<end]
    rest = end < rest.endIndex ? rest[(end + 1)...] : rest[rest.endIndex...]
    if line.last == 13 { line = line.dropLast() }
    return line
  }

  /// Parameters of a header such as `text/plain; charset="utf-8"`, by name.
  static func parameters(of value: String) -> [String: String] {
    var parameters: [String: String] = [:]
    var rest = value.unicodeScalars.drop { $0 != ";" }.dropFirst()
    while !rest.isEmpty, parameters.count < 20 {
      let name = rest.prefix { $0 != "=" && $0 != ";" }
      rest = rest.dropFirst(name.count)
      guard rest.first == "=" else {
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst()
      var text = String.UnicodeScalarView()
      if rest.first == "\"" {
        rest = rest.dropFirst()
        while let scalar = rest.popFirst(), scalar != "\"" {
          text.append(scalar == "\\" ? rest.popFirst() ?? "\\" : scalar)
        }
        rest = rest.drop { $0 != ";" }
      } else {
        text.append(contentsOf: rest.prefix { $0 != ";" })
        rest = rest.drop { $0 != ";" }
      }
      rest = rest.dropFirst()
      let key = String(name).trimmingCharacters(in: .whitespaces).lowercased()
      if parameters[key] == nil {
        parameters[key] = String(text).trimmingCharacters(in: .whitespaces)
      }
    }
    return parameters
  }

  static func decoded(_ body: ArraySlice<UInt8>, _ encoding: String?) -> [UInt8] {
    switch encoding?.lowercased() {
    case "base64":
      Data(base64Encoded: Data(body), options: .ignoreUnknownCharacters).map(Array.init) ?? []
    case "quoted-printable": quotedPrintable(body)
    default: Array(body)
    }
  }

  private static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(body.count)
    var rest = body
    while let byte = rest.popFirst() {
      guard byte == 61 else {
        output.append(byte)
        continue
      }
      if rest.first == 10 {
        rest.removeFirst()
      } else if rest.starts(with: [13, 10]) {
        rest.removeFirst(2)
      } else if let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.count >= 2
      {
        output.append(value)
        rest.removeFirst(2)
      } else {
        output.append(byte)
      }
    }
    return output
  }

  /// What is in no encoding we know is read as UTF-8, with marks where it is not.
  static func text(of bytes: [UInt8], charset: String?) -> String {
    let isLatin = ["iso-8859-1", "iso-8859-15", "windows-1252", "latin1", "cp1252"]
      .contains(charset?.lowercased() ?? "")
    guard isLatin else { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(windows1252[byte] ?? Unicode.Scalar(byte)) }
    return String(text)
  }

  /// Where Windows differs from Latin 1, as far as letters need it.
  private static let windows1252: [UInt8: Unicode.Scalar] = [
    0x80: "€", 0x85: "…", 0x8C: "Œ", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•",
    0x96: "–", 0x97: "—", 0x9C: "œ",
  ]
}

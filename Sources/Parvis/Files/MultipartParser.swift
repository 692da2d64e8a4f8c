internal import Foundation
internal import Kernel

/// Reads `multipart/form-data` (RFC 7578, RFC 2046) as it comes: what a part is called, then its bytes in
/// pieces. It holds no more than the piece it was given and the head of a part.
struct MultipartParser {
  struct Part: Equatable {
    let name: String
    /// Nil for a plain field.
    let file: String?
  }
  enum Step: Equatable {
    case begin(Part)
    case data(Data)
    case end
  }
  private enum State {
    /// Before the first part, what stands there is for nobody.
    case preamble
    case delimiter
    case head
    case body
    case over
  }

  private let delimiter: Data
  private var state = State.preamble
  private var buffer: Data

  private static let longestHead = 8192

  /// Throws `Problem.brokenForm` where the type names no boundary.
  init(type: String) throws {
    guard let boundary = HeaderValue(type).parameters["boundary"],
      (1...70).contains(boundary.utf8.count)
    else { throw Problem.brokenForm }
    delimiter = Data("\r\n--\(boundary)".utf8)
    // The first boundary may stand at the very beginning.
    buffer = Data("\r\n".utf8)
  }

  /// What the next piece brings. Throws a `Problem` for what is no form.
  mutating func take(_ data: Data) throws -> [Step] {
    var steps: [Step] = []
    buffer.append(data)
    while try step(&steps) {}
    return steps
  }

  /// Throws where it broke off.
  func finish() throws {
    guard case .over = state else { throw Problem.brokenForm }
  }

  /// Goes one step on; false where more has to come first.
  private mutating func step(_ steps: inout [Step]) throws -> Bool {
    switch state {
    case .preamble, .body:
      let isBody = if case .body = state { true } else { false }
      guard let found = buffer.range(of: delimiter) else {
        // The end of what is here may be the beginning of a boundary.
        let sure = buffer.count - (delimiter.count - 1)
        if sure > 0 { drop(sure, as: isBody ? { .data($0) } : nil, &steps) }
        return false
      }
      let length = found.lowerBound - buffer.startIndex
      if length > 0 { drop(length, as: isBody ? { .data($0) } : nil, &steps) }
      if isBody { steps.append(.end) }
      drop(delimiter.count, as: nil, &steps)
      state = .delimiter
    case .delimiter:
      guard buffer.count >= 2 else { return false }
      if buffer.starts(with: Data("--".utf8)) {
        state = .over
        return true
      }
      guard let line = buffer.range(of: Data("\r\n".utf8)) else {
        guard buffer.count < 128 else { throw Problem.brokenForm }
        return false
      }
      // Spaces may stand behind a boundary.
      guard buffer[..<line.lowerBound].allSatisfy({ $0 == 32 || $0 == 9 }) else {
        throw Problem.brokenForm
      }
      drop(line.upperBound - buffer.startIndex, as: nil, &steps)
      state = .head
    case .head:
      guard let gap = buffer.range(of: Data("\r\n\r\n".utf8)) else {
        guard buffer.count < Self.longestHead else { throw Problem.brokenForm }
        return false
      }
      let head = Data(buffer[..<gap.lowerBound])
      guard head.count < Self.longestHead, let part = Part(head: head) else {
        throw Problem.brokenForm
      }
      drop(gap.upperBound - buffer.startIndex, as: nil, &steps)
      steps.append(.begin(part))
      state = .body
    case .over:
      buffer = Data()
      return false
    }
    return true
  }

  private mutating func drop(_ count: Int, as step: ((Data) -> Step)?, _ steps: inout [Step]) {
    if let step { steps.append(step(Data(buffer.prefix(count)))) }
    buffer = Data(buffer.dropFirst(count))
  }
}

extension MultipartParser.Part {
  /// Nil where the head names no field.
  fileprivate init?(head: Data) {
    guard let text = String(validating: head, as: UTF8.self) else { return nil }
    let lines = text.components(separatedBy: "\r\n")
    let said = lines.first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let said else { return nil }
    let value = HeaderValue(String(said.dropFirst("content-disposition:".count)))
    guard value.first == "form-data", let name = value.parameters["name"] else { return nil }
    self.init(name: Self.plain(name), file: value.parameters["filename"].map(Self.plain))
  }

  /// Browsers write these three in this way, and nothing else (WHATWG HTML).
  private static func plain(_ text: String) -> String {
    text.replacingOccurrences(of: "%22", with: "\"")
      .replacingOccurrences(of: "%0D", with: "\r").replacingOccurrences(of: "%0A", with: "\n")
  }
}

/// A header's value with its parameters: `attachment; filename="a.pdf"`.
struct HeaderValue {
  let first: String
  /// By name in lower case; of two, the first.
  let parameters: [String: String]

  init(_ text: String) {
    var pieces: [String.UnicodeScalarView] = [.init()]
    var isQuoted = false
    var isEscaped = false
    func add(_ letter: Unicode.Scalar) { pieces[pieces.count - 1].append(letter) }
    for letter in text.unicodeScalars {
      if isEscaped {
        // Paths of old have backslashes that escape nothing.
        if letter != "\"", letter != "\\" { add("\\") }
        add(letter)
        isEscaped = false
      } else if isQuoted, letter == "\\" {
        isEscaped = true
      } else if letter == "\"" {
        isQuoted.toggle()
      } else if letter == ";", !isQuoted {
        pieces.append(.init())
      } else {
        add(letter)
      }
    }
    let trimmed = pieces.map { String($0).trimmingCharacters(in: .whitespaces) }
    first = trimmed[0].lowercased()
    parameters = Dictionary(
      trimmed.dropFirst().compactMap { piece in
        let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return sides.count == 2 ? (sides[0].lowercased(), String(sides[1])) : nil
      }
    ) { first, _ in first }
  }
}

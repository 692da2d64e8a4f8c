/// Reads JSON as RFC 8259 has it, in one pass over the bytes. Of members with the same name the last
/// counts.
struct JSONReader {
  /// Where and why a text is not JSON.
  struct Fault: Error {
    let place: String
  }

  /// Deeper nesting is refused, so that nobody can exhaust the stack.
  private static let deepest = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  /// `bytes` are valid UTF-8. Throws a `Fault`.
  static func value(of bytes: UnsafeBufferPointer<UInt8>) throws -> JSON {
    var reader = JSONReader(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.position == bytes.count else { throw reader.unexpected() }
    return value
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private mutating func take(_ byte: UInt8) throws {
    guard next == byte else { throw unexpected() }
    position += 1
  }

  private mutating func take(word: StaticString) throws {
    for index in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[index]) }
  }

  private mutating func value(depth: Int) throws -> JSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case UInt8(ascii: "t"):
      try take(word: "true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try take(word: "false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try take(word: "null")
      return .null
    default: return try number()
    }
  }

  private mutating func object(depth: Int) throws -> JSON {
    guard depth <= Self.deepest else { throw tooDeep() }
    position += 1
    var members: [String: JSON] = [:]
    skipSpace()
    if next == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw unexpected() }
      let name = try string()
      skipSpace()
      try take(UInt8(ascii: ":"))
      members[name] = try value(depth: depth)
      skipSpace()
      if next == UInt8(ascii: "}") { break }
      try take(UInt8(ascii: ","))
    }
    position += 1
    return .object(members)
  }

  private mutating func array(depth: Int) throws -> JSON {
    guard depth <= Self.deepest else { throw tooDeep() }
    position += 1
    var items: [JSON] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      position += 1
      return .array(items)
    }
    while true {
      items.append(try value(depth: depth))
      skipSpace()
      if next == UInt8(ascii: "]") { break }
      try take(UInt8(ascii: ","))
    }
    position += 1
    return .array(items)
  }

  private mutating func number() throws -> JSON {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let leading = next
    guard digits() > 0 else { throw unexpected() }
    if leading == UInt8(ascii: "0"), position - start > (bytes[start] == leading ? 1 : 2) {
      position = start
      throw unexpected()
    }
    var isWhole = true
    if next == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      guard digits() > 0 else { throw unexpected() }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      isWhole = false
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else { throw unexpected() }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let whole = Int64(text) { return .integer(whole) }
    guard let number = Double(text), number.isFinite else {
      throw Fault(place: "Number \(text.prefix(40)) is too large\(around(start)).")
    }
    // 1.0 and 1e3 are whole numbers, too; beyond 2^53 a number no longer says which.
    if let whole = Int64(exactly: number), abs(number) <= 0x1p53 { return .integer(whole) }
    return .number(number)
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }
}

extension JSONReader {
  private mutating func string() throws -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw unexpected()
      default: position += 1
      }
    }
    throw unexpected()
  }

  /// A text with escapes in it, the first of them here.
  private mutating func escapedString(from start: Int) throws -> String {
    var text = Array(bytes[start..<position])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &text)
      case 0..<0x20: throw unexpected()
      default:
        text.append(byte)
        position += 1
      }
    }
    throw unexpected()
  }

  private mutating func escape(into text: inout [UInt8]) throws {
    guard let byte = next else { throw unexpected() }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      position += 1
      text += UTF8.encode(try escapedScalar()) ?? UTF8.encodedReplacementCharacter
      return
    default: throw unexpected()
    }
    position += 1
  }

  private mutating func escapedScalar() throws -> Unicode.Scalar {
    let start = position
    let unit = try fourDigits()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // Half of a character beyond the first 65 536: the other half must follow.
    if UTF16.isLeadSurrogate(unit), next == UInt8(ascii: "\\") {
      position += 1
      try take(UInt8(ascii: "u"))
      let other = try fourDigits()
      if UTF16.isTrailSurrogate(other) {
        return UTF16.decode(UTF16.EncodedScalar([unit, other]))
      }
    }
    throw Fault(place: "Half a character in an escape\(around(start)).")
  }

  private mutating func fourDigits() throws -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw unexpected()
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}

extension JSONReader {
  private func unexpected() -> Fault {
    guard position < bytes.count else { return Fault(place: "Unexpected end of file") }
    let rest = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
    let found = rest.first.map { $0 < " " ? "control character" : "character '\($0)'" } ?? "byte"
    return Fault(place: "Unexpected \(found)\(around(position)).")
  }

  private func tooDeep() -> Fault {
    Fault(place: "More than \(Self.deepest) levels of nesting\(around(position)).")
  }

  private func around(_ position: Int) -> String {
    let before = bytes[..<position]
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = String(decoding: bytes[start..<position], as: UTF8.self).count + 1
    return " around line \(line), column \(column)"
  }
}

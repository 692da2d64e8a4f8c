/// Reads a whole JSON document (RFC 8259) from UTF-8 that is known to be sound. Members with the same
/// name are refused: programs differ in which of them counts.
struct JSONReader {
  /// The bytes are not JSON, or hold a number that no value can.
  struct Broken: Error {}

  /// An object has two members of this name.
  struct Repeated: Error {
    let name: String
  }

  /// How deep lists and objects may be within each other.
  private static let depthLimit = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// Throws `Broken`.
  static func read(_ text: String) throws -> JSON {
    var text = text
    return try text.withUTF8 { bytes in
      var reader = JSONReader(bytes)
      return try reader.document()
    }
  }

  private mutating func document() throws -> JSON {
    // A mark of the order of bytes, as some editors put it.
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { index = 3 }
    let value = try value()
    skipSpace()
    guard index == bytes.count else { throw Broken() }
    return value
  }

  private mutating func value() throws -> JSON {
    skipSpace()
    guard index < bytes.count else { throw Broken() }
    switch bytes[index] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { throw Broken() }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] {
      throw Broken()
    }
    index += count
    return value
  }

  private mutating func descend() throws {
    index += 1
    depth += 1
    guard depth <= Self.depthLimit else { throw Broken() }
  }

  private mutating func object() throws -> JSON {
    try descend()
    var members: [String: JSON] = [:]
    skipSpace()
    if try take(UInt8(ascii: "}")) {
      depth -= 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw Broken() }
      let name = try string()
      skipSpace()
      guard try take(UInt8(ascii: ":")) else { throw Broken() }
      let value = try value()
      guard members.updateValue(value, forKey: name) == nil else { throw Repeated(name: name) }
      skipSpace()
      if try take(UInt8(ascii: ",")) { continue }
      guard try take(UInt8(ascii: "}")) else { throw Broken() }
      depth -= 1
      return .object(members)
    }
  }

  private mutating func list() throws -> JSON {
    try descend()
    var items: [JSON] = []
    skipSpace()
    if try take(UInt8(ascii: "]")) {
      depth -= 1
      return .array(items)
    }
    while true {
      items.append(try value())
      skipSpace()
      if try take(UInt8(ascii: ",")) { continue }
      guard try take(UInt8(ascii: "]")) else { throw Broken() }
      depth -= 1
      return .array(items)
    }
  }

  /// Steps over `byte` where it comes next. Throws `Broken` at the end.
  private mutating func take(_ byte: UInt8) throws -> Bool {
    guard index < bytes.count else { throw Broken() }
    guard bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func string() throws -> String {
    index += 1
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw Broken()
      default: index += 1
      }
    }
    throw Broken()
  }

  /// The rest of a text that holds an escape; `start` is where it begins.
  private mutating func escapedString(from start: Int) throws -> String {
    var text = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw Broken()
      default: text.append(byte)
      }
    }
    throw Broken()
  }

  private mutating func escape(into text: inout [UInt8]) throws {
    guard index < bytes.count else { throw Broken() }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard try take(UInt8(ascii: "\\")), try take(UInt8(ascii: "u")) else { throw Broken() }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw Broken() }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw Broken() }
      text += UTF8.encode(scalar) ?? .init()
    default: throw Broken()
    }
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard index + 4 <= bytes.count else { throw Broken() }
    var code: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: throw Broken()
      }
      code = code << 4 | UInt32(digit)
    }
    index += 4
    return code
  }

  private mutating func number() throws -> JSON {
    let start = index
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    let first = index
    var isWhole = true
    let digits = skipDigits()
    guard digits > 0, digits == 1 || bytes[first] != UInt8(ascii: "0") else { throw Broken() }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      isWhole = false
      index += 1
      guard skipDigits() > 0 else { throw Broken() }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-")
      {
        index += 1
      }
      guard skipDigits() > 0 else { throw Broken() }
    }
    if isWhole, let whole = whole(bytes[first..<index], negative: first > start) {
      return .integer(whole)
    }
    guard let number = Double(String(decoding: bytes[start..<index], as: UTF8.self)),
      number.isFinite
    else { throw Broken() }
    if !isWhole, let whole = Int64(exactly: number) { return .integer(whole) }
    return .number(number)
  }

  private mutating func skipDigits() -> Int {
    let start = index
    while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
      index += 1
    }
    return index - start
  }

  /// The digits as a number that fits; nil where none does.
  private func whole(_ digits: Slice<UnsafeBufferPointer<UInt8>>, negative: Bool) -> Int64? {
    var number: Int64 = 0
    for byte in digits {
      let digit = Int64(byte - UInt8(ascii: "0"))
      let (tens, tooMany) = number.multipliedReportingOverflow(by: 10)
      let (sum, tooLarge) =
        negative
        ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
      guard !tooMany, !tooLarge else { return nil }
      number = sum
    }
    return number
  }
}

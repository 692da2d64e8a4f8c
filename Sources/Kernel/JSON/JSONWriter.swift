/// Writes JSON without a space, members in alphabetical order, so that equal values are equal bytes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// Throws for a number that JSON has no form for.
  mutating func write(_ value: JSON) throws {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let yes): bytes += (yes ? "true" : "false").utf8
    case .integer(let number): write(number)
    case .number(let number): try write(number)
    case .string(let text): write(text)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        try write(item)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(member.key)
        bytes.append(UInt8(ascii: ":"))
        try write(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func write(_ number: Int64) { bytes += number.description.utf8 }

  private mutating func write(_ number: Double) throws {
    guard number.isFinite else {
      throw EncodingError.invalidValue(
        number, .init(codingPath: [], debugDescription: "JSON has no form for \(number)"))
    }
    if abs(number) < 0x1p53, let whole = Int64(exactly: number) {
      write(whole)
    } else {
      bytes += number.description.utf8
    }
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var written = 0
      for (index, byte) in utf8.enumerated()
      where byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes += utf8[written..<index]
        escape(byte)
        written = index + 1
      }
      bytes += utf8[written...]
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0..<0x20:
      bytes += "u00".utf8
      let digits = String(byte, radix: 16)
      if digits.utf8.count < 2 { bytes.append(UInt8(ascii: "0")) }
      bytes += digits.utf8
    default: bytes.append(byte)
    }
  }
}

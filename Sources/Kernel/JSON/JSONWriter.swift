/// Writes JSON without a space, members in alphabetical order, so that equal values are equal bytes.
struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  /// Throws for a number that JSON has no form for.
  mutating func write(_ value: JSON) throws {
    switch value {
    case .null: writeNull()
    case .bool(let yes): write(yes)
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

  mutating func write(_ number: Int64) {
    if number < 10, number >= 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      bytes += number.description.utf8
    }
  }

  mutating func write(_ yes: Bool) { bytes += (yes ? "true" : "false").utf8 }
  mutating func writeNull() { bytes += "null".utf8 }

  mutating func write(_ number: Double) throws {
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

  mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var written = 0
      var index = 0
      while index < utf8.count {
        let byte = utf8[index]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
          bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written..<index]))
          escape(byte)
          written = index + 1
        }
        index += 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// JSON that is written already.
  mutating func append(json text: String) { bytes += text.utf8 }

  var count: Int { bytes.count }
  mutating func append(_ signs: UInt8...) { for sign in signs { bytes.append(sign) } }
  mutating func append(_ sign: UInt8) { bytes.append(sign) }

  /// Puts the parts that stand from `start` to the end, a comma between each, into another order.
  mutating func rearrange(from start: Int, _ order: some Sequence<Range<Int>>) {
    var parts: [UInt8] = []
    parts.reserveCapacity(bytes.count - start)
    for (index, range) in order.enumerated() {
      if index > 0 { parts.append(UInt8(ascii: ",")) }
      parts += bytes[range]
    }
    bytes.replaceSubrange(start..., with: parts)
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

// Numbers of a fixed width, as dates and moments are written.

/// The number that the next `digits` bytes of a text write; nil for anything but digits.
func decimal(_ digits: Int, from bytes: inout some IteratorProtocol<UInt8>) -> Int32? {
  var number: Int32 = 0
  for _ in 0..<digits {
    guard let byte = bytes.next(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    number = number * 10 + Int32(byte - UInt8(ascii: "0"))
  }
  return number
}

/// Writes the last `digits` digits of a number, without its sign.
func writeDecimal(
  _ number: some BinaryInteger, digits: Int, to bytes: UnsafeMutableBufferPointer<UInt8>,
  at start: Int
) {
  var rest = Int64(number).magnitude
  for place in stride(from: start + digits - 1, through: start, by: -1) {
    bytes[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
    rest /= 10
  }
}

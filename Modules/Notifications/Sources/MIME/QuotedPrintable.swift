/// RFC 2045, section 6.7: readable where the text is ASCII, at most 76 columns.
enum QuotedPrintable {
  /// The text with CRLF line ends, the last line ended too.
  static func encode(_ text: String) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count * 5 / 4)
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while true {
        let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
        let isEnded = end < bytes.count
        let stop = isEnded && end > start && bytes[end - 1] == 13 ? end - 1 : end
        append(bytes[start..<stop], to: &output)
        output.append(13)
        output.append(10)
        guard isEnded else { return }
        start = end + 1
      }
    }
    return output
  }

  private static func append(
    _ line: Slice<UnsafeBufferPointer<UInt8>>, to output: inout [UInt8]
  ) {
    var column = 0
    for index in line.indices {
      let byte = line[index]
      let isLast = index == line.endIndex - 1
      // Space before a line end would be lost on the way.
      let plain = (33...126).contains(byte) && byte != 61 || (byte == 32 || byte == 9) && !isLast
      let width = plain ? 1 : 3
      if column + width > (isLast ? 76 : 75) {
        output.append(61)
        output.append(13)
        output.append(10)
        column = 0
      }
      if plain {
        output.append(byte)
      } else {
        output.append(61)
        output.append(digit(byte >> 4))
        output.append(digit(byte & 15))
      }
      column += width
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
}

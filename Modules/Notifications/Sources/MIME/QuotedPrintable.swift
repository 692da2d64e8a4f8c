/// RFC 2045, section 6.7: readable where the text is ASCII, at most 76 columns.
enum QuotedPrintable {
  /// The text with CRLF line ends, the last line ended too.
  static func encode(_ text: String) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count * 5 / 4)
    let unified = text.replacing("\r\n", with: "\n")
    for line in unified.split(separator: "\n", omittingEmptySubsequences: false) {
      append(Array(line.utf8), to: &output)
      output += [13, 10]
    }
    return output
  }

  private static func append(_ line: [UInt8], to output: inout [UInt8]) {
    var column = 0
    for (index, byte) in line.enumerated() {
      let isLast = index == line.count - 1
      // Space before a line end would be lost on the way.
      let plain = (33...126).contains(byte) && byte != 61 || (byte == 32 || byte == 9) && !isLast
      let width = plain ? 1 : 3
      if column + width > (isLast ? 76 : 75) {
        output += [61, 13, 10]
        column = 0
      }
      if plain { output.append(byte) } else { output += Array(("=" + hexadecimal(byte)).utf8) }
      column += width
    }
  }
}

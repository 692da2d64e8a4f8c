internal import Kernel

/// Text in header fields: plain where it may be, else RFC 2047 encoded words; folded at 76 columns.
/// Line ends in the text cannot start a header of their own.
enum HeaderText {
  /// A mailbox: `"Name" <address>`. `column` is how much of the line is taken.
  static func address(_ contact: Contact, after column: Int) -> String {
    let name = oneLine(contact.name.description)
    let fits = isPlain(name) && column + quoted(name).utf8.count <= 76
    let shown = fits ? quoted(name) : encoded(name, after: column)
    let lines = shown.split(separator: "\r\n", omittingEmptySubsequences: false)
    let taken = (lines.last?.utf8.count ?? 0) + (lines.count == 1 ? column : 0)
    let address = "<\(contact.email)>"
    return shown + (taken + address.utf8.count + 1 > 76 ? "\r\n " : " ") + address
  }

  /// Free text, as of a subject.
  static func unstructured(_ text: String, after column: Int) -> String {
    let line = oneLine(text)
    return isPlain(line) && column + line.utf8.count <= 76 ? line : encoded(line, after: column)
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }

  /// Encoded words of at most 75 characters, none of which splits a code point.
  private static func encoded(_ text: String, after column: Int) -> String {
    let (start, end) = ("=?UTF-8?Q?", "?=")
    var lines: [String] = []
    var word = ""
    // The first line already holds the name of the header.
    var room = 76 - column - start.count - end.count
    for scalar in text.unicodeScalars {
      let piece = UTF8.encode(scalar)?.map(escaped).joined() ?? ""
      if word.utf8.count + piece.utf8.count > room {
        lines.append(start + word + end)
        word = ""
        room = 75 - start.count - end.count
      }
      word += piece
    }
    lines.append(start + word + end)
    return lines.joined(separator: "\r\n ")
  }

  /// The Q encoding in its strictest form, which is good in names too.
  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case 32: "_"
    case 48...57, 65...90, 97...122: String(UnicodeScalar(byte))
    default: "=" + hexadecimal(byte)
    }
  }
}

func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.utf8.count == 1 ? "0" + digits : digits
}

/// Swift source without its comments and texts, line for line: braces and words in it are code. Literals of
/// regular expressions are not told apart; no file under these rules has any.
struct PlainCode {
  private let bytes: [UInt8]
  private var plain: [UInt8]
  private var at = 0

  /// The lines of a source, what is no code in them blanked.
  static func lines(of text: String) -> [String] {
    var code = PlainCode(text)
    code.blank()
    return String(decoding: code.plain, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private init(_ text: String) {
    bytes = Array(text.utf8)
    plain = bytes
  }

  private mutating func blank() {
    while at < bytes.count {
      let start = at
      if begins("//") {
        while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
      } else if begins("/*") {
        skipComment()
      } else if let pounds = textBegins() {
        skipText(pounds)
      } else {
        at += 1
        continue
      }
      for place in start..<at where bytes[place] != UInt8(ascii: "\n") {
        plain[place] = UInt8(ascii: " ")
      }
    }
  }

  private func begins(_ word: String) -> Bool { bytes[at...].starts(with: word.utf8) }

  /// Comments nest.
  private mutating func skipComment() {
    var depth = 0
    repeat {
      if begins("/*") {
        depth += 1
        at += 2
      } else if begins("*/") {
        depth -= 1
        at += 2
      } else {
        at += 1
      }
    } while depth > 0 && at < bytes.count
  }

  /// How many `#` stand before the quotation mark of a text that begins here; nil where none does.
  private func textBegins() -> Int? {
    let pounds = bytes[at...].prefix { $0 == UInt8(ascii: "#") }.count
    return bytes[(at + pounds)...].first == UInt8(ascii: "\"") ? pounds : nil
  }

  private mutating func skipText(_ pounds: Int) {
    let marks = String(repeating: "#", count: pounds)
    at += pounds
    let quotes = begins("\"\"\"") ? "\"\"\"" : "\""
    at += quotes.utf8.count
    while at < bytes.count, !begins(quotes + marks) {
      guard begins("\\" + marks) else {
        at += 1
        continue
      }
      at += 1 + pounds
      if begins("(") { skipValue() } else { at += 1 }
    }
    at = min(bytes.count, at + quotes.utf8.count + pounds)
  }

  /// The value within a text, in which there may be texts.
  private mutating func skipValue() {
    var depth = 0
    repeat {
      if let pounds = textBegins() {
        skipText(pounds)
        continue
      }
      if begins("(") { depth += 1 }
      if begins(")") { depth -= 1 }
      at += 1
    } while depth > 0 && at < bytes.count
  }
}

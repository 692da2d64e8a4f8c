internal import Kernel

/// A letter as HTML: one column, no image, nothing from elsewhere, in the reader's light or dark; one
/// button for the one thing to do, with its address in words.
enum HTMLLetter {
  static func text(of letter: LetterText, subject: String, to: Contact, from head: Letterhead)
    -> String
  {
    let language = to.language
    let hello = Words(en: "Hello \(to.name),", fr: "Bonjour \(to.name),")[language]
    let close = Words(en: "Kind regards,", fr: "Bien cordialement,")[language]
    var lines = [
      "<!DOCTYPE html>",
      "<html lang=\"\(language.rawValue)\"><head><meta charset=\"utf-8\">",
      "<meta name=\"viewport\" content=\"width=device-width\">",
      "<meta name=\"color-scheme\" content=\"light dark\">",
      "<title>\(escaped(oneLine(subject)))</title>",
      "<style>\(style)\(colour(of: head))</style></head>",
      "<body><main>", "<p>\(escaped(hello))</p>",
    ]
    lines += blocks(of: letter.body)
    if let door = letter.door {
      let address = escaped(door.address)
      lines.append("<p><a class=\"b\" href=\"\(address)\">\(escaped(door.words))</a></p>")
      lines.append("<p class=\"s\">\(address)</p>")
    }
    lines.append("<p>\(escaped(close))<br>\(escaped(head.from.name.description))</p>")
    if let address = head.address {
      let rows = address.split(whereSeparator: \.isNewline).map { escaped(String($0)) }
      lines.append("<p class=\"s\">\(rows.joined(separator: "<br>"))</p>")
    }
    if let choice = letter.choice {
      lines.append("<p class=\"s\">\(linked(Substring(choice)))</p>")
    }
    return (lines + ["</main></body></html>"]).joined(separator: "\n")
  }

  /// The operator's colour, where it is light around.
  private static func colour(of head: Letterhead) -> String {
    guard let colour = head.colour, colour.allSatisfy({ $0 == "#" || $0.isHexDigit }) else {
      return ""
    }
    return
      "@media not all and (prefers-color-scheme:dark){.b{background:\(colour)}a{color:\(colour)}.b{color:#fff}}"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static let style = """
    body{margin:0;background:#fbf8f3;color:#1d2b2e;font:17px/1.5 Georgia,serif}
    main{max-width:34em;margin:0 auto;padding:1.5em 1em}
    a{color:#0b4f5c}
    .b{display:inline-block;padding:.7em 1.2em;border-radius:4px;background:#0b4f5c;color:#fff;text-decoration:none}
    .s{font-size:14px;overflow-wrap:anywhere}
    th{text-align:left;padding-right:1em;vertical-align:top}
    @media(prefers-color-scheme:dark){body{background:#14201f;color:#f1ede4}a{color:#8fd0dc}.b{background:#8fd0dc;color:#10201f}}
    """

  /// Paragraphs, lists and tables of the plain text.
  private static func blocks(of body: String) -> [String] {
    var blocks: [String] = []
    var current: [String] = []
    var kind = Kind.text
    func end() {
      guard !current.isEmpty else { return }
      switch kind {
      case .text: blocks.append("<p>\(current.joined(separator: "<br>\n"))</p>")
      case .list: blocks.append("<ul>\n\(current.joined(separator: "\n"))\n</ul>")
      case .table: blocks.append("<table>\n\(current.joined(separator: "\n"))\n</table>")
      }
      current = []
    }
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      let (next, content) = read(line)
      if line.isEmpty || next != kind { end() }
      kind = next
      if !line.isEmpty { current.append(content) }
    }
    end()
    return blocks
  }

  private enum Kind { case text, list, table }

  private static func read(_ line: Substring) -> (Kind, String) {
    if line.hasPrefix("  - ") { return (.list, "<li>\(linked(line.dropFirst(4)))</li>") }
    if line.hasPrefix("  "), let colon = line.firstIndex(of: ":") {
      let name = line[..<colon].split(separator: " ").joined(separator: " ")
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      return (
        .table, "<tr><th scope=\"row\">\(escaped(name))</th><td>\(linked(value))</td></tr>"
      )
    }
    return (.text, linked(line))
  }

  /// Addresses of the web can be followed.
  private static func linked(_ text: Substring) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.hasPrefix("https://") || word.hasPrefix("http://") else {
        return escaped(String(word))
      }
      let tail = word.reversed().prefix { ".,;)».".contains($0) }.count
      let address = escaped(String(word.dropLast(tail)))
      return "<a href=\"\(address)\">\(address)</a>" + escaped(String(word.suffix(tail)))
    }.joined(separator: " ")
  }

  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { [34, 38, 39, 60, 62].contains($0) }) else { return text }
    return text.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: String(character)
      }
    }.joined()
  }
}

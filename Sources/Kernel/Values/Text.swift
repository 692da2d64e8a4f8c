/// A text a person wrote: never blank, without surrounding space, at most `maximum` characters, with
/// no control characters but line breaks and tabs, and these only where the text may be longer than
/// 200 characters: a name, a title or a subject is one line.
public struct Text<let maximum: Int>: SingleTextValue {
  public let description: String

  public init?(_ text: String) {
    guard let trimmed = trimmedText(text), !trimmed.isEmpty, trimmed.count <= maximum,
      maximum > 200 || !trimmed.unicodeScalars.contains(where: { $0.value < 32 })
    else { return nil }
    description = trimmed
  }

  public static var schema: JSONSchema {
    JSONSchema(
      .string(
        minimum: 1, maximum: maximum, format: nil,
        pattern: maximum > 200 ? writtenText(butFor: "\\t\\n\\r") : writtenText(butFor: "")))
  }
  public static var sample: Self { Text(unchecked: "text") }
  public static var expectation: Words {
    Words(
      en: "a text of 1 to \(maximum) characters", fr: "un texte de 1 à \(maximum) caractères")
  }

  private init(unchecked text: String) { description = text }
}

/// What can be said of a text in a pattern: something to read in it, and no control characters but those
/// named.
private func writtenText(butFor allowed: String) -> String {
  let controls =
    "\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u2028-\\u202E\\u2066-\\u2069"
  let refused = allowed.isEmpty ? "\\t\\n\\r" + controls : controls
  return "^[^\(refused)]*[^\\s\(refused)][^\(refused)]*$"
}

func trimmedText(_ text: String) -> String? {
  if isPlain(text) { return text }
  var view = Substring(text)
  while let first = view.first, first.isWhitespace { view.removeFirst() }
  while let last = view.last, last.isWhitespace { view.removeLast() }
  for scalar in view.unicodeScalars {
    switch scalar.value {
    case 9, 10, 13: continue
    // Controls, separators of lines, and what turns the direction of the text round it.
    case 0..<32, 127..<160, 0x2028...0x202E, 0x2066...0x2069: return nil
    default: continue
    }
  }
  return String(view)
}

/// Whether a text is plainly its own trimmed form: printable ASCII within, no space at its ends. Most
/// are, and this is told without a look at Unicode’s tables.
private func isPlain(_ text: String) -> Bool {
  guard let first = text.utf8.first, let last = text.utf8.last else { return true }
  return first > 0x20 && last > 0x20 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
}

public typealias Name = Text<200>
public typealias Paragraph = Text<4000>

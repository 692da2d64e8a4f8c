internal import Foundation

/// A text a person wrote: never blank, without surrounding space and without what nobody sees, at most
/// `maximum` characters, with no control characters but line breaks and tabs, and these only where the
/// text may be longer than 200 characters: a name, a title or a subject is one line. Accents are kept
/// in one piece with their letters (Unicode NFC), so that what looks the same is the same.
public struct Text<let maximum: Int>: SingleTextValue {
  public let description: String

  /// Trims and cleans; nil where nothing is left, too much is, or controls are in it.
  public init?(_ text: String) {
    guard let trimmed = trimmedText(text), !trimmed.isEmpty, trimmed.count <= maximum,
      maximum > 200 || !trimmed.unicodeScalars.contains(where: { $0.value < 32 })
    else { return nil }
    description = trimmed
  }

  /// What is stored was read from a person once, and is not looked through at every reading.
  public init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue, !text.isEmpty else { return nil }
    description = text
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

/// The text as `Text` keeps it, of whatever length; nil where it holds control characters.
func trimmedText(_ text: String) -> String? {
  if isPlain(text) { return text }
  var visible = withoutInvisible(text)
  if visible.unicodeScalars.contains(where: { (0x300...0x36F).contains($0.value) }) {
    visible = visible.precomposedStringWithCanonicalMapping
  }
  var view = Substring(visible)
  while let first = view.first, first.isWhitespace { view.removeFirst() }
  while let last = view.last, last.isWhitespace { view.removeLast() }
  for scalar in view.unicodeScalars {
    switch scalar.value {
    case 9, 10, 13: continue
    // Controls, and separators of lines.
    case 0..<32, 127..<160, 0x2028, 0x2029: return nil
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

/// One line of at most 200 characters: a name, a title, a subject.
public typealias Name = Text<200>
/// At most 4,000 characters, on several lines where wanted; no markup.
public typealias Paragraph = Text<4000>

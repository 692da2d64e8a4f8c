/// A text a person wrote: never blank, without surrounding space, without control characters but
/// line breaks and tabs, at most `maximum` characters.
public struct Text<let maximum: Int>: SingleTextValue {
  public let description: String

  public init?(_ text: String) {
    guard let trimmed = trimmedText(text), !trimmed.isEmpty, trimmed.count <= maximum else {
      return nil
    }
    description = trimmed
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 1, maximum: maximum, format: nil, pattern: nil))
  }
  public static var sample: Self { Text(unchecked: "text") }
  public static var expectation: Words {
    Words(
      en: "a text of 1 to \(maximum) characters", fr: "un texte de 1 à \(maximum) caractères")
  }

  private init(unchecked text: String) { description = text }
}

func trimmedText(_ text: String) -> String? {
  var view = Substring(text)
  while let first = view.first, first.isWhitespace { view.removeFirst() }
  while let last = view.last, last.isWhitespace { view.removeLast() }
  for scalar in view.unicodeScalars where scalar.value < 32 || scalar.value == 127 {
    guard scalar == "\n" || scalar == "\r" || scalar == "\t" else { return nil }
  }
  return String(view)
}

public typealias Name = Text<200>
public typealias Paragraph = Text<4000>

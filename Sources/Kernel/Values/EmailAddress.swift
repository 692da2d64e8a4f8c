/// An e-mail address as people have them: local part, `@`, a domain with a dot; at most 254
/// characters (RFC 5321). Compared without regard to case.
public struct EmailAddress: SingleTextValue {
  public let description: String

  public init?(_ text: String) {
    guard let trimmed = trimmedText(text), trimmed.utf8.count <= 254 else { return nil }
    let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64 else { return nil }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 63 }) else {
      return nil
    }
    // By scalars: a quotation mark with an accent on it is still a quotation mark in a header.
    let forbidden = Set(" ,;:<>()[]\"\\\t\r\n".unicodeScalars)
    guard
      !trimmed.unicodeScalars.contains(where: {
        forbidden.contains($0) || $0.properties.isWhitespace
      })
    else { return nil }
    description = trimmed.lowercased()
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 6, maximum: 254, format: "email", pattern: nil))
  }
  public static var sample: Self { EmailAddress(unchecked: "name@example.org") }
  public static var expectation: Words {
    Words(
      en: "an e-mail address such as name@example.org", fr: "une adresse telle que nom@exemple.fr")
  }

  private init(unchecked text: String) { description = text }
}

/// Somebody Parvis writes to.
public struct Contact: Codable, Hashable, Sendable {
  /// As letters address them.
  public let name: Name
  /// Where letters go.
  public let email: EmailAddress
  /// What letters are written in.
  public let language: Language

  public init(name: Name, email: EmailAddress, language: Language) {
    self.name = name
    self.email = email
    self.language = language
  }
}

/// A short name fixed by the operator, for people and files to refer to: `fundraising-plan`.
public struct Key: SingleTextValue, Comparable {
  public let description: String

  /// Reads 1 to 64 small letters, digits and hyphens, no hyphen at an end; nil for anything else.
  public init?(_ text: String) {
    guard (1...64).contains(text.utf8.count), text.first != "-", text.last != "-",
      text.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { return nil }
    description = text
  }
  private init(known: String) { description = known }

  public static func < (left: Self, right: Self) -> Bool { left.description < right.description }
  public static var schema: JSONSchema {
    JSONSchema(
      .string(minimum: 1, maximum: 64, format: nil, pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"))
  }
  public static var sample: Self { Key(known: "key") }
  public static var expectation: Words {
    Words(
      en: "a key of small letters, digits and hyphens",
      fr: "une clé de minuscules, chiffres et tirets")
  }
}

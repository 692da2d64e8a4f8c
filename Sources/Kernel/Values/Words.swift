/// The languages Parvis speaks to people.
public enum Language: String, Codable, CaseIterable, Sendable, Hashable {
  case fr
  case en
}

/// One text in both languages.
public struct Words: Codable, Hashable, Sendable {
  /// Also what stands in documents for programs.
  public var en: String
  /// With a plain space before `;`, `:`, `?` and `!`: pages keep it from breaking.
  public var fr: String

  public init(en: String, fr: String) {
    self.en = en
    self.fr = fr
  }

  /// The same words in both languages: a name, a number.
  public init(_ same: String) { self.init(en: same, fr: same) }

  /// The text in that language.
  public subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .fr: fr
    }
  }
}

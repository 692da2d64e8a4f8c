/// A value type that is written as one text: in JSON, in a column, in a path and on the command
/// line. Conforming takes a failable parser, a description and a schema; the codings come from here.
public protocol SingleTextValue: Codable, Sendable, Hashable, LosslessStringConvertible,
  SQLConvertible, SchemaDescribed
{
  /// What a person should have written, for the error message.
  static var expectation: Words { get }
  /// What is wrong with a text that is refused, as the rest of a sentence about it (“has no @”); nil
  /// where no more can be said than what was expected.
  static func fault(in text: String) -> Words?
}

extension SingleTextValue {
  /// Nil: no more can be said than what was expected.
  public static func fault(in text: String) -> Words? { nil }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text) ?? (StoredReading.isOn ? Self(sqlValue: .text(text)) : nil) else {
      let words =
        Self.fault(in: text)
        ?? Words(en: "expected \(Self.expectation.en)", fr: "attendu : \(Self.expectation.fr)")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: container.codingPath, debugDescription: words.en,
          underlyingError: TextFault(words)))
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  public var sqlValue: SQLValue { .text(description) }

  public init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue else { return nil }
    self.init(text)
  }
}

/// Whether what is read was written here before, and not by somebody just now: rules that have become
/// stricter since do not make it unreadable, in a document as in a column.
enum StoredReading {
  @TaskLocal static var isOn = false
}

/// Why a text is refused, in words for the person who wrote it.
struct TextFault: Error {
  let words: Words

  init(_ words: Words) { self.words = words }
  init(en: String, fr: String) { words = Words(en: en, fr: fr) }
}

/// A value type that is written as one text: in JSON, in a column, in a path and on the command
/// line. Conforming takes a failable parser, a description and a schema; the codings come from here.
public protocol SingleTextValue: Codable, Sendable, Hashable, LosslessStringConvertible,
  SQLConvertible, SchemaDescribed
{
  /// What a person should have written, for the error message.
  static var expectation: Words { get }
}

extension SingleTextValue {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected \(Self.expectation.en)")
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

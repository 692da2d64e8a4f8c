/// The part of JSON Schema 2020-12 that inputs and outputs here use. One value serves validation,
/// the OpenAPI document and the command line.
public struct JSONSchema: Sendable, Hashable {
  /// What a value must be. Bounds are included; nil is no bound.
  public indirect enum Kind: Sendable, Hashable {
    /// Any value, null too.
    case any
    case bool
    /// A whole number, also where it is written with a fraction of zeros.
    case integer(minimum: Int64?, maximum: Int64?)
    case number(minimum: Double?, maximum: Double?)
    /// Lengths in characters; format and pattern are said, and checked by the type itself.
    case string(minimum: Int?, maximum: Int?, format: String?, pattern: String?)
    /// One of these texts.
    case choice([String])
    /// Elements of one kind; at most so many.
    case array(of: JSONSchema, maximum: Int?)
    /// Members of any name, with values of one kind.
    case map(of: JSONSchema)
    /// These members and no others.
    case object([Property])
  }

  /// A member of an object.
  public struct Property: Sendable, Hashable {
    /// As it is written in JSON.
    public let name: String
    public let schema: JSONSchema
    /// Whether it must be there; null counts as absent.
    public let required: Bool
    /// What people call it; nil where nobody said.
    public let label: Label?

    public init(name: String, schema: JSONSchema, required: Bool, label: Label? = nil) {
      self.name = name
      self.schema = schema
      self.required = required
      self.label = label
    }
  }

  /// Of the value itself; what people call it is said where it is a member.
  public var kind: Kind
  public init(_ kind: Kind) { self.kind = kind }

  /// For what no schema describes.
  public static let any = JSONSchema(.any)

  /// Of an object, in the order its type reads them; none for any other kind.
  public var properties: [Property] {
    guard case .object(let properties) = kind else { return [] }
    return properties
  }

  /// The document form, as OpenAPI 3.1 embeds it.
  public var document: JSON {
    switch kind {
    case .any: [:]
    case .bool: ["type": "boolean"]
    case .integer(let minimum, let maximum):
      .object(
        members(
          ["type": "integer", "format": "int64"], ("minimum", .integer(minimum ?? .min)),
          ("maximum", .integer(maximum ?? .max))))
    case .number(let minimum, let maximum):
      .object(
        members(
          ["type": "number"], ("minimum", minimum.map(JSON.number)),
          ("maximum", maximum.map(JSON.number))))
    case .string(let minimum, let maximum, let format, let pattern):
      .object(
        members(
          ["type": "string"], ("minLength", minimum.map { .integer(Int64($0)) }),
          ("maxLength", maximum.map { .integer(Int64($0)) }), ("format", format.map(JSON.string)),
          ("pattern", pattern.map(JSON.string))))
    case .choice(let values): ["type": "string", "enum": .array(values.map(JSON.string))]
    case .array(let element, let maximum):
      .object(
        members(
          ["type": "array", "items": element.document],
          ("maxItems", maximum.map { .integer(Int64($0)) })))
    case .map(let value): ["type": "object", "additionalProperties": value.document]
    case .object(let properties):
      [
        "type": "object",
        "properties": .object(
          Dictionary(properties.map { ($0.name, $0.document) }) { _, last in last }),
        "required": .array(properties.filter(\.required).map { .string($0.name) }),
        "additionalProperties": false,
      ]
    }
  }

  /// The document form of what may be absent: `null` says the same as not saying it.
  fileprivate var absentable: JSON {
    guard case .object(var members) = document, let type = members["type"] else { return document }
    members["type"] = [type, "null"]
    if case .array(let values)? = members["enum"] { members["enum"] = .array(values + [.null]) }
    return .object(members)
  }

  private func members(_ fixed: [String: JSON], _ optional: (String, JSON?)...) -> [String: JSON] {
    var all = fixed
    for case (let name, let value?) in optional { all[name] = value }
    return all
  }
}

extension JSONSchema.Property {
  /// The schema with what people call the field and what they should know of it.
  var document: JSON {
    let plain = required ? schema.document : schema.absentable
    guard case .object(var members) = plain, let label else { return plain }
    members["title"] = .string(label.words.en)
    if let hint = label.hint { members["description"] = .string(hint.en) }
    return .object(members)
  }
}

/// A type that knows its schema better than its coding shows.
public protocol SchemaDescribed {
  /// What its coding takes and gives.
  static var schema: JSONSchema { get }
  /// A value that passes the type's own checks; only its type matters.
  static var sample: Self { get }
}

extension JSON: SchemaDescribed {
  public static var schema: JSONSchema { .any }
  public static var sample: JSON { .null }
}

extension Array: SchemaDescribed where Element: Decodable {
  public static var schema: JSONSchema {
    JSONSchema(.array(of: JSONSchema.reflecting(Element.self), maximum: nil))
  }
  public static var sample: [Element] { [] }
}

extension Dictionary: SchemaDescribed where Key == String, Value: Decodable {
  public static var schema: JSONSchema { JSONSchema(.map(of: JSONSchema.reflecting(Value.self))) }
  public static var sample: [String: Value] { [:] }
}

/// A whole number within bounds, both included: `Whole<0, 5>`.
public struct Whole<let minimum: Int, let maximum: Int>: Codable, Hashable, Sendable, Comparable,
  SchemaDescribed, SQLConvertible
{
  /// From `minimum` to `maximum`.
  public let value: Int

  /// Nil for a number out of bounds.
  public init?(_ value: Int) {
    guard value >= minimum, value <= maximum else { return nil }
    self.value = value
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Self(try container.decode(Int.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected a whole number from \(minimum) to \(maximum)")
    }
    self = value
  }
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(value)
  }

  public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
  public static var schema: JSONSchema {
    JSONSchema(.integer(minimum: Int64(minimum), maximum: Int64(maximum)))
  }
  public static var sample: Self { Self(unchecked: minimum) }
  public var sqlValue: SQLValue { .integer(Int64(value)) }
  public init?(sqlValue: SQLValue) {
    guard case .integer(let stored) = sqlValue, let value = Self(Int(stored)) else { return nil }
    self = value
  }

  private init(unchecked value: Int) { self.value = value }
}

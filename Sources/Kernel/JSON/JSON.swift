public import Foundation

/// Any JSON value. Whole numbers that fit keep all their digits.
public enum JSON: Codable, Hashable, Sendable {
  case null
  case bool(Bool)
  /// Also a number written with a fraction of zeros.
  case integer(Int64)
  /// Finite where it was read; what is not cannot be written.
  case number(Double)
  case string(String)
  case array([JSON])
  /// Without order; no name twice.
  case object([String: JSON])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSON].self) {
      self = .object(value)
    } else if let value = try? container.decode([JSON].self) {
      self = .array(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else {
      self = .number(try container.decode(Double.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The member of that name; nil where there is none, or this is no object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The text; nil for any other value.
  public var text: String? {
    guard case .string(let value) = self else { return nil }
    return value
  }

  /// The whole number, also where it was written with a fraction of zeros; nil for any other value.
  public var whole: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// The values of a list; none for any other value.
  public var items: [JSON] {
    guard case .array(let values) = self else { return [] }
    return values
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral,
  ExpressibleByStringInterpolation
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(nilLiteral: ()) { self = .null }
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

extension JSON {
  /// Reads a whole document. Throws `Problem.malformed` that says where it breaks.
  public init(parsing data: Data) throws {
    guard let text = String(validating: data, as: UTF8.self) else { throw Problem.notUTF8 }
    try self.init(parsing: text)
  }

  /// The same from a text. Throws `Problem.malformedJSON`.
  public init(parsing text: String) throws {
    do {
      self = try JSONReader.read(text)
    } catch is JSONReader.Broken {
      throw Problem.malformedJSON(fault(in: Data(text.utf8)))
    } catch let repeated as JSONReader.Repeated {
      throw Problem.malformedJSON("“\(repeated.name.prefix(50))” is in one object twice.")
    }
  }

  /// The value as `T` is written. Throws what the value's own coding throws.
  public static func of(_ value: some Encodable) throws -> JSON { try encoding(value) }

  /// Bytes with members in alphabetical order, so that equal values are equal bytes.
  /// Throws what the value's own coding throws.
  public static func data(of value: some Encodable, pretty: Bool = false) throws -> Data {
    if pretty {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
      return try encoder.encode(value)
    }
    return Data(try bytes(of: value))
  }

  /// The same as a text.
  /// Throws what the value's own coding throws.
  public static func text(of value: some Encodable) throws -> String {
    String(decoding: try bytes(of: value), as: UTF8.self)
  }

  private static func bytes(of value: some Encodable) throws -> [UInt8] {
    try EncodedJSON(of: value).bytes
  }

  /// Reads this value as `T`. Throws a `Problem` with the field at fault.
  public func decoded<T: Decodable>(as type: T.Type) throws -> T {
    do {
      return try decoding(type)
    } catch let error as DecodingError {
      throw Problem.invalidInput([FieldProblem(decoding: error)])
    }
  }
}

/// Where a text stops being JSON, as Foundation's reader says it.
private func fault(in data: Data) -> String {
  do {
    _ = try JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
    return "a number or a text in it cannot be held."
  } catch {
    return (error as NSError).userInfo["NSDebugDescription"] as? String ?? "it cannot be read."
  }
}

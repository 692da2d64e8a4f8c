import Synchronization

extension JSONSchema {
  /// The schema of a type, read off its own `init(from:)`: the decoder below hands out samples and
  /// remembers which keys were asked for, and which of them may be absent.
  public static func reflecting<T: Decodable>(_ type: T.Type) -> JSONSchema {
    let key = ObjectIdentifier(type)
    if let known = known.withLock({ $0[key] }) { return known }
    let schema = reflect(type).schema
    known.withLock { $0[key] = schema }
    return schema
  }

  private static let known = Mutex<[ObjectIdentifier: JSONSchema]>([:])
}

/// A type's schema, and a value of it where one could be made.
private func reflect<T: Decodable>(_ type: T.Type) -> (schema: JSONSchema, sample: T?) {
  if let described = type as? any SchemaDescribed.Type {
    return (described.schema, described.sample as? T)
  }
  if let choices = type as? any CaseIterable.Type, let values = rawTexts(choices) {
    return (JSONSchema(.choice(values.texts)), values.first as? T)
  }
  switch type {
  case is Bool.Type: return (JSONSchema(.bool), false as? T)
  case is String.Type:
    return (JSONSchema(.string(minimum: nil, maximum: nil, format: nil, pattern: nil)), "" as? T)
  case is Int.Type: return (JSONSchema(.integer(minimum: nil, maximum: nil)), 0 as? T)
  case is Int64.Type: return (JSONSchema(.integer(minimum: nil, maximum: nil)), Int64(0) as? T)
  case is Double.Type: return (JSONSchema(.number(minimum: nil, maximum: nil)), 0.0 as? T)
  default: break
  }
  let recorder = Recorder()
  recorder.labels = (type as? any Labelled.Type)?.labels ?? [:]
  let sample = try? T(from: SchemaDecoder(recorder: recorder))
  if recorder.isObject || sample != nil {
    return (JSONSchema(.object(recorder.properties)), sample)
  }
  return (.any, nil)
}

private func rawTexts<C: CaseIterable>(_ type: C.Type) -> (texts: [String], first: Any?)? {
  let texts = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
  return texts.count == type.allCases.count ? (texts, type.allCases.first) : nil
}

private final class Recorder {
  var isObject = false
  var properties: [JSONSchema.Property] = []
  var labels: [String: Label] = [:]

  func note(_ name: String, _ schema: JSONSchema, required: Bool) {
    isObject = true
    guard !properties.contains(where: { $0.name == name }) else { return }
    properties.append(
      JSONSchema.Property(
        name: name, schema: schema, required: required,
        label: labels[name] ?? Glossary.label(of: name)))
  }
}

private struct Unreflectable: Error {}

private struct SchemaDecoder: Decoder {
  let recorder: Recorder
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    recorder.isObject = true
    return KeyedDecodingContainer(SchemaKeys(recorder: recorder))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unreflectable() }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw Unreflectable() }
}

private struct SchemaKeys<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let recorder: Recorder
  let codingPath: [any CodingKey] = []
  let allKeys: [Key] = []

  func contains(_ key: Key) -> Bool { true }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let (schema, sample) = reflect(type)
    recorder.note(key.stringValue, schema, required: true)
    guard let sample else { throw Unreflectable() }
    return sample
  }
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) -> T? {
    recorder.note(key.stringValue, reflect(type).schema, required: false)
    return nil
  }

  // The compiler asks for the standard types by their own overloads.
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try noted(type, key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try noted(type, key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try noted(type, key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try noted(type, key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try noted(type, key) }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) -> Bool? { optional(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) -> String? { optional(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) -> Double? { optional(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) -> Int? { optional(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) -> Int64? { optional(type, key) }

  private func noted<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T {
    let (schema, sample) = reflect(type)
    recorder.note(key.stringValue, schema, required: true)
    guard let sample else { throw Unreflectable() }
    return sample
  }
  private func optional<T: Decodable>(_ type: T.Type, _ key: Key) -> T? {
    recorder.note(key.stringValue, reflect(type).schema, required: false)
    return nil
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw Unreflectable() }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw Unreflectable()
  }
  func superDecoder() throws -> any Decoder { throw Unreflectable() }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw Unreflectable() }
}

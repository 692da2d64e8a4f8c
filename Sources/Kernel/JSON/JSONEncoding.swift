import Foundation

extension JSON {
  /// A value through its own `encode(to:)`, without the way through text.
  static func encoding<T: Encodable>(_ value: T) throws -> JSON {
    if let simple = try simpleJSON(value) { return simple }
    let part = Part()
    try value.encode(to: ValueEncoder(part: part))
    return part.value
  }
}

/// What is a JSON value already, told by its exact type, which is quicker to find out than
/// anything else about it; nil for all others.
private func simpleJSON<T>(_ value: T) throws -> JSON? {
  let type = T.self
  if type == String.self { return .string(unsafeBitCast(value, to: String.self)) }
  if type == Int.self { return .integer(Int64(unsafeBitCast(value, to: Int.self))) }
  if type == Bool.self { return .bool(unsafeBitCast(value, to: Bool.self)) }
  if type == JSON.self { return unsafeBitCast(value, to: JSON.self) }
  if type == Int64.self { return .integer(unsafeBitCast(value, to: Int64.self)) }
  if type == Double.self { return .number(unsafeBitCast(value, to: Double.self)) }
  if type == [String: JSON].self {
    return .object(unsafeBitCast(value, to: [String: JSON].self))
  }
  if type == [JSON].self { return .array(unsafeBitCast(value, to: [JSON].self)) }
  if type == Data.self { return (value as? Data).map { .string($0.base64EncodedString()) } }
  if type == URL.self { return (value as? URL).map { .string($0.absoluteString) } }
  return nil
}

/// A value that is being written, member by member.
private final class Part {
  enum Content {
    case nothing
    case value(JSON)
    case object([String: JSON])
    case array([JSON])
  }

  var content = Content.nothing
  /// Members that are being written apart, by name or, in an array, by place.
  var members: [(name: String, part: Part)] = []
  var items: [(index: Int, part: Part)] = []

  var value: JSON {
    switch content {
    case .nothing: return .object([:])
    case .value(let value): return value
    case .object(var object):
      for (name, part) in members { object[name] = part.value }
      return .object(object)
    case .array(var array):
      for (index, part) in items { array[index] = part.value }
      return .array(array)
    }
  }

  func set(_ name: String, _ value: JSON) {
    guard case .object(var object) = content else { return }
    // The only reference to the dictionary while it grows.
    content = .nothing
    object[name] = value
    content = .object(object)
  }

  func append(_ value: JSON) {
    guard case .array(var array) = content else { return }
    content = .nothing
    array.append(value)
    content = .array(array)
  }

  var count: Int {
    guard case .array(let array) = content else { return 0 }
    return array.count
  }

  func begin(_ start: Content) {
    guard case .nothing = content else { return }
    content = start
  }

  func member(_ name: String) -> Part {
    let part = Part()
    members.append((name, part))
    return part
  }

  func item() -> Part {
    let part = Part()
    items.append((count, part))
    append(.null)
    return part
  }
}

private struct ValueEncoder: Encoder {
  let part: Part
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    part.begin(.object([:]))
    return KeyedEncodingContainer(Members(part: part))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    part.begin(.array([]))
    return Items(part: part)
  }
  func singleValueContainer() -> any SingleValueEncodingContainer { Single(part: part) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let part: Part
  let codingPath: [any CodingKey] = []

  func encodeNil(forKey key: Key) { part.set(key.stringValue, .null) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    part.set(key.stringValue, try JSON.encoding(value))
  }
  func encode(_ value: String, forKey key: Key) { part.set(key.stringValue, .string(value)) }
  func encode(_ value: Bool, forKey key: Key) { part.set(key.stringValue, .bool(value)) }
  func encode(_ value: Int, forKey key: Key) { part.set(key.stringValue, .integer(Int64(value))) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    ValueEncoder(part: part.member(key.stringValue)).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    ValueEncoder(part: part.member(key.stringValue)).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { ValueEncoder(part: part.member("super")) }
  func superEncoder(forKey key: Key) -> any Encoder {
    ValueEncoder(part: part.member(key.stringValue))
  }
}

private struct Items: UnkeyedEncodingContainer {
  let part: Part
  let codingPath: [any CodingKey] = []
  var count: Int { part.count }

  func encodeNil() { part.append(.null) }
  func encode<T: Encodable>(_ value: T) throws { part.append(try JSON.encoding(value)) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> {
    ValueEncoder(part: part.item()).container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    ValueEncoder(part: part.item()).unkeyedContainer()
  }
  func superEncoder() -> any Encoder { ValueEncoder(part: part.item()) }
}

private struct Single: SingleValueEncodingContainer {
  let part: Part
  let codingPath: [any CodingKey] = []

  func encodeNil() { part.content = .value(.null) }
  func encode(_ value: Float) { part.content = .value(.number(Double(value))) }
  func encode(_ value: Int8) { part.content = .value(.integer(Int64(value))) }
  func encode(_ value: Int16) { part.content = .value(.integer(Int64(value))) }
  func encode(_ value: Int32) { part.content = .value(.integer(Int64(value))) }
  func encode(_ value: UInt) { encode(UInt64(value)) }
  func encode(_ value: UInt8) { part.content = .value(.integer(Int64(value))) }
  func encode(_ value: UInt16) { part.content = .value(.integer(Int64(value))) }
  func encode(_ value: UInt32) { part.content = .value(.integer(Int64(value))) }
  func encode(_ value: UInt64) {
    part.content = .value(Int64(exactly: value).map(JSON.integer) ?? .number(Double(value)))
  }
  func encode<T: Encodable>(_ value: T) throws { part.content = .value(try JSON.encoding(value)) }
}

import Foundation
import Synchronization

extension Row {
  /// Reads the row as `T`: `firstName` from the column `first_name`; a property that has no form in
  /// a column of its own is read as JSON. Throws `StorageError.unreadable`.
  public func decoded<T: Decodable>(as type: T.Type = T.self) throws -> T {
    try T(from: RowDecoder(row: self))
  }
}

/// The columns and values of a record, the other way round.
func columns(of record: some Encodable) throws -> [(name: String, value: SQLValue)] {
  let encoder = RowEncoder()
  try record.encode(to: encoder)
  return encoder.sink.columns
}

/// `firstName` → `first_name`.
func columnName(_ property: String) -> String {
  columnNames.withLock { known in
    if let name = known[property] { return name }
    var name = ""
    for character in property {
      if character.isUppercase { name += "_" }
      name += character.lowercased()
    }
    known[property] = name
    return name
  }
}

private let columnNames = Mutex<[String: String]>([:])

private struct RowDecoder: Decoder {
  let row: Row
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowKeys(row: row))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw StorageError.unreadable(column: "*")
  }
  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw StorageError.unreadable(column: "*")
  }
}

private struct RowKeys<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let row: Row
  let codingPath: [any CodingKey] = []
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { row.columns.position(of: key.stringValue) != nil }
  func decodeNil(forKey key: Key) -> Bool { value(key) == .null }

  private func value(_ key: Key) -> SQLValue {
    row.columns.position(of: key.stringValue).map { row.values[$0] } ?? .null
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try get(key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try get(key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try get(key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try get(key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try get(key) }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try decode(type, forKey: key, from: value(key))
  }

  // One look at the row for a property that may be absent, whatever its type.
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    let value = value(key)
    return value == .null ? nil : try decode(type, forKey: key, from: value)
  }

  private func decode<T: Decodable>(
    _ type: T.Type, forKey key: Key, from value: SQLValue
  ) throws -> T {
    if let convertible = type as? any SQLConvertible.Type {
      guard let converted = convertible.init(sqlValue: value) as? T else {
        throw unreadable(key)
      }
      return converted
    }
    guard case .text(let text) = value else { throw unreadable(key) }
    if let choice = rawChoice(type, text) { return choice }
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw unreadable(key)
    }
  }

  private func unreadable(_ key: Key) -> StorageError {
    .unreadable(column: columnName(key.stringValue))
  }

  private func get<T: SQLConvertible>(_ key: Key) throws -> T {
    guard let converted = T(sqlValue: value(key)) else { throw unreadable(key) }
    return converted
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    throw StorageError.unreadable(column: key.stringValue)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    throw StorageError.unreadable(column: key.stringValue)
  }
  func superDecoder() throws -> any Decoder { throw StorageError.unreadable(column: "super") }
  func superDecoder(forKey key: Key) throws -> any Decoder {
    throw StorageError.unreadable(column: key.stringValue)
  }
}

/// An enum of texts, stored bare; nil when `type` is something else.
private func rawChoice<T>(_ type: T.Type, _ text: String) -> T? {
  func make<R: RawRepresentable>(_ type: R.Type) -> T? {
    (text as? R.RawValue).flatMap { type.init(rawValue: $0) } as? T
  }
  return (type as? any RawRepresentable.Type).flatMap { make($0) }
}

private final class RowSink {
  var columns: [(name: String, value: SQLValue)] = []
}

private struct RowEncoder: Encoder {
  let sink = RowSink()
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RowFields(sink: sink))
  }
  func unkeyedContainer() -> any UnkeyedEncodingContainer { Unsupported() }
  func singleValueContainer() -> any SingleValueEncodingContainer { Unsupported() }
}

private struct RowFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: RowSink
  let codingPath: [any CodingKey] = []

  private func put(_ key: Key, _ value: SQLValue) {
    sink.columns.append((columnName(key.stringValue), value))
  }

  func encodeNil(forKey key: Key) { put(key, .null) }
  func encode(_ value: Bool, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: String, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: Double, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: Int, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: Int64, forKey key: Key) { put(key, value.sqlValue) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    if let convertible = value as? any SQLConvertible {
      put(key, convertible.sqlValue)
    } else if let raw = (value as? any RawRepresentable)?.rawValue as? String {
      put(key, .text(raw))
    } else {
      put(key, .text(try JSON.text(of: value)))
    }
  }

  // An absent value is a null, so that an update can take one away.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) { put(key, value?.sqlValue ?? .null) }
  func encodeIfPresent(_ value: String?, forKey key: Key) { put(key, value?.sqlValue ?? .null) }
  func encodeIfPresent(_ value: Double?, forKey key: Key) { put(key, value?.sqlValue ?? .null) }
  func encodeIfPresent(_ value: Int?, forKey key: Key) { put(key, value?.sqlValue ?? .null) }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) { put(key, value?.sqlValue ?? .null) }
  func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { put(key, .null) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(RowFields<Nested>(sink: RowSink())) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { Unsupported() }
  func superEncoder() -> any Encoder { RowEncoder() }
  func superEncoder(forKey key: Key) -> any Encoder { RowEncoder() }
}

/// A record is a struct with named properties; anything else cannot be a row.
private struct Unsupported: UnkeyedEncodingContainer, SingleValueEncodingContainer {
  let codingPath: [any CodingKey] = []
  let count = 0

  func encodeNil() throws { throw StorageError.unreadable(column: "*") }
  func encode<T: Encodable>(_ value: T) throws { throw StorageError.unreadable(column: "*") }
  func nestedContainer<Nested: CodingKey>(
    keyedBy keyType: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(RowFields<Nested>(sink: RowSink())) }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self }
  func superEncoder() -> any Encoder { RowEncoder() }
}

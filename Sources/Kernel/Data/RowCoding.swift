import Synchronization

extension Row {
  /// Reads the row as `T`: `firstName` from the column `first_name`; a property that has no form in
  /// a column of its own is read as JSON. Throws `StorageError.unreadable`.
  public func decoded<T: Decodable>(as type: T.Type = T.self) throws -> T {
    let reading = RowReading(columns, as: type)
    return try reading.read(self)
  }
}

extension [Row] {
  /// Reads each row of one result as `T`. Throws `StorageError.unreadable`.
  public func decoded<T: Decodable>(as type: T.Type = T.self) throws -> [T] {
    guard let columns = first?.columns else { return [] }
    let reading = RowReading(columns, as: type)
    return try map { try reading.read($0) }
  }
}

/// The columns and values of a record, the other way round.
func columns(of record: some Encodable) throws -> RecordFields {
  let encoder = RowEncoder()
  try record.encode(to: encoder)
  return encoder.sink.fields
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

/// What is written in a column for a value. How, is found out once for each type.
private func storedForm<T: Encodable>(of value: T) throws -> SQLValue {
  let type = ObjectIdentifier(T.self)
  let known = valueWriters.withLock { $0[type] }
  let writer = known ?? valueWriter(of: T.self)
  if known == nil { valueWriters.withLock { $0[type] = writer } }
  return try withUnsafePointer(to: value) { try writer.form(at: UnsafeRawPointer($0)) }
}

/// Reads values of one type, which only it knows, out of memory.
private protocol ValueWriter: Sendable {
  func form(at place: UnsafeRawPointer) throws -> SQLValue
}

private let valueWriters = Mutex<[ObjectIdentifier: any ValueWriter]>([:])

private func valueWriter<T: Encodable>(of type: T.Type) -> any ValueWriter {
  func convertible<C: SQLConvertible>(_ type: C.Type) -> any ValueWriter { ConvertibleWriter<C>() }
  func choice<R: RawRepresentable>(_ type: R.Type) -> (any ValueWriter)? {
    R.RawValue.self == String.self ? ChoiceWriter<R>() : nil
  }
  if let type = type as? any SQLConvertible.Type { return convertible(type) }
  if let type = type as? any RawRepresentable.Type, let writer = choice(type) { return writer }
  return TextOfJSONWriter<T>()
}

private struct ConvertibleWriter<C: SQLConvertible>: ValueWriter {
  func form(at place: UnsafeRawPointer) -> SQLValue {
    place.assumingMemoryBound(to: C.self).pointee.sqlValue
  }
}

/// Of enums of texts only.
private struct ChoiceWriter<R: RawRepresentable>: ValueWriter {
  func form(at place: UnsafeRawPointer) -> SQLValue {
    .text(
      unsafeBitCast(place.assumingMemoryBound(to: R.self).pointee.rawValue, to: String.self))
  }
}

private struct TextOfJSONWriter<T: Encodable>: ValueWriter {
  func form(at place: UnsafeRawPointer) throws -> SQLValue {
    .text(try JSON.text(of: place.assumingMemoryBound(to: T.self).pointee))
  }
}

private final class RowSink {
  var fields = RecordFields()
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
    sink.fields.names.append(columnName(key.stringValue))
    sink.fields.values.append(value)
  }

  func encodeNil(forKey key: Key) { put(key, .null) }
  func encode(_ value: Bool, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: String, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: Double, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: Int, forKey key: Key) { put(key, value.sqlValue) }
  func encode(_ value: Int64, forKey key: Key) { put(key, value.sqlValue) }
  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    put(key, try storedForm(of: value))
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

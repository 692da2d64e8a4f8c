/// How a type is read from the columns of a result: in which order it asks for its properties, where each
/// is, and what makes a value of it. Found out at the first row that is read as the type; the others
/// follow it, without a look at names and conformances.
struct RowPlan: Sendable {
  struct Step: Sendable {
    let property: String
    /// Where its column is; nil where the result has none of that name.
    let column: Int?
    let type: ObjectIdentifier
    /// Makes the value; nil for the standard types, which the decoder makes by itself.
    let maker: (any ValueMaker)?
  }

  let steps: [Step]
}

/// Makes values of one type, which only it knows, from a column's: into memory that fits the type.
protocol ValueMaker: Sendable {
  /// Says whether it could; then the memory is initialised.
  func make(_ stored: SQLValue, into place: UnsafeMutableRawPointer) -> Bool
}

/// Reads the rows of one result as one type.
final class RowReading<T: Decodable> {
  private let cursor: RowCursor

  init(_ columns: Row.Columns, as type: T.Type) {
    cursor = RowCursor(columns, columns.plan(for: ObjectIdentifier(type)))
  }

  func read(_ row: Row) throws -> T {
    cursor.begin(row)
    let value = try T(from: RowDecoder(cursor: cursor))
    if let plan = cursor.learned() {
      cursor.columns.keep(plan, for: ObjectIdentifier(T.self))
    }
    return value
  }
}

/// One row that is being read, and how far its plan has been followed.
private final class RowCursor {
  let columns: Row.Columns
  private var values: [SQLValue] = []
  private var plan: RowPlan?
  private var next = 0
  /// What was asked for, while there is no plan.
  private var asked: [RowPlan.Step] = []

  init(_ columns: Row.Columns, _ plan: RowPlan?) {
    self.columns = columns
    self.plan = plan
  }

  func begin(_ row: Row) {
    values = row.values
    next = 0
  }

  /// The plan, where this row was the first.
  func learned() -> RowPlan? {
    guard plan == nil else { return nil }
    plan = RowPlan(steps: asked)
    return plan
  }

  /// The step for a property. A type that asks in an order of its own for each row is served all the
  /// same, only not as fast.
  func step(_ property: String, _ type: Any.Type, _ maker: () -> (any ValueMaker)?) -> RowPlan.Step
  {
    let identity = ObjectIdentifier(type)
    if let plan, next < plan.steps.count {
      let step = plan.steps[next]
      next += 1
      if step.type == identity, step.property == property { return step }
    }
    let step = RowPlan.Step(
      property: property, column: columns.position(of: property), type: identity, maker: maker())
    if plan == nil { asked.append(step) }
    return step
  }

  func value(_ step: RowPlan.Step) -> SQLValue {
    guard let column = step.column, column < values.count else { return .null }
    return values[column]
  }

  func value(of property: String) -> SQLValue {
    columns.position(of: property).map { values[$0] } ?? .null
  }
}

private struct RowDecoder: Decoder {
  let cursor: RowCursor
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowKeys(cursor: cursor))
  }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw StorageError.unreadable(column: "*")
  }
  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    throw StorageError.unreadable(column: "*")
  }
}

private struct RowKeys<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let cursor: RowCursor
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  func contains(_ key: Key) -> Bool { cursor.columns.position(of: key.stringValue) != nil }
  func decodeNil(forKey key: Key) -> Bool { cursor.value(of: key.stringValue) == .null }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try standard(key) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try standard(key) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try standard(key) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try standard(key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try standard(key) }
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    try optional(key)
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    try optional(key)
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    try optional(key)
  }

  @inline(__always)
  private func standard<T: SQLConvertible>(_ key: Key) throws -> T {
    let step = cursor.step(key.stringValue, T.self) { nil }
    guard let value = T(sqlValue: cursor.value(step)) else { throw unreadable(key) }
    return value
  }
  @inline(__always)
  private func optional<T: SQLConvertible>(_ key: Key) throws -> T? {
    let step = cursor.step(key.stringValue, T.self) { nil }
    let stored = cursor.value(step)
    if case .null = stored { return nil }
    guard let value = T(sqlValue: stored) else { throw unreadable(key) }
    return value
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let step = cursor.step(key.stringValue, type) { valueMaker(of: type) }
    return try make(step, cursor.value(step), key)
  }

  // One look at the row for a property that may be absent, whatever its type.
  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    let step = cursor.step(key.stringValue, type) { valueMaker(of: type) }
    let stored = cursor.value(step)
    if case .null = stored { return nil }
    return try make(step, stored, key)
  }

  private func make<T>(_ step: RowPlan.Step, _ stored: SQLValue, _ key: Key) throws -> T {
    guard let maker = step.maker else { throw unreadable(key) }
    return try withUnsafeTemporaryAllocation(of: T.self, capacity: 1) { place in
      guard let start = place.baseAddress, maker.make(stored, into: UnsafeMutableRawPointer(start))
      else {
        throw unreadable(key)
      }
      return start.move()
    }
  }

  private func unreadable(_ key: Key) -> StorageError {
    .unreadable(column: columnName(key.stringValue))
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

/// What makes values of a type: one with a form in a column, an enum of texts stored bare, or else what
/// is stored as JSON.
private func valueMaker<T: Decodable>(of type: T.Type) -> any ValueMaker {
  func convertible<C: SQLConvertible>(_ type: C.Type) -> any ValueMaker { ConvertibleMaker<C>() }
  func choice<R: RawRepresentable>(_ type: R.Type) -> any ValueMaker { ChoiceMaker<R, T>() }
  if let type = type as? any SQLConvertible.Type { return convertible(type) }
  func stored<S: AnyStoredJSON>(_ type: S.Type) -> any ValueMaker { StoredMaker<S>() }
  if let type = type as? any RawRepresentable.Type { return choice(type) }
  if let type = type as? any AnyStoredJSON.Type { return stored(type) }
  return JSONMaker<T>()
}

private struct StoredMaker<S: AnyStoredJSON>: ValueMaker {
  func make(_ stored: SQLValue, into place: UnsafeMutableRawPointer) -> Bool {
    guard case .text(let text) = stored else { return false }
    place.initializeMemory(as: S.self, to: S(text: text))
    return true
  }
}

private struct ConvertibleMaker<C: SQLConvertible>: ValueMaker {
  func make(_ stored: SQLValue, into place: UnsafeMutableRawPointer) -> Bool {
    guard let value = C(sqlValue: stored) else { return false }
    place.initializeMemory(as: C.self, to: value)
    return true
  }
}

/// `R` and `T` are the same type.
private struct ChoiceMaker<R: RawRepresentable, T: Decodable>: ValueMaker {
  func make(_ stored: SQLValue, into place: UnsafeMutableRawPointer) -> Bool {
    guard case .text(let text) = stored else { return false }
    if R.RawValue.self == String.self,
      let value = R(rawValue: unsafeBitCast(text, to: R.RawValue.self))
    {
      place.initializeMemory(as: R.self, to: value)
      return true
    }
    return JSONMaker<T>().make(stored, into: place)
  }
}

private struct JSONMaker<T: Decodable>: ValueMaker {
  func make(_ stored: SQLValue, into place: UnsafeMutableRawPointer) -> Bool {
    guard case .text(let text) = stored, let value = try? JSON.value(of: T.self, in: text) else {
      return false
    }
    place.initializeMemory(as: T.self, to: value)
    return true
  }
}

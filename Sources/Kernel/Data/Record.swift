/// A row of a module's own table. Properties are columns: `firstName` is `first_name`.
public protocol Record: Codable, Sendable, Identifiable where ID: SQLConvertible & Sendable {
  /// `<module>_<thing>`, a name fixed in code.
  static var table: String { get }
  /// The columns that are read, for a type that needs a few of its table's; all of them unless said.
  static var columns: StaticString { get }
}

extension Record {
  /// All of them.
  public static var columns: StaticString { "*" }
}

/// A row that several people change: a write names the version it read, and a stale one is refused.
public protocol Versioned: Record {
  /// What the thing is called, for the message.
  static var noun: Words { get }
  /// From 1; `update` moves it on by one.
  var version: Int { get set }
}

extension Connection {
  /// The record with this id. Throws `StorageError`.
  public func find<R: Record>(_ type: R.Type, _ id: R.ID) throws -> R? {
    try rows("SELECT \(columnsOf: type) FROM \(type) WHERE id = \(id)").first?.decoded(as: R.self)
  }

  /// The records with these ids, by id: a statement for each thousand, where asking for one after the
  /// other would be a statement each. Throws `StorageError`.
  public func find<R: Record>(_ type: R.Type, all ids: some Sequence<R.ID>) throws -> [R.ID: R] {
    var found: [R.ID: R] = [:]
    let wanted = Array(Set(ids))
    for start in stride(from: 0, to: wanted.count, by: 1000) {
      let part = wanted[start..<min(start + 1000, wanted.count)]
      for record in try select(type, "WHERE id IN \(list: part)") { found[record.id] = record }
    }
    return found
  }

  /// The records that `rest` (`WHERE … ORDER BY …`) picks. Throws `StorageError`.
  public func select<R: Record>(_ type: R.Type, _ rest: SQL = "") throws -> [R] {
    try rows("SELECT \(columnsOf: type) FROM \(type) \(part: rest)").decoded()
  }

  /// The first record that `rest` picks; it orders them where that matters. Throws `StorageError`.
  public func first<R: Record>(_ type: R.Type, _ rest: SQL) throws -> R? {
    try select(type, rest).first
  }

  /// How many records `rest` picks. Throws `StorageError`.
  public func count<R: Record>(_ type: R.Type, _ rest: SQL = "") throws -> Int {
    try rows("SELECT COUNT(*) AS n FROM \(type) \(part: rest)").first?.get("n") ?? 0
  }

  /// Writes a record that is new. Throws `StorageError.constraint` where its id is there.
  public func insert<R: Record>(_ record: R) throws {
    let fields = try columns(of: record)
    try execute(
      SQL(
        text: RecordStatements.of(R.self, fields.names).insert, values: fields.values))
    touched(Touch(R.table, text(of: record.id), after: version(of: record)))
  }

  /// Writes every column of a record that is there already.
  /// One that is not there is no error. Throws `StorageError`.
  public func update<R: Record>(_ record: R) throws {
    let fields = try columns(of: record)
    try execute(
      SQL(
        text: RecordStatements.of(R.self, fields.names).update,
        values: fields.valuesButID + [record.id.sqlValue]))
    touched(Touch(R.table, text(of: record.id)))
  }

  /// Writes a versioned record if nobody else has since, and moves its version on. Throws
  /// `Problem.stale` otherwise.
  public func update<R: Versioned>(_ record: inout R) throws {
    let read = record.version
    record.version = read + 1
    let fields = try columns(of: record)
    let changed = try execute(
      SQL(
        text: RecordStatements.of(R.self, fields.names).update + " AND version = ?",
        values: fields.valuesButID + [record.id.sqlValue, .integer(Int64(read))]))
    guard changed == 1 else {
      let found = try find(R.self, record.id)?.version ?? 0
      throw Problem.stale(R.noun, expected: read, found: found)
    }
    touched(Touch(R.table, text(of: record.id), before: read, after: read + 1))
  }

  /// Takes a record away; one that is not there is no error. Throws `StorageError`.
  public func delete<R: Record>(_ type: R.Type, _ id: R.ID) throws {
    if try execute("DELETE FROM \(type) WHERE id = \(id)") > 0 {
      touched(Touch(R.table, text(of: id)))
    }
  }
}

private func text(of id: some SQLConvertible) -> String {
  switch id.sqlValue {
  case .text(let text): text
  case .integer(let number): String(number)
  case .null, .real, .blob: ""
  }
}

private func version(of record: some Record) -> Int? { (record as? any Versioned)?.version }

extension Versioned {
  /// Refuses a command that names another version than the one there is.
  public func expect(version expected: Int?) throws {
    if let expected, expected != version {
      throw Problem.stale(Self.noun, expected: expected, found: version)
    }
  }
}

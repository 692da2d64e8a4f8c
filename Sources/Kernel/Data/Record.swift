/// A row of a module's own table. Properties are columns: `firstName` is `first_name`.
public protocol Record: Codable, Sendable, Identifiable where ID: SQLConvertible & Sendable {
  /// `<module>_<thing>`, a name fixed in code.
  static var table: String { get }
}

/// A row that several people change: a write names the version it read, and a stale one is refused.
public protocol Versioned: Record {
  /// What the thing is called, for the message.
  static var noun: Words { get }
  var version: Int { get set }
}

extension Connection {
  /// The record with this id. Throws `StorageError`.
  public func find<R: Record>(_ type: R.Type, _ id: R.ID) throws -> R? {
    try rows("SELECT * FROM \(type) WHERE id = \(id)").first?.decoded(as: R.self)
  }

  /// The records that `rest` (`WHERE … ORDER BY …`) picks. Throws `StorageError`.
  public func select<R: Record>(_ type: R.Type, _ rest: SQL = "") throws -> [R] {
    try rows("SELECT * FROM \(type) \(part: rest)").map { try $0.decoded() }
  }

  public func first<R: Record>(_ type: R.Type, _ rest: SQL) throws -> R? {
    try select(type, rest).first
  }

  /// How many records `rest` picks. Throws `StorageError`.
  public func count<R: Record>(_ type: R.Type, _ rest: SQL = "") throws -> Int {
    try rows("SELECT COUNT(*) AS n FROM \(type) \(part: rest)").first?.get("n") ?? 0
  }

  public func insert<R: Record>(_ record: R) throws {
    let fields = try columns(of: record)
    let names = fields.map(\.name).joined(separator: ", ")
    let marks = fields.map { _ in "?" }.joined(separator: ", ")
    try execute(
      SQL(text: "INSERT INTO \(R.table) (\(names)) VALUES (\(marks))", values: fields.map(\.value)))
    touched(Touch(R.table, text(of: record.id), after: version(of: record)))
  }

  /// Writes every column of a record that is there already.
  public func update<R: Record>(_ record: R) throws {
    let fields = try columns(of: record).filter { $0.name != "id" }
    let pairs = fields.map { "\($0.name) = ?" }.joined(separator: ", ")
    try execute(
      SQL(
        text: "UPDATE \(R.table) SET \(pairs) WHERE id = ?",
        values: fields.map(\.value) + [record.id.sqlValue]))
    touched(Touch(R.table, text(of: record.id)))
  }

  /// Writes a versioned record if nobody else has since, and moves its version on. Throws
  /// `Problem.stale` otherwise.
  public func update<R: Versioned>(_ record: inout R) throws {
    let read = record.version
    record.version = read + 1
    let fields = try columns(of: record).filter { $0.name != "id" }
    let pairs = fields.map { "\($0.name) = ?" }.joined(separator: ", ")
    let changed = try execute(
      SQL(
        text: "UPDATE \(R.table) SET \(pairs) WHERE id = ? AND version = ?",
        values: fields.map(\.value) + [record.id.sqlValue, .integer(Int64(read))]))
    guard changed == 1 else {
      let found = try find(R.self, record.id)?.version ?? 0
      throw Problem.stale(R.noun, expected: read, found: found)
    }
    touched(Touch(R.table, text(of: record.id), before: read, after: read + 1))
  }

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

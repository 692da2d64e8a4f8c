internal import Foundation
internal import GRDB
public import Kernel
internal import Synchronization

/// The SQLite driver: one file that one process writes and any number of threads read, or memory.
public struct SQLiteDatabase: Kernel.Database {
  private let writer: any DatabaseWriter

  /// What a commit outlives. The file stays whole in either case.
  public enum Durability: Sendable {
    /// A power cut: whatever was answered stays true.
    case powerCut
    /// The death of the process. A power cut may undo the last commits, in their order; for data
    /// that can be made again.
    case process
  }

  /// Opens or creates a file. Throws `StorageError`.
  public init(file path: String, surviving durability: Durability = .powerCut) throws {
    writer = try translating {
      let pool = try DatabasePool(path: path, configuration: Self.configuration)
      switch durability {
      case .powerCut:
        // A pool sets NORMAL while it opens.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      case .process: break
      }
      return pool
    }
  }

  /// A database in memory, gone with the value. Throws `StorageError`.
  public init(inMemory: Void) throws {
    writer = try translating { try DatabaseQueue(configuration: Self.configuration) }
  }

  /// Only reads a file, whoever writes it meanwhile. Throws `StorageError`.
  public init(reading path: String) throws {
    writer = try translating {
      var configuration = Self.configuration
      configuration.readonly = true
      return try DatabaseQueue(path: path, configuration: configuration)
    }
  }

  /// A file that is whole by itself, without a log beside it: to be kept and carried. Throws
  /// `StorageError`.
  public init(archive path: String) throws {
    writer = try translating {
      try DatabaseQueue(path: path, configuration: Self.configuration)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.maximumReaderCount = 4
    return configuration
  }

  public func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await translating { try await writer.read { try body(SQLiteConnection(database: $0)) } }
  }

  public func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await translating { try await writer.write { try body(SQLiteConnection(database: $0)) } }
  }

  public func backUp(to path: String) async throws {
    try await translating {
      try await writer.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
    }
  }

  public func scrub() async throws {
    try await translating {
      try await writer.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM")
        // The log holds the old pages until it is begun anew.
        _ = try GRDB.Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
  }

  /// How many rows each table holds, by its name. Throws `StorageError`.
  public func rowCounts() async throws -> [String: Int] {
    try await translating {
      try await writer.read { database in
        let tables = try String.fetchAll(
          database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'"
        ).filter { !$0.hasPrefix("sqlite_") }
        return try Dictionary(
          uniqueKeysWithValues: tables.map { table in
            let name = table.replacing("\"", with: "\"\"")
            return (
              table, try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \"\(name)\"") ?? 0
            )
          })
      }
    }
  }

  public func integrityFaults() async throws -> [String] {
    try await translating {
      try await writer.read { database in
        try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
          + GRDB.Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map {
            "broken reference in \($0["table"] as String? ?? "a table")"
          }
      }
    }
  }
}

/// One connection of the driver inside a transaction.
private struct SQLiteConnection: Connection {
  let database: GRDB.Database

  func rows(_ sql: Kernel.SQL) throws -> [Kernel.Row] {
    try translating {
      let statement = try database.cachedStatement(sql: sql.text)
      let columns = columns(named: statement.columnNames)
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments(sql))
      var rows: [Kernel.Row] = []
      while let row = try cursor.next() {
        rows.append(
          Kernel.Row(columns: columns, values: row.databaseValues.map(SQLValue.init(stored:))))
      }
      return rows
    }
  }

  func execute(_ sql: Kernel.SQL) throws -> Int {
    try translating {
      let statement = try database.cachedStatement(sql: sql.text)
      try statement.execute(arguments: arguments(sql))
      return database.changesCount
    }
  }

  private func arguments(_ sql: Kernel.SQL) throws -> StatementArguments {
    // SQLite would keep the text up to the NUL only, PostgreSQL refuses it: so do we.
    for case .text(let text) in sql.values where text.utf8.contains(0) {
      throw StorageError.constraint("a text holds a NUL character")
    }
    // A key path here is made anew each time, at a price.
    return StatementArguments(sql.values.map { $0.stored })
  }
}

/// The columns of results met before: programs ask the same questions again and again.
private func columns(named names: [String]) -> Kernel.Row.Columns {
  knownColumns.withLock { known in
    if let columns = known[names] { return columns }
    let columns = Kernel.Row.Columns(names)
    known[names] = columns
    return columns
  }
}

private let knownColumns = Mutex<[[String]: Kernel.Row.Columns]>([:])

extension SQLValue {
  fileprivate init(stored: DatabaseValue) {
    switch stored.storage {
    case .null: self = .null
    case .int64(let value): self = .integer(value)
    case .double(let value): self = .real(value)
    case .string(let value): self = .text(value)
    case .blob(let data): self = .blob([UInt8](data))
    }
  }

  fileprivate var stored: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let value): value.databaseValue
    case .real(let value): value.databaseValue
    case .text(let value): value.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}

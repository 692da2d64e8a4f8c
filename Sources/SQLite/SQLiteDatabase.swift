internal import GRDB
public import Kernel

/// The SQLite driver: one file that one process writes and any number of threads read, or memory.
public struct SQLiteDatabase: Kernel.Database {
  /// None for a database in memory, which has one connection for everything. Closed before the writer,
  /// which tidies up the file as the last.
  private let readers: Readers?
  private let queue: WriteQueue
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
    let pool = try translating {
      let pool = try DatabasePool(path: path, configuration: Self.configuration)
      switch durability {
      case .powerCut:
        // A pool sets NORMAL while it opens.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      case .process: break
      }
      return pool
    }
    writer = pool
    queue = WriteQueue(pool)
    readers = try Readers(path)
  }

  /// A database in memory, gone with the value. Throws `StorageError`.
  public init(inMemory: Void) throws {
    writer = try translating { try DatabaseQueue(configuration: Self.configuration) }
    queue = WriteQueue(writer)
    readers = nil
  }

  /// Only reads a file, whoever writes it meanwhile. Throws `StorageError`.
  public init(reading path: String) throws {
    writer = try translating {
      var configuration = Self.configuration
      configuration.readonly = true
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    queue = WriteQueue(writer)
    readers = nil
  }

  /// A file that is whole by itself, without a log beside it: to be kept and carried. Throws
  /// `StorageError`.
  public init(archive path: String) throws {
    writer = try translating {
      try DatabaseQueue(path: path, configuration: Self.configuration)
    }
    queue = WriteQueue(writer)
    readers = nil
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    // The driver reads through connections of its own; this is for the check of the whole file.
    configuration.maximumReaderCount = 1
    return configuration
  }

  /// Several at a time, beside the one writer. Throws `StorageError`, or what `body` throws.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    if let readers { return try await readers.read(body) }
    return try await translating {
      try await writer.read { database in try body(queue.statements(of: database)) }
    }
  }

  /// On the thread of whoever asks, where the database is a file.
  public func readBriefly<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    if let readers { return try readers.readHere(body) }
    return try await read(body)
  }

  /// Those who wait for the next commit.
  public var writesWaiting: Int? { queue.count }

  /// Moves on with every commit of any process; nil for a database in memory.
  public func commitMark() throws -> Int64? { try readers?.commitMark() }

  /// One writer at a time; those who wait share its next commit.
  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await queue.write(body)
  }

  /// Writes a consistent copy to `path`, while others read and write. Throws `StorageError`.
  public func backUp(to path: String) async throws {
    try await translating {
      try await writer.writeWithoutTransaction {
        try $0.execute(sql: "VACUUM INTO ?", arguments: [path])
      }
    }
  }

  /// Copies the whole file, and begins its log anew. Throws `StorageError`.
  public func scrub() async throws {
    try await translating {
      try await writer.writeWithoutTransaction { database in
        try database.execute(sql: "VACUUM")
        // The log holds the old pages until it is begun anew.
        _ = try GRDB.Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
  }

  /// Reads the whole file: pages, indexes and references. Throws `StorageError`.
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

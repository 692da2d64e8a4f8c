public import Kernel

/// What keeps writers of several programs from breaking a rule that spans rows.
public enum WriteGuard: Sendable, CaseIterable {
  /// They take turns, and their transactions are serializable: what the product does.
  case turns
  /// Serializable transactions alone: one that cannot stand beside another is done again.
  case serializable
  /// Nothing: for tests that show what the others are for.
  case nothing
}

/// The PostgreSQL driver: a database, or one schema of it, on a server that several processes share.
public final class PostgresDatabase: Kernel.Database {
  private let address: PostgresAddress
  private let readers: Readers
  private let writer: Writer
  private let listener: Listener
  private let leads: Leads

  /// PostgreSQL's.
  public var dialect: Dialect { .postgres }

  /// Connects, and refuses a server that cannot keep the port’s promises. The schema that the URL names
  /// as the first of `search_path` is made where it is not there. Throws `StorageError`.
  ///
  /// - Parameters:
  ///   - count: how many questions are worked on at a time, each on a connection.
  ///   - writeGuard: what keeps writers apart.
  public init(
    _ address: PostgresAddress, readers count: Int = 8, guarding writeGuard: WriteGuard = .turns
  ) throws {
    self.address = address
    do {
      let schema = try Self.prepare(try Session(address), address)
      let channel = "parvis_" + schema
      let own = OwnProcess()
      let listener = Listener(address, channel: channel, own: own)
      self.listener = listener
      writer = Writer(address, channel: channel, process: own, guarding: writeGuard) {
        listener.moveOn()
      }
      readers = Readers(address, atOnce: count)
      leads = Leads(address, schema: schema)
    } catch let failure as Failure {
      throw failure.error
    }
  }

  deinit { listener.stop() }

  /// Looks at the server and makes what the driver needs there; the schema that it works in.
  private static func prepare(_ session: Session, _ address: PostgresAddress) throws -> String {
    let version = try session.command("SHOW server_version_num").flatMap { Int($0) } ?? 0
    guard version >= 150_000 else {
      throw StorageError.unreachable(
        server: address.description,
        reason: "it is of version \(version / 10_000), Parvis needs 15 or later")
    }
    let encoding = try session.command("SHOW server_encoding") ?? ""
    guard encoding == "UTF8" else {
      throw StorageError.unreachable(
        server: address.description,
        reason: "its texts are in \(encoding), Parvis needs a database with ENCODING 'UTF8'")
    }
    if try session.command("SELECT current_schema()") == "" {
      try session.command(
        """
        DO $$ BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I',
          trim(both '" ' from split_part(current_setting('search_path'), ',', 1))); END $$
        """)
    }
    // Who wants to write waits for this table; two that make it at once are one too many.
    let isThere = try session.command("SELECT to_regclass('kernel_turn')") != ""
    if !isThere {
      do {
        try session.command("CREATE TABLE IF NOT EXISTS kernel_turn (id TEXT PRIMARY KEY)")
      } catch {
        guard try session.command("SELECT to_regclass('kernel_turn')") != "" else { throw error }
      }
    }
    return try session.command("SELECT current_schema()") ?? "public"
  }

  /// On one snapshot, which stays as it is. Throws `StorageError`, or what `body` throws.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await readers.read(body)
  }

  /// One writer at a time, in all processes; those who wait share its next commit.
  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await writer.write(body)
  }

  /// Those who wait in this process.
  public var writesWaiting: Int? { writer.count }

  /// Nil while nobody is told of the commits of other processes.
  public func commitMark() -> Int64? { listener.commitMark() }

  /// Told by the server; also called when what was said in between is not known.
  public func onCommitElsewhere(_ heard: @escaping @Sendable () -> Void) { listener.call(heard) }

  /// The first program to ask is, for as long as its session lives.
  public func leads(_ what: String) async throws -> Bool { try await leads.has(what) }

  /// As of the last time this program asked.
  public func wasLeading(_ what: String) -> Bool { leads.held(what) }

  /// Looks whether the session that made this program the first is there still.
  public func requireLead(_ what: String, in connection: any Connection) throws {
    guard try leads.has(what, in: connection) else { throw LeadLost() }
  }

  /// Writes every table anew: what the old files held is the file system’s, what the log of the server
  /// held goes with it.
  public func scrub() async throws {
    let tables = try await read { try $0.rows(Dialect.postgres.tables).map { $0["name"] } }
    let address = address
    try await readers.apart {
      let session = try Session(address)
      // A table takes as long as it takes.
      try session.command("SET statement_timeout = 0")
      for case .text(let table) in tables {
        do {
          try session.command("VACUUM (FULL) \"\(table)\"")
        } catch let failure as Failure {
          guard case .busy = failure.error else { throw failure }
          // It may last: whoever asked comes back later, and nobody else waits for it.
          throw StorageError.statement("\(table) is in use by another program, such as pg_dump")
        }
      }
    }
  }

  /// Wrong checksums of pages, indexes not whole, rules not checked. Throws `StorageError`.
  public func integrityFaults() async throws -> [String] {
    try await read { connection in
      try connection.rows(
        """
        SELECT 'pages whose checksum is wrong: ' || checksum_failures AS fault FROM pg_stat_database
        WHERE datname = current_database() AND checksum_failures > 0
        UNION ALL
        SELECT 'index not whole: ' || CAST(indexrelid AS regclass) FROM pg_index
        WHERE NOT indisvalid
        UNION ALL
        SELECT 'rule not checked: ' || conname FROM pg_constraint WHERE NOT convalidated
        """
      ).map { try $0.get("fault") }
    }
  }
}

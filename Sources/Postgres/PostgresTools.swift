internal import CLibPQ
internal import Foundation
public import Kernel

/// `pg_dump` and `pg_restore`, as far as they are needed for backups: an archive in PostgreSQL's custom format
/// of one schema at one moment, what is in it, and the way back.
public struct PostgresTools: Sendable {
  /// What went wrong with one of the programs, or before it began.
  public enum Failure: Error, Sendable {
    /// No program of the name is there of this version of PostgreSQL or a later one.
    case missing(tool: String, version: Int)
    /// It ended with this status, and said so.
    case failed(tool: String, status: Int32, says: String)
  }

  /// What an archive is of.
  public struct Origin: Sendable {
    /// What an archive was noted to be of.
    public init(schema: String, server: Int, tool: Int) {
      self.schema = schema
      self.server = server
      self.tool = tool
    }

    /// The schema whose tables are in it.
    public let schema: String
    /// The version of the server.
    public let server: Int
    /// The version of the `pg_dump` that wrote it; no older `pg_restore` reads it.
    public let tool: Int
  }

  /// The folder of the programs; nil looks in `PATH` and where Debian keeps the versions of PostgreSQL.
  private let folder: String?

  /// The programs of that folder alone, or those that are found.
  public init(in folder: String? = nil) { self.folder = folder }

  // MARK: - Out

  /// Writes the schema of `address` as it is at one moment into an open file, counts its rows by table and asks
  /// the database about that very moment. `kernel_turn`, which has no rows and is made by whoever connects, is left out.
  /// Throws `Failure` or `StorageError`.
  public func dump<T: Sendable>(
    _ address: PostgresAddress, into file: Int32,
    asking: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> (origin: Origin, rows: [String: Int], answer: T) {
    let session = try await connected(address)
    let (server, schema, snapshot, rows, answer) = try await Self.apart {
      let server =
        (try session.command("SHOW server_version_num").flatMap { Int($0) } ?? 0) / 10_000
      // It waits for pg_dump, however long that takes.
      try session.command(
        "SET idle_in_transaction_session_timeout = 0; SET statement_timeout = 0")
      _ = try session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      let schema = try session.command("SELECT current_schema()") ?? "public"
      let snapshot = try session.command("SELECT pg_export_snapshot()") ?? ""
      var rows: [String: Int] = [:]
      for row in try session.rows(Dialect.postgres.tables) {
        let table: String = try row.get("name")
        let name = table.replacing("\"", with: "\"\"")
        rows[table] =
          try session.command("SELECT COUNT(*) FROM \"\(name)\"").flatMap { Int($0) } ?? 0
      }
      return (server, schema, snapshot, rows, try asking(session))
    }
    let (tool, version) = try await find("pg_dump", atLeast: server)
    let arguments = [
      "--format=custom", "--no-owner", "--no-privileges", "--no-password",
      "--schema=" + Self.pattern(schema), "--exclude-table=*.kernel_turn",
      "--snapshot=" + snapshot, "--dbname=" + Self.plainOptions(of: address),
    ]
    try await Child(tool, arguments, Self.environment(of: address), output: file).run("pg_dump")
    try await Self.apart { try session.rollBack() }
    return (Origin(schema: schema, server: server, tool: version), rows, answer)
  }

  // MARK: - Looking

  /// How many rows an archive holds of each table that has any, by reading all of it. Throws `Failure`.
  public func rows(inArchive file: Int32, of version: Int) async throws -> [String: Int] {
    let (tool, _) = try await find("pg_restore", atLeast: version)
    lseek(file, 0, SEEK_SET)
    try await Child(tool, ["--list"], [:], input: file).run("pg_restore")
    lseek(file, 0, SEEK_SET)
    let counter = CopiedRows()
    try await Child(tool, ["--data-only", "--file=-"], [:], input: file, reader: counter)
      .run("pg_restore")
    return counter.counts
  }

  // MARK: - Back

  /// What keeps an archive out of a database.
  public enum Obstacle: Sendable, Equatable {
    /// Its server is of this earlier version.
    case olderServer(Int)
    /// It works in this schema, not in that of the archive.
    case otherSchema(String)
    /// Tables are there.
    case tables([String])
  }

  /// Looks whether an archive could be put into a database; changes nothing. Throws `StorageError`.
  public func obstacle(to origin: Origin, in address: PostgresAddress) async throws -> Obstacle? {
    let session = try await connected(address)
    return try await Self.apart {
      let server =
        (try session.command("SHOW server_version_num").flatMap { Int($0) } ?? 0) / 10_000
      guard server >= origin.server else { return .olderServer(server) }
      let schema = try session.command(Self.schemaStatement) ?? ""
      guard schema == origin.schema else { return .otherSchema(schema) }
      let found = try session.rows(
        """
        SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = \(schema) AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND c.relname <> 'kernel_turn' ORDER BY c.relname
        """
      ).map { try $0.get("name", as: String.self) }
      return found.isEmpty ? nil : .tables(found)
    }
  }

  /// Puts an archive into a database that has nothing of it yet: all of it, or nothing. Throws `Failure` or
  /// `StorageError`.
  public func restore(
    _ file: Int32, of origin: Origin, into address: PostgresAddress
  ) async throws {
    let (tool, _) = try await find("pg_restore", atLeast: max(origin.tool, origin.server))
    let session = try await connected(address)
    _ = try await Self.apart {
      // The archive's own statement for it would refuse one that is there, such as `public`.
      try session.command(
        """
        DO $$ BEGIN EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', (\(Self.schemaStatement)));
        EXCEPTION WHEN insufficient_privilege THEN NULL; END $$
        """)
    }
    lseek(file, 0, SEEK_SET)
    let arguments = [
      "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password",
      "--schema=" + origin.schema, "--dbname=" + Self.plainOptions(of: address),
    ]
    try await Child(tool, arguments, Self.environment(of: address), input: file).run("pg_restore")
  }

  /// The schema that is worked in, or would be once it is there.
  private static let schemaStatement = """
    SELECT COALESCE(current_schema(),
      trim(both '" ' from split_part(current_setting('search_path'), ',', 1)))
    """

  // MARK: - Whom to ask

  private func connected(_ address: PostgresAddress) async throws -> Session {
    try await Self.apart { try Session(address) }
  }

  /// The oldest program of that name which is new enough, and its version. Throws `Failure`.
  private func find(_ name: String, atLeast version: Int) async throws -> (String, Int) {
    let debian = "/usr/lib/postgresql"
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let folders =
      folder.map { [$0] }
      ?? path.split(separator: ":").map(String.init) + versions.map { "\(debian)/\($0)/bin" }
    var found: [(path: String, version: Int)] = []
    for folder in folders {
      let tool = folder + "/" + name
      guard FileManager.default.isExecutableFile(atPath: tool) else { continue }
      let said = Lines()
      try? await Child(tool, ["--version"], [:], reader: said).run(name)
      // "pg_dump (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
      let number = said.text.split(separator: ") ").dropFirst().first?.prefix { $0.isNumber }
      if let number = number.flatMap({ Int($0) }) { found.append((tool, number)) }
    }
    guard
      let best = found.filter({ $0.version >= version }).min(by: { $0.version < $1.version })
    else { throw Failure.missing(tool: name, version: version) }
    return (best.path, best.version)
  }

  /// The name of a schema as a pattern that means it alone.
  private static func pattern(_ schema: String) -> String {
    "\"" + schema.replacing("\"", with: "\"\"") + "\""
  }

  /// What the URL says, as variables of the child: command lines are for everybody to read.
  private static func environment(of address: PostgresAddress) -> [String: String] {
    var variables: [String: String] = [:]
    for (_, variable, value) in options(of: address) {
      if let variable { variables[variable] = value }
    }
    return variables
  }

  /// What the URL says and no variable can, but for secrets.
  private static func plainOptions(of address: PostgresAddress) -> String {
    options(of: address).filter { keyword, variable, _ in
      (variable == nil || keyword == "dbname") && keyword != "sslpassword"
    }.map { keyword, _, value in
      let quoted = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
      return "\(keyword)='\(quoted)'"
    }.joined(separator: " ")
  }

  private static func options(of address: PostgresAddress) -> [(String, String?, String)] {
    guard let options = PQconninfoParse(address.url, nil) else { return [] }
    defer { PQconninfoFree(options) }
    var found: [(String, String?, String)] = []
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        found.append(
          (
            String(cString: keyword), option.pointee.envvar.map { String(cString: $0) },
            String(cString: value)
          ))
      }
      option += 1
    }
    return found
  }

  /// Waits for the server on a thread of its own. Throws `StorageError`, or what `body` throws.
  private static func apart<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws
    -> T
  {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            do {
              return try body()
            } catch let failure as Postgres.Failure {
              throw failure.error
            }
          })
      }
    }
  }
}

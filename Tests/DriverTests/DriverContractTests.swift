import Foundation
import Kernel
import KernelTesting
import Postgres
import SQLite
import Testing

/// The configurations that must keep the port's promises.
enum Configuration: String, CaseIterable {
  case memory
  case file
  /// A file whose commits a power cut may undo.
  case quickFile
  /// Where a server for tests is named (`scripts/test-postgres.sh`).
  case postgres

  static var allCases: [Configuration] {
    [.memory, .file, .quickFile] + (TestDatabase.hasServer ? [.postgres] : [])
  }

  func open() throws -> any Kernel.Database {
    switch self {
    case .memory: try SQLiteDatabase(inMemory: ())
    case .file: try SQLiteDatabase(file: temporaryPath("sqlite"))
    case .quickFile: try SQLiteDatabase(file: temporaryPath("sqlite"), surviving: .process)
    case .postgres: try PostgresDatabase(try TestDatabase.schema(), readers: 4)
    }
  }
}

func temporaryPath(_ suffix: String) -> String {
  FileManager.default.temporaryDirectory.path + "/parvis-driver-\(UUID().uuidString).\(suffix)"
}

private struct Oops: Error {}

private struct Bytes: SQLConvertible {
  let bytes: [UInt8]
  var sqlValue: SQLValue { .blob(bytes) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }
  init?(sqlValue: SQLValue) {
    guard case .blob(let bytes) = sqlValue else { return nil }
    self.bytes = bytes
  }
}

@Suite struct DriverContract {
  private func table(_ configuration: Configuration) async throws -> any Kernel.Database {
    let database = try configuration.open()
    try await database.write {
      try $0.execute(
        "CREATE TABLE t (id TEXT PRIMARY KEY, n BIGINT CHECK (n >= 0), x REAL, b BLOB)")
    }
    return database
  }

  @Test(arguments: Configuration.allCases)
  func `values come back as they were bound`(configuration: Configuration) async throws {
    let database = try await table(configuration)
    let text = "l'été; DROP TABLE t; -- 😀"
    try await database.write { connection in
      try connection.execute(
        "INSERT INTO t (id, n, x) VALUES (\(text), \(Int64.max), \(0.1))")
      try connection.execute("INSERT INTO t (id, n) VALUES (\("none"), \(Int?.none))")
    }
    let rows = try await database.read { try $0.rows("SELECT * FROM t ORDER BY n NULLS FIRST") }
    #expect(rows.map { $0["n"] } == [.null, .integer(.max)])
    #expect(rows[1]["x"] == .real(0.1))
    #expect(rows[1]["id"] == .text(text))
  }

  @Test(arguments: Configuration.allCases)
  func `a text that a database would cut short is refused`(configuration: Configuration)
    async throws
  {
    let database = try await table(configuration)
    await #expect {
      try await database.write { try $0.execute("INSERT INTO t (id) VALUES (\("a\u{0}b"))") }
    } throws: { error in
      guard case StorageError.constraint = error else { return false }
      return true
    }
  }

  @Test(arguments: Configuration.allCases)
  func `a transaction that throws is undone whole`(configuration: Configuration) async throws {
    let database = try await table(configuration)
    await #expect(throws: Oops.self) {
      try await database.write { connection in
        try connection.execute("INSERT INTO t (id) VALUES ('a')")
        throw Oops()
      }
    }
    let rows = try await database.read { try $0.rows("SELECT * FROM t") }
    #expect(rows.isEmpty)
  }

  @Test(arguments: Configuration.allCases)
  func `a broken rule of the schema is a constraint`(configuration: Configuration) async throws {
    let database = try await table(configuration)
    for statement: SQL in [
      "INSERT INTO t (id, n) VALUES ('a', -1)", "INSERT INTO t (id) VALUES ('x'), ('x')",
    ] {
      await #expect {
        try await database.write { try $0.execute(statement) }
      } throws: { error in
        guard case StorageError.constraint = error else { return false }
        return true
      }
    }
  }

  @Test(arguments: Configuration.allCases)
  func `a list binds each of its values, and an empty one matches nothing`(
    configuration: Configuration
  ) async throws {
    let database = try await table(configuration)
    try await database.write { try $0.execute("INSERT INTO t (id) VALUES ('a'), ('b'), ('c')") }
    let found = try await database.read {
      try $0.rows("SELECT id FROM t WHERE id IN \(list: ["a", "c", "x"]) ORDER BY id").map {
        $0["id"]
      }
    }
    #expect(found == [.text("a"), .text("c")])
    let none = try await database.read {
      try $0.rows("SELECT id FROM t WHERE id IN \(list: [String]())")
    }
    #expect(none.isEmpty)
  }

  @Test(arguments: Configuration.allCases)
  func `writers take turns and lose nothing`(configuration: Configuration) async throws {
    let database = try await table(configuration)
    try await database.write { try $0.execute("INSERT INTO t (id, n) VALUES ('a', 0)") }
    await withTaskGroup { group in
      for _ in 0..<50 {
        group.addTask {
          try? await database.write { connection in
            let n: Int = try connection.rows("SELECT n FROM t WHERE id = 'a'")[0].get("n")
            try connection.execute("UPDATE t SET n = \(n + 1) WHERE id = 'a'")
          }
        }
      }
    }
    let n = try await database.read { try $0.rows("SELECT n FROM t")[0]["n"] }
    #expect(n == .integer(50))
  }

  @Test(arguments: Configuration.allCases)
  func `an execution tells how many rows it changed`(configuration: Configuration) async throws {
    let database = try await table(configuration)
    let counts = try await database.write { connection in
      [
        try connection.execute("INSERT INTO t (id, n) VALUES ('a', 1), ('b', 2)"),
        try connection.execute("UPDATE t SET n = 3 WHERE id = 'a'"),
        try connection.execute("DELETE FROM t WHERE id = 'zzz'"),
      ]
    }
    #expect(counts == [2, 1, 0])
  }

  @Test(arguments: Configuration.allCases)
  func `every kind of value is stored, and found by what it is`(configuration: Configuration)
    async throws
  {
    let database = try await table(configuration)
    let bytes: [UInt8] = [0, 1, 39, 92, 255]
    try await database.write { connection in
      try connection.execute(
        "INSERT INTO t (id, n, x, b) VALUES (\("a'b\\c?"), \(7), \(-1.5e300), \(Bytes(bytes)))")
      try connection.execute("UPDATE t SET n = \(Int?.none) WHERE n = \(8) OR x = \(2)")
    }
    let row = try await database.read {
      try $0.rows(
        "SELECT id, n, x, b, n > 6 AS more, SUM(n) OVER () AS whole FROM t WHERE n = \(7)")[0]
    }
    #expect(
      row.values == [
        .text("a'b\\c?"), .integer(7), .real(-1.5e300), .blob(bytes), .integer(1), .integer(7),
      ])
  }

  @Test(arguments: Configuration.allCases)
  func `texts are in the order of their bytes, and LIKE takes capitals for small letters`(
    configuration: Configuration
  ) async throws {
    let database = try await table(configuration)
    let words = ["b", "A", "é", "a", "Z", "_", "ab", "a b"]
    try await database.write { connection in
      for word in words { try connection.execute("INSERT INTO t (id) VALUES (\(word))") }
    }
    let (ordered, alike) = try await database.read { connection in
      (
        try connection.rows("SELECT id FROM t ORDER BY id").map {
          try $0.get("id", as: String.self)
        },
        try connection.rows("SELECT id FROM t WHERE id LIKE \("A%") ORDER BY id").map {
          try $0.get("id", as: String.self)
        }
      )
    }
    #expect(ordered == words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(alike == ["A", "a", "a b", "ab"])
  }

  @Test(arguments: Configuration.allCases)
  func `rows and what refers to them agree at the end of a transaction`(
    configuration: Configuration
  ) async throws {
    let database = try await table(configuration)
    try await database.write {
      try $0.execute("CREATE TABLE u (id TEXT PRIMARY KEY, t TEXT NOT NULL REFERENCES t (id))")
    }
    await #expect(throws: StorageError.self) {
      try await database.write { try $0.execute("INSERT INTO u VALUES ('x', 'none')") }
    }
    #expect(try await database.read { try $0.rows("SELECT id FROM u") }.isEmpty)
  }

  @Test(arguments: Configuration.allCases)
  func `statements met before are understood after a table has changed`(
    configuration: Configuration
  ) async throws {
    let database = try await table(configuration)
    try await database.write { try $0.execute("INSERT INTO t (id) VALUES ('a')") }
    for _ in 0..<3 { _ = try await database.read { try $0.rows("SELECT * FROM t") } }
    try await database.write { try $0.execute("ALTER TABLE t ADD COLUMN more INTEGER DEFAULT 7") }
    let row = try await database.read { try $0.rows("SELECT * FROM t")[0] }
    #expect(row["more"] == .integer(7))
    #expect(try await database.rowCounts() == ["t": 1])
  }

  @Test(arguments: [Configuration.memory, .file, .quickFile])
  func `a backup holds what was committed and passes its check`(configuration: Configuration)
    async throws
  {
    let database = try #require(try await table(configuration) as? SQLiteDatabase)
    try await database.write { try $0.execute("INSERT INTO t (id) VALUES ('kept')") }
    let copy = temporaryPath("backup")
    try await database.backUp(to: copy)
    let restored = try SQLiteDatabase(file: copy)
    #expect(try await restored.integrityFaults() == [])
    #expect(
      try await restored.read { try $0.rows("SELECT id FROM t") }.map { $0["id"] } == [
        .text("kept")
      ])
  }
}

@Suite struct BrokenFiles {
  @Test func `a file that is no database is called damaged`() async throws {
    let path = temporaryPath("sqlite")
    try Data(repeating: 0x41, count: 8192).write(to: URL(fileURLWithPath: path))
    #expect {
      _ = try SQLiteDatabase(file: path)
    } throws: { error in
      guard case StorageError.damaged = error else { return false }
      return true
    }
  }

  @Test func `a database whose pages were overwritten is found out by the check or refused`()
    async throws
  {
    let path = temporaryPath("sqlite")
    do {
      let database = try SQLiteDatabase(file: path)
      try await database.write { connection in
        try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
        for n in 0..<2000 {
          try connection.execute(
            "INSERT INTO t VALUES (\(n), \(String(repeating: "x", count: 50)))")
        }
      }
      try await database.backUp(to: path + ".copy")
    }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path + ".copy"))
    for index in stride(from: 5000, to: min(30_000, bytes.count), by: 7) { bytes[index] = 0xFF }
    try bytes.write(to: URL(fileURLWithPath: path + ".copy"))
    do {
      let damaged = try SQLiteDatabase(file: path + ".copy")
      #expect(try await damaged.integrityFaults().isEmpty == false)
    } catch StorageError.damaged {
      // Refused at the door is as good.
    }
  }

  @Test func `a full database says so and keeps what it had`() async throws {
    let database = try SQLiteDatabase(file: temporaryPath("sqlite"))
    try await database.write { connection in
      try connection.execute("CREATE TABLE t (x TEXT)")
      try connection.execute("INSERT INTO t VALUES ('kept')")
      _ = try connection.rows("PRAGMA max_page_count = 20")
    }
    await #expect(throws: StorageError.full) {
      try await database.write { connection in
        for _ in 0..<1000 {
          try connection.execute("INSERT INTO t VALUES (\(String(repeating: "x", count: 1000)))")
        }
      }
    }
    #expect(
      try await database.read { try $0.rows("SELECT x FROM t") }.map { $0["x"] } == [.text("kept")])
  }
}

private struct Stepped: Module {
  static let name = "stepped"
  static let summary = Words("steps")
  let steps: [Migration]
  var migrations: [Migration] { steps }
  var endpoints: [Endpoint] { [] }
}

@Suite struct Migrations {
  private let first = Migration("stepped.1-create", "CREATE TABLE stepped_t (id TEXT PRIMARY KEY)")
  private let second = Migration("stepped.2-more", "ALTER TABLE stepped_t ADD COLUMN n BIGINT")

  private func platform(_ steps: [Migration], _ database: any Kernel.Database) -> Platform {
    Platform(modules: [Stepped(steps: steps)], database: database)
  }

  @Test func `steps are applied once, in order, and a backup is made before later ones`()
    async throws
  {
    let database = try SQLiteDatabase(inMemory: ())
    let copies = temporaryPath("copy")
    try await platform([first], database).migrate { try await database.backUp(to: copies) }
    #expect(!FileManager.default.fileExists(atPath: copies))
    try await platform([first, second], database).migrate { try await database.backUp(to: copies) }
    #expect(FileManager.default.fileExists(atPath: copies))
    try await platform([first, second], database).migrate { throw Oops() }
  }

  @Test(arguments: Configuration.allCases)
  func `data of a newer version is refused untouched`(configuration: Configuration) async throws {
    let database = try configuration.open()
    try await platform([first, second], database).migrate()
    await #expect(throws: MigrationError.newer(["stepped.2-more"])) {
      try await platform([first], database).migrate()
    }
  }

  @Test(arguments: Configuration.allCases)
  func `a step that was edited after its release is refused`(configuration: Configuration)
    async throws
  {
    let database = try configuration.open()
    try await platform([first], database).migrate()
    let edited = Migration(
      "stepped.1-create", "CREATE TABLE stepped_t (id TEXT PRIMARY KEY, x TEXT)")
    await #expect(throws: MigrationError.edited("stepped.1-create")) {
      try await platform([edited], database).migrate()
    }
  }
}

import Foundation
import Kernel
import KernelTesting
import Postgres
import SQLite
import Testing

private struct Oops: Error {}

@Suite struct Commits {
  private func table(_ configuration: Configuration) async throws -> any Kernel.Database {
    let database = try configuration.open()
    try await database.write {
      try $0.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n BIGINT CHECK (n >= 0))")
    }
    return database
  }

  @Test(arguments: Configuration.allCases)
  func `who fails among many that write at once undoes only what is theirs`(
    configuration: Configuration
  ) async throws {
    let database = try await table(configuration)
    let failed = await withTaskGroup(of: Bool.self) { group in
      for n in 0..<300 {
        group.addTask {
          do {
            try await database.write { connection in
              try connection.execute("INSERT INTO t (id, n) VALUES (\(n), 1)")
              if n % 3 == 0 { throw Oops() }
              if n % 3 == 1 { try connection.execute("UPDATE t SET n = -1 WHERE id = \(n)") }
            }
            return false
          } catch {
            return true
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(failed == 200)
    let kept = try await database.read { try $0.rows("SELECT id FROM t WHERE n = 1 ORDER BY id") }
    #expect(
      try kept.map { try $0.get("id", as: Int.self) } == Array(stride(from: 2, to: 300, by: 3)))
  }

  @Test func `who fails because the disk is full is told so, and nobody is told a falsehood`()
    async throws
  {
    let database = try await table(.file)
    try await database.write { connection in
      try connection.execute("CREATE TABLE x (n BIGINT, t TEXT)")
      _ = try connection.rows("PRAGMA max_page_count = 60")
    }
    let answered = await withTaskGroup(of: Int?.self) { group in
      for n in 0..<100 {
        group.addTask {
          do {
            try await database.write { connection in
              let text = String(repeating: "x", count: n % 10 == 9 ? 100_000 : 400)
              try connection.execute("INSERT INTO x VALUES (\(n), \(text))")
            }
            return n
          } catch {
            return nil
          }
        }
      }
      return await group.reduce(into: Set<Int>()) { if let n = $1 { $0.insert(n) } }
    }
    let kept = try await database.read { connection in
      try Set(connection.rows("SELECT n FROM x").map { try $0.get("n", as: Int.self) })
    }
    #expect(kept == answered)
    #expect(answered.count < 100)
  }

  @Test(arguments: Configuration.allCases)
  func `a short look sees one state, the last that was committed`(configuration: Configuration)
    async throws
  {
    let database = try await table(configuration)
    for n in 0..<20 {
      try await database.write { try $0.execute("INSERT INTO t (id, n) VALUES (\(n), \(n))") }
      let seen = try await database.readBriefly { connection in
        (try connection.rows("SELECT * FROM t").count, try connection.rows("SELECT * FROM t").count)
      }
      #expect(seen == (n + 1, n + 1))
    }
  }

  @Test(arguments: Configuration.allCases.filter { $0 != .memory })
  func `a look does not change anything`(configuration: Configuration) async throws {
    let database = try await table(configuration)
    await #expect(throws: StorageError.readOnly) {
      try await database.readBriefly { try $0.execute("INSERT INTO t (id) VALUES (1)") }
    }
    await #expect(throws: StorageError.readOnly) {
      try await database.read { try $0.execute("INSERT INTO t (id) VALUES (1)") }
    }
  }

  /// Two processes' ways to the same data.
  private func twice(_ configuration: Configuration) throws -> [any Kernel.Database] {
    switch configuration {
    case .memory, .file, .quickFile:
      let path = temporaryPath("sqlite")
      return [try SQLiteDatabase(file: path), try SQLiteDatabase(file: path)]
    case .postgres:
      let address = try TestDatabase.schema()
      return [try PostgresDatabase(address), try PostgresDatabase(address)]
    }
  }

  /// Waits until `isSo`; others' commits are told within moments on PostgreSQL.
  private func soon(_ isSo: () throws -> Bool) async throws -> Bool {
    for _ in 0..<200 {
      if try isSo() { return true }
      try await Task.sleep(for: .milliseconds(20))
    }
    return false
  }

  @Test(arguments: Configuration.allCases.filter { $0 == .file || $0 == .postgres })
  func `the mark moves with every commit, whoever made it, and only then`(
    configuration: Configuration
  ) async throws {
    let both = try twice(configuration)
    let (database, other) = (both[0], both[1])
    try await database.write { try $0.execute("CREATE TABLE t (n BIGINT)") }
    #expect(try await soon { try database.commitMark() != nil })
    let first = try database.commitMark()
    _ = try await database.read { try $0.rows("SELECT * FROM t") }
    #expect(try database.commitMark() == first)

    try await database.write { try $0.execute("INSERT INTO t VALUES (1)") }
    let second = try database.commitMark()
    #expect(second != first)
    #expect(try database.commitMark() == second)

    // As another process would.
    try await other.write { try $0.execute("INSERT INTO t VALUES (2)") }
    #expect(try await soon { try database.commitMark() != second })
  }

  @Test func `a list of any length is one of a few statements`() {
    let texts = Set((1...1000).map { n in ("IN \(list: Array(0..<n))" as SQL).text })
    #expect(texts.count == 11)
  }

  @Test func `columns that are added are seen by statements that were made before`() async throws {
    let database = try await table(.file)
    try await database.write { try $0.execute("INSERT INTO t (id, n) VALUES (1, 1)") }
    let before = try await database.readBriefly { try $0.rows("SELECT * FROM t") }
    try await database.write { try $0.execute("ALTER TABLE t ADD COLUMN more BIGINT DEFAULT 7") }
    let after = try await database.readBriefly { try $0.rows("SELECT * FROM t") }
    #expect(before[0].columns.names == ["id", "n"])
    #expect(after[0]["more"] == .integer(7))
  }
}

import Foundation
import Kernel
import KernelTesting
import Postgres
import SQLite
import Synchronization
import Testing

/// What a server and several processes add to the contract.
@Suite(.enabled(if: TestDatabase.hasServer)) struct PostgresPromises {
  private func table(_ address: PostgresAddress) async throws -> PostgresDatabase {
    let database = try PostgresDatabase(address, readers: 2)
    try await database.write {
      try $0.execute("CREATE TABLE t (id TEXT PRIMARY KEY, n BIGINT NOT NULL)")
      try $0.execute("INSERT INTO t VALUES ('a', 0)")
    }
    return database
  }

  @Test func `a server that is not there is named, with what to do`() async throws {
    let address = try #require(
      PostgresAddress("postgres://somebody:secret@127.0.0.1:1/parvis?connect_timeout=2"))
    #expect(address.holdsPassword)
    do {
      _ = try PostgresDatabase(address)
      Issue.record("it was reached")
    } catch let error as StorageError {
      let problem = error.problem
      #expect(problem.code == "storage/unreachable")
      #expect(problem.detail.en.contains("127.0.0.1:1/parvis"))
      #expect(!"\(problem)".contains("secret"))
      #expect(problem.advice?.en.contains("PGPASSFILE") == true)
    }
  }

  @Test func `writers of several processes take turns and lose nothing`() async throws {
    let address = try TestDatabase.schema()
    let first = try await table(address)
    let all = [first, try PostgresDatabase(address), try PostgresDatabase(address)]
    try await withThrowingTaskGroup { group in
      for n in 0..<120 {
        let database = all[n % all.count]
        group.addTask {
          try await database.write { connection in
            let n: Int = try connection.rows("SELECT n FROM t WHERE id = 'a'")[0].get("n")
            try connection.execute("UPDATE t SET n = \(n + 1) WHERE id = 'a'")
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await first.read { try $0.rows("SELECT n FROM t")[0]["n"] } == .integer(120))
  }

  @Test func `work whose connections are killed under it is done, once`() async throws {
    let address = try TestDatabase.schema()
    let database = try await table(address)
    let killer = try PostgresDatabase(address)
    let isDone = Mutex(false)
    async let kills: Void = {
      while !isDone.withLock({ $0 }) {
        try await killer.read { connection in
          _ = try connection.rows(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE query LIKE '%kill me%' AND pid <> pg_backend_pid()
            """)
        }
        try await Task.sleep(for: .milliseconds(40))
      }
    }()
    for n in 1...60 {
      try await database.write { connection in
        try connection.execute("UPDATE t SET n = n + 1 WHERE 'kill me' <> ''")
        try connection.execute("INSERT INTO t VALUES (\("n\(n)"), \(n))")
      }
      _ = try await database.read { try $0.rows("SELECT 'kill me' AS words FROM t") }
    }
    isDone.withLock { $0 = true }
    try await kills
    let (n, rows) = try await database.read { connection in
      (
        try connection.rows("SELECT n FROM t WHERE id = 'a'")[0]["n"],
        try connection.rows("SELECT id FROM t").count
      )
    }
    #expect(n == .integer(60))
    #expect(rows == 61)
  }

  @Test func `what another process commits is heard of`() async throws {
    let address = try TestDatabase.schema()
    let database = try await table(address)
    let other = try PostgresDatabase(address)
    let heard = Mutex(0)
    database.onCommitElsewhere { heard.withLock { $0 += 1 } }
    func count() -> Int { heard.withLock { $0 } }
    for _ in 0..<200 where database.commitMark() == nil {
      try await Task.sleep(for: .milliseconds(20))
    }
    let before = count()
    try await database.write { try $0.execute("UPDATE t SET n = 1") }
    _ = try await other.write { try $0.rows("SELECT n FROM t") }
    try await Task.sleep(for: .milliseconds(200))
    #expect(count() == before)
    try await other.write { try $0.execute("UPDATE t SET n = 2") }
    for _ in 0..<200 where count() == before { try await Task.sleep(for: .milliseconds(20)) }
    #expect(count() == before + 1)
  }

  @Test
  func
    `one program leads until its session ends; then another does, and the first writes no more as if it did`()
    async throws
  {
    let url = try TestDatabase.schemaURL()
    let name = "lead-" + UUID().uuidString.lowercased()
    let first = try PostgresDatabase(
      try #require(PostgresAddress(url + "&application_name=" + name)), readers: 2)
    let second = try PostgresDatabase(try #require(PostgresAddress(url)), readers: 2)
    #expect(try await first.leads("work"))
    #expect(try await first.leads("work"))
    #expect(try await !second.leads("work"))
    #expect(try await second.leads("other work"))
    try await first.write { try first.requireLead("work", in: $0) }
    await #expect(throws: LeadLost.self) {
      try await second.write { try second.requireLead("work", in: $0) }
    }
    _ = try await second.read {
      try $0.rows(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = \(name)")
    }
    for _ in 0..<500 where try await !second.leads("work") {
      try await Task.sleep(for: .milliseconds(20))
    }
    try await second.write { try second.requireLead("work", in: $0) }
    // It need not have noticed.
    await #expect(throws: LeadLost.self) {
      try await first.write { try first.requireLead("work", in: $0) }
    }
    for _ in 0..<500 where try await first.leads("work") {
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(try await !first.leads("work"))
  }

  @Test func `programs that lead in two schemas of one database do not stand in each other’s way`()
    async throws
  {
    let one = try PostgresDatabase(try TestDatabase.schema(), readers: 2)
    let other = try PostgresDatabase(try TestDatabase.schema(), readers: 2)
    #expect(try await one.leads("work"))
    #expect(try await other.leads("work"))
  }

  @Test func `a statement that takes too long is ended, and the next works`() async throws {
    let url = try #require(ProcessInfo.processInfo.environment["PARVIS_TEST_POSTGRES"])
    let address = try #require(
      PostgresAddress(url + "&options=-cstatement_timeout%3D200"))
    let database = try PostgresDatabase(address)
    await #expect(throws: StorageError.busy) {
      try await database.read { try $0.rows("SELECT pg_sleep(5) AS slept").count }
    }
    #expect(try await database.read { try $0.rows("SELECT 1 AS one").count } == 1)
  }
}

@Suite struct PostgresWordings {
  private func worded(_ statement: String) -> String { Dialect.postgres.worded(statement).text }

  @Test func `places are numbered, but not what is quoted`() {
    let worded = Dialect.postgres.worded("SELECT '?' || ? FROM \"a?\" WHERE x = ? -- it's")
    #expect(worded.text.hasPrefix("SELECT '?' || $1 FROM \"a?\" WHERE x = $2"))
    #expect(worded.places == 2)
    #expect(self.worded("WHERE x = 'l''été ?' AND y = ?") == "WHERE x = 'l''été ?' AND y = $1")
  }

  @Test func `types are PostgreSQL's where a table is made, and only there`() {
    #expect(
      worded(
        "CREATE TABLE t (id TEXT, n INTEGER, x REAL, b BLOB, t TEXT REFERENCES u (id), m BIGINT)")
        == "CREATE TABLE t (id TEXT COLLATE \"C\", n BIGINT, x DOUBLE PRECISION, b BYTEA, "
        + "t TEXT COLLATE \"C\" REFERENCES u (id) DEFERRABLE, m BIGINT)")
    #expect(
      worded("CREATE TABLE t (t TEXT REFERENCES u (id) ON DELETE CASCADE)")
        == "CREATE TABLE t (t TEXT COLLATE \"C\" REFERENCES u (id) ON DELETE CASCADE DEFERRABLE)")
    #expect(worded("SELECT CAST(n AS TEXT) FROM t") == "SELECT CAST(n AS TEXT) FROM t")
  }

  @Test func `LIKE takes capitals for small letters and every sign as it is`() {
    #expect(
      worded("WHERE a LIKE ? AND b NOT LIKE '%x%'")
        == "WHERE a ILIKE $1 ESCAPE '' AND b NOT ILIKE '%x%' ESCAPE ''")
  }
}

/// What is taken from one database to another.
@Suite(.enabled(if: TestDatabase.hasServer)) struct Copies {
  @Test(arguments: [true, false])
  func `everything arrives as it was, whichever way it goes`(toServer: Bool) async throws {
    let file: any Kernel.Database = try SQLiteDatabase(file: temporaryPath("sqlite"))
    let server: any Kernel.Database = try PostgresDatabase(try TestDatabase.schema())
    for database in [file, server] {
      try await database.write { connection in
        try connection.execute("CREATE TABLE b (id TEXT PRIMARY KEY)")
        try connection.execute(
          "CREATE TABLE a (id TEXT PRIMARY KEY, b TEXT REFERENCES b (id), x REAL, n BIGINT)")
      }
    }
    let (origin, target) = toServer ? (file, server) : (server, file)
    try await origin.write { connection in
      try connection.execute("INSERT INTO b (id) VALUES ('é’\"\\')")
      try connection.execute("INSERT INTO a (id, b, x, n) VALUES ('1', 'é’\"\\', 0.1, NULL)")
      try connection.execute("INSERT INTO a (id, n) VALUES (\("😀\n"), \(Int64.min))")
    }
    // What was there goes.
    try await target.write { try $0.execute("INSERT INTO b (id) VALUES ('old')") }
    #expect(try await target.takeEverything(from: origin) == ["a": 2, "b": 1])
    let rows = try await target.read { try $0.rows("SELECT id, b, x, n FROM a ORDER BY id") }
    #expect(rows[0].values == [.text("1"), .text("é’\"\\"), .real(0.1), .null])
    #expect(rows[1].values == [.text("😀\n"), .null, .null, .integer(.min)])
  }
}

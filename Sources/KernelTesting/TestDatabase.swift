internal import Foundation
public import Kernel
public import Postgres
internal import SQLite

/// Databases for tests: SQLite in memory, or with `PARVIS_TEST_DATABASE=postgres` a schema of its own on the
/// server that `PARVIS_TEST_POSTGRES` names (`scripts/test-postgres.sh` starts one).
public enum TestDatabase {
  /// What tests get instead of a database of their own, within a task that says so.
  @TaskLocal static var given: (any Database)?

  /// A database of its own for one test.
  public static func make() throws -> any Database {
    if let given { return given }
    guard isPostgres else { return try SQLiteDatabase(inMemory: ()) }
    return try PostgresDatabase(try schema(), readers: 2)
  }

  /// Whether tests are to run on PostgreSQL.
  public static var isPostgres: Bool { setting("PARVIS_TEST_DATABASE") == "postgres" }

  /// Whether there is a server for tests.
  public static var hasServer: Bool { setting("PARVIS_TEST_POSTGRES") != nil }

  /// The address of a schema that is not there yet. Throws where no server is named.
  public static func schema() throws -> PostgresAddress {
    guard let address = PostgresAddress(try schemaURL()) else {
      throw UnexpectedCall("PostgresAddress")
    }
    return address
  }

  /// The same as a URL.
  public static func schemaURL() throws -> String {
    let name = "t" + UUID().uuidString.lowercased().replacing("-", with: "")
    guard let server = setting("PARVIS_TEST_POSTGRES") else {
      throw UnexpectedCall("a PostgreSQL server: run scripts/test-postgres.sh")
    }
    return server + "&options=-csearch_path%3D" + name
  }

  private static func setting(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

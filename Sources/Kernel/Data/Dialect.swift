/// What the databases do not share. Statements are written once, in what SQLite and PostgreSQL have in
/// common; a driver says them in its own way, and the few questions about the database itself are here.
public enum Dialect: Sendable {
  /// The language statements are written in; a statement is taken as it is.
  case sqlite
  /// Its tables are those of the current schema.
  case postgres

  /// A statement as the database is told it: PostgreSQL has numbered places, other names for types, and
  /// needs to be told that texts are ordered by their bytes and that `LIKE` takes capitals for small letters.
  public func worded(_ statement: String) -> Worded {
    switch self {
    case .sqlite: Worded(text: statement, places: statement.utf8.count { $0 == UInt8(ascii: "?") })
    case .postgres: PostgresWording(statement).worded()
    }
  }

  /// A statement as a driver hands it over.
  public struct Worded: Sendable {
    /// With `?` or `$1`, as the database has it.
    public let text: String
    /// How many values it needs.
    public let places: Int
  }

  /// Lets rows and what refers to them change one after the other within a transaction: they need to
  /// agree at its end only.
  var agreeingAtTheEnd: SQL {
    switch self {
    case .sqlite: "PRAGMA defer_foreign_keys = ON"
    case .postgres: "SET CONSTRAINTS ALL DEFERRED"
    }
  }

  /// The names of the tables, in the column `name`.
  public var tables: SQL {
    switch self {
    case .sqlite:
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    case .postgres:
      """
      SELECT CAST(relname AS TEXT) AS name FROM pg_class
      WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind = 'r'
      AND relname <> 'kernel_turn' ORDER BY relname
      """
    }
  }

  /// The version of the database, in the column `version`.
  public var version: SQL {
    switch self {
    case .sqlite: "SELECT sqlite_version() AS version"
    case .postgres: "SELECT current_setting('server_version') AS version"
    }
  }
}

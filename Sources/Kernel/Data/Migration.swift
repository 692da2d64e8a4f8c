/// One step of a module's schema. Ordered within the module; never edited once released.
public struct Migration: Sendable {
  /// `<module>.<number>-<what>`: `missions.2-risks`.
  public let id: String
  /// Run in order, in one transaction with all that is pending.
  public let statements: [SQL]
  /// What is done to rows that are there, after the statements; nothing on a new database.
  let mending: (@Sendable (any Connection) throws -> Void)?

  /// A step that changes the schema alone.
  public init(_ id: String, _ statements: SQL...) {
    self.id = id
    self.statements = statements
    mending = nil
  }

  /// A step with work on the rows that are there, which `mending` does once after the statements; a new
  /// database has none.
  public init(
    _ id: String, _ statements: SQL..., mending: @escaping @Sendable (any Connection) throws -> Void
  ) {
    self.id = id
    self.statements = statements
    self.mending = mending
  }

  var fingerprint: String {
    String(mixed(0, statements.map(\.text).joined(separator: ";")), radix: 16)
  }
}

/// Why a database cannot be brought to this program's schema.
public enum MigrationError: UserFacing, Equatable {
  /// Steps were applied that this program does not know; carries their ids, in order.
  case newer([String])
  /// A step was changed after it was released; carries its id.
  case edited(String)

  public var problem: Problem {
    switch self {
    case .newer(let ids):
      Problem(
        "schema/newer", status: 503,
        title: Words(en: "Data of a newer version", fr: "Données d’une version plus récente"),
        detail: Words(
          en: "This data was written by a newer Parvis (\(ids.joined(separator: ", "))).",
          fr: "Ces données viennent d’un Parvis plus récent (\(ids.joined(separator: ", ")))."),
        advice: Words(
          en: "Nothing was changed. Use that version, or restore a backup of this one.",
          fr: "Rien n’a changé. Utilisez cette version, ou restaurez une sauvegarde de celle-ci."))
    case .edited(let id):
      Problem(
        "schema/edited", status: 503,
        title: Words(en: "Schema out of step", fr: "Schéma désaccordé"),
        detail: Words(
          en: "The migration \(id) was applied in another form than this program has.",
          fr: "La migration \(id) a été appliquée sous une autre forme que celle de ce programme."),
        advice: Words(
          en: "Nothing was changed. Use the version that wrote this data.",
          fr: "Rien n’a changé. Utilisez la version qui a écrit ces données."))
    }
  }
}

/// Brings a database to the schema of a list of migrations.
struct Migrator {
  let migrations: [Migration]

  /// The migrations that are still to be applied. Throws `MigrationError`, `StorageError`.
  func pending(in connection: any Connection) throws -> [Migration] {
    try connection.execute(
      """
      CREATE TABLE IF NOT EXISTS kernel_migration (
        id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, applied_at BIGINT NOT NULL)
      """)
    let applied = Dictionary(
      uniqueKeysWithValues: try connection.rows("SELECT id, fingerprint FROM kernel_migration").map
      {
        (try $0.get("id", as: String.self), try $0.get("fingerprint", as: String.self))
      })
    let unknown = Set(applied.keys).subtracting(migrations.map(\.id))
    guard unknown.isEmpty else { throw MigrationError.newer(unknown.sorted()) }
    return try migrations.filter { migration in
      guard let fingerprint = applied[migration.id] else { return true }
      guard fingerprint == migration.fingerprint else { throw MigrationError.edited(migration.id) }
      return false
    }
  }

  func apply(
    _ migration: Migration, in connection: any Connection, fresh: Bool, at now: Instant
  ) throws {
    for statement in migration.statements { try connection.execute(statement) }
    if !fresh { try migration.mending?(connection) }
    try connection.execute(
      """
      INSERT INTO kernel_migration (id, fingerprint, applied_at)
      VALUES (\(migration.id), \(migration.fingerprint), \(now))
      """)
  }
}

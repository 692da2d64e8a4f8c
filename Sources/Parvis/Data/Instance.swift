internal import Foundation
internal import Kernel
internal import Postgres
internal import SQLite

/// An opened data directory with the modules at work on it.
struct Instance: Sendable {
  let directory: DataDirectory
  let lock: DirectoryLock
  let database: any Database
  let platform: Platform
  let workroom: Workroom

  /// Opens the directory this process holds, for a while (a command) or to stay (a server), and brings its data to this program's schema; a copy
  /// is put into `backups/` first. Throws a `Problem`, `StorageError` or `MigrationError`.
  static func open(
    _ directory: DataDirectory, lock: DirectoryLock, clock: Kernel.Clock = .system,
    chance: Chance = .system, surviving durability: SQLiteDatabase.Durability = .powerCut,
    staying: Bool = false, isDemonstration: Bool = false, origin: String? = nil,
    report: @escaping @Sendable (any Error, String) -> Void = reportToStandardError
  ) async throws -> Instance {
    HalfFiles.sweep(directory)
    let database = try directory.openDatabase(surviving: durability)
    let workroom = Workroom()
    let platform = Platform(
      modules: compose(
        Host(database: database, clock: clock, workroom: workroom), in: directory,
        surviving: durability,
        staying: staying, isDemonstration: isDemonstration, origin: origin),
      database: database, clock: clock, chance: chance, report: report)
    let now = clock.now
    try await platform.migrate {
      // PostgreSQL undoes a step that fails; a copy is its operator's (docs/operations.md).
      guard let database = database as? SQLiteDatabase else { return }
      let copy = directory.backups + "/before-migration-" + now.fileName + ".sqlite"
      try FileManager.default.createDirectory(
        atPath: directory.backups, withIntermediateDirectories: true)
      let half = try HalfFiles(copy + ".part")
      defer { half.discard() }
      try await database.backUp(to: half.path)
      guard rename(half.path, copy) == 0 else {
        throw Problem.cannotCreate(copy, because: String(cString: strerror(errno)))
      }
    }
    if let zone = try await database.read({ try $0.operatorSettings() }).zone {
      clock.reckon(in: zone)
    }
    return Instance(
      directory: directory, lock: lock, database: database, platform: platform, workroom: workroom)
  }

  /// Creates the directory where there is none, takes it and opens it: what `init` and `demo` do.
  static func create(
    _ directory: DataDirectory, clock: Kernel.Clock = .system, chance: Chance = .system,
    surviving durability: SQLiteDatabase.Durability = .powerCut
  ) async throws -> Instance {
    try directory.create()
    guard let lock = try DirectoryLock.attempt(directory) else {
      throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
    }
    return try await open(
      directory, lock: lock, clock: clock, chance: chance, surviving: durability)
  }
}

/// Errors that are ours to mend, for the log.
let reportToStandardError: @Sendable (any Error, String) -> Void = { error, reference in
  StandardStream.tell("unexpected error in \(reference): \(loggable(error))\n")
}

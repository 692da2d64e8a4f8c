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

  /// Opens the directory this process holds, for a while (a command) or to stay (a server), and brings its
  /// data to this program's schema; a copy is put into `backups/` first. Where it is shared with other servers
  /// the schema must be this program's already. Throws a `Problem`, `StorageError` or `MigrationError`.
  static func open(
    _ directory: DataDirectory, lock: DirectoryLock, clock: Kernel.Clock = .system,
    chance: Chance = .system, surviving durability: SQLiteDatabase.Durability = .powerCut,
    staying: Bool = false, isDemonstration: Bool = false, origin: String? = nil,
    report: @escaping @Sendable (any Error, String) -> Void = reportToStandardError
  ) async throws -> Instance {
    if !lock.isShared { HalfFiles.sweep(directory) }
    let database = try directory.openDatabase(surviving: durability)
    let workroom = Workroom()
    let platform = Platform(
      modules: compose(
        Host(database: database, clock: clock, workroom: workroom), in: directory,
        surviving: durability,
        staying: staying, isDemonstration: isDemonstration, origin: origin),
      database: database, clock: clock, chance: chance, report: report)
    if lock.isShared, try await !platform.pendingMigrations().isEmpty {
      throw Problem.serversOfEarlierProgram(DirectoryLock.servers(of: directory))
    }
    let now = clock.now
    try await platform.migrate {
      guard let database = database as? SQLiteDatabase else {
        return try await directory.backUpBeforeMigration(at: now)
      }
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
    let instance = Instance(
      directory: directory, lock: lock, database: database, platform: platform, workroom: workroom)
    try await instance.heedSettings()
    return instance
  }

  /// Reckons in the zone that the operator has set, perhaps in another program. Throws `StorageError`.
  func heedSettings() async throws {
    if let zone = try await database.readBriefly({ try $0.operatorSettings() }).zone {
      platform.clock.reckon(in: zone)
    }
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

extension Problem {
  fileprivate static func serversOfEarlierProgram(_ servers: [Holder]) -> Problem {
    let who = servers.map { $0.address ?? "\($0.pid)" }.joined(separator: ", ")
    return Problem(
      "data/earlier-servers", status: 503,
      title: Words(
        en: "Servers of an earlier version", fr: "Des serveurs d’une version antérieure"),
      detail: Words(
        en:
          "The data must be brought to this version first, and other servers are at work (\(who)).",
        fr:
          "Les données doivent d’abord passer à cette version, et d’autres serveurs travaillent (\(who))."
      ),
      advice: Words(
        en: "Nothing was changed. Stop them all, start one of this version, then the others.",
        fr: "Rien n’a changé. Arrêtez-les tous, démarrez-en un de cette version, puis les autres."))
  }
}

/// Errors that are ours to mend, for the log.
let reportToStandardError: @Sendable (any Error, String) -> Void = { error, reference in
  StandardStream.tell("unexpected error in \(reference): \(loggable(error))\n")
}

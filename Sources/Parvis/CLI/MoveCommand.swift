internal import ArgumentParser
internal import Foundation
internal import Kernel
internal import Postgres
internal import SQLite

struct MoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Moves an instance's data into a PostgreSQL database, or back into its folder.",
    discussion: """
      The server is stopped first. Every row is copied and compared; only then the folder says where the data are now. What they \
      were moved from stays as it is, and is yours to drop.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "The database: postgres://user@host/name, with no Parvis data in it.")
  var database: String?
  @Flag(help: "Back into a file of the data directory.") var toFile = false

  func validate() throws {
    guard (database == nil) == toFile else {
      throw ValidationError("Say where: --database postgres://user@host/name, or --to-file.")
    }
  }

  func run() async throws {
    let settings = try common.settings()
    let directory = try DataDirectory.chosen(settings.data)
    try directory.requireInitialised()
    guard let lock = try DirectoryLock.attempt(directory) else {
      throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
    }
    // Brings the data to this program's schema first: the copy has it, too.
    let origin = try await Instance.open(directory, lock: lock)
    let isOnServer = try directory.postgresURL() != nil
    guard isOnServer == toFile else {
      throw Problem.usage(
        en:
          "The data of \(directory.path) are \(isOnServer ? "on PostgreSQL" : "in its folder") already.",
        fr:
          "Les données de \(directory.path) sont déjà \(isOnServer ? "sur PostgreSQL" : "dans son dossier")."
      )
    }
    let counts =
      if let database {
        try await move(origin, to: database, in: directory)
      } else {
        try await moveToFile(origin, in: directory)
      }
    let rows = counts.values.reduce(0, +)
    if settings.json {
      Console(settings).show(
        .object(counts.mapValues { .integer(Int64($0)) }), as: .any)
      return
    }
    Console(settings).line(
      Words(
        en: "\(rows) rows in \(counts.count) tables, each compared with the one it was copied from",
        fr: "\(rows) lignes dans \(counts.count) tables, chacune comparée à son original")[
          settings.language])
  }

  private func move(
    _ origin: Instance, to url: String, in directory: DataDirectory
  ) async throws -> [String: Int] {
    let stated = try DatabaseAddress.wellFormed(url)
    let target = try PostgresDatabase(stated)
    guard try await target.tableNames().isEmpty else { throw Problem.databaseInUse(stated) }
    let counts = try await copy(origin, into: target)
    try directory.keep(url)
    return counts
  }

  private func moveToFile(
    _ origin: Instance, in directory: DataDirectory
  ) async throws -> [String: Int] {
    let path = directory.path + "/.moving.sqlite"
    for end in ["", "-wal", "-shm"] { unlink(path + end) }
    try WholeFile.touch(path, permissions: 0o600)
    let counts = try await copy(origin, into: try SQLiteDatabase(archive: path))
    // What an older file left beside it is not of this one.
    for end in ["-wal", "-shm"] { unlink(directory.database + end) }
    guard rename(path, directory.database) == 0, unlink(directory.databaseAddress) == 0 else {
      throw Problem.cannotCreate(directory.database, because: String(cString: strerror(errno)))
    }
    return counts
  }

  private func copy(_ origin: Instance, into target: any Database) async throws -> [String: Int] {
    let platform = Platform(
      modules: compose(Host(database: target, clock: .system), in: nil), database: target)
    try await platform.migrate()
    return try await target.takeEverything(from: origin.database)
  }
}

extension Problem {
  fileprivate static func databaseInUse(_ address: PostgresAddress) -> Problem {
    Problem(
      "data/database-in-use", status: 409,
      title: Words(en: "The database is not empty", fr: "La base n’est pas vide"),
      detail: Words(
        en: "\(address) holds tables already.", fr: "\(address) contient déjà des tables."),
      advice: Words(
        en:
          "Its tables are as they were. Name an empty database, or another schema: …?options=-csearch_path%3Dname",
        fr:
          "Ses tables sont restées telles quelles. Indiquez une base vide, ou un autre schéma : …?options=-csearch_path%3Dnom"
      ))
  }
}

internal import ArgumentParser
internal import Foundation
internal import Kernel

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Makes an instance from a backup, in a new or empty data directory.",
    discussion: """
      Checks the backup first. Afterwards everybody signs in again, and no letter leaves until staff have looked at those that \
      wait: some may have been sent since the backup was made (parvis notifications show-hold).
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The backup.")
  var file: String
  @Option(
    help:
      "Where its rows go, for a backup of data on PostgreSQL: postgres://user@host/name, with no tables in it."
  )
  var database: String?
  @Option(help: "Take the keys that sign letters from this file.")
  var keysFrom: String?
  @Option(help: "Erase again who is in this log (erasures.jsonl beside the backup otherwise).")
  var erasures: String?
  @Option(help: "Open the keys with the first line of this file.")
  var passphraseFile: String?

  func run() async throws {
    let settings = try common.settings()
    let directory = try DataDirectory.chosen(settings.data)
    let backup = BackupFile(path: DataDirectory(path: file).path)
    let secret = try passphrase(in: passphraseFile)
    try requireEmpty(directory)
    let besides = (backup.path as NSString).deletingLastPathComponent
    let gone = try ErasureLog.entries(in: erasures ?? besides + "/" + ErasureLog.fileName)
    let manifest = try await backup.verify()
    if let newer = stepsOfNewerProgram(among: manifest.schema) { throw newer.problem }
    try await requireRoom(for: backup, manifest)
    try directory.create()
    guard let lock = try DirectoryLock.attempt(directory) else {
      throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
    }
    let owner = try Actor.owner(as: nil)
    // Before anything could take it for an instance: no letter may leave, nobody be there who was erased.
    let finishing: (any Kernel.Database) async throws -> Int = { database in
      let platform = Platform(
        modules: compose(Host(database: database, clock: .system), in: directory),
        database: database)
      try await platform.migrate()
      try await platform.noteRestored(as: owner)
      let privacy = platform.modules.lazy.compactMap { $0 as? PrivacyModule }.first
      return try await privacy?.replay(gone, as: owner, modules: platform.modules) ?? 0
    }
    let erased: Int
    do {
      if let keysFrom {
        _ = try KeyFile.read(keysFrom, into: directory, sealedWith: secret)
      }
      if let dump = manifest.dump, let database {
        erased = try await backup.unpack(
          dump, of: manifest, into: directory, at: database, finishing: finishing)
      } else {
        erased = try await backup.unpack(into: directory, finishing: finishing)
      }
    } catch let failure as WholeFile.Failure {
      throw failure.code == ENOSPC
        ? StorageError.full.problem
        : Problem.cannotCreate(directory.path, because: failure.description)
    }
    let instance = try await Instance.open(directory, lock: lock)
    // What they left in free space goes, too.
    if erased > 0, try await instance.unfinishedHistory().isEmpty {
      try await instance.platform.deliverEvents()
    }
    try await tell(instance, manifest, erased, settings)
  }

  private func tell(
    _ instance: Instance, _ manifest: BackupFile.Manifest, _ erased: Int, _ settings: Settings
  ) async throws {
    let hold = try await instance.platform.perform(
      Request("notifications.show-hold", as: try Actor.owner(as: nil)))
    if settings.json {
      Console(settings).show(
        [
          "data": .string(instance.directory.path), "begun": .string(manifest.begun.description),
          "lettersHeld": hold["waiting"] ?? 0, "erasedAgain": .integer(Int64(erased)),
        ], as: .any)
      return
    }
    let waiting = hold["waiting"]?.whole ?? 0
    let lines = Words(
      en: """
        \(instance.directory.path) holds what was there at \(manifest.begun).
        Erased again, because they were since: \(erased).
        Everybody signs in again; tokens are those of then: parvis token list
        No letter leaves yet (\(waiting) wait; some may have been sent since): parvis notifications show-hold
        Let them go: parvis notifications let-go --all; or never send them: parvis notifications withhold --all
        """,
      fr: """
        \(instance.directory.path) contient ce qui s’y trouvait le \(manifest.begun).
        Effacés de nouveau, parce qu’ils l’avaient été depuis : \(erased).
        Chacun doit se reconnecter ; les jetons sont ceux d’alors : parvis token list
        Aucune lettre ne part encore (\(waiting) en attente ; certaines ont pu partir depuis) : parvis notifications show-hold
        Les laisser partir : parvis notifications let-go --all ; ne jamais les envoyer : parvis notifications withhold --all
        """)
    Console(settings).line(lines[settings.language])
  }

  /// Rows of PostgreSQL go to PostgreSQL, where there is room for them. Throws a `Problem` or `StorageError`.
  private func requireRoom(for backup: BackupFile, _ manifest: BackupFile.Manifest) async throws {
    switch (manifest.dump, database) {
    case (nil, nil): return
    case (let dump?, let url?):
      try await backup.requireRoom(for: dump, in: try DatabaseAddress.wellFormed(url))
    case (.some, nil):
      throw Problem.usage(
        en: "The backup is of data on PostgreSQL: say where they go with --database.",
        fr: "La sauvegarde vient de PostgreSQL : dites où vont ses données avec --database.",
        adviceEn: "Nothing was changed. --database postgres://user@host/name, an empty one.",
        adviceFr: "Rien n’a changé. --database postgres://utilisateur@hote/nom, une base vide.")
    case (nil, .some):
      throw Problem.usage(
        en: "The backup is of data in a folder, and is restored into one.",
        fr: "La sauvegarde vient d’un dossier, et se restaure dans un dossier.",
        adviceEn:
          "Nothing was changed. Leave --database out, then: parvis move --database postgres://…",
        adviceFr:
          "Rien n’a changé. Sans --database, puis : parvis move --database postgres://…")
    }
  }

  /// Nothing that is there is written over. Throws a `Problem`.
  private func requireEmpty(_ directory: DataDirectory) throws {
    // What a restore that died has left is no reason to refuse the next.
    let mine = Set(["parvis.lock", ".restoring", "keys", "backups"] + BackupFile.folders)
    let found = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    guard !directory.isInitialised, found.allSatisfy(mine.contains) else {
      throw Problem(
        "data/not-empty", status: 409,
        title: Words(en: "The folder is not empty", fr: "Le dossier n’est pas vide"),
        detail: Words(
          en: "\(directory.path) holds \(found.sorted().prefix(3).joined(separator: ", ")).",
          fr: "\(directory.path) contient \(found.sorted().prefix(3).joined(separator: ", "))."),
        advice: Words(
          en: "Nothing was changed. Name a new folder with --data, or move this one aside.",
          fr: "Rien n’a changé. Indiquez un autre dossier avec --data, ou déplacez celui-ci."))
    }
  }
}

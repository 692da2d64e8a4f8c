internal import ArgumentParser
internal import Foundation
internal import Kernel

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Writes everything an instance holds into one checked file, while it serves.",
    discussion: """
      The file is its owner's alone, and is opened and checked before it gets its name; its SHA-256 lies beside it. \
      The keys that sign letters are not in it: --keys-to writes them apart.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "The folder for it (backups/ of the data directory otherwise).")
  var to: String?
  @Option(help: "Keep so many in that folder; the oldest go once the new one is good.")
  var keep: Int?
  @Option(help: "Go on: one every so often (90m, 6h, 1d).")
  var every: String?
  @Option(help: "Write the keys that sign letters into this file, too.")
  var keysTo: String?
  @Option(help: "Seal the keys with the first line of this file.")
  var passphraseFile: String?

  func run() async throws {
    let settings = try common.settings()
    let directory = try DataDirectory.chosen(settings.data)
    try directory.requireInitialised()
    if let keep, keep < 1 {
      throw Problem.usage(
        en: "--keep wants 1 or more.", fr: "--keep attend 1 ou plus.")
    }
    let pause = try every.map(seconds)
    let folder = BackupFolder(
      path: to.map { DataDirectory(path: $0).path } ?? directory.backups, of: directory)
    // It would be in itself, or among what is read and handed out.
    guard !directory.isOwnFolder(folder.path) else {
      throw Problem.usage(
        en: "\(folder.path) holds the data themselves: backups go elsewhere.",
        fr: "\(folder.path) contient les données elles-mêmes : les sauvegardes vont ailleurs.",
        adviceEn: "Name another folder with --to, on another disk if there is one.",
        adviceFr: "Indiquez un autre dossier avec --to, sur un autre disque s’il y en a un.")
    }
    try folder.create()
    if let keysTo {
      _ = try KeyFile.write(
        directory, to: keysTo, sealedWith: try passphrase(in: passphraseFile))
    }
    guard let pause else { return try await once(directory, folder, settings) }
    Interrupt.listen()
    while !Interrupt.isAsked {
      let next = ContinuousClock.now + .seconds(pause)
      do {
        try await once(directory, folder, settings)
      } catch let error as any UserFacing {
        // One that fails is said; the next may succeed.
        Console(settings).show(error.problem)
      }
      while ContinuousClock.now < next, !Interrupt.isAsked {
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }

  private func once(
    _ directory: DataDirectory, _ folder: BackupFolder, _ settings: Settings
  ) async throws {
    let (path, manifest) = try await folder.add(at: Kernel.Clock.system.now)
    let gone = keep.map { folder.tidy(keeping: $0) } ?? []
    let console = Console(settings)
    if settings.json {
      console.show(
        [
          "file": .string(path), "begun": .string(manifest.begun.description),
          "rows": .integer(Int64(manifest.rows.values.reduce(0, +))),
          "files": .integer(Int64(manifest.files)),
          "missing": .array((manifest.missing ?? []).map(JSON.string)),
          "removed": .array(gone.map(JSON.string)),
        ], as: .any)
      return
    }
    let rows = manifest.rows.values.reduce(0, +)
    console.line(
      Words(
        en: "\(path): \(rows) rows and \(manifest.files) files, checked",
        fr: "\(path) : \(rows) lignes et \(manifest.files) fichiers, vérifiés")[settings.language])
    manifest.tellMissing(console, settings.language)
    for name in gone {
      console.line(Words(en: "removed \(name)", fr: "\(name) supprimé")[settings.language])
    }
  }

  /// `90m`, `6h`, `1d`. Throws a `Problem`.
  private func seconds(_ text: String) throws -> Int64 {
    let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (1...100_000).contains(count)
    else {
      throw Problem.usage(
        en: "--every wants a number with m, h or d, as in 6h; not “\(text)”.",
        fr: "--every attend un nombre suivi de m, h ou d, comme 6h ; pas « \(text) ».")
    }
    return count * unit
  }
}

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks a backup: every row, every file, its checksum.")

  @OptionGroup var common: CommonOptions
  @Argument(help: "The backup.")
  var file: String

  func run() async throws {
    let settings = try common.settings()
    let backup = BackupFile(path: DataDirectory(path: file).path)
    let manifest = try await backup.verify()
    if settings.json {
      Console(settings).show(try JSON.of(manifest), as: .any)
      return
    }
    let rows = manifest.rows.values.reduce(0, +)
    let hasSum = FileManager.default.fileExists(atPath: backup.checksumPath)
    let sum =
      hasSum
      ? Words(en: "checksum right", fr: "somme de contrôle juste")
      : Words(en: "no checksum beside it", fr: "sans somme de contrôle à côté")
    manifest.tellMissing(Console(settings), settings.language)
    Console(settings).line(
      Words(
        en:
          "Good: \(rows) rows and \(manifest.files) files of \(manifest.begun), written by Parvis \(manifest.program); \(sum.en)",
        fr:
          "Bonne : \(rows) lignes et \(manifest.files) fichiers du \(manifest.begun), écrite par Parvis \(manifest.program) ; \(sum.fr)"
      )[settings.language])
  }
}

extension BackupFile.Manifest {
  /// Says what the instance itself had lost when the backup was made.
  fileprivate func tellMissing(_ console: Console, _ language: Language) {
    guard let missing, !missing.isEmpty else { return }
    console.line(
      Words(
        en:
          "\(missing.count) files that rows name were not there, or not whole: parvis files check",
        fr:
          "\(missing.count) fichiers que des lignes nomment étaient absents ou abîmés : parvis files check"
      )[language])
  }
}

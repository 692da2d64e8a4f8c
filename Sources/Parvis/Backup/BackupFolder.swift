internal import Foundation
internal import Kernel

/// Where backups of an instance are put.
struct BackupFolder: Sendable {
  let path: String
  let directory: DataDirectory

  init(path: String, of directory: DataDirectory) {
    self.path = path
    self.directory = directory
  }

  private static let prefix = "parvis-"
  private static let suffix = ".backup"

  /// Throws a `Problem`.
  func create() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Problem.cannotCreate(path, because: lastReason(error))
    }
  }

  /// Makes a backup named after its moment, and notes that it is good. Throws a `Problem` or
  /// `StorageError`.
  func add(at now: Instant) async throws -> (path: String, manifest: BackupFile.Manifest) {
    let file = path + "/" + Self.prefix + now.fileName + Self.suffix
    HalfFiles.sweep(folder: path)
    do {
      let manifest = try await BackupFile.write(directory, to: file, at: now)
      try LastBackup(at: now, file: file).note(in: directory)
      try copyErasures()
      return (file, manifest)
    } catch let failure as WholeFile.Failure {
      throw failure.code == ENOSPC
        ? StorageError.full.problem : Problem.cannotCreate(file, because: failure.description)
    }
  }

  /// Whoever was erased so far is in no later backup, but in earlier ones of this folder.
  private func copyErasures() throws {
    let log = directory.path + "/" + ErasureLog.fileName
    guard let lines = FileManager.default.contents(atPath: log) else { return }
    try WholeFile.write(
      lines, to: path + "/" + ErasureLog.fileName, permissions: 0o600, syncing: true)
  }

  /// The backups in it, in the order of their moments, which are their names.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasPrefix(Self.prefix) && $0.hasSuffix(Self.suffix) }.sorted()
  }

  /// The moment in a name: `parvis-2020-11-17T02-00-00.000Z.backup`.
  static func moment(of name: String) -> Instant? {
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count).split(separator: "T")
    guard parts.count == 2 else { return nil }
    return Instant(parts[0] + "T" + parts[1].replacing("-", with: ":"))
  }

  /// Removes the oldest beyond `count`, and says which. What is not a backup of this kind stays.
  func tidy(keeping count: Int) -> [String] {
    names.dropLast(count).filter { name in
      unlink(path + "/" + name + ".sha256")
      return unlink(path + "/" + name) == 0
    }
  }
}

/// When the last good backup was made, for `parvis doctor`.
struct LastBackup: Codable, Sendable {
  let at: Instant
  let file: String

  private static func path(in directory: DataDirectory) -> String {
    directory.backups + "/last.json"
  }

  /// Throws `WholeFile.Failure`.
  func note(in directory: DataDirectory) throws {
    try FileManager.default.createDirectory(
      atPath: directory.backups, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try WholeFile.write(
      try JSON.data(of: self), to: Self.path(in: directory), permissions: 0o600, syncing: true)
  }

  /// Nil where there is none.
  static func of(_ directory: DataDirectory) -> LastBackup? {
    FileManager.default.contents(atPath: path(in: directory)).flatMap {
      try? JSON(parsing: String(decoding: $0, as: UTF8.self)).decoded(as: Self.self)
    }
  }
}

extension DataDirectory {
  /// A backup of the data on PostgreSQL before a step changes them, where pg_dump is there: a step that fails is
  /// undone without one. Throws a `Problem` or `StorageError`.
  func backUpBeforeMigration(at now: Instant) async throws {
    let folder = BackupFolder(path: backups, of: self)
    try folder.create()
    let file = backups + "/before-migration-" + now.fileName + ".backup"
    do {
      _ = try await BackupFile.write(self, to: file, at: now)
    } catch let problem as Problem where problem.code == "backup/no-tool" {
      StandardStream.tell(
        "no backup before the change of the schema: \(problem.detail.en)\n")
    }
  }
}

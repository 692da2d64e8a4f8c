internal import Crypto
internal import Foundation
internal import Kernel
internal import SQLite

/// An instance at one moment in one file: its database (an archive of pg_dump where that is on PostgreSQL), and in
/// two more tables the files of its folder and what the whole must hold. Any SQLite opens it. The keys that sign letters are not in it
/// (`KeyFile`).
struct BackupFile: Sendable {
  let path: String

  /// What a backup says of itself.
  struct Manifest: Codable, Sendable {
    /// Of the layout of the file: an older program refuses a newer one.
    var format = 1
    /// The program that wrote it.
    var program = parvisVersion
    /// Everything that was answered before this moment is in it.
    let begun: Instant
    let rows: [String: Int]
    let files: Int
    /// The steps of the schema, so that an older program can refuse before it touches anything.
    let schema: [String]
    /// Contents that rows name and that were not there, or not whole: known before a restore.
    var missing: [String]?
    /// Where the rows are an archive of pg_dump: of data on PostgreSQL. Its layout is the second.
    var dump: Dump?

    /// The newest layout this program writes.
    static let present = 2
  }

  /// Where its checksum lies, as `sha256sum -c` reads it.
  var checksumPath: String { path + ".sha256" }

  /// The folders of a data directory that are kept, file by file.
  static let folders = ["mailbox", "reports", "files"]
}

// MARK: - Writing

extension BackupFile {
  /// Writes what `directory` holds now to `path`, while others work on it, and checks what was
  /// written. Nothing is at `path` before all is well. Throws a `Problem` or `StorageError`.
  static func write(_ directory: DataDirectory, to path: String, at now: Instant) async throws
    -> Manifest
  {
    // The copy is its owner's alone from its first byte on.
    let half = try HalfFiles(path + ".part")
    defer { half.discard() }
    let unfinished = BackupFile(path: half.path)
    if let address = try directory.postgresAddress() {
      try await unfinished.fill(from: directory, at: address, begun: now)
    } else {
      try await SQLiteDatabase(reading: directory.database).backUp(to: unfinished.path)
      let copy = try SQLiteDatabase(archive: unfinished.path)
      let rows = try await copy.rowCounts()
      let schema = try await copy.appliedMigrations()
      let files = try await copy.take(directory)
      let missing = try await copy.missingContents()
      try await copy.write(
        Manifest(
          begun: now, rows: rows, files: files, schema: schema,
          missing: missing.isEmpty ? nil : missing))
    }
    try Task.checkCancellation()
    try sync(unfinished.path)
    let manifest = try await unfinished.verified(sum: nil)
    let sum = try unfinished.sum()
    let name = (path as NSString).lastPathComponent
    try WholeFile.write(
      Array("\(sum)  \(name)\n".utf8), to: path + ".sha256", permissions: 0o600, syncing: true)
    guard rename(unfinished.path, path) == 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
    try sync((path as NSString).deletingLastPathComponent)
    return manifest
  }

  /// The SHA-256 of the whole file, in hexadecimal. Throws a `Problem`.
  func sum() throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else { throw Problem.noBackup(path) }
    var hash = SHA256()
    while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { hash.update(data: part) }
    return hexadecimal(hash.finalize())
  }

  private static func sync(_ path: String) throws {
    let file = open(path.isEmpty ? "." : path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
    defer { close(file) }
    guard fsync(file) == 0 else {
      throw Problem.cannotCreate(path, because: String(cString: strerror(errno)))
    }
  }
}

extension SQLiteDatabase {
  /// The steps of the schema that were applied, in order. Throws `StorageError`.
  func appliedMigrations() async throws -> [String] {
    try await read {
      try $0.rows("SELECT id FROM kernel_migration ORDER BY id").map { try $0.get("id") }
    }
  }

  /// Takes the files of a data directory in, one at a time. Throws `StorageError` or a `Problem`.
  func take(_ directory: DataDirectory) async throws -> Int {
    try await write {
      try $0.execute(
        """
        CREATE TABLE backup_file (
          name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, data BLOB NOT NULL)
        """)
    }
    var count = 0
    for folder in BackupFile.folders {
      let names = regularFiles(below: directory.path + "/" + folder).map { folder + "/" + $0 }
        // What is only just coming in is no row's yet.
        .filter { !$0.hasPrefix("files/incoming/") }
      for start in stride(from: 0, to: names.count, by: 100) {
        try Task.checkCancellation()
        let part = names[start..<min(start + 100, names.count)]
        count += try await write { connection in
          var taken = 0
          for name in part {
            // A letter may be tidied away meanwhile.
            guard let data = FileManager.default.contents(atPath: directory.path + "/" + name)
            else { continue }
            try connection.execute(
              """
              INSERT INTO backup_file (name, sha256, data)
              VALUES (\(name), \(hexadecimal(SHA256.hash(data: data))), \(Blob(bytes: [UInt8](data))))
              """)
            taken += 1
          }
          return taken
        }
      }
    }
    return count
  }

  /// Notes what the backup says of itself. Throws `StorageError`.
  func write(_ manifest: BackupFile.Manifest) async throws {
    let text = String(decoding: try JSON.data(of: manifest), as: UTF8.self)
    try await write {
      try $0.execute("CREATE TABLE backup_manifest (body TEXT NOT NULL)")
      try $0.execute("INSERT INTO backup_manifest (body) VALUES (\(text))")
    }
  }
}

extension SQLiteDatabase {
  /// The contents that rows of this backup name and that are not in it, or not as they were. Throws
  /// `StorageError`.
  fileprivate func missingContents() async throws -> [String] {
    let tables = Set(try await rowCounts().keys)
    let columns = bareModules.flatMap(\.fileColumns).filter { tables.contains($0.table) }
    return try await missing(among: try await read { try $0.namedContents(columns) })
  }

  /// Those of these contents that are not among the files of this backup. Throws `StorageError`.
  func missing(among named: Set<ContentHash>) async throws -> [String] {
    try await read { connection in
      try named.filter { content in
        let name = "files/\(content.description.prefix(2))/\(content)"
        let row = try connection.rows("SELECT sha256 FROM backup_file WHERE name = \(name)").first
        return try row?.get("sha256", as: String.self) != content.description
      }.map(\.description).sorted()
    }
  }
}

// MARK: - Checking

extension BackupFile {
  /// Opens it, looks at all of it, and says what it is; changes nothing. Throws a `Problem` that names
  /// the first thing that is not as it was written.
  func verify() async throws -> Manifest {
    guard FileManager.default.fileExists(atPath: path) else { throw Problem.noBackup(path) }
    let noted = FileManager.default.contents(atPath: checksumPath).map {
      String(decoding: $0.prefix(64), as: UTF8.self)
    }
    return try await verified(sum: noted)
  }

  fileprivate func verified(sum noted: String?) async throws -> Manifest {
    if let noted, try sum() != noted {
      throw Problem.badBackup(
        path, en: "it is not the file that was written: its checksum differs",
        fr: "ce n’est pas le fichier qui fut écrit : sa somme de contrôle diffère")
    }
    let database: SQLiteDatabase
    let manifest: Manifest
    do {
      database = try SQLiteDatabase(reading: path)
      let text: String? = try await database.read {
        try $0.rows("SELECT body FROM backup_manifest").first?.get("body")
      }
      manifest = try JSON(parsing: text ?? "").decoded(as: Manifest.self)
    } catch {
      throw Problem.badBackup(
        path, en: "it is no backup of Parvis, or a damaged one",
        fr: "ce n’est pas une sauvegarde de Parvis, ou elle est abîmée")
    }
    guard manifest.format <= Manifest.present else {
      throw Problem.badBackup(
        path, en: "a newer Parvis (\(manifest.program)) wrote it",
        fr: "un Parvis plus récent (\(manifest.program)) l’a écrite")
    }
    do {
      try await checkContents(of: database, manifest)
    } catch let error as StorageError {
      // What cannot even be read is damaged as well.
      let words = error.problem.detail
      throw Problem.badBackup(
        path, en: "it is damaged (\(words.en))", fr: "elle est abîmée (\(words.fr))")
    }
    return manifest
  }

  private func checkContents(of database: SQLiteDatabase, _ manifest: Manifest) async throws {
    if let fault = try await database.integrityFaults().first {
      throw Problem.badBackup(
        path, en: "it is damaged (\(fault))", fr: "elle est abîmée (\(fault))")
    }
    if let dump = manifest.dump {
      try await check(dump, in: database, manifest)
      return try await checkFiles(in: database, count: manifest.files)
    }
    var rows = try await database.rowCounts()
    rows["backup_manifest"] = nil
    rows["backup_file"] = nil
    guard rows == manifest.rows else {
      let names = Set(rows.keys).union(manifest.rows.keys).filter { rows[$0] != manifest.rows[$0] }
      throw Problem.badBackup(
        path, en: "rows are missing in \(names.sorted().joined(separator: ", "))",
        fr: "des lignes manquent dans \(names.sorted().joined(separator: ", "))")
    }
    try await checkFiles(in: database, count: manifest.files)
    let missing = try await database.missingContents()
    guard missing == manifest.missing ?? [] else {
      throw Problem.badBackup(
        path, en: "files that rows name are missing in it",
        fr: "des fichiers que des lignes nomment y manquent")
    }
  }

  private func checkFiles(in database: SQLiteDatabase, count: Int) async throws {
    let names = try await database.fileNames()
    guard names.count == count else {
      throw Problem.badBackup(
        path, en: "\(count - names.count) files are missing",
        fr: "\(count - names.count) fichiers manquent")
    }
    for name in names {
      let (data, noted) = try await database.file(name)
      guard hexadecimal(SHA256.hash(data: Data(data))) == noted, isPlain(name) else {
        throw Problem.badBackup(
          path, en: "\(name) in it is damaged", fr: "\(name), dans celle-ci, est abîmé")
      }
    }
  }
}

extension SQLiteDatabase {
  fileprivate func fileNames() async throws -> [String] {
    try await read {
      try $0.rows("SELECT name FROM backup_file ORDER BY name").map { try $0.get("name") }
    }
  }

  fileprivate func file(_ name: String) async throws -> (data: [UInt8], sha256: String) {
    try await read { connection in
      guard
        let row = try connection.rows(
          "SELECT sha256, data FROM backup_file WHERE name = \(name)"
        ).first
      else { throw StorageError.unreadable(column: "name") }
      return (try row.get("data", as: Blob.self).bytes, try row.get("sha256"))
    }
  }
}

// MARK: - Restoring

extension BackupFile {
  /// Puts what it holds into `directory`, which must be new or empty. The database is put there last, once
  /// `finishing` has told it that it is restored: a restore that dies leaves nothing that could be taken for an
  /// instance. Throws a `Problem`, or what `finishing` throws.
  func unpack<T>(
    into directory: DataDirectory, finishing: (any Kernel.Database) async throws -> T
  ) async throws -> T {
    let staging = directory.path + "/.restoring"
    try? FileManager.default.removeItem(atPath: staging)
    try makeFolder(staging)
    try await unpackFiles(into: directory)
    let database = try SQLiteDatabase(reading: path)
    let copy = staging + "/parvis.sqlite"
    try WholeFile.touch(copy, permissions: 0o600)
    try await database.backUp(to: copy)
    let result: T
    do {
      let restored = try SQLiteDatabase(archive: copy)
      try await restored.write {
        try $0.execute("DROP TABLE backup_manifest")
        try $0.execute("DROP TABLE backup_file")
      }
      result = try await finishing(restored)
    }
    try Self.sync(copy)
    guard rename(copy, directory.database) == 0 else {
      throw Problem.cannotCreate(directory.database, because: String(cString: strerror(errno)))
    }
    try? FileManager.default.removeItem(atPath: staging)
    try Self.sync(directory.path)
    return result
  }

  /// Puts its files where they were. Throws a `Problem`.
  func unpackFiles(into directory: DataDirectory) async throws {
    for folder in Self.folders { try makeFolder(directory.path + "/" + folder) }
    let database = try SQLiteDatabase(reading: path)
    for name in try await database.fileNames() where isPlain(name) {
      let target = directory.path + "/" + name
      try makeFolder((target as NSString).deletingLastPathComponent)
      try WholeFile.write(try await database.file(name).data, to: target, permissions: 0o600)
    }
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Problem.cannotCreate(path, because: lastReason(error))
    }
  }
}

/// The bytes of a file as a column holds them.
struct Blob: SQLConvertible {
  let bytes: [UInt8]
  var sqlValue: SQLValue { .blob(bytes) }

  init(bytes: [UInt8]) { self.bytes = bytes }
  init?(sqlValue: SQLValue) {
    guard case .blob(let bytes) = sqlValue else { return nil }
    self.bytes = bytes
  }
}

/// Whether a name in a backup stays within the folders it may be in.
private func isPlain(_ name: String) -> Bool {
  let parts = name.split(separator: "/", omittingEmptySubsequences: false)
  return parts.count > 1 && BackupFile.folders.contains(String(parts[0]))
    && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
}

/// The regular files below a folder, by their path there, in order; never behind a link.
func regularFiles(below folder: String) -> [String] {
  let all = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
  return all.filter { name in
    var status = stat()
    return lstat(folder + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }.sorted()
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { byte in
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }.joined()
}

extension Problem {
  static func noBackup(_ path: String) -> Problem {
    Problem(
      "backup/missing", status: 404, title: Words(en: "No such backup", fr: "Sauvegarde absente"),
      detail: Words(en: "\(path) cannot be read.", fr: "\(path) n’est pas lisible."),
      advice: Words(
        en: "Check the name, and whether you may read the file.",
        fr: "Vérifiez le nom, et si vous avez le droit de lire le fichier."))
  }

  static func badBackup(_ path: String, en: String, fr: String) -> Problem {
    Problem(
      "backup/unusable", status: 422,
      title: Words(en: "This backup cannot be used", fr: "Sauvegarde inutilisable"),
      detail: Words(en: "\(path): \(en).", fr: "\(path) : \(fr)."),
      advice: Words(
        en: "Nothing was changed. Take another one, and keep this file aside.",
        fr: "Rien n’a changé. Prenez-en une autre, et gardez ce fichier de côté."))
  }
}

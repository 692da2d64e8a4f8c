internal import Crypto
internal import Foundation
internal import Kernel
internal import Postgres
internal import SQLite

// A backup of data on PostgreSQL: the same file, with an archive of pg_dump in the place of the tables.

extension BackupFile {
  /// What a backup says of the archive of pg_dump in it.
  struct Dump: Codable, Sendable {
    let schema: String
    /// The version of the server it is of: no earlier one takes it.
    let server: Int
    /// The version of the pg_dump that wrote it.
    let tool: Int
    let bytes: Int64
    let sha256: String

    var origin: PostgresTools.Origin {
      PostgresTools.Origin(schema: schema, server: server, tool: tool)
    }
  }

  /// What the database says of the moment of its archive.
  private struct Noted: Sendable {
    let schema: [String]
    let named: Set<ContentHash>
  }

  /// Writes the database and the files into the empty file at `path`. Throws a `Problem` or `StorageError`.
  func fill(
    from directory: DataDirectory, at address: PostgresAddress, begun now: Instant
  ) async throws {
    // The archive is nobody's but this process's, and gone with it.
    let archive = try UnnamedFile(in: [(path as NSString).deletingLastPathComponent])
    let (origin, rows, noted) = try await explaining {
      try await PostgresTools().dump(address, into: archive.file) { connection in
        let schema: [String] = try connection.rows("SELECT id FROM kernel_migration ORDER BY id")
          .map { try $0.get("id") }
        let tables = Set(
          try connection.rows(Dialect.postgres.tables).map { try $0.get("name", as: String.self) })
        let columns = bareModules.flatMap(\.fileColumns).filter { tables.contains($0.table) }
        return Noted(schema: schema, named: try connection.namedContents(columns))
      }
    }
    let copy = try SQLiteDatabase(archive: path)
    try await copy.write {
      try $0.execute("CREATE TABLE backup_dump (part INTEGER PRIMARY KEY, data BLOB NOT NULL)")
    }
    var hash = SHA256()
    var bytes: Int64 = 0
    var part = 0
    try archive.rewind()
    while let data = try archive.next() {
      try Task.checkCancellation()
      hash.update(data: Data(data))
      bytes += Int64(data.count)
      part += 1
      let number = part
      try await copy.write {
        try $0.execute(
          "INSERT INTO backup_dump (part, data) VALUES (\(number), \(Blob(bytes: data)))")
      }
    }
    let files = try await copy.take(directory)
    let missing = try await copy.missing(among: noted.named)
    try await copy.write(
      Manifest(
        format: 2, begun: now, rows: rows, files: files, schema: noted.schema,
        missing: missing.isEmpty ? nil : missing,
        dump: Dump(
          schema: origin.schema, server: origin.server, tool: origin.tool, bytes: bytes,
          sha256: hexadecimal(hash.finalize()))))
  }

  /// The archive in it, as it was written. Throws a `Problem` where it is not.
  func archive(
    of dump: Dump, in database: SQLiteDatabase, beside folders: [String]
  ) async throws -> UnnamedFile {
    let archive = try UnnamedFile(in: folders)
    var hash = SHA256()
    var part = 0
    while true {
      let number = part + 1
      let data = try await database.read { connection in
        try connection.rows("SELECT data FROM backup_dump WHERE part = \(number)").first?
          .get("data", as: Blob.self).bytes
      }
      guard let data else { break }
      hash.update(data: Data(data))
      try archive.add(data)
      part = number
    }
    guard hexadecimal(hash.finalize()) == dump.sha256 else {
      throw Problem.badBackup(
        path, en: "the database in it is damaged", fr: "la base, dans celle-ci, est abîmée")
    }
    try archive.rewind()
    return archive
  }

  /// Reads the whole archive and counts what it holds. Throws a `Problem`.
  func check(_ dump: Dump, in database: SQLiteDatabase, _ manifest: Manifest) async throws {
    let archive = try await archive(
      of: dump, in: database,
      beside: [(path as NSString).deletingLastPathComponent, NSTemporaryDirectory()])
    let found: [String: Int]
    do {
      found = try await PostgresTools().rows(inArchive: archive.file, of: dump.tool)
    } catch PostgresTools.Failure.failed(_, _, let says) {
      throw Problem.badBackup(
        path, en: "pg_restore cannot read the database in it (\(says))",
        fr: "pg_restore ne lit pas la base qu’elle contient (\(says))")
    } catch let failure as PostgresTools.Failure {
      throw failure.problem
    }
    let noted = manifest.rows.filter { $0.value > 0 }
    guard found == noted else {
      let names = Set(found.keys).union(noted.keys).filter { found[$0] != noted[$0] }
      throw Problem.badBackup(
        path, en: "rows are missing in \(names.sorted().joined(separator: ", "))",
        fr: "des lignes manquent dans \(names.sorted().joined(separator: ", "))")
    }
  }

  // MARK: - Restoring

  /// Refuses a database that cannot take it; changes nothing. Throws a `Problem` or `StorageError`.
  func requireRoom(for dump: Dump, in address: PostgresAddress) async throws {
    switch try await PostgresTools().obstacle(to: dump.origin, in: address) {
    case nil: return
    case .tables(let tables):
      let some = tables.prefix(3).joined(separator: ", ")
      throw Problem(
        "data/database-in-use", status: 409,
        title: Words(en: "The database is not empty", fr: "La base n’est pas vide"),
        detail: Words(
          en: "\(address) holds \(tables.count) tables already (\(some)).",
          fr: "\(address) contient déjà \(tables.count) tables (\(some))."),
        advice: Words(
          en:
            "Its tables are as they were. Name an empty database; where a restore was interrupted, drop that one and create it anew.",
          fr:
            "Ses tables sont restées telles quelles. Indiquez une base vide ; si une restauration a été interrompue, supprimez celle-là et recréez-la."
        ))
    case .otherSchema(let schema):
      throw Problem(
        "backup/other-schema", status: 409,
        title: Words(en: "Another schema", fr: "Un autre schéma"),
        detail: Words(
          en: "The backup is of the schema “\(dump.schema)”; \(address) works in “\(schema)”.",
          fr:
            "La sauvegarde est du schéma « \(dump.schema) » ; \(address) travaille dans « \(schema) »."
        ),
        advice: Words(
          en:
            "Nothing was changed. Name that schema, in another database if it is taken: …?options=-csearch_path%3D\(dump.schema)",
          fr:
            "Rien n’a changé. Indiquez ce schéma, dans une autre base s’il est pris : …?options=-csearch_path%3D\(dump.schema)"
        ))
    case .olderServer(let version):
      throw Problem(
        "backup/older-server", status: 409,
        title: Words(en: "An older server", fr: "Un serveur plus ancien"),
        detail: Words(
          en: "The backup is of PostgreSQL \(dump.server); \(address) is of \(version).",
          fr: "La sauvegarde vient de PostgreSQL \(dump.server) ; \(address) est en \(version)."),
        advice: Words(
          en: "Nothing was changed. Name a database on PostgreSQL \(dump.server) or later.",
          fr: "Rien n’a changé. Indiquez une base sur PostgreSQL \(dump.server) ou plus récent."))
    }
  }

  /// Puts the rows into the database at `url` and the files into `directory`, which says last where its
  /// rows are: a restore that dies leaves nothing that could be taken for an instance. Throws a `Problem` or
  /// `StorageError`.
  func unpack<T>(
    _ dump: Dump, of manifest: Manifest, into directory: DataDirectory, at url: String,
    finishing: (any Kernel.Database) async throws -> T
  ) async throws -> T {
    let address = try DatabaseAddress.wellFormed(url)
    try await unpackFiles(into: directory)
    let archive = try await archive(
      of: dump, in: try SQLiteDatabase(reading: path), beside: [directory.path])
    try await explaining {
      try await PostgresTools().restore(archive.file, of: dump.origin, into: address)
    }
    let database = try PostgresDatabase(address)
    let rows = try await database.rowCounts()
    guard rows == manifest.rows else {
      let names = Set(rows.keys).union(manifest.rows.keys).filter { rows[$0] != manifest.rows[$0] }
      throw Problem.badBackup(
        path, en: "not every row of it arrived in \(names.sorted().joined(separator: ", "))",
        fr: "toutes ses lignes ne sont pas arrivées dans \(names.sorted().joined(separator: ", "))")
    }
    let result = try await finishing(database)
    try directory.keep(url)
    return result
  }
}

/// Does something with PostgreSQL's programs, and says as a `Problem` what they said.
private func explaining<T>(_ body: () async throws -> T) async throws -> T {
  do {
    return try await body()
  } catch let failure as PostgresTools.Failure {
    throw failure.problem
  }
}

extension PostgresTools.Failure {
  var problem: Problem {
    switch self {
    case .missing(let tool, let version):
      Problem(
        "backup/no-tool", status: 503,
        title: Words(en: "\(tool) is missing", fr: "\(tool) est absent"),
        detail: Words(
          en: "\(tool) of PostgreSQL \(version) or later is not on this machine.",
          fr: "\(tool) de PostgreSQL \(version) ou plus récent n’est pas sur cette machine."),
        advice: Words(
          en:
            "Nothing was changed. Install it (on Debian: apt install postgresql-client), or put its folder into PATH.",
          fr:
            "Rien n’a changé. Installez-le (sur Debian : apt install postgresql-client), ou ajoutez son dossier à PATH."
        ))
    case .failed(let tool, _, let says):
      Problem(
        "backup/tool-failed", status: 503,
        title: Words(en: "\(tool) did not succeed", fr: "\(tool) n’a pas abouti"),
        detail: Words(en: "\(tool) says: \(says)", fr: "\(tool) dit : \(says)"),
        advice: Words(
          en: "Nothing was changed. Mend what it says, and try again.",
          fr: "Rien n’a changé. Corrigez ce qu’il dit, puis recommencez."))
    }
  }
}

/// A file without a name: its owner's alone, and gone with the process whatever ends it.
final class UnnamedFile: Sendable {
  let file: Int32

  /// In the first of these folders that takes it. Throws a `Problem`.
  init(in folders: [String]) throws {
    var reason = ""
    for folder in folders {
      var template = Array((folder + "/.parvis-XXXXXX").utf8CString)
      let opened = mkstemp(&template)
      if opened >= 0 {
        // No child but the one that is handed it has it.
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        unlink(template)
        file = opened
        return
      }
      reason = String(cString: strerror(errno))
    }
    throw Problem.cannotCreate(folders.last ?? "", because: reason)
  }

  deinit { close(file) }

  /// Throws a `Problem` or `StorageError`.
  func add(_ data: [UInt8]) throws {
    var done = 0
    while done < data.count {
      let count = data.withUnsafeBytes { bytes in
        write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw errno == ENOSPC
          ? StorageError.full.problem
          : StorageError.unavailable(String(cString: strerror(errno))).problem
      }
      done += count
    }
  }

  func rewind() throws {
    guard lseek(file, 0, SEEK_SET) == 0 else {
      throw StorageError.unavailable(String(cString: strerror(errno))).problem
    }
  }

  /// The next mebibyte, less at the end, nil after it.
  func next() throws -> [UInt8]? {
    var data = [UInt8](repeating: 0, count: 1 << 20)
    var filled = 0
    while filled < data.count {
      let count = data.withUnsafeMutableBytes { bytes in
        read(file, bytes.baseAddress.map { $0 + filled }, bytes.count - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw StorageError.unavailable(String(cString: strerror(errno))).problem
      }
      if count == 0 { break }
      filled += count
    }
    return filled == 0 ? nil : Array(data.prefix(filled))
  }
}

internal import Foundation
internal import Kernel

/// One thing `parvis doctor` looked at.
struct Finding: Codable, Sendable {
  enum Verdict: String, Codable, Sendable {
    case fine, mind, wrong
  }

  let check: String
  let verdict: Verdict
  let what: Words
  /// What to do about it.
  let advice: Words?
  /// The exit code it calls for.
  let exit: Int32

  init(
    _ check: String, _ verdict: Verdict, en: String, fr: String, adviceEn: String? = nil,
    adviceFr: String? = nil, exit: ExitStatus = .ok
  ) {
    self.check = check
    self.verdict = verdict
    what = Words(en: en, fr: fr)
    advice = adviceEn.map { Words(en: $0, fr: adviceFr ?? $0) }
    self.exit = exit.rawValue
  }

  init(_ check: String, _ problem: Problem) {
    self.check = check
    verdict = .wrong
    what = problem.detail
    advice = problem.advice
    exit = ExitStatus(problem).rawValue
  }
}

/// The steps of the schema that modules of this program know.
private let knownSteps = Set(bareModules.flatMap(\.migrations).map(\.id))

/// What is wrong with data whose schema has had these steps: some are of a newer program; nil when
/// this one knows them all. The kernel's are its migrator's to judge.
func stepsOfNewerProgram(among applied: [String]) -> MigrationError? {
  let newer = applied.filter { !$0.hasPrefix("kernel.") && !knownSteps.contains($0) }
  return newer.isEmpty ? nil : .newer(newer.sorted())
}

/// Looks at a data directory without changing it.
struct Examination {
  let directory: DataDirectory

  func findings() async -> [Finding] {
    guard directory.isInitialised else {
      return [Finding("directory", Problem.noData(directory.path))]
    }
    return [permissions(), space(), backup()] + (await contents())
  }

  private func permissions() -> Finding {
    var status = stat()
    guard access(directory.path, W_OK) == 0, access(directory.mainFile, W_OK) == 0,
      stat(directory.path, &status) == 0
    else { return Finding("permissions", StorageError.readOnly.problem) }
    guard status.st_mode & 0o077 == 0 else {
      return Finding(
        "permissions", .mind, en: "Others than its owner may enter \(directory.path).",
        fr: "D’autres que son propriétaire peuvent entrer dans \(directory.path).",
        adviceEn: "chmod 700 \(directory.path)")
    }
    return Finding(
      "permissions", .fine, en: "\(directory.path) is its owner’s alone, and writable.",
      fr: "\(directory.path) n’est qu’à son propriétaire, et modifiable.")
  }

  private func space() -> Finding {
    var status = statvfs()
    guard statvfs(directory.path, &status) == 0 else {
      return Finding("disk", StorageError.unavailable("disk").problem)
    }
    let free = (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
    let verdict: Finding.Verdict = free < 50 ? .wrong : free < 500 ? .mind : .fine
    return Finding(
      "disk", verdict, en: "\(free) MiB are free.", fr: "\(free) Mio sont libres.",
      adviceEn: verdict == .fine ? nil : "Free some space; old copies are in \(directory.backups).",
      adviceFr: "Libérez de la place ; d’anciennes copies sont dans \(directory.backups).",
      exit: .inputOutput)
  }

  private func backup() -> Finding {
    guard let last = LastBackup.of(directory) else {
      return Finding(
        "backup", .mind, en: "No backup was ever made.",
        fr: "Aucune sauvegarde n’a jamais été faite.",
        adviceEn: "parvis backup --to FOLDER, best on another disk.",
        adviceFr: "parvis backup --to DOSSIER, de préférence sur un autre disque.")
    }
    let isOld = last.at < Kernel.Clock.system.now.advanced(bySeconds: -3 * 86_400)
    let isThere = FileManager.default.fileExists(atPath: last.file)
    return Finding(
      "backup", isOld ? .mind : .fine,
      en:
        "The last good backup is of \(last.at): \(last.file)\(isThere ? "" : " (no longer there)").",
      fr:
        "La dernière bonne sauvegarde est du \(last.at) : \(last.file)\(isThere ? "" : " (n’y est plus)").",
      adviceEn: isOld ? "It is older than three days: parvis backup" : nil,
      adviceFr: "Elle a plus de trois jours : parvis backup")
  }

  private func contents() async -> [Finding] {
    do {
      guard let lock = try DirectoryLock.attempt(directory) else { return [held()] }
      defer { withExtendedLifetime(lock) {} }
      let database = try directory.openDatabase()
      let whole = try await integrity(of: database)
      guard whole.verdict == .fine else { return [whole] }
      return [
        whole, try await schema(of: database), try await library(of: database),
        try await clock(against: database), try await parked(in: database),
        try await files(of: database),
      ] + (try await history(in: database)) + (await mail(in: database))
    } catch let error as any UserFacing {
      return [Finding("database", error.problem)]
    } catch {
      return [Finding("database", StorageError.unavailable("\(error)").problem)]
    }
  }

  private func held() -> Finding {
    let holder = DirectoryLock.holder(of: directory)
    let who = holder.map { "\($0.pid)" + ($0.address.map { ", \($0)" } ?? "") } ?? "?"
    return Finding(
      "lock", .mind, en: "A running process holds it (\(who)); its database was not opened.",
      fr: "Un processus en marche le tient (\(who)) ; sa base n’a pas été ouverte.",
      adviceEn: "`parvis status` asks it; stop it for a full examination.",
      adviceFr: "`parvis status` l’interroge ; arrêtez-le pour un examen complet.")
  }

  private func integrity(of database: any Database) async throws -> Finding {
    let faults = try await database.integrityFaults()
    guard let first = faults.first else {
      return Finding(
        "integrity", .fine, en: "The database is whole.", fr: "La base est intègre.")
    }
    return Finding("integrity", StorageError.damaged("\(first); \(faults.count)").problem)
  }

  private func schema(of database: any Database) async throws -> Finding {
    let applied = try await database.read { connection in
      try connection.rows("SELECT id FROM kernel_migration").map {
        try $0.get("id", as: String.self)
      }
    }
    if let newer = stepsOfNewerProgram(among: applied) {
      return Finding("schema", newer.problem)
    }
    let missing = knownSteps.subtracting(applied).count
    guard missing == 0 else {
      let isCopied = database.dialect == .sqlite
      return Finding(
        "schema", .mind, en: "\(missing) steps of the schema are still to come.",
        fr: "\(missing) étapes du schéma restent à appliquer.",
        adviceEn: "The next command applies them"
          + (isCopied
            ? ", after a copy into backups/."
            : ", after a backup into backups/ where pg_dump is there."),
        adviceFr: "La prochaine commande les applique"
          + (isCopied
            ? ", après une copie dans backups/."
            : ", après une sauvegarde dans backups/ si pg_dump est là."))
    }
    return Finding(
      "schema", .fine, en: "The schema is this program’s (\(applied.count) steps).",
      fr: "Le schéma est celui de ce programme (\(applied.count) étapes).")
  }

  private func library(of database: any Database) async throws -> Finding {
    let dialect = database.dialect
    let version: String = try await database.read {
      try $0.rows(dialect.version).first?.get("version") ?? "0"
    }
    // The driver has refused a server that is too old.
    guard dialect == .sqlite else {
      return Finding(
        "postgresql", .fine, en: "PostgreSQL is version \(version).",
        fr: "PostgreSQL est en version \(version).")
    }
    let parts = version.split(separator: ".").compactMap { Int($0) }
    let enough = !parts.lexicographicallyPrecedes([3, 40])
    return Finding(
      "sqlite", enough ? .fine : .wrong, en: "SQLite is version \(version).",
      fr: "SQLite est en version \(version).",
      adviceEn: enough ? nil : "Install SQLite 3.40 or later.",
      adviceFr: "Installez SQLite 3.40 ou plus récent.", exit: .configuration)
  }

  private func files(of database: any Database) async throws -> Finding {
    let applied = Set(
      try await database.read {
        try $0.rows("SELECT id FROM kernel_migration").map { try $0.get("id", as: String.self) }
      })
    // Columns of steps that are still to come are not there.
    let columns = knownSteps.isSubset(of: applied) ? bareModules.flatMap(\.fileColumns) : []
    let named = try await database.read { try $0.namedContents(columns) }
    let vault = FileVault(folder: directory.files, limit: { 0 })
    let missing = try named.filter { try !vault.isWhole($0) }.count
    guard missing > 0 else {
      return Finding(
        "files", .fine, en: "Every file that was handed in is there (\(named.count)).",
        fr: "Tous les fichiers remis sont là (\(named.count)).")
    }
    return Finding(
      "files", .wrong, en: "\(missing) of \(named.count) files are not there, or not whole.",
      fr: "\(missing) fichiers sur \(named.count) sont absents ou abîmés.",
      adviceEn: "parvis files check names them; put them back from a backup.",
      adviceFr: "parvis files check les nomme ; reprenez-les d’une sauvegarde.", exit: .inputOutput)
  }

  private func clock(against database: any Database) async throws -> Finding {
    let now = Kernel.Clock.system.now
    let latest: Instant? = try await database.read {
      try $0.rows("SELECT MAX(occurred_at) AS at FROM kernel_event").first?.get(ifPresent: "at")
    }
    if let latest, latest > now.advanced(bySeconds: 60) {
      return Finding(
        "clock", .mind, en: "The clock shows \(now), but something was written at \(latest).",
        fr: "L’horloge indique \(now), mais quelque chose fut écrit à \(latest).",
        adviceEn: "Set the clock right: deadlines follow it.",
        adviceFr: "Mettez l’horloge à l’heure : les échéances la suivent.")
    }
    return Finding("clock", .fine, en: "The clock shows \(now).", fr: "L’horloge indique \(now).")
  }

  /// A past edition that is half recorded keeps a server from starting.
  private func history(in database: any Database) async throws -> [Finding] {
    let open = try await database.read { connection in
      let isThere = try connection.rows(
        "SELECT id FROM kernel_migration WHERE id = \(HistoryModule.firstStep)")
      return isThere.isEmpty
        ? [] : try connection.select(HistoryLoadRow.self, "ORDER BY begun_at, id")
    }
    return open.map { Finding("history", .unfinishedHistory($0)) }
  }

  private func parked(in database: any Database) async throws -> Finding {
    let count: Int = try await database.read {
      try $0.rows("SELECT COUNT(*) AS n FROM kernel_delivery WHERE state = 'parked'").first?
        .get("n") ?? 0
    }
    guard count > 0 else {
      return Finding(
        "events", .fine, en: "No event is parked.", fr: "Aucun événement n’est mis de côté.")
    }
    return Finding(
      "events", .mind, en: "\(count) events are parked: they could not be handled.",
      fr: "\(count) événements sont mis de côté : ils n’ont pas pu être traités.",
      adviceEn: "parvis events list --state parked, then parvis events replay.")
  }
}

internal import Foundation
internal import Kernel

/// Backups as whoever keeps the instance sees them in the browser: which there are, one more now, is one still
/// good. `parvis backup`, `verify` and `restore` do the same, and more, at a terminal.
struct BackupsModule: ActsByItself {
  static let name = "backups"
  static let summary = Words(
    en: "backups in the data directory: list, make, check",
    fr: "sauvegardes du dossier de données : lister, faire, vérifier")

  let host: Kernel.Host
  let directory: DataDirectory?
  /// Whether this process stays, so that work may go on behind what asked for it.
  let staying: Bool

  @UseCases var endpoints: [Endpoint] {
    list
    make
    check
  }

  var rowWords: [RowWords] {
    [
      RowWords(
        "backups_work", Words(en: "work on a backup", fr: "travail sur une sauvegarde"), by: "file",
        at: "/backups")
    ]
  }

  var retentions: [Retention] {
    [
      .deleting(
        Purpose(
          "backups-asked", Words(en: "backups that were asked for", fr: "sauvegardes demandées"),
          because: Words(
            en: "Whether the last ones came to an end is what is asked.",
            fr: "On demande si les dernières sont arrivées à terme."),
          from: Words(en: "its end", fr: "sa fin"), days: 365, allowing: 30...1095),
        from: "backups_work", since: "asked_at",
        goes: Words(en: "That it was asked for.", fr: "Qu’elle fut demandée."),
        stays: Words(en: "The backup.", fr: "La sauvegarde.")
      ) { "ended_at < \($0.cut)" }
    ]
  }

  var migrations: [Migration] {
    [
      Migration(
        "backups.1-create",
        """
        CREATE TABLE backups_work (
          id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('make', 'check')), file TEXT,
          state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
          asked_at BIGINT NOT NULL, ended_at BIGINT, fault TEXT)
        """)
    ]
  }

  var jobs: [Job] { [resume] }

  var subscriptions: [Subscription] {
    [
      .on(BackupAsked.self, "backups.work", asking: { event, _ in try await begin(event.work) }) {
        _, _, _ in
      }
    ]
  }
}

/// Somebody wants a backup made or looked at.
struct BackupAsked: Event {
  static let name = "backups.asked"
  let work: WorkRow.ID
  var aggregate: String { work.description }
  var edition: EditionID? { nil }
}

/// A backup that is made or looked at behind the page that asked for it.
struct WorkRow: Record {
  static let table = "backups_work"

  enum Kind: String, Codable, Sendable { case make, check }
  enum State: String, Codable, Sendable { case waiting, done, failed }

  let id: Kernel.ID<WorkRow>
  let kind: Kind
  /// The name of the file; known for one that is made once it is there.
  var file: Name?
  var state: State
  let askedAt: Instant
  var endedAt: Instant?
  /// Why it failed, in both languages.
  var fault: Words?
}

/// A backup in the folder of the data directory.
struct BackupView: Codable, Sendable {
  let name: Name
  let at: Instant?
  let bytes: Int64
  /// It was looked at whole when it was made: its checksum lies beside it.
  let hasChecksum: Bool
  /// When it was last looked at since, and whether it was good.
  let checkedAt: Instant?
  let isGood: Bool?
}

extension BackupsModule {
  struct Overview: Codable, Sendable {
    let backups: [BackupView]
    /// Where the last good one went, wherever that is.
    let lastGood: Name?
    let lastGoodAt: Instant?
    /// What was asked for last, the latest first.
    let work: [WorkRow]
  }
  struct OneBackup: Codable, Sendable {
    let name: Name
  }

  var list: UseCase<Nothing, Overview> {
    .query(
      "backups.list", "/backups", by: [.administrator],
      Words(en: "List the backups of this instance", fr: "Lister les sauvegardes de cette instance")
    ) { (_: Nothing, transaction) in try overview(in: transaction) }
  }

  var make: UseCase<Nothing, WorkRow> {
    .command(
      "backups.make", .post, "/backups", by: [.administrator],
      Words(en: "Make a backup now", fr: "Faire une sauvegarde maintenant"),
      problems: ["backups/elsewhere", "backups/busy"]
    ) { (_: Nothing, transaction) in
      try requireFolder()
      return try ask(.make, nil, in: transaction)
    }
  }

  var check: UseCase<OneBackup, WorkRow> {
    .command(
      "backups.check", .post, "/backups/{name}/check", by: [.administrator],
      Words(
        en: "Look at every row and file of a backup",
        fr: "Examiner chaque ligne et chaque fichier d’une sauvegarde"),
      problems: ["backups/elsewhere", "backups/busy"]
    ) { (input: OneBackup, transaction) in
      let directory = try requireFolder()
      guard
        BackupFolder(path: directory.backups, of: directory).names.contains(input.name.description)
      else { throw Problem.notFound(Words(en: "backup", fr: "sauvegarde"), input.name) }
      return try ask(.check, input.name, in: transaction)
    }
  }

  func overview(in connection: any Connection) throws -> Overview {
    let work = try connection.select(WorkRow.self, "ORDER BY asked_at DESC, id DESC LIMIT 200")
    guard let directory else {
      return Overview(backups: [], lastGood: nil, lastGoodAt: nil, work: work)
    }
    let folder = BackupFolder(path: directory.backups, of: directory)
    let last = LastBackup.of(directory)
    return Overview(
      backups: folder.names.reversed().compactMap { text in
        guard let name = Name(text) else { return nil }
        var status = stat()
        let path = folder.path + "/" + text
        guard stat(path, &status) == 0 else { return nil }
        let looked = work.first { $0.kind == .check && $0.file == name && $0.state != .waiting }
        return BackupView(
          name: name, at: BackupFolder.moment(of: text), bytes: Int64(status.st_size),
          hasChecksum: access(path + ".sha256", F_OK) == 0, checkedAt: looked?.endedAt,
          isGood: looked.map { $0.state == .done })
      }, lastGood: last.flatMap { Name($0.file) }, lastGoodAt: last?.at, work: work)
  }

  @discardableResult
  private func requireFolder() throws -> DataDirectory {
    guard let directory else {
      throw Problem(
        "backups/elsewhere", status: 409,
        title: Words(en: "Not saved from here", fr: "Pas sauvegardé d’ici"),
        detail: Words(
          en: "This program has no data directory, and nowhere to put a backup.",
          fr: "Ce programme n’a pas de dossier de données, ni où mettre une sauvegarde."),
        advice: Words(
          en: "Use parvis backup where the data directory is.",
          fr: "Utilisez parvis backup là où est le dossier de données."))
    }
    return directory
  }

  private func ask(
    _ kind: WorkRow.Kind, _ file: Name?, in transaction: Transaction
  ) throws -> WorkRow {
    // One that has waited for an hour died with its process.
    let old = transaction.now.advanced(bySeconds: -3600)
    let busy = try transaction.count(
      WorkRow.self, "WHERE state = 'waiting' AND asked_at > \(old)")
    guard busy == 0 else {
      throw Problem(
        "backups/busy", status: 409,
        title: Words(en: "One is at work", fr: "Une est en cours"),
        detail: Words(
          en: "A backup is being made or looked at just now.",
          fr: "Une sauvegarde est en train d’être faite ou vérifiée."),
        advice: Words(
          en: "Open the page again in a moment.", fr: "Rouvrez la page dans un instant."))
    }
    let row = WorkRow(
      id: transaction.newID(), kind: kind, file: file, state: .waiting, askedAt: transaction.now)
    try transaction.insert(row)
    try transaction.emit(BackupAsked(work: row.id))
    return row
  }

  /// Works behind whatever delivered the wish, where the process stays; else to the end.
  private func begin(_ id: WorkRow.ID) async throws {
    guard let row = try await host.read({ try $0.find(WorkRow.self, id) }), row.state == .waiting
    else { return }
    guard staying else { return try await work(row) }
    host.workroom.begin("backups", id) { try? await work(row) }
  }

  /// Begins again what an earlier process left unfinished, but not what it has wanted for long: that may be
  /// what ended it.
  private var resume: Job {
    .every(
      seconds: 5, "backups.resume",
      outside: { run in
        guard staying else { return }
        let open = try await run.read { transaction in
          try transaction.select(WorkRow.self, "WHERE state = 'waiting' ORDER BY asked_at, id")
        }
        for row in open {
          if row.askedAt > run.context.now.advanced(bySeconds: -3600) {
            try await begin(row.id)
          } else if host.workroom.begin("backups", row.id, {}) {
            var ended = row
            ended.state = .failed
            ended.endedAt = run.context.now
            ended.fault = Words(
              en: "The program ended while it worked on it.",
              fr: "Le programme s’est arrêté pendant ce travail.")
            let row = ended
            try await run.write { try $0.update(row) }
          }
        }
      })
  }

  func work(_ row: WorkRow) async throws {
    var done = row
    do {
      guard let directory else { return }
      let folder = BackupFolder(path: directory.backups, of: directory)
      switch row.kind {
      case .make:
        try folder.create()
        let made = try await folder.add(at: Kernel.Clock.system.now)
        done.file = Name((made.path as NSString).lastPathComponent)
      case .check:
        let name = row.file?.description ?? ""
        _ = try await BackupFile(path: folder.path + "/" + name).verify()
      }
      done.state = .done
    } catch  where Task.isCancelled {
      // The program ends: it is begun again by the next.
      return
    } catch let error as any UserFacing {
      done.state = .failed
      done.fault = error.problem.detail
    } catch {
      done.state = .failed
      done.fault = Words(en: "It failed: \(error).", fr: "Échec : \(error).")
    }
    done.endedAt = host.clock.now
    let ended = done
    try await host.command("backups.end-work", as: .system) { try $0.update(ended) }
  }
}

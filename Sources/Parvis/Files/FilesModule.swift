internal import Foundation
internal import Kernel

/// Files of all modules as the one who keeps the instance sees them: whether each that a row names is there,
/// and what no row names any more.
struct FilesModule: Module {
  static let name = "files"
  static let summary = Words(
    en: "files that people handed in: are they all there?",
    fr: "les fichiers remis : sont-ils tous là ?")

  let host: Kernel.Host
  let vault: FileVault?
  let others: [any Module]

  @UseCases var endpoints: [Endpoint] {
    check
  }

  var migrations: [Migration] {
    [
      Migration(
        "files.1-create",
        """
        CREATE TABLE files_unnamed (content TEXT PRIMARY KEY, since BIGINT NOT NULL)
        """)
    ]
  }

  var jobs: [Job] { [prune] }

  struct Check: Codable, Sendable {
    let kept: Int
    let bytes: Int64
    /// Hashes that rows name and that are not there, or are not what they were.
    let missing: [ContentHash]
    /// How many no row names: they go after a day.
    let unnamed: Int
  }

  var check: UseCase<Nothing, Check> {
    .query(
      "files.check", "/files/check", by: [.administrator],
      Words(
        en: "Look at every kept file: is it there, and is it whole?",
        fr: "Examiner chaque fichier gardé : est-il là, est-il intact ?"),
      asking: { _, _ in
        guard let vault else { throw StorageError.unavailable("no files are kept here") }
        let there = vault.contents()
        return (Set(there), Set(try there.filter { try !vault.isWhole($0) }))
      }
    ) { (_: Nothing, found: (there: Set<ContentHash>, damaged: Set<ContentHash>), transaction) in
      let named = try transaction.namedContents(others.flatMap(\.fileColumns))
      let sizes = found.there.map { content -> Int64 in
        var status = stat()
        return vault.map { stat($0.path(of: content), &status) == 0 ? Int64(status.st_size) : 0 }
          ?? 0
      }
      return Check(
        kept: found.there.count, bytes: sizes.reduce(0, +),
        missing: named.filter { !found.there.contains($0) || found.damaged.contains($0) }
          .sorted { $0.description < $1.description },
        unnamed: found.there.subtracting(named).count)
    }
  }

  /// Notes what no row names, and takes away what no row has named for so long (`unnamed`). Safe to repeat.
  private var prune: Job {
    .every(seconds: 3600, "files.prune", outside: { run in try await prune(run) })
  }

  func prune(_ run: JobRun) async throws {
    guard let vault else { return }
    let there = vault.contents()
    vault.sweepIncoming(before: Date(timeIntervalSinceNow: -86_400))
    let columns = others.flatMap(\.fileColumns)
    let old: [ContentHash] = try await run.write { transaction in
      let named = try transaction.namedContents(columns)
      let noted: [ContentHash] = try transaction.rows("SELECT content FROM files_unnamed").map {
        try $0.get("content")
      }
      let unnamed = Set(there).subtracting(named)
      for content in noted where !unnamed.contains(content) {
        try transaction.execute("DELETE FROM files_unnamed WHERE content = \(content)")
      }
      for content in unnamed.subtracting(noted) {
        try transaction.execute(
          "INSERT INTO files_unnamed (content, since) VALUES (\(content), \(transaction.now))")
      }
      let term = try transaction.term(of: Self.unnamed, at: transaction.now, in: host.clock.zone)
      return try transaction.rows(
        "SELECT content FROM files_unnamed WHERE since <= \(term.cut)"
      ).map { try $0.get("content") }
    }
    // Somebody may be handing the same in just now: what was touched within the hour stays.
    for content in old {
      _ = vault.remove(content, untouchedSince: Date(timeIntervalSinceNow: -3600))
    }
  }
}

extension FilesModule {
  /// Whose a file was is known no more once no row names it, so that whoever is erased may have had any of
  /// those: they do not wait for their day. What a request is just handing in stays.
  func erasingOutside(_ subject: DataSubject) async throws {
    guard let vault else { return }
    // Another server may have put contents in their place and be about to name them; what is left of those goes with
    // the day.
    let grace: TimeInterval = host.database.dialect == .postgres ? 300 : 0
    let moment = Date(timeIntervalSinceNow: -grace)
    let coming = vault.coming()
    let there = vault.contents()
    let columns = others.flatMap(\.fileColumns)
    let named = try await host.read { try $0.namedContents(columns) }
    for content in there where !named.contains(content) && !coming.contains(content) {
      _ = vault.remove(content, untouchedSince: moment)
    }
  }
}

extension Platform {
  /// Where this instance keeps files; nil where it has no folder.
  var vault: FileVault? { modules.lazy.compactMap { $0 as? FilesModule }.first?.vault }
}

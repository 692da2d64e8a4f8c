internal import Kernel
internal import NotificationsAPI

/// What had its time and went, or would go.
struct Pruned: Codable, Sendable {
  struct OfKind: Codable, Sendable {
    let kind: String
    /// How long its texts are kept.
    let days: Int
    let texts: Int
  }
  let dryRun: Bool
  /// Texts of letters; their lines in the log stay.
  let texts: Int
  /// Lines of the log.
  let lines: Int
  /// Files of the mailbox folder.
  let copies: Int
  /// What people wrote back.
  let answers: Int
  let kinds: [OfKind]
}

extension NotificationsModule {
  @UseCases var aboutPruning: [Endpoint] {
    prune
  }

  struct Prune: Codable, Sendable, Labelled {
    let dryRun: Bool?

    static let labels = [
      "dryRun": Label(
        en: "Only say what would go", fr: "Dire seulement ce qui disparaîtrait")
    ]
  }

  var prune: UseCase<Prune, Pruned> {
    .command(
      "notifications.prune", .post, "/mail-retention/prune", by: [.administrator],
      Words(
        en: "Remove the texts, copies and log lines of letters that have had their time",
        fr: "Supprimer textes, copies et lignes de journal des lettres dont le délai est passé"),
      asking: { (input: Prune, context) in
        try await pruneCopies(at: context.now, trying: input.dryRun == true)
      }
    ) { (input: Prune, copies, transaction) in
      try prune(copies: copies, trying: input.dryRun == true, transaction)
    }
  }

  /// Once a day: nobody has to think of it.
  var pruneDaily: Job {
    .every(
      seconds: 86_400, "notifications.prune",
      outside: { run in
        let copies = try await pruneCopies(at: run.context.now, trying: false)
        _ = try await run.write { try prune(copies: copies, trying: false, $0) }
      })
  }

  private func prune(
    copies: Int, trying: Bool, _ transaction: Transaction
  ) throws -> Pruned {
    let retention = try retention(in: transaction)
    var kinds: [Pruned.OfKind] = []
    for (kind, _, _) in try transaction.keptTexts() {
      let over = retention.isOver([kind], at: transaction.now)
      let count =
        trying
        ? try transaction.count(MessageRow.self, "WHERE \(part: over)")
        : try transaction.execute(
          """
          UPDATE notifications_message SET subject = '', body = '', door = NULL,
            invitations = NULL, about = NULL
          WHERE \(part: over)
          """)
      if count > 0 {
        kinds.append(Pruned.OfKind(kind: kind, days: retention.days(of: kind), texts: count))
      }
    }
    let answers = try prune(answersBy: retention, trying: trying, transaction)
    let forgotten = retention.isForgotten(at: transaction.now)
    let lines =
      trying
      ? try transaction.count(MessageRow.self, "WHERE \(part: forgotten)")
      : try transaction.execute("DELETE FROM notifications_message WHERE \(part: forgotten)")
    return Pruned(
      dryRun: trying, texts: kinds.reduce(0) { $0 + $1.texts }, lines: lines, copies: copies,
      answers: answers, kinds: kinds)
  }

  /// An answer is kept as long as the letter it answers; that a message came back, three months.
  private func prune(
    answersBy retention: Retention, trying: Bool, _ transaction: Transaction
  ) throws -> Int {
    let kinds = try transaction.rows(
      "SELECT DISTINCT kind FROM notifications_answer ORDER BY kind"
    ).map { try $0.get("kind", as: String.self) }
    var count = 0
    for kind in kinds {
      let cut = transaction.now.advanced(byDays: -Int64(retention.days(of: kind)))
      let condition: SQL = "WHERE kind = \(kind) AND at < \(cut)"
      count +=
        trying
        ? try transaction.count(AnswerRow.self, condition)
        : try transaction.execute("DELETE FROM notifications_answer \(part: condition)")
    }
    if !trying {
      let cut = transaction.now.advanced(byDays: -90)
      try transaction.execute("DELETE FROM notifications_return WHERE at < \(cut)")
    }
    return count
  }

  /// Removes copies in the folder that no text of the log stands behind, and those of texts that have had
  /// their time: before these go, so that a crash in between leaves nothing that nobody looks for. Returns
  /// how many.
  private func pruneCopies(at now: Instant, trying: Bool) async throws -> Int {
    let young = now.advanced(byDays: -Retention.daysOfStrayCopies)
    let old = try await mailbox.copies().filter { $0.written < young }
    var count = 0
    for start in stride(from: 0, to: old.count, by: 1000) {
      let batch = old[start..<min(start + 1000, old.count)]
      let kept = try await host.read { connection in
        let retention = try retention(in: connection)
        let over = retention.isOver(try connection.keptTexts().map(\.kind), at: now)
        return Set(
          try connection.rows(
            """
            SELECT id FROM notifications_message
            WHERE id IN \(list: batch.map(\.id)) AND body <> '' AND NOT (\(part: over))
            """
          ).map { try $0.get("id", as: String.self) })
      }
      for copy in batch where !kept.contains(copy.id) {
        if !trying { try await mailbox.remove(copy.id, written: copy.written) }
        count += 1
      }
    }
    return count
  }
}

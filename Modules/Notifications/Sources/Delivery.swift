internal import Kernel
internal import NotificationsAPI

extension NotificationsModule {
  /// How long to wait after each failure; after the last, a message has failed for good.
  static let patience: [Int64] = [60, 300, 1800, 7200, 21_600]
  /// So many failures in a row are the mailbox's fault, not the messages'.
  private static let hopeless = 5

  /// Hands what waits to the mailbox. A message is marked after the mailbox has it: a process that
  /// dies in between delivers it again under the same id, which is the same file. A mail server
  /// cannot be asked whether it has a message: so each is noted before it is handed over, and its
  /// outcome together with the note of the next.
  var deliverWaiting: Job {
    .every(
      seconds: 5, "notifications.deliver",
      outside: { run in
        let settings = try await run.read { try $0.mailSettings() }
        let head = letterhead(settings, try await masthead())
        let outlet = outlet(settings)
        let size = settings.host == nil ? 100 : 1
        var (failures, deferred) = (0, Int64(0))
        var outcomes: [Outcome] = []
        while true {
          let (done, after) = (outcomes, deferred)
          let open = failures < Self.hopeless
          let due = try await run.write { transaction -> [MessageRow] in
            try note(done, in: transaction)
            guard open else { return [] }
            return try transaction.take(size, after: after, settings, zone)
          }
          guard !due.isEmpty else { break }
          outcomes = []
          for row in due where failures < Self.hopeless {
            let outcome = await attempt(row, head, settings, outlet)
            switch outcome.refusal {
            case nil: failures = 0
            case let refusal? where refusal.concernsAll: failures = Self.hopeless
            case let refusal?: failures += refusal.kind == .never ? 0 : 1
            }
            outcomes.append(outcome)
            deferred = row.position
          }
        }
        await outlet.finish()
      })
  }

  private func attempt(
    _ row: MessageRow, _ head: Letterhead, _ settings: MailSettingsRow, _ outlet: any Mailbox
  ) async -> Outcome {
    do {
      let address = await address(of: row, below: head.portal)
      try await outlet.deliver(outgoing(message(row, head, leadingTo: address), settings))
      return Outcome(id: row.id, refusal: nil)
    } catch {
      return Outcome(
        id: row.id, refusal: error as? MailboxRefusal ?? MailboxRefusal(.later, words(of: error)))
    }
  }

  /// What staff read about a mailbox that did not take a message.
  func words(of error: any Error) -> String {
    switch error {
    case let refusal as MailboxRefusal: refusal.words
    case let error as any UserFacing: error.problem.detail.en
    default: "the mailbox did not take it"
    }
  }
}

private struct Outcome: Sendable {
  let id: MessageID
  /// Nil when the mailbox has it.
  let refusal: MailboxRefusal?
}

extension Transaction {
  /// The next messages that are due, within the limits of the settings. Where they go to a mail
  /// server they are marked as being handed over; one that was so marked before was handed over by a
  /// process that died, and its reader may have two copies under one Message-ID.
  fileprivate func take(
    _ size: Int, after position: Int64, _ settings: MailSettingsRow, _ zone: Zone
  ) throws -> [MessageRow] {
    var condition: SQL = "WHERE state = 'waiting' AND due_at <= \(now) AND position > \(position)"
    // Those to an address that letters come back from wait until it is right.
    condition =
      condition
        + """
        AND NOT EXISTS (SELECT 1 FROM notifications_address a
          WHERE a.id = notifications_message.recipient AND a.state = 'unreachable')
        """
    if settings.isQuiet(at: now, in: zone) {
      condition =
        condition
        + "AND weight = 'necessary' AND kind <> \(digestKind) AND kind <> \(reminderKind)"
    }
    if try mailHold() != nil { condition = condition + "AND let_go IS NOT NULL" }
    var room = size
    if settings.perMinute != nil || settings.perDomain != nil {
      let recent: [EmailAddress] = try rows(
        """
        SELECT recipient FROM notifications_message
        WHERE sent_at > \(now.advanced(bySeconds: -60)) AND sent_at <= \(now)
        """
      ).map { try $0.get("recipient") }
      if let limit = settings.perMinute { room = min(room, limit - recent.count) }
      guard room > 0 else { return [] }
      let domains = Dictionary(grouping: recent, by: \.domain).mapValues(\.count)
      for (domain, count) in domains.sorted(by: { $0.key < $1.key })
      where settings.perDomain.map({ count >= $0 }) ?? false {
        condition = condition + "AND recipient NOT LIKE \("%@" + domain)"
      }
    }
    let due = try select(MessageRow.self, condition + "ORDER BY position LIMIT \(room)")
    guard settings.host != nil else { return due }
    return try due.map { row in
      var row = row
      if row.handedAt != nil {
        row.fault = "may have been sent before; sent again under the same Message-ID"
      }
      row.handedAt = now
      try update(row)
      return row
    }
  }
}

/// The enhanced status in a server's words: `550 5.1.1 Nobody of that name`.
private func enhancedStatus(in words: String) -> String? {
  words.split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "#" }).prefix(4).first { word in
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3
      && parts.allSatisfy { (1...3).contains($0.utf8.count) && Int($0) != nil }
  }.map(String.init)
}

private func note(_ outcomes: [Outcome], in transaction: Transaction) throws {
  for outcome in outcomes {
    guard var row = try transaction.find(MessageRow.self, outcome.id), row.state == .waiting else {
      continue
    }
    row.attempts += 1
    // One that the server may have stays marked.
    if outcome.refusal?.kind != .uncertain { row.handedAt = nil }
    if let refusal = outcome.refusal {
      row.fault = refusal.words
      if refusal.kind != .never, row.attempts <= NotificationsModule.patience.count {
        row.dueAt = transaction.now.advanced(bySeconds: transaction.pause(after: row.attempts))
      } else {
        row.state = .failed
        if refusal.kind == .never, isHardStatus(enhancedStatus(in: refusal.words)) == true {
          try transaction.noteBounce(of: row, hard: true, saying: refusal.words)
        }
        try transaction.emit(
          DeliveryFailed(edition: row.editionId, message: row.id, recipient: row.recipient))
      }
    } else {
      row.state = .sent
      row.sentAt = transaction.now
      // What may be a second copy stays said.
      if row.fault?.hasPrefix("may have been sent") != true { row.fault = nil }
    }
    try transaction.update(row)
  }
}

extension Transaction {
  /// Growing pauses, up to a tenth longer, so that what failed together does not come back together.
  fileprivate func pause(after attempts: Int) -> Int64 {
    let pause = NotificationsModule.patience[attempts - 1]
    return pause + Int64(context.randomBits() % UInt64(pause / 10 + 1))
  }
}

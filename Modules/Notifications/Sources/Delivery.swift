internal import Kernel
internal import NotificationsAPI

extension NotificationsModule {
  /// How long to wait after each failure; after the last, a message has failed for good.
  static let patience: [Int64] = [60, 300, 1800, 7200, 21_600]
  /// So many failures in a row are the mailbox's fault, not the messages'.
  private static let hopeless = 5

  /// Hands what waits to the mailbox. A message is marked after the mailbox has it: a process that
  /// dies in between delivers it again under the same id, which is the same file.
  var deliverWaiting: Job {
    .every(
      seconds: 5, "notifications.deliver",
      outside: { run in
        var failures = 0
        while failures < Self.hopeless {
          let due = try await run.read { transaction in
            try transaction.select(
              MessageRow.self,
              """
              WHERE state = 'waiting' AND due_at <= \(transaction.now) ORDER BY position LIMIT 100
              """)
          }
          guard !due.isEmpty else { return }
          var outcomes: [(id: MessageID, fault: String?)] = []
          for row in due where failures < Self.hopeless {
            let fault = await attempt(row)
            failures = fault == nil ? 0 : failures + 1
            outcomes.append((row.id, fault))
          }
          let tried = outcomes
          try await run.write { try note(tried, in: $0) }
        }
      })
  }

  private func attempt(_ row: MessageRow) async -> String? {
    do {
      try await mailbox.deliver(
        OutgoingMessage(
          id: row.id.description, from: sender.email, to: row.recipient, bytes: message(row).bytes))
      return nil
    } catch {
      return words(of: error)
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

private func note(
  _ outcomes: [(id: MessageID, fault: String?)], in transaction: Transaction
) throws {
  for (id, fault) in outcomes {
    guard var row = try transaction.find(MessageRow.self, id), row.state == .waiting else {
      continue
    }
    row.attempts += 1
    row.fault = fault
    if fault == nil {
      row.state = .sent
      row.sentAt = transaction.now
    } else if row.attempts <= NotificationsModule.patience.count {
      row.dueAt = transaction.now.advanced(
        bySeconds: NotificationsModule.patience[row.attempts - 1])
    } else {
      row.state = .failed
      try transaction.emit(
        DeliveryFailed(edition: row.editionId, message: row.id, recipient: row.recipient))
    }
    try transaction.update(row)
  }
}

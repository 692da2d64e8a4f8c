internal import Kernel
internal import NotificationsAPI

/// The messages that are due, in the order they were written, read a window at a time.
struct MessageQueue: Sendable {
  struct Entry: Sendable {
    let id: MessageID
    let position: Int64
    let recipient: EmailAddress
  }
  private static let window = 2000
  /// More of those who must wait for their own are not looked for in one run.
  private static let mostHeld = 4000

  /// Passed over while their recipient had another under way.
  private var held: [Entry] = []
  private var fresh: ArraySlice<Entry> = []
  private var position: Int64 = 0
  private var isAtEnd = false

  /// The next that `isWelcome`, which is asked once for each; those for whom one is under way stay for
  /// later, so that nobody gets the second of two letters first.
  fileprivate mutating func next(
    _ busy: Set<EmailAddress>, isWelcome: (Entry) -> Bool,
    reading: (_ after: Int64, _ limit: Int) throws -> [Entry]
  ) throws -> Entry? {
    while let index = held.firstIndex(where: { !busy.contains($0.recipient) }) {
      let entry = held.remove(at: index)
      if isWelcome(entry) { return entry }
    }
    while true {
      while let entry = fresh.popFirst() {
        // Somebody's first letter is held: the second does not pass it.
        if busy.contains(entry.recipient) {
          held.append(entry)
        } else if isWelcome(entry) {
          return entry
        }
      }
      guard !isAtEnd, held.count < Self.mostHeld else { return nil }
      fresh = try reading(position, Self.window)[...]
      isAtEnd = fresh.count < Self.window
      position = fresh.last?.position ?? position
    }
  }
}

extension Transaction {
  /// The next messages that are due, within the limits of the settings and beside those `under` way. Where they go
  /// to a mail server they are marked as being handed over; one that was so marked before was handed over by
  /// a process that died, and its reader may have two copies under one Message-ID. They are given as
  /// they were before.
  func take(
    _ most: Int, from queue: inout MessageQueue, beside under: [EmailAddress],
    _ settings: MailSettingsRow, _ zone: Zone
  ) throws -> [MessageRow] {
    var room = most
    let limits = try limits(settings, beside: under)
    if let left = limits.left { room = min(room, left) }
    guard room > 0 else { return [] }
    let condition = try due(settings, zone)
    var byDomain = limits.byDomain
    var busy = Set(under)
    while true {
      let picked = try pick(
        room, from: &queue, &busy, &byDomain, atMost: settings.perDomain, condition)
      guard !picked.isEmpty else { return [] }
      // They may have changed since they were listed.
      let due = try select(
        MessageRow.self, condition + "AND id IN \(list: picked) ORDER BY position")
      guard !due.isEmpty else { continue }
      if settings.host != nil {
        try execute(
          """
          UPDATE notifications_message SET handed_at = \(now),
            fault = CASE WHEN handed_at IS NULL THEN fault ELSE \(MessageRow.maybeTwice) END
          WHERE id IN \(list: due.map(\.id))
          """)
      }
      return due
    }
  }

  /// The next that may be sent, as listed: no two for one recipient.
  private func pick(
    _ room: Int, from queue: inout MessageQueue, _ busy: inout Set<EmailAddress>,
    _ byDomain: inout [String: Int], atMost perDomain: Int?, _ condition: SQL
  ) throws -> [MessageID] {
    var picked: [MessageID] = []
    while picked.count < room,
      let entry = try queue.next(
        busy,
        isWelcome: { entry in
          perDomain.map { byDomain[entry.recipient.domain, default: 0] < $0 } ?? true
        },
        reading: { position, limit in
          try rows(
            """
            SELECT id, position, recipient FROM notifications_message
            \(part: condition) AND position > \(position) ORDER BY position LIMIT \(limit)
            """
          ).map {
            MessageQueue.Entry(
              id: try $0.get("id"), position: try $0.get("position"),
              recipient: try $0.get("recipient"))
          }
        })
    {
      picked.append(entry.id)
      busy.insert(entry.recipient)
      if perDomain != nil { byDomain[entry.recipient.domain, default: 0] += 1 }
    }
    return picked
  }

  /// Which messages may leave now.
  private func due(_ settings: MailSettingsRow, _ zone: Zone) throws -> SQL {
    // Those to an address that letters come back from wait until it is right.
    var condition: SQL =
      """
      WHERE state = 'waiting' AND due_at <= \(now) AND NOT EXISTS (SELECT 1 FROM notifications_address a
        WHERE a.id = notifications_message.recipient AND a.state = 'unreachable')
      """
    if settings.isQuiet(at: now, in: zone) {
      condition =
        condition
        + "AND weight = 'necessary' AND kind <> \(digestKind) AND kind <> \(reminderKind)"
    }
    if try mailHold() != nil { condition = condition + "AND let_go IS NOT NULL" }
    return condition
  }

  /// What the limits a minute leave, and what went to each domain; those under way count.
  private func limits(
    _ settings: MailSettingsRow, beside under: [EmailAddress]
  ) throws -> (left: Int?, byDomain: [String: Int]) {
    guard settings.perMinute != nil || settings.perDomain != nil else { return (nil, [:]) }
    let recent: [EmailAddress] = try rows(
      """
      SELECT recipient FROM notifications_message
      WHERE sent_at > \(now.advanced(bySeconds: -60)) AND sent_at <= \(now)
      """
    ).map { try $0.get("recipient") }
    let counted = recent + under
    return (
      settings.perMinute.map { $0 - counted.count },
      Dictionary(grouping: counted, by: \.domain).mapValues(\.count)
    )
  }

  /// Writes down what became of messages.
  func note(_ outcomes: [DeliveryOutcome]) throws {
    var taken: [MessageID] = []
    for outcome in outcomes {
      switch outcome.result {
      case .taken: taken.append(outcome.row.id)
      case .refused(let refusal): try note(refusal, of: outcome.row.id)
      case .untouched:
        try execute(
          """
          UPDATE notifications_message
          SET handed_at = \(outcome.row.handedAt), fault = \(outcome.row.fault)
          WHERE id = \(outcome.row.id) AND state = 'waiting'
          """)
      }
    }
    guard !taken.isEmpty else { return }
    // What may be a second copy stays said.
    try execute(
      """
      UPDATE notifications_message SET state = 'sent', sent_at = \(now), attempts = attempts + 1,
        handed_at = NULL, fault = CASE WHEN fault = \(MessageRow.maybeTwice) THEN fault END
      WHERE state = 'waiting' AND id IN \(list: taken)
      """)
  }

  private func note(_ refusal: MailboxRefusal, of id: MessageID) throws {
    guard var row = try find(MessageRow.self, id), row.state == .waiting else { return }
    row.attempts += 1
    // One that the server may have stays marked.
    if refusal.kind != .uncertain { row.handedAt = nil }
    row.fault = refusal.words
    if refusal.kind != .never, row.attempts <= NotificationsModule.patience.count {
      row.dueAt = now.advanced(bySeconds: pause(after: row.attempts))
    } else {
      row.state = .failed
      if refusal.kind == .never, isHardStatus(enhancedStatus(in: refusal.words)) == true {
        try noteBounce(of: row, hard: true, saying: refusal.words)
      }
      try emit(DeliveryFailed(edition: row.editionId, message: row.id, recipient: row.recipient))
    }
    try update(row)
  }

  /// Growing pauses, up to a tenth longer, so that what failed together does not come back together.
  private func pause(after attempts: Int) -> Int64 {
    let pause = NotificationsModule.patience[attempts - 1]
    return pause + Int64(context.randomBits() % UInt64(pause / 10 + 1))
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

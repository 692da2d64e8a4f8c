internal import Kernel

extension WebhooksModule {
  /// How long to wait after each failure; after the last, a message has failed for good.
  static let patience: [Int64] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
  /// A webhook that took nothing for so long is stopped.
  static let hopelessDays: Int64 = 5
  private static let atOnce = 8
  private static let batch = 50
  /// How long one webhook is told things in one round (s).
  private static let turn: Int64 = 10

  /// Reads what was said since, writes down whom to tell, and tells them: several at once, each in order,
  /// and one that fails rests.
  var deliver: Job {
    .every(
      seconds: 5, "webhooks.deliver",
      outside: { run in
        while try await run.write({ try $0.fanOut() }) {}
        let (rows, isAllowed) = try await run.read { transaction in
          (
            try transaction.select(
              WebhookRow.self,
              """
              WHERE state = 'enabled' AND (rest_until IS NULL OR rest_until <= \(transaction.now))
                AND EXISTS (SELECT 1 FROM webhooks_delivery d WHERE d.endpoint = webhooks_endpoint.id
                  AND d.state = 'pending' AND d.due_at <= \(transaction.now))
              ORDER BY id
              """), try transaction.webhookSettings().allowPrivate
          )
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
          for (index, row) in rows.enumerated() {
            if index >= Self.atOnce { try await group.next() }
            group.addTask { try await send(to: row, allowingPrivate: isAllowed, run) }
          }
          try await group.waitForAll()
        }
      })
  }

  private func send(
    to webhook: WebhookRow, allowingPrivate isAllowed: Bool, _ run: JobRun
  ) async throws {
    let due = try await run.read { transaction in
      try transaction.select(
        WebhookDeliveryRow.self,
        """
        WHERE endpoint = \(webhook.id) AND state = 'pending' AND due_at <= \(transaction.now)
        ORDER BY position LIMIT \(webhook.failingSince == nil ? Self.batch : 1)
        """)
    }
    var webhook = webhook
    let began = host.clock.now
    // A slow receiver has its next turn in the next round: whatever else is due waits for this one.
    for delivery in due where host.clock.now < began.advanced(bySeconds: Self.turn) {
      let body = Array(delivery.body.utf8)
      let headers = StandardWebhook.headers(
        id: delivery.message, seconds: host.clock.now.milliseconds / 1000, body: body,
        secrets: webhook.secrets(at: host.clock.now), webhook.signing)
      let outcome = await carrier.post(
        body, to: webhook.url, headers, allowingPrivate: isAllowed)
      let current = try await run.write { try $0.note(outcome, of: delivery.id) }
      guard outcome.isDelivered, let current, current.state == .enabled else { return }
      webhook = current
    }
  }
}

private let cursor = "events"

extension Transaction {
  /// Writes down whom to tell of the next facts. Returns whether there may be more.
  fileprivate func fanOut() throws -> Bool {
    let known = try rows("SELECT sequence FROM webhooks_cursor WHERE id = \(cursor)").first?
      .get("sequence", as: Int64.self)
    guard let known else { return false }
    let webhooks = try select(WebhookRow.self, "WHERE state = 'enabled' ORDER BY id")
    guard !webhooks.isEmpty else {
      // Each begins with what is said after it: what is said to nobody need not be read.
      try execute(
        """
        UPDATE webhooks_cursor SET sequence = (SELECT MAX(sequence) FROM kernel_event)
        WHERE id = \(cursor) AND sequence < (SELECT MAX(sequence) FROM kernel_event)
        """)
      return false
    }
    let said = try rows(
      """
      SELECT id, sequence, name, edition_id, payload, occurred_at FROM kernel_event
      WHERE sequence > \(known) ORDER BY sequence LIMIT 500
      """)
    guard let last = try said.last?.get("sequence", as: Int64.self) else { return false }
    for row in said {
      let type: String = try row.get("name")
      let edition: EditionID? = try row.get(ifPresent: "edition_id")
      let sequence: Int64 = try row.get("sequence")
      for webhook in webhooks
      where webhook.fromSequence < sequence && webhook.wants(type, of: edition) {
        try queue(try EventNotice(row), as: try row.get("id"), to: webhook, under: newID())
      }
    }
    try execute("UPDATE webhooks_cursor SET sequence = \(last) WHERE id = \(cursor)")
    return said.count == 500
  }

  /// What came of a try: for the message, and for the webhook. Returns the webhook as it is now; nil
  /// where nobody waits for this any more.
  fileprivate func note(
    _ outcome: WebhookOutcome, of id: WebhookDeliveryID
  ) throws -> WebhookRow? {
    guard var delivery = try find(WebhookDeliveryRow.self, id), delivery.state == .pending,
      var webhook = try find(WebhookRow.self, delivery.endpoint)
    else { return nil }
    let number = try count(WebhookAttemptRow.self, "WHERE delivery = \(id)") + 1
    try insert(
      WebhookAttemptRow(
        id: "\(id)/\(number)", delivery: id, at: now, status: outcome.status, fault: outcome.fault,
        answer: outcome.answer))
    delivery.attempts += 1
    if outcome.isDelivered {
      delivery.state = .delivered
      if webhook.failingSince != nil {
        (webhook.failingSince, webhook.restUntil) = (nil, nil)
        try update(&webhook)
      }
    } else if outcome.status == 410 {
      delivery.state = .failed
      try stop(&webhook, "it answered that it is gone (410)")
    } else {
      let pauses = WebhooksModule.patience
      if delivery.attempts <= pauses.count {
        let pause = max(pauses[delivery.attempts - 1], outcome.retryAfter ?? 0)
        // What failed together does not come back together.
        let spread = Int64(context.randomBits() % UInt64(pause / 10 + 2))
        delivery.dueAt = now.advanced(bySeconds: pause + spread)
      } else {
        delivery.state = .failed
      }
      let since = webhook.failingSince ?? now
      webhook.failingSince = since
      webhook.restUntil = min(delivery.dueAt, now.advanced(bySeconds: 300))
      // Before what may fail all that waits.
      try update(delivery)
      if since.advanced(byDays: WebhooksModule.hopelessDays) <= now {
        try stop(&webhook, "it took nothing for \(WebhooksModule.hopelessDays) days")
      } else {
        try update(&webhook)
      }
      return webhook
    }
    try update(delivery)
    return webhook
  }

  private func stop(_ webhook: inout WebhookRow, _ fault: String) throws {
    webhook.state = .disabled
    webhook.fault = fault
    if webhook.failingSince == nil { webhook.failingSince = now }
    try update(&webhook)
    try execute(
      "UPDATE webhooks_delivery SET state = 'failed' WHERE endpoint = \(webhook.id) AND state = 'pending'"
    )
  }
}

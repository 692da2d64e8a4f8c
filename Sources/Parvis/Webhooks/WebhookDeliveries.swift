internal import Kernel

/// A message of the delivery log.
struct WebhookDeliveryLine: Codable, Sendable {
  let id: WebhookDeliveryID
  let message: String
  let type: String
  let state: WebhookDeliveryState
  let attempts: Int
  let dueAt: Instant
  let createdAt: Instant

  init(_ row: WebhookDeliveryRow) {
    id = row.id
    message = row.message
    type = row.type
    state = row.state
    attempts = row.attempts
    dueAt = row.dueAt
    createdAt = row.createdAt
  }
}

/// The same, with what was sent and what came of each try.
struct WebhookDeliveryView: Codable, Sendable {
  struct Attempt: Codable, Sendable {
    let at: Instant
    let status: Int?
    let fault: String?
    let answer: String
  }
  let delivery: WebhookDeliveryLine
  let webhook: WebhookID
  let body: JSON
  let tries: [Attempt]
}

extension WebhooksModule {
  @UseCases var aboutWebhookDeliveries: [Endpoint] {
    listDeliveries
    showDelivery
    replayDeliveries
    testWebhook
  }

  private static let words = One.labels.merging([
    "delivery": Label(en: "Delivery", fr: "Remise"),
    "since": Label(
      en: "Since", fr: "Depuis",
      hint: Words(
        en: "All that failed since this moment.", fr: "Tout ce qui a échoué depuis ce moment.")),
  ]) { first, _ in first }

  struct Deliveries: Codable, Sendable, Labelled {
    let webhook: WebhookID
    let state: WebhookDeliveryState?
    let after: PageMark?
    let limit: PageSize?
    static let labels = words
  }
  struct OneDelivery: Codable, Sendable, Labelled {
    let delivery: WebhookDeliveryID
    static let labels = words
  }
  struct Replay: Codable, Sendable, Labelled {
    let webhook: WebhookID
    let delivery: WebhookDeliveryID?
    let since: Instant?
    static let labels = words
  }
  struct Replayed: Codable, Sendable {
    let count: Int
  }

  var listDeliveries: UseCase<Deliveries, Page<WebhookDeliveryLine>> {
    .query(
      "webhooks.deliveries", "/webhooks/{webhook}/deliveries", by: [.administrator],
      Words(
        en: "List what a webhook was told, the newest first",
        fr: "Lister ce qui a été dit à un webhook, le plus récent d’abord")
    ) { (input: Deliveries, transaction) in
      _ = try transaction.get(WebhookRow.self, input.webhook)
      let state: SQL = input.state.map { "AND state = \($0.rawValue)" } ?? ""
      return try transaction.page(
        WebhookDeliveryRow.self, where: "endpoint = \(input.webhook) \(part: state)",
        by: "position", descending: true, after: input.after, limit: input.limit
      ).map(WebhookDeliveryLine.init)
    }
  }

  var showDelivery: UseCase<OneDelivery, WebhookDeliveryView> {
    .query(
      "webhooks.delivery", "/webhook-deliveries/{delivery}", by: [.administrator],
      Words(
        en: "Show what was sent and what came of each try",
        fr: "Montrer ce qui a été envoyé et le résultat de chaque essai")
    ) { (input: OneDelivery, transaction) in
      guard let row = try transaction.find(WebhookDeliveryRow.self, input.delivery) else {
        throw Problem.notFound(WebhookDeliveryRow.noun, input.delivery)
      }
      let tries = try transaction.select(
        WebhookAttemptRow.self, "WHERE delivery = \(row.id) ORDER BY at, id")
      return WebhookDeliveryView(
        delivery: WebhookDeliveryLine(row), webhook: row.endpoint,
        body: try JSON(parsing: row.body),
        tries: tries.map {
          WebhookDeliveryView.Attempt(
            at: $0.at, status: $0.status, fault: $0.fault, answer: $0.answer)
        })
    }
  }

  var replayDeliveries: UseCase<Replay, Replayed> {
    .command(
      "webhooks.replay", .post, "/webhooks/{webhook}/replay", by: [.administrator],
      Words(
        en: "Send again: one delivery, or all that failed since a moment, under the same ids",
        fr: "Renvoyer : une remise, ou toutes celles en échec depuis un moment, sous les mêmes ids")
    ) { (input: Replay, transaction) in
      let row = try transaction.get(WebhookRow.self, input.webhook)
      let which: SQL
      switch (input.delivery, input.since) {
      case (let delivery?, nil): which = "AND id = \(delivery) AND state <> 'pending'"
      case (nil, let since?): which = "AND state = 'failed' AND created_at >= \(since)"
      default:
        throw Problem.invalid(
          "delivery", en: "name a delivery, or a moment", fr: "nommez une remise, ou un moment")
      }
      let count = try transaction.execute(
        """
        UPDATE webhooks_delivery SET state = 'pending', attempts = 0, due_at = \(transaction.now)
        WHERE endpoint = \(row.id) \(part: which)
        """)
      if let delivery = input.delivery, count == 0 {
        throw Problem.notFound(WebhookDeliveryRow.noun, delivery)
      }
      return Replayed(count: count)
    }
  }

  var testWebhook: UseCase<One, WebhookDeliveryLine> {
    .command(
      "webhooks.test", .post, "/webhooks/{webhook}/test", by: [.administrator],
      Words(
        en: "Send a webhook a message of the type webhooks.test",
        fr: "Envoyer à un webhook un message du type webhooks.test")
    ) { (input: One, transaction) in
      let row = try transaction.get(WebhookRow.self, input.webhook)
      let id: WebhookDeliveryID = transaction.newID()
      let notice = EventNotice(
        type: "webhooks.test", timestamp: transaction.now,
        data: ["webhook": .string(row.id.description)])
      return WebhookDeliveryLine(
        try transaction.queue(notice, as: id.description, to: row, under: id))
    }
  }
}

extension Transaction {
  /// Writes down that a webhook is to be told.
  @discardableResult
  func queue(
    _ notice: EventNotice, as message: String, to webhook: WebhookRow, under id: WebhookDeliveryID
  ) throws -> WebhookDeliveryRow {
    let row = WebhookDeliveryRow(
      id: id, position: try nextNumber(of: "webhooks.delivery"),
      endpoint: webhook.id, message: message, type: notice.type,
      body: try JSON.text(of: notice), state: .pending, attempts: 0, dueAt: now, createdAt: now)
    try insert(row)
    return row
  }
}

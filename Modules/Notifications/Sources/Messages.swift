internal import Kernel
internal import NotificationsAPI

/// A message in the log.
struct MessageLine: Codable, Sendable {
  let id: MessageID
  let edition: EditionID?
  let kind: String
  let recipient: EmailAddress
  let recipientName: Name
  let language: Language
  let subject: String
  let state: MessageState
  let attempts: Int
  let fault: String?
  let createdAt: Instant
  let sentAt: Instant?
  /// What came back for it.
  let returned: ReturnKind?

  init(_ row: MessageRow) {
    id = row.id
    edition = row.editionId
    kind = row.kind
    recipient = row.recipient
    recipientName = row.recipientName
    language = row.language
    subject = row.subject
    state = row.state
    attempts = row.attempts
    fault = row.fault
    createdAt = row.createdAt
    sentAt = row.sentAt
    returned = row.returned
  }
}

/// A message as its recipient reads it.
struct MessageView: Codable, Sendable {
  let id: MessageID
  let edition: EditionID?
  let kind: String
  let recipient: EmailAddress
  let recipientName: Name
  let language: Language
  let subject: String
  let text: String
  let state: MessageState
  let attempts: Int
  let dueAt: Instant
  let fault: String?
  let createdAt: Instant
  let sentAt: Instant?
  /// The digest it went out with.
  let digest: MessageID?
  /// What came back for it.
  let returned: ReturnKind?
}

extension NotificationsModule {
  @UseCases var aboutMessages: [Endpoint] {
    listMessages
    showMessage
    retryMessage
  }

  struct List: Codable, Sendable {
    let edition: EditionID?
    let state: MessageState?
    let kind: Key?
    let recipient: EmailAddress?
    let after: MessageID?
    let limit: Whole<1, 500>?
  }
  struct OneMessage: Codable, Sendable {
    let message: MessageID
  }

  var listMessages: UseCase<List, Page<MessageLine>> {
    .query(
      "notifications.messages", "/messages", by: .staff,
      Words(en: "List the messages written to people", fr: "Lister les messages écrits")
    ) { (input: List, transaction) in
      var condition: SQL = "WHERE 1 = 1"
      if let edition = input.edition { condition = condition + "AND edition_id = \(edition)" }
      if let state = input.state { condition = condition + "AND state = \(state.rawValue)" }
      if let kind = input.kind { condition = condition + "AND kind = \(kind)" }
      if let recipient = input.recipient {
        condition = condition + "AND recipient = \(recipient)"
      }
      // In the order written: many are written in one moment, where ids say nothing about it.
      if let after = input.after {
        condition = condition + "AND position > \(try message(after, in: transaction).position)"
      }
      let size = input.limit?.value ?? 100
      let found = try transaction.select(
        MessageRow.self, condition + "ORDER BY position LIMIT \(size + 1)")
      let items = Array(found.prefix(size))
      return Page(
        items: items.map(MessageLine.init),
        next: found.count > size ? items.last?.id.description : nil)
    }
  }

  var showMessage: UseCase<OneMessage, MessageView> {
    .query(
      "notifications.message", "/messages/{message}", by: .staff,
      Words(en: "Show a message as it reads", fr: "Montrer un message tel qu’il se lit"),
      asking: { _, _ in try await masthead() }
    ) { (input: OneMessage, masthead, transaction) in
      view(
        of: try message(input.message, in: transaction),
        letterhead(try transaction.mailSettings(), masthead))
    }
  }

  var retryMessage: UseCase<OneMessage, MessageView> {
    .command(
      "notifications.retry", .post, "/messages/{message}/retry", by: .staff,
      Words(
        en: "Try again to deliver a message that failed for good",
        fr: "Réessayer d’envoyer un message en échec définitif"),
      problems: ["notifications/not-failed", "notifications/text-gone"],
      asking: { _, _ in try await masthead() }
    ) { (input: OneMessage, masthead, transaction) in
      var row = try message(input.message, in: transaction)
      guard row.state == .failed else { throw NotificationsError.notFailed(row.state) }
      guard !row.body.isEmpty else { throw NotificationsError.textGone }
      row.state = .waiting
      row.attempts = 0
      row.dueAt = transaction.now
      try transaction.update(row)
      return view(of: row, letterhead(try transaction.mailSettings(), masthead))
    }
  }

  private func message(_ id: MessageID, in connection: any Connection) throws -> MessageRow {
    guard let row = try connection.find(MessageRow.self, id) else {
      throw Problem.notFound(MessageRow.noun, id)
    }
    return row
  }

  private func view(of row: MessageRow, _ head: Letterhead) -> MessageView {
    MessageView(
      id: row.id, edition: row.editionId, kind: row.kind, recipient: row.recipient,
      recipientName: row.recipientName, language: row.language, subject: row.subject,
      text: row.body.isEmpty
        ? Words(en: "(The text is not kept.)", fr: "(Le texte n’est pas gardé.)")[row.language]
        : text(of: row, head), state: row.state, attempts: row.attempts, dueAt: row.dueAt,
      fault: row.fault, createdAt: row.createdAt, sentAt: row.sentAt, digest: row.digest,
      returned: row.returned)
  }
}

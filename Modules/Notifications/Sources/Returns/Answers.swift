internal import Kernel
internal import NotificationsAPI

/// What somebody wrote back.
struct AnswerLine: Codable, Sendable {
  let id: AnswerID
  let message: MessageID
  let edition: EditionID?
  /// The kind of letter it answers.
  let kind: String
  /// The page that letter led to.
  let page: String?
  let sender: EmailAddress
  let senderName: Name
  let text: String
  let at: Instant
  let readAt: Instant?

  init(_ row: AnswerRow) {
    id = row.id
    message = row.message
    edition = row.editionId
    kind = row.kind
    page = row.page
    sender = row.sender
    senderName = row.senderName
    text = row.body
    at = row.at
    readAt = row.readAt
  }
}

extension NotificationsModule {
  @UseCases var aboutAnswers: [Endpoint] {
    listAnswers
    readAnswer
  }

  struct Answers: Codable, Sendable, Labelled {
    let sender: EmailAddress?
    let unread: Bool?
    let after: PageMark?
    let limit: PageSize?
    static let labels = [
      "sender": Label(en: "From", fr: "De"),
      "unread": Label(en: "Only those nobody has read", fr: "Seulement les non lues"),
    ]
  }
  struct OneAnswer: Codable, Sendable, Labelled {
    let answer: AnswerID
    static let labels = ["answer": Label(en: "Answer", fr: "Réponse")]
  }

  var listAnswers: UseCase<Answers, Page<AnswerLine>> {
    .query(
      "notifications.answers", "/mail-answers", by: .staff,
      Words(
        en: "List what people wrote back to letters; none of it confirms or consents to anything",
        fr: "Lister ce qui a été répondu aux lettres ; rien n’y vaut confirmation ni consentement")
    ) { (input: Answers, transaction) in
      var condition: SQL = "1 = 1"
      if let sender = input.sender { condition = condition + "AND sender = \(sender)" }
      if input.unread == true { condition = condition + "AND read_at IS NULL" }
      return try transaction.page(
        AnswerRow.self, where: condition, by: "at", "id", descending: true, after: input.after,
        limit: input.limit
      ).map(AnswerLine.init)
    }
  }

  var readAnswer: UseCase<OneAnswer, AnswerLine> {
    .command(
      "notifications.read-answer", .post, "/mail-answers/{answer}/read", by: .staff,
      Words(
        en: "Note that an answer was read and is seen to",
        fr: "Noter qu’une réponse a été lue et suivie")
    ) { (input: OneAnswer, transaction) in
      guard var row = try transaction.find(AnswerRow.self, input.answer) else {
        throw Problem.notFound(AnswerRow.noun, input.answer)
      }
      if row.readAt == nil {
        row.readAt = transaction.now
        try transaction.update(row)
      }
      return AnswerLine(row)
    }
  }
}

internal import Kernel
internal import NotificationsAPI

/// Where a letter leads: the page of the portal, and what doing it is called.
struct Door: Codable, Sendable, Equatable {
  /// Below the portal: `/missions/…`.
  let path: String
  let words: Words
}

/// What a letter says between its head and its end, in the recipient's language.
struct LetterText: Sendable {
  struct Link: Sendable, Equatable {
    let words: String
    let address: String
  }

  /// Paragraphs between empty lines; lines that begin with two spaces are a list or a table.
  let body: String
  let door: Link?
  /// How to be written to less, where there is a choice.
  let choice: String?
}

extension NotificationsModule {
  /// What the recipient reads: salutation, body, close.
  func text(of row: MessageRow, _ head: Letterhead) -> String {
    message(row, head).plain
  }

  func message(_ row: MessageRow, _ head: Letterhead) -> MIMEMessage {
    let language = row.language
    let link = head.portal.flatMap { portal in
      row.door.map { LetterText.Link(words: $0.words[language], address: portal + $0.path) }
    }
    return MIMEMessage(
      id: row.id.description, head: head,
      to: Contact(name: row.recipientName, email: row.recipient, language: language),
      subject: row.subject,
      text: LetterText(
        body: row.body, door: link,
        choice: row.weight == .necessary && row.kind != digestKind ? nil : choice(language)),
      date: row.createdAt, thread: row.thread, unsubscribe: unsubscription(row, head),
      invitations: row.invitations ?? [])
  }

  /// A letter that need not come says how to have fewer.
  private func choice(_ language: Language) -> String {
    Words(
      en: "Would you like fewer messages, or one a day? Answer this one: we will see to it.",
      fr: """
        Vous préférez moins de messages, ou un seul par jour ? Ce sont vos préférences : répondez \
        à celui-ci, et nous les notons.
        """)[language]
  }

  /// RFC 2369 and 8058: what may be refused carries the way to refuse it.
  private func unsubscription(_ row: MessageRow, _ head: Letterhead) -> Unsubscription? {
    guard row.weight != .necessary || row.kind == digestKind else { return nil }
    return Unsubscription(
      mail: head.replyTo,
      address: head.portal.flatMap { portal in
        row.ticket.map { "\(portal)/v1/unsubscriptions/\($0)" }
      })
  }
}

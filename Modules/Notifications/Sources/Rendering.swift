internal import Kernel
internal import NotificationsAPI

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
    // As the log shows it: a link that signs nobody in.
    let address = head.portal.flatMap { portal in row.door.map { portal + $0.path } }
    return message(row, head, leadingTo: address).plain
  }

  /// `address` is where its button leads.
  func message(
    _ row: MessageRow, _ head: Letterhead, leadingTo address: String?
  ) -> MIMEMessage {
    let language = row.language
    let link = address.flatMap { address in
      row.door.map { LetterText.Link(words: $0.words[language], address: address) }
    }
    return MIMEMessage(
      id: row.id.description, head: head,
      to: Contact(name: row.recipientName, email: row.recipient, language: language),
      subject: row.subject,
      text: LetterText(
        body: row.body, door: link,
        choice: Mail.mayBeRefused(row.kind, row.weight) ? choice(language, head.portal) : nil),
      date: row.createdAt, thread: row.thread, unsubscribe: unsubscription(row, head),
      invitations: row.invitations ?? [])
  }

  /// A letter that need not come says how to have fewer.
  func choice(_ language: Language, _ portal: String?) -> String {
    if let portal {
      return Words(
        en: "Would you like fewer messages, or one a day? Choose here: \(portal)/my-letters",
        fr:
          "Vous préférez moins de messages, ou un seul par jour ? Choisissez ici : \(portal)/my-letters"
      )[language]
    }
    return Words(
      en: "Would you like fewer messages, or one a day? Answer this one: we will see to it.",
      fr: """
        Vous préférez moins de messages, ou un seul par jour ? Ce sont vos préférences : répondez \
        à celui-ci, et nous les notons.
        """)[language]
  }

  /// RFC 2369 and 8058: what may be refused carries the way to refuse it.
  private func unsubscription(_ row: MessageRow, _ head: Letterhead) -> Unsubscription? {
    guard Mail.mayBeRefused(row.kind, row.weight) else { return nil }
    return Unsubscription(
      mail: head.replyTo,
      address: head.portal.flatMap { portal in
        row.ticket.map { "\(portal)/v1/unsubscriptions/\($0)" }
      }, ticket: row.ticket)
  }
}

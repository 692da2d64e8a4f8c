internal import Kernel
internal import NotificationsAPI

/// How much a message matters to its recipient.
enum Weight: String, Codable, Sendable, CaseIterable {
  /// They have to know or act by a date: always sent, at once.
  case necessary
  case normal
  /// Good to know: only ever a part of a digest.
  case summary

  /// Where a message of this weight starts for somebody who chose `choice`.
  func start(for choice: DigestChoice) -> MessageState {
    switch (self, choice) {
    case (.necessary, _), (.normal, .each): .waiting
    case (.normal, .daily), (.summary, .each), (.summary, .daily): .held
    case (.normal, .noneButNecessary), (.summary, .noneButNecessary): .withheld
    }
  }
}

struct MessageRow: Record {
  static let table = "notifications_message"
  static let noun = Words(en: "message", fr: "message")

  let id: MessageID
  /// Messages leave in the order they were written.
  let position: Int64
  let editionId: EditionID?
  let kind: String
  /// What it is written for; nobody gets two messages for one occasion.
  let occasion: String
  let recipient: EmailAddress
  let recipientName: Name
  let language: Language
  let subject: String
  /// Without salutation and close.
  let body: String
  let weight: Weight
  var state: MessageState
  var attempts: Int
  var dueAt: Instant
  var fault: String?
  let createdAt: Instant
  var sentAt: Instant?
  /// The digest it went out with.
  var digest: MessageID?
}

struct PreferenceRow: Record {
  static let table = "notifications_preference"

  let id: EmailAddress
  var digest: DigestChoice
  var setAt: Instant
}

extension Connection {
  func choice(of recipient: EmailAddress) throws -> DigestChoice {
    try find(PreferenceRow.self, recipient)?.digest ?? .each
  }
}

extension Transaction {
  func nextPosition() throws -> Int64 {
    try nextNumber(
      of: "notifications.message",
      after: rows("SELECT COALESCE(MAX(position), 0) AS last FROM notifications_message").first?
        .get("last") ?? 0)
  }

  /// Writes a message down unless its recipient has one for this occasion. What is written down is
  /// sent: the delivery job takes it from here.
  @discardableResult
  func post(
    _ kind: String, for occasion: String, to contact: Contact, subject: String, body: String,
    weight: Weight, edition: EditionID?
  ) throws -> MessageID? {
    let known = try count(
      MessageRow.self, "WHERE occasion = \(occasion) AND recipient = \(contact.email)")
    guard known == 0 else { return nil }
    let row = MessageRow(
      id: newID(), position: try nextPosition(), editionId: edition, kind: kind, occasion: occasion,
      recipient: contact.email, recipientName: contact.name, language: contact.language,
      subject: subject, body: body, weight: weight,
      state: weight.start(for: try choice(of: contact.email)), attempts: 0, dueAt: now, fault: nil,
      createdAt: now, sentAt: nil, digest: nil)
    try insert(row)
    return row.id
  }
}

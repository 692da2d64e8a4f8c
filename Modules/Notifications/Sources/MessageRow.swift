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
    case (_, .noneButNecessary): .withheld
    case (.normal, _), (.summary, _): .held
    }
  }

  /// When what is held leaves: with the digest of the day or the week; summaries, for those who chose
  /// neither, once a month.
  func release(for choice: DigestChoice, after now: Instant, in zone: Zone) -> Instant {
    let today = zone.day(of: now)
    switch choice {
    case .daily: return zone.end(of: today)
    case .weekly: return zone.start(of: today.nextMonday)
    case .each, .noneButNecessary: return zone.start(of: today.firstOfNextMonth)
    }
  }
}

struct MessageRow: Record {
  static let table = "notifications_message"
  static let noun = Words(en: "message", fr: "message")
  /// What the log says of one that a server may have from before.
  static let maybeTwice = "may have been sent before; sent again under the same Message-ID"

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
  /// What it belongs to, for mail programs.
  let thread: String?
  let door: Door?
  let invitations: [Invitation]?
  /// Minutes that a digest adds up with those of its kind about the same thing.
  let amount: Int?
  let about: String?
  /// Lets whoever has the letter refuse its kind.
  let ticket: String?
  var state: MessageState
  var attempts: Int
  var dueAt: Instant
  var fault: String?
  /// When it was last handed to a mail server whose answer is not known.
  var handedAt: Instant?
  let createdAt: Instant
  var sentAt: Instant?
  /// The digest it went out with.
  var digest: MessageID?
  /// What came back for it.
  var returned: ReturnKind?
}

/// What somebody chose, for one kind of message or for all others.
struct ChoiceRow: Record {
  static let table = "notifications_choice"
  static let all = "*"

  /// `<recipient>/<kind>`, `*` for all.
  let id: String
  let recipient: EmailAddress
  let kind: String
  var digest: DigestChoice
  var setAt: Instant

  static func id(_ recipient: EmailAddress, _ kind: String?) -> String {
    "\(recipient)/\(kind ?? all)"
  }
}

extension Connection {
  /// What holds for a kind of message: what was chosen for it, else for all.
  func choice(of recipient: EmailAddress, for kind: String? = nil) throws -> DigestChoice {
    if let kind, let row = try find(ChoiceRow.self, ChoiceRow.id(recipient, kind)) {
      return row.digest
    }
    return try find(ChoiceRow.self, ChoiceRow.id(recipient, nil))?.digest ?? .each
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
    _ post: Post, to contact: Contact, as standing: Reader.Standing? = nil, in zone: Zone
  ) throws -> MessageID? {
    guard !Pseudonym.has(contact.email), try !isRestricted(contact) else { return nil }
    let known = try count(
      MessageRow.self, "WHERE occasion = \(post.occasion) AND recipient = \(contact.email)")
    guard known == 0 else { return nil }
    var choice = try choice(of: contact.email, for: post.kind)
    if post.weight == .normal, choice == .each,
      try hasEnough(contact.email, on: zone.day(of: now), in: zone)
    {
      choice = .daily
    }
    let state = post.weight.start(for: choice)
    let language = contact.language
    let row = MessageRow(
      id: newID(), position: try nextPosition(), editionId: post.edition, kind: post.kind,
      occasion: post.occasion, recipient: contact.email, recipientName: contact.name,
      language: language, subject: Subject.fitted(post.subject[language]),
      body: post.body[language], weight: post.weight, thread: post.thread,
      door: post.door?.opened(to: standing, from: now),
      invitations: post.invitations.isEmpty
        ? nil : post.invitations.map { $0.invitation(in: language) },
      amount: post.tally?.minutes, about: post.tally?.about.description,
      ticket: Mail.mayBeRefused(post.kind, post.weight)
        ? context.newID(ID<TicketEntity>.self).description : nil, state: state,
      attempts: 0,
      dueAt: state == .held ? post.weight.release(for: choice, after: now, in: zone) : now,
      fault: nil, handedAt: nil, createdAt: now, sentAt: nil, digest: nil, returned: nil)
    try insert(row)
    return row.id
  }
}

private enum TicketEntity {}

/// A message before it has a recipient.
struct Post: Sendable {
  let kind: String
  /// What it is written for; nobody gets two messages for one occasion.
  let occasion: String
  let subject: Words
  let body: Words
  let weight: Weight
  let edition: EditionID?
  var thread: String?
  var door: Door?
  var invitations: [PlannedInvitation] = []
  var tally: Tally?
}

internal import Kernel

/// One kind of e-mail: the event that owes it, and how it is written.
struct Mail: Sendable {
  let kind: String
  /// What the report and the log call it.
  let name: Words
  let subscription: Subscription
}

/// What somebody is told, in both languages; each recipient gets theirs.
struct Letter: Sendable {
  let contacts: [Contact]
  let subject: Words
  /// Without salutation and close.
  let body: Words

  init(to contacts: [Contact], subject: Words, body: Words) {
    self.contacts = contacts
    self.subject = subject
    self.body = body
  }
}

extension NotificationsModule {
  /// A mail that an event owes. `occasion` names what it is about, so that a fact that is said twice
  /// is written once; without one every event has its own mail. With `daily` the same occasion may
  /// come back another day.
  func mail<E: Event>(
    _ kind: String, _ name: Words, on event: E.Type, _ weight: Weight = .normal,
    occasion: (@Sendable (E) -> String)? = nil, daily: Bool = false,
    write: @escaping @Sendable (E, Directory) async throws -> Letter
  ) -> Mail {
    let (directory, zone) = (directory, zone)
    return Mail(
      kind: kind, name: name,
      subscription: .on(
        event, "notifications.\(kind)", independent: true,
        asking: { event, _ in try await write(event, directory) }
      ) { event, letter, transaction in
        let context = transaction.context
        var about = occasion?(event) ?? context.event ?? context.request
        if daily { about += "/\(zone.day(of: transaction.now))" }
        for contact in letter.contacts {
          try transaction.post(
            kind, for: "\(kind)/\(about)", to: contact,
            subject: letter.subject[contact.language], body: letter.body[contact.language],
            weight: weight, edition: event.edition)
        }
      })
  }
}

internal import Kernel
internal import NotificationsAPI

/// What an address chose: for one kind of message, or, without a kind, for all others.
struct Preference: Codable, Sendable {
  let email: EmailAddress
  let kind: String?
  let digest: DigestChoice
}

/// What an address chose, for all kinds and for each that has a choice of its own.
struct Preferences: Codable, Sendable {
  struct OfKind: Codable, Sendable {
    let kind: String
    let digest: DigestChoice
  }
  let email: EmailAddress
  let digest: DigestChoice
  let kinds: [OfKind]
}

extension NotificationsModule {
  @UseCases var aboutPreferences: [Endpoint] {
    showPreferences
    setPreferences
    unsubscribe
  }

  struct OneAddress: Codable, Sendable {
    let email: EmailAddress
  }
  struct Choose: Codable, Sendable {
    let email: EmailAddress
    let kind: Key?
    let digest: DigestChoice
  }
  struct Refuse: Codable, Sendable {
    let ticket: Text<100>
  }

  var showPreferences: UseCase<OneAddress, Preferences> {
    .query(
      "notifications.preferences", "/preferences/{email}", by: .signedIn,
      Words(
        en: "Show how often an address is written to",
        fr: "Montrer à quelle fréquence une adresse est écrite"),
      asking: { (_: OneAddress, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      try policy.check(input.email)
      let kinds = try transaction.select(
        ChoiceRow.self,
        "WHERE recipient = \(input.email) AND kind <> \(ChoiceRow.all) ORDER BY kind")
      return Preferences(
        email: input.email, digest: try transaction.choice(of: input.email),
        kinds: kinds.map { Preferences.OfKind(kind: $0.kind, digest: $0.digest) })
    }
  }

  var setPreferences: UseCase<Choose, Preference> {
    .command(
      "notifications.set-preferences", .put, "/preferences/{email}", by: .signedIn,
      Words(
        en: "Choose how often an address is written to; necessary messages always go at once",
        fr: "Choisir la fréquence des messages ; les messages nécessaires partent toujours aussitôt"
      ),
      asking: { (_: Choose, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      try policy.check(input.email)
      if let kind = input.kind { try checkMayBeRefused(kind.description) }
      try transaction.choose(input.digest, by: input.email, for: input.kind?.description, zone)
      return Preference(
        email: input.email, kind: input.kind?.description, digest: input.digest)
    }
  }

  /// RFC 8058: whoever holds the letter may end its kind, without signing in. Twice does no more.
  var unsubscribe: UseCase<Refuse, Preference> {
    .command(
      "notifications.unsubscribe", .post, "/unsubscriptions/{ticket}", by: .everyone,
      Words(
        en: "Receive no more messages of the kind of a letter",
        fr: "Ne plus recevoir de messages du genre d’une lettre")
    ) { (input: Refuse, transaction) in
      guard
        let row = try transaction.first(
          MessageRow.self, "WHERE ticket = \(input.ticket)")
      else { throw Problem.notFound(Words(en: "letter", fr: "lettre"), input.ticket) }
      let kind = try transaction.refuse(row, in: zone)
      return Preference(email: row.recipient, kind: kind, digest: .noneButNecessary)
    }
  }

  /// Throws a `Problem` for a kind there is not, or that has to be sent.
  private func checkMayBeRefused(_ kind: String) throws {
    if kind == reminderKind { return }
    guard let mail = mails.first(where: { $0.kind == kind }) else {
      throw Problem.invalid(
        "kind", en: "is no kind of message", fr: "n’est pas un genre de message")
    }
    guard mail.mayBeRefused else {
      throw Problem.invalid(
        "kind", en: "is necessary: it is always sent at once",
        fr: "est nécessaire : il part toujours aussitôt")
    }
  }
}

extension Transaction {
  /// Whoever has a letter wants no more of its kind, which is returned; nil for all kinds.
  @discardableResult
  func refuse(_ row: MessageRow, in zone: Zone) throws -> String? {
    // A digest is everything that need not be sent.
    let kind = row.kind == digestKind ? nil : row.kind
    try choose(.noneButNecessary, by: row.recipient, for: kind, zone)
    return kind
  }

  /// Writes a choice down, and lets what is held follow it.
  func choose(
    _ digest: DigestChoice, by email: EmailAddress, for kind: String?, _ zone: Zone
  ) throws {
    let row = ChoiceRow(
      id: ChoiceRow.id(email, kind), recipient: email, kind: kind ?? ChoiceRow.all, digest: digest,
      setAt: now)
    if try find(ChoiceRow.self, row.id) == nil { try insert(row) } else { try update(row) }
    let held = try select(MessageRow.self, "WHERE recipient = \(email) AND state = 'held'")
    for var message in held {
      let choice = try choice(of: email, for: message.kind)
      message.state = message.weight.start(for: choice)
      message.dueAt =
        message.state == .held
        ? message.weight.release(for: choice, after: now, in: zone) : now
      try update(message)
    }
  }
}

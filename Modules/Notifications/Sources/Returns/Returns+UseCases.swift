internal import Kernel
internal import NotificationsAPI

/// An address from which letters came back.
struct AddressLine: Codable, Sendable {
  let email: EmailAddress
  let name: Name
  let state: AddressState
  let since: Instant
  /// Letters that came back for good, and for now; those called unwanted.
  let hard: Int
  let soft: Int
  let complaints: Int
  let fault: String?

  init(_ row: AddressRow) {
    email = row.id
    name = row.name
    state = row.state
    since = row.since
    hard = row.hard
    soft = row.soft
    complaints = row.complaints
    fault = row.fault
  }
}

/// The key under which a mail server hands in what comes back.
struct ReturnsKey: Codable, Sendable {
  let key: Name
  /// Where to, below the address of the portal.
  let path: String
}

extension NotificationsModule {
  @UseCases var aboutReturns: [Endpoint] {
    takeReturn
    handInReturn
    makeReturnsKey
    listAddresses
    trustAddress
  }

  struct OneReturn: Codable, Sendable, Labelled {
    let message: Bytes
    static let labels = [
      "message": Label(
        en: "The message that came back", fr: "Le message revenu",
        hint: Words(en: "As it came, with its headers.", fr: "Tel que reçu, avec ses en-têtes."))
    ]
  }
  struct HandedIn: Codable, Sendable, Labelled {
    let key: Name
    let message: Bytes
    static let labels = OneReturn.labels.merging([
      "key": Label(en: "The key for what comes back", fr: "La clé pour ce qui revient")
    ]) { first, _ in first }
  }
  struct Received: Codable, Sendable {
    let kind: ReturnKind
  }
  struct Addresses: Codable, Sendable {
    let state: AddressState?
    let after: PageMark?
    let limit: PageSize?
  }

  var takeReturn: UseCase<OneReturn, Taken> {
    .command(
      "notifications.take-return", .post, "/mail-returns", by: [.administrator],
      Words(
        en: "Take in a message that came back: a bounce, a complaint, an answer",
        fr: "Prendre en compte un message revenu : un rejet, une plainte, une réponse")
    ) { (input: OneReturn, transaction) in
      try transaction.takeIn(Array(input.message.data), in: zone)
    }
  }

  /// For mail servers: the key is all they have, and opens nothing else.
  var handInReturn: UseCase<HandedIn, Received> {
    .command(
      "notifications.hand-in-return", .post, "/mail-returns/{key}", by: .everyone,
      Words(
        en: "Hand in a message that came back, as a mail server does",
        fr: "Remettre un message revenu, comme le fait un serveur de courrier")
    ) { (input: HandedIn, transaction) in
      let settings = try transaction.mailSettings()
      guard let key = settings.returnsKey, key == input.key.description else {
        throw Problem.notFound(Words(en: "key", fr: "clé"), "…")
      }
      let taken = try transaction.takeIn(Array(input.message.data), in: zone)
      return Received(kind: taken.kind)
    }
  }

  var makeReturnsKey: UseCase<Nothing, ReturnsKey> {
    .command(
      "notifications.returns-key", .post, "/mail-settings/returns-key", by: [.administrator],
      Words(
        en:
          "Make the key under which a mail server hands in what comes back; the one of before ends",
        fr: "Créer la clé avec laquelle un serveur remet ce qui revient ; la précédente prend fin"),
      traits: [.answersWithSecret]
    ) { (_: Nothing, transaction) in
      let text = unguessable()
      try transaction.changeMailSettings { $0.returnsKey = text }
      return ReturnsKey(key: Name(text) ?? .sample, path: "/v1/mail-returns/\(text)")
    }
  }

  var listAddresses: UseCase<Addresses, Page<AddressLine>> {
    .query(
      "notifications.addresses", "/mail-addresses", by: .staff,
      Words(
        en: "List the addresses from which letters came back",
        fr: "Lister les adresses d’où des lettres sont revenues")
    ) { (input: Addresses, transaction) in
      try transaction.page(
        AddressRow.self, where: input.state.map { "state = \($0.rawValue)" } ?? "1 = 1", by: "id",
        after: input.after, limit: input.limit
      ).map(AddressLine.init)
    }
  }

  /// Whoever may set how an address is written to may say that it is right.
  var trustAddress: UseCase<OneAddress, Preference> {
    .command(
      "notifications.trust-address", .put, "/mail-addresses/{email}/trust", by: .signedIn,
      Words(
        en: "Say that an address is right: letters to it leave again",
        fr: "Dire qu’une adresse est bonne : les lettres repartent"),
      asking: { (input: OneAddress, context) in
        (try await policy(for: context.actor), try await speaksFor(input.email, context.actor))
      }
    ) { input, answers, transaction in
      let (policy, speaks) = answers
      if !speaks { try policy.check(input.email) }
      try transaction.trust(input.email)
      return Preference(
        email: input.email, kind: nil, digest: try transaction.choice(of: input.email))
    }
  }

  /// A partner's contact speaks for the people of theirs whose letters come back.
  private func speaksFor(_ email: EmailAddress, _ actor: Actor) async throws -> Bool {
    try await unreachable(ownedBy: actor).contains { $0.id == email }
  }
}

extension Transaction {
  func changeMailSettings(_ change: (inout MailSettingsRow) -> Void) throws {
    let isNew = try find(MailSettingsRow.self, MailSettingsRow.only) == nil
    var row = try mailSettings()
    change(&row)
    if isNew { try insert(row) } else { try update(&row) }
  }
}

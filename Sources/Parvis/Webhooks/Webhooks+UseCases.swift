internal import Kernel

/// A webhook as it is shown: never its secret.
struct WebhookView: Codable, Sendable {
  let id: WebhookID
  let version: Int
  let label: Name
  let address: String
  /// Nil: every type.
  let types: [String]?
  let edition: EditionID?
  let signing: StandardWebhook.Signing
  /// What the other side checks with, where that is no secret.
  let publicKey: String?
  let state: WebhookState
  let fault: String?
  let failingSince: Instant?
  /// Until when the secret of before signs too.
  let previousUntil: Instant?
  let createdAt: Instant

  init(_ row: WebhookRow) {
    id = row.id
    version = row.version
    label = row.label
    address = row.url
    types = row.types
    edition = row.editionId
    signing = row.signing
    publicKey =
      row.signing == .ed25519 ? StandardWebhook.verifier(of: row.secret, .ed25519) : nil
    state = row.state
    fault = row.fault
    failingSince = row.failingSince
    previousUntil = row.previousUntil
    createdAt = row.createdAt
  }
}

extension WebhooksModule {
  @UseCases var aboutWebhooks: [Endpoint] {
    createWebhook
    listWebhooks
    showWebhook
    changeWebhook
    removeWebhook
  }

  private static let words: [String: Label] = [
    "address": Label(
      en: "Address", fr: "Adresse",
      hint: Words(
        en: "https://…, where a POST says what happened.",
        fr: "https://…, où un POST dit ce qui s’est passé.")),
    "types": Label(
      en: "Types", fr: "Types",
      hint: Words(
        en: "Such as missions.started, or missions.* for all of a module; all where none is named.",
        fr:
          "Tels que missions.started, ou missions.* pour tout un module ; tous si aucun n’est nommé."
      )),
    "signing": Label(en: "Signed with", fr: "Signé avec"),
    "webhook": Label(en: "Webhook", fr: "Webhook"),
    "everyType": Label(en: "Every type", fr: "Tous les types"),
    "everyEdition": Label(en: "Every edition", fr: "Toutes les éditions"),
  ]

  struct Create: Codable, Sendable, Labelled {
    let address: Text<2000>
    let label: Name
    let types: [Name]?
    let edition: EditionID?
    let signing: StandardWebhook.Signing?
    static let labels = words
  }
  struct Created: Codable, Sendable {
    let id: WebhookID
    /// What the other side checks with: a secret shown this once, or a public key.
    let secret: String
  }
  struct One: Codable, Sendable, Labelled {
    let webhook: WebhookID
    static let labels = words
  }
  struct Change: Codable, Sendable, Labelled {
    let webhook: WebhookID
    let version: Int?
    let address: Text<2000>?
    let label: Name?
    let types: [Name]?
    let everyType: Bool?
    let edition: EditionID?
    let everyEdition: Bool?
    let state: WebhookState?
    static let labels = words
  }

  var createWebhook: UseCase<Create, Created> {
    .command(
      "webhooks.create", .post, "/webhooks", by: [.administrator],
      Words(
        en: "Tell another program what happens; its secret is shown this once",
        fr: "Dire à un autre programme ce qui se passe ; son secret n’est montré qu’une fois"),
      traits: [.answersWithSecret]
    ) { (input: Create, transaction) in
      let signing = input.signing ?? .hmac
      let secret = StandardWebhook.newSecret(signing)
      let row = WebhookRow(
        id: transaction.newID(), version: 1, label: input.label,
        url: try transaction.checked(input.address), types: try checked(input.types),
        editionId: input.edition, signing: signing, secret: secret, previousSecret: nil,
        previousUntil: nil, state: .enabled, fault: nil, failingSince: nil, restUntil: nil,
        createdAt: transaction.now,
        fromSequence: try transaction.rows(
          "SELECT COALESCE(MAX(sequence), 0) AS last FROM kernel_event"
        ).first?.get("last") ?? 0)
      try transaction.insert(row)
      return Created(id: row.id, secret: StandardWebhook.verifier(of: secret, signing) ?? "")
    }
  }

  var listWebhooks: UseCase<Nothing, [WebhookView]> {
    .query(
      "webhooks.list", "/webhooks", by: [.administrator],
      Words(en: "List the webhooks", fr: "Lister les webhooks")
    ) { (_: Nothing, transaction) in
      try transaction.select(WebhookRow.self, "ORDER BY label, id").map(WebhookView.init)
    }
  }

  var showWebhook: UseCase<One, WebhookView> {
    .query(
      "webhooks.show", "/webhooks/{webhook}", by: [.administrator],
      Words(en: "Show a webhook", fr: "Montrer un webhook")
    ) { (input: One, transaction) in
      WebhookView(try transaction.get(WebhookRow.self, input.webhook))
    }
  }

  var changeWebhook: UseCase<Change, WebhookView> {
    .command(
      "webhooks.change", .put, "/webhooks/{webhook}", by: [.administrator],
      Words(
        en: "Change a webhook, stop it or start it again; what is not named stays",
        fr: "Changer un webhook, l’arrêter ou le relancer ; ce qui n’est pas nommé reste")
    ) { (input: Change, transaction) in
      var row = try transaction.get(WebhookRow.self, input.webhook)
      try row.expect(version: input.version)
      if let address = input.address { row.url = try transaction.checked(address) }
      if let label = input.label { row.label = label }
      if let types = input.types { row.types = try checked(types) }
      if input.everyType == true { row.types = nil }
      if let edition = input.edition { row.editionId = edition }
      if input.everyEdition == true { row.editionId = nil }
      if let state = input.state {
        row.state = state
        (row.fault, row.failingSince, row.restUntil) = (nil, nil, nil)
      }
      try transaction.update(&row)
      return WebhookView(row)
    }
  }

  var removeWebhook: UseCase<One, WebhookView> {
    .command(
      "webhooks.remove", .delete, "/webhooks/{webhook}", by: [.administrator],
      Words(
        en: "Remove a webhook, with its log", fr: "Supprimer un webhook, avec son journal")
    ) { (input: One, transaction) in
      let row = try transaction.get(WebhookRow.self, input.webhook)
      try transaction.execute(
        """
        DELETE FROM webhooks_attempt WHERE delivery IN (
          SELECT id FROM webhooks_delivery WHERE endpoint = \(row.id))
        """)
      try transaction.execute("DELETE FROM webhooks_delivery WHERE endpoint = \(row.id)")
      try transaction.delete(WebhookRow.self, row.id)
      return WebhookView(row)
    }
  }

  /// The types as they are kept. Throws a `Problem` for what is none.
  private func checked(_ types: [Name]?) throws -> [String]? {
    guard let types, !types.isEmpty else { return nil }
    for (index, type) in types.enumerated() {
      let parts = type.description.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, Key(String(parts[0])) != nil,
        parts[1] == "*" || Key(String(parts[1])) != nil
      else {
        throw Problem.invalid(
          "types[\(index)]", en: "is no type, such as missions.started or missions.*",
          fr: "n’est pas un type, tel que missions.started ou missions.*")
      }
    }
    return types.map(\.description)
  }
}

extension Transaction {
  /// The address as it is kept. Throws a `Problem` for one that nothing is sent to.
  fileprivate func checked(_ url: Text<2000>) throws -> String {
    let isAllowed = try webhookSettings().allowPrivate
    guard WebhookTarget(url.description, allowingPrivate: isAllowed) != nil else {
      throw Problem.invalid(
        "address", en: "is no address such as https://example.org/parvis",
        fr: "n’est pas une adresse telle que https://exemple.fr/parvis")
    }
    return url.description
  }
}

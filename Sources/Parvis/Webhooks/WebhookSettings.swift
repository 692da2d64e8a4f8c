internal import Kernel

extension WebhooksModule {
  @UseCases var aboutWebhookSettings: [Endpoint] {
    showWebhookSettings
    changeWebhookSettings
  }

  struct Allow: Codable, Sendable, Labelled {
    let version: Int?
    let allowPrivate: Bool
    static let labels = [
      "allowPrivate": Label(
        en: "Private addresses too", fr: "Adresses privées aussi",
        hint: Words(
          en: "Only where the receiver is in your own network: then http is allowed as well.",
          fr: "Seulement si le destinataire est dans votre réseau : http est alors permis aussi."))
    ]
  }
  struct Allowed: Codable, Sendable {
    let version: Int
    let allowPrivate: Bool
  }

  var showWebhookSettings: UseCase<Nothing, Allowed> {
    .query(
      "webhooks.show-settings", "/webhook-settings", by: [.administrator],
      Words(en: "Show where webhooks may go", fr: "Montrer où les webhooks peuvent aller")
    ) { (_: Nothing, transaction) in
      let row = try transaction.webhookSettings()
      return Allowed(version: row.version, allowPrivate: row.allowPrivate)
    }
  }

  var changeWebhookSettings: UseCase<Allow, Allowed> {
    .command(
      "webhooks.change-settings", .put, "/webhook-settings", by: [.administrator],
      Words(en: "Change where webhooks may go", fr: "Changer où les webhooks peuvent aller")
    ) { (input: Allow, transaction) in
      let isNew =
        try transaction.find(WebhookSettingsRow.self, WebhookSettingsRow.only) == nil
      var row = try transaction.webhookSettings()
      try row.expect(version: input.version)
      row.allowPrivate = input.allowPrivate
      if isNew { try transaction.insert(row) } else { try transaction.update(&row) }
      return Allowed(version: row.version, allowPrivate: row.allowPrivate)
    }
  }
}

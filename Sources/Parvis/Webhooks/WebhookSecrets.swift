internal import Kernel

extension WebhooksModule {
  @UseCases var aboutWebhookSecrets: [Endpoint] {
    rotateSecret
  }

  struct Rotate: Codable, Sendable, Labelled {
    let webhook: WebhookID
    let hours: Whole<0, 168>?
    static let labels = One.labels.merging([
      "hours": Label(
        en: "Hours with both", fr: "Heures avec les deux",
        hint: Words(
          en: "So long the old one signs too: 24 unless told.",
          fr: "Pendant ce temps l’ancien signe aussi : 24 sauf mention."))
    ]) { first, _ in first }
  }
  struct Rotated: Codable, Sendable {
    let secret: String
    let previousUntil: Instant
  }

  var rotateSecret: UseCase<Rotate, Rotated> {
    .command(
      "webhooks.rotate-secret", .post, "/webhooks/{webhook}/secret", by: [.administrator],
      Words(
        en: "Give a webhook another secret; the old one signs too for a while",
        fr: "Donner un autre secret à un webhook ; l’ancien signe aussi pendant un temps"),
      traits: [.answersWithSecret]
    ) { (input: Rotate, transaction) in
      var row = try transaction.get(WebhookRow.self, input.webhook)
      let until = transaction.now.advanced(bySeconds: Int64(input.hours?.value ?? 24) * 3600)
      (row.previousSecret, row.previousUntil) = (row.secret, until)
      row.secret = StandardWebhook.newSecret(row.signing)
      try transaction.update(&row)
      return Rotated(
        secret: StandardWebhook.verifier(of: row.secret, row.signing) ?? "", previousUntil: until)
    }
  }
}

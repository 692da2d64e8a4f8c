internal import Kernel
internal import Pages

/// Tells integrators what happens, from the same outbox that the modules hear.
struct WebhooksModule: Module {
  static let name = "webhooks"
  static let summary = Words(
    en: "webhooks: what happens, told to other programs",
    fr: "webhooks : ce qui se passe, dit à d’autres programmes")

  let host: Host
  let carrier: any WebhookCarrier

  var endpoints: [Endpoint] {
    aboutWebhooks
    aboutWebhookSecrets
    aboutWebhookDeliveries
    aboutWebhookSettings
  }

  var rowWords: [RowWords] {
    [
      RowWords(WebhookRow.self, by: "label", at: "/webhooks"),
      RowWords("webhooks_delivery", Words(en: "delivery of a webhook", fr: "remise d’un webhook")),
      RowWords("webhooks_attempt", Words(en: "try of a webhook", fr: "essai d’un webhook")),
      RowWords("webhooks_settings", Words(en: "webhook settings", fr: "réglages des webhooks")),
      RowWords("webhooks_cursor", Words(en: "place in the feed", fr: "position dans le flux")),
    ]
  }

  // Bodies name things by their ids; what receivers answer is theirs to word.
  var personalTables: [PersonalTable] {
    [
      PersonalTable(mentions: "body", in: "webhooks_delivery"),
      PersonalTable(mentions: "answer", in: "webhooks_attempt"),
    ]
  }

  var migrations: [Migration] { webhookMigrations }
  var jobs: [Job] { [deliver] }

  /// One that was stopped without anybody asking for it.
  func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    guard actor.role == .administrator else { return [] }
    let stopped = try await host.read { connection in
      try connection.select(
        WebhookRow.self,
        "WHERE state = 'disabled' AND fault IS NOT NULL ORDER BY failing_since, id")
    }
    guard let first = stopped.first else { return [] }
    return [
      WaitingTask(
        "webhooks.stopped",
        title: Words(
          en: "Webhooks that were stopped: \(stopped.count)",
          fr: "Webhooks arrêtés : \(stopped.count)"),
        since: first.failingSince ?? first.createdAt, page: "/webhooks", count: stopped.count)
    ]
  }
}

extension WebhooksModule: PortalModule {
  var pages: [PortalPage] { [webhooksPage] }

  private var webhooksPage: PortalPage {
    PortalPage(
      "webhooks.webhooks", "/webhooks", by: [.administrator], Words(en: "Webhooks", fr: "Webhooks"),
      inMenu: true
    ) { (_: Nothing, transaction) in
      let rows = try transaction.select(WebhookRow.self, "ORDER BY label, id")
      return PageContent(
        title: Words(en: "Webhooks", fr: "Webhooks"),
        lead: Words(
          en:
            "Other programs that are told what happens. `parvis webhooks --help` says how to add one.",
          fr:
            "Les programmes à qui l’on dit ce qui se passe. `parvis webhooks --help` dit comment en ajouter."
        )
      ) {
        for row in rows where row.state == .disabled && row.fault != nil {
          Block.notice(
            .warning, Words(en: "\(row.label) was stopped", fr: "\(row.label) a été arrêté"),
            Words(row.fault ?? ""))
          Block.form(
            "webhooks.change", [],
            fixed: ["webhook": .string(row.id.description), "state": "enabled"],
            button: Words(en: "Start it again", fr: "Le remettre en service"),
            then: .here(Words(en: "It is at work again.", fr: "Il est remis en service.")))
        }
        Block.table(
          Table(
            Words(en: "Webhooks", fr: "Webhooks"),
            columns: [
              Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse"),
              Column(en: "State", fr: "État"), Column(en: "Failing since", fr: "En échec depuis"),
            ],
            rows: rows.map { row in
              TableRow([
                .text(row.label), .text(row.url),
                .tag(
                  row.state == .enabled
                    ? StateTag(Words(en: "at work", fr: "en service"), .good)
                    : StateTag(Words(en: "stopped", fr: "arrêté"), .bad)),
                .optional(row.failingSince) { .moment($0, host.clock.zone) },
              ])
            }, empty: Words(en: "There is none.", fr: "Il n’y en a pas.")))
      }
    }
  }
}

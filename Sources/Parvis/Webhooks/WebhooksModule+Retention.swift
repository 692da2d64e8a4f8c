internal import Kernel

extension WebhooksModule {
  var retentions: [Retention] {
    [
      .rows(
        Purpose(
          "webhook-log", Words(en: "what webhooks were told", fr: "ce qui fut dit aux webhooks"),
          because: Words(
            en: "The log is for looking into what went wrong lately.",
            fr: "Le journal sert à comprendre ce qui a échoué récemment."),
          from: Words(en: "the day it was said", fr: "le jour de l’émission"), days: 30,
          allowing: 5...365),
        of: ["webhooks_delivery", "webhooks_attempt"],
        goes: Words(
          en: "What was sent, each try and its answer.",
          fr: "Ce qui fut envoyé, chaque essai et sa réponse."),
        stays: Words(en: "What is still to be sent.", fr: "Ce qui reste à envoyer."),
        due: { term, connection in
          try connection.due(
            in: "webhooks_delivery", since: "created_at", where: ended(before: term.cut))
        },
        prune: { term, limit, transaction in
          let ids = try transaction.rows(
            """
            SELECT id FROM webhooks_delivery WHERE \(part: ended(before: term.cut))
            ORDER BY created_at, id LIMIT \(limit)
            """
          ).map { try $0.get("id", as: String.self) }
          try transaction.execute("DELETE FROM webhooks_attempt WHERE delivery IN \(list: ids)")
          return try transaction.execute("DELETE FROM webhooks_delivery WHERE id IN \(list: ids)")
        })
    ]
  }

  var keptTables: [KeptTable] {
    ["webhooks_endpoint", "webhooks_cursor", "webhooks_settings"].map {
      KeptTable($0, en: "A setting.", fr: "Un réglage.")
    }
  }

  /// Up to where what was said was handed to the webhooks: what comes after must stay. Throws
  /// `StorageError`.
  static func toldUpTo(_ connection: any Connection) throws -> Int64? {
    try connection.rows("SELECT sequence FROM webhooks_cursor WHERE id = 'events'").first?.get(
      "sequence")
  }
}

private func ended(before cut: Instant) -> SQL { "created_at < \(cut) AND state <> 'pending'" }

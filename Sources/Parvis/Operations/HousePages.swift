internal import Kernel
internal import Pages

// How the instance is doing, for whoever keeps it running: who did what, what was said between modules and
// could not be delivered.
extension EventsModule: PortalModule {
  var pages: [PortalPage] { [auditPage, parkedPage] }

  private var parkedPage: PortalPage {
    PortalPage(
      "events.parked", "/events", by: [.administrator],
      Words(en: "Messages between modules", fr: "Messages entre modules")
    ) { (_: Nothing, transaction) in
      let rows = try transaction.rows(
        """
        SELECT d.event_id, d.subscriber, d.attempts, d.fault, e.name, e.occurred_at
        FROM kernel_delivery d JOIN kernel_event e ON e.id = d.event_id
        WHERE d.state = 'parked' ORDER BY e.sequence DESC LIMIT 100
        """)
      let waiting: Int =
        try transaction.rows(
          "SELECT COUNT(*) AS n FROM kernel_delivery WHERE state = 'pending'"
        ).first?.get("n") ?? 0
      return try PageContent(
        title: Words(en: "Messages between modules", fr: "Messages entre modules"),
        trail: [Link(Words(en: "Audit", fr: "Journal d’audit"), "/audit")]
      ) {
        Block.tiles([
          Tile(.number(waiting), Words(en: "on their way", fr: "en route")),
          Tile(.number(rows.count), Words(en: "parked", fr: "mis de côté")),
        ])
        Block.table(
          Table(
            Words(en: "Parked after five attempts", fr: "Mis de côté après cinq essais"),
            columns: [
              Column(en: "Message", fr: "Message"), Column(en: "Said", fr: "Émis le"),
              Column(en: "For", fr: "Pour"), Column(en: "Why", fr: "Pourquoi"),
              Column(en: "To do", fr: "À faire"),
            ],
            rows: try rows.map { row in
              let name: String = try row.get("name")
              let subscriber: String = try row.get("subscriber")
              return TableRow([
                .text(name), .moment(try row.get("occurred_at"), host.clock.zone),
                .text(subscriber),
                .optional(try row.get(ifPresent: "fault", as: String.self)) { .text($0) },
                .button(
                  Form(
                    "events.replay",
                    fixed: [
                      "event": .string(try row.get("event_id", as: String.self)),
                      "subscriber": .string(subscriber),
                    ],
                    button: Words(
                      en: "Try again: \(name) for \(subscriber)",
                      fr: "Réessayer : \(name) pour \(subscriber)"),
                    then: .here(Words(en: "It is tried again.", fr: "Nouvel essai en cours.")))),
              ])
            },
            empty: Words(
              en: "Everything that was said arrived.", fr: "Tout ce qui a été émis est arrivé.")))
      }
    }
  }
}

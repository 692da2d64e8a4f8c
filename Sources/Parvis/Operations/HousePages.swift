internal import Kernel
internal import Pages

// How the instance is doing, for whoever keeps it running: who did what, what was said between modules and
// could not be delivered.
extension EventsModule: PortalModule {
  var pages: [PortalPage] { [auditPage, parkedPage] }

  private struct Asked: Codable, Sendable {
    let role: Role?
    let useCase: Name?
    let after: Int64?
  }

  private var auditPage: PortalPage {
    PortalPage(
      "events.audit-page", "/audit", by: [.administrator],
      Words(en: "Audit", fr: "Journal d’audit"), inMenu: true
    ) { (input: Asked, transaction) in
      let page = try latestLines(
        as: input.role, doing: input.useCase, before: input.after, limit: 50, in: transaction)
      return PageContent(
        title: Words(en: "Audit", fr: "Journal d’audit"),
        lead: Words(
          en: "Who changed what, as what; the latest first.",
          fr: "Qui a changé quoi, à quel titre ; le plus récent d’abord.")
      ) {
        Block.links(
          Link(
            Words(en: "Messages between modules", fr: "Messages entre modules"), "/events"))
        Block.table(
          Table(
            Words(en: "Commands", fr: "Commandes"),
            columns: [
              Column(en: "What", fr: "Quoi"), Column(en: "When", fr: "Quand"),
              Column(en: "Who", fr: "Qui"), Column(en: "As", fr: "À titre de"),
              Column(en: "Rows", fr: "Lignes", number: true),
            ],
            rows: page.items.map { line in
              TableRow([
                .words(doings[line.useCase] ?? Words(line.useCase)), .moment(line.at, .paris),
                .text(line.person),
                .words(line.role.words), .number(line.rowCount),
              ])
            }, empty: Words(en: "Nothing yet.", fr: "Rien pour l’instant."),
            filters: [
              Filter(
                "role", Words(en: "As", fr: "À titre de"),
                choices: Role.allCases.map {
                  FormChoice($0.rawValue, $0.words)
                }, value: input.role?.rawValue),
              Filter(
                "useCase", Words(en: "What", fr: "Quoi"), value: input.useCase?.description),
            ], next: page.next, csv: "audit"))
      }
    }
  }

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
                .text(name), .moment(try row.get("occurred_at"), .paris),
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

extension Role {
  fileprivate var words: Words {
    switch self {
    case .anyone: Words(en: "Anyone", fr: "Tout le monde")
    case .system: Words(en: "Parvis itself", fr: "Parvis lui-même")
    case .administrator, .manager, .reviewer, .member, .volunteer, .partner:
      JSONSchema.words(of: rawValue)
    }
  }
}

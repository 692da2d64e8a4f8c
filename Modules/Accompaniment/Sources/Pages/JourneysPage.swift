internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// An organisation's journeys; for staff, those of an edition.
extension AccompanimentModule {
  private struct PageOfEdition: Codable, Sendable {
    let edition: EditionID
    let stage: JourneyStage?
    let after: PageMark?
  }

  var myJourneysPage: PortalPage {
    PortalPage(
      "accompaniment.mine", "/journeys", by: [.member],
      Words(en: "Our journey", fr: "Notre parcours"), inMenu: true,
      asking: { (_: Nothing, context) in try await policy(for: context.actor) }
    ) { (_: Nothing, policy, transaction) in
      let rows =
        try policy.organisation.map {
          try transaction.select(
            JourneyRow.self, "WHERE organisation = \($0) ORDER BY started_at DESC, id")
        } ?? []
      return PageContent(
        title: Words(en: "Our journey", fr: "Notre parcours"),
        lead: Words(
          en: "From your strengths and difficulties to a brief that a team can answer.",
          fr:
            "De vos forces et difficultés à un cahier des charges auquel une équipe peut répondre.")
      ) {
        Block.table(
          table(
            rows, in: host.clock.zone,
            empty: Words(
              en: "The journey begins when your organisation has confirmed its place.",
              fr: "Le parcours commence quand votre organisation a confirmé sa place.")))
      }
    }
  }

  var journeysPage: PortalPage {
    PortalPage(
      "accompaniment.journeys", "/editions/{edition}/journeys", by: .staff,
      Words(en: "Journeys", fr: "Parcours"),
      asking: { (input: PageOfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: PageOfEdition, edition, transaction) in
      let stage: SQL = input.stage.map { "AND stage = \($0.rawValue)" } ?? ""
      let shown = try transaction.page(
        JourneyRow.self, where: "edition_id = \(edition.id) \(part: stage)",
        by: "organisation_order", "id", after: input.after, limit: PageSize(50))
      func going(_ condition: SQL) throws -> PageValue {
        .number(
          try transaction.count(
            JourneyRow.self,
            "WHERE edition_id = \(edition.id) AND ended_at IS NULL AND \(part: condition)"))
      }
      let (all, undiagnosed, briefed) = (
        try going("1 = 1"), try going("diagnosis IS NULL"),
        try going("stage IN ('briefed', 'followed-up')")
      )
      return PageContent(
        title: Words(en: "Journeys", fr: "Parcours"), over: Words(edition.name.description)
      ) {
        Block.tiles([
          Tile(all, Words(en: "accompanied", fr: "accompagnées")),
          Tile(
            undiagnosed,
            Words(en: "without a diagnosis", fr: "sans diagnostic")),
          Tile(
            briefed,
            Words(en: "with a published brief", fr: "avec un cahier des charges publié")),
        ])
        Block.table(
          table(
            shown.items, in: edition.zone, filter: input.stage, next: shown.next,
            empty: Words(en: "No journey yet.", fr: "Aucun parcours pour l’instant.")))
        Block.links(
          Link(
            Words(en: "Workshops and peer exchanges", fr: "Ateliers et échanges entre pairs"),
            "/editions/\(edition.id)/workshops"))
      }
    }
  }

  private func table(
    _ rows: [JourneyRow], in zone: Zone, filter stage: JourneyStage?? = nil, next: String? = nil,
    empty: Words
  ) -> Table {
    Table(
      Words(en: "Journeys", fr: "Parcours"),
      columns: [
        Column(en: "Organisation", fr: "Organisation"), Column(en: "Since", fr: "Depuis"),
        Column(en: "State", fr: "État"),
      ],
      rows: rows.map { row in
        TableRow(
          [
            .text(row.organisationName), .day(zone.day(of: row.startedAt)), .tag(row.tag),
          ], page: "/journeys/\(row.id)")
      }, empty: empty,
      filters: stage.map { chosen in
        [
          Filter(
            "stage", Words(en: "State", fr: "État"),
            choices: JourneyStage.allCases.map { FormChoice($0.rawValue, $0.words) },
            value: chosen?.rawValue)
        ]
      } ?? [], next: next, csv: "journeys")
  }
}

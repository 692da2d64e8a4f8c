internal import Kernel
internal import MatchingAPI
internal import Pages
internal import ProgrammesAPI

// What the programme manager sees of offers and runs.
extension MatchingModule {
  private struct OffersOf: Codable, Sendable {
    let edition: EditionID
    let state: PlaceState?
    let after: PageMark?
  }
  private struct RunsOf: Codable, Sendable {
    let edition: EditionID
  }

  var placesPage: PortalPage {
    PortalPage(
      "matching.places", "/editions/{edition}/places", by: .staff,
      Words(en: "Places offered", fr: "Places proposées"),
      asking: { (input: OffersOf, _) in try await programmes.edition(input.edition) }
    ) { (input: OffersOf, edition, transaction) in
      let state: SQL = input.state.map { "AND state = \($0.rawValue)" } ?? ""
      let shown = try transaction.page(
        PlaceRow.self, where: "edition_id = \(edition.id) \(part: state)", by: "number",
        after: input.after, limit: PageSize(50))
      var counts: [PlaceState: Int] = [:]
      for row in try transaction.rows(
        """
        SELECT state, COUNT(*) AS n FROM matching_place WHERE edition_id = \(edition.id)
        GROUP BY state
        """)
      {
        let state: PlaceState? = PlaceState(rawValue: try row.get("state"))
        if let state { counts[state] = try row.get("n", as: Int.self) }
      }
      return PageContent(
        title: Words(en: "Places offered", fr: "Places proposées"),
        over: Words(edition.name.description)
      ) {
        Block.tiles(
          PlaceState.allCases.map { state in
            Tile(.number(counts[state] ?? 0), state.words)
          })
        if !counts.isEmpty {
          Block.links(
            Link(
              Words(en: "Offers without an answer", fr: "Offres sans réponse"),
              "/editions/\(edition.id)/open-offers"),
            Link(
              Words(en: "Offer a seat by hand", fr: "Proposer une place à la main"),
              "/editions/\(edition.id)/offers"),
            Link(
              Words(en: "Merge or split teams", fr: "Réunir ou scinder des équipes"),
              "/editions/\(edition.id)/team-moves"))
        }
        Block.table(
          Table(
            Words(en: "Places of the edition", fr: "Places de l’édition"),
            columns: [
              Column(en: "Mission", fr: "Mission"), Column(en: "Role", fr: "Rôle"),
              Column(en: "Volunteer", fr: "Volontaire"), Column(en: "State", fr: "État"),
              Column(en: "Answer by", fr: "Réponse avant le"),
            ],
            rows: shown.items.map { place in
              TableRow(
                [
                  .text(place.briefTitle), .text(place.roleTitle), .text(place.volunteerName),
                  .tag(place.state.words, place.state.tone),
                  place.state == .offered
                    ? .day(edition.zone.day(of: place.confirmBy.advanced(bySeconds: -1))) : .none,
                ], page: "/places/\(place.id)")
            },
            empty: Words(
              en: "No place was offered yet.", fr: "Aucune place n’est encore proposée."),
            filters: [
              Filter(
                "state", Words(en: "State", fr: "État"),
                choices: PlaceState.allCases.map { FormChoice($0.rawValue, $0.words) },
                value: input.state?.rawValue)
            ], next: shown.next, csv: "places"))
      }
    }
  }

  var runsPage: PortalPage {
    PortalPage(
      "matching.runs", "/editions/{edition}/matching", by: .staff,
      Words(en: "Teams by matching", fr: "Équipes par appariement"),
      asking: { (input: RunsOf, _) in try await programmes.edition(input.edition) }
    ) { (input: RunsOf, edition, transaction) in
      let runs = try transaction.select(
        RunRow.self, "WHERE edition_id = \(edition.id) ORDER BY number DESC")
      let isPublished = runs.contains { $0.state == .published }
      let teamRules = try transaction.find(TeamRulesRow.self, edition.id)
      return try PageContent(
        title: Words(en: "Teams by matching", fr: "Équipes par appariement"),
        over: Words(edition.name.description),
        lead: Words(
          en: "Each run proposes teams. Nobody hears of it before it is published.",
          fr:
            "Chaque appariement propose des équipes. Personne n’en sait rien avant la publication.")
      ) {
        if !isPublished {
          Block.form(
            "matching.run", ["companyCap", "minimumTeam"],
            fixed: ["edition": .string(edition.id.description)],
            button: Words(en: "Propose teams", fr: "Proposer des équipes"),
            then: .here(Words(en: "Teams are proposed.", fr: "Des équipes sont proposées.")))
        }
        Block.links(
          Link(
            Words(en: "Roles that lack people", fr: "Rôles qui manquent de monde"),
            "/editions/\(edition.id)/role-outlook"))
        Block.details(
          Words(en: "The mix of companies", fr: "Le mélange des entreprises"),
          [
            .paragraph(
              en:
                "Left empty, a team takes two people of one company at most (more only where too few companies take part to fill the largest team), and in an edition of teams of six or more has three people at least where that is possible.",
              fr:
                "Sans choix, une équipe prend au plus deux personnes d’une même entreprise (davantage seulement si trop peu d’entreprises participent pour remplir la plus grande équipe), et dans une édition d’équipes de six ou plus compte au moins trois personnes si c’est possible."
            ),
            .form(
              "matching.set-team-rules", ["companyCap", "minimumTeam"],
              fixed: ["edition": .string(edition.id.description)],
              values: [
                "companyCap": teamRules?.companyCap.map { .integer(Int64($0.value)) } ?? .null,
                "minimumTeam": teamRules?.minimumTeam.map { .integer(Int64($0.value)) } ?? .null,
              ], version: teamRules?.version,
              button: Words(en: "Set for this edition", fr: "Fixer pour cette édition"),
              then: .here(
                Words(
                  en: "Set, for runs from now on.",
                  fr: "C’est fixé, pour les prochains appariements."))),
          ])
        Block.table(
          Table(
            Words(en: "Runs, the newest first", fr: "Appariements, le plus récent d’abord"),
            columns: [
              Column(en: "Number", fr: "Numéro", number: true), Column(en: "Made", fr: "Fait le"),
              Column(en: "State", fr: "État"), Column(en: "Places", fr: "Places", number: true),
            ],
            rows: try runs.map { run in
              let placed = try transaction.count(
                ProposalRow.self, "WHERE run = \(run.id) AND role IS NOT NULL")
              return TableRow(
                [
                  .number(run.number), .moment(run.madeAt, edition.zone),
                  run.state == .published
                    ? .tag(Words(en: "published", fr: "publié"), .good)
                    : .tag(Words(en: "draft", fr: "brouillon")),
                  .number(placed),
                ], page: "/runs/\(run.id)")
            },
            empty: Words(
              en: "No teams were proposed yet.", fr: "Aucune équipe n’est encore proposée.")))
      }
    }
  }
}

extension PlaceState {
  /// What the state is called.
  var words: Words {
    switch self {
    case .offered: Words(en: "offered", fr: "proposée")
    case .confirmed: Words(en: "confirmed", fr: "confirmée")
    case .declined: Words(en: "declined", fr: "déclinée")
    case .lapsed: Words(en: "lapsed", fr: "expirée")
    case .withdrawn: Words(en: "given up", fr: "libérée")
    }
  }
  var tone: Tone {
    switch self {
    case .offered: .info
    case .confirmed: .good
    case .declined, .lapsed: .warning
    case .withdrawn: .plain
    }
  }
}

internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// Staff make one team of two, or let some of a team go on with another brief.
extension MatchingModule {
  private struct TeamMoves: Codable, Sendable {
    let edition: EditionID
    /// The team that is split.
    let brief: BriefID?
  }

  var teamMovesPage: PortalPage {
    PortalPage(
      "matching.team-moves", "/editions/{edition}/team-moves", by: .staff,
      Words(en: "Merge or split teams", fr: "Réunir ou scinder des équipes"),
      asking: { (input: TeamMoves, _) in try await gather(input.edition) }
    ) { (input: TeamMoves, situation: MatchingCase, transaction) in
      let held = Dictionary(
        grouping: try transaction.select(
          PlaceRow.self,
          """
          WHERE edition_id = \(input.edition) AND state IN ('offered', 'confirmed') ORDER BY number
          """), by: \.brief)
      let done = Set(
        try transaction.select(DoneTeamRow.self, "WHERE edition_id = \(input.edition)").map(\.id))
      let briefs = situation.briefs.filter { !done.contains($0.id) }
      let day = situation.edition.zone.day(of: transaction.now).advanced(by: 7)
      return PageContent(
        title: Words(en: "Merge or split teams", fr: "Réunir ou scinder des équipes"),
        over: Words(situation.edition.name.description),
        lead: Words(
          en: "Whoever changes team is asked again by letter; the others stay as they are.",
          fr:
            "Qui change d’équipe est sollicité de nouveau par lettre ; les autres restent comme ils sont."
        ),
        trail: [
          Link(
            Words(en: "Places offered", fr: "Places proposées"),
            "/editions/\(input.edition)/places")
        ]
      ) {
        if held.isEmpty || briefs.count < 2 {
          Block.notice(
            .info,
            Words(en: "There are no two teams yet", fr: "Il n’y a pas encore deux équipes"),
            Words(
              en: "Publish a run first; a team is split into another published brief.",
              fr:
                "Publiez d’abord un appariement ; une équipe se scinde vers un autre cahier publié."
            ))
        } else {
          Block.section(Words(en: "Make one of two teams", fr: "Réunir deux équipes")) {
            merging(briefs, in: situation, until: day)
          }
          Block.table(
            Table(
              Words(en: "Teams that can be split", fr: "Équipes qui peuvent se scinder"),
              columns: [
                Column(en: "Mission", fr: "Mission"),
                Column(en: "People", fr: "Personnes", number: true),
              ],
              rows: briefs.filter { held[$0.id] != nil }.map { brief in
                TableRow(
                  [.text(named(brief, situation)), .number(held[brief.id]?.count ?? 0)],
                  page: "/editions/\(input.edition)/team-moves?brief=\(brief.id)")
              }, empty: Words(en: "None.", fr: "Aucune.")))
          if let brief = briefs.first(where: { $0.id == input.brief }) {
            Block.section(
              Words(en: "Split: \(brief.title)", fr: "Scinder : \(brief.title)"), id: "split"
            ) {
              splitting(brief, held[brief.id] ?? [], briefs, in: situation, until: day)
            }
          }
        }
      }
    }
  }

  private func merging(_ briefs: [Brief], in situation: MatchingCase, until day: Day) -> Block {
    let choices = briefs.map { FormChoice($0.id, name: named($0, situation)) }
    return .form(
      "matching.merge-teams",
      [
        FormField("brief", as: .select, choices: choices),
        FormField("other", as: .select, choices: choices), "confirmBy",
        FormField("reason", as: .lines(2)), FormField("despite", as: .lines(2), required: false),
      ], fixed: ["edition": .string(situation.edition.id.description)],
      values: ["confirmBy": .string(day.description)],
      button: Words(en: "Make one team", fr: "Réunir"), tone: .warning,
      confirming: Confirmation(
        Words(en: "Make one team of them?", fr: "N’en faire qu’une équipe ?"),
        Words(
          en:
            "The first stays. The people of the other are asked again, but for those who are in the first already; its mission ends with your reason.",
          fr:
            "La première reste. Les personnes de l’autre sont sollicitées de nouveau, sauf celles déjà dans la première ; sa mission prend fin avec votre motif."
        ), button: Words(en: "Yes, one team", fr: "Oui, une équipe")),
      then: .here(Words(en: "They are asked.", fr: "Elles sont sollicitées.")))
  }

  private func splitting(
    _ brief: Brief, _ places: [PlaceRow], _ briefs: [Brief], in situation: MatchingCase,
    until day: Day
  ) -> Block {
    .form(
      "matching.split-team",
      [
        FormField(
          "volunteers", as: .checkboxes,
          choices: places.map {
            FormChoice($0.volunteer, name: "\($0.volunteerName) – \($0.roleTitle)")
          }),
        FormField(
          "other", as: .select,
          choices: briefs.filter { $0.id != brief.id }.map {
            FormChoice($0.id, name: named($0, situation))
          }), "confirmBy", FormField("reason", as: .lines(2)),
        FormField("despite", as: .lines(2), required: false),
      ],
      fixed: [
        "edition": .string(situation.edition.id.description),
        "brief": .string(brief.id.description),
      ],
      values: ["confirmBy": .string(day.description)],
      button: Words(en: "Split the team", fr: "Scinder l’équipe"), tone: .warning,
      then: .here(Words(en: "They are asked.", fr: "Elles sont sollicitées.")))
  }

  private func named(_ brief: Brief, _ situation: MatchingCase) -> String {
    "\(brief.title) (\(situation.organisationName(of: brief)))"
  }
}

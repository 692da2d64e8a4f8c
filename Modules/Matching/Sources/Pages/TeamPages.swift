internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import Pages

// One proposed team as people see it: who, in which role, from where, why; and what would be sent to whom.
extension MatchingModule {
  private struct OneTeam: Codable, Sendable {
    let run: RunID
    let brief: BriefID
  }
  private struct OffersOfRun: Codable, Sendable {
    let run: RunID
    let after: PageMark?
  }

  var teamPage: PortalPage {
    PortalPage(
      "matching.team", "/runs/{run}/teams/{brief}", by: .staff,
      Words(en: "A proposed team", fr: "Une équipe proposée"),
      asking: { (input: OneTeam, _) in try await evidence(of: input.run)?.situation }
    ) { (input: OneTeam, situation, transaction) in
      let run = try finishedRun(input.run, in: transaction)
      let people = try transaction.select(
        ProposalRow.self,
        "WHERE run = \(run.id) AND brief = \(input.brief) AND role IS NOT NULL ORDER BY position")
      guard let title = people.first?.briefTitle else {
        throw Problem.notFound(Words(en: "team", fr: "équipe"), input.brief)
      }
      let vacancies = try transaction.select(
        VacancyRow.self, "WHERE run = \(run.id) AND brief = \(input.brief) ORDER BY position")
      let locked = Dictionary(
        try locks(of: run.editionId, in: transaction).map { ($0.holding, $0) }
      ) { first, _ in first }
      return PageContent(title: Words(title.description), trail: trail(run)) {
        Block.people(people.map { card($0, situation, locked, run) })
        Block.table(vacancies: vacancies, of: run)
        if run.state == .draft {
          Block.details(
            Words(
              en: "Keep this team in every run", fr: "Garder cette équipe dans tout appariement"),
            [
              .form(
                "matching.pin-team", [FormField("reason", as: .lines(2))],
                fixed: [
                  "run": .string(run.id.description), "brief": .string(input.brief.description),
                ], button: Words(en: "Keep the team", fr: "Garder l’équipe"),
                then: .here(Words(en: "Every run keeps it.", fr: "Tout appariement la garde.")))
            ])
        }
      }
    }
  }

  private func card(
    _ proposal: ProposalRow, _ situation: MatchingCase?, _ locked: [Holding: LockRow], _ run: RunRow
  ) -> PersonCard {
    let company = situation.flatMap { known in
      known.volunteer(proposal.volunteer).flatMap { known.partnerName(of: $0) }
    }
    return PersonCard(
      proposal.volunteerName, role: proposal.roleTitle.map { Words($0.description) },
      facts: [
        Fact(en: "From", fr: "De", .optional(company) { .text($0) }),
        Fact(en: "Why", fr: "Pourquoi", .words(proposal.reason)),
      ],
      tag: proposal.holding.flatMap { locked[$0] }.map { StateTag($0.kind.words, .info) },
      page: "/runs/\(run.id)/volunteers/\(proposal.volunteer)")
  }

  var runOffersPage: PortalPage {
    PortalPage(
      "matching.run-offers", "/runs/{run}/offers", by: .staff,
      Words(en: "Who gets which offer", fr: "Qui reçoit quelle proposition")
    ) { (input: OffersOfRun, transaction) in
      let run = try finishedRun(input.run, in: transaction)
      let placed = try transaction.page(
        ProposalRow.self, where: "run = \(run.id) AND role IS NOT NULL", by: "position",
        after: input.after, limit: PageSize(100))
      return PageContent(
        title: Words(en: "Who gets which offer", fr: "Qui reçoit quelle proposition"),
        trail: trail(run)
      ) {
        Block.table(
          Table(
            run.state == .draft
              ? Words(en: "Offers that will be sent", fr: "Propositions qui partiront")
              : Words(en: "Offers that were sent", fr: "Propositions envoyées"),
            columns: [
              Column(en: "Volunteer", fr: "Volontaire"), Column(en: "Role", fr: "Rôle"),
              Column(en: "Mission", fr: "Mission"),
            ],
            rows: placed.items.map {
              TableRow(
                [
                  .text($0.volunteerName), .optional($0.roleTitle) { .text($0) },
                  .optional($0.briefTitle) { .text($0) },
                ], page: "/runs/\(run.id)/volunteers/\($0.volunteer)")
            }, empty: Words(en: "None.", fr: "Aucune."), next: placed.next, csv: "offers"))
      }
    }
  }
}

extension Block {
  /// Empty seats with their reasons; nothing where there are none.
  static func table(vacancies: [VacancyRow], of run: RunRow) -> [Block] {
    guard !vacancies.isEmpty else { return [] }
    return [
      .table(
        Table(
          Words(en: "Empty seats, and why", fr: "Places vides, et pourquoi"),
          columns: [
            Column(en: "Role", fr: "Rôle"), Column(en: "Mission", fr: "Mission"),
            Column(en: "Empty", fr: "Vides", number: true), Column(en: "Why", fr: "Pourquoi"),
          ],
          rows: vacancies.map {
            TableRow(
              [
                .text($0.roleTitle), .text($0.briefTitle), .number($0.seats), .words($0.reason),
              ], page: "/runs/\(run.id)/roles/\($0.role)")
          }, empty: Words("")))
    ]
  }
}

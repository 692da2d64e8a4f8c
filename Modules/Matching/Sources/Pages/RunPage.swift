internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import Pages
internal import ProgrammesAPI

// Teams as people see them: who, in which role, from where, why; then publication.
extension MatchingModule {
  var runPage: PortalPage {
    PortalPage(
      "matching.run", "/runs/{run}", by: .staff,
      Words(en: "Proposed teams", fr: "Équipes proposées"),
      asking: { (input: OneRun, _) in
        let edition = try await host.read { connection -> EditionID in
          if let run = try connection.find(RunRow.self, input.run) { return run.editionId }
          guard let open = try connection.find(ComputationRow.self, input.run) else {
            throw Problem.notFound(RunRow.noun, input.run)
          }
          return open.editionId
        }
        return (
          try await programmes.edition(edition), try await evidence(of: input.run)?.situation
        )
      }
    ) { (input: OneRun, asked, transaction) in
      let (edition, situation) = asked
      let trail = [
        Link(
          Words(en: "Teams by matching", fr: "Équipes par appariement"),
          "/editions/\(edition.id)/matching")
      ]
      guard let run = try transaction.find(RunRow.self, input.run) else {
        guard let open = try transaction.find(ComputationRow.self, input.run) else {
          throw Problem.notFound(RunRow.noun, input.run)
        }
        return computing(open, edition, trail)
      }
      let proposals = try transaction.select(
        ProposalRow.self, "WHERE run = \(run.id) ORDER BY position")
      let vacancies = try transaction.select(
        VacancyRow.self, "WHERE run = \(run.id) ORDER BY position")
      let locked = Dictionary(
        try locks(of: edition.id, in: transaction).map { ($0.holding, $0) }
      ) { first, _ in first }
      let waiting = proposals.filter { $0.role == nil }
      let teams = Dictionary(grouping: proposals.filter { $0.role != nil }, by: \.brief)
      let others = try transaction.select(
        RunRow.self, "WHERE edition_id = \(edition.id) AND id <> \(run.id) ORDER BY number DESC")
      return PageContent(
        title: Words(en: "Run \(run.number)", fr: "Appariement \(run.number)"),
        over: Words(edition.name.description), trail: trail
      ) {
        Block.tiles([
          Tile(.number(proposals.count - waiting.count), Words(en: "placed", fr: "placés")),
          Tile(.number(waiting.count), Words(en: "waiting", fr: "en attente")),
          Tile(
            .number(vacancies.reduce(0) { $0 + $1.seats }),
            Words(en: "empty seats", fr: "places vides")),
        ])
        Block.links(
          [
            Link(
              Words(en: "Whom it serves", fr: "Qui il sert"), "/runs/\(run.id)/fairness"),
            Link(Words(en: "Try a change", fr: "Essayer un changement"), "/runs/\(run.id)/what-if"),
            Link(
              Words(en: "Who gets which offer", fr: "Qui reçoit quelle proposition"),
              "/runs/\(run.id)/offers"),
            Link(
              Words(en: "What every run keeps to", fr: "Ce que tout appariement respecte"),
              "/editions/\(edition.id)/locks"),
          ]
            + others.prefix(10).map {
              Link(
                Words(
                  en: "Compare with run \($0.number)", fr: "Comparer à l’appariement \($0.number)"),
                "/runs/\(run.id)/comparison/\($0.id)")
            })
        if run.state == .draft { publication(of: run, proposals, waiting.count, edition) }
        Block.table(
          Table(
            Words(en: "Teams", fr: "Équipes"),
            columns: [
              Column(en: "Mission", fr: "Mission"),
              Column(en: "People", fr: "Personnes", number: true),
              Column(en: "Companies", fr: "Entreprises", number: true),
              Column(en: "Empty", fr: "Vides", number: true),
              Column(en: "Your decisions", fr: "Vos décisions", number: true),
            ],
            rows: teams.sorted { title($0.value) < title($1.value) }.map { brief, people in
              TableRow(
                [
                  .text(title(people)), .number(people.count),
                  .number(Set(people.compactMap { company($0, situation) }).count),
                  .number(vacancies.filter { $0.brief == brief }.reduce(0) { $0 + $1.seats }),
                  .number(people.count { $0.holding.map { locked[$0] != nil } ?? false }),
                ], page: brief.map { "/runs/\(run.id)/teams/\($0)" })
            }, empty: Words(en: "Nobody could be placed.", fr: "Personne n’a pu être placé.")))
        Block.table(vacancies: vacancies, of: run)
        if !waiting.isEmpty {
          Block.table(
            Table(
              Words(en: "Waiting, and why", fr: "En attente, et pourquoi"),
              columns: [
                Column(en: "Volunteer", fr: "Volontaire"), Column(en: "Why", fr: "Pourquoi"),
              ],
              rows: waiting.prefix(Self.mostWaiting).map { proposal in
                TableRow(
                  [.text(proposal.volunteerName), .words(proposal.reason)],
                  page: "/runs/\(run.id)/volunteers/\(proposal.volunteer)")
              }, empty: Words("")))
          if waiting.count > Self.mostWaiting {
            Block.paragraph(
              en: "And \(waiting.count - Self.mostWaiting) more.",
              fr: "Et \(waiting.count - Self.mostWaiting) de plus.")
          }
        }
      }
    }
  }

  /// How many of those who wait a page lists.
  private static var mostWaiting: Int { 100 }

  private func company(_ proposal: ProposalRow, _ situation: MatchingCase?) -> Name? {
    situation.flatMap { known in
      known.volunteer(proposal.volunteer).flatMap { known.partnerName(of: $0) }
    }
  }

  private func title(_ people: [ProposalRow]) -> String {
    people.first?.briefTitle?.description ?? ""
  }

  private func computing(_ open: ComputationRow, _ edition: Edition, _ trail: [Link]) -> PageContent
  {
    let progress = progress(of: open)
    return PageContent(
      title: Words(en: "Run \(open.number)", fr: "Appariement \(open.number)"),
      over: Words(edition.name.description), trail: trail
    ) {
      if let fault = open.fault {
        Block.notice(.bad, Words(en: "It failed", fr: "Il a échoué"), fault)
      } else {
        Block.notice(
          .info, Words(en: "Teams are being worked out", fr: "Les équipes sont en cours de calcul"),
          Words(
            en: "Open this page again in a moment. The best so far can be taken at any time.",
            fr:
              "Rouvrez cette page dans un moment. On peut s’arrêter à la meilleure solution trouvée."
          ))
        if let progress {
          Block.progress(
            Progress(
              Words(en: "Worked out", fr: "Avancement"),
              done: progress.permille / 10, of: 100,
              unit: Words(en: "per cent", fr: "pour cent")))
          Block.facts([
            Fact(
              en: "Seats filled so far", fr: "Places pourvues à ce stade",
              .optional(progress.best) { .number($0.filled) })
          ])
        }
        Block.links(Link(Words(en: "Look again", fr: "Regarder de nouveau"), "/runs/\(open.id)"))
        Block.form(
          "matching.cancel-run", [], fixed: ["run": .string(open.id.description)],
          button: Words(en: "Stop, and take the best so far", fr: "Arrêter et garder la meilleure"),
          then: .here(Words(en: "It stops.", fr: "Le calcul s’arrête.")))
      }
    }
  }

  /// Who will be offered what, then the button that does it.
  private func publication(
    of run: RunRow, _ proposals: [ProposalRow], _ waiting: Int, _ edition: Edition
  ) -> Block {
    let placed = proposals.count - waiting
    let text = Words(
      en:
        "\(placed) people are offered their place by letter, and \(waiting) learn why they wait.",
      fr:
        "\(placed) personnes reçoivent leur proposition par courriel, et \(waiting) apprennent pourquoi elles attendent."
    )
    return .section(Words(en: "Publish", fr: "Publier"), id: "publish") {
      Block.paragraph(text)
      Block.form(
        "matching.publish", ["confirmBy", "personalLine"],
        fixed: ["run": .string(run.id.description)],
        version: run.version,
        button: Words(en: "Publish these teams", fr: "Publier ces équipes"), tone: .good,
        confirming: Confirmation(
          Words(en: "Publish these teams?", fr: "Publier ces équipes ?"),
          Words(
            en: "\(text.en) A publication cannot be undone; places can still be exchanged.",
            fr: "\(text.fr) Une publication ne s’annule pas ; des places peuvent encore changer."),
          button: Words(en: "Yes, publish", fr: "Oui, publier")),
        then: .page(
          "/editions/\(edition.id)/places",
          Words(en: "The teams are published.", fr: "Les équipes sont publiées.")))
    }
  }
}

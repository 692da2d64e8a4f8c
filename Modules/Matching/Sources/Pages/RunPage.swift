internal import Kernel
internal import MatchingAPI
internal import Pages
internal import ProgrammesAPI

// Teams as people see them: who, in which role, why; then publication.
extension MatchingModule {
  var runPage: PortalPage {
    PortalPage(
      "matching.run", "/runs/{run}", by: .staff,
      Words(en: "Proposed teams", fr: "Équipes proposées"),
      asking: { (input: OneRun, _) in
        let row = try await host.read { try finishedRun(input.run, in: $0) }
        return try await programmes.edition(row.editionId)
      }
    ) { (input: OneRun, edition, transaction) in
      let run = try finishedRun(input.run, in: transaction)
      let proposals = try transaction.select(
        ProposalRow.self, "WHERE run = \(run.id) ORDER BY position")
      let vacancies = try transaction.select(
        VacancyRow.self, "WHERE run = \(run.id) ORDER BY position")
      let waiting = proposals.filter { $0.role == nil }
      let teams = Dictionary(grouping: proposals.filter { $0.role != nil }) { $0.briefTitle }
      return PageContent(
        title: Words(en: "Run \(run.number)", fr: "Appariement \(run.number)"),
        over: Words(edition.name.description),
        trail: [
          Link(
            Words(en: "Teams by matching", fr: "Équipes par appariement"),
            "/editions/\(edition.id)/matching")
        ]
      ) {
        Block.tiles([
          Tile(.number(proposals.count - waiting.count), Words(en: "placed", fr: "placés")),
          Tile(.number(waiting.count), Words(en: "waiting", fr: "en attente")),
          Tile(
            .number(vacancies.count), Words(en: "roles with empty seats", fr: "rôles à compléter")),
        ])
        if run.state == .draft {
          Block.section(Words(en: "Publish", fr: "Publier")) {
            Block.paragraph(
              en:
                "\(proposals.count - waiting.count) people are offered their place by letter, and \(waiting.count) learn why they wait.",
              fr:
                "\(proposals.count - waiting.count) personnes reçoivent leur proposition par courriel, et \(waiting.count) apprennent pourquoi elles attendent."
            )
            Block.form(
              "matching.publish", ["confirmBy"], fixed: ["run": .string(run.id.description)],
              version: run.version,
              button: Words(en: "Publish these teams", fr: "Publier ces équipes"), tone: .good,
              confirming: Confirmation(
                Words(en: "Publish these teams?", fr: "Publier ces équipes ?"),
                Words(
                  en:
                    "Letters go out at once. A publication cannot be undone; places can still be exchanged.",
                  fr:
                    "Les courriels partent aussitôt. Une publication ne s’annule pas ; des places peuvent encore changer."
                ),
                button: Words(en: "Yes, publish", fr: "Oui, publier")),
              then: .page(
                "/editions/\(edition.id)/places",
                Words(en: "The teams are published.", fr: "Les équipes sont publiées.")))
          }
        }
        Block.section(Words(en: "Teams", fr: "Équipes")) {
          for (title, people) in teams.sorted(by: {
            ($0.key?.description ?? "") < ($1.key?.description ?? "")
          }) {
            Block.section(Words(title?.description ?? "–")) {
              Block.people(
                people.map { proposal in
                  PersonCard(
                    proposal.volunteerName, role: proposal.roleTitle.map { Words($0.description) },
                    facts: [Fact(en: "Why", fr: "Pourquoi", .words(proposal.reason))])
                })
            }
          }
        }
        if !waiting.isEmpty {
          Block.section(Words(en: "Waiting", fr: "En attente")) {
            Block.people(
              waiting.map { proposal in
                PersonCard(
                  proposal.volunteerName,
                  facts: [Fact(en: "Why", fr: "Pourquoi", .words(proposal.reason))])
              })
          }
        }
      }
    }
  }
}

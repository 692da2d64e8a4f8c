internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// Who else is accompanied: organisations have much to give one another.
extension AccompanimentModule {
  private struct Around: Sendable {
    let policy: AccompanimentPolicy
    let edition: Edition
    let peers: [Organisation]
  }

  var peersPage: PortalPage {
    PortalPage(
      "accompaniment.peers", "/journeys/{journey}/peers", by: .staff(and: .member),
      Words(en: "The other organisations", fr: "Les autres organisations"),
      asking: { (input: OneJourney, context) in
        let policy = try await policy(for: context.actor)
        let row = try await host.read { try policy.journey(input.journey, in: $0) }
        let others = try await applications.laureates(of: row.editionId).map(\.organisation)
          .filter { $0 != row.organisation }
        let known = try await applications.organisations(others)
        let peers = others.compactMap { known[$0] }
        return Around(
          policy: policy, edition: try await programmes.edition(row.editionId), peers: peers)
      }
    ) { (input: OneJourney, around, transaction) in
      let row = try around.policy.journey(input.journey, in: transaction)
      // Words of an organisation's own, which it wrote for all to read.
      let briefs = try publishedBriefs(of: row.editionId, in: transaction)
      let meetings = try workshopLines(of: row.id, in: transaction).filter {
        $0.kind == .peerExchange && $0.cancelledAt == nil
      }
      return PageContent(
        title: Words(
          en: "The other organisations of the edition", fr: "Les autres organisations de l’édition"),
        over: Words(around.edition.name.description),
        trail: [
          Link(
            Words(
              en: "The journey of \(row.organisationName)",
              fr: "Le parcours de \(row.organisationName)"), "/journeys/\(row.id)")
        ]
      ) {
        Block.table(
          Table(
            Words(en: "Organisations accompanied", fr: "Organisations accompagnées"),
            columns: [
              Column(en: "Organisation", fr: "Organisation"),
              Column(en: "Works for", fr: "Agit pour"),
              Column(en: "Mission", fr: "Mission"),
            ],
            rows: around.peers.map { peer in
              let own = briefs.filter { $0.organisation == peer.id }
              return TableRow([
                .text(peer.name),
                peer.causes.isEmpty ? .none : .list(peer.causes.map { .text($0) }),
                own.isEmpty ? .none : .list(own.map { .text($0.title) }),
              ])
            },
            empty: Words(
              en: "No other organisation has confirmed its place yet.",
              fr: "Aucune autre organisation n’a encore confirmé sa place.")))
        Block.section(Words(en: "When you meet", fr: "Quand vous vous rencontrez")) {
          if meetings.isEmpty {
            Block.paragraph(
              en: "No peer exchange is planned with you yet.",
              fr: "Aucun échange entre pairs n’est encore prévu avec vous.")
          } else {
            Block.timeline(
              meetings.map {
                Moment(.day($0.day), Words($0.title.description), page: "/workshops/\($0.workshop)")
              })
          }
        }
      }
    }
  }
}

internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// Who takes part, for everybody to see.
extension ApplicationsModule {
  private struct LaureatesOf: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
  }

  var laureatesPage: PortalPage {
    PortalPage(
      "applications.laureates", "/editions/{edition}/laureates", by: .everyone,
      Words(en: "Laureates", fr: "Lauréats"),
      asking: { (input: LaureatesOf, _) in try await programmes.edition(input.edition) }
    ) { (input: LaureatesOf, edition, transaction) in
      let shown = try laureates(
        of: edition.id, after: input.after, limit: PageSize(50), transaction)
      return PageContent(
        title: Words(en: "Laureates", fr: "Lauréats"), over: Words(edition.name.description),
        lead: Words(edition.theme.description),
        trail: [Link(Words(en: "Calls", fr: "Appels"), "/calls")]
      ) {
        Block.table(
          Table(
            Words(en: "Organisations that take part", fr: "Organisations participantes"),
            columns: [
              Column(en: "Organisation", fr: "Organisation"), Column(en: "Kind", fr: "Genre"),
              Column(en: "Works for", fr: "Agit pour"),
            ],
            rows: shown.items.map { organisation in
              TableRow([
                .text(organisation.name), .words(organisation.kind.title),
                organisation.causes.isEmpty
                  ? .none : .list(organisation.causes.map { .text($0) }),
              ])
            },
            empty: Words(
              en: "Nobody has confirmed its place yet.",
              fr: "Personne n’a encore confirmé sa place."), next: shown.next, csv: "laureates"))
      }
    }
  }
}

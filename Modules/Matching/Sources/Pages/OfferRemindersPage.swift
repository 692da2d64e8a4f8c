internal import Kernel
internal import MatchingAPI
internal import Pages
internal import ProgrammesAPI

// Who has not answered an offer, and who a reminder goes to, before it goes.
extension MatchingModule {
  private struct OffersOpen: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
  }

  var offerRemindersPage: PortalPage {
    PortalPage(
      "matching.open-offers", "/editions/{edition}/open-offers", by: .staff,
      Words(en: "Offers without an answer", fr: "Offres sans réponse"),
      asking: { (input: OffersOpen, _) in try await programmes.edition(input.edition) }
    ) { (input: OffersOpen, edition, transaction) in
      let shown = try openOffers(
        of: edition, after: input.after, limit: PageSize(50), in: transaction)
      let (open, due) = try openOfferCounts(of: edition, in: transaction)
      return PageContent(
        title: Words(en: "Offers without an answer", fr: "Offres sans réponse"),
        over: Words(edition.name.description),
        lead: Words(
          en:
            "A reminder goes to everybody who was not written to about it today; the term stays.",
          fr:
            "Un rappel va à chaque personne à qui rien n’a été écrit à ce sujet aujourd’hui ; le terme reste."
        ),
        trail: [
          Link(
            Words(en: "Places offered", fr: "Places proposées"), "/editions/\(edition.id)/places")
        ]
      ) {
        Block.tiles([
          Tile(.number(open), Words(en: "without an answer", fr: "sans réponse")),
          Tile(.number(due), Words(en: "would get a reminder", fr: "recevraient un rappel")),
        ])
        if due > 0 {
          Block.form(
            "matching.remind-offers", ["personalLine"],
            fixed: ["edition": .string(edition.id.description)],
            button: Words(
              en: "Remind whoever has not answered (\(due))",
              fr: "Rappeler à qui n’a pas répondu (\(due))"),
            confirming: Confirmation(
              Words(en: "Write to all of them?", fr: "Écrire à toutes ?"),
              Words(
                en:
                  "\(due) letters leave, one to each person listed with “today” in the column Reminder.",
                fr:
                  "\(due) lettres partent, une à chaque personne qui a « aujourd’hui » dans la colonne Rappel."
              ),
              button: Words(en: "Yes, remind them", fr: "Oui, envoyer le rappel")),
            then: .here(Words(en: "They are written to.", fr: "Les lettres partent.")))
        }
        Block.table(
          Table(
            Words(en: "Offers that wait for an answer", fr: "Offres qui attendent une réponse"),
            columns: [
              Column(en: "Volunteer", fr: "Volontaire"), Column(en: "Mission", fr: "Mission"),
              Column(en: "Role", fr: "Rôle"), Column(en: "Answer by", fr: "Réponse avant le"),
              Column(en: "Last written to", fr: "Dernière lettre"),
              Column(en: "Reminder", fr: "Rappel"),
            ],
            rows: shown.items.map { offer in
              TableRow(
                [
                  .text(offer.volunteerName), .text(offer.briefTitle), .text(offer.roleTitle),
                  .day(edition.zone.day(of: offer.confirmBy.advanced(bySeconds: -1))),
                  .day(edition.zone.day(of: offer.sentAt)),
                  offer.isDue
                    ? .tag(Words(en: "today", fr: "aujourd’hui"), .info)
                    : .tag(Words(en: "written to today", fr: "lettre ce jour")),
                ], page: "/places/\(offer.id)")
            },
            empty: Words(en: "Everybody has answered.", fr: "Tout le monde a répondu."),
            next: shown.next))
      }
    }
  }
}

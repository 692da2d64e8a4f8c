internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// Several people leave at once: whoever speaks for them says who, and sees what it does before it is done.
extension PartnersModule {
  private struct Leaving: Codable, Sendable {
    let edition: EditionID
    let partner: PartnerID?
    let after: PageMark?
  }

  var withdrawTogetherPage: PortalPage {
    PortalPage(
      "partners.withdraw-together", "/editions/{edition}/withdrawals", by: .staff(and: .partner),
      Words(en: "Withdraw several people", fr: "Retirer plusieurs personnes"),
      asking: { (input: Leaving, _) in try await programmes.edition(input.edition) }
    ) { (input: Leaving, edition, transaction) in
      let policy = try PartnersPolicy(transaction)
      if let partner = input.partner, !policy.mayActFor(partner) {
        throw Problem.notFound(PartnerRow.noun, partner)
      }
      let of: SQL = input.partner.map { "AND partner = \($0)" } ?? ""
      let people = try transaction.page(
        VolunteerRow.self,
        where: """
          edition_id = \(edition.id) AND withdrawn_at IS NULL AND \(part: policy.visible)
          \(part: of)
          """,
        by: "name", "id", after: input.after, limit: PageSize(100))
      let back =
        input.partner.map { "/partners/\($0)/editions/\(edition.id)" }
        ?? (policy.isStaff ? "/editions/\(edition.id)/volunteers" : "/partner")
      return PageContent(
        title: Words(en: "Withdraw several people", fr: "Retirer plusieurs personnes"),
        over: Words(edition.name.description),
        lead: Words(
          en: "Those you mark leave the edition. A place one of them has goes to somebody else.",
          fr:
            "Les personnes cochées quittent l’édition. La place de chacune, si elle en a une, ira à quelqu’un d’autre."
        ),
        trail: [
          policy.isStaff
            ? Link(Words(en: "Volunteers", fr: "Volontaires"), back)
            : Link(Words(en: "Your people", fr: "Vos participants"), back)
        ]
      ) {
        if people.items.isEmpty {
          Block.paragraph(en: "Nobody is registered here.", fr: "Personne n’est inscrit ici.")
        } else {
          Block.form(
            "partners.withdraw-together",
            [
              FormField(
                "volunteers", as: .checkboxes,
                choices: people.items.map {
                  FormChoice($0.id, name: $0.name, hint: $0.state.words)
                }), FormField("reason", as: .lines(2)),
            ],
            button: Words(en: "Withdraw those marked", fr: "Retirer les personnes cochées"),
            tone: .bad,
            confirming: Confirmation(
              Words(en: "Do they leave the edition?", fr: "Quittent-elles l’édition ?"),
              Words(
                en:
                  "Each of them is withdrawn, with the reason you gave; their places are offered to others at once.",
                fr:
                  "Chacune est retirée, avec le motif indiqué ; leurs places sont aussitôt proposées à d’autres."
              ),
              button: Words(en: "Yes, withdraw them", fr: "Oui, les retirer")),
            then: .page(back, Words(en: "They have left.", fr: "Elles sont retirées.")))
        }
        if let next = people.next {
          Block.links(
            Link(
              Words(en: "The next people of the list", fr: "Les personnes suivantes de la liste"),
              "/editions/\(edition.id)/withdrawals?"
                + (input.partner.map { "partner=\($0)&" } ?? "") + "after=\(next)"))
        }
      }
    }
  }
}

internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// Partners: for their contacts, the editions they take part in; for staff, all of an edition, and one with
// its people to talk to.
extension PartnersModule {
  private struct Taking: Sendable {
    let editions: [Edition]
  }

  var myPartnerPage: PortalPage {
    PortalPage(
      "partners.mine", "/partner", by: [.partner],
      Words(en: "Our people", fr: "Nos participants"), inMenu: true,
      asking: { (_: Nothing, context) in
        let ids = try await host.read { connection -> [EditionID] in
          guard let own = try PartnersPolicy(context.actor, in: connection).own else { return [] }
          return try connection.rows(
            """
            SELECT edition_id FROM partners_pledge WHERE partner = \(own)
            UNION SELECT edition_id FROM partners_agreement WHERE partner = \(own)
            UNION SELECT edition_id FROM partners_volunteer WHERE partner = \(own)
            """
          ).map { try $0.get("edition_id") }
        }
        var editions: [Edition] = []
        for id in ids { editions.append(try await programmes.edition(id)) }
        return Taking(editions: editions.sorted { ($0.starts, $0.id) > ($1.starts, $1.id) })
      }
    ) { (_: Nothing, taking, transaction) in
      guard let own = try PartnersPolicy(transaction).own else { throw Problem.forbidden }
      let partner = try transaction.get(PartnerRow.self, own)
      return PageContent(
        title: Words(en: "Our people", fr: "Nos participants"),
        over: Words(partner.name.description)
      ) {
        Block.table(
          Table(
            Words(en: "Editions you take part in", fr: "Éditions où vous participez"),
            columns: [
              Column(en: "Edition", fr: "Édition"), Column(en: "From", fr: "Du"),
              Column(en: "To", fr: "Au"),
            ],
            rows: taking.editions.map {
              TableRow(
                [.text($0.name), .day($0.starts), .day($0.ends)],
                page: "/partners/\(partner.id)/editions/\($0.id)")
            },
            empty: Words(
              en: "None yet: your programme manager opens one with you.",
              fr: "Aucune pour l’instant : l’équipe du programme en ouvre une avec vous.")))
        Block.links(
          Link(
            Words(en: "Who speaks for us", fr: "Qui parle pour nous"), "/partners/\(partner.id)"))
      }
    }
  }

  var editionPartnersPage: PortalPage {
    PortalPage(
      "partners.of-edition", "/editions/{edition}/partners", by: .staff,
      Words(en: "Partners", fr: "Partenaires"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      let partners = try transaction.select(PartnerRow.self, "WHERE merged_into IS NULL")
        .alphabetical { $0.name }
      let pledges = Dictionary(
        try transaction.select(PledgeRow.self, "WHERE edition_id = \(edition.id)")
          .map { ($0.partner, $0) }
      ) { first, _ in first }
      let signed = Set(
        try transaction.select(AgreementRow.self, "WHERE edition_id = \(edition.id)")
          .map(\.partner))
      let people = try headcount(of: edition.id, forStaff: true, in: transaction)
      return PageContent(
        title: Words(en: "Partners", fr: "Partenaires"), over: Words(edition.name.description)
      ) {
        Block.table(
          Table(
            Words(en: "Pledged, and come", fr: "Promis, et venus"),
            columns: [
              Column(en: "Partner", fr: "Partenaire"), Column(en: "Agreement", fr: "Convention"),
              Column(en: "Pledged", fr: "Promises", number: true),
              Column(en: "Registered", fr: "Inscrites", number: true),
              Column(en: "Ready", fr: "Prêtes", number: true),
              Column(en: "Left", fr: "Parties", number: true),
            ],
            rows: partners.map { partner in
              let there = people[partner.id] ?? Headcount()
              return TableRow(
                [
                  .text(partner.name),
                  signed.contains(partner.id)
                    ? .tag(Words(en: "signed", fr: "signée"), .good)
                    : .tag(Words(en: "none", fr: "aucune"), .warning),
                  .optional(pledges[partner.id]) { .number($0.people) },
                  .number(there.registered), .number(there.complete), .number(there.withdrawn),
                ], page: "/partners/\(partner.id)/editions/\(edition.id)")
            }, empty: Words(en: "No partner yet.", fr: "Aucun partenaire pour l’instant."),
            csv: "partners"))
        Block.actions(
          .link(Words(en: "Register a partner", fr: "Enregistrer un partenaire"), "/partners/new"))
        Block.links(
          Link(Words(en: "Volunteers", fr: "Volontaires"), "/editions/\(edition.id)/volunteers"),
          Link(
            Words(en: "Registered by two: to settle", fr: "Inscrits deux fois : à trancher"),
            "/editions/\(edition.id)/claims"),
          Link(
            Words(en: "Likely the same", fr: "Sans doute les mêmes"),
            "/editions/\(edition.id)/duplicates"))
      }
    }
  }

  var newPartnerPage: PortalPage {
    PortalPage(
      "partners.new", "/partners/new", by: .staff,
      Words(en: "Register a partner", fr: "Enregistrer un partenaire")
    ) { (_: Nothing, _) in
      PageContent(title: Words(en: "Register a partner", fr: "Enregistrer un partenaire")) {
        Block.form(
          Form(
            "partners.register",
            fields: [
              FieldGroup(
                Words(en: "The partner", fr: "Le partenaire"),
                ["name", FormField("kind", as: .radios), "siren"]),
              FieldGroup(
                Words(en: "Who speaks for it", fr: "Qui parle pour lui"),
                ["contact.name", "contact.email", "contact.language"]),
            ], values: ["contact.language": "fr"], button: Words(en: "Register", fr: "Enregistrer"),
            then: .page(
              "/partners/{partner}", Words(en: "Registered.", fr: "C’est enregistré."))))
      }
    }
  }

  var partnerPage: PortalPage {
    PortalPage(
      "partners.partner", "/partners/{partner}", by: .staff(and: .partner),
      Words(en: "A partner", fr: "Un partenaire")
    ) { (input: OnePartner, transaction) in
      let partner = try transaction.partner(input.partner)
      let people = try contacts(of: partner.id, in: transaction)
      let isStaff = transaction.actor.isStaff
      return PageContent(title: Words(partner.name.description)) {
        Block.facts(
          Fact(en: "Kind", fr: "Genre", .words(JSONSchema.words(of: partner.kind.rawValue))),
          Fact(en: "SIREN", fr: "SIREN", .optional(partner.siren) { .text($0) }))
        Block.table(
          Table(
            Words(en: "Who speaks for it", fr: "Qui parle pour lui"),
            columns: [Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse")],
            rows: people.map { TableRow([.text($0.name), .email($0.email)]) },
            empty: Words(en: "Nobody.", fr: "Personne.")))
        if isStaff { desk(partner, people) }
      }
    }
  }

  private func desk(_ partner: PartnerRow, _ people: [PartnerContactRow]) -> [Block] {
    let id: [String: JSON] = ["partner": .string(partner.id.description)]
    var blocks: [Block] = [
      .details(
        Words(en: "Add a contact", fr: "Ajouter un contact"),
        [
          .form(
            "partners.add-contact", ["name", "email", "language"], fixed: id,
            values: ["language": "fr"], button: Words(en: "Add", fr: "Ajouter"),
            then: .here(Words(en: "Added.", fr: "C’est ajouté.")))
        ]),
      .details(
        Words(en: "Correct the partner", fr: "Corriger le partenaire"),
        [
          .form(
            "partners.correct", ["name", "siren"], fixed: id,
            values: [
              "name": .string(partner.name.description),
              "siren": partner.siren.map { .string($0.description) } ?? .null,
            ], version: partner.version, button: Words(en: "Save", fr: "Enregistrer"),
            then: .here(Words(en: "Saved.", fr: "Enregistré.")))
        ]),
    ]
    for person in people {
      let contact = id.merging(["contact": .string(person.id.description)]) { $1 }
      blocks.append(
        .details(
          Words(en: "Change: \(person.name)", fr: "Modifier : \(person.name)"),
          [
            .form(
              "partners.correct-contact", ["name", "email", "language"], fixed: contact,
              values: [
                "name": .string(person.name.description),
                "email": .string(person.email.description),
                "language": .string(person.language.rawValue),
              ], button: Words(en: "Save", fr: "Enregistrer"),
              then: .here(Words(en: "Saved.", fr: "Enregistré."))),
            .form(
              "partners.remove-contact", [], fixed: contact,
              button: Words(en: "Take \(person.name) off", fr: "Retirer \(person.name)"),
              tone: .bad,
              confirming: Confirmation(
                Words(en: "Take \(person.name) off?", fr: "Retirer \(person.name) ?"),
                Words(
                  en: "They no longer see the partner’s people.",
                  fr: "Cette personne ne verra plus les participants du partenaire."),
                button: Words(en: "Yes, take them off", fr: "Oui, retirer")),
              then: .here(Words(en: "Taken off.", fr: "C’est retiré."))),
          ]))
    }
    return blocks
  }
}

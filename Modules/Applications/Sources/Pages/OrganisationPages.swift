internal import ApplicationsAPI
internal import Kernel
internal import Pages

// An organisation: its applications, its people and what each may do, what is known of it.
extension ApplicationsModule {
  var ourOrganisationPage: PortalPage {
    PortalPage(
      "applications.our-organisation", "/organisation", by: [.member],
      Words(en: "Our organisation", fr: "Notre organisation"), inMenu: true
    ) { (_: Nothing, transaction) in
      guard let row = try ApplicationsPolicy.ownMember(transaction) else { throw Problem.forbidden }
      return try content(
        try ApplicationsPolicy.organisation(row.organisationId, in: transaction), transaction)
    }
  }

  var organisationPage: PortalPage {
    PortalPage(
      "applications.organisation", "/organisations/{organisation}", by: .staff(and: .member),
      Words(en: "An organisation", fr: "Une organisation")
    ) { (input: OneOrganisation, transaction) in
      try content(
        try ApplicationsPolicy.organisation(input.organisation, in: transaction), transaction)
    }
  }

  private func content(
    _ row: OrganisationRow, _ transaction: Transaction
  ) throws -> PageContent {
    let own = try ApplicationsPolicy.membership(in: row.id, transaction)
    let leads = transaction.actor.isStaff || own?.role == .lead
    let people = try members(of: row.id, in: transaction)
    let applications = try transaction.select(
      ApplicationRow.self, "WHERE organisation_id = \(row.id) ORDER BY drafted_at DESC, id")
    let alike =
      transaction.actor.isStaff ? try likely([row], in: transaction)[row.id] ?? [] : []
    return try PageContent(title: Words(row.name.description)) {
      if !alike.isEmpty {
        Block.notice(
          .warning,
          Words(en: "Likely registered twice", fr: "Sans doute inscrite deux fois"),
          Words(
            en: "Another organisation bears this name or number.",
            fr: "Une autre organisation porte ce nom ou ce numéro."),
          links: [Link(Self.duplicatesTitle, "/organisation-duplicates")])
      }
      try Block.section(Words(en: "Applications", fr: "Candidatures")) {
        Block.table(
          Table(
            Words(en: "Our applications", fr: "Nos candidatures"),
            columns: [Column(en: "Call", fr: "Appel"), Column(en: "State", fr: "État")],
            rows: try applications.map { application in
              TableRow(
                [
                  .text(try transaction.get(CallRow.self, application.callId).title),
                  .tag(application.state.title),
                ], page: "/applications/\(application.id)")
            },
            empty: Words(en: "None yet.", fr: "Aucune pour l’instant.")))
        Block.links(
          Link(Words(en: "Calls for applications", fr: "Appels à candidatures"), "/calls"))
      }
      Block.section(Words(en: "Colleagues", fr: "Collègues"), id: "colleagues") {
        Block.table(
          Table(
            Words(en: "Who acts for the organisation", fr: "Qui agit pour l’organisation"),
            columns: [
              Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse"),
              Column(en: "Role", fr: "Rôle"),
            ],
            rows: people.map { person in
              TableRow([.text(person.name), .email(person.email), .tag(person.role.title)])
            }, empty: Words(en: "Nobody.", fr: "Personne.")))
        if leads { colleagues(people, of: row) }
      }
      if leads {
        Block.details(
          Words(en: "Correct what is known of us", fr: "Corriger notre fiche"), [details(row)])
      }
    }
  }

  private func colleagues(_ people: [MemberRow], of row: OrganisationRow) -> [Block] {
    let roles = MemberRole.allCases.map { FormChoice($0.rawValue, $0.words) }
    var blocks: [Block] = [
      .details(
        Words(en: "Add a colleague", fr: "Ajouter un·e collègue"),
        [
          .form(
            "applications.add-member",
            [
              FormField("name", autocomplete: "off"), FormField("email", autocomplete: "off"),
              "language", FormField("role", as: .radios, choices: roles),
            ], fixed: ["organisation": .string(row.id.description)],
            values: ["language": "fr", "role": "writer"],
            button: Words(en: "Add them", fr: "Ajouter"),
            then: .here(
              Words(
                en: "Added: they sign in with their own address.",
                fr: "C’est fait : la personne se connecte avec sa propre adresse.")))
        ])
    ]
    for person in people {
      let id: [String: JSON] = ["member": .string(person.id.description)]
      blocks.append(
        .details(
          Words(en: "Change: \(person.name)", fr: "Modifier : \(person.name)"),
          [
            .form(
              "applications.change-role", [FormField("role", as: .radios, choices: roles)],
              fixed: id, values: ["role": .string(person.role.rawValue)],
              button: Words(en: "Change the role", fr: "Changer le rôle"),
              then: .here(Words(en: "The role is changed.", fr: "Le rôle est changé."))),
            .form(
              "applications.update-member", ["name", "email", "language"], fixed: id,
              values: [
                "name": .string(person.name.description),
                "email": .string(person.email.description),
                "language": .string(person.language.rawValue),
              ], button: Words(en: "Correct the address", fr: "Corriger l’adresse"),
              then: .here(Words(en: "Corrected.", fr: "Corrigé."))),
            .form(
              "applications.remove-member", [], fixed: id,
              button: Words(
                en: "Take \(person.name) off the list", fr: "Retirer \(person.name) de la liste"),
              tone: .bad,
              confirming: Confirmation(
                Words(en: "Take \(person.name) off?", fr: "Retirer \(person.name) ?"),
                Words(
                  en: "They can no longer read or write for the organisation.",
                  fr: "Cette personne ne pourra plus lire ni écrire pour l’organisation."),
                button: Words(en: "Yes, take them off", fr: "Oui, retirer")),
              then: .here(Words(en: "Taken off.", fr: "C’est retiré."))),
          ]))
    }
    return blocks
  }

  private func details(_ row: OrganisationRow) -> Block {
    .form(
      "applications.update-organisation",
      [
        "name", "kind", "territory", "foundedOn", "siren", "siret", "rna", "localRegister",
        "causes",
      ],
      fixed: ["organisation": .string(row.id.description)],
      values: [
        "name": .string(row.name.description), "kind": .string(row.kind.rawValue),
        "territory": .string(row.territory.description),
        "foundedOn": .string(row.foundedOn.description),
        "siren": row.siren.map { .string($0.description) } ?? .null,
        "siret": row.siren.flatMap { siren in row.nic.map { .string("\(siren)\($0)") } } ?? .null,
        "rna": row.rna.map { .string($0.description) } ?? .null,
        "localRegister": row.localRegister.map { .string($0.description) } ?? .null,
        "causes": .array(row.causes.map { .string($0.description) }),
      ], version: row.version, button: Words(en: "Save", fr: "Enregistrer"),
      then: .here(Words(en: "Saved.", fr: "Enregistré.")))
  }
}

extension MemberRole {
  /// The role with what it allows.
  fileprivate var words: Words {
    switch self {
    case .lead:
      Words(
        en: "Lead: submits, confirms, says who belongs",
        fr: "Responsable : dépose, confirme, dit qui en est")
    case .writer:
      Words(en: "Writer: fills applications in", fr: "Rédaction : remplit les candidatures")
    case .reader: Words(en: "Reader: follows them", fr: "Lecture : les suit")
    }
  }
}

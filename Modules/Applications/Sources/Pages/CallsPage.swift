internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// Open calls for anybody; one call with what it asks, and the way to apply.
extension ApplicationsModule {
  var callsPage: PortalPage {
    PortalPage(
      "applications.calls", "/calls", by: .everyone,
      Words(en: "Calls for applications", fr: "Appels à candidatures"), inMenu: true
    ) { (_: Nothing, transaction) in
      let calls = try transaction.select(CallRow.self, "ORDER BY closes_on DESC, title, id")
        .filter { ApplicationsPolicy.sees($0, transaction.actor) }
      return PageContent(title: Words(en: "Calls for applications", fr: "Appels à candidatures")) {
        Block.table(
          Table(
            Words(en: "Calls", fr: "Appels"),
            columns: [
              Column(en: "Call", fr: "Appel"), Column(en: "State", fr: "État"),
              Column(en: "Opens", fr: "Ouvre le"), Column(en: "Closes", fr: "Ferme le"),
              Column(en: "Places", fr: "Places", number: true),
            ],
            rows: calls.map { call in
              TableRow(
                [
                  .text(call.title),
                  .tag(
                    call.state(at: transaction.now).title,
                    call.state(at: transaction.now) == .open ? .good : .plain),
                  .day(call.opensOn), .day(call.closesOn), .number(call.places.value),
                ], page: "/calls/\(call.id)")
            }, empty: Words(en: "No call at the moment.", fr: "Aucun appel en ce moment.")))
      }
    }
  }

  var callPage: PortalPage {
    PortalPage(
      "applications.call", "/calls/{call}", by: .everyone, Words(en: "A call", fr: "Un appel")
    ) { (input: OneCall, transaction) in
      let call = try ApplicationsPolicy.call(input.call, in: transaction)
      let isOpen = call.state == .open && transaction.now < call.zone.end(of: call.closesOn)
      return try PageContent(
        title: Words(call.title.description),
        trail: [Link(Words(en: "Calls", fr: "Appels"), "/calls")]
      ) {
        Block.facts([
          Fact(
            en: "State", fr: "État",
            .tag(call.state(at: transaction.now).title, isOpen ? .good : .plain)),
          Fact(en: "Opens", fr: "Ouvre le", .day(call.opensOn)),
          Fact(
            en: "Last day to apply", fr: "Dernier jour pour candidater", .day(call.closesOn)),
          Fact(en: "Places", fr: "Places", .number(call.places.value)),
        ])
        Block.section(Words(en: "What is asked", fr: "Ce qui est demandé")) {
          Block.table(
            Table(
              Words(en: "Questions of the form", fr: "Questions du formulaire"),
              columns: [
                Column(en: "Question", fr: "Question"), Column(en: "Required", fr: "Obligatoire"),
              ],
              rows: call.questions.map { TableRow([.words($0.label), .yesNo($0.required)]) },
              empty: Words(en: "No question.", fr: "Aucune question.")))
        }
        Block.section(Words(en: "How it is judged", fr: "Comment on choisit")) {
          Block.table(
            Table(
              Words(en: "Criteria and their weight", fr: "Critères et leur poids"),
              columns: [
                Column(en: "Criterion", fr: "Critère"),
                Column(en: "Weight", fr: "Poids", number: true),
              ],
              rows: call.criteria.map { TableRow([.words($0.name), .number($0.weight.value)]) },
              empty: Words(en: "No criterion.", fr: "Aucun critère.")))
        }
        if isOpen { try apply(to: call, transaction) }
        if call.state == .decided {
          Block.links(
            Link(
              Words(en: "Who takes part", fr: "Qui participe"),
              "/editions/\(call.editionId)/laureates"))
        }
        if transaction.actor.isStaff { try staff(call, transaction) }
      }
    }
  }

  /// A member begins or goes on; whoever is new registers an association first.
  private func apply(to call: CallRow, _ transaction: Transaction) throws -> [Block] {
    if let row = try ApplicationsPolicy.ownMember(transaction) {
      return [
        .form(
          "applications.draft", [],
          fixed: [
            "call": .string(call.id.description),
            "organisation": .string(row.organisationId.description),
          ],
          button: Words(
            en: "Begin or go on with our application",
            fr: "Commencer ou reprendre notre candidature"),
          tone: .good,
          then: .page(
            "/applications/{id}", Words(en: "Your draft is here.", fr: "Voici votre brouillon.")))
      ]
    }
    guard transaction.actor.role == .anyone else { return [] }
    return [
      .notice(
        .info,
        Words(
          en: "To apply, register your association",
          fr: "Pour candidater, inscrivez votre association"),
        Words(
          en:
            "You get a letter with a link; then you write your application, alone or with colleagues.",
          fr:
            "Vous recevez un courriel avec un lien ; vous rédigez ensuite votre candidature, seul ou avec des collègues."
        ),
        links: [
          Link(
            Words(en: "Register an association", fr: "Inscrire une association"),
            "/organisations/new?call=\(call.id)")
        ])
    ]
  }

  private func staff(_ call: CallRow, _ transaction: Transaction) throws -> [Block] {
    let rows = try transaction.rows(
      """
      SELECT a.id, o.name, a.state, a.submitted_at FROM applications_application a
      JOIN applications_organisation o ON o.id = a.organisation_id
      WHERE a.call_id = \(call.id) ORDER BY o.name, a.id LIMIT 500
      """)
    return [
      try .section(Words(en: "Applications", fr: "Candidatures"), id: "applications") {
        try Block.table(
          Table(
            Words(en: "Applications to this call", fr: "Candidatures à cet appel"),
            columns: [
              Column(en: "Association", fr: "Association"), Column(en: "State", fr: "État"),
              Column(en: "Handed in", fr: "Déposée le"),
            ],
            rows: rows.map { row in
              let state = ApplicationState(rawValue: try row.get("state")) ?? .draft
              let moment: Instant? = try row.get(ifPresent: "submitted_at")
              return TableRow(
                [
                  .text(try row.get("name", as: String.self)), .tag(state.title),
                  .optional(moment) { .moment($0, call.zone) },
                ], page: "/applications/\(try row.get("id", as: ApplicationID.self))")
            }, empty: Words(en: "Nobody applied yet.", fr: "Personne n’a encore candidaté."),
            csv: "applications"))
      },
      .section(Words(en: "Running the call", fr: "Piloter l’appel"), id: "desk") {
        desk(call, at: transaction.now)
      },
    ]
  }

  /// The next steps of a call, by where it stands.
  private func desk(_ call: CallRow, at now: Instant) -> [Block] {
    let id: [String: JSON] = ["call": .string(call.id.description)]
    let page = "/calls/\(call.id)"
    let state = call.state(at: now)
    var blocks: [Block] = []
    switch state {
    case .draft:
      blocks += [
        .actions(
          .link(
            Words(en: "Change form and criteria", fr: "Modifier formulaire et critères"),
            page + "/terms")),
        .form(
          "applications.open-call", [], fixed: id,
          button: Words(en: "Open the call", fr: "Ouvrir l’appel"), tone: .good,
          confirming: Confirmation(
            Words(en: "Open the call?", fr: "Ouvrir l’appel ?"),
            Words(
              en: "Everybody can see it and apply. Form and criteria no longer change.",
              fr:
                "Tout le monde peut le voir et candidater. Formulaire et critères ne changent plus."
            ),
            button: Words(en: "Yes, open it", fr: "Oui, l’ouvrir")),
          then: .here(Words(en: "The call is open.", fr: "L’appel est ouvert."))),
      ]
    case .open, .closed:
      blocks += [
        .links(
          Link(Words(en: "Who reads what", fr: "Qui lit quoi"), page + "/reviews"),
          Link(Words(en: "Deliberation", fr: "Délibération"), page + "/deliberation")),
        .details(
          Words(en: "Give everybody more time", fr: "Donner plus de temps à tous"),
          [
            .form(
              "applications.postpone-deadline", ["closesOn"], fixed: id, version: call.version,
              button: Words(en: "Postpone the deadline", fr: "Repousser la date limite"),
              then: .here(
                Words(en: "The deadline is postponed.", fr: "La date limite est repoussée.")))
          ]),
      ]
      if call.state == .open {
        blocks.append(
          .details(
            Words(en: "Close the call", fr: "Clore l’appel"),
            [
              .form(
                "applications.close-call", [],
                fixed: id.merging(["early": .bool(state == .open)]) { $1 },
                button: Words(en: "Close the call", fr: "Clore l’appel"), tone: .bad,
                confirming: Confirmation(
                  Words(en: "Close the call?", fr: "Clore l’appel ?"),
                  Words(
                    en: "Organisations were told they may apply until \(call.closesOn.words.en).",
                    fr:
                      "Les organisations savent qu’elles peuvent candidater jusqu’au \(call.closesOn.words.fr)."
                  ),
                  button: Words(en: "Yes, close it", fr: "Oui, le clore")),
                then: .here(Words(en: "The call is closed.", fr: "L’appel est clos.")))
            ]))
      }
    case .decided:
      blocks.append(
        .links(
          Link(Words(en: "What was decided", fr: "Ce qui a été décidé"), page + "/deliberation"),
          Link(Words(en: "Who read what", fr: "Qui a lu quoi"), page + "/reviews")))
      blocks.append(
        .form(
          "applications.open-scores", [], fixed: id,
          button: Words(en: "Let the jury see the scores", fr: "Montrer les notes au jury"),
          then: .here(Words(en: "The jury sees them now.", fr: "Le jury les voit maintenant."))))
    }
    return blocks
  }

  private struct NewOrganisation: Codable, Sendable {
    let call: CallID?
  }

  var newOrganisationPage: PortalPage {
    PortalPage(
      "applications.register", "/organisations/new", by: .everyone,
      Words(en: "Register an association", fr: "Inscrire une association")
    ) { (input: NewOrganisation, transaction) in
      let call = try input.call.map { try ApplicationsPolicy.call($0, in: transaction) }
      return PageContent(
        title: Words(en: "Register an association", fr: "Inscrire une association"),
        over: call.map { Words($0.title.description) },
        lead: Words(
          en: "It takes five minutes. No identifier is mandatory.",
          fr: "Cela prend cinq minutes. Aucun identifiant n’est obligatoire.")
      ) {
        Block.form(
          Form(
            "applications.register-organisation",
            fields: [
              FieldGroup(
                Words(en: "The association", fr: "L’association"),
                ["name", "kind", "territory", "foundedOn", "siren", "rna", "causes"]),
              FieldGroup(
                Words(en: "You", fr: "Vous"),
                [
                  FormField("contact.name", autocomplete: "name"),
                  FormField("contact.email", autocomplete: "email"), "contact.language",
                ]),
            ], fixed: call.map { ["call": .string($0.id.description)] } ?? [:],
            button: Words(en: "Register", fr: "Inscrire"),
            then: .page(
              call.map { "/calls/\($0.id)" } ?? "/calls",
              Words(
                en:
                  "Registered. We have written to your address: the link in that letter leads on.",
                fr:
                  "C’est inscrit. Nous avons écrit à votre adresse : le lien de cette lettre mène à la suite."
              )
            )))
      }
    }
  }
}

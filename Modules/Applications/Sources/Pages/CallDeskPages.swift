internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// The manager's side of calls: those of an edition, a new one, its terms while it is prepared.
extension ApplicationsModule {
  var editionCallsPage: PortalPage {
    PortalPage(
      "applications.edition-calls", "/editions/{edition}/calls", by: .staff,
      Words(en: "Calls of the edition", fr: "Appels de l’édition"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      let calls = try transaction.select(
        CallRow.self, "WHERE edition_id = \(edition.id) ORDER BY opens_on, title, id")
      let counts = try transaction.rows(
        """
        SELECT call_id, state, COUNT(*) AS n FROM applications_application
        WHERE edition_id = \(edition.id) GROUP BY call_id, state
        """)
      var handedIn: [CallID: Int] = [:]
      for row in counts {
        let state: String = try row.get("state")
        guard !["draft", "withdrawn"].contains(state) else { continue }
        handedIn[try row.get("call_id"), default: 0] += try row.get("n", as: Int.self)
      }
      return PageContent(
        title: Words(en: "Calls of the edition", fr: "Appels de l’édition"),
        over: Words(edition.name.description)
      ) {
        Block.table(
          Table(
            Words(en: "Calls", fr: "Appels"),
            columns: [
              Column(en: "Call", fr: "Appel"), Column(en: "State", fr: "État"),
              Column(en: "Opens", fr: "Ouvre le"), Column(en: "Closes", fr: "Ferme le"),
              Column(en: "Handed in", fr: "Déposées", number: true),
              Column(en: "Places", fr: "Places", number: true),
            ],
            rows: calls.map { call in
              TableRow(
                [
                  .text(call.title), .tag(call.state(at: transaction.now).title),
                  .day(call.opensOn), .day(call.closesOn), .number(handedIn[call.id] ?? 0),
                  .number(call.places.value),
                ], page: "/calls/\(call.id)")
            }, empty: Words(en: "No call yet.", fr: "Aucun appel pour l’instant."), csv: "calls"))
        Block.links(Link(Self.duplicatesTitle, "/organisation-duplicates"))
        if edition.state != .closed {
          Block.actions(
            .link(
              Words(en: "Prepare a call", fr: "Préparer un appel"),
              "/editions/\(edition.id)/calls/new"))
        }
        Block.links(
          Link(Words(en: "The jury", fr: "Le jury"), "/jury"),
          Link(
            Words(en: "Laureates", fr: "Lauréats"), "/editions/\(edition.id)/laureates"))
      }
    }
  }

  var newCallPage: PortalPage {
    PortalPage(
      "applications.new-call", "/editions/{edition}/calls/new", by: .staff,
      Words(en: "Prepare a call", fr: "Préparer un appel"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      PageContent(
        title: Words(en: "Prepare a call", fr: "Préparer un appel"),
        over: Words(edition.name.description),
        lead: Words(
          en: "Nobody sees it until you open it.", fr: "Personne ne le voit avant son ouverture."),
        trail: [Link(Words(en: "Calls", fr: "Appels"), "/editions/\(edition.id)/calls")]
      ) {
        Block.form(
          Form(
            "applications.draft-call", fields: groups(questions: 0, criteria: 0),
            fixed: ["edition": .string(edition.id.description)],
            values: ["opensOn": .string(edition.zone.day(of: transaction.now).description)],
            button: Words(en: "Save the draft", fr: "Enregistrer le brouillon"),
            then: .page(
              "/calls/{id}", Words(en: "The call is prepared.", fr: "L’appel est préparé."))))
      }
    }
  }

  var callTermsPage: PortalPage {
    PortalPage(
      "applications.call-terms", "/calls/{call}/terms", by: .staff,
      Words(en: "Form and criteria of a call", fr: "Formulaire et critères d’un appel")
    ) { (input: OneCall, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      return PageContent(
        title: Words(en: "Form and criteria", fr: "Formulaire et critères"),
        over: Words(call.title.description),
        trail: [Link(Words(call.title.description), "/calls/\(call.id)")]
      ) {
        if call.state == .draft {
          Block.form(
            Form(
              "applications.revise-call",
              fields: groups(questions: call.questions.count, criteria: call.criteria.count),
              fixed: ["call": .string(call.id.description)], values: values(of: call),
              version: call.version,
              button: Words(en: "Save the draft", fr: "Enregistrer le brouillon"),
              then: .page(
                "/calls/\(call.id)", Words(en: "The call is saved.", fr: "L’appel est enregistré."))
            ))
        } else {
          Block.notice(
            .info,
            Words(
              en: "The call was opened: organisations rely on what it says.",
              fr: "L’appel a été ouvert : les organisations s’appuient sur ce qu’il dit."))
        }
      }
    }
  }

  /// How many questions and criteria a new call usually has.
  private static let usual = (questions: 8, criteria: 5)

  private func groups(questions: Int, criteria: Int) -> [FieldGroup] {
    var groups = [
      FieldGroup(
        Words(en: "The call", fr: "L’appel"), ["title", "opensOn", "closesOn", "places"])
    ]
    for index in 0..<max(Self.usual.questions, questions + 1) {
      let at = "questions[\(index)]"
      groups.append(
        FieldGroup(
          Words(en: "Question \(index + 1)", fr: "Question \(index + 1)"),
          hint: index < 1
            ? Words(
              en:
                "Leave empty what you do not need. A part begins with the question that names it.",
              fr:
                "Laissez vide ce dont vous n’avez pas besoin. Une partie commence à la question qui la nomme."
            ) : nil,
          [
            FormField(
              "\(at).section.fr",
              label: Words(en: "Begins the part, in French", fr: "Commence la partie, en français"),
              required: false),
            FormField(
              "\(at).section.en",
              label: Words(en: "Begins the part, in English", fr: "Commence la partie, en anglais"),
              required: false),
            FormField(
              "\(at).key",
              hint: Words(
                en: "A short name of its own, such as project.",
                fr: "Un nom court qui lui est propre, comme projet."), required: index == 0),
            FormField(
              "\(at).label.fr",
              label: Words(en: "Question, in French", fr: "Question, en français"),
              required: index == 0),
            FormField(
              "\(at).label.en",
              label: Words(en: "Question, in English", fr: "Question, en anglais"),
              required: index == 0),
            FormField("\(at).kind", as: .select, required: index == 0),
            FormField(
              "\(at).required", label: Words(en: "Must be answered", fr: "Réponse obligatoire"),
              as: .select,
              choices: [
                FormChoice("true", Words(en: "Yes", fr: "Oui")),
                FormChoice("false", Words(en: "No", fr: "Non")),
              ], required: index == 0, schema: JSONSchema(.choice(["true", "false"]))),
            FormField("\(at).maximum", required: false),
            FormField(
              "\(at).choices",
              label: Words(
                en: "Choices, for a question of that kind",
                fr: "Choix, pour une question à choix"),
              hint: Words(
                en: "A key alone, or key = French | English.",
                fr: "Une clé seule, ou clé = français | anglais."), as: .lines(3), required: false,
              schema: JSONSchema(.array(of: Name.schema, maximum: 50))),
          ]))
    }
    for index in 0..<max(Self.usual.criteria, criteria + 1) {
      let at = "criteria[\(index)]"
      groups.append(
        FieldGroup(
          Words(en: "Criterion \(index + 1)", fr: "Critère \(index + 1)"),
          [
            FormField("\(at).key", required: index == 0),
            FormField(
              "\(at).name.fr", label: Words(en: "Name, in French", fr: "Nom, en français"),
              required: index == 0),
            FormField(
              "\(at).name.en", label: Words(en: "Name, in English", fr: "Nom, en anglais"),
              required: index == 0), FormField("\(at).weight", required: index == 0),
          ]))
    }
    groups.append(
      FieldGroup(
        Words(en: "Who may apply", fr: "Qui peut candidater"),
        [
          FormField("eligibility.territories", required: false),
          FormField("eligibility.kinds", as: .checkboxes, required: false),
          FormField("eligibility.minimumAgeMonths", required: false),
        ]))
    return groups
  }

  private func values(of call: CallRow) -> [String: JSON] {
    var values: [String: JSON] = [
      "title": .string(call.title.description), "opensOn": .string(call.opensOn.description),
      "closesOn": .string(call.closesOn.description),
      "places": .integer(Int64(call.places.value)),
      "eligibility.territories": .array(
        (call.eligibility.territories ?? []).map { .string($0.description) }),
      "eligibility.kinds": .array(
        (call.eligibility.kinds ?? []).map { .string($0.rawValue) }),
    ]
    values["eligibility.minimumAgeMonths"] = call.eligibility.minimumAgeMonths.map {
      .integer(Int64($0.value))
    }
    for (index, question) in call.questions.enumerated() {
      let at = "questions[\(index)]"
      values["\(at).section.fr"] = question.section.map { .string($0.fr) }
      values["\(at).section.en"] = question.section.map { .string($0.en) }
      values["\(at).key"] = .string(question.key.description)
      values["\(at).label.fr"] = .string(question.label.fr)
      values["\(at).label.en"] = .string(question.label.en)
      values["\(at).kind"] = .string(question.kind.rawValue)
      values["\(at).required"] = .string(question.required ? "true" : "false")
      values["\(at).maximum"] = question.maximum.map { .integer($0) }
      values["\(at).choices"] = question.choices.map {
        .array($0.map { .string($0.text) })
      }
    }
    for (index, criterion) in call.criteria.enumerated() {
      let at = "criteria[\(index)]"
      values["\(at).key"] = .string(criterion.key.description)
      values["\(at).name.fr"] = .string(criterion.name.fr)
      values["\(at).name.en"] = .string(criterion.name.en)
      values["\(at).weight"] = .integer(Int64(criterion.weight.value))
    }
    return values
  }
}

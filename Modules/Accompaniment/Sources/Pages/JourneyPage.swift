internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// What an organisation and the operator work out together: diagnosis, needs, plan, what comes of it.
extension AccompanimentModule {
  var journeyPage: PortalPage {
    PortalPage(
      "accompaniment.journey", "/journeys/{journey}", by: .staff(and: .member),
      Words(en: "A journey", fr: "Un parcours"), byLetter: true,
      asking: { (input: OneJourney, context) in try await around(input.journey, for: context) }
    ) { (input: OneJourney, around, transaction) in
      let row = try around.policy.journey(input.journey, in: transaction)
      let view = try JourneyView(row, in: transaction)
      let needs = try transaction.select(
        NeedRow.self, "WHERE journey = \(row.id) ORDER BY priority, position")
      let briefs = try transaction.select(
        BriefRow.self, "WHERE journey = \(row.id) ORDER BY title, id")
      return PageContent(
        title: Words(
          en: "The journey of \(row.organisationName)", fr: "Le parcours de \(row.organisationName)"
        ),
        over: Words(around.edition.name.description),
        trail: around.policy.actor.isStaff
          ? [
            Link(Words(en: "Journeys", fr: "Parcours"), "/editions/\(row.editionId)/journeys")
          ] : [Link(Words(en: "Our journey", fr: "Notre parcours"), "/journeys")]
      ) {
        state(of: row)
        Block.tasks(steps(of: row, needs, briefs, view.followUps))
        followUps(view.followUps, of: row)
        diagnosis(of: row)
        needsSection(needs, briefs, of: row, around)
        briefsSection(briefs)
        plan(of: row)
        workshops(view.workshops)
        Block.links(
          Link(
            Words(
              en: "The other organisations of the edition",
              fr: "Les autres organisations de l’édition"), "/journeys/\(row.id)/peers"))
      }
    }
  }

  private func state(of row: JourneyRow) -> [Block] {
    guard row.endedAt != nil else { return [] }
    return [
      .notice(
        .plain,
        Words(
          en: "This journey has ended: the place was given up.",
          fr: "Ce parcours est terminé : la place a été laissée."))
    ]
  }

  /// The way from the first talk to what stayed, with what is done.
  private func steps(
    of row: JourneyRow, _ needs: [NeedRow], _ briefs: [BriefRow], _ asked: [FollowUpView]
  ) -> [TaskLine] {
    let page = "/journeys/\(row.id)"
    let isAgreed = needs.contains { $0.state == .confirmed }
    let isPublished = briefs.contains { $0.state == .published && $0.cancelledAt == nil }
    func tag(_ isDone: Bool, _ canBegin: Bool = true) -> StateTag {
      isDone
        ? StateTag(Words(en: "done", fr: "fait"), .good)
        : canBegin
          ? StateTag(Words(en: "to do", fr: "à faire"), .warning)
          : StateTag(Words(en: "later", fr: "plus tard"))
    }
    var lines = [
      TaskLine(
        Words(en: "Diagnosis", fr: "Diagnostic"),
        hint: Words(
          en: "Strengths, difficulties, ambitions", fr: "Forces, difficultés, ambitions"),
        state: tag(row.diagnosis != nil), page: page + "#diagnosis"),
      TaskLine(
        Words(en: "Needs", fr: "Besoins"),
        hint: Words(
          en: "What a team of volunteers can answer",
          fr: "Ce à quoi une équipe de volontaires peut répondre"),
        state: tag(isAgreed, row.diagnosis != nil), page: page + "#needs"),
      TaskLine(
        Words(en: "Mission brief", fr: "Cahier des charges"),
        hint: Words(
          en: "What the team does and leaves behind", fr: "Ce que l’équipe fait et laisse"),
        state: tag(isPublished, isAgreed), page: page + "#briefs"),
    ]
    if !asked.isEmpty {
      lines.append(
        TaskLine(
          Words(en: "What stayed", fr: "Ce qu’il en reste"),
          state: tag(asked.allSatisfy { $0.answeredAt != nil }), page: page + "#follow-ups"))
    }
    return lines
  }

  private func diagnosis(of row: JourneyRow) -> Block {
    .section(Words(en: "Diagnosis", fr: "Diagnostic"), id: "diagnosis") {
      if let diagnosis = row.diagnosis {
        Block.facts([
          Fact(en: "Strengths", fr: "Forces", .text(diagnosis.strengths)),
          Fact(en: "Difficulties", fr: "Difficultés", .text(diagnosis.difficulties)),
          Fact(en: "Ambitions", fr: "Ambitions", .text(diagnosis.ambitions)),
        ])
      } else {
        Block.paragraph(
          en: "A few lines on each are enough to begin; they can change as you talk.",
          fr: "Quelques lignes suffisent pour commencer ; elles évolueront au fil des échanges.")
      }
      if row.endedAt == nil {
        let form = Block.form(
          "accompaniment.diagnose",
          [
            FormField("strengths", as: .lines(4)), FormField("difficulties", as: .lines(4)),
            FormField("ambitions", as: .lines(4)),
          ], fixed: ["journey": .string(row.id.description)],
          values: row.diagnosis.map {
            [
              "strengths": .string($0.strengths.description),
              "difficulties": .string($0.difficulties.description),
              "ambitions": .string($0.ambitions.description),
            ]
          } ?? [:], version: row.version,
          button: Words(en: "Save the diagnosis", fr: "Enregistrer le diagnostic"),
          then: .here(Words(en: "The diagnosis is saved.", fr: "Le diagnostic est enregistré.")))
        if row.diagnosis == nil {
          form
        } else {
          Block.details(Words(en: "Change the diagnosis", fr: "Modifier le diagnostic"), [form])
        }
      }
    }
  }

  private func briefsSection(_ briefs: [BriefRow]) -> [Block] {
    guard !briefs.isEmpty else { return [] }
    return [
      .section(Words(en: "Mission briefs", fr: "Cahiers des charges"), id: "briefs") {
        Block.table(
          Table(
            Words(en: "Briefs of this journey", fr: "Cahiers des charges de ce parcours"),
            columns: [
              Column(en: "Mission", fr: "Mission"), Column(en: "State", fr: "État"),
              Column(en: "Seats", fr: "Places", number: true),
            ],
            rows: briefs.map { brief in
              TableRow(
                [
                  .text(brief.title), .tag(brief.tag),
                  .number(brief.roles.reduce(0) { $0 + $1.seats.value }),
                ], page: "/briefs/\(brief.id)")
            }, empty: Words(en: "None yet.", fr: "Aucun pour l’instant.")))
      }
    ]
  }

  /// How many lines the plan has room for beyond those that are there.
  private static let freeSteps = 3

  private func plan(of row: JourneyRow) -> Block {
    .section(Words(en: "Action plan", fr: "Plan d’action"), id: "plan") {
      if !row.actionPlan.isEmpty {
        Block.timeline(
          row.actionPlan.sorted { $0.due < $1.due }.map {
            Moment(.day($0.due), Words($0.text.description))
          })
      }
      if row.endedAt == nil {
        Block.details(
          Words(en: "Write the action plan", fr: "Rédiger le plan d’action"), [planForm(of: row)])
      }
    }
  }

  private func planForm(of row: JourneyRow) -> Block {
    var values: [String: JSON] = [:]
    var fields: [FormField] = []
    for index in 0..<min(50, row.actionPlan.count + Self.freeSteps) {
      if let step = row.actionPlan.dropFirst(index).first {
        values["steps[\(index)].text"] = .string(step.text.description)
        values["steps[\(index)].due"] = .string(step.due.description)
      }
      fields += [
        FormField(
          "steps[\(index)].text",
          label: Words(en: "Step \(index + 1)", fr: "Étape \(index + 1)"), as: .lines(2),
          required: false),
        FormField(
          "steps[\(index)].due",
          label: Words(en: "Step \(index + 1), by", fr: "Étape \(index + 1), pour le"),
          required: false),
      ]
    }
    return .form(
      "accompaniment.action-plan", fields, fixed: ["journey": .string(row.id.description)],
      values: values, version: row.version,
      button: Words(en: "Save the plan", fr: "Enregistrer le plan"),
      then: .here(Words(en: "The plan is saved.", fr: "Le plan est enregistré.")))
  }

  private func workshops(_ lines: [WorkshopLine]) -> [Block] {
    guard !lines.isEmpty else { return [] }
    return [
      .section(
        Words(en: "Workshops and peer exchanges", fr: "Ateliers et échanges"), id: "workshops"
      ) {
        Block.timeline(
          lines.map { line in
            Moment(
              .day(line.day), Words(line.title.description), .words(line.kind.words),
              tag: line.cancelledAt != nil
                ? StateTag(Words(en: "cancelled", fr: "annulé"), .bad)
                : line.present.map {
                  $0
                    ? StateTag(Words(en: "you were there", fr: "présents"), .good)
                    : StateTag(Words(en: "not there", fr: "absents"))
                }, page: "/workshops/\(line.workshop)")
          })
      }
    ]
  }

  private func followUps(_ asked: [FollowUpView], of row: JourneyRow) -> [Block] {
    guard !asked.isEmpty else { return [] }
    return [
      .section(Words(en: "What stayed", fr: "Ce qu’il en reste"), id: "follow-ups") {
        for one in asked {
          let title = Words(en: "\(one.months) months later", fr: "\(one.months) mois après")
          let form = Block.form(
            "accompaniment.follow-up", title: one.note == nil ? title : nil,
            [
              FormField(
                "note",
                label: Words(
                  en: "What is still in use, and what is not?",
                  fr: "Qu’est-ce qui sert encore, et qu’est-ce qui ne sert plus ?"), as: .lines(6))
            ],
            fixed: [
              "journey": .string(row.id.description), "months": .integer(Int64(one.months)),
            ], values: one.note.map { ["note": .string($0.description)] } ?? [:],
            button: Words(en: "Send the answer", fr: "Envoyer la réponse"),
            then: .here(Words(en: "Thank you.", fr: "Merci.")))
          if let note = one.note {
            Block.section(title) {
              Block.prose(note)
              Block.details(Words(en: "Change the answer", fr: "Modifier la réponse"), [form])
            }
          } else {
            form
          }
        }
      }
    ]
  }
}

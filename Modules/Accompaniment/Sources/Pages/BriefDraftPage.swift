internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// Writing a brief: for a need that is agreed, and as long as it is a draft.
extension AccompanimentModule {
  private struct ForNeed: Codable, Sendable {
    let journey: JourneyID
    let need: NeedID
  }

  var newBriefPage: PortalPage {
    PortalPage(
      "accompaniment.new-brief", "/journeys/{journey}/needs/{need}/brief",
      by: .staff(and: .member), Words(en: "Write a brief", fr: "Rédiger un cahier des charges"),
      asking: { (input: ForNeed, context) in try await around(input.journey, for: context) }
    ) { (input: ForNeed, around, transaction) in
      let journey = try around.policy.journey(input.journey, in: transaction)
      let need = try around.policy.need(input.need, in: transaction)
      guard need.journey == journey.id, need.state == .confirmed else {
        throw Problem.notFound(NeedRow.noun, input.need)
      }
      return PageContent(
        title: Words(en: "Write the brief", fr: "Rédiger le cahier des charges"),
        over: need.missionTypeName,
        lead: Words(
          en: "What the team does, which skills it takes, what it leaves behind.",
          fr: "Ce que fera l’équipe, les compétences qu’il faut, ce qui en restera."),
        trail: [
          Link(
            Words(
              en: "The journey of \(journey.organisationName)",
              fr: "Le parcours de \(journey.organisationName)"), "/journeys/\(journey.id)")
        ]
      ) {
        Block.notice(
          .plain, Words(en: "The need", fr: "Le besoin"), Words(need.statement.description))
        Block.form(
          Form(
            "accompaniment.draft-brief", fields: groups(around, roles: 0),
            fixed: [
              "journey": .string(journey.id.description), "need": .string(need.id.description),
            ], values: beginning(around),
            button: Words(en: "Save the draft", fr: "Enregistrer le brouillon"),
            then: .page(
              "/briefs/{id}",
              Words(
                en: "The draft is saved. Your programme manager publishes it with you.",
                fr: "Le brouillon est enregistré. L’équipe du programme le publie avec vous."))))
      }
    }
  }

  var briefDraftPage: PortalPage {
    PortalPage(
      "accompaniment.brief-draft", "/briefs/{brief}/draft", by: .staff(and: .member),
      Words(en: "Change a brief", fr: "Modifier un cahier des charges"),
      asking: { (input: OneBrief, context) in try await around(input.brief, for: context) }
    ) { (input: OneBrief, around, transaction) in
      let row = try around.policy.brief(input.brief, in: transaction)
      return PageContent(
        title: Words(en: "Change the draft", fr: "Modifier le brouillon"),
        over: Words(row.title.description),
        trail: [Link(Words(row.title.description), "/briefs/\(row.id)")]
      ) {
        if row.state == .draft, row.cancelledAt == nil {
          Block.form(
            Form(
              "accompaniment.change-brief", fields: groups(around, roles: row.roles.count),
              fixed: ["brief": .string(row.id.description)], values: values(of: row),
              version: row.version,
              button: Words(en: "Save the draft", fr: "Enregistrer le brouillon"),
              then: .page(
                "/briefs/\(row.id)",
                Words(en: "The draft is saved.", fr: "Le brouillon est enregistré."))))
        } else {
          Block.notice(
            .info,
            Words(
              en: "It is no draft any more: it does not change here.",
              fr: "Ce n’est plus un brouillon : il ne se modifie plus ici."))
        }
      }
    }
  }

  /// How many roles a team usually has.
  private static let roleLines = 5

  private func groups(_ around: Surroundings, roles known: Int) -> [FieldGroup] {
    let skills = around.catalogue.skills.map { FormChoice($0.key, $0.name) }
    var roles: [FormField] = []
    for index in 0..<min(10, max(Self.roleLines, known + 1)) {
      let number = index + 1
      roles += [
        FormField(
          "roles[\(index)].title", label: Words(en: "Role \(number)", fr: "Rôle \(number)"),
          required: index == 0),
        FormField(
          "roles[\(index)].skill",
          label: Words(en: "Skill of role \(number)", fr: "Compétence du rôle \(number)"),
          as: .select, choices: skills, required: index == 0),
        FormField(
          "roles[\(index)].level",
          label: Words(en: "Level of role \(number)", fr: "Niveau du rôle \(number)"), as: .select,
          choices: (1...5).map { FormChoice($0, name: $0) }, required: index == 0),
        FormField(
          "roles[\(index)].seats",
          label: Words(en: "Seats of role \(number)", fr: "Places du rôle \(number)"),
          as: .select, choices: (1...10).map { FormChoice($0, name: $0) }, required: index == 0),
      ]
    }
    return [
      FieldGroup(
        Words(en: "The mission", fr: "La mission"),
        ["title", FormField("context", as: .lines(8)), "deliverable"]),
      FieldGroup(
        Words(en: "The team it takes", fr: "L’équipe qu’il faut"),
        hint: Words(
          en: "Leave roles empty that you do not need. Levels go from 1, tried, to 5, a trade.",
          fr:
            "Laissez vides les rôles dont vous n’avez pas besoin. Les niveaux vont de 1, essayé, à 5, un métier."
        ), roles),
      FieldGroup(
        Words(en: "When and how", fr: "Quand et comment"),
        [
          FormField(
            "halfDays", as: .checkboxes,
            choices: around.halfDays.map { FormChoice($0.id, $0.words) }),
          FormField("format", as: .radios), FormField("languages", as: .checkboxes),
        ]),
    ]
  }

  private func beginning(_ around: Surroundings) -> [String: JSON] {
    [
      "format": .string(around.edition.format.rawValue), "languages": ["fr"],
      "halfDays": .array(around.halfDays.map { .string($0.id.description) }),
    ]
  }

  private func values(of row: BriefRow) -> [String: JSON] {
    var values: [String: JSON] = [
      "title": .string(row.title.description), "context": .string(row.context.description),
      "deliverable": .string(row.deliverable.description),
      "halfDays": .array(row.halfDays.map { .string($0.description) }),
      "format": .string(row.format.rawValue),
      "languages": .array(row.languages.map { .string($0.rawValue) }),
    ]
    for (index, role) in row.roles.enumerated() {
      values["roles[\(index)].title"] = .string(role.title.description)
      values["roles[\(index)].skill"] = .string(role.skill.description)
      values["roles[\(index)].level"] = .integer(Int64(role.level.value))
      values["roles[\(index)].seats"] = .integer(Int64(role.seats.value))
      // Not asked here, and not lost.
      if !role.niceToHave.isEmpty {
        values["roles[\(index)].niceToHave"] = .array(
          role.niceToHave.map { .string($0.description) })
      }
    }
    return values
  }
}

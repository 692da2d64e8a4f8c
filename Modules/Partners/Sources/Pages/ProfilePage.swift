internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// From the invitation to the profile: what somebody can do, when, and where not.
extension PartnersModule {
  private struct Around: Sendable {
    let edition: Edition
    let catalogue: Catalogue
    let halfDays: [HalfDay]
    let organisations: [Organisation]
  }

  var profilePage: PortalPage {
    PortalPage(
      "partners.profile", "/volunteers/{volunteer}/profile", by: .staff(and: .volunteer),
      Words(en: "Profile", fr: "Profil"), byLetter: true,
      asking: { (input: OneVolunteer, context) in
        let row = try await host.read {
          try visibleVolunteer(input.volunteer, to: context.actor, in: $0)
        }
        var organisations: [Organisation] = []
        for laureate in try await applications.laureates(of: row.editionId) {
          organisations.append(try await applications.organisation(laureate.organisation))
        }
        return Around(
          edition: try await programmes.edition(row.editionId),
          catalogue: try await programmes.catalogue(),
          halfDays: try await programmes.halfDays(of: row.editionId), organisations: organisations)
      }
    ) { (input: OneVolunteer, around, transaction) in
      let row = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      let isDone = row.completedAt != nil
      return try PageContent(
        title: Words(en: "What you can do, and when", fr: "Ce que vous savez faire, et quand"),
        over: Words("\(row.name), \(around.edition.name)")
      ) {
        if try transaction.restriction(of: Grant(.volunteer, subject: row.id.description)) != nil {
          Block.notice(
            .warning,
            Words(
              en: "These data are restricted: kept, and not used",
              fr: "Ces données sont limitées : gardées, et non utilisées"))
        }
        if row.withdrawnAt != nil {
          Block.notice(
            .warning,
            Words(en: "You left this edition", fr: "Vous avez quitté cette édition"))
        } else {
          staying(row)
          if isDone {
            Block.notice(
              .good,
              Words(
                en: "Your profile is complete. You can change it at any time.",
                fr: "Votre profil est complet. Vous pouvez le modifier à tout moment."))
          }
          profileForm(row, around)
          leaving(row)
        }
      }
    }
  }

  /// How many skills the form has room for.
  private static let skillLines = 6

  private func profileForm(_ row: VolunteerRow, _ around: Around) -> Block {
    let profile = row.profile
    let skills = around.catalogue.skills.map { FormChoice($0.key, $0.name) }
    var values: [String: JSON] = [
      "capacity": .integer(Int64(profile?.capacity ?? 1)),
      "consent": .bool(profile?.consent ?? false),
      "wishes": texts(profile?.wishes ?? []), "causes": texts(profile?.causes ?? []),
      "languages": .array((profile?.languages ?? [row.language]).map { .string($0.rawValue) }),
      "halfDays": texts(profile?.halfDays ?? around.halfDays.map(\.id)),
      "formats": .array((profile?.formats ?? []).map { .string($0.rawValue) }),
      "conflicts": texts(profile?.conflicts ?? []),
      "previousEmployers": texts(profile?.previousEmployers ?? []),
    ]
    var skillFields: [FormField] = []
    for index in 0..<max(Self.skillLines, profile?.skills.count ?? 0) {
      if let known = profile?.skills.dropFirst(index).first {
        values["skills[\(index)].skill"] = .string(known.skill.description)
        values["skills[\(index)].level"] = .integer(Int64(known.level.value))
      }
      let number = index + 1
      skillFields += [
        FormField(
          "skills[\(index)].skill",
          label: Words(en: "Skill \(number)", fr: "Compétence \(number)"), as: .select,
          choices: skills, required: index == 0),
        FormField(
          "skills[\(index)].level",
          label: Words(en: "Level of skill \(number)", fr: "Niveau de la compétence \(number)"),
          as: .select, choices: levels, required: index == 0),
      ]
    }
    let organisations = around.organisations.map { FormChoice($0.id, name: $0.name) }
    let causes = Set(around.organisations.flatMap(\.causes)).sorted()
    var groups = [
      FieldGroup(Words(en: "What you can do", fr: "Ce que vous savez faire"), skillFields),
      FieldGroup(
        Words(en: "When and where", fr: "Quand et où"),
        [
          FormField(
            "halfDays", as: .checkboxes,
            choices: around.halfDays.map { day in
              FormChoice(
                day.id,
                day.part == .morning
                  ? Words(en: "\(day.day), morning", fr: "\(day.day), matin")
                  : Words(en: "\(day.day), afternoon", fr: "\(day.day), après-midi"))
            }),
          FormField(
            "formats", as: .checkboxes,
            choices: [
              FormChoice("on-site", Words(en: "On site", fr: "Sur place")),
              FormChoice("remote", Words(en: "Remotely", fr: "À distance")),
            ]),
          FormField(
            "languages", as: .checkboxes,
            choices: [
              FormChoice("fr", Words(en: "French", fr: "Français")),
              FormChoice("en", Words(en: "English", fr: "Anglais")),
            ]), "capacity",
        ]),
    ]
    var wishes = [FormField("wishes", as: .checkboxes, choices: skills)]
    if !causes.isEmpty {
      wishes.append(
        FormField("causes", as: .checkboxes, choices: causes.map { FormChoice($0, name: $0) }))
    }
    groups.append(
      FieldGroup(Words(en: "What you would like", fr: "Ce que vous aimeriez"), wishes))
    if !organisations.isEmpty {
      groups.append(
        FieldGroup(
          Words(en: "Where not", fr: "Où ne pas aller"),
          [
            FormField("conflicts", as: .checkboxes, choices: organisations),
            FormField("previousEmployers", as: .checkboxes, choices: organisations),
          ]))
    }
    groups.append(FieldGroup(Words(en: "Consent", fr: "Consentement"), ["consent"]))
    var fixed: [String: JSON] = ["volunteer": .string(row.id.description)]
    if causes.isEmpty { fixed["causes"] = [] }
    if organisations.isEmpty {
      fixed["conflicts"] = []
      fixed["previousEmployers"] = []
    }
    return .form(
      Form(
        "partners.complete-profile", fields: groups, fixed: fixed, values: values,
        version: row.version, button: Words(en: "Save my profile", fr: "Enregistrer mon profil"),
        then: .here(
          Words(
            en: "Saved. You will be written to when teams are made.",
            fr: "Enregistré. Nous vous écrirons quand les équipes seront formées."))))
  }

  private var levels: [FormChoice] {
    [
      FormChoice("1", Words(en: "1 – I have tried it", fr: "1 – j’ai essayé")),
      FormChoice("2", Words(en: "2 – with help", fr: "2 – avec de l’aide")),
      FormChoice("3", Words(en: "3 – by myself", fr: "3 – en autonomie")),
      FormChoice("4", Words(en: "4 – I help others", fr: "4 – j’aide les autres")),
      FormChoice("5", Words(en: "5 – it is my trade", fr: "5 – c’est mon métier")),
    ]
  }

  /// The question to somebody whose partner left.
  @BlockBuilder private func staying(_ row: VolunteerRow) -> [Block] {
    if let day = row.askedToStay {
      Block.notice(
        .warning,
        Words(
          en:
            "Whoever sent you no longer takes part. Stay in your own time, or leave: say so by \(day).",
          fr:
            "La structure qui vous envoyait ne participe plus. Restez sur votre temps personnel, ou quittez l’édition : dites-le jusqu’au \(day) inclus."
        ))
      Block.form(
        "partners.stay", [], fixed: ["volunteer": .string(row.id.description)],
        button: Words(
          en: "I stay, in my own time", fr: "Je reste, sur mon temps personnel"),
        then: .here(
          Words(
            en: "Thank you: you go on in your own time.",
            fr: "Merci : vous continuez sur votre temps personnel.")))
    }
  }

  private func leaving(_ row: VolunteerRow) -> Block {
    .details(
      Words(en: "I cannot take part after all", fr: "Finalement, je ne peux pas participer"),
      [
        .form(
          "partners.withdraw", ["reason"], fixed: ["volunteer": .string(row.id.description)],
          button: Words(en: "Leave the edition", fr: "Quitter l’édition"), tone: .bad,
          confirming: Confirmation(
            Words(en: "Leave the edition?", fr: "Quitter l’édition ?"),
            Words(
              en: "Your place, if you have one, goes to somebody else.",
              fr: "Votre place, si vous en avez une, ira à quelqu’un d’autre."),
            button: Words(en: "Yes, leave", fr: "Oui, quitter")),
          then: .here(Words(en: "You left the edition.", fr: "Vous avez quitté l’édition.")))
      ])
  }

  private func texts(_ values: [some CustomStringConvertible]) -> JSON {
    .array(values.map { .string($0.description) })
  }
}

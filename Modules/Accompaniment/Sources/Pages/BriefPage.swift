internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import Pages
internal import ProgrammesAPI

// A mission as an organisation needs it: read by all who may, written by the organisation and staff.
extension AccompanimentModule {
  var briefPage: PortalPage {
    PortalPage(
      "accompaniment.brief", "/briefs/{brief}", by: .staff(and: .member, .volunteer, .partner),
      Words(en: "A mission brief", fr: "Un cahier des charges"), byLetter: true,
      asking: { (input: OneBrief, context) in try await around(input.brief, for: context) }
    ) { (input: OneBrief, around, transaction) in
      let row = try around.policy.brief(input.brief, in: transaction)
      let isOurs = around.policy.actor.isStaff || around.policy.organisation == row.organisation
      return PageContent(
        title: Words(row.title.description), over: Words(row.organisationName.description),
        trail: isOurs
          ? [
            Link(
              Words(
                en: "The journey of \(row.organisationName)",
                fr: "Le parcours de \(row.organisationName)"), "/journeys/\(row.journey)")
          ] : []
      ) {
        if row.cancelledAt != nil {
          Block.notice(
            .bad, Words(en: "This mission is cancelled", fr: "Cette mission est annulée"),
            isOurs ? row.cancelReason.map { Words($0.description) } : nil)
        }
        if isOurs { Block.facts([Fact(en: "State", fr: "État", .tag(row.tag))]) }
        Block.section(Words(en: "The mission", fr: "La mission")) {
          Block.prose(row.context)
          Block.facts([
            Fact(en: "It leaves behind", fr: "Ce qu’elle laisse", .text(row.deliverable)),
            Fact(
              en: "Kind", fr: "Genre",
              around.catalogue.missionType(row.missionType).map { .words($0.name) }
                ?? .text(row.missionType)),
            Fact(en: "Where", fr: "Où", .words(row.format.words)),
            Fact(
              en: "Kick-off", fr: "Lancement",
              .list(
                around.halfDays.filter { row.halfDays.contains($0.id) }.map { .words($0.words) })),
            Fact(
              en: "Languages", fr: "Langues",
              .list(row.languages.map { .words(JSONSchema.words(of: $0.rawValue)) })),
          ])
        }
        Block.section(Words(en: "The team it takes", fr: "L’équipe qu’il faut")) {
          Block.table(
            Table(
              Words(en: "Roles of the team", fr: "Rôles de l’équipe"),
              columns: [
                Column(en: "Role", fr: "Rôle"), Column(en: "Skill", fr: "Compétence"),
                Column(en: "Level", fr: "Niveau", number: true),
                Column(en: "Helpful too", fr: "Utile aussi"),
                Column(en: "Seats", fr: "Places", number: true),
              ],
              rows: row.roles.map { role in
                TableRow([
                  .text(role.title), .words(around.catalogue.name(ofSkill: role.skill)),
                  .number(role.level.value),
                  role.niceToHave.isEmpty
                    ? .none
                    : .list(role.niceToHave.map { .words(around.catalogue.name(ofSkill: $0)) }),
                  .number(role.seats.value),
                ])
              }, empty: Words(en: "No role.", fr: "Aucun rôle.")))
        }
        if isOurs, row.cancelledAt == nil, row.state == .draft {
          Block.actions(
            .link(
              Words(en: "Change the draft", fr: "Modifier le brouillon"),
              "/briefs/\(row.id)/draft"))
        }
        if around.policy.actor.isStaff { desk(row) }
      }
    }
  }

  /// What staff may do with a brief.
  private func desk(_ row: BriefRow) -> [Block] {
    let id: [String: JSON] = ["brief": .string(row.id.description)]
    guard row.cancelledAt == nil else {
      return [
        .details(
          Words(en: "Take the cancellation back", fr: "Revenir sur l’annulation"),
          [
            .form(
              "accompaniment.restore-brief", [FormField("reason", as: .lines(3))], fixed: id,
              version: row.version, button: Words(en: "Take it back", fr: "Rétablir"),
              then: .here(
                Words(en: "The brief stands again.", fr: "Le cahier des charges est rétabli.")))
          ])
      ]
    }
    var blocks: [Block] = []
    if row.state == .draft {
      blocks.append(
        .form(
          "accompaniment.publish-brief", [], fixed: id,
          button: Words(en: "Publish the brief", fr: "Publier le cahier des charges"), tone: .good,
          confirming: Confirmation(
            Words(en: "Publish the brief?", fr: "Publier le cahier des charges ?"),
            Words(
              en:
                "Teams are matched to it. Roles and half-days no longer change; the organisation is told.",
              fr:
                "Des équipes lui sont cherchées. Rôles et demi-journées ne changent plus ; l’organisation est prévenue."
            ),
            button: Words(en: "Yes, publish", fr: "Oui, publier")),
          then: .here(Words(en: "The brief is published.", fr: "Le cahier des charges est publié."))
        ))
    } else {
      blocks.append(
        .details(
          Words(en: "Correct its texts", fr: "Corriger ses textes"),
          [
            .form(
              "accompaniment.correct-brief",
              ["title", FormField("context", as: .lines(6)), "deliverable"], fixed: id,
              values: [
                "title": .string(row.title.description),
                "context": .string(row.context.description),
                "deliverable": .string(row.deliverable.description),
              ], version: row.version,
              button: Words(en: "Save the texts", fr: "Enregistrer les textes"),
              then: .here(Words(en: "The texts are corrected.", fr: "Les textes sont corrigés.")))
          ]))
    }
    blocks.append(
      .details(
        Words(en: "Cancel the brief", fr: "Annuler le cahier des charges"),
        [
          .form(
            "accompaniment.cancel-brief", [FormField("reason", as: .lines(3))], fixed: id,
            version: row.version, button: Words(en: "Cancel the brief", fr: "Annuler"), tone: .bad,
            confirming: Confirmation(
              Words(en: "Cancel the brief?", fr: "Annuler le cahier des charges ?"),
              Words(
                en:
                  "Its mission is cancelled too; its team is told, and is the first to be placed elsewhere.",
                fr:
                  "Sa mission l’est aussi ; l’équipe est prévenue et replacée ailleurs en priorité."
              ),
              button: Words(en: "Yes, cancel it", fr: "Oui, l’annuler")),
            then: .here(
              Words(en: "The brief is cancelled.", fr: "Le cahier des charges est annulé.")))
        ]))
    return blocks
  }
}

internal import Kernel
internal import MissionsAPI
internal import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// One half-day of a mission: when, where, who was there.
extension MissionsModule {
  var sessionPage: PortalPage {
    PortalPage(
      "missions.session", "/sessions/{session}", by: .staff(and: .member, .volunteer),
      Words(en: "A session", fr: "Une séance"),
      asking: { (_: OneSession, context) in try await viewer(of: context) }
    ) { (input: OneSession, viewer, transaction) in
      let (row, mission, team) = try transaction.part(
        SessionRow.self, input.session, of: \.mission, for: viewer)
      let people = inOrder(team, for: viewer).filter {
        $0.wasIn(from: row.startsAt, to: row.endsAt)
      }
      let present = Set(
        try transaction.select(PresenceRow.self, "WHERE session = \(row.id)").map(\.volunteer))
      return PageContent(
        title: row.kind.words, over: Words(mission.title.description),
        trail: [Link(Words(mission.title.description), "/missions/\(mission.id)")]
      ) {
        if row.cancelledAt != nil {
          Block.notice(
            .bad, Words(en: "It does not take place", fr: "Elle n’a pas lieu"),
            row.cancelReason.map { Words($0.description) })
        }
        Block.facts([
          Fact(en: "Begins", fr: "Début", .moment(row.startsAt, mission.zone)),
          Fact(en: "Ends", fr: "Fin", .moment(row.endsAt, mission.zone)),
          Fact(en: "How", fr: "Comment", .words(JSONSchema.words(of: row.format.rawValue))),
          Fact(en: "Where", fr: "Où", .text(row.place)),
        ])
        Block.people(
          people.map { person in
            PersonCard(
              person.name, role: Words(person.roleTitle.description),
              tag: row.state == .held
                ? present.contains(person.volunteer)
                  ? StateTag(Words(en: "was there", fr: "présent·e"), .good)
                  : StateTag(Words(en: "was not there", fr: "absent·e")) : nil)
          })
        if viewer.actor.role != .volunteer, row.cancelledAt == nil, mission.state != .closed {
          if row.startsAt <= transaction.now {
            presence(row, people, present, isStaff: viewer.actor.isStaff)
          }
          if viewer.actor.isStaff, row.state == .planned { changes(to: row) }
        }
      }
    }
  }

  private func presence(
    _ row: SessionRow, _ people: [MemberRow], _ present: Set<VolunteerID>, isStaff: Bool
  ) -> Block {
    let shown = row.state == .held ? people.filter { present.contains($0.volunteer) } : people
    return .section(Words(en: "Who was there", fr: "Qui était là"), id: "presence") {
      Block.form(
        "missions.record-presence",
        [
          FormField(
            "present", as: .checkboxes,
            choices: people.map { FormChoice($0.volunteer, name: $0.name) })
        ] + (isStaff ? [FormField("overrideReason", as: .lines(2))] : []),
        fixed: ["session": .string(row.id.description)],
        values: ["present": .array(shown.map { .string($0.volunteer.description) })],
        version: row.version,
        button: Words(en: "Save who was there", fr: "Enregistrer les présences"),
        then: .here(Words(en: "Saved.", fr: "Enregistré.")))
    }
  }

  private func changes(to row: SessionRow) -> [Block] {
    let id: [String: JSON] = ["session": .string(row.id.description)]
    return [
      .details(
        Words(en: "Move it", fr: "La déplacer"),
        [
          .form(
            "missions.move-session",
            [
              "day", FormField("part", as: .radios), "place",
              FormField("overrideReason", as: .lines(2)),
            ],
            fixed: id,
            values: [
              "day": .string(row.day.description), "part": .string(row.part.rawValue),
              "place": .string(row.place.description),
            ], version: row.version,
            button: Words(en: "Move it and tell everybody", fr: "La déplacer et prévenir"),
            then: .here(
              Words(
                en: "Moved; everybody is told.", fr: "C’est déplacé ; tout le monde est prévenu.")))
        ]),
      .details(
        Words(en: "Call it off", fr: "L’annuler"),
        [
          .form(
            "missions.cancel-session", [FormField("reason", as: .lines(3))], fixed: id,
            version: row.version, button: Words(en: "Call it off", fr: "Annuler la séance"),
            tone: .bad,
            confirming: Confirmation(
              Words(en: "Call the session off?", fr: "Annuler la séance ?"),
              Words(
                en: "Team and organisation are told, with the reason.",
                fr: "L’équipe et l’organisation sont prévenues, avec la raison."),
              button: Words(en: "Yes, call it off", fr: "Oui, l’annuler")),
            then: .here(
              Words(
                en: "Called off; everybody is told.",
                fr: "C’est annulé ; tout le monde est prévenu.")))
        ]),
    ]
  }
}

internal import Kernel
internal import MissionsAPI
internal import Pages
internal import ProgrammesAPI

// The place where a team's months happen: what comes next, who is there, what is done.
extension MissionsModule {
  var missionPage: PortalPage {
    PortalPage(
      "missions.mission", "/missions/{mission}", by: .staff(and: .member, .volunteer),
      Words(en: "A mission", fr: "Une mission"), byLetter: true,
      asking: { (_: OneMission, context) in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      let team = try transaction.team(of: mission.id)
      guard MissionsPolicy.maySee(mission, team: team, viewer) else {
        throw Problem.notFound(MissionRow.noun, input.mission)
      }
      let sessions = try transaction.sessions(of: mission.id)
      let next = sessions.first {
        $0.endsAt > transaction.now && $0.state == .planned && $0.cancelledAt == nil
      }
      return try PageContent(
        title: Words(mission.title.description), over: Words(mission.organisationName.description)
      ) {
        Block.facts([
          Fact(en: "State", fr: "État", .tag(mission.state.label, mission.state.tone)),
          Fact(en: "It leaves behind", fr: "Ce qu’elle laisse", .text(mission.deliverable)),
          Fact(
            en: "Next session", fr: "Prochaine séance",
            .optional(next) { .moment($0.startsAt, mission.zone) }),
          Fact(en: "Where", fr: "Où", .optional(next) { .text($0.place) }),
        ])
        Block.actions(hours(of: mission, viewer))
        handover(to: viewer, in: team)
        Block.section(Words(en: "Team", fr: "Équipe"), id: "team") {
          Block.people(
            inOrder(team, for: viewer).filter(\.isActive).map {
              PersonCard($0.name, role: Words($0.roleTitle.description))
            })
        }
        sessionsSection(sessions, of: mission)
        try milestones(of: mission, viewer, transaction)
        try deliverables(of: mission, viewer, transaction)
        try risks(of: mission, viewer, transaction)
        if mission.state == .closed, viewer.actor.role == .member || viewer.volunteer != nil {
          Block.links(
            Link(
              Words(en: "What the mission was worth", fr: "Ce que la mission a apporté"),
              "/missions/\(mission.id)/evaluation"))
        }
        if viewer.actor.isStaff { try desk(mission, transaction) }
      }
    }
  }

  /// What one does about hours, by who one is.
  private func hours(of mission: MissionRow, _ viewer: Viewer) -> [PageAction] {
    let page = "/missions/\(mission.id)/hours"
    if viewer.volunteer != nil, mission.state == .running {
      return [
        .link(Words(en: "Log time", fr: "Saisir du temps"), page),
        .link(Words(en: "Log a whole week", fr: "Saisir une semaine"), page + "/week"),
      ]
    }
    return [
      .link(
        viewer.actor.role == .member
          ? Words(en: "Check hours", fr: "Vérifier les heures")
          : Words(en: "Look at hours", fr: "Consulter les heures"), page)
    ]
  }

  /// What the person before left to whoever joined.
  private func handover(to viewer: Viewer, in team: [MemberRow]) -> [Block] {
    guard let own = team.first(where: { $0.isActive && $0.volunteer == viewer.volunteer }),
      let note = own.handover
    else { return [] }
    return [
      .notice(
        .info,
        Words(
          en: "The person before you left this note", fr: "La personne d’avant a laissé cette note"),
        Words(note.description))
    ]
  }

  private func sessionsSection(_ sessions: [SessionRow], of mission: MissionRow) -> Block {
    .section(Words(en: "Sessions", fr: "Séances"), id: "sessions") {
      if sessions.isEmpty {
        Block.paragraph(en: "No session is planned yet.", fr: "Aucune séance n’est encore prévue.")
      } else {
        Block.timeline(
          sessions.map { session in
            Moment(
              .moment(session.startsAt, mission.zone), session.kind.words, .text(session.place),
              tag: session.state == .held
                ? StateTag(Words(en: "held", fr: "tenue"), .good)
                : session.cancelledAt != nil
                  ? StateTag(Words(en: "cancelled", fr: "annulée"), .bad)
                  : StateTag(Words(en: "planned", fr: "prévue")),
              page: "/sessions/\(session.id)")
          })
        Block.files([
          FileLine(
            Words(en: "Dates for my calendar", fr: "Dates pour mon agenda"),
            "/missions/\(mission.id)/calendar.ics", type: "text/calendar")
        ])
      }
    }
  }

  private func milestones(
    of mission: MissionRow, _ viewer: Viewer, _ connection: any Connection
  ) throws -> Block {
    let all = try connection.select(
      MilestoneRow.self, "WHERE mission = \(mission.id) ORDER BY due, title, id")
    return .section(Words(en: "Milestones", fr: "Jalons"), id: "milestones") {
      if !all.isEmpty {
        Block.table(
          Table(
            Words(en: "Milestones of the mission", fr: "Jalons de la mission"),
            columns: [
              Column(en: "Milestone", fr: "Jalon"), Column(en: "Due", fr: "Échéance"),
              Column(en: "State", fr: "État"),
            ],
            rows: all.map { milestone in
              TableRow([
                .text(milestone.title), .day(milestone.due),
                milestone.state == .reached
                  ? .tag(Words(en: "reached", fr: "atteint"), .good)
                  : .button(
                    Form(
                      "missions.reach-milestone",
                      fixed: ["milestone": .string(milestone.id.description)],
                      version: milestone.version,
                      button: Words(
                        en: "Reached: \(milestone.title)", fr: "Atteint : \(milestone.title)"),
                      then: .here(Words(en: "Well done.", fr: "Bravo.")))),
              ])
            }, empty: Words(en: "No milestone.", fr: "Aucun jalon.")))
      }
      if mission.state == .running {
        Block.details(
          Words(en: "Add a milestone", fr: "Ajouter un jalon"),
          [
            .form(
              "missions.plan-milestone", ["title", "due"],
              fixed: ["mission": .string(mission.id.description)],
              button: Words(en: "Add the milestone", fr: "Ajouter le jalon"),
              then: .here(Words(en: "The milestone is set.", fr: "Le jalon est fixé.")))
          ])
      }
    }
  }

  private func risks(
    of mission: MissionRow, _ viewer: Viewer, _ connection: any Connection
  ) throws -> [Block] {
    let open = try connection.select(
      RiskRow.self,
      "WHERE mission = \(mission.id) AND state = 'open' ORDER BY severity DESC, raised_at, text")
    return [
      .section(Words(en: "What worries", fr: "Points d’attention"), id: "risks") {
        for risk in open {
          Block.prose(risk.text)
          Block.form(
            "missions.close-risk", ["outcome"], fixed: ["risk": .string(risk.id.description)],
            version: risk.version, button: Words(en: "It is settled", fr: "C’est réglé"),
            then: .here(Words(en: "Settled.", fr: "Réglé.")))
        }
        if mission.state != .closed {
          Block.details(
            Words(en: "Say what worries you", fr: "Signaler un point d’attention"),
            [
              .form(
                "missions.raise-risk", ["text", "severity"],
                fixed: ["mission": .string(mission.id.description)],
                button: Words(en: "Say it", fr: "Signaler"),
                then: .here(
                  Words(en: "The programme manager sees it.", fr: "L’équipe du programme le voit."))
              )
            ])
        }
      }
    ]
  }
}

internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
public import Pages
internal import PartnersAPI
internal import ProgrammesAPI

// My missions; for staff, the health of all of them.
extension MissionsModule {
  var myMissionsPage: PortalPage {
    PortalPage(
      "missions.mine", "/missions", by: [.member, .volunteer],
      Words(en: "My missions", fr: "Mes missions"), inMenu: true,
      asking: { (_: Nothing, context) in try await viewer(of: context) }
    ) { (_: Nothing, viewer, transaction) in
      let missions: [MissionRow] =
        if let volunteer = viewer.volunteer {
          try transaction.select(
            MissionRow.self,
            """
            WHERE id IN (SELECT mission FROM missions_member WHERE volunteer = \(volunteer))
            ORDER BY title, id
            """)
        } else if let organisation = viewer.organisation {
          try transaction.select(
            MissionRow.self, "WHERE organisation = \(organisation) ORDER BY title, id")
        } else { [] }
      return PageContent(title: Words(en: "My missions", fr: "Mes missions")) {
        Block.table(
          Table(
            Words(en: "My missions", fr: "Mes missions"),
            columns: [
              Column(en: "Mission", fr: "Mission"), Column(en: "Association", fr: "Association"),
              Column(en: "State", fr: "État"),
            ],
            rows: missions.map { mission in
              TableRow(
                [
                  .text(mission.title), .text(mission.organisationName),
                  .tag(mission.state.label, mission.state.tone),
                ], page: "/missions/\(mission.id)")
            },
            empty: Words(
              en: "You are in no mission yet.", fr: "Vous n’êtes encore dans aucune mission.")))
      }
    }
  }

  var healthPage: PortalPage {
    PortalPage(
      "missions.health", "/editions/{edition}/missions", by: .staff,
      Words(en: "How the missions are doing", fr: "Où en sont les missions"),
      asking: { (input: OfEdition, _) in try await programmes.edition(input.edition) }
    ) { (input: OfEdition, edition, transaction) in
      let rows = try transaction.rows(
        """
        SELECT m.id, m.title, m.organisation_name, m.state, m.seats,
          (SELECT COUNT(*) FROM missions_member p WHERE p.mission = m.id AND p.left_at IS NULL) AS team,
          (SELECT COUNT(*) FROM missions_hours h WHERE h.mission = m.id AND h.state = 'waiting') AS hours,
          (SELECT MAX(h.logged_at) FROM missions_hours h WHERE h.mission = m.id) AS heard,
          (SELECT COUNT(*) FROM missions_milestone s WHERE s.mission = m.id AND s.state = 'planned'
            AND s.due < \(edition.zone.day(of: transaction.now))) AS late
        FROM missions_mission m WHERE m.edition_id = \(edition.id) ORDER BY m.title, m.id
        """)
      return try PageContent(
        title: Words(en: "How the missions are doing", fr: "Où en sont les missions"),
        over: Words(edition.name.description)
      ) {
        Block.table(
          Table(
            Words(en: "Missions of the edition", fr: "Missions de l’édition"),
            columns: [
              Column(en: "Mission", fr: "Mission"), Column(en: "Association", fr: "Association"),
              Column(en: "State", fr: "État"), Column(en: "Team", fr: "Équipe"),
              Column(en: "Hours waiting", fr: "Heures à valider", number: true),
              Column(en: "Late milestones", fr: "Jalons en retard", number: true),
              Column(en: "Last heard of", fr: "Dernière saisie"),
            ],
            rows: try rows.map { row in
              let state = MissionState(rawValue: try row.get("state")) ?? .forming
              let heard: Instant? = try row.get(ifPresent: "heard")
              return TableRow(
                [
                  .text(try row.get("title", as: String.self)),
                  .text(try row.get("organisation_name", as: String.self)),
                  .tag(state.label, state.tone),
                  .text(
                    "\(try row.get("team", as: Int.self)) / \(try row.get("seats", as: Int.self))"),
                  .number(try row.get("hours", as: Int.self)),
                  .number(try row.get("late", as: Int.self)),
                  .optional(heard) { .day(edition.zone.day(of: $0)) },
                ], page: "/missions/\(try row.get("id", as: MissionID.self))")
            },
            empty: Words(
              en: "No mission has a team yet.", fr: "Aucune mission n’a encore d’équipe."),
            csv: "missions"))
      }
    }
  }
}

extension MissionsModule: PortalModule {
  public var pages: [PortalPage] {
    [
      myMissionsPage, missionPage, hoursPage, weekPage, sessionPage, deliverablePage,
      evaluationPage,
      healthPage,
    ]
  }
  public var files: [PortalFile] { [calendarFile, deliverableFile] }
}

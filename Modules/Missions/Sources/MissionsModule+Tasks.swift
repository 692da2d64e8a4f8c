internal import ApplicationsAPI
public import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

// What waits for whom, read off the states of missions, hours, deliverables and milestones.
extension MissionsModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    switch actor.role {
    case .volunteer:
      guard let id = actor.subject(as: .volunteer, VolunteerID.self) else { return [] }
      return try await host.read { try volunteerTasks(of: id, in: $0) }
    case .member:
      guard let member = actor.subject(as: .member, MemberID.self),
        let organisation = try await applications.organisation(of: member)
      else { return [] }
      return try await host.read { connection in
        try connection.select(
          MissionRow.self, "WHERE organisation = \(organisation) ORDER BY title, id"
        ).flatMap { try memberTasks(of: $0, in: connection) }
      }
    case .administrator, .manager:
      return try await host.read { try staffTasks(at: now, in: $0) }
    case .reviewer, .partner, .system, .anyone: return []
    }
  }

  /// Hours to correct, deliverables to take up again, an evaluation to give.
  private func volunteerTasks(
    of id: VolunteerID, in connection: any Connection
  ) throws -> [WaitingTask] {
    var tasks = try connection.rows(
      """
      SELECT h.mission, m.title, COUNT(*) AS n, MIN(COALESCE(h.decided_at, h.logged_at)) AS since
      FROM missions_hours h JOIN missions_mission m ON m.id = h.mission
      WHERE h.volunteer = \(id) AND h.state = 'returned'
      GROUP BY h.mission, m.title ORDER BY m.title
      """
    ).map { row in
      let (count, title): (Int, Name) = (try row.get("n"), try row.get("title"))
      return WaitingTask(
        "missions.correct-hours",
        title: Words(
          en: "Correct hours that came back: \(count) in “\(title)”",
          fr: "Corriger des heures renvoyées : \(count) dans « \(title) »"),
        since: try row.get("since"),
        page: "/missions/\(try row.get("mission", as: MissionID.self))/hours", count: count)
    }
    let missions = try connection.select(
      MissionRow.self,
      """
      WHERE id IN (SELECT mission FROM missions_member
        WHERE volunteer = \(id) AND left_at IS NULL) ORDER BY title, id
      """)
    for mission in missions {
      tasks += try returnedDeliverables(of: mission, in: connection)
      if let evaluation = try evaluation(of: mission, by: id.description, in: connection) {
        tasks.append(evaluation)
      }
    }
    return tasks
  }

  /// Hours to check, deliverables to accept, an evaluation to give.
  private func memberTasks(
    of mission: MissionRow, in connection: any Connection
  ) throws -> [WaitingTask] {
    var tasks: [WaitingTask] = []
    let hours = try waiting(
      """
      SELECT COUNT(*) AS n, MIN(logged_at) AS since FROM missions_hours
      WHERE mission = \(mission.id) AND state = 'waiting'
      """, connection)
    if let hours {
      tasks.append(
        WaitingTask(
          "missions.validate-hours",
          title: Words(
            en: "Check hours: \(hours.count) in “\(mission.title)”",
            fr: "Valider des heures : \(hours.count) dans « \(mission.title) »"),
          since: hours.since, page: "/missions/\(mission.id)/hours", count: hours.count))
    }
    let results = try waiting(
      """
      SELECT COUNT(*) AS n, MIN(submitted_at) AS since FROM missions_deliverable
      WHERE mission = \(mission.id) AND state = 'submitted'
      """, connection)
    if let results {
      tasks.append(
        WaitingTask(
          "missions.accept-deliverable",
          title: Words(
            en: "Accept or return what was delivered: “\(mission.title)”",
            fr: "Accepter ou renvoyer le livrable : « \(mission.title) »"),
          since: results.since, page: "/missions/\(mission.id)", count: results.count))
    }
    let side = EvaluationSide.organisation.rawValue
    if let evaluation = try evaluation(of: mission, by: side, in: connection) {
      tasks.append(evaluation)
    }
    return tasks
  }

  /// How many things of a mission one of these statements counts, and since when the oldest waits.
  private func waiting(
    _ statement: SQL, _ connection: any Connection
  ) throws -> (count: Int, since: Instant)? {
    guard let row = try connection.rows(statement).first,
      let since = try row.get(ifPresent: "since", as: Instant.self)
    else { return nil }
    return (try row.get("n"), since)
  }

  private func returnedDeliverables(
    of mission: MissionRow, in connection: any Connection
  ) throws -> [WaitingTask] {
    try connection.select(
      DeliverableRow.self,
      "WHERE mission = \(mission.id) AND state = 'returned' ORDER BY submitted_at, id"
    ).compactMap { returned in
      // A later version of the same thing answers it.
      let newer = try connection.count(
        DeliverableRow.self,
        """
        WHERE mission = \(mission.id) AND title = \(returned.title)
          AND submitted_at > \(returned.submittedAt)
        """)
      guard newer == 0, mission.state == .running else { return nil }
      return WaitingTask(
        "missions.rework-deliverable",
        title: Words(
          en: "Take “\(returned.title)” up again: it came back",
          fr: "Reprendre « \(returned.title) » : le livrable est revenu"),
        since: returned.decidedAt ?? returned.submittedAt, page: "/missions/\(mission.id)")
    }
  }

  /// Once a mission is closed, each side is asked once what it was worth.
  private func evaluation(
    of mission: MissionRow, by author: String, in connection: any Connection
  ) throws -> WaitingTask? {
    guard mission.state == .closed, mission.cancelledAt == nil, let closed = mission.closedAt,
      try connection.count(
        EvaluationRow.self, "WHERE mission = \(mission.id) AND author = \(author)") == 0
    else { return nil }
    return WaitingTask(
      "missions.evaluate",
      title: Words(
        en: "Say what the mission was worth to you: “\(mission.title)”",
        fr: "Dire ce que la mission vous a apporté : « \(mission.title) »"),
      since: closed, page: "/missions/\(mission.id)/evaluation")
  }

  /// Hours nobody checks for two weeks, teams that have not met, milestones that passed.
  private func staffTasks(at now: Instant, in connection: any Connection) throws -> [WaitingTask] {
    let patience = now.advanced(byDays: -14)
    var tasks = try connection.rows(
      """
      SELECT h.mission, m.title, m.organisation_name, COUNT(*) AS n, MIN(h.logged_at) AS since
      FROM missions_hours h JOIN missions_mission m ON m.id = h.mission
      WHERE h.state = 'waiting' AND h.logged_at < \(patience)
      GROUP BY h.mission, m.title, m.organisation_name ORDER BY since, m.title
      """
    ).map { row in
      let (count, title): (Int, Name) = (try row.get("n"), try row.get("title"))
      return WaitingTask(
        "missions.hours-late",
        title: Words(
          en: "Nobody checks the hours of “\(title)” (\(count))",
          fr: "Personne ne valide les heures de « \(title) » (\(count))"),
        since: try row.get("since"),
        page: "/missions/\(try row.get("mission", as: MissionID.self))/hours", count: count,
        owner: try row.get("organisation_name"))
    }
    let forming = try connection.select(
      MissionRow.self, "WHERE state = 'forming' ORDER BY formed_at, title")
    for mission in forming {
      tasks.append(
        WaitingTask(
          "missions.start",
          title: Words(
            en: "The team of “\(mission.title)” has not started yet",
            fr: "L’équipe de « \(mission.title) » n’a pas encore démarré"),
          since: mission.formedAt, page: "/missions/\(mission.id)", owner: mission.organisationName)
      )
    }
    let running = try connection.select(
      MissionRow.self,
      """
      WHERE state = 'running' AND EXISTS (SELECT 1 FROM missions_milestone s
        WHERE s.mission = missions_mission.id AND s.state = 'planned') ORDER BY title, id
      """)
    for mission in running {
      let today = mission.zone.day(of: now)
      let late = try connection.select(
        MilestoneRow.self,
        """
        WHERE mission = \(mission.id) AND state = 'planned' AND due < \(today)
        ORDER BY due, title
        """)
      guard let first = late.first else { continue }
      tasks.append(
        WaitingTask(
          "missions.milestone-late",
          title: Words(
            en: "“\(mission.title)” is late: \(first.title)",
            fr: "« \(mission.title) » a du retard : \(first.title)"),
          since: mission.zone.end(of: first.due), page: "/missions/\(mission.id)",
          count: late.count, owner: mission.organisationName))
    }
    return tasks
  }
}

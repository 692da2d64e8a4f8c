internal import AccompanimentAPI
internal import ApplicationsAPI
public import Kernel

// What waits for whom, read off the states of journeys, needs, briefs and follow-ups.
extension AccompanimentModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    switch actor.role {
    case .member:
      guard let member = actor.subject(as: .member, MemberID.self),
        let organisation = try await applications.organisation(of: member)
      else { return [] }
      return try await host.read { connection in
        try connection.select(
          JourneyRow.self,
          "WHERE organisation = \(organisation) AND ended_at IS NULL ORDER BY started_at, id"
        ).flatMap { try memberTasks(of: $0, in: connection) }
      }
    case .administrator, .manager:
      return try await host.read { try staffTasks(in: $0) }
    case .reviewer, .volunteer, .partner, .system, .anyone: return []
    }
  }

  /// Needs to confirm, a follow-up to answer.
  private func memberTasks(
    of journey: JourneyRow, in connection: any Connection
  ) throws -> [WaitingTask] {
    var tasks: [WaitingTask] = []
    let page = "/journeys/\(journey.id)"
    let proposed = try connection.count(
      NeedRow.self, "WHERE journey = \(journey.id) AND state = 'proposed'")
    if proposed > 0 {
      tasks.append(
        WaitingTask(
          "accompaniment.confirm-needs",
          title: Words(
            en: "Confirm what your association needs (\(proposed))",
            fr: "Confirmer les besoins de votre association (\(proposed))"),
          since: journey.startedAt, page: page, count: proposed))
    }
    let open = try connection.select(
      FollowUpRow.self, "WHERE journey = \(journey.id) AND answered_at IS NULL ORDER BY months")
    return tasks
      + open.map { followUp in
        WaitingTask(
          "accompaniment.follow-up",
          title: Words(
            en: "Tell us what became of it, \(followUp.months) months on",
            fr: "Dire ce que c’est devenu, \(followUp.months) mois après"),
          since: followUp.askedAt, page: page)
      }
  }

  /// Journeys that wait for a diagnosis, briefs that wait for publication.
  private func staffTasks(in connection: any Connection) throws -> [WaitingTask] {
    let undiagnosed = try connection.select(
      JourneyRow.self,
      "WHERE diagnosis IS NULL AND ended_at IS NULL ORDER BY started_at, organisation_name")
    let drafts = try connection.rows(
      """
      SELECT b.id, b.title, b.organisation_name, j.started_at FROM accompaniment_brief b
      JOIN accompaniment_journey j ON j.id = b.journey
      WHERE b.state = 'draft' AND b.cancelled_at IS NULL ORDER BY j.started_at, b.title
      """)
    return undiagnosed.map { journey in
      WaitingTask(
        "accompaniment.diagnose",
        title: Words(
          en: "Make the diagnosis with \(journey.organisationName)",
          fr: "Faire le diagnostic avec \(journey.organisationName)"),
        since: journey.startedAt, page: "/journeys/\(journey.id)", owner: journey.organisationName)
    }
      + (try drafts.map { row in
        let title: Name = try row.get("title")
        return WaitingTask(
          "accompaniment.publish-brief",
          title: Words(
            en: "Publish the brief “\(title)”", fr: "Publier le cahier des charges « \(title) »"),
          since: try row.get("started_at"),
          page: "/briefs/\(try row.get("id", as: BriefID.self))",
          owner: try row.get("organisation_name"))
      })
  }
}

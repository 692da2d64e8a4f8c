internal import ApplicationsAPI
public import Kernel

// What waits for whom, read off the states of calls, applications and reviews.
extension ApplicationsModule {
  public func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    switch actor.role {
    case .member:
      guard let member = actor.subject(as: .member, MemberID.self) else { return [] }
      return try await host.read { try memberTasks(of: member, at: now, in: $0) }
    case .reviewer:
      guard let reviewer = actor.subject(as: .reviewer, ReviewerID.self) else { return [] }
      return try await host.read { try reviewerTasks(of: reviewer, in: $0) }
    case .administrator, .manager:
      return try await host.read { try staffTasks(at: now, in: $0) + duplicateTasks(in: $0) }
    case .volunteer, .partner, .system, .anyone: return []
    }
  }

  /// Drafts to complete while the call is open, laureates to confirm while there is time.
  private func memberTasks(
    of member: MemberID, at now: Instant, in connection: any Connection
  ) throws -> [WaitingTask] {
    guard let row = try connection.member(member) else { return [] }
    let open = try connection.select(
      ApplicationRow.self,
      """
      WHERE organisation_id = \(row.organisationId) AND (state = 'draft'
        OR (state = 'laureate' AND answered_at IS NULL)) ORDER BY drafted_at, id
      """)
    return try open.compactMap { application in
      guard let call = try connection.find(CallRow.self, application.callId) else { return nil }
      let page = "/applications/\(application.id)"
      switch application.state {
      case .draft:
        let end = call.zone.end(of: call.closesOn)
        guard (try? application.expectOpen(call, at: now)) != nil else { return nil }
        return WaitingTask(
          "applications.complete",
          title: Words(
            en: "Complete and submit the application to “\(call.title)”",
            fr: "Terminer et déposer la candidature à « \(call.title) »"),
          since: application.draftedAt, due: end, page: page)
      case .laureate:
        guard application.mayConfirm(at: now, in: call.zone) else { return nil }
        return WaitingTask(
          "applications.confirm",
          title: Words(
            en: "Confirm that your association takes part: “\(call.title)”",
            fr: "Confirmer la participation de votre association : « \(call.title) »"),
          since: application.promotedAt ?? application.decidedAt ?? application.draftedAt,
          due: application.confirmBy.map(call.zone.end(of:)), page: page)
      case .submitted, .withdrawn, .waiting, .refused, .confirmed, .declined, .lapsed: return nil
      }
    }
  }

  /// One line a call: how many of the reviews that were assigned are still to be written.
  private func reviewerTasks(
    of reviewer: ReviewerID, in connection: any Connection
  ) throws -> [WaitingTask] {
    try connection.rows(
      """
      SELECT c.id, c.title, COUNT(*) AS n, MIN(r.assigned_at) AS since
      FROM applications_review r
      JOIN applications_call c ON c.id = r.call_id
      JOIN applications_application a ON a.id = r.application_id
      WHERE r.reviewer_id = \(reviewer) AND r.scored_at IS NULL AND c.state IN ('open', 'closed')
        AND a.state = 'submitted'
      GROUP BY c.id, c.title ORDER BY since, c.title
      """
    ).map { row in
      let count: Int = try row.get("n")
      let title: Name = try row.get("title")
      return WaitingTask(
        "applications.review",
        title: Words(
          en: count == 1
            ? "Write one review: “\(title)”" : "Write \(count) reviews: “\(title)”",
          fr: count == 1
            ? "Rédiger une relecture : « \(title) »" : "Rédiger \(count) relectures : « \(title) »"),
        since: try row.get("since"), page: "/reviews", count: count)
    }
  }

  /// Calls to open, to give to reviewers, to decide; laureates whose time is running out.
  private func staffTasks(at now: Instant, in connection: any Connection) throws -> [WaitingTask] {
    var tasks: [WaitingTask] = []
    let calls = try connection.select(
      CallRow.self, "WHERE state IN ('open', 'closed') ORDER BY closes_on, title")
    for call in calls {
      let page = "/calls/\(call.id)"
      let counts = try connection.rows(
        """
        SELECT COUNT(*) AS n, MIN(submitted_at) AS since,
          COALESCE(SUM(CASE WHEN NOT EXISTS (
            SELECT 1 FROM applications_review r WHERE r.application_id = a.id) THEN 1 ELSE 0 END), 0)
            AS unassigned,
          COALESCE(SUM(CASE WHEN EXISTS (
            SELECT 1 FROM applications_review r WHERE r.application_id = a.id
            AND r.scored_at IS NULL) THEN 1 ELSE 0 END), 0) AS unread
        FROM applications_application a WHERE a.call_id = \(call.id) AND a.state = 'submitted'
        """
      ).first
      guard let counts, let since = try counts.get(ifPresent: "since", as: Instant.self) else {
        continue
      }
      let submitted: Int = try counts.get("n")
      let unassigned: Int = try counts.get("unassigned")
      let unread: Int = try counts.get("unread")
      guard call.state == .closed else { continue }
      let closed = call.zone.end(of: call.closesOn)
      if unassigned > 0 {
        tasks.append(
          WaitingTask(
            "applications.assign",
            title: Words(
              en: "Assign reviewers: “\(call.title)” (\(unassigned))",
              fr: "Attribuer les relectures : « \(call.title) » (\(unassigned))"),
            since: since, page: page, count: unassigned))
      } else if unread == 0 {
        tasks.append(
          WaitingTask(
            "applications.deliberate",
            title: Words(
              en: "Decide “\(call.title)”: every review is in",
              fr: "Délibérer sur « \(call.title) » : toutes les relectures sont là"),
            since: closed, page: page, count: submitted))
      } else {
        tasks.append(
          WaitingTask(
            "applications.reviews-missing",
            title: Words(
              en: "Reviews are missing: “\(call.title)” (\(unread) applications)",
              fr: "Des relectures manquent : « \(call.title) » (\(unread) candidatures)"),
            since: since, page: page, count: unread))
      }
    }
    return tasks
  }
}

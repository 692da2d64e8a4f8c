internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// Somebody who is expected at two sessions on one half-day.
struct Clash: Codable, Sendable, Hashable {
  let volunteer: VolunteerID
  let name: Name
  let day: Day
  let part: HalfDay.Part
  /// The titles of the two missions.
  let missions: [Name]
}

extension MissionsModule {
  @UseCases var aboutDoubleBooking: [Endpoint] {
    listClashes
  }

  var listClashes: UseCase<PageOfEdition, Page<Clash>> {
    .query(
      "missions.clashes", "/editions/{edition}/session-clashes", by: .staff,
      Words(
        en: "List who is expected at two sessions on one half-day",
        fr: "Lister les personnes attendues à deux séances d’une même demi-journée"),
      asking: { (input: PageOfEdition, context) in
        try await viewer(of: context, in: input.edition)
      }
    ) { (input: PageOfEdition, _, transaction) in
      let clashes = try transaction.rows(
        """
        SELECT DISTINCT a.volunteer, a.name, s.day, s.part, m.title, n.title AS other,
          s.starts_at FROM missions_session s
        JOIN missions_session t ON t.edition_id = s.edition_id AND t.day = s.day
          AND t.part = s.part AND t.id > s.id
        JOIN missions_member a ON a.mission = s.mission AND a.left_at IS NULL
        JOIN missions_member b ON b.mission = t.mission AND b.left_at IS NULL
          AND b.volunteer = a.volunteer
        JOIN missions_mission m ON m.id = s.mission
        JOIN missions_mission n ON n.id = t.mission
        WHERE s.edition_id = \(input.edition) AND s.state = 'planned' AND t.state = 'planned'
          AND s.cancelled_at IS NULL AND t.cancelled_at IS NULL
        ORDER BY s.starts_at, a.name, m.title, n.title
        """
      ).map { row in
        let part: String = try row.get("part")
        return Clash(
          volunteer: try row.get("volunteer"), name: try row.get("name"), day: try row.get("day"),
          part: HalfDay.Part(rawValue: part) ?? .morning,
          missions: [try row.get("title", as: Name.self), try row.get("other", as: Name.self)]
            .sorted { $0.description < $1.description })
      }
      return try Page(of: clashes, after: input.after, limit: input.limit)
    }
  }

  /// Refuses a session on a half-day on which its mission or one of its team has another, unless a
  /// reason is given; returns the reason when it was needed.
  func acceptClashes(
    of session: SessionRow, because reason: Paragraph?, in transaction: Transaction
  ) throws -> Paragraph? {
    var faults = try transaction.rows(
      """
      SELECT m.title FROM missions_session s JOIN missions_mission m ON m.id = s.mission
      WHERE s.mission = \(session.mission) AND s.id <> \(session.id) AND s.day = \(session.day)
        AND s.part = \(session.part.rawValue) AND s.cancelled_at IS NULL
      """
    ).map { clash(with: try $0.get("title"), of: "this mission", "cette mission") }
    faults += try transaction.rows(
      """
      SELECT DISTINCT a.name, m.title FROM missions_member a
      JOIN missions_member b ON b.volunteer = a.volunteer AND b.left_at IS NULL
      JOIN missions_mission m ON m.id = b.mission AND m.state <> 'closed'
      JOIN missions_session s ON s.mission = b.mission AND s.day = \(session.day)
        AND s.part = \(session.part.rawValue) AND s.cancelled_at IS NULL
      WHERE a.mission = \(session.mission) AND a.left_at IS NULL
        AND b.mission <> \(session.mission)
      ORDER BY a.name, m.title
      """
    ).map { row in
      let name: String = try row.get("name")
      return clash(with: try row.get("title"), of: name, name)
    }
    guard !faults.isEmpty else { return nil }
    guard let reason else { throw MissionsError.doubleBooking(faults) }
    return reason
  }
}

private func clash(with title: String, of who: String, _ whoInFrench: String) -> FieldProblem {
  FieldProblem(
    "day", en: "\(who) has a session of “\(title)” then",
    fr: "\(whoInFrench) a une séance de « \(title) » à ce moment")
}

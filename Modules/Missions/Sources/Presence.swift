internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

enum PresenceEntity {}

struct PresenceRow: Record {
  static let table = "missions_presence"

  let id: ID<PresenceEntity>
  let editionId: EditionID
  let session: SessionID
  let volunteer: VolunteerID
  let recordedAt: Instant
}

/// Who was at a session, and who of the team was not.
struct PresenceView: Codable, Sendable {
  struct Person: Codable, Sendable {
    let volunteer: VolunteerID
    let name: Name
    let present: Bool
  }
  let session: Session
  let people: [Person]
}

extension MissionsModule {
  @UseCases var aboutPresence: [Endpoint] {
    recordPresence
    showPresence
  }

  struct OneSession: Codable, Sendable {
    let session: SessionID
  }
  struct Presence: Codable, Sendable {
    let session: SessionID
    let version: Int?
    let present: [VolunteerID]
    let overrideReason: Paragraph?
  }

  var recordPresence: UseCase<Presence, PresenceView> {
    .command(
      "missions.record-presence", .put, "/sessions/{session}/presence", by: .staff(and: .member),
      Words(
        en: "Record who is at a session; what was recorded before is replaced",
        fr: "Noter les présents d’une séance ; la liste précédente est remplacée"),
      problems: [
        "missions/wrong-state", "missions/too-early", "missions/session-cancelled",
        "missions/double-booking",
      ],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Presence, viewer, transaction) in
      var (row, mission, team) = try transaction.part(
        SessionRow.self, input.session, of: \.mission, for: viewer)
      try row.expect(version: input.version)
      try mission.expect(.forming, .running)
      guard row.cancelledAt == nil else { throw MissionsError.sessionCancelled }
      guard row.startsAt <= transaction.now else { throw MissionsError.tooEarly(row.startsAt) }
      try refuseStrangers(input.present, team, row)
      let elsewhere = try presentElsewhere(input.present, row, in: transaction)
      if !elsewhere.isEmpty {
        // Only the staff may say that somebody was in two places.
        guard let reason = input.overrideReason, viewer.actor.isStaff else {
          throw MissionsError.doubleBooking(elsewhere)
        }
        row.overrideReason = reason
      }
      try transaction.execute("DELETE FROM missions_presence WHERE session = \(row.id)")
      for volunteer in input.present {
        try transaction.insert(
          PresenceRow(
            id: transaction.newID(), editionId: row.editionId, session: row.id,
            volunteer: volunteer, recordedAt: transaction.now))
      }
      row.state = .held
      try transaction.update(&row)
      return try presence(at: row, inOrder(team, for: viewer), in: transaction)
    }
  }

  var showPresence: UseCase<OneSession, PresenceView> {
    .query(
      "missions.presence", "/sessions/{session}/presence", by: .staff(and: .member, .volunteer),
      Words(en: "Show who was at a session", fr: "Montrer les présents d’une séance"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneSession, viewer, transaction) in
      let (row, _, team) = try transaction.part(
        SessionRow.self, input.session, of: \.mission, for: viewer)
      return try presence(at: row, inOrder(team, for: viewer), in: transaction)
    }
  }

  private func presence(
    at session: SessionRow, _ team: [MemberRow], in connection: any Connection
  ) throws -> PresenceView {
    let present = Set(
      try connection.select(PresenceRow.self, "WHERE session = \(session.id)").map(\.volunteer))
    var seen: Set<VolunteerID> = []
    let people =
      team
      .filter { $0.wasIn(from: session.startsAt, to: session.endsAt) }
      .filter { seen.insert($0.volunteer).inserted }
      .map {
        PresenceView.Person(
          volunteer: $0.volunteer, name: $0.name, present: present.contains($0.volunteer))
      }
    return PresenceView(session: session.contract, people: people)
  }
}

private func refuseStrangers(
  _ present: [VolunteerID], _ team: [MemberRow], _ session: SessionRow
) throws {
  var faults: [FieldProblem] = []
  var seen: Set<VolunteerID> = []
  for (index, volunteer) in present.enumerated() {
    if !seen.insert(volunteer).inserted {
      faults.append(
        FieldProblem("present[\(index)]", en: "is listed twice", fr: "figure deux fois"))
    } else if !team.contains(where: {
      $0.volunteer == volunteer && $0.wasIn(from: session.startsAt, to: session.endsAt)
    }) {
      faults.append(
        FieldProblem(
          "present[\(index)]", en: "was not in the team at the time",
          fr: "n’était pas dans l’équipe à ce moment"))
    }
  }
  guard faults.isEmpty else { throw Problem.invalidInput(faults) }
}

private func presentElsewhere(
  _ present: [VolunteerID], _ session: SessionRow, in connection: any Connection
) throws -> [FieldProblem] {
  try present.enumerated().flatMap { index, volunteer in
    try connection.rows(
      """
      SELECT m.title FROM missions_presence p JOIN missions_session s ON s.id = p.session
      JOIN missions_mission m ON m.id = s.mission
      WHERE p.volunteer = \(volunteer) AND s.id <> \(session.id) AND s.day = \(session.day)
        AND s.part = \(session.part.rawValue) ORDER BY m.title
      """
    ).map { row in
      let title: String = try row.get("title")
      return FieldProblem(
        "present[\(index)]", en: "is recorded at a session of “\(title)” on that half-day",
        fr: "est noté à une séance de « \(title) » cette demi-journée")
    }
  }
}

internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

struct SessionRow: Versioned {
  static let table = "missions_session"
  static let noun = Words(en: "session", fr: "séance")

  let id: SessionID
  let editionId: EditionID
  var version: Int
  let mission: MissionID
  let kind: SessionKind
  let halfDay: HalfDayID?
  var day: Day
  var part: HalfDay.Part
  var startsAt: Instant
  var endsAt: Instant
  var format: Format
  var place: Name
  var revision: Int
  var state: SessionState
  /// Why the staff went ahead although somebody is expected elsewhere.
  var overrideReason: Paragraph?
  var cancelledAt: Instant?
  var cancelReason: Paragraph?

  /// Refuses what can be done with a session to come only.
  func expectPlanned() throws {
    guard cancelledAt == nil else { throw MissionsError.sessionCancelled }
    guard state == .planned else { throw MissionsError.sessionHeld }
  }

  var contract: Session {
    Session(
      id: id, edition: editionId, mission: mission, version: version, revision: revision,
      kind: kind, day: day, part: part, startsAt: startsAt, endsAt: endsAt, format: format,
      place: place, state: cancelledAt == nil ? state : .cancelled)
  }

  var scheduled: SessionScheduled {
    SessionScheduled(
      edition: editionId, mission: mission, session: id, revision: revision, startsAt: startsAt,
      endsAt: endsAt, format: format, place: place)
  }
}

extension Connection {
  func sessions(of mission: MissionID) throws -> [SessionRow] {
    try select(SessionRow.self, "WHERE mission = \(mission) ORDER BY starts_at, kind")
  }
}

extension MissionsModule {
  @UseCases var aboutSessions: [Endpoint] {
    listSessions
    planSession
    moveSession
  }

  struct PlanSession: Codable, Sendable {
    let mission: MissionID
    let day: Day
    let part: HalfDay.Part
    let format: Format?
    let place: Name?
    let overrideReason: Paragraph?
  }
  struct Move: Codable, Sendable {
    let session: SessionID
    let version: Int?
    let day: Day
    let part: HalfDay.Part
    let place: Name?
    let overrideReason: Paragraph?
  }

  var listSessions: UseCase<OneMission, [Session]> {
    .query(
      "missions.sessions", "/missions/{mission}/sessions", by: .staff(and: .member, .volunteer),
      Words(en: "List the sessions of a mission", fr: "Lister les séances d’une mission"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      let mission = try transaction.mission(input.mission, for: viewer).row
      return try transaction.sessions(of: mission.id).map(\.contract)
    }
  }

  var planSession: UseCase<PlanSession, Session> {
    .command(
      "missions.plan-session", .post, "/missions/{mission}/sessions", by: .staff,
      Words(
        en: "Plan a working session besides the kick-off",
        fr: "Prévoir une séance de travail en plus du lancement"),
      problems: ["missions/wrong-state", "missions/double-booking"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: PlanSession, viewer, transaction) in
      let mission = try transaction.mission(input.mission, for: viewer).row
      try mission.expect(.forming, .running)
      let format =
        if let wished = input.format { wished } else {
          try transaction.sessions(of: mission.id).last?.format ?? .remote
        }
      var row = try newSession(
        .working, of: mission, halfDay: nil, on: input.day, input.part, format: format,
        in: transaction)
      if let place = input.place { row.place = place }
      try refusePast(row.startsAt, in: transaction)
      row.overrideReason = try acceptClashes(
        of: row, because: input.overrideReason, in: transaction)
      try transaction.insert(row)
      try transaction.emit(row.scheduled)
      return row.contract
    }
  }

  var moveSession: UseCase<Move, Session> {
    .command(
      "missions.move-session", .put, "/sessions/{session}/schedule", by: .staff,
      Words(
        en: "Move a session to another half-day or place, and tell everybody concerned",
        fr: "Déplacer une séance et prévenir toutes les personnes concernées"),
      problems: [
        "missions/wrong-state", "missions/session-held", "missions/session-cancelled",
        "missions/double-booking",
      ],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Move, viewer, transaction) in
      var (row, mission, _) = try transaction.part(
        SessionRow.self, input.session, of: \.mission, for: viewer)
      try row.expect(version: input.version)
      try mission.expect(.forming, .running)
      try row.expectPlanned()
      (row.startsAt, row.endsAt) = input.part.times(on: input.day, in: mission.zone)
      try refusePast(row.startsAt, in: transaction)
      row.day = input.day
      row.part = input.part
      if let place = input.place { row.place = place }
      row.overrideReason = try acceptClashes(
        of: row, because: input.overrideReason, in: transaction)
      row.revision += 1
      try transaction.update(&row)
      try transaction.emit(row.scheduled)
      return row.contract
    }
  }

  func newSession(
    _ kind: SessionKind, of mission: MissionRow, halfDay: HalfDayID?, on day: Day,
    _ part: HalfDay.Part, format: Format, in transaction: Transaction
  ) throws -> SessionRow {
    let id = transaction.newID(SessionID.self)
    let (starts, ends) = part.times(on: day, in: mission.zone)
    return SessionRow(
      id: id, editionId: mission.editionId, version: 1, mission: mission.id, kind: kind,
      halfDay: halfDay, day: day, part: part, startsAt: starts, endsAt: ends, format: format,
      place: try venue.place(of: id, format: format), revision: 1, state: .planned)
  }
}

private func refusePast(_ start: Instant, in transaction: Transaction) throws {
  guard start > transaction.now else {
    throw Problem.invalid(
      "day", en: "this half-day has already begun", fr: "cette demi-journée a déjà commencé")
  }
}

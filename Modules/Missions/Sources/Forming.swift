internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import MissionsAPI
internal import ProgrammesAPI

extension MissionsModule {
  /// What a mission is made from.
  struct Forming: Sendable {
    let brief: Brief
    let edition: Edition
    let halfDays: [HalfDay]
    let organisation: Organisation
  }

  func forming(_ id: BriefID) async throws -> Forming {
    let brief = try await accompaniment.brief(id)
    return Forming(
      brief: brief, edition: try await programmes.edition(brief.edition),
      halfDays: try await programmes.halfDays(of: brief.edition),
      organisation: try await applications.organisation(brief.organisation))
  }

  var formMission: Subscription {
    .on(
      BriefPublished.self, "missions.form-mission",
      asking: { event, _ in try await forming(event.brief) }
    ) { _, facts, transaction in _ = try ensureMission(facts, in: transaction) }
  }

  /// The mission of a brief, made now with its kick-off sessions if nobody has made it yet.
  func ensureMission(_ facts: Forming, in transaction: Transaction) throws -> MissionRow {
    let brief = facts.brief
    if let known = try transaction.first(MissionRow.self, "WHERE brief = \(brief.id)") {
      return known
    }
    let mission = MissionRow(
      id: transaction.newID(), editionId: brief.edition, version: 1, brief: brief.id,
      organisation: facts.organisation.id, organisationName: facts.organisation.name,
      title: brief.title, missionType: brief.missionType, deliverable: brief.deliverable,
      zone: facts.edition.zone, seats: brief.roles.reduce(0) { $0 + $1.seats.value },
      state: .forming, formedAt: transaction.now, titleOrder: SortKey(brief.title).stored)
    try transaction.insert(mission)
    let format = venue.format(wished: brief.format, edition: facts.edition.format)
    // In the calendar's order, which is that of time.
    for halfDay in facts.halfDays where brief.halfDays.contains(halfDay.id) {
      let session = try newSession(
        .kickOff, of: mission, halfDay: halfDay.id, on: halfDay.day, halfDay.part, format: format,
        in: transaction)
      try transaction.insert(session)
      try transaction.emit(session.scheduled)
    }
    return mission
  }

  var followFormat: Subscription {
    .on(FormatChanged.self, "missions.follow-format") { event, transaction in
      let sessions = try transaction.select(
        SessionRow.self,
        """
        WHERE edition_id = \(event.id) AND starts_at > \(transaction.now) AND state = 'planned'
          AND cancelled_at IS NULL
          AND mission IN (SELECT id FROM missions_mission WHERE state <> 'closed')
        ORDER BY starts_at, mission
        """)
      // Those already held that way need no word, nor does anybody when the event comes again.
      for var session in sessions where session.format != event.format {
        session.format = event.format
        session.place = try venue.place(of: session.id, format: event.format)
        session.revision += 1
        try transaction.update(&session)
        try transaction.emit(session.scheduled)
      }
    }
  }
}

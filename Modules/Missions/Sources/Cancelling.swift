internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MissionsAPI

extension MissionsModule {
  @UseCases var aboutCancelling: [Endpoint] {
    cancelMission
    reopenMission
    cancelSession
  }

  struct Cancel: Codable, Sendable {
    let mission: MissionID
    let version: Int?
    /// For the team and the organisation to read.
    let reason: Paragraph
  }
  struct Reopen: Codable, Sendable {
    let mission: MissionID
    let version: Int?
    let reason: Paragraph
  }
  struct CancelSession: Codable, Sendable {
    let session: SessionID
    let version: Int?
    /// For those concerned to read.
    let reason: Paragraph
  }

  var cancelMission: UseCase<Cancel, MissionView> {
    .command(
      "missions.cancel", .post, "/missions/{mission}/cancellation", by: .staff,
      Words(
        en: "Cancel a mission; its people are told, and are the first to be placed again",
        fr: "Annuler une mission ; son équipe est prévenue et replacée en premier"),
      problems: ["missions/wrong-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Cancel, viewer, transaction) in
      var (row, team) = try transaction.mission(input.mission, for: viewer)
      try row.expect(version: input.version)
      try row.expect(.forming, .running)
      try cancel(&row, &team, because: input.reason, in: transaction)
      return MissionView(row, team: team, for: viewer)
    }
  }

  var reopenMission: UseCase<Reopen, MissionView> {
    .command(
      "missions.reopen", .post, "/missions/{mission}/reopening", by: .staff,
      Words(
        en: "Let a mission go on that was closed or cancelled too early; one cancelled forms anew",
        fr: "Reprendre une mission close ou annulée trop tôt ; annulée, elle se reforme"),
      problems: ["missions/wrong-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Reopen, viewer, transaction) in
      var (row, team) = try transaction.mission(input.mission, for: viewer)
      try row.expect(version: input.version)
      try row.expect(.closed)
      try reopen(&row, because: input.reason, in: transaction)
      return MissionView(row, team: team, for: viewer)
    }
  }

  var cancelSession: UseCase<CancelSession, Session> {
    .command(
      "missions.cancel-session", .post, "/sessions/{session}/cancellation", by: .staff,
      Words(
        en: "Cancel a session that has not taken place, and tell everybody concerned",
        fr: "Annuler une séance qui n’a pas eu lieu et prévenir les personnes concernées"),
      problems: ["missions/wrong-state", "missions/session-held", "missions/session-cancelled"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: CancelSession, viewer, transaction) in
      var (row, mission, _) = try transaction.part(
        SessionRow.self, input.session, of: \.mission, for: viewer)
      try row.expect(version: input.version)
      try mission.expect(.forming, .running)
      try row.expectPlanned()
      row.cancelledAt = transaction.now
      row.cancelReason = input.reason
      row.revision += 1
      try transaction.update(&row)
      try transaction.emit(
        SessionCancelled(
          edition: row.editionId, mission: row.mission, session: row.id, revision: row.revision,
          startsAt: row.startsAt, endsAt: row.endsAt, reason: input.reason))
      return row.contract
    }
  }
}

func cancel(
  _ row: inout MissionRow, _ team: inout [MemberRow], because reason: Paragraph,
  in transaction: Transaction
) throws {
  let present = row.contract(team: team).team
  row.state = .closed
  row.closedAt = transaction.now
  row.cancelledAt = transaction.now
  row.cancelReason = reason
  try transaction.update(&row)
  for index in team.indices where team[index].isActive {
    team[index].leftAt = transaction.now
    team[index].leaveReason = reason
    try transaction.update(team[index])
  }
  try transaction.execute(
    """
    UPDATE missions_session SET cancelled_at = \(transaction.now), cancel_reason = \(reason),
      revision = revision + 1, version = version + 1
    WHERE mission = \(row.id) AND state = 'planned' AND cancelled_at IS NULL
      AND starts_at > \(transaction.now)
    """)
  try transaction.emit(
    MissionCancelled(edition: row.editionId, mission: row.id, team: present, reason: reason))
  try transaction.emit(TeamDisbanded(edition: row.editionId, brief: row.brief, reason: reason))
}

func reopen(
  _ row: inout MissionRow, because reason: Paragraph, in transaction: Transaction
) throws {
  // The team of a cancelled mission may be elsewhere by now: it is made anew, its sessions are as they
  // were planned.
  if let cancelled = row.cancelledAt {
    try transaction.execute(
      """
      UPDATE missions_session SET cancelled_at = NULL, cancel_reason = NULL,
        revision = revision + 1, version = version + 1
      WHERE mission = \(row.id) AND cancelled_at = \(cancelled)
      """)
  }
  row.state = row.cancelledAt == nil ? .running : .forming
  row.closedAt = nil
  row.cancelledAt = nil
  row.cancelReason = nil
  try transaction.update(&row)
  try transaction.emit(MissionReopened(edition: row.editionId, mission: row.id, reason: reason))
  try transaction.emit(TeamReopened(edition: row.editionId, brief: row.brief))
}

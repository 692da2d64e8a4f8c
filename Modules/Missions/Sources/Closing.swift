internal import Kernel
internal import MatchingAPI
internal import MissionsAPI

/// Something a mission still waits for, and since when.
struct OpenItem: Codable, Sendable, Hashable {
  enum Kind: String, Codable, CaseIterable, Sendable {
    case deliverableMissing = "deliverable-missing"
    case deliverableWaiting = "deliverable-waiting"
    case hoursWaiting = "hours-waiting"
    case hoursReturned = "hours-returned"
    case presenceMissing = "presence-missing"
    case milestoneLate = "milestone-late"
    case riskOpen = "risk-open"
    case evaluationMissing = "evaluation-missing"

    /// Whether the mission stays open for its sake.
    var blocksClosing: Bool {
      switch self {
      case .deliverableMissing, .deliverableWaiting, .hoursWaiting: true
      case .hoursReturned, .presenceMissing, .milestoneLate, .riskOpen, .evaluationMissing: false
      }
    }
  }

  let kind: Kind
  let blocksClosing: Bool
  let what: Words
  let since: Instant?
  /// The row it is about.
  let source: String?

  init(
    _ kind: Kind, en: String, fr: String, since: Instant? = nil,
    source: (any CustomStringConvertible)? = nil
  ) {
    self.kind = kind
    blocksClosing = kind.blocksClosing
    what = Words(en: en, fr: fr)
    self.since = since
    self.source = source?.description
  }
}

extension MissionsModule {
  @UseCases var aboutClosing: [Endpoint] {
    openItems
    closeMission
  }

  struct CloseMission: Codable, Sendable {
    let mission: MissionID
    let version: Int?
  }

  var openItems: UseCase<OneMission, [OpenItem]> {
    .query(
      "missions.open-items", "/missions/{mission}/open-items", by: .staff(and: .member),
      Words(
        en: "List what a mission still waits for, and what keeps it from closing",
        fr: "Lister ce qu’une mission attend encore, et ce qui empêche de la clore"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      try transaction.openItems(of: transaction.mission(input.mission, for: viewer).row)
    }
  }

  var closeMission: UseCase<CloseMission, MissionView> {
    .command(
      "missions.close", .post, "/missions/{mission}/closure", by: .staff,
      Words(
        en: "Close a mission whose deliverable is accepted and whose hours are checked",
        fr: "Clore une mission dont le livrable est accepté et les heures vérifiées"),
      problems: ["missions/wrong-state", "missions/still-open"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: CloseMission, viewer, transaction) in
      var (row, team) = try transaction.mission(input.mission, for: viewer)
      try row.expect(version: input.version)
      try row.expect(.running)
      let open = try transaction.openItems(of: row).filter(\.blocksClosing)
      guard open.isEmpty else {
        throw MissionsError.stillOpen(
          open.map { FieldProblem($0.kind.rawValue, en: $0.what.en, fr: $0.what.fr) })
      }
      row.state = .closed
      row.closedAt = transaction.now
      try transaction.update(&row)
      try transaction.emit(MissionClosed(edition: row.editionId, mission: row.id))
      try transaction.emit(TeamDone(edition: row.editionId, brief: row.brief))
      return MissionView(row, team: team, for: viewer)
    }
  }
}

extension Transaction {
  func openItems(of mission: MissionRow) throws -> [OpenItem] {
    try openDeliverables(of: mission) + openHours(of: mission) + openSessions(of: mission)
      + lateMilestones(of: mission) + openRisks(of: mission) + missingEvaluation(of: mission)
  }

  private func openDeliverables(of mission: MissionRow) throws -> [OpenItem] {
    let all = try deliverables(of: mission.id)
    let waiting = all.filter { $0.state == .submitted }.map {
      OpenItem(
        .deliverableWaiting, en: "“\($0.title)” waits for the organisation's answer",
        fr: "« \($0.title) » attend la réponse de l’association", since: $0.submittedAt,
        source: $0.id)
    }
    guard waiting.isEmpty, !all.contains(where: { $0.state == .accepted }) else { return waiting }
    return [
      OpenItem(
        .deliverableMissing, en: "no deliverable is accepted yet (“\(mission.deliverable)”)",
        fr: "aucun livrable n’est encore accepté (« \(mission.deliverable) »)",
        since: mission.startedAt)
    ]
  }

  private func openHours(of mission: MissionRow) throws -> [OpenItem] {
    try select(
      HoursRow.self,
      """
      WHERE mission = \(mission.id) AND state IN ('waiting', 'returned')
      ORDER BY state DESC, day, name, logged_at
      """
    ).compactMap { row in
      switch row.state {
      case .waiting:
        OpenItem(
          .hoursWaiting, en: "\(row.minutes) min of \(row.name) on \(row.day) to be checked",
          fr: "\(row.minutes) min de \(row.name) le \(row.day) à vérifier", since: row.loggedAt,
          source: row.id)
      case .returned:
        OpenItem(
          .hoursReturned, en: "\(row.minutes) min of \(row.name) on \(row.day) to be corrected",
          fr: "\(row.minutes) min de \(row.name) le \(row.day) à corriger", since: row.decidedAt,
          source: row.id)
      case .validated, .withdrawn: nil
      }
    }
  }

  private func openSessions(of mission: MissionRow) throws -> [OpenItem] {
    try sessions(of: mission.id).filter {
      $0.state == .planned && $0.cancelledAt == nil && $0.endsAt <= now
    }.map {
      OpenItem(
        .presenceMissing, en: "nobody has recorded who was there on \($0.day)",
        fr: "les présents du \($0.day) ne sont pas notés", since: $0.endsAt, source: $0.id)
    }
  }

  private func lateMilestones(of mission: MissionRow) throws -> [OpenItem] {
    let today = mission.zone.day(of: now)
    return try milestones(of: mission.id).filter { $0.isLate(on: today) }.map {
      OpenItem(
        .milestoneLate, en: "“\($0.title)” was due on \($0.due)",
        fr: "« \($0.title) » était prévu le \($0.due)", since: mission.zone.end(of: $0.due),
        source: $0.id)
    }
  }

  private func openRisks(of mission: MissionRow) throws -> [OpenItem] {
    try select(
      RiskRow.self,
      "WHERE mission = \(mission.id) AND state = 'open' ORDER BY severity DESC, raised_at, text"
    ).map {
      OpenItem(
        .riskOpen, en: "risk: \($0.text)", fr: "risque : \($0.text)", since: $0.raisedAt,
        source: $0.id)
    }
  }

  private func missingEvaluation(of mission: MissionRow) throws -> [OpenItem] {
    let known = try count(
      EvaluationRow.self, "WHERE mission = \(mission.id) AND side = 'organisation'")
    guard known == 0, mission.state != .forming else { return [] }
    return [
      OpenItem(
        .evaluationMissing, en: "\(mission.organisationName) has not evaluated the mission",
        fr: "\(mission.organisationName) n’a pas évalué la mission", since: mission.closedAt)
    ]
  }
}

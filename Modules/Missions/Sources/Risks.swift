internal import Kernel
internal import MissionsAPI

struct RiskRow: Versioned {
  static let table = "missions_risk"
  static let noun = Words(en: "risk", fr: "risque")

  let id: RiskID
  let editionId: EditionID
  var version: Int
  let mission: MissionID
  let text: Paragraph
  /// 1 (to watch) to 3 (the mission may fail).
  let severity: Whole<1, 3>
  var state: RiskState
  let raisedAt: Instant
  /// What became of it.
  var outcome: Paragraph?
  var closedAt: Instant?
}

extension MissionsModule {
  @UseCases var aboutRisks: [Endpoint] {
    raiseRisk
    closeRisk
    listRisks
  }

  struct Raise: Codable, Sendable {
    let mission: MissionID
    let text: Paragraph
    let severity: Whole<1, 3>
  }
  struct CloseRisk: Codable, Sendable {
    let risk: RiskID
    let version: Int?
    let outcome: Paragraph
  }

  var raiseRisk: UseCase<Raise, RiskRow> {
    .command(
      "missions.raise-risk", .post, "/missions/{mission}/risks",
      by: .staff(and: .member, .volunteer),
      Words(en: "Say what may go wrong in a mission", fr: "Signaler un risque dans une mission"),
      problems: ["missions/wrong-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Raise, viewer, transaction) in
      let mission = try transaction.mission(input.mission, for: viewer).row
      try mission.expect(.forming, .running)
      let row = RiskRow(
        id: transaction.newID(), editionId: mission.editionId, version: 1, mission: mission.id,
        text: input.text, severity: input.severity, state: .open, raisedAt: transaction.now)
      try transaction.insert(row)
      return row
    }
  }

  var closeRisk: UseCase<CloseRisk, RiskRow> {
    .command(
      "missions.close-risk", .post, "/risks/{risk}/closure", by: .staff(and: .member, .volunteer),
      Words(en: "Close a risk with what became of it", fr: "Clore un risque, avec son issue"),
      problems: ["missions/risk-closed"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: CloseRisk, viewer, transaction) in
      var row = try transaction.part(RiskRow.self, input.risk, of: \.mission, for: viewer).row
      try row.expect(version: input.version)
      switch row.state {
      case .open: row.state = .closed
      case .closed: throw MissionsError.riskClosed
      }
      row.outcome = input.outcome
      row.closedAt = transaction.now
      try transaction.update(&row)
      return row
    }
  }

  var listRisks: UseCase<OneMission, [RiskRow]> {
    .query(
      "missions.risks", "/missions/{mission}/risks", by: .staff(and: .member, .volunteer),
      Words(
        en: "List the risks of a mission, the gravest first",
        fr: "Lister les risques d’une mission, les plus graves d’abord"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      let mission = try transaction.mission(input.mission, for: viewer).row
      return try transaction.select(
        RiskRow.self,
        "WHERE mission = \(mission.id) ORDER BY state DESC, severity DESC, raised_at, text")
    }
  }
}

internal import Kernel
internal import MissionsAPI

struct MilestoneRow: Versioned {
  static let table = "missions_milestone"
  static let noun = Words(en: "milestone", fr: "jalon")

  let id: MilestoneID
  let editionId: EditionID
  var version: Int
  let mission: MissionID
  let title: Name
  let due: Day
  var state: MilestoneState
  var reachedAt: Instant?

  func isLate(on today: Day) -> Bool {
    switch state {
    case .planned: due < today
    case .reached: false
    }
  }
}

extension MissionsModule {
  @UseCases var aboutMilestones: [Endpoint] {
    planMilestone
    reachMilestone
    listMilestones
  }

  struct PlanMilestone: Codable, Sendable {
    let mission: MissionID
    let title: Name
    let due: Day
  }
  struct Reach: Codable, Sendable {
    let milestone: MilestoneID
    let version: Int?
  }

  var planMilestone: UseCase<PlanMilestone, MilestoneRow> {
    .command(
      "missions.plan-milestone", .post, "/missions/{mission}/milestones",
      by: .staff(and: .volunteer),
      Words(en: "Plan a milestone of a mission", fr: "Prévoir un jalon de la mission"),
      problems: ["missions/wrong-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: PlanMilestone, viewer, transaction) in
      let mission = try transaction.mission(input.mission, for: viewer).row
      try mission.expect(.forming, .running)
      guard input.due >= mission.zone.day(of: transaction.now) else {
        throw Problem.invalid("due", en: "is in the past", fr: "est dans le passé")
      }
      let row = MilestoneRow(
        id: transaction.newID(), editionId: mission.editionId, version: 1, mission: mission.id,
        title: input.title, due: input.due, state: .planned)
      try transaction.insert(row)
      return row
    }
  }

  var reachMilestone: UseCase<Reach, MilestoneRow> {
    .command(
      "missions.reach-milestone", .post, "/milestones/{milestone}/reached",
      by: .staff(and: .volunteer),
      Words(en: "Say that a milestone is reached", fr: "Dire qu’un jalon est atteint"),
      problems: ["missions/wrong-state", "missions/milestone-reached"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Reach, viewer, transaction) in
      var (row, mission, _) = try transaction.part(
        MilestoneRow.self, input.milestone, of: \.mission, for: viewer)
      try row.expect(version: input.version)
      try mission.expect(.running)
      switch row.state {
      case .planned: row.state = .reached
      case .reached: throw MissionsError.milestoneReached
      }
      row.reachedAt = transaction.now
      try transaction.update(&row)
      return row
    }
  }

  var listMilestones: UseCase<OneMission, [MilestoneRow]> {
    .query(
      "missions.milestones", "/missions/{mission}/milestones", by: .staff(and: .member, .volunteer),
      Words(en: "List the milestones of a mission", fr: "Lister les jalons d’une mission"),
      asking: { _, context in try await viewer(of: context) }
    ) { (input: OneMission, viewer, transaction) in
      try transaction.milestones(of: transaction.mission(input.mission, for: viewer).row.id)
    }
  }
}

extension Connection {
  func milestones(of mission: MissionID) throws -> [MilestoneRow] {
    try select(MilestoneRow.self, "WHERE mission = \(mission) ORDER BY due, title")
  }
}

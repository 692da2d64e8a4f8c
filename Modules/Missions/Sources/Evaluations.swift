internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

enum EvaluationEntity {}

enum EvaluationSide: String, Codable, CaseIterable, Sendable {
  case organisation
  case volunteer
}

struct EvaluationRow: Record {
  static let table = "missions_evaluation"

  let id: ID<EvaluationEntity>
  let editionId: EditionID
  let mission: MissionID
  /// `organisation`, or the id of the volunteer: each speaks once per mission.
  let author: String
  let side: EvaluationSide
  let satisfaction: Whole<1, 5>
  let comment: Paragraph?
  let givenAt: Instant
}

extension MissionsModule {
  @UseCases var aboutEvaluations: [Endpoint] {
    evaluate
    listEvaluations
  }

  struct Evaluate: Codable, Sendable {
    /// For whom staff write; without a volunteer, for the organisation.
    struct By: Codable, Sendable {
      let volunteer: VolunteerID?
    }
    let mission: MissionID
    let satisfaction: Whole<1, 5>
    let comment: Paragraph?
    let by: By?
  }

  var evaluate: UseCase<Evaluate, EvaluationRow> {
    .command(
      "missions.evaluate", .post, "/missions/{mission}/evaluations",
      by: .staff(and: .member, .volunteer),
      Words(
        en: "Say how satisfied one is with a mission, once",
        fr: "Dire sa satisfaction d’une mission, une fois"),
      problems: ["missions/wrong-state", "missions/not-in-team", "missions/already-evaluated"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Evaluate, viewer, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      let team = try transaction.team(of: mission.id)
      let author = try author(input.by?.volunteer, viewer, mission, team)
      if let author {
        transaction.actsOnBehalf(of: Grant(.volunteer, subject: author.description))
      }
      try mission.expect(.running, .closed)
      let key = author?.description ?? EvaluationSide.organisation.rawValue
      guard
        try transaction.count(
          EvaluationRow.self, "WHERE mission = \(mission.id) AND author = \(key)") == 0
      else { throw MissionsError.alreadyEvaluated }
      let row = EvaluationRow(
        id: transaction.newID(), editionId: mission.editionId, mission: mission.id, author: key,
        side: author == nil ? .organisation : .volunteer, satisfaction: input.satisfaction,
        comment: input.comment, givenAt: transaction.now)
      try transaction.insert(row)
      return row
    }
  }

  var listEvaluations: UseCase<OneMission, [EvaluationRow]> {
    .query(
      "missions.evaluations", "/missions/{mission}/evaluations", by: .staff,
      Words(en: "List the evaluations of a mission", fr: "Lister les évaluations d’une mission")
    ) { (input: OneMission, transaction) in
      let mission = try transaction.get(MissionRow.self, input.mission)
      return try transaction.select(
        EvaluationRow.self,
        "WHERE mission = \(mission.id) ORDER BY side, given_at, satisfaction, comment NULLS FIRST")
    }
  }

  /// The volunteer who speaks; nil for the organisation.
  private func author(
    _ named: VolunteerID?, _ viewer: Viewer, _ mission: MissionRow, _ team: [MemberRow]
  ) throws -> VolunteerID? {
    func wasIn(_ volunteer: VolunteerID?) -> Bool { team.contains { $0.volunteer == volunteer } }
    switch viewer.actor.role {
    case .administrator, .manager, .system:
      guard named == nil || wasIn(named) else { throw MissionsError.notInTeam }
      return named
    case .member:
      guard viewer.organisation == mission.organisation else { break }
      try refuseOnBehalf(named)
      return nil
    case .volunteer:
      // Whoever left has something to say as well.
      guard let volunteer = viewer.volunteer, wasIn(volunteer) else { break }
      if named != volunteer { try refuseOnBehalf(named) }
      return volunteer
    case .reviewer, .partner, .anyone: break
    }
    throw Problem.notFound(MissionRow.noun, mission.id)
  }
}

private func refuseOnBehalf(_ named: VolunteerID?) throws {
  guard named == nil else {
    throw Problem.invalid(
      "by", en: "only the staff evaluate on behalf of others",
      fr: "seule l’équipe du programme évalue au nom d’autrui")
  }
}

internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI

extension MatchingModule {
  @UseCases var aboutExplaining: [Endpoint] {
    explainVolunteer
    explainRole
    explainPair
  }

  struct OneVolunteer: Codable, Sendable {
    let run: RunID
    let volunteer: VolunteerID
  }
  struct OneRole: Codable, Sendable {
    let run: RunID
    let role: MissionRoleID
  }
  struct OnePair: Codable, Sendable {
    let run: RunID
    let volunteer: VolunteerID
    let role: MissionRoleID
  }

  private static let problems = [
    "matching/no-evidence", "matching/still-computing", "matching/run-failed",
  ]

  var explainVolunteer: UseCase<OneVolunteer, VolunteerWhy> {
    .query(
      "matching.explain", "/runs/{run}/volunteers/{volunteer}", by: .staff,
      Words(
        en: "Say why a volunteer has a place in a run, or none, and what would have to change",
        fr: "Dire pourquoi un volontaire a une place ou non, et ce qui devrait changer"),
      problems: Self.problems,
      asking: { (input: OneVolunteer, _) in try await evidence(ofFinished: input.run) }
    ) { (input: OneVolunteer, evidence: Evidence?, transaction) in
      try why(input.volunteer, in: input.run, evidence, transaction)
    }
  }

  /// What a run that is over looked at, where that was kept. Throws `MatchingError`.
  func evidence(ofFinished run: RunID) async throws -> Evidence? {
    _ = try await host.read { try finishedRun(run, in: $0) }
    return try await evidence(of: run)
  }

  func why(
    _ volunteer: VolunteerID, in run: RunID, _ evidence: Evidence?, _ transaction: Transaction
  ) throws -> VolunteerWhy {
    // Whoever came after the run was made has what was written down for them.
    guard let evidence, evidence.situation.volunteer(volunteer) != nil
    else { return try asStored(volunteer, in: run, transaction) }
    return try evidence.why(volunteer)
  }

  var explainRole: UseCase<OneRole, RoleWhy> {
    .query(
      "matching.explain-role", "/runs/{run}/roles/{role}", by: .staff,
      Words(
        en: "Say who has a role in a run, why seats of it are empty, and what would fill them",
        fr: "Dire qui tient un rôle, pourquoi des places y restent vides et ce qui les pourvoirait"),
      problems: Self.problems,
      asking: { input, _ in try await requiredEvidence(of: input.run) }
    ) { (input: OneRole, evidence: Evidence, _) in try evidence.why(input.role) }
  }

  var explainPair: UseCase<OnePair, PairWhy> {
    .query(
      "matching.explain-pair", "/runs/{run}/volunteers/{volunteer}/roles/{role}", by: .staff,
      Words(
        en: "Say why a volunteer is not in a role, and what having them there would cost",
        fr: "Dire pourquoi un volontaire n’est pas sur un rôle, et ce que cela coûterait"),
      problems: Self.problems,
      asking: { input, _ in try await requiredEvidence(of: input.run) }
    ) { (input: OnePair, evidence: Evidence, _) in
      try evidence.why(input.volunteer, in: input.role)
    }
  }

  /// What was written down for a volunteer whom the evidence, if there is any, does not know.
  private func asStored(
    _ volunteer: VolunteerID, in run: RunID, _ transaction: Transaction
  ) throws -> VolunteerWhy {
    let rows = try transaction.select(
      ProposalRow.self, "WHERE run = \(run) AND volunteer = \(volunteer) ORDER BY position")
    guard let first = rows.first else { throw Problem.notInRun(volunteer) }
    return VolunteerWhy(
      volunteerName: first.volunteerName, why: first.explanation ?? first.reason,
      placed: rows.compactMap { row in
        guard let role = row.role, let brief = row.brief, let roleTitle = row.roleTitle,
          let briefTitle = row.briefTitle
        else { return nil }
        return SeatView(
          roleTitle: roleTitle, briefTitle: briefTitle, affinity: row.affinity, role: role,
          brief: brief)
      }, openRoles: nil, contribution: nil, alternative: nil, exclusions: [],
      nearest: [], volunteer: volunteer)
  }
}

extension Problem {
  static func notInRun(_ volunteer: VolunteerID) -> Problem {
    notFound(Words(en: "volunteer in this run", fr: "volontaire de cet appariement"), volunteer)
  }
}

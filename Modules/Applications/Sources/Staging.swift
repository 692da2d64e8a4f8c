internal import ApplicationsAPI
internal import Kernel

/// What will be said to one applicant once all decisions are published. Nobody outside the operator's
/// staff knows of it.
struct StagedDecisionRow: Record {
  static let table = "applications_staged_decision"

  let id: ApplicationID
  let callId: CallID
  var decision: Decision
  /// For the applicant to read.
  var reason: Words?
  /// On the waiting list: 1 is next.
  var waitingRank: Int?
  var stagedAt: Instant
}

extension ApplicationsModule {
  @UseCases var aboutStaging: [Endpoint] {
    stageDecision
    listStagedDecisions
    publishDecisions
  }

  struct StageDecision: Codable, Sendable {
    let application: ApplicationID
    /// None takes back what was staged.
    let decision: Decision?
    /// For the applicant to read.
    let reason: Words?
    /// On the waiting list: the first takes the first place that comes free.
    let rank: Whole<1, 1000>?
  }
  struct PublishDecisions: Codable, Sendable {
    let call: CallID
    let version: Int?
    /// The last day on which laureates confirm, in the zone of the edition.
    let confirmBy: Day
    let personalLine: Paragraph?
  }
  struct StagedView: Codable, Sendable {
    let application: ApplicationID
    let decision: Decision
    let reason: Words?
    let rank: Int?

    init(_ row: StagedDecisionRow) {
      application = row.id
      decision = row.decision
      reason = row.reason
      rank = row.waitingRank
    }
  }

  var stageDecision: UseCase<StageDecision, [StagedView]> {
    .command(
      "applications.stage-decision", .put, "/applications/{application}/staged-decision",
      by: .staff,
      Words(
        en: "Prepare the decision on an application; nobody is told until all are published",
        fr: "Préparer la décision sur une candidature ; rien n’est dit avant la publication"),
      problems: ["applications/wrong-state", "applications/call-state"]
    ) { (input: StageDecision, transaction) in
      let application = try transaction.get(ApplicationRow.self, input.application)
      guard application.state == .submitted else {
        throw ApplicationsError.wrongState(application.state)
      }
      let call = try transaction.get(CallRow.self, application.callId)
      guard call.state != .decided else { throw ApplicationsError.callState(.decided) }
      try transaction.execute(
        "DELETE FROM applications_staged_decision WHERE id = \(application.id)")
      guard let decision = input.decision else {
        return try staged(for: call.id, in: transaction).map(StagedView.init)
      }
      if let reason = input.reason {
        let faults = blanks(reason, at: "reason")
        guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      } else if decision == .refused {
        throw Problem.invalid(
          "reason", en: "is what the applicant will read; a refusal needs one",
          fr: "est ce que lira la candidate ; un refus en demande une")
      }
      try transaction.insert(
        StagedDecisionRow(
          id: application.id, callId: call.id, decision: decision,
          reason: decision == .refused ? input.reason : nil,
          waitingRank: decision == .waitingList ? input.rank?.value : nil, stagedAt: transaction.now
        ))
      return try staged(for: call.id, in: transaction).map(StagedView.init)
    }
  }

  var listStagedDecisions: UseCase<PageOfCall, Page<StagedView>> {
    .query(
      "applications.staged-decisions", "/calls/{call}/staged-decisions", by: .staff,
      Words(
        en: "List the decisions that are prepared and not published",
        fr: "Lister les décisions préparées et non publiées")
    ) { (input: PageOfCall, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      return try Page(
        of: staged(for: call.id, in: transaction), after: input.after, limit: input.limit
      ).map(StagedView.init)
    }
  }

  var publishDecisions: UseCase<PublishDecisions, Outcome> {
    .command(
      "applications.publish-decisions", .post, "/calls/{call}/publication", by: .staff,
      Words(
        en: "Publish all prepared decisions together, and tell the applicants",
        fr: "Publier ensemble toutes les décisions préparées, et les annoncer"),
      problems: ["applications/call-state", "applications/closes-later"]
    ) { (input: PublishDecisions, transaction) in
      let all = try staged(for: input.call, in: transaction)
      let outcome = try decide(
        Deliberate(
          call: input.call, version: input.version,
          laureates: all.filter { $0.decision == .laureate }.map(\.id),
          waitingList: all.filter { $0.decision == .waitingList }.map(\.id),
          refused: all.compactMap { row in
            row.reason.map { .init(application: row.id, reason: $0) }
          }, confirmBy: input.confirmBy, personalLine: input.personalLine), in: transaction)
      try transaction.execute(
        "DELETE FROM applications_staged_decision WHERE call_id = \(input.call)")
      return outcome
    }
  }

  /// Prepared decisions on applications that still wait for one: laureates, then the waiting list in
  /// its order, then refusals.
  func staged(for call: CallID, in connection: any Connection) throws -> [StagedDecisionRow] {
    try connection.select(
      StagedDecisionRow.self,
      """
      WHERE call_id = \(call) AND id IN (
        SELECT a.id FROM applications_application a
        WHERE a.call_id = \(call) AND a.state = 'submitted')
      ORDER BY decision, COALESCE(waiting_rank, 1000), staged_at, id
      """)
  }
}

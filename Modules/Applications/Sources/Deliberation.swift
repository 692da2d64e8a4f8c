internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutDeliberation: [Endpoint] {
    deliberate
    closeWaitingList
  }

  struct Deliberate: Codable, Sendable {
    struct Refusal: Codable, Sendable {
      let application: ApplicationID
      /// For the applicant to read.
      let reason: Words
    }
    let call: CallID
    let version: Int?
    let laureates: [ApplicationID]
    /// The first takes the first place that comes free.
    let waitingList: [ApplicationID]
    let refused: [Refusal]
    /// The last day on which laureates confirm, in the zone of the edition.
    let confirmBy: Day
    let personalLine: Paragraph?
  }
  struct Outcome: Codable, Sendable {
    let call: CallView
    let applications: [ApplicationView]
  }
  struct CloseList: Codable, Sendable {
    let call: CallID
    let reason: Words
  }

  var deliberate: UseCase<Deliberate, Outcome> {
    .command(
      "applications.deliberate", .post, "/calls/{call}/deliberation", by: .staff,
      Words(
        en: "Record what the jury decided on every submitted application, and tell the applicants",
        fr: "Enregistrer la décision du jury sur chaque candidature déposée, et l’annoncer"),
      problems: ["applications/call-state", "applications/closes-later"]
    ) { (input: Deliberate, transaction) in try decide(input, in: transaction) }
  }

  /// Writes down what was decided on every submitted application, and says so.
  func decide(_ input: Deliberate, in transaction: Transaction) throws -> Outcome {
    var call = try transaction.get(CallRow.self, input.call)
    try call.expect(version: input.version)
    switch call.state(at: transaction.now) {
    case .closed: break
    case .open: throw ApplicationsError.closesLater(call.closesOn)
    case .draft: throw ApplicationsError.callState(.draft)
    case .decided: throw ApplicationsError.callState(.decided)
    }
    let submitted = try submittedApplications(to: call, in: transaction)
    let today = call.zone.day(of: transaction.now)
    let faults = faults(in: input, on: submitted, places: call.places.value, today: today)
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    var rows = Dictionary(submitted.map { ($0.0.id, $0.0) }) { first, _ in first }
    func decide(_ id: ApplicationID, _ change: (inout ApplicationRow) throws -> Void) throws {
      guard var row = rows[id] else { throw Problem.notFound(ApplicationRow.noun, id) }
      try change(&row)
      row.decidedAt = transaction.now
      try announce(&row, call: call, adding: input.personalLine, in: transaction)
      rows[id] = row
    }
    for id in input.laureates {
      try decide(id) { row in
        try row.take(.choose)
        row.decision = .laureate
        row.confirmBy = input.confirmBy
      }
    }
    for (index, id) in input.waitingList.enumerated() {
      try decide(id) { row in
        try row.take(.putOnWaitingList)
        row.decision = .waitingList
        row.waitingPosition = index + 1
      }
    }
    for refusal in input.refused {
      try decide(refusal.application) { row in
        try row.take(.refuse)
        row.decision = .refused
        row.reason = refusal.reason
      }
    }
    call.state = .decided
    call.confirmationDays = today.days(until: input.confirmBy)
    try transaction.update(&call)
    return Outcome(
      call: CallView(call, at: transaction.now),
      applications: try submitted.map { row, _ in
        try ApplicationView(rows[row.id] ?? row, in: transaction)
      })
  }

  var closeWaitingList: UseCase<CloseList, [ApplicationView]> {
    .command(
      "applications.close-waiting-list", .post, "/calls/{call}/waiting-list-closure", by: .staff,
      Words(
        en: "Tell those still on the waiting list that no place came free",
        fr: "Annoncer à ceux qui restent en liste d’attente qu’aucune place ne s’est libérée"),
      problems: ["applications/call-state", "applications/answers-pending"]
    ) { (input: CloseList, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      guard call.state == .decided else {
        throw ApplicationsError.callState(call.state(at: transaction.now))
      }
      let faults = blanks(input.reason, at: "reason")
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let pending = try transaction.count(
        ApplicationRow.self,
        "WHERE call_id = \(call.id) AND state = \(ApplicationState.laureate)")
      guard pending == 0 else { throw ApplicationsError.answersPending(pending) }
      return try transaction.select(
        ApplicationRow.self,
        """
        WHERE call_id = \(call.id) AND state = \(ApplicationState.waiting)
        ORDER BY waiting_position
        """
      ).map { waiting in
        var row = waiting
        try row.take(.refuse)
        row.decision = .refused
        row.reason = input.reason
        try announce(&row, call: call, in: transaction)
        return try ApplicationView(row, in: transaction)
      }
    }
  }

  private func faults(
    in input: Deliberate, on submitted: [(ApplicationRow, OrganisationRow)], places: Int, today: Day
  ) -> [FieldProblem] {
    var faults: [FieldProblem] = []
    let open = Set(submitted.map(\.0.id))
    var seen: Set<ApplicationID> = []
    let listed =
      input.laureates.enumerated().map { ("laureates[\($0)]", $1) }
      + input.waitingList.enumerated().map { ("waitingList[\($0)]", $1) }
      + input.refused.enumerated().map { ("refused[\($0)].application", $1.application) }
    for (place, id) in listed {
      if !open.contains(id) {
        faults.append(
          FieldProblem(
            place, en: "is not a submitted application of this call",
            fr: "n’est pas une candidature déposée à cet appel"))
      } else if !seen.insert(id).inserted {
        faults.append(FieldProblem(place, en: "is listed twice", fr: "figure deux fois"))
      }
    }
    for (row, organisation) in submitted where !seen.contains(row.id) {
      faults.append(
        FieldProblem(
          "applications.\(row.id)", en: "\(organisation.name) has no decision yet",
          fr: "\(organisation.name) n’a pas encore de décision"))
    }
    if input.laureates.count > places {
      faults.append(
        FieldProblem(
          "laureates", en: "there are \(places) places for \(input.laureates.count) laureates",
          fr: "il y a \(places) places pour \(input.laureates.count) lauréats"))
    }
    for (index, refusal) in input.refused.enumerated() {
      faults += blanks(refusal.reason, at: "refused[\(index)].reason")
    }
    if input.confirmBy < today {
      faults.append(FieldProblem("confirmBy", en: "is in the past", fr: "est déjà passée"))
    }
    return faults
  }
}

/// Writes what was decided, and says so to the applicant.
func announce(
  _ row: inout ApplicationRow, call: CallRow, adding personalLine: Paragraph? = nil,
  in transaction: Transaction
) throws {
  try transaction.update(&row)
  guard let decision = row.decision else { return }
  try transaction.emit(
    ApplicationDecided(
      edition: row.editionId, application: row.id, organisation: row.organisationId,
      decision: decision, reason: row.reason,
      // The last minute of the day, so that whoever shows the date shows the right one.
      confirmBy: decision == .laureate
        ? row.confirmBy.map { call.zone.moment(on: $0, minute: 23 * 60 + 59) } : nil,
      personalLine: personalLine))
}

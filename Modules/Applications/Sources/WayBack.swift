internal import ApplicationsAPI
internal import Kernel

// What was done by mistake, or came otherwise, and how staff take it back. Each needs a reason that the
// applicant can read: they were told the contrary.
extension ApplicationsModule {
  @UseCases var aboutWayBack: [Endpoint] {
    reinstate
    reconsider
    promoteWaiting
  }

  struct Because: Codable, Sendable {
    let application: ApplicationID
    let version: Int?
    /// For the applicant to read.
    let reason: Words
  }
  struct Promote: Codable, Sendable {
    let application: ApplicationID
    let version: Int?
    /// Said on purpose, to give more places than the call had.
    let beyond: Bool?
  }

  var reinstate: UseCase<Because, ApplicationView> {
    .command(
      "applications.reinstate", .post, "/applications/{application}/reinstatement", by: .staff,
      Words(
        en: "Take a withdrawal back: the application is submitted again, with its answers",
        fr: "Annuler un retrait : la candidature est de nouveau déposée, avec ses réponses"),
      problems: ["applications/wrong-state", "applications/call-state"]
    ) { (input: Because, transaction) in
      var row = try transaction.get(ApplicationRow.self, input.application)
      try row.expect(version: input.version)
      let call = try transaction.get(CallRow.self, row.callId)
      guard call.state != .decided else { throw ApplicationsError.callState(.decided) }
      // What was never handed in is resumed as the draft it was.
      guard row.submittedAt != nil else { throw ApplicationsError.wrongState(row.state) }
      try row.take(.reinstate)
      return try tell(&row, call, because: input.reason, in: transaction)
    }
  }

  var reconsider: UseCase<Because, ApplicationView> {
    .command(
      "applications.reconsider", .post, "/applications/{application}/reconsideration", by: .staff,
      Words(
        en:
          "Take a refusal, an answer or a withdrawal back after the deliberation: it waits for a place",
        fr:
          "Revenir sur un refus, une réponse ou un retrait après délibération : elle attend une place"
      ),
      problems: ["applications/wrong-state", "applications/call-state"]
    ) { (input: Because, transaction) in
      var row = try transaction.get(ApplicationRow.self, input.application)
      try row.expect(version: input.version)
      let call = try transaction.get(CallRow.self, row.callId)
      guard call.state == .decided else {
        throw ApplicationsError.callState(call.state(at: transaction.now))
      }
      guard row.submittedAt != nil else { throw ApplicationsError.wrongState(row.state) }
      try row.take(.reconsider)
      row.decision = .waitingList
      row.answeredAt = nil
      row.declineReason = nil
      row.confirmBy = nil
      // Behind those who waited all the time.
      let last: Int? = try transaction.rows(
        """
        SELECT COALESCE(MAX(waiting_position), 0) AS last FROM applications_application
        WHERE call_id = \(call.id) AND state = 'waiting'
        """
      ).first?.get("last")
      row.waitingPosition = (last ?? 0) + 1
      return try tell(&row, call, because: input.reason, in: transaction)
    }
  }

  var promoteWaiting: UseCase<Promote, ApplicationView> {
    .command(
      "applications.promote", .post, "/applications/{application}/promotion", by: .staff,
      Words(
        en: "Give a free place to an application on the waiting list, whatever its rank",
        fr: "Donner une place libre à une candidature en attente, quel que soit son rang"),
      problems: ["applications/wrong-state", "applications/no-place-free"]
    ) { (input: Promote, transaction) in
      let row = try transaction.get(ApplicationRow.self, input.application)
      try row.expect(version: input.version)
      let call = try transaction.get(CallRow.self, row.callId)
      guard row.state == .waiting else { throw ApplicationsError.wrongState(row.state) }
      let taken = try transaction.count(
        ApplicationRow.self, "WHERE call_id = \(call.id) AND state IN ('laureate', 'confirmed')")
      guard taken < call.places.value || input.beyond == true else {
        throw ApplicationsError.noPlaceFree(call.places.value)
      }
      return try ApplicationView(promote(row, of: call, in: transaction), in: transaction)
    }
  }

  private func tell(
    _ row: inout ApplicationRow, _ call: CallRow, because reason: Words, in transaction: Transaction
  ) throws -> ApplicationView {
    let faults = blanks(reason, at: "reason")
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    row.withdrawnAt = nil
    row.reason = row.state == .waiting ? reason : nil
    try transaction.update(&row)
    try transaction.emit(
      ApplicationReinstated(
        edition: row.editionId, application: row.id, organisation: row.organisationId,
        state: row.state, reason: reason))
    return try ApplicationView(row, in: transaction)
  }
}

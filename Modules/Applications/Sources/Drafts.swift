internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutDrafts: [Endpoint] {
    draft
    saveAnswers
    submit
    withdraw
  }

  struct Draft: Codable, Sendable {
    let call: CallID
    let organisation: OrganisationID
  }
  struct Save: Codable, Sendable {
    let application: ApplicationID
    let version: Int?
    /// Only those given change.
    let answers: [String: JSON]
    /// The answers as they were when one began to write. Those that are the same still are not
    /// touched, and those that somebody else changed since are not overwritten.
    let seen: [String: JSON]?
  }

  var draft: UseCase<Draft, ApplicationView> {
    .command(
      "applications.draft", .post, "/calls/{call}/applications", by: .staff(and: .member),
      Words(
        en: "Begin an application, or take up the one that was begun",
        fr: "Commencer une candidature, ou reprendre celle qui est commencée"),
      problems: [
        "applications/call-state", "applications/deadline-passed", "applications/role-needed",
      ]
    ) { (input: Draft, transaction) in
      let call = try ApplicationsPolicy.call(input.call, in: transaction)
      let organisation = try ApplicationsPolicy.organisation(
        input.organisation, as: .writer, in: transaction)
      let begun = try transaction.first(
        ApplicationRow.self,
        "WHERE call_id = \(call.id) AND organisation_id = \(organisation.id)")
      guard var row = begun else {
        try call.expectOpen(at: transaction.now)
        return try ApplicationView(
          begin(to: call, for: organisation, in: transaction), in: transaction)
      }
      if row.state == .withdrawn {
        try row.expectOpen(call, at: transaction.now)
        try row.take(.resume)
        row.submittedAt = nil
        row.withdrawnAt = nil
        try transaction.update(&row)
        // The reviews were of what had been handed in; it is being rewritten.
        try transaction.execute("DELETE FROM \(ReviewRow.self) WHERE application_id = \(row.id)")
        try keepStanding(of: row.id, in: transaction)
      }
      return try ApplicationView(row, in: transaction)
    }
  }

  // Also after the deadline: what somebody typed is never lost, it just cannot be submitted.
  var saveAnswers: UseCase<Save, ApplicationView> {
    .command(
      "applications.save-answers", .put, "/applications/{application}/answers",
      by: .staff(and: .member),
      Words(
        en: "Save some answers of a draft; the others stay",
        fr: "Enregistrer des réponses d’un brouillon ; les autres restent"),
      problems: [
        "applications/wrong-state", "applications/role-needed", "applications/answers-clash",
      ]
    ) { (input: Save, transaction) in
      var row = try ApplicationsPolicy.application(
        input.application, as: .writer, in: transaction)
      guard row.state == .draft else { throw ApplicationsError.wrongState(row.state) }
      // Whoever says what they saw needs no version: they are told where two have written.
      if input.seen == nil { try row.expect(version: input.version) }
      let call = try transaction.get(CallRow.self, row.callId)
      let faults = call.faults(in: input.answers)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let given = try input.seen.map { try call.changed(input.answers, since: $0, in: row) }
      let kept = try row.answers.value
      let merged = call.merged(given ?? input.answers, into: kept)
      // An autosave that brings nothing new does not make another window's copy stale.
      if merged != kept {
        row.answers = StoredJSON(merged)
        try transaction.update(&row)
      }
      return try ApplicationView(row, in: transaction)
    }
  }

  var submit: UseCase<OneApplication, ApplicationView> {
    .command(
      "applications.submit", .post, "/applications/{application}/submission",
      by: .staff(and: .member),
      Words(
        en: "Submit an application; its answers are frozen",
        fr: "Déposer une candidature ; ses réponses sont figées"),
      problems: [
        "applications/deadline-passed", "applications/incomplete", "applications/not-eligible",
        "applications/wrong-state", "applications/role-needed",
      ]
    ) { (input: OneApplication, transaction) in
      var row = try ApplicationsPolicy.application(input.application, as: .lead, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      // A second click finds what the first one did.
      if row.state == .submitted { return try ApplicationView(row, in: transaction) }
      try row.take(.submit)
      try row.expectOpen(call, at: transaction.now)
      let missing = try row.missing(of: call.questions)
      guard missing.isEmpty else { throw ApplicationsError.incomplete(missing.map(asked)) }
      let organisation = try transaction.get(OrganisationRow.self, row.organisationId)
      let obstacles = call.obstacles(for: organisation)
      guard obstacles.isEmpty else { throw ApplicationsError.notEligible(obstacles) }
      row.submittedAt = transaction.now
      try transaction.update(&row)
      try transaction.emit(
        ApplicationSubmitted(
          edition: row.editionId, application: row.id, organisation: row.organisationId))
      return try ApplicationView(row, in: transaction)
    }
  }

  var withdraw: UseCase<OneApplication, ApplicationView> {
    .command(
      "applications.withdraw", .post, "/applications/{application}/withdrawal",
      by: .staff(and: .member),
      Words(
        en: "Take an application back before a decision; while the call is open it can be resumed",
        fr:
          "Retirer une candidature avant décision ; tant que l’appel est ouvert, on peut la reprendre"
      ),
      problems: ["applications/wrong-state", "applications/role-needed"]
    ) { (input: OneApplication, transaction) in
      var row = try ApplicationsPolicy.application(input.application, as: .lead, in: transaction)
      try row.take(.withdraw)
      row.withdrawnAt = transaction.now
      try transaction.update(&row)
      return try ApplicationView(row, in: transaction)
    }
  }
}

private func asked(_ question: Question) -> FieldProblem {
  FieldProblem(
    "answers.\(question.key)", en: "“\(question.label.en)” has no answer yet",
    fr: "« \(question.label.fr) » n’a pas encore de réponse")
}

/// An application without answers yet.
func begin(
  to call: CallRow, for organisation: OrganisationRow, in transaction: Transaction
) throws -> ApplicationRow {
  let row = ApplicationRow(
    id: transaction.newID(), version: 1, editionId: call.editionId, callId: call.id,
    organisationId: organisation.id, state: .draft, answers: StoredJSON([:]),
    draftedAt: transaction.now,
    organisationOrder: organisation.nameOrder)
  try transaction.insert(row)
  return row
}

internal import ApplicationsAPI
internal import Kernel
internal import ProgrammesAPI

extension ApplicationsModule {
  @UseCases var aboutCalls: [Endpoint] {
    draftCall
    reviseCall
    listCalls
    showCall
  }

  struct DraftCall: Codable, Sendable, CallTerms {
    let edition: EditionID
    let title: Name
    let opensOn: Day
    let closesOn: Day
    let places: Whole<1, 1000>
    let questions: [Question]
    let criteria: [Criterion]
    let eligibility: Eligibility?
  }
  struct ReviseCall: Codable, Sendable, CallTerms {
    let call: CallID
    let version: Int?
    let title: Name
    let opensOn: Day
    let closesOn: Day
    let places: Whole<1, 1000>
    let questions: [Question]
    let criteria: [Criterion]
    let eligibility: Eligibility?
  }
  struct ListCalls: Codable, Sendable {
    let edition: EditionID?
  }

  var draftCall: UseCase<DraftCall, CallView> {
    .command(
      ApplicationsUseCases.draftCall, .post, "/calls", by: .staff,
      Words(
        en: "Prepare a call for applications of an edition",
        fr: "Préparer un appel à candidatures pour une édition"),
      problems: ["applications/edition-closed"],
      asking: { input, _ in try await programmes.edition(input.edition) }
    ) { (input: DraftCall, edition, transaction) in
      guard edition.state != .closed else { throw ApplicationsError.editionClosed }
      let faults = input.faults(on: edition.zone.day(of: transaction.now))
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      let row = CallRow(
        id: transaction.newID(), version: 1, editionId: edition.id, zone: edition.zone,
        title: input.title, opensOn: input.opensOn, closesOn: input.closesOn, places: input.places,
        questions: input.questions, criteria: input.criteria,
        eligibility: input.eligibility ?? Eligibility(), state: .draft)
      try transaction.insert(row)
      return CallView(row, at: transaction.now)
    }
  }

  var reviseCall: UseCase<ReviseCall, CallView> {
    .command(
      "applications.revise-call", .put, "/calls/{call}", by: .staff,
      Words(
        en: "Rewrite a call that is not open yet", fr: "Réécrire un appel qui n’est pas ouvert"),
      problems: ["applications/call-state"]
    ) { (input: ReviseCall, transaction) in
      var row = try transaction.get(CallRow.self, input.call)
      try row.expect(version: input.version)
      // Once open, applicants work from what the call says.
      guard row.state == .draft else {
        throw ApplicationsError.callState(row.state(at: transaction.now))
      }
      let faults = input.faults(on: row.zone.day(of: transaction.now))
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.title = input.title
      row.opensOn = input.opensOn
      row.closesOn = input.closesOn
      row.places = input.places
      row.questions = input.questions
      row.criteria = input.criteria
      row.eligibility = input.eligibility ?? Eligibility()
      try transaction.update(&row)
      return CallView(row, at: transaction.now)
    }
  }

  var listCalls: UseCase<ListCalls, [CallView]> {
    .query(
      "applications.calls", "/calls", by: .everyone,
      Words(en: "List the calls for applications", fr: "Lister les appels à candidatures")
    ) { (input: ListCalls, transaction) in
      let rows = try transaction.select(
        CallRow.self, input.edition.map { "WHERE edition_id = \($0)" } ?? "")
      return rows.filter { ApplicationsPolicy.sees($0, transaction.actor) }
        .alphabetical { [$0.opensOn.description, $0.title.description] }
        .map { CallView($0, at: transaction.now) }
    }
  }

  var showCall: UseCase<OneCall, CallView> {
    .query(
      "applications.call", "/calls/{call}", by: .everyone,
      Words(en: "Show a call and its form", fr: "Montrer un appel et son formulaire")
    ) { (input: OneCall, transaction) in
      CallView(try ApplicationsPolicy.call(input.call, in: transaction), at: transaction.now)
    }
  }
}

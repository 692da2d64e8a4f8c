internal import ApplicationsAPI
internal import Kernel

// More time for one, where the world says so; the others keep the deadline they were told.
extension ApplicationsModule {
  @UseCases var aboutExtensions: [Endpoint] {
    extendDeadline
    extendConfirmation
  }

  struct Extend: Codable, Sendable {
    let call: CallID
    let organisation: OrganisationID
    /// The last day to submit, in the zone of the edition.
    let until: Day
  }
  struct ExtendConfirmation: Codable, Sendable {
    let application: ApplicationID
    let version: Int?
    /// The last day to confirm, in the zone of the edition.
    let until: Day
  }

  var extendDeadline: UseCase<Extend, ApplicationView> {
    .command(
      "applications.extend-deadline", .put, "/calls/{call}/extensions/{organisation}", by: .staff,
      Words(
        en: "Give one organisation longer to apply; the others keep their deadline",
        fr: "Donner plus de temps à une organisation pour candidater ; les autres gardent leur date"
      ),
      problems: ["applications/call-state", "applications/wrong-state"]
    ) { (input: Extend, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      let organisation = try transaction.organisation(input.organisation)
      guard call.state == .open || call.state == .closed else {
        throw ApplicationsError.callState(call.state)
      }
      try refuseEarlier(input.until, than: call.closesOn, call, in: transaction)
      let begun = try transaction.first(
        ApplicationRow.self,
        "WHERE call_id = \(call.id) AND organisation_id = \(organisation.id)")
      var row: ApplicationRow
      if let begun {
        row = begun
      } else {
        row = ApplicationRow(
          id: transaction.newID(), version: 1, editionId: call.editionId, callId: call.id,
          organisationId: organisation.id, state: .draft, answers: StoredJSON([:]),
          draftedAt: transaction.now,
          organisationOrder: organisation.nameOrder)
        try transaction.insert(row)
      }
      guard row.state == .draft || row.state == .withdrawn else {
        throw ApplicationsError.wrongState(row.state)
      }
      row.extendedUntil = input.until
      try transaction.update(&row)
      try say(input.until, row, isConfirmation: false, in: transaction)
      return try ApplicationView(row, in: transaction)
    }
  }

  var extendConfirmation: UseCase<ExtendConfirmation, ApplicationView> {
    .command(
      "applications.extend-confirmation", .put, "/applications/{application}/confirmation-deadline",
      by: .staff,
      Words(
        en: "Give one laureate longer to confirm its place",
        fr: "Donner plus de temps à une lauréate pour confirmer sa place"),
      problems: ["applications/wrong-state"]
    ) { (input: ExtendConfirmation, transaction) in
      var row = try transaction.get(ApplicationRow.self, input.application)
      try row.expect(version: input.version)
      guard row.state == .laureate else { throw ApplicationsError.wrongState(row.state) }
      let call = try transaction.get(CallRow.self, row.callId)
      try refuseEarlier(input.until, than: row.confirmBy ?? call.closesOn, call, in: transaction)
      row.confirmBy = input.until
      try transaction.update(&row)
      try say(input.until, row, isConfirmation: true, in: transaction)
      return try ApplicationView(row, in: transaction)
    }
  }

  private func refuseEarlier(
    _ day: Day, than known: Day, _ call: CallRow, in transaction: Transaction
  ) throws {
    guard day > known, day >= call.zone.day(of: transaction.now) else {
      throw Problem.invalid(
        "until", en: "must be later than \(known), and not in the past",
        fr: "doit être après le \(known), et pas dans le passé")
    }
  }

  private func say(
    _ day: Day, _ row: ApplicationRow, isConfirmation: Bool, in transaction: Transaction
  ) throws {
    try transaction.emit(
      DeadlineExtended(
        edition: row.editionId, application: row.id, organisation: row.organisationId, until: day,
        isConfirmation: isConfirmation))
  }
}

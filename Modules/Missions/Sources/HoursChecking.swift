internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

extension MissionsModule {
  @UseCases var aboutHoursChecking: [Endpoint] {
    validateHours
    returnHours
  }

  struct Validate: Codable, Sendable {
    let entry: HoursEntryID
    let version: Int?
    /// Staff only: why it is let in although the hours of its day are closed.
    let late: Paragraph?
  }
  struct ReturnHours: Codable, Sendable {
    let entry: HoursEntryID
    let version: Int?
    let remark: Paragraph
  }

  var validateHours: UseCase<Validate, HoursView> {
    .command(
      "missions.validate-hours", .post, "/hours/{entry}/validation", by: .staff(and: .member),
      Words(
        en: "Validate hours that wait; they count from then on",
        fr: "Valider du temps en attente ; il compte dès lors"),
      problems: [
        "missions/wrong-state", "missions/hours-state", "missions/own-hours",
        "missions/hours-closed",
      ],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Validate, viewer, transaction) in try validate(input, viewer, transaction) }
  }

  func validate(
    _ input: Validate, _ viewer: Viewer, _ transaction: Transaction
  ) throws -> HoursView {
    var row = try waiting(input.entry, version: input.version, viewer, transaction)
    if row.late == nil { row.late = try transaction.letIn(row, because: input.late, viewer) }
    row.decide(.validated, by: viewer, at: transaction.now)
    try transaction.update(&row)
    try transaction.emit(
      HoursValidated(
        edition: row.editionId, mission: row.mission, entry: row.id, volunteer: row.volunteer,
        minutes: row.minutes))
    return HoursView(row, for: viewer)
  }

  var returnHours: UseCase<ReturnHours, HoursView> {
    .command(
      "missions.return-hours", .post, "/hours/{entry}/return", by: .staff(and: .member),
      Words(
        en: "Send hours back to their author with a remark",
        fr: "Renvoyer du temps à son auteur avec une remarque"),
      problems: ["missions/wrong-state", "missions/hours-state", "missions/own-hours"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: ReturnHours, viewer, transaction) in
      var row = try waiting(input.entry, version: input.version, viewer, transaction)
      row.decide(.returned, by: viewer, at: transaction.now)
      row.remark = input.remark
      try transaction.update(&row)
      try transaction.emit(
        HoursReturned(
          edition: row.editionId, mission: row.mission, entry: row.id, volunteer: row.volunteer,
          remark: input.remark))
      return HoursView(row, for: viewer)
    }
  }

  private func waiting(
    _ id: HoursEntryID, version: Int?, _ viewer: Viewer, _ transaction: Transaction
  ) throws -> HoursRow {
    let row = try transaction.get(HoursRow.self, id)
    let mission = try transaction.get(MissionRow.self, row.mission)
    guard MissionsPolicy.maySee(row, of: mission, viewer) else {
      throw Problem.notFound(HoursRow.noun, id)
    }
    guard !MissionsPolicy.isOwn(row, viewer) else { throw MissionsError.ownHours }
    try row.expect(version: version)
    try mission.expect(.running)
    switch row.state {
    case .waiting: return row
    case .validated, .returned, .withdrawn: throw MissionsError.hoursState(row.state)
    }
  }
}

extension HoursRow {
  fileprivate mutating func decide(_ state: HoursState, by viewer: Viewer, at now: Instant) {
    self.state = state
    decidedBy = viewer.actor.person.description
    decidedAt = now
  }
}

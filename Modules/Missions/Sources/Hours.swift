internal import Kernel
internal import MissionsAPI
internal import PartnersAPI

/// One line of the ledger: under the regime, and for the partner, that held on its day.
struct HoursRow: Versioned {
  static let table = "missions_hours"
  static let noun = Words(en: "entry of hours", fr: "saisie d’heures")

  let id: HoursEntryID
  let editionId: EditionID
  var version: Int
  let mission: MissionID
  let volunteer: VolunteerID
  /// As it was when the entry was validated; until then, as it is.
  let name: Name
  var regime: Regime
  var partner: PartnerID?
  var partnerName: Name?
  var day: Day
  var minutes: Int
  var note: Paragraph?
  var state: HoursState
  var remark: Paragraph?
  let loggedBy: String
  let loggedAt: Instant
  var decidedBy: String?
  var decidedAt: Instant?
  /// The validated entry this one takes back; its minutes are those of that entry, below zero.
  var counters: HoursEntryID?
  /// Why staff let it in although the hours of its day were closed.
  var late: Paragraph?
}

/// A line of the ledger as its viewer may see it.
struct HoursView: Codable, Sendable {
  let id: HoursEntryID
  let mission: MissionID
  let version: Int
  let volunteer: VolunteerID
  let name: Name
  let day: Day
  let minutes: Int
  let note: Paragraph?
  let state: HoursState
  let remark: Paragraph?
  let loggedAt: Instant
  let decidedAt: Instant?
  let regime: Regime?
  let partnerName: Name?
  /// What the person is called now, where the entry keeps the name under which it was validated.
  let presentName: Name?
  /// The entry this one takes back.
  let counters: HoursEntryID?
  /// The entry that takes this one back: it counts no longer.
  let counteredBy: HoursEntryID?
  /// Why it was let in although the hours of its day were closed.
  let late: Paragraph?

  init(
    _ row: HoursRow, for viewer: Viewer, presentName: Name? = nil, counteredBy: HoursEntryID? = nil
  ) {
    let whole = MissionsPolicy.maySeeRegime(of: row, viewer)
    id = row.id
    mission = row.mission
    version = row.version
    volunteer = row.volunteer
    name = row.name
    day = row.day
    minutes = row.minutes
    note = row.note
    state = row.state
    remark = row.remark
    loggedAt = row.loggedAt
    decidedAt = row.decidedAt
    regime = whole ? row.regime : nil
    partnerName = whole ? row.partnerName : nil
    self.presentName = presentName == row.name ? nil : presentName
    counters = row.counters
    self.counteredBy = counteredBy
    late = row.late
  }
}

extension MissionsModule {
  @UseCases var aboutHours: [Endpoint] {
    logHours
    logWeek
    correctHours
    withdrawHours
  }

  struct Log: Codable, Sendable {
    let mission: MissionID
    let volunteer: VolunteerID
    let day: Day
    let minutes: Whole<15, 720>
    let note: Paragraph?
    /// Said on purpose, when the same time was worked twice on one day.
    let again: Bool?
    /// Staff only: why it is let in although the hours of its day are closed.
    let late: Paragraph?
  }
  struct LogWeek: Codable, Sendable {
    struct OneDay: Codable, Sendable {
      let day: Day
      let minutes: Whole<15, 720>
      let note: Paragraph?
    }
    let mission: MissionID
    let volunteer: VolunteerID
    let days: [OneDay]
  }
  struct Correct: Codable, Sendable {
    let entry: HoursEntryID
    let version: Int?
    let day: Day
    let minutes: Whole<15, 720>
    let note: Paragraph?
    /// Staff only: why it is let in although the hours of its day are closed.
    let late: Paragraph?
  }
  struct Withdraw: Codable, Sendable {
    let entry: HoursEntryID
    let version: Int?
  }
  private static let limits = [
    "missions/wrong-state", "missions/not-in-team", "missions/daily-limit", "missions/weekly-limit",
    "missions/hours-closed",
  ]

  var logHours: UseCase<Log, HoursView> {
    .command(
      "missions.log-hours", .post, "/missions/{mission}/hours", by: .staff(and: .volunteer),
      Words(
        en: "Log time worked for a mission, in quarters of an hour",
        fr: "Saisir du temps passé pour une mission, au quart d’heure"),
      problems: Self.limits + ["missions/hours-logged-already"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Log, viewer, transaction) in try log(input, viewer, transaction) }
  }

  var logWeek: UseCase<LogWeek, [HoursView]> {
    .command(
      "missions.log-week", .post, "/missions/{mission}/weeks", by: .staff(and: .volunteer),
      Words(
        en: "Log the time of several days at once, all of it or none",
        fr: "Saisir le temps de plusieurs jours à la fois, tout ou rien"),
      problems: Self.limits + ["missions/hours-logged-already"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: LogWeek, viewer, transaction) in
      guard !input.days.isEmpty else {
        throw Problem.invalid(
          "days", en: "say how long you worked on at least one day",
          fr: "indiquez le temps passé au moins un jour")
      }
      return try input.days.enumerated().map { index, day in
        do {
          return try log(
            Log(
              mission: input.mission, volunteer: input.volunteer, day: day.day,
              minutes: day.minutes, note: day.note, again: nil, late: nil), viewer, transaction)
        } catch let error as MissionsError {
          throw error.problem.at("days[\(index)].minutes")
        }
      }
    }
  }

  private func log(_ input: Log, _ viewer: Viewer, _ transaction: Transaction) throws -> HoursView {
    let mission = try transaction.get(MissionRow.self, input.mission)
    let stays = try transaction.team(of: mission.id).filter { $0.volunteer == input.volunteer }
    // Whoever left may still log what they did before: what they may not see is not found.
    guard MissionsPolicy.mayActFor(input.volunteer, viewer),
      viewer.actor.isStaff || !stays.isEmpty
    else { throw Problem.notFound(MissionRow.noun, input.mission) }
    try mission.expect(.running)
    let standing = try standing(of: stays, in: mission, on: input.day, in: transaction)
    var row = HoursRow(
      id: transaction.newID(), editionId: mission.editionId, version: 1, mission: mission.id,
      volunteer: input.volunteer, name: standing.name, regime: standing.regime,
      partner: standing.partner, partnerName: standing.partnerName, day: input.day,
      minutes: input.minutes.value, note: input.note, state: .waiting,
      loggedBy: viewer.actor.person.description, loggedAt: transaction.now)
    row.late = try transaction.letIn(row, because: input.late, viewer)
    if input.again != true { try refuseTwice(row, transaction) }
    try checkLimits(row, in: mission, transaction)
    try transaction.insert(row)
    transaction.actsOnBehalf(of: Grant(.volunteer, subject: input.volunteer.description))
    try transaction.emit(
      HoursLogged(
        edition: row.editionId, mission: row.mission, entry: row.id, volunteer: row.volunteer,
        minutes: row.minutes))
    return HoursView(row, for: viewer)
  }

  var correctHours: UseCase<Correct, HoursView> {
    .command(
      "missions.correct-hours", .put, "/hours/{entry}", by: .staff(and: .volunteer),
      Words(
        en: "Correct hours that are not validated; they wait to be checked again",
        fr: "Corriger du temps non validé ; il attend une nouvelle validation"),
      problems: Self.limits + ["missions/hours-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Correct, viewer, transaction) in
      var (row, mission) = try own(input.entry, viewer, transaction)
      try row.expect(version: input.version)
      try row.expectOpen()
      try mission.expect(.running)
      let stays = try transaction.team(of: mission.id).filter { $0.volunteer == row.volunteer }
      let standing = try standing(of: stays, in: mission, on: input.day, in: transaction)
      row.regime = standing.regime
      row.partner = standing.partner
      row.partnerName = standing.partnerName
      row.day = input.day
      row.minutes = input.minutes.value
      row.note = input.note
      row.state = .waiting
      row.remark = nil
      row.late = try transaction.letIn(row, because: input.late, viewer)
      try checkLimits(row, in: mission, transaction)
      try transaction.update(&row)
      return HoursView(row, for: viewer)
    }
  }

  var withdrawHours: UseCase<Withdraw, HoursView> {
    .command(
      "missions.withdraw-hours", .post, "/hours/{entry}/withdrawal", by: .staff(and: .volunteer),
      Words(en: "Take back hours that are not validated", fr: "Retirer du temps non validé"),
      problems: ["missions/hours-state"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Withdraw, viewer, transaction) in
      var row = try own(input.entry, viewer, transaction).row
      try row.expect(version: input.version)
      try row.expectOpen()
      row.state = .withdrawn
      try transaction.update(&row)
      return HoursView(row, for: viewer)
    }
  }

  private func own(
    _ id: HoursEntryID, _ viewer: Viewer, _ transaction: Transaction
  ) throws -> (row: HoursRow, mission: MissionRow) {
    let row = try transaction.get(HoursRow.self, id)
    guard MissionsPolicy.mayActFor(row.volunteer, viewer) else {
      throw Problem.notFound(HoursRow.noun, id)
    }
    return (row, try transaction.get(MissionRow.self, row.mission))
  }
}

extension HoursRow {
  /// Refuses what is settled.
  fileprivate func expectOpen() throws {
    switch state {
    case .waiting, .returned: break
    case .validated, .withdrawn: throw MissionsError.hoursState(state)
    }
  }
}

/// A second press on “save” finds what the first one did.
private func refuseTwice(_ row: HoursRow, _ transaction: Transaction) throws {
  let same = try transaction.select(
    HoursRow.self,
    """
    WHERE mission = \(row.mission) AND volunteer = \(row.volunteer) AND day = \(row.day)
      AND minutes = \(row.minutes) AND state IN ('waiting', 'validated')
      AND id NOT IN (SELECT counters FROM missions_hours
        WHERE volunteer = \(row.volunteer) AND counters IS NOT NULL)
    """)
  // Two notes that differ tell of two pieces of work.
  guard same.contains(where: { $0.note == nil || row.note == nil || $0.note == row.note }) else {
    return
  }
  throw MissionsError.loggedAlready(minutes: row.minutes, row.day)
}

private func checkLimits(
  _ row: HoursRow, in mission: MissionRow, _ transaction: Transaction
) throws {
  var faults: [FieldProblem] = []
  if row.minutes % 15 != 0 {
    faults.append(
      FieldProblem(
        "minutes", en: "goes in steps of 15 minutes", fr: "va de quart d’heure en quart d’heure"))
  }
  if row.day > mission.zone.day(of: transaction.now) {
    faults.append(FieldProblem("day", en: "is in the future", fr: "est dans le futur"))
  }
  guard faults.isEmpty else { throw Problem.invalidInput(faults) }
  if let most = try transaction.minutes(.dailyMinutes, on: row.day) {
    let logged = try transaction.logged(besides: row, from: row.day, to: row.day)
    guard logged + row.minutes <= most else {
      throw MissionsError.dailyLimit(minutes: most, logged: logged)
    }
  }
  switch row.regime {
  case .patronageService, .patronageSecondment, .ownTime: break
  case .jobSeeker:
    guard let most = try transaction.minutes(.jobSeekerWeeklyMinutes, on: row.day) else { break }
    let monday = row.day.monday
    let logged = try transaction.logged(
      besides: row, from: monday, to: monday.advanced(by: 6), as: .jobSeeker)
    guard logged + row.minutes <= most else {
      throw MissionsError.weeklyLimit(minutes: most, logged: logged)
    }
  }
}

extension Connection {
  /// What the volunteer has logged in all missions, besides one entry; what was sent back or taken
  /// back does not count.
  fileprivate func logged(
    besides row: HoursRow, from: Day, to: Day, as regime: Regime? = nil
  ) throws -> Int {
    let only: SQL = regime.map { "AND regime = \($0.rawValue)" } ?? ""
    return try rows(
      """
      SELECT COALESCE(SUM(minutes), 0) AS total FROM missions_hours
      WHERE volunteer = \(row.volunteer) AND day >= \(from) AND day <= \(to) AND id <> \(row.id)
        AND state IN ('waiting', 'validated') \(part: only)
      """
    ).first?.get("total") ?? 0
  }
}

extension Problem {
  /// The same, said of a field.
  fileprivate func at(_ field: String) -> Problem {
    Problem(
      code, status: status, title: title, detail: detail, advice: advice,
      fields: fields.isEmpty ? [FieldProblem(field, en: detail.en, fr: detail.fr)] : fields)
  }
}

internal import ApplicationsAPI
internal import Kernel

struct ApplicationRow: Versioned {
  static let table = "applications_application"
  static let noun = Words(en: "application", fr: "candidature")

  let id: ApplicationID
  var version: Int
  let editionId: EditionID
  let callId: CallID
  let organisationId: OrganisationID
  var state: ApplicationState
  /// By key of the question.
  var answers: [String: JSON]
  let draftedAt: Instant
  var submittedAt: Instant?
  var withdrawnAt: Instant?
  /// When the jury decided first; a promotion from the waiting list comes later.
  var decidedAt: Instant?
  var decision: Decision?
  var reason: Words?
  /// 1 is next.
  var waitingPosition: Int?
  var promotedAt: Instant?
  /// The last day on which a laureate may confirm, in the zone of the call.
  var confirmBy: Day?
  /// When a laureate confirmed, declined, or let the time pass.
  var answeredAt: Instant?
  var declineReason: Paragraph?
  /// The last day on which this one may still be submitted, where it has longer than the call.
  var extendedUntil: Day?

  /// Moves on by a step. Throws `ApplicationsError.wrongState` where it is not possible.
  mutating func take(_ step: Step) throws {
    guard let next = state.after(step) else { throw ApplicationsError.wrongState(state) }
    state = next
  }

  /// The keys of required questions without an answer, in the order of the form.
  func missing(of call: CallRow) -> [Question] {
    call.questions.filter { $0.required && answers[$0.key.description] == nil }
  }

  /// The day the deadline to confirm runs out: from the first moment of the day after.
  func mayConfirm(at now: Instant, in zone: Zone) -> Bool {
    confirmBy.map { now < zone.end(of: $0) } ?? true
  }

  /// Refuses what needs the call to take this application. Throws `ApplicationsError`.
  func expectOpen(_ call: CallRow, at now: Instant) throws {
    if let day = extendedUntil, call.state != .decided, now < call.zone.end(of: day) { return }
    try call.expectOpen(at: now)
  }
}

/// Who has to do something next, so that nobody waits on nobody.
enum Awaits: String, Codable, CaseIterable, Sendable {
  case applicant
  case reviewers
  case `operator`
  case nobody
}

/// An application as the one who asks may see it.
struct ApplicationView: Codable, Sendable {
  let id: ApplicationID
  let version: Int
  let edition: EditionID
  let call: CallID
  let organisation: OrganisationID
  let organisationName: Name
  let state: ApplicationState
  let answers: [String: JSON]
  /// Required questions without an answer yet.
  let missing: [Key]
  let draftedAt: Instant
  let submittedAt: Instant?
  let decidedAt: Instant?
  let decision: Decision?
  let reason: Words?
  let confirmBy: Day?
  let answeredAt: Instant?
  /// The last day to submit, where this one has longer than the call.
  let extendedUntil: Day?
  /// For the operator only.
  let waitingPosition: Int?
  let awaits: Awaits
  /// For how many days it has been so.
  let days: Int
}

extension ApplicationView {
  /// What `transaction.actor` may see of a row it sees at all.
  init(_ row: ApplicationRow, of call: CallRow, in transaction: Transaction) throws {
    let staff = transaction.actor.isStaff
    id = row.id
    version = row.version
    edition = row.editionId
    self.call = row.callId
    organisation = row.organisationId
    organisationName = try transaction.get(OrganisationRow.self, row.organisationId).name
    state = row.state
    answers = row.answers
    missing = row.state == .draft ? row.missing(of: call).map(\.key) : []
    draftedAt = row.draftedAt
    submittedAt = row.submittedAt
    decidedAt = row.decidedAt
    decision = row.decision
    // Why somebody was not selected is for them, not for the rest of the jury.
    reason = transaction.actor.role == .reviewer ? nil : row.reason
    confirmBy = row.confirmBy
    answeredAt = row.answeredAt
    extendedUntil = row.extendedUntil
    waitingPosition = staff && row.state == .waiting ? row.waitingPosition : nil
    let waiting = try waits(row, call, in: transaction)
    awaits = waiting.who
    days = call.zone.day(of: waiting.since).days(until: call.zone.day(of: transaction.now))
  }
}

/// Whom an application waits for, and since when.
private func waits(
  _ row: ApplicationRow, _ call: CallRow, in transaction: Transaction
) throws -> (who: Awaits, since: Instant) {
  switch row.state {
  case .draft:
    let open = (try? row.expectOpen(call, at: transaction.now)) != nil
    return (open ? .applicant : .nobody, row.draftedAt)
  case .submitted:
    // How far the others are is not for applicants or reviewers to see.
    let open =
      transaction.actor.isStaff
      ? try transaction.count(
        ReviewRow.self, "WHERE application_id = \(row.id) AND scored_at IS NULL") : 0
    return (open > 0 ? .reviewers : .operator, row.submittedAt ?? row.draftedAt)
  case .laureate: return (.applicant, row.promotedAt ?? row.decidedAt ?? row.draftedAt)
  case .waiting: return (.operator, row.decidedAt ?? row.draftedAt)
  case .withdrawn: return (.nobody, row.withdrawnAt ?? row.draftedAt)
  case .refused: return (.nobody, row.decidedAt ?? row.draftedAt)
  case .confirmed, .declined, .lapsed: return (.nobody, row.answeredAt ?? row.draftedAt)
  }
}

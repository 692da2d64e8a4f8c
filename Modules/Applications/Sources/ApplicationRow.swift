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
  var answers: StoredJSON<[String: JSON]>
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
  /// Where its organisation stands in the alphabet: the order of the lists.
  let organisationOrder: String

  /// Moves on by a step. Throws `ApplicationsError.wrongState` where it is not possible.
  mutating func take(_ step: Step) throws {
    guard let next = state.after(step) else { throw ApplicationsError.wrongState(state) }
    state = next
  }

  /// The keys of required questions without an answer, in the order of the form.
  func missing(of questions: [Question]) throws -> [Question] {
    let given = try answers.value
    return questions.filter { $0.required && given[$0.key.description] == nil }
  }

  /// The day the deadline to confirm runs out: from the first moment of the day after.
  func mayConfirm(at now: Instant, in zone: Zone) -> Bool {
    confirmBy.map { now < zone.end(of: $0) } ?? true
  }

  /// Refuses what needs the call to take this application. Throws `ApplicationsError`.
  func expectOpen(_ call: some CallClock, at now: Instant) throws {
    if let day = extendedUntil, call.state != .decided, now < call.zone.end(of: day) { return }
    try call.expectOpen(at: now)
  }
}

/// Whose an application is.
struct ApplicationOwner: Record {
  static let table = ApplicationRow.table
  static let columns: StaticString = "id, organisation_id"

  let id: ApplicationID
  let organisationId: OrganisationID
}

/// Whose an application is, in the order of the lists.
struct Applied: Record {
  static let table = ApplicationRow.table
  static let columns: StaticString = "id, organisation_id, organisation_order, drafted_at"

  let id: ApplicationID
  let organisationId: OrganisationID
}

/// What the organisations of some applications are called.
func applicantNames(
  of applications: [ApplicationID], in connection: any Connection
) throws -> [ApplicationID: Name] {
  let owners = try connection.find(ApplicationOwner.self, all: applications)
  let names = try connection.find(OrganisationName.self, all: owners.values.map(\.organisationId))
  return owners.compactMapValues { names[$0.organisationId]?.name }
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
  let answers: StoredJSON<[String: JSON]>
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

/// What is shown of applications beside their own rows, looked up for all of them together.
struct ApplicationSurroundings {
  private let names: [OrganisationID: Name]
  private let calls: [CallID: CallHead]
  private let forms: [CallID: CallForm]
  private let openReviews: [ApplicationID: Int]

  init(of rows: [ApplicationRow], in transaction: Transaction) throws {
    names = try transaction.find(OrganisationName.self, all: rows.map(\.organisationId))
      .mapValues(\.name)
    calls = try transaction.find(CallHead.self, all: rows.map(\.callId))
    // Only a draft lacks answers.
    forms = try transaction.find(
      CallForm.self, all: rows.filter { $0.state == .draft }.map(\.callId))
    // How far the others are is not for applicants or reviewers to see.
    let submitted = rows.filter { $0.state == .submitted }.map(\.id)
    guard transaction.actor.isStaff, !submitted.isEmpty else {
      openReviews = [:]
      return
    }
    openReviews = Dictionary(
      try transaction.rows(
        "SELECT id, reviews_missing FROM \(ApplicationRow.self) WHERE id IN \(list: submitted)"
      ).map { (try $0.get("id"), try $0.get("reviews_missing")) }
    ) { first, _ in first }
  }

  func name(of row: ApplicationRow) throws -> Name {
    guard let name = names[row.organisationId] else {
      throw Problem.notFound(OrganisationRow.noun, row.organisationId)
    }
    return name
  }

  func call(of row: ApplicationRow) throws -> CallHead {
    guard let call = calls[row.callId] else { throw Problem.notFound(CallRow.noun, row.callId) }
    return call
  }

  func missing(of row: ApplicationRow) throws -> [Key] {
    try forms[row.callId].map { try row.missing(of: $0.questions).map(\.key) } ?? []
  }

  func openReviews(of row: ApplicationRow) -> Int { openReviews[row.id] ?? 0 }
}

extension ApplicationView {
  /// What `transaction.actor` may see of rows they see at all.
  static func all(_ rows: [ApplicationRow], in transaction: Transaction) throws -> [Self] {
    let surroundings = try ApplicationSurroundings(of: rows, in: transaction)
    return try rows.map { try Self($0, among: surroundings, in: transaction) }
  }

  /// What `transaction.actor` may see of a row they see at all.
  init(_ row: ApplicationRow, in transaction: Transaction) throws {
    try self.init(row, among: .init(of: [row], in: transaction), in: transaction)
  }

  private init(
    _ row: ApplicationRow, among surroundings: ApplicationSurroundings,
    in transaction: Transaction
  ) throws {
    let staff = transaction.actor.isStaff
    let call = try surroundings.call(of: row)
    id = row.id
    version = row.version
    edition = row.editionId
    self.call = row.callId
    organisation = row.organisationId
    organisationName = try surroundings.name(of: row)
    state = row.state
    answers = row.answers
    missing = row.state == .draft ? try surroundings.missing(of: row) : []
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
    awaits = Applications.awaits(
      row.state, isReviewed: surroundings.openReviews(of: row) > 0, until: row.extendedUntil, call,
      at: transaction.now)
    days = call.zone.day(of: row.waitsSince).days(until: call.zone.day(of: transaction.now))
  }
}

/// Whom an application in a state waits for; `until` is its own last day, where it has longer than the call.
func awaits(
  _ state: ApplicationState, isReviewed: Bool, until: Day?, _ call: CallHead, at now: Instant
) -> Awaits {
  switch state {
  case .draft: return isOpen(until: until, call, at: now) ? .applicant : .nobody
  case .submitted: return isReviewed ? .reviewers : .operator
  case .laureate: return .applicant
  case .waiting: return .operator
  case .withdrawn, .refused, .confirmed, .declined, .lapsed: return .nobody
  }
}

private func isOpen(until: Day?, _ call: some CallClock, at now: Instant) -> Bool {
  if let until, call.state != .decided, now < call.zone.end(of: until) { return true }
  return (try? call.expectOpen(at: now)) != nil
}

extension ApplicationRow {
  /// Since when it waits for whoever it waits for.
  var waitsSince: Instant {
    switch state {
    case .draft: draftedAt
    case .submitted: submittedAt ?? draftedAt
    case .laureate: promotedAt ?? decidedAt ?? draftedAt
    case .waiting, .refused: decidedAt ?? draftedAt
    case .withdrawn: withdrawnAt ?? draftedAt
    case .confirmed, .declined, .lapsed: answeredAt ?? draftedAt
    }
  }
}

internal import ApplicationsAPI
internal import Kernel

/// Who may see and do what. What somebody may not see answers like what is not there; every view,
/// list and command asks here.
enum ApplicationsPolicy {
  static func sees(_ call: CallRow, _ actor: Actor) -> Bool {
    actor.isStaff || call.state != .draft
  }

  static func call(_ id: CallID, in transaction: Transaction) throws -> CallRow {
    let row = try transaction.get(CallRow.self, id)
    guard sees(row, transaction.actor) else { throw Problem.notFound(CallRow.noun, id) }
    return row
  }

  /// The same where no more of the call is needed than that it may be seen.
  static func expectToSee(_ id: CallID, in transaction: Transaction) throws {
    guard let head = try transaction.find(CallHead.self, id),
      transaction.actor.isStaff || head.state != .draft
    else { throw Problem.notFound(CallRow.noun, id) }
  }

  /// What `sees` says of applications, as a condition on their rows.
  static func visible(in transaction: Transaction) throws -> SQL {
    switch transaction.actor.role {
    case .administrator, .manager, .system: return "1 = 1"
    case .member:
      return "organisation_id = \(try ownMember(transaction)?.organisationId)"
    case .reviewer:
      guard let id = transaction.actor.subject(as: .reviewer, ReviewerID.self),
        let reviewer = try transaction.find(ReviewerRow.self, id), reviewer.retiredAt == nil
      else { return "1 = 0" }
      let given = try transaction.rows(
        """
        SELECT a.id, a.organisation_id FROM \(ApplicationRow.self) a
        JOIN \(ReviewRow.self) r ON r.application_id = a.id
        WHERE r.reviewer_id = \(id) AND a.state NOT IN ('draft', 'withdrawn')
        """
      ).map {
        (
          try $0.get("id", as: ApplicationID.self),
          try $0.get("organisation_id", as: OrganisationID.self)
        )
      }
      let barred =
        try conflicts(of: [reviewer.id], among: Set(given.map(\.1)), in: transaction)[reviewer.id]
        ?? []
      return "id IN \(list: given.filter { !barred.contains($0.1) }.map(\.0))"
    case .volunteer, .partner, .anyone: return "1 = 0"
    }
  }

  /// The membership through which the actor belongs to an organisation; nil without one.
  static func membership(
    in organisation: OrganisationID, _ transaction: Transaction
  ) throws -> MemberRow? {
    try ownMember(transaction).flatMap { $0.organisationId == organisation ? $0 : nil }
  }

  /// The member who acts; nil for everyone else, and for members who were removed.
  static func ownMember(_ transaction: Transaction) throws -> MemberRow? {
    try transaction.actor.subject(as: .member, MemberID.self).flatMap(transaction.member)
  }

  /// The organisation, if the actor is staff or one of its members.
  static func organisation(
    _ id: OrganisationID, in transaction: Transaction
  ) throws -> OrganisationRow {
    let row = try transaction.organisation(id)
    guard try transaction.actor.isStaff || membership(in: row.id, transaction) != nil else {
      throw Problem.notFound(OrganisationRow.noun, id)
    }
    return row
  }

  /// The organisation, for somebody whose role there allows what `role` may; staff may act for it.
  static func organisation(
    _ id: OrganisationID, as role: MemberRole, in transaction: Transaction
  ) throws -> OrganisationRow {
    let row = try organisation(id, in: transaction)
    try require(role, in: row.id, transaction)
    return row
  }

  /// Whether the actor sees an application: staff; its organisation's members; a reviewer it is
  /// assigned to who has no conflict of interest with its organisation.
  static func sees(_ row: ApplicationRow, _ transaction: Transaction) throws -> Bool {
    switch transaction.actor.role {
    case .administrator, .manager, .system: return true
    case .member: return try membership(in: row.organisationId, transaction) != nil
    case .reviewer:
      guard let reviewer = transaction.actor.subject(as: .reviewer, ReviewerID.self),
        [.draft, .withdrawn].contains(row.state) == false,
        // Whoever left the jury reads nothing more.
        try transaction.find(ReviewerRow.self, reviewer)?.retiredAt == nil,
        try !conflicted(reviewer, with: row.organisationId, in: transaction)
      else { return false }
      return try transaction.count(
        ReviewRow.self, "WHERE application_id = \(row.id) AND reviewer_id = \(reviewer)") > 0
    case .volunteer, .partner, .anyone: return false
    }
  }

  static func application(_ id: ApplicationID, in transaction: Transaction) throws -> ApplicationRow
  {
    let known = try transaction.find(ApplicationRow.self, id)
    let row = try known ?? transaction.get(ApplicationRow.self, transaction.present(id))
    guard try sees(row, transaction) else { throw Problem.notFound(ApplicationRow.noun, id) }
    return row
  }

  /// The application, for somebody whose role in its organisation allows what `role` may.
  static func application(
    _ id: ApplicationID, as role: MemberRole, in transaction: Transaction
  ) throws -> ApplicationRow {
    let row = try application(id, in: transaction)
    try require(role, in: row.organisationId, transaction)
    return row
  }

  /// The reviewer, if the actor is staff or that very person.
  static func reviewer(_ id: ReviewerID, in transaction: Transaction) throws -> ReviewerRow {
    let own = transaction.actor.subject(as: .reviewer, ReviewerID.self)
    guard transaction.actor.isStaff || own == id,
      let row = try transaction.find(ReviewerRow.self, id)
    else { throw Problem.notFound(ReviewerRow.noun, id) }
    return row
  }

  /// A review for its own reviewer, and nobody else: each scores blind of the others. One that a
  /// conflict of interest stands against is not there.
  static func ownReview(_ id: ReviewID, in transaction: Transaction) throws -> ReviewRow {
    let row = try transaction.get(ReviewRow.self, id)
    let application = try transaction.get(ApplicationRow.self, row.applicationId)
    guard transaction.actor.subject(as: .reviewer, ReviewerID.self) == row.reviewerId,
      try sees(application, transaction)
    else { throw Problem.notFound(ReviewRow.noun, id) }
    return row
  }

  private static func require(
    _ role: MemberRole, in organisation: OrganisationID, _ transaction: Transaction
  ) throws {
    guard !transaction.actor.isStaff else { return }
    guard let own = try membership(in: organisation, transaction), own.role.includes(role) else {
      throw ApplicationsError.roleNeeded(role)
    }
  }
}

internal import ApplicationsAPI
internal import Kernel

/// What a merge of two organisations moves, and what it sets aside to put back when it is undone.
struct MovedOrganisation: Codable, Sendable {
  /// An application beside a livelier one to the same call.
  struct Aside: Codable, Sendable {
    let application: ApplicationRow
    let reviews: [ReviewRow]
    let staged: StagedDecisionRow?
    let instead: ApplicationID
  }
  /// Somebody who is a member of both.
  struct Double: Codable, Sendable {
    let gone: MemberRow
    let kept: MemberRow
  }

  /// The one that is kept, as it was.
  let earlier: OrganisationRow
  let gone: OrganisationRow
  let members: [MemberID]
  let doubles: [Double]
  let applications: [ApplicationID]
  let aside: [Aside]
  let conflicts: [ConflictID]
  let doubleConflicts: [ConflictRow]
  let cleared: [ID<ClearedConflictEntity>]
  let doubleCleared: [ClearedConflictRow]
  /// What the one that is kept had itself: anything else of it came since. Not known of early merges.
  var ownApplications: [ApplicationID]?
  var ownMembers: [MemberID]?

  /// Throws `ApplicationsError.bothApply`.
  init(_ gone: OrganisationRow, into kept: OrganisationRow, in connection: any Connection) throws {
    earlier = kept
    self.gone = gone
    let own = try Applications.members(of: kept.id, in: connection)
    let theirs = try Applications.members(of: gone.id, in: connection)
    doubles = theirs.compactMap { member in
      own.first { $0.email == member.email }.map { Double(gone: member, kept: $0) }
    }
    let known = Set(doubles.map(\.gone.id))
    members = theirs.map(\.id).filter { !known.contains($0) }

    ownMembers = own.map(\.id)

    let mine = try connection.applications(of: kept.id)
    ownApplications = mine.map(\.id)
    let others = try connection.applications(of: gone.id)
    let pairs = others.flatMap { other in mine.map { (other, $0) } }
    guard !pairs.contains(where: clash) else { throw ApplicationsError.bothApply }
    aside = try pairs.filter { $0.callId == $1.callId }.map { other, one in
      let (less, more) = other.state.liveliness > one.state.liveliness ? (one, other) : (other, one)
      return Aside(
        application: less,
        reviews: try connection.select(
          ReviewRow.self, "WHERE application_id = \(less.id) ORDER BY id"),
        staged: try connection.find(StagedDecisionRow.self, less.id), instead: more.id)
    }
    let set = Set(aside.map(\.application.id))
    applications = others.map(\.id).filter { !set.contains($0) }

    let declared = try connection.select(
      ConflictRow.self, "WHERE organisation_id IN \(list: [kept.id, gone.id]) ORDER BY id")
    let withKept = Set(declared.filter { $0.organisationId == kept.id }.map(\.reviewerId))
    let ofGone = declared.filter { $0.organisationId == gone.id }
    conflicts = ofGone.filter { !withKept.contains($0.reviewerId) }.map(\.id)
    doubleConflicts = ofGone.filter { withKept.contains($0.reviewerId) }
    let settled = try connection.select(
      ClearedConflictRow.self, "WHERE organisation_id IN \(list: [kept.id, gone.id]) ORDER BY id")
    let clearOfKept = Set(settled.filter { $0.organisationId == kept.id }.map(\.reviewerId))
    let settledOfGone = settled.filter { $0.organisationId == gone.id }
    cleared = settledOfGone.filter { !clearOfKept.contains($0.reviewerId) }.map(\.id)
    doubleCleared = settledOfGone.filter { clearOfKept.contains($0.reviewerId) }
  }

  /// Ids that are no more, and what stands for each.
  var former: [(String, String)] {
    [(gone.id.description, earlier.id.description)]
      + doubles.map { ($0.gone.id.description, $0.kept.id.description) }
      + aside.map { ($0.application.id.description, $0.instead.description) }
  }

  func move(in transaction: Transaction) throws {
    for set in aside {
      try transaction.execute(
        "DELETE FROM applications_staged_decision WHERE id = \(set.application.id)")
      for review in set.reviews { try transaction.delete(ReviewRow.self, review.id) }
      try transaction.delete(ApplicationRow.self, set.application.id)
    }
    try assign(to: earlier, in: transaction)
    for double in doubles {
      try transaction.delete(MemberRow.self, double.gone.id)
      // Who leads one of the two leads what they became.
      guard double.gone.role.includes(double.kept.role) else { continue }
      var member = double.kept
      member.role = double.gone.role
      try transaction.update(member)
    }
    for row in doubleConflicts { try transaction.delete(ConflictRow.self, row.id) }
    for row in doubleCleared { try transaction.delete(ClearedConflictRow.self, row.id) }
    try transaction.delete(OrganisationRow.self, gone.id)
    // What only the one that went had is known of the other from now on.
    var kept = earlier
    if kept.siren == nil {
      kept.siren = gone.siren
      kept.nic = gone.nic
      kept.sirenStatus = gone.sirenStatus
    }
    if kept.rna == nil {
      kept.rna = gone.rna
      kept.rnaStatus = gone.rnaStatus
    }
    kept.localRegister = kept.localRegister ?? gone.localRegister
    try transaction.update(&kept)
  }

  /// Puts back what was moved, as far as it is still with the one that was kept.
  func restore(from kept: OrganisationRow, in transaction: Transaction) throws {
    var kept = kept
    if earlier.siren == nil, kept.siren == gone.siren {
      kept.siren = nil
      kept.nic = earlier.nic
      kept.sirenStatus = earlier.sirenStatus
    }
    if earlier.rna == nil, kept.rna == gone.rna {
      kept.rna = nil
      kept.rnaStatus = earlier.rnaStatus
    }
    if earlier.localRegister == nil, kept.localRegister == gone.localRegister {
      kept.localRegister = nil
    }
    try transaction.update(&kept)
    try transaction.insert(gone)
    try assign(to: gone, in: transaction)
    for double in doubles {
      try transaction.insert(double.gone)
      // Only who was raised by the merge goes back to what they were.
      guard double.gone.role.includes(double.kept.role), double.gone.role != double.kept.role,
        var member = try transaction.find(MemberRow.self, double.kept.id),
        member.role == double.gone.role
      else { continue }
      member.role = double.kept.role
      try transaction.update(member)
    }
    for set in aside {
      try transaction.insert(set.application)
      for review in set.reviews { try transaction.insert(review) }
      if let staged = set.staged { try transaction.insert(staged) }
    }
    for row in doubleConflicts { try transaction.insert(row) }
    for row in doubleCleared { try transaction.insert(row) }
  }

  /// Gives what moves to one of the two; taken back, only what the other still has.
  private func assign(to owner: OrganisationRow, in transaction: Transaction) throws {
    let from = owner.id == gone.id ? earlier.id : gone.id
    let last = try Applications.members(of: owner.id, in: transaction).map(\.position).max() ?? 0
    for (index, member) in members.enumerated() {
      try transaction.execute(
        """
        UPDATE applications_member
        SET organisation_id = \(owner.id), position = \(last + index + 1)
        WHERE id = \(member) AND organisation_id = \(from)
        """)
    }
    try transaction.execute(
      """
      UPDATE applications_application
      SET organisation_id = \(owner.id), organisation_order = \(owner.nameOrder)
      WHERE id IN \(list: applications) AND organisation_id = \(from)
      """)
    try transaction.execute(
      """
      UPDATE applications_conflict SET organisation_id = \(owner.id)
      WHERE id IN \(list: conflicts) AND organisation_id = \(from)
      """)
    try transaction.execute(
      """
      UPDATE applications_cleared_conflict SET organisation_id = \(owner.id)
      WHERE id IN \(list: cleared) AND organisation_id = \(from)
      """)
  }
}

/// Two that cannot become one: both go on in one call, or have a place in one edition.
private func clash(_ one: ApplicationRow, _ other: ApplicationRow) -> Bool {
  one.callId == other.callId && one.state.goesOn && other.state.goesOn
    || one.editionId == other.editionId && one.state.hasPlace && other.state.hasPlace
}

extension ApplicationState {
  fileprivate var hasPlace: Bool { self == .laureate || self == .confirmed }

  fileprivate var goesOn: Bool {
    switch self {
    case .submitted, .laureate, .waiting, .confirmed: true
    case .draft, .withdrawn, .refused, .declined, .lapsed: false
    }
  }

  /// Which of two applications to one call says more.
  fileprivate var liveliness: Int {
    switch self {
    case .draft: 0
    case .withdrawn: 1
    case .refused, .lapsed: 2
    case .declined: 3
    case .submitted, .waiting, .laureate, .confirmed: 4
    }
  }
}

extension Connection {
  func applications(of organisation: OrganisationID) throws -> [ApplicationRow] {
    try select(
      ApplicationRow.self, "WHERE organisation_id = \(organisation) ORDER BY drafted_at, id")
  }
}

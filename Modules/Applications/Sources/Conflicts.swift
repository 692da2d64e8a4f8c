internal import ApplicationsAPI
internal import Kernel

enum ConflictEntity {}
typealias ConflictID = ID<ConflictEntity>

/// A reviewer has to do with an organisation, and scores nothing of it.
struct ConflictRow: Record {
  static let table = "applications_conflict"
  static let noun = Words(en: "conflict of interest", fr: "conflit d’intérêts")

  let id: ConflictID
  let reviewerId: ReviewerID
  let organisationId: OrganisationID
  let reason: Paragraph?
  let declaredAt: Instant
}

/// The organisations each reviewer has to do with: by what was declared about this person and this
/// organisation, and because somebody is on both sides under one mailbox.
func conflicts(in connection: any Connection) throws -> [ReviewerID: Set<OrganisationID>] {
  var found: [ReviewerID: Set<OrganisationID>] = [:]
  for row in try connection.select(ConflictRow.self) {
    found[row.reviewerId, default: []].insert(row.organisationId)
  }
  let reviewers = Dictionary(
    grouping: try connection.select(ReviewerRow.self), by: { mailbox(of: $0.email) })
  for member in try connection.select(MemberRow.self) {
    for reviewer in reviewers[mailbox(of: member.email)] ?? [] {
      found[reviewer.id, default: []].insert(member.organisationId)
    }
  }
  return found
}

/// The organisations a reviewer has to do with.
func conflicts(
  of reviewer: ReviewerID, in connection: any Connection
) throws -> Set<OrganisationID> {
  guard let person = try connection.find(ReviewerRow.self, reviewer) else { return [] }
  let declared = try connection.rows(
    "SELECT organisation_id FROM \(ConflictRow.self) WHERE reviewer_id = \(reviewer)"
  ).map { try $0.get("organisation_id", as: OrganisationID.self) }
  let own = mailbox(of: person.email)
  let bothSides = try connection.rows("SELECT organisation_id, email FROM \(MemberRow.self)")
    .compactMap { row in
      mailbox(of: try row.get("email")) == own
        ? try row.get("organisation_id", as: OrganisationID.self) : nil
    }
  return Set(declared).union(bothSides)
}

/// Which of some organisations each of some reviewers has to do with.
func conflicts(
  of reviewers: Set<ReviewerID>, among organisations: Set<OrganisationID>,
  in connection: any Connection
) throws -> [ReviewerID: Set<OrganisationID>] {
  guard !reviewers.isEmpty, !organisations.isEmpty else { return [:] }
  var found: [ReviewerID: Set<OrganisationID>] = [:]
  for row in try connection.rows(
    """
    SELECT reviewer_id, organisation_id FROM \(ConflictRow.self)
    WHERE organisation_id IN \(list: organisations.sorted())
    """)
  {
    let reviewer = try row.get("reviewer_id", as: ReviewerID.self)
    if reviewers.contains(reviewer) {
      found[reviewer, default: []].insert(try row.get("organisation_id"))
    }
  }
  let addresses = Dictionary(
    grouping: try connection.rows(
      "SELECT id, email FROM \(ReviewerRow.self) WHERE id IN \(list: reviewers.sorted())"
    ).map {
      (id: try $0.get("id", as: ReviewerID.self), mailbox: mailbox(of: try $0.get("email")))
    }, by: \.mailbox)
  for row in try connection.rows(
    """
    SELECT organisation_id, email FROM \(MemberRow.self)
    WHERE organisation_id IN \(list: organisations.sorted())
    """)
  {
    for reviewer in addresses[mailbox(of: try row.get("email"))] ?? [] {
      found[reviewer.id, default: []].insert(try row.get("organisation_id"))
    }
  }
  return found
}

func conflicted(
  _ reviewer: ReviewerID, with organisation: OrganisationID, in connection: any Connection
) throws -> Bool {
  try conflicts(of: [reviewer], among: [organisation], in: connection)[reviewer] != nil
}

extension ApplicationsModule {
  @UseCases var aboutConflicts: [Endpoint] {
    declareConflict
    liftConflict
    listConflicts
    listApplicants
  }

  struct Declare: Codable, Sendable {
    let reviewer: ReviewerID
    let organisation: OrganisationID
    let reason: Paragraph?
  }
  struct OneConflict: Codable, Sendable {
    let conflict: ConflictID
  }
  struct View: Codable, Sendable {
    let id: ConflictID
    let reviewer: ReviewerID
    let organisation: OrganisationID
    let reason: Paragraph?

    init(_ row: ConflictRow) {
      id = row.id
      reviewer = row.reviewerId
      organisation = row.organisationId
      reason = row.reason
    }
  }
  struct Applicant: Codable, Sendable {
    let organisation: OrganisationID
    let name: Name
  }

  var declareConflict: UseCase<Declare, View> {
    .command(
      "applications.declare-conflict", .post, "/reviewers/{reviewer}/conflicts",
      by: .staff(and: .reviewer),
      Words(
        en: "Declare that a reviewer has to do with an organisation; its review goes to another",
        fr: "Déclarer le lien d’un relecteur avec une organisation ; un autre la relira")
    ) { (input: Declare, transaction) in
      let reviewer = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      let organisation = try transaction.organisation(input.organisation)
      let known = try transaction.first(
        ConflictRow.self,
        "WHERE reviewer_id = \(reviewer.id) AND organisation_id = \(organisation.id)")
      if let known { return View(known) }
      let row = ConflictRow(
        id: transaction.newID(), reviewerId: reviewer.id, organisationId: organisation.id,
        reason: input.reason, declaredAt: transaction.now)
      try transaction.insert(row)
      try keepStandings(of: organisation.id, in: transaction)
      return View(row)
    }
  }

  var liftConflict: UseCase<OneConflict, View> {
    .command(
      "applications.lift-conflict", .delete, "/conflicts/{conflict}", by: .staff,
      Words(
        en: "Take back a conflict of interest that was declared by mistake",
        fr: "Annuler un conflit d’intérêts déclaré par erreur")
    ) { (input: OneConflict, transaction) in
      guard let row = try transaction.find(ConflictRow.self, input.conflict) else {
        throw Problem.notFound(ConflictRow.noun, input.conflict)
      }
      try transaction.delete(ConflictRow.self, row.id)
      try keepStandings(of: row.organisationId, in: transaction)
      return View(row)
    }
  }

  var listConflicts: UseCase<OfReviewer, [View]> {
    .query(
      "applications.conflicts", "/reviewers/{reviewer}/conflicts", by: .staff(and: .reviewer),
      Words(
        en: "List the conflicts of interest of a reviewer",
        fr: "Lister les conflits d’intérêts d’un relecteur")
    ) { (input: OfReviewer, transaction) in
      let reviewer = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      return try transaction.select(
        ConflictRow.self, "WHERE reviewer_id = \(reviewer.id) ORDER BY declared_at, id"
      ).map(View.init)
    }
  }

  struct Applicants: Codable, Sendable {
    let call: CallID
    let after: PageMark?
    let limit: PageSize?
  }

  var listApplicants: UseCase<Applicants, Page<Applicant>> {
    .query(
      "applications.applicants", "/calls/{call}/applicants", by: .staff(and: .reviewer),
      Words(
        en: "List who applied to a call, for reviewers to declare conflicts",
        fr: "Lister qui a candidaté, pour que les relecteurs déclarent leurs liens")
    ) { (input: Applicants, transaction) in
      let call = try ApplicationsPolicy.call(input.call, in: transaction)
      let page = try transaction.page(
        Applied.self, where: "call_id = \(call.id) AND state NOT IN ('draft', 'withdrawn')",
        by: "organisation_order", "drafted_at", "id", after: input.after, limit: input.limit)
      let names = try transaction.find(
        OrganisationName.self, all: page.items.map(\.organisationId))
      return Page(
        items: page.items.compactMap { application in
          names[application.organisationId].map { Applicant(organisation: $0.id, name: $0.name) }
        }, next: page.next)
    }
  }
}

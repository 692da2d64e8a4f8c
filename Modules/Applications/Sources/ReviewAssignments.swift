internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutReviewAssignments: [Endpoint] {
    assignReviews
    assignReview
    releaseReview
    releaseTogether
  }

  struct Assign: Codable, Sendable {
    let call: CallID
    let perApplication: Whole<1, 5>
  }
  struct AssignOne: Codable, Sendable {
    let application: ApplicationID
    let reviewer: ReviewerID
  }
  struct Release: Codable, Sendable {
    let review: ReviewID
  }
  struct ReleaseTogether: Codable, Sendable {
    let reviews: [ReviewID]
  }
  struct Assigned: Codable, Sendable {
    /// How many reviews were given out now.
    let assigned: Int
    /// How many reviews the call has now.
    let reviews: Int
    /// How many of them each reviewer has, in the order of the jury; `applications.reviews` lists them.
    let reviewers: [Share]
    /// Who may be too close to an organisation, for staff to confirm or clear. They were given none of
    /// its applications now.
    let likelyConflicts: [LikelyConflict]
  }

  struct Share: Codable, Sendable {
    let reviewer: ReviewerID
    let reviewerName: Name
    let reviews: Int
  }

  var assignReviews: UseCase<Assign, Assigned> {
    .command(
      "applications.assign-reviews", .post, "/calls/{call}/review-assignments", by: .staff,
      Words(
        en:
          "Share the submitted applications out among the reviewers, evenly and without conflicts",
        fr: "Répartir les candidatures déposées entre les relecteurs, équitablement et sans conflit"
      ),
      problems: ["applications/too-few-reviewers", "applications/call-state"]
    ) { (input: Assign, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      try expectReviewable(call, at: transaction.now)
      // Whoever's data are not to be used is not given work by them.
      let restricted = try transaction.restricted(as: .reviewer)
      let reviewers = try transaction.select(
        ReviewerRow.self, "WHERE retired_at IS NULL ORDER BY position"
      ).filter { !restricted.contains($0.id.description) }
      let submitted = try submittedApplications(to: call, in: transaction)
      let reviews = try transaction.select(ReviewRow.self, "WHERE call_id = \(call.id)")
      let conflicts = try conflicts(in: transaction)
      let applicants = Set(submitted.map(\.1.id))
      let likely = try likelyConflicts(in: transaction).filter {
        applicants.contains($0.organisation)
      }
      let suspects = Dictionary(grouping: likely, by: \.organisation).mapValues {
        Set($0.map(\.reviewer))
      }
      let readers = Dictionary(grouping: reviews, by: \.applicationId)
      let cases = submitted.map { application, organisation in
        let having = Set((readers[application.id] ?? []).map(\.reviewerId)).filter {
          conflicts[$0]?.contains(organisation.id) != true
        }
        return ReviewBalance.Case(
          needed: max(0, input.perApplication.value - having.count),
          allowed: reviewers.indices.filter { index in
            let id = reviewers[index].id
            return !having.contains(id) && conflicts[id]?.contains(organisation.id) != true
              && suspects[organisation.id]?.contains(id) != true
          })
      }
      let short = zip(submitted, cases).filter { $1.allowed.count < $1.needed }
      guard short.isEmpty else {
        throw ApplicationsError.tooFewReviewers(
          short.map { application, demand in
            FieldProblem(
              application.1.name.description,
              en: "needs \(demand.needed) more reviewers; \(demand.allowed.count) can",
              fr: "il faut encore \(demand.needed) relecteurs ; \(demand.allowed.count) possibles")
          })
      }
      let held = Dictionary(grouping: reviews, by: \.reviewerId).mapValues(\.count)
      let loads = reviewers.map { held[$0.id] ?? 0 }
      var given = loads
      var assigned = 0
      for (position, chosen) in ReviewBalance.assigning(cases, loads: loads).enumerated() {
        for index in chosen {
          try give(submitted[position].0, to: reviewers[index].id, in: transaction)
          given[index] += 1
          assigned += 1
        }
      }
      if assigned > 0 { try keepStandings(where: "call_id = \(call.id)", in: transaction) }
      return Assigned(
        assigned: assigned, reviews: reviews.count + assigned,
        reviewers: zip(reviewers, given).map {
          Share(reviewer: $0.id, reviewerName: $0.name, reviews: $1)
        }, likelyConflicts: likely)
    }
  }

  var assignReview: UseCase<AssignOne, ReviewView> {
    .command(
      "applications.assign-review", .post, "/applications/{application}/reviews", by: .staff,
      Words(
        en: "Give one application to one more reviewer",
        fr: "Confier une candidature à un relecteur de plus"),
      problems: [
        "applications/conflict-of-interest", "applications/likely-conflict",
        "applications/reviewer-retired", "applications/wrong-state", "applications/call-state",
      ]
    ) { (input: AssignOne, transaction) in
      let application = try transaction.get(ApplicationRow.self, input.application)
      guard application.state == .submitted else {
        throw ApplicationsError.wrongState(application.state)
      }
      let reviewer = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      guard
        try !conflicted(reviewer.id, with: application.organisationId, in: transaction)
      else { throw ApplicationsError.conflictOfInterest }
      guard reviewer.retiredAt == nil else { throw ApplicationsError.reviewerRetired }
      let likely = try likelyConflicts(in: transaction).first {
        $0.reviewer == reviewer.id && $0.organisation == application.organisationId
      }
      if let likely { throw ApplicationsError.likelyConflict(likely.why) }
      let known = try transaction.first(
        ReviewRow.self,
        "WHERE application_id = \(application.id) AND reviewer_id = \(reviewer.id)")
      let row = try known ?? give(application, to: reviewer.id, in: transaction)
      try keepStanding(of: application.id, in: transaction)
      return try ReviewView(row, in: transaction)
    }
  }

  var releaseReview: UseCase<Release, ReviewView> {
    .command(
      "applications.release-review", .delete, "/reviews/{review}", by: .staff,
      Words(
        en: "Take an application from a reviewer who has not scored it",
        fr: "Retirer une candidature à un relecteur qui ne l’a pas notée")
    ) { (input: Release, transaction) in try release(input.review, named: "review", transaction) }
  }

  var releaseTogether: UseCase<ReleaseTogether, [ReviewView]> {
    .command(
      "applications.release-reviews", .post, "/review-releases", by: .staff,
      Words(
        en: "Take several applications from reviewers who have not scored them, or none",
        fr: "Retirer plusieurs candidatures à des relecteurs qui ne les ont pas notées, ou aucune")
    ) { (input: ReleaseTogether, transaction) in
      guard (1...500).contains(input.reviews.count) else {
        throw Problem.invalid(
          "reviews", en: "name one at least, and 500 at most",
          fr: "indiquez-en une au moins, et 500 au plus")
      }
      var seen: Set<ReviewID> = []
      return try input.reviews.enumerated().filter { seen.insert($1).inserted }.map {
        try release($1, named: "reviews[\($0)]", transaction)
      }
    }
  }

  private func release(
    _ review: ReviewID, named field: String, _ transaction: Transaction
  ) throws -> ReviewView {
    let row = try transaction.get(ReviewRow.self, review)
    guard row.scores == nil else {
      throw Problem.invalid(
        field, en: "is scored already, and stays on record",
        fr: "est déjà notée, et reste au dossier")
    }
    let view = try ReviewView(row, in: transaction)
    try transaction.delete(ReviewRow.self, row.id)
    try keepStanding(of: row.applicationId, in: transaction)
    return view
  }

  @discardableResult
  func give(
    _ application: ApplicationRow, to reviewer: ReviewerID, in transaction: Transaction
  ) throws -> ReviewRow {
    let row = ReviewRow(
      id: transaction.newID(), version: 1, editionId: application.editionId,
      callId: application.callId, applicationId: application.id, reviewerId: reviewer,
      assignedAt: transaction.now)
    try transaction.insert(row)
    try transaction.emit(
      ReviewAssigned(
        edition: application.editionId, application: application.id, reviewer: reviewer))
    return row
  }
}

/// Refuses calls that nobody reviews: not open yet, or decided.
private func expectReviewable(_ call: CallRow, at now: Instant) throws {
  switch call.state(at: now) {
  case .open, .closed: break
  case .draft: throw ApplicationsError.callState(.draft)
  case .decided: throw ApplicationsError.callState(.decided)
  }
}

/// What waits for the jury, by name of the organisation.
func submittedApplications(
  to call: CallRow, in connection: any Connection
) throws -> [(ApplicationRow, OrganisationRow)] {
  try withOrganisations(
    connection.select(
      ApplicationRow.self,
      "WHERE call_id = \(call.id) AND state = \(ApplicationState.submitted)"), connection)
}

/// Applications with their organisations, by name.
func withOrganisations(
  _ rows: [ApplicationRow], _ connection: any Connection
) throws -> [(ApplicationRow, OrganisationRow)] {
  let organisations = Dictionary(
    try connection.select(
      OrganisationRow.self, "WHERE id IN \(list: rows.map(\.organisationId))"
    ).map { ($0.id, $0) }
  ) { first, _ in first }
  return rows.compactMap { row in organisations[row.organisationId].map { (row, $0) } }
    .alphabetical { [$0.1.name.description, $0.1.registeredAt.description] }
}

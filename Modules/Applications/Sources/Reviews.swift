internal import ApplicationsAPI
internal import Kernel

enum ReviewEntity {}
typealias ReviewID = ID<ReviewEntity>

/// A reviewer's mark for one criterion.
typealias Mark = Whole<0, 5>

struct ReviewRow: Versioned {
  static let table = "applications_review"
  static let noun = Words(en: "review", fr: "relecture")

  let id: ReviewID
  var version: Int
  let editionId: EditionID
  let callId: CallID
  let applicationId: ApplicationID
  let reviewerId: ReviewerID
  /// By key of the criterion; nil until scored.
  var scores: [String: Mark]?
  var comment: Paragraph?
  let assignedAt: Instant
  var scoredAt: Instant?
}

/// A review, for its reviewer and the operator.
struct ReviewView: Codable, Sendable {
  let id: ReviewID
  let version: Int
  let application: ApplicationID
  let organisation: OrganisationID
  let organisationName: Name
  let reviewer: ReviewerID
  let reviewerName: Name
  let scores: [String: Mark]?
  let comment: Paragraph?
  let assignedAt: Instant
  let scoredAt: Instant?
  /// For how many days it has been asked for; nil once scored.
  let openDays: Int?
}

extension ReviewView {
  init(_ row: ReviewRow, of call: CallRow, in transaction: Transaction) throws {
    guard let reviewer = try transaction.find(ReviewerRow.self, row.reviewerId) else {
      throw Problem.notFound(ReviewerRow.noun, row.reviewerId)
    }
    let application = try transaction.get(ApplicationRow.self, row.applicationId)
    id = row.id
    version = row.version
    self.application = application.id
    organisation = application.organisationId
    organisationName = try transaction.get(OrganisationRow.self, organisation).name
    self.reviewer = reviewer.id
    reviewerName = reviewer.name
    scores = row.scores
    comment = row.comment
    assignedAt = row.assignedAt
    scoredAt = row.scoredAt
    openDays =
      row.scoredAt == nil
      ? call.zone.day(of: row.assignedAt).days(until: call.zone.day(of: transaction.now)) : nil
  }
}

/// All reviews of a call, by organisation, then reviewer.
func reviewViews(of call: CallRow, in transaction: Transaction) throws -> [ReviewView] {
  inOrder(
    try transaction.select(ReviewRow.self, "WHERE call_id = \(call.id)").map {
      try ReviewView($0, of: call, in: transaction)
    })
}

private func inOrder(_ views: [ReviewView]) -> [ReviewView] {
  views.alphabetical {
    [$0.organisationName.description, $0.reviewerName.description, $0.assignedAt.description]
  }
}

extension ApplicationsModule {
  @UseCases var aboutReviews: [Endpoint] {
    listReviews
    listReviewsOfApplication
    score
  }

  struct OfApplication: Codable, Sendable {
    let application: ApplicationID
  }
  struct Score: Codable, Sendable {
    let review: ReviewID
    let version: Int?
    let scores: [String: Mark]
    let comment: Paragraph?
  }

  var listReviews: UseCase<OfReviewer, [ReviewView]> {
    .query(
      "applications.reviews", "/reviewers/{reviewer}/reviews", by: .staff(and: .reviewer),
      Words(en: "List the reviews of a reviewer", fr: "Lister les relectures d’un relecteur")
    ) { (input: OfReviewer, transaction) in
      let reviewer = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      let rows = try transaction.select(ReviewRow.self, "WHERE reviewer_id = \(reviewer.id)")
      return inOrder(
        try rows.compactMap { row in
          let application = try transaction.get(ApplicationRow.self, row.applicationId)
          guard try ApplicationsPolicy.sees(application, transaction) else { return nil }
          return try ReviewView(
            row, of: transaction.get(CallRow.self, row.callId), in: transaction)
        })
    }
  }

  var listReviewsOfApplication: UseCase<OfApplication, [ReviewView]> {
    .query(
      "applications.application-reviews", "/applications/{application}/reviews", by: .staff,
      Words(
        en: "List the reviews of an application", fr: "Lister les relectures d’une candidature")
    ) { (input: OfApplication, transaction) in
      let application = try transaction.get(ApplicationRow.self, input.application)
      let call = try transaction.get(CallRow.self, application.callId)
      return inOrder(
        try transaction.select(
          ReviewRow.self, "WHERE application_id = \(application.id)"
        ).map { try ReviewView($0, of: call, in: transaction) })
    }
  }

  var score: UseCase<Score, ReviewView> {
    .command(
      "applications.score", .post, "/reviews/{review}/scores", by: [.reviewer],
      Words(
        en: "Score an application by every criterion, blind of the other reviews",
        fr: "Noter une candidature sur chaque critère, sans voir les autres relectures"),
      problems: ["applications/wrong-state"]
    ) { (input: Score, transaction) in
      var row = try ApplicationsPolicy.ownReview(input.review, in: transaction)
      let application = try transaction.get(ApplicationRow.self, row.applicationId)
      guard application.state == .submitted else {
        throw ApplicationsError.wrongState(application.state)
      }
      try row.expect(version: input.version)
      let call = try transaction.get(CallRow.self, row.callId)
      let faults = faults(in: input.scores, by: call.criteria)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.scores = input.scores
      row.comment = input.comment
      row.scoredAt = transaction.now
      try transaction.update(&row)
      return try ReviewView(row, of: call, in: transaction)
    }
  }

  private func faults(in scores: [String: Mark], by criteria: [Criterion]) -> [FieldProblem] {
    let keys = criteria.map(\.key.description)
    let missing = keys.filter { scores[$0] == nil }.map {
      FieldProblem("scores.\($0)", en: "is required", fr: "est obligatoire")
    }
    let list = keys.joined(separator: ", ")
    let unknown = scores.keys.filter { !keys.contains($0) }.sorted().map {
      FieldProblem(
        "scores.\($0)", en: "is not a criterion of this call; they are: \(list)",
        fr: "n’est pas un critère de cet appel ; ce sont : \(list)")
    }
    return missing + unknown
  }
}

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

/// What is shown of reviews beside their own rows, looked up for all of them together.
private struct ReviewSurroundings {
  let zones: [CallID: CallHead]
  let reviewers: [ReviewerID: ReviewerRow]
  let applicants: [ApplicationID: ApplicationOwner]
  let names: [OrganisationID: OrganisationName]

  init(of rows: [ReviewRow], in connection: any Connection) throws {
    zones = try connection.find(CallHead.self, all: rows.map(\.callId))
    reviewers = try connection.find(ReviewerRow.self, all: rows.map(\.reviewerId))
    applicants = try connection.find(ApplicationOwner.self, all: rows.map(\.applicationId))
    names = try connection.find(
      OrganisationName.self, all: applicants.values.map(\.organisationId))
  }
}

extension ReviewView {
  static func all(_ rows: [ReviewRow], in transaction: Transaction) throws -> [Self] {
    let surroundings = try ReviewSurroundings(of: rows, in: transaction)
    return try rows.map { try Self($0, among: surroundings, at: transaction.now) }
  }

  init(_ row: ReviewRow, in transaction: Transaction) throws {
    try self.init(row, among: .init(of: [row], in: transaction), at: transaction.now)
  }

  private init(_ row: ReviewRow, among surroundings: ReviewSurroundings, at now: Instant) throws {
    guard let reviewer = surroundings.reviewers[row.reviewerId] else {
      throw Problem.notFound(ReviewerRow.noun, row.reviewerId)
    }
    guard let applicant = surroundings.applicants[row.applicationId],
      let name = surroundings.names[applicant.organisationId]?.name,
      let zone = surroundings.zones[row.callId]?.zone
    else { throw Problem.notFound(ApplicationRow.noun, row.applicationId) }
    id = row.id
    version = row.version
    application = row.applicationId
    organisation = applicant.organisationId
    organisationName = name
    self.reviewer = reviewer.id
    reviewerName = reviewer.name
    scores = row.scores
    comment = row.comment
    assignedAt = row.assignedAt
    scoredAt = row.scoredAt
    openDays =
      row.scoredAt == nil
      ? zone.day(of: row.assignedAt).days(until: zone.day(of: now)) : nil
  }
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

  var listReviews: UseCase<PageOfReviewer, Page<ReviewView>> {
    .query(
      "applications.reviews", "/reviewers/{reviewer}/reviews", by: .staff(and: .reviewer),
      Words(en: "List the reviews of a reviewer", fr: "Lister les relectures d’un relecteur")
    ) { (input: PageOfReviewer, transaction) in
      let reviewer = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      let visible = try ApplicationsPolicy.visible(in: transaction)
      let rows = try transaction.select(
        ReviewRow.self,
        """
        WHERE reviewer_id = \(reviewer.id) AND application_id IN (
          SELECT id FROM \(ApplicationRow.self) WHERE \(part: visible))
        """)
      return try Page(
        of: inOrder(ReviewView.all(rows, in: transaction)), after: input.after, limit: input.limit)
    }
  }

  var listReviewsOfApplication: UseCase<OfApplication, [ReviewView]> {
    .query(
      "applications.application-reviews", "/applications/{application}/reviews", by: .staff,
      Words(
        en: "List the reviews of an application", fr: "Lister les relectures d’une candidature")
    ) { (input: OfApplication, transaction) in
      let application = try transaction.get(ApplicationRow.self, input.application)
      return inOrder(
        try ReviewView.all(
          transaction.select(ReviewRow.self, "WHERE application_id = \(application.id)"),
          in: transaction))
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
      try keepStanding(of: application.id, in: transaction)
      return try ReviewView(row, in: transaction)
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

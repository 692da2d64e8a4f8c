internal import ApplicationsAPI
internal import Kernel

struct ReviewerRow: Record {
  static let table = "applications_reviewer"
  static let noun = Words(en: "reviewer", fr: "relecteur")

  let id: ReviewerID
  /// The order in which they were registered.
  let position: Int
  var name: Name
  var email: EmailAddress
  var language: Language
  /// When they left the jury; nil while they review.
  var retiredAt: Instant?

  var contact: Contact { Contact(name: name, email: email, language: language) }
}

extension ApplicationsModule {
  @UseCases var aboutReviewers: [Endpoint] {
    registerReviewer
    listReviewers
    showReviewer
  }

  struct RegisterReviewer: Codable, Sendable {
    let name: Name
    let email: EmailAddress
    let language: Language
  }
  struct ReviewerView: Codable, Sendable {
    let id: ReviewerID
    let name: Name
    let email: EmailAddress
    let language: Language
    let retiredAt: Instant?

    init(_ row: ReviewerRow) {
      id = row.id
      name = row.name
      email = row.email
      language = row.language
      retiredAt = row.retiredAt
    }
  }

  var registerReviewer: UseCase<RegisterReviewer, ReviewerView> {
    .command(
      "applications.register-reviewer", .post, "/reviewers", by: .staff,
      Words(en: "Register a reviewer", fr: "Inscrire un relecteur"),
      problems: ["applications/reviewer-known"]
    ) { (input: RegisterReviewer, transaction) in
      let known = try transaction.select(ReviewerRow.self, "ORDER BY position")
      guard !known.contains(where: { $0.email == input.email }) else {
        throw ApplicationsError.reviewerKnown(input.email)
      }
      let row = ReviewerRow(
        id: transaction.newID(), position: (known.last?.position ?? 0) + 1, name: input.name,
        email: input.email, language: input.language)
      try transaction.insert(row)
      return ReviewerView(row)
    }
  }

  var listReviewers: UseCase<Nothing, [ReviewerView]> {
    .query(
      "applications.reviewers", "/reviewers", by: .staff,
      Words(en: "List the reviewers", fr: "Lister les relecteurs")
    ) { (_: Nothing, transaction) in
      try transaction.select(ReviewerRow.self, "ORDER BY position").map(ReviewerView.init)
    }
  }

  var showReviewer: UseCase<OneReviewer, ReviewerView> {
    .query(
      "applications.reviewer", "/reviewers/{reviewer}", by: .staff(and: .reviewer),
      Words(en: "Show a reviewer", fr: "Montrer un relecteur")
    ) { (input: OneReviewer, transaction) in
      ReviewerView(try ApplicationsPolicy.reviewer(input.reviewer, in: transaction))
    }
  }
}

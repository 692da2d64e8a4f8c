internal import ApplicationsAPI
internal import Kernel

extension ApplicationsModule {
  @UseCases var aboutJury: [Endpoint] {
    updateReviewer
    retireReviewer
    returnReviewer
  }

  struct CorrectReviewer: Codable, Sendable {
    let reviewer: ReviewerID
    let name: Name
    let email: EmailAddress
    let language: Language
  }
  struct Retire: Codable, Sendable {
    let reviewer: ReviewerID
    /// Takes over what is not scored yet; without one it is there to be assigned again.
    let standIn: ReviewerID?
  }
  struct Retired: Codable, Sendable {
    let reviewer: ReviewerView
    /// Reviews the stand-in has now.
    let handedOver: Int
    /// Reviews to be assigned anew.
    let released: Int
  }

  var updateReviewer: UseCase<CorrectReviewer, ReviewerView> {
    .command(
      "applications.update-reviewer", .put, "/reviewers/{reviewer}", by: .staff(and: .reviewer),
      Words(
        en: "Correct a reviewer's name, address or language",
        fr: "Corriger le nom, l’adresse ou la langue d’un relecteur"),
      problems: ["applications/reviewer-known"]
    ) { (input: CorrectReviewer, transaction) in
      var row = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      let taken = try transaction.count(
        ReviewerRow.self, "WHERE email = \(input.email) AND id <> \(row.id)")
      guard taken == 0 else { throw ApplicationsError.reviewerKnown(input.email) }
      let previous = row.contact
      row.name = input.name
      row.email = input.email
      row.language = input.language
      try transaction.update(row)
      if row.contact != previous {
        try keepStandings(
          where: """
            id IN (SELECT application_id FROM \(ReviewRow.self) WHERE reviewer_id = \(row.id))
            """, in: transaction)
        try transaction.emit(
          ReviewerCorrected(reviewer: row.id, previous: previous, current: row.contact))
      }
      return ReviewerView(row)
    }
  }

  var retireReviewer: UseCase<Retire, Retired> {
    .command(
      "applications.retire-reviewer", .post, "/reviewers/{reviewer}/retirement", by: .staff,
      Words(
        en: "Say that a reviewer left the jury; what they have not scored goes to others",
        fr: "Noter le départ d’un relecteur ; ce qu’il n’a pas noté va à d’autres"),
      problems: ["applications/reviewer-retired"]
    ) { (input: Retire, transaction) in
      var row = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      let standIn = try input.standIn.map { id in
        let found = try ApplicationsPolicy.reviewer(id, in: transaction)
        guard found.id != row.id, found.retiredAt == nil else {
          throw ApplicationsError.reviewerRetired
        }
        return found
      }
      let open = try transaction.select(
        ReviewRow.self, "WHERE reviewer_id = \(row.id) AND scores IS NULL ORDER BY assigned_at, id")
      var handedOver = 0
      for review in open {
        try transaction.delete(ReviewRow.self, review.id)
        let application = try transaction.get(ApplicationRow.self, review.applicationId)
        if let standIn, try mayTake(standIn.id, application, in: transaction) {
          try give(application, to: standIn.id, in: transaction)
          handedOver += 1
        }
        try keepStanding(of: application.id, in: transaction)
      }
      if row.retiredAt == nil {
        row.retiredAt = transaction.now
        try transaction.update(row)
        try transaction.emit(ReviewerRetired(reviewer: row.id, contact: row.contact))
      }
      return Retired(
        reviewer: ReviewerView(row), handedOver: handedOver, released: open.count - handedOver)
    }
  }

  var returnReviewer: UseCase<OneReviewer, ReviewerView> {
    .command(
      "applications.return-reviewer", .post, "/reviewers/{reviewer}/return", by: .staff,
      Words(
        en: "Take a reviewer who left back into the jury",
        fr: "Réintégrer dans le jury un relecteur parti")
    ) { (input: OneReviewer, transaction) in
      var row = try ApplicationsPolicy.reviewer(input.reviewer, in: transaction)
      row.retiredAt = nil
      try transaction.update(row)
      return ReviewerView(row)
    }
  }

  /// Whether a stand-in may read an application they do not have yet.
  private func mayTake(
    _ reviewer: ReviewerID, _ application: ApplicationRow, in transaction: Transaction
  ) throws -> Bool {
    guard application.state == .submitted else { return false }
    let having = try transaction.count(
      ReviewRow.self, "WHERE application_id = \(application.id) AND reviewer_id = \(reviewer)")
    let organisation = application.organisationId
    return try having == 0 && !conflicted(reviewer, with: organisation, in: transaction)
      && !likelyConflicts(in: transaction).contains {
        $0.reviewer == reviewer && $0.organisation == organisation
      }
  }
}

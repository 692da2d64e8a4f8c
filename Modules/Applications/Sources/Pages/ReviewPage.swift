internal import ApplicationsAPI
internal import Kernel
internal import Pages

// A reviewer's reviews, and one of them beside what it judges.
extension ApplicationsModule {
  private struct OneReview: Codable, Sendable {
    let review: ReviewID
  }

  var reviewsPage: PortalPage {
    PortalPage(
      "applications.my-reviews", "/reviews", by: [.reviewer],
      Words(en: "My reviews", fr: "Mes relectures"), inMenu: true, byLetter: true
    ) { (_: Nothing, transaction) in
      guard let reviewer = transaction.actor.subject(as: .reviewer, ReviewerID.self) else {
        throw Problem.forbidden
      }
      let rows = try transaction.select(
        ReviewRow.self, "WHERE reviewer_id = \(reviewer) ORDER BY assigned_at, id")
      var lines: [(name: Name, call: Name, row: ReviewRow)] = []
      for row in rows {
        let application = try transaction.get(ApplicationRow.self, row.applicationId)
        guard try ApplicationsPolicy.sees(application, transaction) else { continue }
        lines.append(
          (
            try transaction.get(OrganisationRow.self, application.organisationId).name,
            try transaction.get(CallRow.self, row.callId).title, row
          ))
      }
      lines.sort {
        ($0.row.scoredAt == nil ? 0 : 1, $0.name.description) < (
          $1.row.scoredAt == nil ? 0 : 1, $1.name.description
        )
      }
      return PageContent(title: Words(en: "My reviews", fr: "Mes relectures")) {
        Block.progress(
          Progress(
            Words(en: "Reviews written", fr: "Relectures rédigées"),
            done: lines.count { $0.row.scoredAt != nil }, of: lines.count))
        Block.table(
          Table(
            Words(en: "Applications I review", fr: "Candidatures que je relis"),
            columns: [
              Column(en: "Association", fr: "Association"), Column(en: "Call", fr: "Appel"),
              Column(en: "State", fr: "État"),
            ],
            rows: lines.map { line in
              TableRow(
                [
                  .text(line.name), .text(line.call),
                  line.row.scoredAt == nil
                    ? .tag(Words(en: "to write", fr: "à rédiger"), .warning)
                    : .tag(Words(en: "written", fr: "rédigée"), .good),
                ], page: "/reviews/\(line.row.id)")
            }, empty: Words(en: "Nothing to review.", fr: "Rien à relire.")))
      }
    }
  }

  var reviewPage: PortalPage {
    PortalPage(
      "applications.review", "/reviews/{review}", by: [.reviewer],
      Words(en: "A review", fr: "Une relecture"), byLetter: true
    ) { (input: OneReview, transaction) in
      guard let row = try transaction.find(ReviewRow.self, input.review),
        row.reviewerId == transaction.actor.subject(as: .reviewer, ReviewerID.self)
      else { throw Problem.notFound(ReviewRow.noun, input.review) }
      let application = try ApplicationsPolicy.application(row.applicationId, in: transaction)
      let call = try transaction.get(CallRow.self, row.callId)
      let organisation = try transaction.get(OrganisationRow.self, application.organisationId)
      let answers = try application.answers.value
      var values: [String: JSON] = [:]
      for (key, mark) in row.scores ?? [:] {
        values["scores.\(key)"] = .integer(Int64(mark.value))
      }
      if let comment = row.comment { values["comment"] = .string(comment.description) }
      return PageContent(
        title: Words(organisation.name.description), over: Words(call.title.description),
        trail: [Link(Words(en: "My reviews", fr: "Mes relectures"), "/reviews")]
      ) {
        Block.beside(
          [
            .section(Words(en: "The application", fr: "La candidature")) {
              call.shown(answers)
            }
          ],
          [
            .section(Words(en: "Your review", fr: "Votre relecture")) {
              Block.form(
                "applications.score",
                call.criteria.map { criterion in
                  FormField(
                    "scores.\(criterion.key)", label: criterion.name,
                    hint: Words(
                      en: "From 0 to 5; counts \(criterion.weight.value).",
                      fr: "De 0 à 5 ; compte \(criterion.weight.value)."),
                    as: .select, choices: (0...5).map { FormChoice($0, name: $0) }, required: true,
                    schema: JSONSchema(.integer(minimum: 0, maximum: 5)))
                } + [FormField("comment", as: .lines(6))],
                fixed: ["review": .string(row.id.description)], values: values,
                version: row.version,
                button: Words(en: "Save the review", fr: "Enregistrer la relecture"),
                then: .page(
                  "/reviews", Words(en: "The review is in.", fr: "La relecture est enregistrée.")))
            },
            .details(
              Words(
                en: "I know this organisation too well",
                fr: "Je connais trop bien cette organisation"),
              [
                .form(
                  "applications.declare-conflict", [FormField("reason", as: .lines(2))],
                  fixed: [
                    "reviewer": .string(row.reviewerId.description),
                    "organisation": .string(organisation.id.description),
                  ], button: Words(en: "Somebody else reads it", fr: "Quelqu’un d’autre la lira"),
                  tone: .warning,
                  then: .page(
                    "/reviews",
                    Words(
                      en: "Noted: somebody else will read it.",
                      fr: "C’est noté : quelqu’un d’autre la lira.")))
              ]),
          ])
      }
    }
  }
}

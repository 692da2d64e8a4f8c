internal import ApplicationsAPI
internal import Kernel
internal import Pages

// Who reads what: reviewers, their reviews, and who is too close to whom.
extension ApplicationsModule {
  var juryPage: PortalPage {
    PortalPage(
      "applications.jury", "/jury", by: .staff, Words(en: "The jury", fr: "Le jury"), inMenu: true
    ) { (_: Nothing, transaction) in
      let reviewers = try transaction.select(ReviewerRow.self, "ORDER BY position")
      var open: [ReviewerID: Int] = [:]
      for row in try transaction.rows(
        """
        SELECT reviewer_id, COUNT(*) AS n FROM applications_review WHERE scored_at IS NULL
        GROUP BY reviewer_id
        """)
      { open[try row.get("reviewer_id")] = try row.get("n", as: Int.self) }
      let active = reviewers.filter { $0.retiredAt == nil }
      return PageContent(title: Words(en: "The jury", fr: "Le jury")) {
        Block.table(
          Table(
            Words(en: "Reviewers", fr: "Relecteurs"),
            columns: [
              Column(en: "Name", fr: "Nom"), Column(en: "Address", fr: "Adresse"),
              Column(en: "To write", fr: "À rédiger", number: true),
              Column(en: "State", fr: "État"),
            ],
            rows: reviewers.map { reviewer in
              TableRow([
                .text(reviewer.name), .email(reviewer.email), .number(open[reviewer.id] ?? 0),
                reviewer.retiredAt == nil
                  ? .tag(Words(en: "reads", fr: "en activité"), .good)
                  : .tag(Words(en: "left", fr: "parti")),
              ])
            }, empty: Words(en: "Nobody yet.", fr: "Personne pour l’instant."), csv: "jury"))
        Block.section(Words(en: "Register a reviewer", fr: "Inscrire un relecteur")) {
          Block.form(
            "applications.register-reviewer", ["name", "email", "language"],
            values: ["language": "fr"], button: Words(en: "Register", fr: "Inscrire"),
            then: .here(Words(en: "Registered.", fr: "C’est inscrit.")))
        }
        for reviewer in active {
          Block.details(
            Words(en: "\(reviewer.name) leaves the jury", fr: "\(reviewer.name) quitte le jury"),
            [
              .form(
                "applications.retire-reviewer",
                [
                  FormField(
                    "standIn", as: .select,
                    choices: active.filter { $0.id != reviewer.id }.map {
                      FormChoice($0.id, name: $0.name)
                    })
                ], fixed: ["reviewer": .string(reviewer.id.description)],
                button: Words(en: "Note the departure", fr: "Noter le départ"), tone: .warning,
                then: .here(Words(en: "Noted.", fr: "C’est noté.")))
            ])
        }
      }
    }
  }

  /// All that somebody has not scored goes to others at once.
  private func releasing(_ open: [ReviewView], from reviewer: ReviewerRow) -> Block {
    .details(
      Words(
        en: "\(reviewer.name): take the \(open.count) that are not scored away",
        fr: "\(reviewer.name) : retirer les \(open.count) relectures non notées"),
      [
        .form(
          "applications.release-reviews", [],
          fixed: ["reviews": .array(open.map { .string($0.id.description) })],
          button: Words(en: "Take them away", fr: "Les retirer"), tone: .warning,
          then: .here(
            Words(
              en: "They are free: share them out again.",
              fr: "C’est fait : répartissez-les de nouveau.")))
      ])
  }

  var assignmentPage: PortalPage {
    PortalPage(
      "applications.assignment", "/calls/{call}/reviews", by: .staff,
      Words(en: "Reviews of a call", fr: "Relectures d’un appel")
    ) { (input: OneCall, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      let submitted = try submittedApplications(to: call, in: transaction)
      let reviews = try ReviewView.all(
        transaction.select(ReviewRow.self, "WHERE call_id = \(call.id)"), in: transaction
      ).alphabetical { [$0.organisationName.description, $0.reviewerName.description] }
      let reviewers = try transaction.select(
        ReviewerRow.self, "WHERE retired_at IS NULL ORDER BY position")
      let applicants = Set(submitted.map(\.1.id))
      let likely = try likelyConflicts(in: transaction).filter {
        applicants.contains($0.organisation)
      }
      let state = call.state(at: transaction.now)
      let mayAssign = state == .closed || state == .open
      return PageContent(
        title: Words(en: "Reviews", fr: "Relectures"), over: Words(call.title.description),
        trail: [Link(Words(call.title.description), "/calls/\(call.id)")]
      ) {
        Block.progress(
          Progress(
            Words(en: "Reviews written", fr: "Relectures rédigées"),
            done: reviews.count { $0.scoredAt != nil }, of: reviews.count))
        likelySection(likely)
        if mayAssign {
          Block.section(Words(en: "Share them out", fr: "Répartir"), id: "assign") {
            Block.paragraph(
              en: "Evenly, and nobody reads an organisation they have to do with.",
              fr: "Équitablement, et personne ne lit une organisation avec laquelle il a un lien.")
            Block.form(
              "applications.assign-reviews", ["perApplication"],
              fixed: ["call": .string(call.id.description)], values: ["perApplication": 2],
              button: Words(en: "Assign reviewers", fr: "Attribuer les relectures"),
              then: .here(
                Words(
                  en: "Reviewers are assigned, and told.",
                  fr: "Les relectures sont attribuées et annoncées.")))
          }
        }
        Block.table(
          Table(
            Words(en: "Who reads what", fr: "Qui lit quoi"),
            columns: [
              Column(en: "Organisation", fr: "Organisation"),
              Column(en: "Reviewer", fr: "Relecteur"),
              Column(en: "State", fr: "État"),
              Column(en: "Open for days", fr: "Jours d’attente", number: true),
              Column(en: "To do", fr: "À faire"),
            ],
            rows: reviews.map { row(of: $0, isOpen: mayAssign) },
            empty: Words(en: "Nothing is assigned yet.", fr: "Rien n’est encore attribué."),
            csv: "reviews"))
        if mayAssign {
          for reviewer in reviewers {
            let open = reviews.filter { $0.reviewer == reviewer.id && $0.scoredAt == nil }
            if open.count > 1 { releasing(open, from: reviewer) }
          }
        }
        if mayAssign, !reviewers.isEmpty {
          for (application, organisation) in submitted {
            Block.details(
              Words(
                en: "One more reviewer for \(organisation.name)",
                fr: "Un relecteur de plus pour \(organisation.name)"),
              [
                .form(
                  "applications.assign-review",
                  [
                    FormField(
                      "reviewer", as: .select,
                      choices: reviewers.map { FormChoice($0.id, name: $0.name) })
                  ], fixed: ["application": .string(application.id.description)],
                  button: Words(en: "Give it to them", fr: "Confier"),
                  then: .here(Words(en: "Given.", fr: "C’est confié.")))
              ])
          }
        }
      }
    }
  }

  private func row(of review: ReviewView, isOpen: Bool) -> TableRow {
    TableRow(
      [
        .text(review.organisationName), .text(review.reviewerName),
        review.scoredAt == nil
          ? .tag(Words(en: "to write", fr: "à rédiger"), .warning)
          : .tag(Words(en: "written", fr: "rédigée"), .good),
        .optional(review.openDays) { .number($0) },
        isOpen && review.scoredAt == nil
          ? .button(
            Form(
              "applications.release-review", fixed: ["review": .string(review.id.description)],
              button: Words(
                en: "Take \(review.organisationName) from \(review.reviewerName)",
                fr: "Retirer \(review.organisationName) à \(review.reviewerName)"),
              then: .here(Words(en: "Taken back.", fr: "C’est retiré.")))) : .none,
      ], page: "/applications/\(review.application)")
  }

  private func likelySection(_ likely: [LikelyConflict]) -> [Block] {
    guard !likely.isEmpty else { return [] }
    return [
      .section(
        Words(en: "Too close? You say", fr: "Trop proches ? À vous de dire"), id: "conflicts"
      ) {
        for one in likely {
          Block.notice(
            .warning,
            Words(
              en: "\(one.reviewerName) and \(one.organisationName)",
              fr: "\(one.reviewerName) et \(one.organisationName)"), one.why)
          Block.form(
            "applications.declare-conflict", [],
            fixed: [
              "reviewer": .string(one.reviewer.description),
              "organisation": .string(one.organisation.description),
            ],
            button: Words(
              en: "Yes: \(one.reviewerName) does not read it",
              fr: "Oui : \(one.reviewerName) ne la lit pas"),
            then: .here(Words(en: "Noted.", fr: "C’est noté.")))
          Block.form(
            "applications.clear-conflict", [FormField("reason", as: .lines(2))],
            fixed: [
              "reviewer": .string(one.reviewer.description),
              "organisation": .string(one.organisation.description),
            ], button: Words(en: "No: they may read it", fr: "Non : lecture possible"),
            then: .here(Words(en: "Noted.", fr: "C’est noté.")))
        }
      }
    ]
  }
}

internal import ApplicationsAPI
internal import Kernel
internal import Pages

extension ApplicationsModule {
  /// What staff may do with one application: its reviews, more time, ways back.
  func desk(_ row: ApplicationRow, _ call: CallRow, _ transaction: Transaction) throws -> [Block] {
    let id: [String: JSON] = ["application": .string(row.id.description)]
    var blocks: [Block] = []
    let reviews = try transaction.select(
      ReviewRow.self, "WHERE application_id = \(row.id) ORDER BY assigned_at, id")
    if !reviews.isEmpty {
      blocks.append(
        try .section(Words(en: "Reviews", fr: "Relectures"), id: "reviews") {
          Block.table(
            Table(
              Words(en: "Reviews of this application", fr: "Relectures de cette candidature"),
              columns: [
                Column(en: "Reviewer", fr: "Relecteur"), Column(en: "State", fr: "État"),
                Column(en: "Score", fr: "Note", number: true),
                Column(en: "Comment", fr: "Commentaire"),
              ],
              rows: try reviews.map { review in
                let reviewer = try transaction.find(ReviewerRow.self, review.reviewerId)
                return TableRow([
                  .optional(reviewer) { .text($0.name) },
                  review.scoredAt == nil
                    ? .tag(Words(en: "to write", fr: "à rédiger"), .warning)
                    : .tag(Words(en: "written", fr: "rédigée"), .good),
                  .optional(
                    review.scores.flatMap { weightedMean(of: [$0], by: call.criteria) }
                  ) { .hundredths(Int64($0)) },
                  .optional(review.comment) { .text($0) },
                ])
              }, empty: Words(en: "No review.", fr: "Aucune relecture.")))
        })
    }
    let why: [FormField] = [
      FormField(
        "reason.fr", label: Words(en: "Reason, in French", fr: "Raison, en français"), as: .lines(3)
      ),
      FormField(
        "reason.en", label: Words(en: "Reason, in English", fr: "Raison, en anglais"), as: .lines(3)
      ),
    ]
    switch row.state {
    case .draft:
      blocks.append(
        .details(
          Words(en: "Give this organisation more time", fr: "Donner plus de temps"),
          [
            .form(
              "applications.extend-deadline", ["until"],
              fixed: [
                "call": .string(call.id.description),
                "organisation": .string(row.organisationId.description),
              ], button: Words(en: "Give more time", fr: "Donner plus de temps"),
              then: .here(Words(en: "They are told.", fr: "L’organisation est prévenue.")))
          ]))
    case .laureate:
      blocks.append(
        .details(
          Words(en: "Give more time to confirm", fr: "Donner plus de temps pour confirmer"),
          [
            .form(
              "applications.extend-confirmation", ["until"], fixed: id, version: row.version,
              button: Words(en: "Give more time", fr: "Donner plus de temps"),
              then: .here(Words(en: "They are told.", fr: "L’organisation est prévenue.")))
          ]))
    case .waiting:
      blocks.append(
        .details(
          Words(en: "Give it a free place now", fr: "Lui donner une place libre"),
          [
            .form(
              "applications.promote", [], fixed: id, version: row.version,
              button: Words(en: "Give the place", fr: "Donner la place"), tone: .good,
              confirming: Confirmation(
                Words(en: "Give the place?", fr: "Donner la place ?"),
                Words(
                  en: "The organisation is told that it is chosen, whatever its rank.",
                  fr: "L’organisation apprend qu’elle est retenue, quel que soit son rang."),
                button: Words(en: "Yes, give it", fr: "Oui, la donner")),
              then: .here(Words(en: "They are told.", fr: "L’organisation est prévenue.")))
          ]))
    case .withdrawn, .refused, .declined, .lapsed:
      guard row.submittedAt != nil else { break }
      let endpoint =
        call.state == .decided ? "applications.reconsider" : "applications.reinstate"
      guard call.state == .decided || row.state == .withdrawn else { break }
      blocks.append(
        .details(
          Words(en: "Take this back", fr: "Revenir là-dessus"),
          [
            .form(
              endpoint, why, fixed: id, version: row.version,
              button: Words(en: "Take it back", fr: "Revenir dessus"),
              then: .here(Words(en: "They are told.", fr: "L’organisation est prévenue.")))
          ]))
    case .submitted, .confirmed: break
    }
    return blocks
  }
}

internal import ApplicationsAPI
internal import Kernel

/// Where an application stands after the reviews.
struct Standing: Codable, Sendable, Equatable {
  /// Equal scores share a rank.
  var rank: Int
  let application: ApplicationID
  let organisation: OrganisationID
  let organisationName: Name
  let state: ApplicationState
  /// The weighted mean over its reviews, 0 to 500 hundredths; nil without one, and for reviewers until
  /// the operator opens the scores: of two reviews, who wrote one could work out the other.
  var score: Int?
  let reviews: Int
  let reviewsMissing: Int
}

/// The weighted mean of some reviews in hundredths, halves up; nil without a review.
func weightedMean(of reviews: [[String: Mark]], by criteria: [Criterion]) -> Int? {
  let weight = criteria.reduce(0) { $0 + $1.weight.value }
  guard !reviews.isEmpty, weight > 0 else { return nil }
  let points = reviews.reduce(0) { sum, scores in
    sum
      + criteria.reduce(0) { $0 + $1.weight.value * (scores[$1.key.description]?.value ?? 0) }
  }
  let share = weight * reviews.count
  return (200 * points + share) / (2 * share)
}

/// Highest score first, those without a review last, ties by name.
func ranked(_ standings: [Standing]) -> [Standing] {
  var sorted = standings.sorted {
    (-($0.score ?? -1), $0.organisationName.description, $0.application)
      < (-($1.score ?? -1), $1.organisationName.description, $1.application)
  }
  for index in sorted.indices {
    let tied = index > 0 && sorted[index - 1].score == sorted[index].score
    sorted[index].rank = tied ? sorted[index - 1].rank : index + 1
  }
  return sorted
}

/// What the ranking needs of an application.
private struct Contender: Record {
  static let table = ApplicationRow.table
  static let columns: StaticString = "id, organisation_id, state"

  let id: ApplicationID
  let organisationId: OrganisationID
  let state: ApplicationState
}

/// What the ranking needs of a review.
private struct Scoring: Record {
  static let table = ReviewRow.table
  static let columns: StaticString = "id, application_id, reviewer_id, scores"

  let id: ReviewID
  let applicationId: ApplicationID
  let reviewerId: ReviewerID
  let scores: [String: Mark]?
}

extension ApplicationsModule {
  @UseCases var aboutRanking: [Endpoint] {
    showRanking
    openScores
  }

  var showRanking: UseCase<OfCall, [Standing]> {
    .query(
      "applications.ranking", "/calls/{call}/ranking", by: .staff(and: .reviewer),
      Words(
        en: "Rank the applications by weighted score; reviewers see the places after deliberation",
        fr: "Classer les candidatures par note pondérée ; le jury voit les rangs après délibération"
      ),
      problems: ["applications/call-state"]
    ) { (input: OfCall, transaction) in
      let call = try ApplicationsPolicy.call(input.call, in: transaction)
      let reviewer = transaction.actor.subject(as: .reviewer, ReviewerID.self)
      guard transaction.actor.isStaff || call.state == .decided else {
        throw ApplicationsError.callState(call.state(at: transaction.now))
      }
      // Neither a row nor a gap in the ranks says how an organisation somebody has to do with fared.
      let hidden = try reviewer.map { try conflicts(in: transaction)[$0] ?? [] } ?? []
      let ranking = try ranked(
        standings(in: call, transaction).filter { !hidden.contains($0.organisation) })
      if try transaction.actor.isStaff || scoresAreOpen(in: call, transaction) { return ranking }
      return ranking.map { standing in
        var placed = standing
        placed.score = nil
        return placed
      }
    }
  }

  var openScores: UseCase<OfCall, CallView> {
    .command(
      "applications.open-scores", .post, "/calls/{call}/scores-opening", by: .staff,
      Words(
        en: "Let reviewers see the scores in the ranking of a decided call",
        fr: "Laisser le jury voir les notes dans le classement d’un appel décidé"),
      problems: ["applications/call-state"]
    ) { (input: OfCall, transaction) in
      let call = try transaction.get(CallRow.self, input.call)
      guard call.state == .decided else {
        throw ApplicationsError.callState(call.state(at: transaction.now))
      }
      if try !scoresAreOpen(in: call, transaction) {
        try transaction.execute(
          """
          INSERT INTO applications_opened_scores (call_id, opened_at)
          VALUES (\(call.id), \(transaction.now))
          """)
      }
      return CallView(call, at: transaction.now)
    }
  }

  func scoresAreOpen(in call: CallRow, _ connection: any Connection) throws -> Bool {
    try !connection.rows(
      "SELECT call_id FROM applications_opened_scores WHERE call_id = \(call.id)"
    ).isEmpty
  }

  func standings(in call: CallRow, _ connection: any Connection) throws -> [Standing] {
    let rows = try connection.select(
      Contender.self, "WHERE call_id = \(call.id) AND state NOT IN ('draft', 'withdrawn')")
    let reviews = Dictionary(
      grouping: try connection.select(Scoring.self, "WHERE call_id = \(call.id)"),
      by: \.applicationId)
    let conflicts = try conflicts(in: connection)
    let names = try connection.find(OrganisationName.self, all: rows.map(\.organisationId))
    return rows.compactMap { application in
      let organisation = application.organisationId
      guard let name = names[organisation]?.name else { return nil }
      // What somebody in conflict thought does not count, for as long as the conflict stands.
      let all = (reviews[application.id] ?? []).filter {
        conflicts[$0.reviewerId]?.contains(organisation) != true
      }
      let scored = all.compactMap(\.scores)
      return Standing(
        rank: 0, application: application.id, organisation: organisation,
        organisationName: name, state: application.state,
        score: weightedMean(of: scored, by: call.criteria), reviews: scored.count,
        reviewsMissing: all.count - scored.count)
    }
  }
}

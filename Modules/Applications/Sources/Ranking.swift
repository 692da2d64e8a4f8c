internal import ApplicationsAPI
internal import Kernel

/// Where an application stands after the reviews.
struct Standing: Codable, Sendable, Equatable {
  /// Equal scores share a rank.
  let rank: Int
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

/// What a ranking reads of an application.
private struct Contender: Record {
  static let table = ApplicationRow.table
  static let columns: StaticString =
    "id, organisation_id, organisation_order, state, behind, reviews, reviews_missing"

  let id: ApplicationID
  let organisationId: OrganisationID
  let organisationOrder: String
  let state: ApplicationState
  let behind: Behind
  let reviews: Int
  let reviewsMissing: Int
}

extension ApplicationsModule {
  @UseCases var aboutRanking: [Endpoint] {
    showRanking
    openScores
  }

  struct RankingOf: Codable, Sendable {
    let call: CallID
    let after: PageMark?
    let limit: PageSize?
  }

  var showRanking: UseCase<RankingOf, Page<Standing>> {
    .query(
      "applications.ranking", "/calls/{call}/ranking", by: .staff(and: .reviewer),
      Words(
        en: "Rank the applications by weighted score; reviewers see the places after deliberation",
        fr: "Classer les candidatures par note pondérée ; le jury voit les rangs après délibération"
      ),
      problems: ["applications/call-state"]
    ) { (input: RankingOf, transaction) in
      let call = try ApplicationsPolicy.call(input.call, in: transaction)
      let reviewer = transaction.actor.subject(as: .reviewer, ReviewerID.self)
      guard transaction.actor.isStaff || call.state == .decided else {
        throw ApplicationsError.callState(call.state(at: transaction.now))
      }
      // Neither a row nor a gap in the ranks says how an organisation somebody has to do with fared.
      let hidden = try reviewer.map { try conflicts(of: $0, in: transaction) } ?? []
      let shown: SQL =
        hidden.isEmpty
        ? "state NOT IN ('draft', 'withdrawn')"
        : """
        state NOT IN ('draft', 'withdrawn')
          AND organisation_id NOT IN \(list: hidden.sorted())
        """
      let page = try standings(
        in: call.id, where: shown, after: input.after, limit: input.limit, transaction)
      if try transaction.actor.isStaff || scoresAreOpen(in: call, transaction) { return page }
      return page.map { standing in
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

  /// A page of the applications to a call that `condition` picks: highest score first, those without a
  /// review last, ties by name.
  func standings(
    in call: CallID, where condition: SQL, after: PageMark?, limit: PageSize?,
    _ connection: any Connection
  ) throws -> Page<Standing> {
    let picked: SQL = "call_id = \(call) AND \(part: condition)"
    let page = try connection.page(
      Contender.self, where: picked, by: "behind", "organisation_order", "id", after: after,
      limit: limit)
    let names = try connection.find(OrganisationName.self, all: page.items.map(\.organisationId))
    var ranks = try Ranks(of: page.items, after: after != nil, where: picked, connection)
    return Page(
      items: page.items.enumerated().compactMap { index, contender in
        let rank = ranks.rank(at: index, contender.behind)
        guard let name = names[contender.organisationId]?.name else { return nil }
        return Standing(
          rank: rank, application: contender.id, organisation: contender.organisationId,
          organisationName: name, state: contender.state, score: contender.behind.score,
          reviews: contender.reviews, reviewsMissing: contender.reviewsMissing)
      }, next: page.next)
  }
}

/// Gives ranks to a page of a ranking: equal scores share one, wherever a page begins among them.
private struct Ranks {
  /// How many stand before the page.
  private let before: Int
  private var current: (behind: Behind, rank: Int)?

  init(
    of page: [Contender], after isLater: Bool, where picked: SQL, _ connection: any Connection
  ) throws {
    guard isLater, let first = page.first else {
      before = 0
      return
    }
    before = try connection.count(
      Contender.self,
      """
      WHERE \(part: picked) AND (behind, organisation_order, id)
        < (\(first.behind), \(first.organisationOrder), \(first.id))
      """)
    let better = try connection.count(
      Contender.self, "WHERE \(part: picked) AND behind < \(first.behind)")
    current = (first.behind, better + 1)
  }

  mutating func rank(at index: Int, _ behind: Behind) -> Int {
    if let current, current.behind == behind { return current.rank }
    let rank = before + index + 1
    current = (behind, rank)
    return rank
  }
}

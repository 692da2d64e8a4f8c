internal import ApplicationsAPI
internal import Kernel

// What the reviews of an application come to is kept beside it, so that a page of a ranking reads a
// page of rows. Whoever changes a review, or who has to do with an organisation, says so here.

/// How far a score is from the best there can be: 0 to 500 hundredths, 501 without a review. Ascending,
/// it is the order of the ranking.
struct Behind: Codable, Sendable, Hashable, SQLConvertible {
  let value: Int

  init(score: Int?) { value = score.map { 500 - $0 } ?? 501 }

  var score: Int? { value > 500 ? nil : 500 - value }

  var sqlValue: SQLValue { value.sqlValue }
  init?(sqlValue: SQLValue) {
    guard let value = Int(sqlValue: sqlValue), (0...501).contains(value) else { return nil }
    self.value = value
  }
}

/// An application whose reviews are counted, and what is kept of them.
private struct Counted: Record {
  static let table = ApplicationRow.table
  static let columns: StaticString =
    "id, call_id, organisation_id, behind, reviews, reviews_missing"

  let id: ApplicationID
  let callId: CallID
  let organisationId: OrganisationID
  let behind: Int
  let reviews: Int
  let reviewsMissing: Int
}

/// What counts of a review.
private struct Scoring: Record {
  static let table = ReviewRow.table
  static let columns: StaticString = "id, application_id, reviewer_id, scores"

  let id: ReviewID
  let applicationId: ApplicationID
  let reviewerId: ReviewerID
  let scores: [String: Mark]?
}

/// What a call weighs.
private struct Weighing: Record {
  static let table = CallRow.table
  static let columns: StaticString = "id, criteria"

  let id: CallID
  let criteria: [Criterion]
}

/// Counts the reviews of the applications that `condition` picks again: what was scored by somebody
/// who has nothing to do with the organisation, and what is still missing.
func keepStandings(where condition: SQL, in connection: any Connection) throws {
  let applications = try connection.select(Counted.self, "WHERE \(part: condition)")
  for start in stride(from: 0, to: applications.count, by: 500) {
    try keepStandings(
      of: Array(applications[start..<min(start + 500, applications.count)]), in: connection)
  }
}

private func keepStandings(of applications: [Counted], in connection: any Connection) throws {
  let reviews = try connection.select(
    Scoring.self, "WHERE application_id IN \(list: applications.map(\.id))")
  let given = Dictionary(grouping: reviews, by: \.applicationId)
  let conflicts = try conflicts(
    of: Set(reviews.map(\.reviewerId)), among: Set(applications.map(\.organisationId)),
    in: connection)
  let calls = try connection.find(Weighing.self, all: applications.map(\.callId))
  for application in applications {
    // What somebody in conflict thought does not count, for as long as the conflict stands.
    let all = (given[application.id] ?? []).filter {
      conflicts[$0.reviewerId]?.contains(application.organisationId) != true
    }
    let scored = all.compactMap(\.scores)
    let behind = Behind(
      score: weightedMean(of: scored, by: calls[application.callId]?.criteria ?? []))
    let missing = all.count - scored.count
    guard
      (behind.value, scored.count, missing)
        != (application.behind, application.reviews, application.reviewsMissing)
    else { continue }
    try connection.execute(
      """
      UPDATE \(ApplicationRow.self) SET behind = \(behind), reviews = \(scored.count),
        reviews_missing = \(missing) WHERE id = \(application.id)
      """)
  }
}

/// Counts again what was reviewed of an organisation, after who has to do with it changed.
func keepStandings(of organisation: OrganisationID, in connection: any Connection) throws {
  try keepStandings(where: "organisation_id = \(organisation)", in: connection)
}

func keepStanding(of application: ApplicationID, in connection: any Connection) throws {
  try keepStandings(where: "id = \(application)", in: connection)
}

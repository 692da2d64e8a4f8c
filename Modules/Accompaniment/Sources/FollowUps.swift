internal import AccompanimentAPI
internal import Kernel
internal import ProgrammesAPI

enum FollowUpEntity {}

struct FollowUpRow: Record {
  static let table = "accompaniment_follow_up"

  let id: ID<FollowUpEntity>
  let editionId: EditionID
  let journey: JourneyID
  let months: Int
  let askedAt: Instant
  var note: Paragraph?
  var answeredAt: Instant?
}

struct FollowUpView: Codable, Sendable {
  let months: Int
  let askedAt: Instant
  let note: Paragraph?
  let answeredAt: Instant?

  init(_ row: FollowUpRow) {
    months = row.months
    askedAt = row.askedAt
    note = row.note
    answeredAt = row.answeredAt
  }
}

extension AccompanimentModule {
  @UseCases var aboutFollowUps: [Endpoint] {
    answerFollowUp
  }

  struct Answer: Codable, Sendable {
    let journey: JourneyID
    let months: Whole<1, 120>
    let note: Paragraph
  }

  var answerFollowUp: UseCase<Answer, JourneyView> {
    .command(
      "accompaniment.follow-up", .post, "/journeys/{journey}/follow-ups",
      by: .staff(and: .member),
      Words(
        en: "Tell what stayed some months after the mission; the last answer holds",
        fr: "Dire ce qui reste quelques mois après la mission ; la dernière réponse vaut"),
      problems: ["accompaniment/follow-up-not-asked"],
      asking: { (_: Answer, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var journey = try policy.journey(input.journey, in: transaction)
      guard
        var row = try transaction.first(
          FollowUpRow.self, "WHERE journey = \(journey.id) AND months = \(input.months)")
      else { throw AccompanimentError.followUpNotAsked(months: input.months.value) }
      row.note = input.note
      row.answeredAt = transaction.now
      try transaction.update(row)
      journey.reach(.followedUp)
      try transaction.update(&journey)
      return try JourneyView(journey, in: transaction)
    }
  }

  /// Asks each organisation once per anniversary, however often it runs and however late.
  var askFollowUps: Job {
    .every(
      seconds: 3600, "accompaniment.follow-ups",
      outside: { run in
        let editions = try await run.read { transaction in
          try transaction.rows(
            "SELECT DISTINCT edition_id FROM accompaniment_journey ORDER BY edition_id"
          ).map { try $0.get("edition_id", as: EditionID.self) }
        }
        for id in editions {
          let edition = try await programmes.edition(id)
          let today = edition.zone.day(of: run.context.now)
          let due = followUpMonths.filter { edition.ends.advanced(byMonths: $0) <= today }.sorted()
          // What fell due while the program was down is asked for once: the latest stands for all.
          for (index, months) in due.enumerated() {
            let isLatest = index == due.count - 1
            try await run.write { try ask(id, months: months, isSaid: isLatest, in: $0) }
          }
        }
      })
  }
}

private func ask(
  _ edition: EditionID, months: Int, isSaid: Bool, in transaction: Transaction
) throws {
  let due = try transaction.select(
    JourneyRow.self,
    """
    WHERE edition_id = \(edition) AND ended_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM accompaniment_follow_up f
      WHERE f.journey = accompaniment_journey.id AND f.months = \(months))
    ORDER BY organisation_name, id
    """)
  for journey in due {
    try transaction.insert(
      FollowUpRow(
        id: transaction.newID(), editionId: edition, journey: journey.id, months: months,
        askedAt: transaction.now, note: nil, answeredAt: nil))
    guard isSaid else { continue }
    try transaction.emit(
      FollowUpDue(
        edition: edition, journey: journey.id, organisation: journey.organisation, months: months))
  }
}

internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel

extension AccompanimentModule {
  @UseCases var aboutBriefChanges: [Endpoint] {
    correctBrief
    cancelBrief
    restoreBrief
  }

  struct Correct: Codable, Sendable {
    let brief: BriefID
    let version: Int?
    let title: Name
    let context: Paragraph
    let deliverable: Name
  }
  struct Because: Codable, Sendable {
    let brief: BriefID
    let version: Int?
    let reason: Paragraph
  }

  var correctBrief: UseCase<Correct, BriefView> {
    .command(
      "accompaniment.correct-brief", .put, "/briefs/{brief}/texts", by: .staff,
      Words(
        en: "Correct the texts of a brief, published or not; roles and half-days stay",
        fr: "Corriger les textes d’un cahier des charges, publié ou non ; rôles et séances restent"
      ),
      problems: ["accompaniment/brief-cancelled"],
      asking: { (_: Correct, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var row = try policy.brief(input.brief, in: transaction)
      try row.expect(version: input.version)
      try row.expectStanding()
      row.title = input.title
      row.titleOrder = SortKey(input.title).stored
      row.context = input.context
      row.deliverable = input.deliverable
      try transaction.update(&row)
      if row.state == .published {
        try transaction.emit(
          BriefCorrected(
            edition: row.editionId, brief: row.id, title: row.title, deliverable: row.deliverable))
      }
      return BriefView(row)
    }
  }

  var cancelBrief: UseCase<Because, BriefView> {
    .command(
      "accompaniment.cancel-brief", .post, "/briefs/{brief}/cancellation", by: .staff,
      Words(
        en:
          "Cancel a brief; its mission is cancelled, and its team told and placed elsewhere first",
        fr: "Annuler un cahier des charges ; sa mission l’est aussi, l’équipe prévenue et replacée"),
      problems: ["accompaniment/brief-cancelled"],
      asking: { (_: Because, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var row = try policy.brief(input.brief, in: transaction)
      try row.expect(version: input.version)
      try row.expectStanding()
      try cancel(&row, because: input.reason, in: transaction)
      return BriefView(row)
    }
  }

  var restoreBrief: UseCase<Because, BriefView> {
    .command(
      "accompaniment.restore-brief", .post, "/briefs/{brief}/restoration", by: .staff,
      Words(
        en: "Take the cancellation of a brief back; its mission forms anew",
        fr: "Revenir sur l’annulation d’un cahier des charges ; sa mission se reforme"),
      problems: ["accompaniment/brief-stands"],
      asking: { (_: Because, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var row = try policy.brief(input.brief, in: transaction)
      try row.expect(version: input.version)
      guard row.cancelledAt != nil else { throw AccompanimentError.briefStands }
      row.cancelledAt = nil
      row.cancelReason = nil
      try transaction.update(&row)
      if row.state == .published {
        try transaction.emit(
          BriefRestored(edition: row.editionId, brief: row.id, reason: input.reason))
      }
      return BriefView(row)
    }
  }

  /// A laureate that gives its place up needs no mission: its journey ends, its briefs are cancelled.
  var endJourney: Subscription {
    .on(LaureateDeclined.self, "accompaniment.end-journey") { event, transaction in
      guard
        var journey = try transaction.first(
          JourneyRow.self, "WHERE application = \(event.application) AND ended_at IS NULL"),
        let reason = Paragraph(
          "L’organisation a laissé sa place. The organisation gave its place up.")
      else { return }
      journey.endedAt = transaction.now
      try transaction.update(&journey)
      let briefs = try transaction.select(
        BriefRow.self, "WHERE journey = \(journey.id) AND cancelled_at IS NULL ORDER BY title, id")
      for var brief in briefs { try cancel(&brief, because: reason, in: transaction) }
    }
  }
}

private func cancel(
  _ row: inout BriefRow, because reason: Paragraph, in transaction: Transaction
) throws {
  row.cancelledAt = transaction.now
  row.cancelReason = reason
  try transaction.update(&row)
  guard row.state == .published else { return }
  try transaction.emit(
    BriefCancelled(
      edition: row.editionId, brief: row.id, organisation: row.organisation, reason: reason))
}

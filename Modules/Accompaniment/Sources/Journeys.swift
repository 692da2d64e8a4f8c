internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import ProgrammesAPI

extension AccompanimentModule {
  @UseCases var aboutJourneys: [Endpoint] {
    listJourneys
    showJourney
    diagnose
    setActionPlan
  }

  struct ListJourneys: Codable, Sendable {
    let edition: EditionID
    let stage: JourneyStage?
    let after: PageMark?
    let limit: PageSize?
  }
  struct OneJourney: Codable, Sendable {
    let journey: JourneyID
  }
  struct Diagnose: Codable, Sendable {
    let journey: JourneyID
    let version: Int?
    let strengths: Paragraph
    let difficulties: Paragraph
    let ambitions: Paragraph
  }
  struct PlanSteps: Codable, Sendable {
    let journey: JourneyID
    let version: Int?
    let steps: [Step]
  }

  var startJourney: Subscription {
    .on(
      LaureateConfirmed.self, "accompaniment.start-journey",
      asking: { event, _ in try await applications.organisation(event.organisation) }
    ) { event, organisation, transaction in
      guard let edition = event.edition else { return }
      // The same laureate may be confirmed to us twice; it has one journey.
      let known = try transaction.count(
        JourneyRow.self,
        """
        WHERE application = \(event.application)
        OR edition_id = \(edition) AND organisation = \(organisation.id)
        """)
      guard known == 0 else {
        // Back after it had given its place up: the journey goes on where it was.
        try transaction.execute(
          """
          UPDATE accompaniment_journey SET ended_at = NULL, version = version + 1
          WHERE application = \(event.application) AND ended_at IS NOT NULL
          """)
        return
      }
      let row = JourneyRow(
        id: transaction.newID(), version: 1, editionId: edition, application: event.application,
        organisation: organisation.id, organisationName: organisation.name, stage: .started,
        diagnosis: nil, actionPlan: [], startedAt: transaction.now,
        organisationOrder: SortKey(organisation.name).stored)
      try transaction.insert(row)
      try transaction.emit(
        JourneyStarted(edition: edition, journey: row.id, organisation: row.organisation))
    }
  }

  var listJourneys: UseCase<ListJourneys, Page<JourneyLine>> {
    .query(
      "accompaniment.journeys", "/editions/{edition}/journeys", by: .staff(and: .member),
      Words(en: "List the journeys of an edition", fr: "Lister les parcours d’une édition"),
      asking: { (input: ListJourneys, context) in
        _ = try await programmes.edition(input.edition)
        return try await policy(for: context.actor)
      }
    ) { input, policy, transaction in
      let stage: SQL = input.stage.map { "AND stage = \($0.rawValue)" } ?? ""
      return try transaction.page(
        JourneyRow.self,
        where: "edition_id = \(input.edition) \(part: stage) AND \(part: policy.visibleJourneys)",
        by: "organisation_order", "id", after: input.after, limit: input.limit
      ).map(JourneyLine.init)
    }
  }

  var showJourney: UseCase<OneJourney, JourneyView> {
    .query(
      "accompaniment.journey", "/journeys/{journey}", by: .staff(and: .member),
      Words(en: "Show a journey with all that is on it", fr: "Montrer un parcours en entier"),
      asking: { (_: OneJourney, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      try JourneyView(policy.journey(input.journey, in: transaction), in: transaction)
    }
  }

  var diagnose: UseCase<Diagnose, JourneyView> {
    .command(
      "accompaniment.diagnose", .put, "/journeys/{journey}/diagnosis", by: .staff(and: .member),
      Words(
        en: "Write down an organisation's strengths, difficulties and ambitions",
        fr: "Noter les forces, difficultés et ambitions d’une organisation"),
      asking: { (_: Diagnose, context) in try await policy(for: context.actor) }
    ) { input, policy, transaction in
      var row = try policy.journey(input.journey, in: transaction)
      try row.expect(version: input.version)
      row.diagnosis = Diagnosis(
        strengths: input.strengths, difficulties: input.difficulties, ambitions: input.ambitions)
      row.reach(.diagnosed)
      try transaction.update(&row)
      return try JourneyView(row, in: transaction)
    }
  }

  var setActionPlan: UseCase<PlanSteps, JourneyView> {
    .command(
      "accompaniment.action-plan", .put, "/journeys/{journey}/action-plan",
      by: .staff(and: .member),
      Words(
        en: "Set the action plan of a journey; the whole plan is replaced",
        fr: "Fixer le plan d’action d’un parcours ; il est remplacé en entier"),
      asking: { (input: PlanSteps, context) in
        try await around(input.journey, for: context)
      }
    ) { input, around, transaction in
      var row = try around.policy.journey(input.journey, in: transaction)
      try row.expect(version: input.version)
      try refusePast(input.steps, keeping: row.actionPlan, today: around.today)
      row.actionPlan = input.steps
      try transaction.update(&row)
      return try JourneyView(row, in: transaction)
    }
  }
}

/// A new step is due today or later; one that was in the plan may have become late.
private func refusePast(_ steps: [Step], keeping old: [Step], today: Day) throws {
  guard steps.count <= 50 else {
    throw Problem.invalid("steps", en: "at most 50 steps fit", fr: "50 étapes au plus")
  }
  let faults = steps.enumerated().filter { $1.due < today && !old.contains($1) }.map {
    index, step in
    FieldProblem(
      "steps[\(index)].due", en: "\(step.due) is in the past", fr: "\(step.due) est dans le passé")
  }
  guard faults.isEmpty else { throw Problem.invalidInput(faults) }
}

/// What a change on a journey is judged by, asked of other modules before its transaction.
struct Surroundings: Sendable {
  let policy: AccompanimentPolicy
  let edition: Edition
  let halfDays: [HalfDay]
  let catalogue: Catalogue
  /// The date in the edition's zone.
  let today: Day
}

extension AccompanimentModule {
  /// Throws `Problem.notFound` when the journey is not there or not the actor's to see.
  func around(_ journey: JourneyID, for context: Context) async throws -> Surroundings {
    let policy = try await policy(for: context.actor)
    let row = try await host.read { try policy.journey(journey, in: $0) }
    return try await around(edition: row.editionId, policy, at: context.now)
  }

  func around(
    edition id: EditionID, _ policy: AccompanimentPolicy, at now: Instant
  ) async throws -> Surroundings {
    let edition = try await programmes.edition(id)
    return Surroundings(
      policy: policy, edition: edition, halfDays: try await programmes.halfDays(of: id),
      catalogue: try await programmes.catalogue(), today: edition.zone.day(of: now))
  }
}

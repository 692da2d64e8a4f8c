internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

enum RunState: String, Codable, CaseIterable, Sendable {
  /// Being worked out; nobody is placed yet.
  case computing
  /// Ended without teams; `fault` says why.
  case failed
  case draft
  case published
}

/// What a run came to.
struct RunResult: Codable, Sendable, Hashable {
  let status: String
  let seats: Int
  let filled: Int
  let affinity: Int64
  let missionsWithoutSeeker: Int
  let penalties: Int64
  /// How far the points can be from the best at most, in millionths; nil when nothing is proved.
  let gapPerMillion: Int?
  let volunteers: Int
  let placed: Int
  /// No teams fill more seats; nil when nothing is proved.
  var boundFilled: Int?
  /// No teams that fill as many seats have more points; nil when nothing is proved.
  var boundPoints: Int64?
  /// Whether a time limit or somebody ended the run before it was done.
  var stoppedEarly: Bool?
}

/// A run whose teams are worked out.
struct RunRow: Versioned {
  static let table = "matching_run"
  static let noun = Words(en: "run", fr: "appariement")
  let id: RunID
  var version: Int
  let editionId: EditionID
  let number: Int
  var state: RunState
  let strategy: String
  let seed: Int64
  let rules: RunRules
  let weights: AffinityWeights
  let madeAt: Instant
  let result: RunResult
}

extension MatchingModule {
  @UseCases var aboutRuns: [Endpoint] {
    run
    listRuns
    showRun
  }

  struct RunView: Codable, Sendable {
    let run: RunSummary
    let placed: [ProposalRow]
    let waiting: [ProposalRow]
    let vacancies: [VacancyRow]
  }

  /// What is worked out before the transaction: the teams or, where that may take long, nothing yet.
  private enum Prepared: Sendable {
    case teams(Evidence, RunSentences)
    case later
  }

  var run: UseCase<RunRequest, RunSummary> {
    .command(
      "matching.run", .post, "/editions/{edition}/runs", by: .staff,
      Words(
        en: "Work out the best teams of an edition, as a draft",
        fr: "Calculer les meilleures équipes d’une édition, en brouillon"),
      problems: [
        "matching/nothing-to-match", "matching/contradictory-locks", "matching/not-eligible",
      ],
      traits: [.starts(Self.computation), .shown(TeamsForPeople.run)]
    ) { (input: RunRequest, context) in
      let strategy = try input.chosenStrategy()
      let (situation, order, instance) = try await problem(
        of: input.edition, rules: input.rules, keeping: input.from)
      let limit = input.timeLimitSeconds?.value
      let isLong =
        instance.edgeCount > Self.mostPairsAtOnce || (limit ?? 0) > Self.mostSecondsAtOnce
      guard !(input.background ?? isLong) else { return Prepared.later }
      let options = SolveOptions(
        timeLimit: Double(min(limit ?? Self.mostSecondsAtOnce, Self.mostSecondsAtOnce)),
        seed: UInt64(input.seed?.value ?? 1))
      return try await apart {
        let evidence = Evidence(
          situation: situation, order: order, instance: instance,
          solution: try strategy.solve(instance, options: options) { _ in true })
        return .teams(evidence, try RunSentences(evidence))
      }
    } answer: { (input: RunRequest, prepared: Prepared, transaction) in
      let id = transaction.newID(RunID.self)
      let number = try nextNumber(in: input.edition, transaction)
      switch prepared {
      case .teams(let evidence, let sentences):
        let row = RunRow(
          id: id, version: 1, editionId: input.edition, number: number, state: .draft,
          strategy: evidence.solution.strategy, seed: Int64(input.seed?.value ?? 1),
          rules: evidence.order.rules, weights: evidence.order.weights, madeAt: transaction.now,
          result: RunResult(evidence.solution, of: evidence.instance))
        try transaction.insert(row)
        try store(evidence, sentences, of: row, in: transaction)
        return RunSummary(row)
      case .later:
        let row = ComputationRow(
          id: id, editionId: input.edition, number: number,
          strategy: try input.chosenStrategy().name, seed: Int64(input.seed?.value ?? 1),
          rules: input.rules, timeLimitSeconds: input.timeLimitSeconds?.value,
          fromRun: input.from, askedAt: transaction.now)
        try transaction.insert(row)
        try transaction.emit(RunAsked(edition: input.edition, run: id))
        return RunSummary(row)
      }
    }
  }

  /// How a run that is worked out behind the request is followed.
  static let computation = Endpoint.LongWork(
    input: "run", progress: "matching.run-progress", stop: "matching.cancel-run",
    isOverAlready: "matching/not-computing", result: ("matching.show-run", "run"))

  /// A request is answered within seconds: more pairs than these are worked out behind it.
  private static let mostPairsAtOnce = 100_000
  private static let mostSecondsAtOnce = 20

  /// Everything a run of the edition starts from. Throws `MatchingError`.
  func problem(
    of edition: EditionID, rules: RunRules, keeping run: RunID? = nil
  ) async throws -> (MatchingCase, InstanceOrder, Instance) {
    var situation = try await gather(edition)
    guard !situation.briefs.isEmpty else {
      throw MatchingError.nothingToMatch(
        Words(en: "No brief is published.", fr: "Aucun cahier des charges n’est publié."))
    }
    situation.offeredBefore = try await offeredBefore(among: situation)
    let ready = situation
    let order = try await host.read { connection in
      let places = try connection.select(
        PlaceRow.self, "WHERE edition_id = \(edition) ORDER BY number")
      var order = InstanceOrder(
        rules: rules, locks: try locks(of: edition, in: connection),
        weights: try currentWeights(in: connection),
        previous: places.filter(\.state.isActive).map(\.holding))
      if let run { try keep(run, in: ready, order: &order, connection) }
      order.rules = order.rules.completed(
        by: try connection.find(TeamRulesRow.self, edition), TeamStandard(ready))
      return order
    }
    return (situation, order, try await apart { try ready.instance(order) })
  }

  private func nextNumber(in edition: EditionID, _ transaction: Transaction) throws -> Int {
    Int(
      try transaction.nextNumber(
        of: "matching.run.\(edition)",
        after: transaction.rows(
          """
          SELECT COALESCE(MAX(number), 0) AS last FROM (
            SELECT number FROM matching_run WHERE edition_id = \(edition)
            UNION ALL
            SELECT number FROM matching_computation WHERE edition_id = \(edition)) known
          """
        ).first?.get("last") ?? 0))
  }

  var listRuns: UseCase<OfEdition, [RunSummary]> {
    .query(
      "matching.runs", "/editions/{edition}/runs", by: .staff,
      Words(en: "List the runs of an edition", fr: "Lister les appariements d’une édition"),
      traits: [.shown(TeamsForPeople.runs)]
    ) { (input: OfEdition, transaction) in
      let made = try transaction.select(RunRow.self, "WHERE edition_id = \(input.edition)")
      let others = try transaction.select(
        ComputationRow.self, "WHERE edition_id = \(input.edition)")
      return (made.map(RunSummary.init) + others.map(RunSummary.init)).sorted {
        $0.number < $1.number
      }
    }
  }

  var showRun: UseCase<OneRun, RunView> {
    .query(
      "matching.show-run", "/runs/{run}", by: .staff,
      Words(
        en: "Show a run: who is placed where and why, who waits and why, which seats stay empty",
        fr: "Montrer un appariement : placements, attentes et places vides, avec leurs raisons"),
      traits: [.shown(TeamsForPeople.teams)]
    ) { (input: OneRun, transaction) in
      if let open = try transaction.find(ComputationRow.self, input.run) {
        return RunView(run: RunSummary(open), placed: [], waiting: [], vacancies: [])
      }
      let run = try transaction.get(RunRow.self, input.run)
      let all = try transaction.select(
        ProposalRow.self, "WHERE run = \(run.id) ORDER BY position")
      return RunView(
        run: RunSummary(run), placed: all.filter { $0.role != nil },
        waiting: all.filter { $0.role == nil },
        vacancies: try transaction.select(
          VacancyRow.self, "WHERE run = \(run.id) ORDER BY position"))
    }
  }

  /// A run whose teams are worked out. Throws `MatchingError.stillComputing` or
  /// `.failed` for another, `Problem.notFound` for none.
  func finishedRun(_ id: RunID, in connection: any Connection) throws -> RunRow {
    if let open = try connection.find(ComputationRow.self, id) {
      throw open.fault.map(MatchingError.failed) ?? MatchingError.stillComputing
    }
    guard let run = try connection.find(RunRow.self, id) else {
      throw Problem.notFound(RunRow.noun, id)
    }
    return run
  }
}

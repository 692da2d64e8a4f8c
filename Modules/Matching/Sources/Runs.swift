internal import AccompanimentAPI
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import PartnersAPI
internal import ProgrammesAPI

enum RunState: String, Codable, CaseIterable, Sendable {
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
}

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
  private struct Run: Codable, Sendable {
    let edition: EditionID
    let strategy: Name?
    let seed: Whole<0, 2_147_483_647>?
    let companyCap: Whole<1, 10>?
    let seekerPenalty: Whole<0, 100_000>?
    let minimumTeam: Whole<0, 20>?
    let timeLimitSeconds: Whole<1, 3600>?

    var rules: RunRules {
      RunRules(companyCap: companyCap, seekerPenalty: seekerPenalty, minimumTeam: minimumTeam)
    }
  }
  private struct OfEdition: Codable, Sendable {
    let edition: EditionID
  }
  private struct One: Codable, Sendable {
    let run: RunID
  }
  private struct Two: Codable, Sendable {
    let run: RunID
    let with: RunID
  }
  private struct OneVolunteer: Codable, Sendable {
    let run: RunID
    let volunteer: VolunteerID
  }
  struct RunView: Codable, Sendable {
    let run: RunRow
    let placed: [ProposalRow]
    let waiting: [ProposalRow]
    let vacancies: [VacancyRow]
  }
  private struct Comparison: Codable, Sendable {
    let run: RunRow
    let with: RunRow
    let filledDifference: Int
    let affinityDifference: Int64
    let sameSeat: Int
    let moved: [String]
  }

  var run: Endpoint {
    .command(
      "matching.run", .post, "/editions/{edition}/runs", by: .staff,
      Words(
        en: "Work out the best teams of an edition, as a draft",
        fr: "Calculer les meilleures équipes d’une édition, en brouillon"),
      problems: [
        "matching/nothing-to-match", "matching/contradictory-locks", "matching/not-eligible",
      ]
    ) { (input: Run, context) in
      let name = input.strategy?.description ?? Strategies.names.first ?? ""
      guard let strategy = Strategies.named(name) else {
        throw MatchingError.unknownStrategy(name, known: Strategies.names)
      }
      return try await solve(input, with: strategy)
    } answer: { (input: Run, outcome: RunOutcome, transaction) in
      let number: Int =
        try transaction.rows(
          "SELECT COALESCE(MAX(number), 0) + 1 AS n FROM matching_run WHERE edition_id = \(input.edition)"
        ).first?.get("n") ?? 1
      let row = RunRow(
        id: transaction.newID(), version: 1, editionId: input.edition, number: number,
        state: .draft, strategy: outcome.solution.strategy, seed: Int64(outcome.seed),
        rules: input.rules, weights: outcome.weights, madeAt: transaction.now,
        result: outcome.result)
      try transaction.insert(row)
      try store(outcome, of: row, in: transaction)
      return row
    }
  }

  /// Solves outside any transaction: it may take long.
  private func solve(_ input: Run, with strategy: any Strategy) async throws -> RunOutcome {
    let situation = try await gather(input.edition)
    guard !situation.briefs.isEmpty else {
      throw MatchingError.nothingToMatch(
        Words(en: "No brief is published.", fr: "Aucun cahier des charges n’est publié."))
    }
    let (weights, locks, previous) = try await host.read { connection in
      let published = try connection.select(
        PlaceRow.self, "WHERE edition_id = \(input.edition) ORDER BY number")
      return (
        try currentWeights(in: connection), try Matching.locks(of: input.edition, in: connection),
        published.filter(\.state.isActive)
      )
    }
    let instance = try situation.instance(
      rules: input.rules, locks: locks, weights: weights, previous: previous)
    let seed = UInt64(input.seed?.value ?? 1)
    let solution = try strategy.solve(
      instance,
      options: SolveOptions(
        timeLimit: input.timeLimitSeconds.map { Double($0.value) }, seed: seed)
    ) { _ in !Task.isCancelled }
    return RunOutcome(
      situation: situation, instance: instance, solution: solution, weights: weights, seed: seed)
  }

  var listRuns: Endpoint {
    .query(
      "matching.runs", "/editions/{edition}/runs", by: .staff,
      Words(en: "List the runs of an edition", fr: "Lister les appariements d’une édition")
    ) { (input: OfEdition, transaction) in
      try transaction.select(RunRow.self, "WHERE edition_id = \(input.edition) ORDER BY number")
    }
  }

  var showRun: Endpoint {
    .query(
      "matching.show-run", "/runs/{run}", by: .staff,
      Words(
        en: "Show a run: who is placed where and why, who waits and why, which seats stay empty",
        fr: "Montrer un appariement : placements, attentes et places vides, avec leurs raisons")
    ) { (input: One, transaction) in
      let run = try transaction.get(RunRow.self, input.run)
      let all = try transaction.select(
        ProposalRow.self, "WHERE run = \(run.id) ORDER BY position")
      return RunView(
        run: run, placed: all.filter { $0.role != nil }, waiting: all.filter { $0.role == nil },
        vacancies: try transaction.select(
          VacancyRow.self, "WHERE run = \(run.id) ORDER BY position"))
    }
  }

  var explainVolunteer: Endpoint {
    .query(
      "matching.explain", "/runs/{run}/volunteers/{volunteer}", by: .staff,
      Words(
        en: "Say why a volunteer has a place in a run, or none",
        fr: "Dire pourquoi un volontaire a une place ou non")
    ) { (input: OneVolunteer, transaction) in
      let run = try transaction.get(RunRow.self, input.run)
      let found = try transaction.select(
        ProposalRow.self,
        "WHERE run = \(run.id) AND volunteer = \(input.volunteer) ORDER BY position")
      guard !found.isEmpty else {
        throw Problem.notFound(
          Words(en: "volunteer in this run", fr: "volontaire de cet appariement"), input.volunteer)
      }
      return found
    }
  }

  var compareRuns: Endpoint {
    .query(
      "matching.compare", "/runs/{run}/comparison/{with}", by: .staff,
      Words(en: "Compare two runs side by side", fr: "Comparer deux appariements")
    ) { (input: Two, transaction) in
      let one = try transaction.get(RunRow.self, input.run)
      let two = try transaction.get(RunRow.self, input.with)
      func seats(_ run: RunID) throws -> [VolunteerID: (name: String, role: MissionRoleID?)] {
        let rows = try transaction.select(ProposalRow.self, "WHERE run = \(run) ORDER BY position")
        return Dictionary(
          rows.map { ($0.volunteer, ($0.volunteerName.description, $0.role)) }
        ) { first, _ in first }
      }
      let first = try seats(one.id)
      let second = try seats(two.id)
      let moved = first.filter { second[$0.key]?.role != $0.value.role }.map(\.value.name).sorted()
      return Comparison(
        run: one, with: two, filledDifference: two.result.filled - one.result.filled,
        affinityDifference: two.result.affinity - one.result.affinity,
        sameSeat: first.count - moved.count, moved: moved)
    }
  }
}

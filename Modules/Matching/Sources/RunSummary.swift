internal import Kernel
internal import MatchingAPI
internal import MatchingEngine

/// A run as people see it, worked out or not.
struct RunSummary: Codable, Sendable {
  let id: RunID
  let version: Int
  let editionId: EditionID
  let number: Int
  let state: RunState
  let strategy: String
  let seed: Int64
  let rules: RunRules
  let weights: AffinityWeights?
  /// When it was worked out or, until then, asked for.
  let madeAt: Instant
  let result: RunResult?
  /// Why there are no teams, for a run that failed.
  let fault: Words?

  init(_ row: RunRow) {
    id = row.id
    version = row.version
    editionId = row.editionId
    number = row.number
    state = row.state
    strategy = row.strategy
    seed = row.seed
    rules = row.rules
    weights = row.weights
    madeAt = row.madeAt
    result = row.result
    fault = nil
  }

  init(_ row: ComputationRow) {
    id = row.id
    version = 0
    editionId = row.editionId
    number = row.number
    state = row.fault == nil ? .computing : .failed
    strategy = row.strategy
    seed = row.seed
    rules = row.rules
    weights = nil
    madeAt = row.askedAt
    result = nil
    fault = row.fault
  }
}

/// What a run is asked for.
struct RunRequest: Codable, Sendable {
  let edition: EditionID
  let strategy: Name?
  let seed: Whole<0, 2_147_483_647>?
  let companyCap: Whole<1, 10>?
  let seekerPenalty: Whole<0, 100_000>?
  let minimumTeam: Whole<0, 20>?
  /// Seconds after which the best so far is taken, with its bound.
  let timeLimitSeconds: Whole<1, 3600>?
  /// An earlier run: whoever can keep their place in it does, and its rules hold unless told.
  let from: RunID?
  /// Whether to answer at once and work it out behind; decided by size unless told.
  let background: Bool?

  var rules: RunRules {
    RunRules(companyCap: companyCap, seekerPenalty: seekerPenalty, minimumTeam: minimumTeam)
  }

  /// The strategy that is meant. Throws `MatchingError.unknownStrategy`.
  func chosenStrategy() throws -> any Strategy { try Matching.strategy(named: strategy) }
}

/// The strategy of that name, the first of all without one. Throws `MatchingError.unknownStrategy`.
func strategy(named name: Name?) throws -> any Strategy {
  let name = name?.description ?? Strategies.names.first ?? ""
  guard let strategy = Strategies.named(name) else {
    throw MatchingError.unknownStrategy(name, known: Strategies.names)
  }
  return strategy
}

/// A way of making teams. Every strategy reads the same instance and gives the same kind of answer.
public protocol Strategy: Sendable {
  /// The name a run selects it by.
  var name: String { get }

  /// Makes teams that keep every hard rule. Stopped early (time limit, or `progress` returning
  /// false), it returns the best answer so far with its bound.
  ///
  /// Throws `SolveError` when no answer exists.
  func solve(
    _ instance: Instance, options: SolveOptions, progress: (SolveProgress) -> Bool
  ) throws -> Solution
}

extension Strategy {
  /// Solves to the end.
  public func solve(_ instance: Instance, options: SolveOptions = SolveOptions()) throws
    -> Solution
  {
    try solve(instance, options: options) { _ in true }
  }
}

/// How long and how hard to work.
public struct SolveOptions: Sendable, Equatable {
  /// Wall seconds after which the best answer so far is returned; nil for no limit.
  public var timeLimit: Double?
  /// Seconds of work, of all threads together, after which it is; nil for no limit. On a busy machine
  /// this is what makes two runs comparable.
  public var cpuLimit: Double?
  /// How many threads may work at once. The answer does not depend on it.
  public var threads: Int
  /// Seed of strategies that draw; the same seed gives the same answer.
  public var seed: UInt64

  public init(
    timeLimit: Double? = nil, cpuLimit: Double? = nil, threads: Int = 1, seed: UInt64 = 1
  ) {
    self.timeLimit = timeLimit
    self.cpuLimit = cpuLimit
    self.threads = threads
    self.seed = seed
  }
}

/// Where a run stands.
public struct SolveProgress: Sendable, Equatable {
  /// What a run is at. It may come back to a phase, and leave some out.
  public enum Phase: String, Sendable, CaseIterable, Codable {
    case preparing, bidding, pricing, repairing, improving, proving, done
  }

  /// What it is at now.
  public var phase: Phase
  /// The best answer so far, nil while there is none.
  public var best: Score?
  /// No answer is better than this; nil while nothing is known.
  public var bound: Score?
  /// A guess of how much of the work is done, `0 ... 1`.
  public var fraction: Double

  public init(phase: Phase, best: Score? = nil, bound: Score? = nil, fraction: Double) {
    self.phase = phase
    self.best = best
    self.bound = bound
    self.fraction = fraction
  }
}

/// Why there is no answer.
public enum SolveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No strategy has this name.
  case unknownStrategy(String)
  /// The numbers of the instance are too large for exact arithmetic.
  case tooLarge(String)

  public var description: String { description(in: .english) }

  /// Why there is no answer.
  public func description(in language: ExplanationLanguage) -> String {
    let names = Strategies.names.joined(separator: ", ")
    return switch (self, language) {
    case (.unknownStrategy(let name), .english):
      "There is no strategy \"\(name)\"; there are: \(names)."
    case (.unknownStrategy(let name), .french):
      "Il n’y a pas de stratégie « \(name) » ; il y a : \(names)."
    case (.tooLarge(let what), .english): "The instance is too large: \(what)."
    case (.tooLarge(let what), .french): "L’instance est trop grande : \(what)."
    }
  }
}

/// The strategies a run can choose from.
public enum Strategies {
  /// Every strategy, the default first.
  public static let all: [any Strategy] = [
    OptimalStrategy(), StableStrategy(), GreedyStrategy(),
  ]

  /// In the order of `all`.
  public static var names: [String] { all.map(\.name) }

  /// The strategy of that name, or nil.
  public static func named(_ name: String) -> (any Strategy)? { all.first { $0.name == name } }
}

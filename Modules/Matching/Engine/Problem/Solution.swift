/// What an answer is worth, best first: filled seats, then seats missing below the minimum team
/// sizes, then points, then pairs kept from the previous answer.
public struct Score: Sendable, Hashable, Comparable {
  /// Filled seats.
  public var filled: Int
  /// Seats missing below the minimum team sizes, over all missions.
  public var shortfall: Int
  /// Affinity plus priorities of the filled seats minus penalties.
  public var points: Int64
  /// Pairs of the previous answer that are kept.
  public var kept: Int

  public init(filled: Int, shortfall: Int = 0, points: Int64, kept: Int = 0) {
    self.filled = filled
    self.shortfall = shortfall
    self.points = points
    self.kept = kept
  }

  /// Whether `a` is worse than `b`.
  public static func < (a: Score, b: Score) -> Bool {
    (a.filled, -a.shortfall, a.points, a.kept) < (b.filled, -b.shortfall, b.points, b.kept)
  }
}

/// An answer: who goes where, what it is worth, and what is proved about it.
public struct Solution: Sendable {
  /// What is proved of an answer. Either keeps every hard rule.
  public enum Status: String, Sendable {
    /// Proved: no answer is better.
    case optimal
    /// Keeps every hard rule; `bound` says how far from the best it can be at most.
    case feasible
  }

  /// The name of the strategy that made it.
  public var strategy: String
  /// Whether the answer is proved best.
  public var status: Status
  /// Ascending by volunteer, then role.
  public var assignment: [Pair]
  /// What the whole is worth, from the instance alone.
  public var score: Score
  /// Sum of the affinities of the chosen pairs.
  public var affinity: Int64
  /// Points of role priorities gained.
  public var priorities: Int64
  /// Missions that could have a job seeker and have none.
  public var missionsWithoutSeeker: Int
  /// What those missions cost: their number times the seeker penalty.
  public var penalties: Int64
  /// No answer scores more; nil when the strategy proves nothing.
  public var bound: Score?
  /// How many points an answer that fills as many seats can be better at most; nil when the strategy
  /// proves nothing.
  public var distance: Int64?
  /// The duals behind `bound`; nil when the strategy proves nothing.
  public var certificate: Certificate?
  /// Whether a time limit or a cancellation ended the run early.
  public var stoppedEarly: Bool
  /// What the run took; nil for answers that no run made.
  public var spent: Spent?

  /// Seats that are held.
  public var filled: Int { score.filled }

  /// What a run had taken when it was ended early; nil for one that came to its end.
  public var stoppedAfter: Spent? { stoppedEarly ? spent : nil }

  /// How many seats more an answer could fill at most: 0 when that is proved, nil when nothing is.
  /// Seats come first; `gap` is about answers that fill as many.
  public var seatGap: Int? { bound.map { max(0, $0.filled - score.filled) } }

  /// `distance` as a fraction of the points: 0 when proved optimal, nil when nothing is proved.
  public var gap: Double? {
    if status == .optimal { return 0 }
    return distance.map { Double(max(0, $0)) / Double(max(1, abs(score.points))) }
  }
}

extension Solution {
  /// Evaluates an assignment that keeps the hard rules; the facts come from the instance alone.
  /// Pairs that are not edges of the instance count for nothing and are left out.
  public init(
    strategy: String, status: Status, assignment pairs: [Pair], of instance: Instance,
    bound: Score? = nil, certificate: Certificate? = nil, stoppedEarly: Bool = false
  ) {
    let facts = AssignmentFacts(pairs, of: instance)
    self.strategy = strategy
    self.status = status
    self.assignment = facts.pairs
    self.score = facts.score
    self.affinity = facts.affinity
    self.priorities = facts.priorities
    self.missionsWithoutSeeker = facts.missionsWithoutSeeker
    self.penalties = facts.penalties
    self.bound = bound
    self.distance = nil
    self.certificate = certificate
    self.stoppedEarly = stoppedEarly
    self.spent = nil
  }
}

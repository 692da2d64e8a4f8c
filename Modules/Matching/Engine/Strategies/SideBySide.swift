/// Every strategy's answer to one instance, side by side.
public struct StrategyComparison: Sendable {
  /// What one strategy made.
  public struct Row: Sendable, Equatable {
    /// Its name.
    public let strategy: String
    /// Whether its answer is proved best.
    public let status: Solution.Status
    /// Those of the instance, the same in every row.
    public let seats: Int
    /// How many of them are held.
    public let filled: Int
    /// Of the chosen pairs together.
    public let affinity: Int64
    /// Points taken off for missions without a job seeker.
    public let penalties: Int64
    /// Affinity plus priorities minus penalties.
    public let points: Int64
    /// No teams fill more seats; nil when nothing is proved.
    public let boundFilled: Int?
    /// As a part of the points; nil when nothing is proved.
    public let gap: Double?
    /// Pairs that would both rather have each other than what this answer gives them.
    public let blockingPairs: Int
    /// Missions without an empty seat.
    public let fullMissions: Int
    /// Those who hold at least one role.
    public let volunteersPlaced: Int
    /// Companies with somebody placed.
    public let companiesReached: Int
    /// The most people of one company in one mission.
    public let largestCompanyInMission: Int
    /// Whether it was ended before it was done: its answer could be better.
    public let stoppedEarly: Bool
  }

  /// One per strategy, in the order they are registered.
  public let rows: [Row]

  /// Solves with each strategy. `progress` is told which one is at work and may end it early. Throws
  /// `SolveError`.
  public init(
    of instance: Instance, options: SolveOptions = SolveOptions(),
    progress: (String, SolveProgress) -> Bool = { _, _ in true }
  ) throws {
    rows = try Strategies.all.map { strategy in
      let solution = try strategy.solve(instance, options: options) {
        progress(strategy.name, $0)
      }
      return Row(solution, of: instance)
    }
  }
}

extension StrategyComparison.Row {
  /// One answer in figures.
  public init(_ solution: Solution, of instance: Instance) {
    let report = FairnessReport(of: solution, in: instance)
    self.init(
      strategy: solution.strategy, status: solution.status, seats: instance.seatCount,
      filled: solution.filled, affinity: solution.affinity, penalties: solution.penalties,
      points: solution.score.points, boundFilled: solution.bound?.filled, gap: solution.gap,
      blockingPairs: solution.blockingPairs(in: instance).count,
      fullMissions: report.fullMissions, volunteersPlaced: report.volunteers.reached,
      companiesReached: report.companies.count { $0.volunteers.reached > 0 },
      largestCompanyInMission: report.missions.map(\.largestCompany).max() ?? 0,
      stoppedEarly: solution.stoppedEarly)
  }
}

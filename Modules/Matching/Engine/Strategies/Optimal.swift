/// The best teams, proved: an auction for the plain problem, Lagrangian relaxation over it with
/// local search and branch and bound for the rules.
public struct OptimalStrategy: Strategy {
  public init() {}
  public var name: String { "optimal" }

  public func solve(
    _ instance: Instance, options: SolveOptions, progress: (SolveProgress) -> Bool
  ) throws -> Solution {
    try withoutActuallyEscaping(progress) { progress in
      let clock = SolveClock(limit: options.timeLimit, watch: progress)
      if instance.rules.isPlain {
        return try PlainSolver(
          instance: instance, strategy: name, clock: clock, threads: options.threads
        ).solve()
      }
      return try ConstrainedSolver(instance: instance, strategy: name, clock: clock).solve()
    }
  }
}

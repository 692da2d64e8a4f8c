/// The best teams, proved: an auction for the plain problem, Lagrangian relaxation over it with
/// local search and branch and bound for the rules.
public struct OptimalStrategy: Strategy {
  public init() {}
  /// What a run names it by; kept with runs.
  public var name: String { "optimal" }

  /// Throws `SolveError.tooLarge`. The answer depends on neither `seed` nor `threads`.
  public func solve(
    _ instance: Instance, options: SolveOptions, progress: (SolveProgress) -> Bool
  ) throws -> Solution {
    try withoutActuallyEscaping(progress) { progress in
      let isPlain = instance.rules.isPlain
      var counted = options
      // A run with rules works in one thread.
      if !isPlain { counted.threads = 1 }
      let clock = SolveClock(counted, watch: progress)
      var solution =
        isPlain
        ? try PlainSolver(
          instance: instance, strategy: name, clock: clock, threads: options.threads
        ).solve()
        : try ConstrainedSolver(instance: instance, strategy: name, clock: clock).solve()
      solution.spent = clock.spent
      return solution
    }
  }
}

/// Teams in which no volunteer and role would both rather have each other than what they have:
/// deferred acceptance, volunteers proposing (Gale and Shapley, "College admissions and the
/// stability of marriage", 1962; with quotas, Roth and Sotomayor 1990).
///
/// Volunteers propose down their lists, as many at a time as they have capacity; a role holds the
/// best it has seen. Without a company cap nothing blocks the result. A company cap ties the roles
/// of a mission together, and then no method can promise stability for every instance: a role
/// prefers within the cap, seats that a later exchange leaves empty are offered once more at the
/// end, and `blockingPairs` counts what remains. Pins are held from the start and never given up.
///
/// When both sides judge by the same affinity, the stable teams are those that taking the best pair
/// first gives, up to ties: the strategies differ when volunteers' wishes and roles' needs do.
public struct StableStrategy: Strategy {
  private let preferences: StablePreferences?

  /// Judges by affinity on both sides unless it is given preferences, which must be made for the
  /// instance it then solves.
  public init(preferences: StablePreferences? = nil) { self.preferences = preferences }

  /// What a run names it by; kept with runs.
  public var name: String { "stable" }

  /// Throws `InstanceError` where the preferences were made for another instance.
  public func solve(
    _ instance: Instance, options: SolveOptions, progress: (SolveProgress) -> Bool
  ) throws -> Solution {
    let preferences = preferences ?? StablePreferences(affinityOf: instance)
    guard preferences.ofVolunteer.count == instance.edgeCount else {
      throw InstanceError(.shape, at: "preferences", "they were made for another instance")
    }
    var stopped = !progress(SolveProgress(phase: .preparing, fraction: 0))
    var market = StableMarket(instance, preferences)
    if !stopped { stopped = !market.run(progress) }
    let solution = Solution(
      strategy: name, status: .feasible, assignment: market.room.assignment, of: instance,
      stoppedEarly: stopped)
    _ = progress(SolveProgress(phase: .done, best: solution.score, fraction: 1))
    return solution
  }
}

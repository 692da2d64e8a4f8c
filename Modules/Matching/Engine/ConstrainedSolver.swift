/// Solves the problem with rules: prices for the rules first, then answers that keep them, then the
/// proof.
///
/// 1. Lagrangian relaxation over the market gives prices and a bound.
/// 2. Dives turn the market's choice into answers.
/// 3. What the bound and the best answer settle is taken out; what is left is the kernel, on which
///    all that starts again.
/// 4. Best-first branch and bound closes what is still open.
struct ConstrainedSolver {
  let instance: Instance
  let strategy: String
  let options: SolveOptions
  let clock: SolveClock

  init(
    instance: Instance, strategy: String, options: SolveOptions,
    proceed: @escaping (SolveProgress) -> Bool
  ) {
    self.instance = instance
    self.strategy = strategy
    self.options = options
    clock = SolveClock(limit: options.timeLimit, watch: proceed)
  }

  func solve() throws(SolveError) -> Solution {
    let weighted = WeightedInstance(instance)
    let size = ProblemSize(weighted.instance)
    var terms = try size.terms()
    while true {
      var run = ConstrainedRun(weighted, terms: terms, clock: clock)
      run.work(best: weighted.instance.firstAnswer())
      let filled = run.best.count
      // Only a proved answer is worth the work of proving that it fills most seats.
      let most = terms.isExact ? filled : run.isProved ? run.mostSeats(size) : Int(size.units)
      if !run.isProved || filled >= most || run.stopped {
        return solution(run, weighted, terms, mostSeats: max(filled, most))
      }
      // A proved answer that leaves seats empty which could be filled: the bonus was too small.
      terms = try size.terms(atLeast: terms.bonus * 16)
    }
  }

  private func solution(
    _ run: ConstrainedRun, _ weighted: WeightedInstance, _ terms: Terms, mostSeats: Int
  ) -> Solution {
    let settlesFill = mostSeats == run.best.count
    var solution = Solution(
      strategy: strategy, status: run.isProved && settlesFill ? .optimal : .feasible,
      assignment: run.best, of: instance, certificate: run.certificate,
      stoppedEarly: run.stopped)
    if solution.status == .optimal {
      solution.bound = solution.score
    } else {
      // All of the distance between bound and answer could be points.
      let distance = max(0, run.boundWorth - run.bestWorth) / weighted.factor
      var bound = solution.score
      bound.filled = max(mostSeats, bound.filled)
      bound.points += distance
      solution.distance = distance
      solution.bound = bound
    }
    return solution
  }
}

/// The instance with its points multiplied so that pairs kept from a previous answer break ties.
struct WeightedInstance {
  let original: Instance
  var instance: Instance
  /// What one point counts; a kept pair counts one.
  var factor: Int64 = 1

  init(_ original: Instance) {
    self.original = original
    instance = original
    let previous = Set(original.rules.previous)
    if previous.isEmpty { return }
    let wanted = Int64(previous.count + 1)
    let heaviest = Int64(
      max(1, original.edgeWeight.max() ?? 0, original.rules.rolePriority.max() ?? 0))
    // Beyond what a word holds, kept pairs count as much as still fits.
    factor = min(wanted, Int64(Int32.max / 4) / heaviest)
    if factor < 2 {
      factor = 1
      return
    }
    var weight = original.edgeWeight.map { $0 * Int32(factor) }
    for pair in previous {
      if let edge = original.edge(of: pair) { weight[edge] += 1 }
    }
    var rules = original.rules
    rules.seekerPenalty *= factor
    rules.rolePriority = rules.rolePriority.map { $0 * Int32(factor) }
    instance = Instance(
      partOf: original, capacity: original.capacity, roleSeats: original.roleSeats,
      edgeStart: original.edgeStart, edgeRole: original.edgeRole, edgeWeight: weight, rules: rules)
  }
}

/// How large the numbers of a problem can get.
struct ProblemSize {
  let units: Int64
  let heaviest: Int64
  /// More than points can differ between two answers.
  let swing: Int64
  let shortfall: Int64

  init(_ instance: Instance) {
    units = min(
      instance.capacity.reduce(0) { $0 + Int64($1) },
      instance.roleSeats.reduce(0) { $0 + Int64($1) })
    heaviest =
      Int64(instance.edgeWeight.max() ?? 0) + Int64(instance.rules.rolePriority.max() ?? 0)
    swing = units * heaviest + Int64(instance.missionCount) * instance.rules.seekerPenalty + 1
    shortfall = instance.rules.minimumTeam.reduce(0) { $0 + Int64($1) }
  }

  /// What counts how much. For problems of a programme's size a filled seat outweighs everything
  /// that comes after it; for larger ones it counts a few times the best affinity, which keeps the
  /// numbers close together, and that this is enough is proved afterwards.
  func terms(atLeast bonus: Int64 = 0) throws(SolveError) -> Terms {
    let isSmall = units <= 1_000
    let cost = shortfall == 0 ? 0 : isSmall ? swing : 2 * heaviest + 2
    let exact = cost * (shortfall + 1) + swing
    let chosen = isSmall ? exact : min(exact, max(bonus, 3 * heaviest + cost + 3))
    var terms = Terms(
      scale: 16, bonus: chosen, shortfallCost: cost, top: chosen + heaviest + cost)
    terms.isExact = chosen == exact
    while terms.scale < 4 * units { terms.scale *= 2 }
    let (product, overflow) = terms.top.multipliedReportingOverflow(by: terms.scale)
    if overflow || product > Int64.max / 64 / max(1, units) {
      throw .tooLarge("\(units) seats with affinities up to \(heaviest)")
    }
    return terms
  }
}

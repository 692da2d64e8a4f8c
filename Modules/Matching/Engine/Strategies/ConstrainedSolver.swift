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
  let clock: SolveClock

  func solve() throws(SolveError) -> Solution {
    let weighted = WeightedInstance(instance)
    let size = ProblemSize(weighted.instance)
    var terms = try size.terms()
    while true {
      var run = ConstrainedRun(weighted, terms: terms, clock: clock)
      run.work(best: weighted.instance.firstAnswer())
      let filled = run.best.count
      // Only a proved answer is worth the work of proving that it fills most seats.
      let most =
        !run.isProved
        ? size.mostSeats(atWorth: run.boundWorth, terms)
        : terms.isExact ? filled : run.mostSeats(size)
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
    let isOptimal = run.isProved && mostSeats == run.best.count && weighted.isExact
    var solution = Solution(
      strategy: strategy, status: isOptimal ? .optimal : .feasible,
      assignment: run.best, of: instance, certificate: run.certificate,
      stoppedEarly: run.stopped)
    if isOptimal {
      solution.bound = solution.score
      solution.distance = 0
      return solution
    }
    // Nothing is known before the first prices.
    if run.boundWorth == .max { return solution }
    // All of the distance between bound and answer could be points, and all pairs that break ties
    // could be given up for some more. The bound has to hold in the order of scores, so that what
    // is not proved about seats missing counts as none missing.
    let kept = weighted.factor > 1 ? Int64(solution.score.kept) : 0
    let distance = (max(0, run.boundWorth - run.bestWorth) + kept) / weighted.factor
    solution.distance = distance
    solution.bound = Score(
      filled: mostSeats, shortfall: min(solution.score.shortfall, instance.leastShortfall()),
      points: solution.score.points + distance, kept: Set(instance.rules.previous).count)
    return solution
  }
}

extension Instance {
  /// Seats missing below the minimum team sizes even when every mission gets all it could.
  fileprivate func leastShortfall() -> Int {
    if rules.minimumTeam.isEmpty { return 0 }
    let forbidden = Set(rules.forbidden)
    var eligible = [Int](repeating: 0, count: roleCount)
    for volunteer in 0..<volunteerCount where capacity[volunteer] > 0 {
      for edge in Int(edgeStart[volunteer])..<Int(edgeStart[volunteer + 1]) {
        let role = edgeRole[edge]
        if forbidden.contains(Pair(volunteer: Int32(volunteer), role: role)) { continue }
        eligible[Int(role)] += 1
      }
    }
    var reach = [Int](repeating: 0, count: missionCount)
    for role in 0..<roleCount {
      reach[Int(roleMission[role])] += min(eligible[role], Int(roleSeats[role]))
    }
    return (0..<missionCount).reduce(0) { $0 + max(0, minimumTeam(ofMission: $1) - reach[$1]) }
  }
}

/// The instance with its points multiplied so that pairs kept from a previous answer break ties.
struct WeightedInstance {
  let original: Instance
  var instance: Instance
  /// What one point counts; a kept pair counts one.
  var factor: Int64 = 1
  /// Whether all kept pairs together count less than one point.
  var isExact = true

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
    isExact = factor == wanted
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
  /// The most that points can take away from an answer.
  let penalties: Int64

  init(_ instance: Instance) {
    penalties = Int64(instance.missionCount) * instance.rules.seekerPenalty
    units = min(
      instance.capacity.reduce(0) { $0 + Int64($1) },
      instance.roleSeats.reduce(0) { $0 + Int64($1) })
    heaviest =
      Int64(instance.edgeWeight.max() ?? 0) + Int64(instance.rules.rolePriority.max() ?? 0)
    swing = units * heaviest + penalties + 1
    shortfall = instance.rules.minimumTeam.reduce(0) { $0 + Int64($1) }
  }

  /// No answer worth at most `worth` fills more seats: what each earns is at least the bonus, less
  /// what the whole can lose.
  func mostSeats(atWorth worth: Int64, _ terms: Terms) -> Int {
    let losses = penalties + shortfall * terms.shortfallCost
    if worth >= Int64.max - losses { return Int(units) }
    return Int(min(units, max(0, worth + losses) / terms.bonus))
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

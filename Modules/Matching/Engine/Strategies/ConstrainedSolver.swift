/// Solves the problem with rules: prices for the rules first, then answers that keep them, then the
/// proof.
///
/// 1. A flow says how many seats can be filled at most.
/// 2. Lagrangian relaxation over the market gives prices and a bound.
/// 3. Dives turn the market's choice into answers; where rules compete, parts of the best answer are
///    worked out anew.
/// 4. What the bound and the best answer settle is taken out; what is left is the kernel, on which
///    all that starts again.
/// 5. Branch and bound closes what is still open.
///
/// What comes when depends on the problem alone, never on the limit: more time only means that more of
/// it is done.
struct ConstrainedSolver {
  let instance: Instance
  let strategy: String
  let clock: SolveClock

  func solve() throws(SolveError) -> Solution {
    let weighted = WeightedInstance(instance)
    let size = ProblemSize(weighted.instance)
    var terms = try size.terms()
    let before = clock.spent
    let first = weighted.instance.firstAnswer()
    let ceiling = Ceiling(weighted.instance, keeping: first, clock: clock)
    var found = Findings(weighted, size, first, ceiling)
    if !ceiling.start.isEmpty {
      found.take(weighted.instance.firstAnswer(keeping: ceiling.start))
    }
    let after = clock.spent
    clock.keepBack(after.wall - before.wall)
    while true {
      var run = ConstrainedRun(weighted, terms: terms, clock: clock, found)
      run.work()
      found = run.found
      if found.isProved || !run.isProved || clock.isOver { break }
      // A proved answer that leaves seats empty which could be filled: either they could not, or the
      // bonus was too small.
      run.proveSeats(size)
      found = run.found
      if found.isProved || clock.isOver { break }
      terms = try size.terms(atLeast: terms.bonus * 16)
    }
    return found.solution(strategy: strategy, stoppedEarly: clock.isOver && !found.isProved)
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

  /// The most that an answer can be worth less than its seats.
  func losses(_ terms: Terms) -> Int64 { penalties + shortfall * terms.shortfallCost }

  /// No answer worth at most `worth` fills more seats: what each earns is at least the bonus, less
  /// what the whole can lose.
  func mostSeats(atWorth worth: Int64, _ terms: Terms) -> Int {
    let losses = losses(terms)
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

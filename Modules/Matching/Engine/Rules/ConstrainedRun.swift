/// One run of the constrained solver with fixed terms.
struct ConstrainedRun {
  let weighted: WeightedInstance
  let terms: Terms
  let clock: SolveClock
  private(set) var best: [Pair] = []
  private(set) var bestWorth = Int64.min
  /// No answer is worth more, in points with all bonuses.
  private(set) var boundWorth = Int64.max
  /// The score of the best answer, for whoever watches.
  private var reported: Score?
  private(set) var certificate: Certificate?

  var stopped: Bool { clock.isOver && !isProved }
  var isProved: Bool { bestWorth >= boundWorth }
  private var instance: Instance { weighted.instance }

  init(_ weighted: WeightedInstance, terms: Terms, clock: SolveClock) {
    self.weighted = weighted
    self.terms = terms
    self.clock = clock
  }

  mutating func work(best first: [Pair]) {
    take(first, worth: instance.worth(first, terms: terms))
    let root = Relaxation(ReducedInstance(instance), terms: terms)
    coarsePhases(root)
    if clock.isOver {
      salvage(root.reduced.settled + root.market.pairs())
      lowerBound(root.bound())
      certificate = root.certificate(of: weighted)
      return
    }
    // Where the linear relaxation costs little, it finds the last digits of the prices faster.
    let isSmall = LinearSearch.isSmall(root)
    let rounds = root.groups.count == 0 ? 0 : isSmall ? 20 : 60
    _ = root.descend(rounds: rounds, from: 2, to: 0.02) { [self] _ in
      !clock.isPast(0.35) && report(.pricing, 0.2)
    }
    root.market.goLive(eps: 1)
    root.recount()
    improvePrices(root, passes: isSmall ? 4 : 60, first: 1)
    if let worth = root.answerWorth {
      take(root.reduced.settled + root.market.pairs(), worth: worth)
    } else {
      salvage(root.reduced.settled + root.market.pairs())
    }
    certificate = root.certificate(of: weighted)
    closeIn(from: root)
  }

  private func coarsePhases(_ root: Relaxation) {
    let chunk = 250_000
    let market = root.market
    var step = max(2 * terms.scale, terms.top / 4 * terms.scale)
    while report(.bidding, 0.1) {
      market.eps = step
      market.checkHolders()
      while !market.forward(budget: chunk) { if !report(.bidding, 0.1) { return } }
      market.prepareReverse()
      while !market.reverse(budget: chunk) { if !report(.bidding, 0.1) { return } }
      if step <= 2 * terms.scale { return }
      step = max(2 * terms.scale, step / 16)
    }
  }

  /// Passes over the prices, ending with the best ones found; lowers the bound.
  private mutating func improvePrices(_ relaxation: Relaxation, passes: Int, first: Double) {
    let count = relaxation.groups.count
    let prices = Flat<Int64>.filled(0, count)
    defer { prices.deallocate() }
    prices.update(from: relaxation.multiplier, count: count)
    lowerBound(relaxation.bound())
    if count == 0 { return }
    let least = relaxation.polish(
      passes: passes, first: first, least: relaxation.bound(), best: prices
    ) { [self] bound in
      bound / terms.scale > bestWorth && !clock.isPast(0.6) && report(.pricing, 0.4)
    }
    relaxation.reprice(
      (0..<count).map { GroupPrice(group: Int32($0), amount: prices[$0]) })
    relaxation.touched.removeAll()
    lowerBound(least)
  }

  /// Dives and kernels in turn, then the proof on the last kernel.
  private mutating func closeIn(from root: Relaxation) {
    var current = root
    if !root.isNearlySettled, LinearSearch.isFeasible(root) {
      if !LinearSearch.isSmall(root) { dive(root) }
      solveLinear(root, root)
      return
    }
    var stage = 0
    while !isProved, !clock.isOver {
      let before = bestWorth
      dive(current)
      stage += 1
      if isProved || clock.isOver { return }
      if stage > 1, bestWorth == before || stage >= (LinearSearch.isSmall(root) ? 2 : 8) { break }
      current = kernel(of: current) ?? current
      if isProved { return }
      improvePrices(current, passes: 40, first: 0.3)
    }
    if isProved || clock.isOver { return }
    // A branch of the market costs little where the linear relaxation is large.
    prove(current, nodes: current.market.edgeCount < 4_000 ? 40 : 8_000)
    if isProved || clock.isOver || !LinearSearch.isFeasible(current) { return }
    solveLinear(current, root)
  }

  /// What is left once the best answer settles the rest, if that is much less; nothing being better
  /// is a proof.
  private mutating func kernel(of relaxation: Relaxation) -> Relaxation? {
    switch relaxation.kernel(beating: bestWorth) {
    case .smaller(let kernel): return kernel
    case .same: return nil
    case .nothingBetter:
      boundWorth = bestWorth
      return nil
    }
  }

  /// Answers from the market's choice.
  private mutating func dive(_ relaxation: Relaxation) {
    let edges = relaxation.market.edgeCount
    if edges > 5_000_000 {
      if let found = relaxation.diveTogether(proceed: { [self] in report(.improving, 0.6) }) {
        take(found.pairs, worth: found.worth)
      }
      return
    }
    var search = Search(relaxation, best: best, worth: bestWorth)
    defer { search.deallocate() }
    // Looking further ahead pays where a step is cheap.
    let exhausted = search.dive(
      width: edges < 30_000 ? 4 : 1,
      pace: { [self] in
        if clock.isPast(0.8) { return .hasty }
        return clock.isPast(0.6) ? .quick : .thorough
      },
      proceed: { [self] in report(.improving, 0.6) })
    if let held = search.unfinished { salvage(held) }
    take(search.best, worth: search.bestWorth)
    if exhausted { boundWorth = bestWorth }
  }

  /// Branch and bound over the market.
  private mutating func prove(_ relaxation: Relaxation, nodes: Int) {
    var search = Search(relaxation, best: best, worth: bestWorth, nodeLimit: nodes)
    defer { search.deallocate() }
    let left = search.exploreBestFirst(bound: relaxation.bound(), width: 4) { [self] _ in
      report(.proving, 0.9)
    }
    take(search.best, worth: search.bestWorth)
    lowerBound(left ?? bestWorth * terms.scale)
  }

  /// Takes over the prices of rules that linear programming has found.
  private mutating func adopt(_ search: LinearSearch, in relaxation: Relaxation, _ root: Relaxation)
  {
    relaxation.reprice(
      search.rulePrices().map { group, price in
        GroupPrice(
          group: Int32(group),
          amount: min(
            relaxation.rewardLimit(group),
            max(0, Int64((price * Double(terms.scale)).rounded()))))
      })
    relaxation.touched.removeAll()
    lowerBound(relaxation.bound())
    if relaxation === root { certificate = root.certificate(of: weighted) }
  }

  /// Solves the relaxation of a small problem to its end: its prices make the problem smaller still,
  /// and branch and bound does the rest.
  private mutating func solveLinear(_ relaxation: Relaxation, _ root: Relaxation) {
    var current = relaxation
    while true {
      let search = LinearSearch(current, worth: bestWorth)
      let bound = search.solveRoot { [self] in report(.proving, 0.7) }
      take(search, of: current)
      guard let bound else { return }
      search.dive { [self] in report(.improving, 0.8) }
      take(search, of: current)
      boundWorth = min(boundWorth, max(bound, bestWorth))
      if isProved { return }
      adopt(search, in: current, root)
      if isProved { return }
      if let kernel = kernel(of: current) {
        current = kernel
        continue
      }
      if isProved { return }
      let left = search.explore(nodeLimit: .max) { [self] in report(.proving, 0.9) }
      take(search, of: current)
      boundWorth = min(boundWorth, max(left ?? bestWorth, bestWorth))
      return
    }
  }

  private mutating func take(_ search: LinearSearch, of relaxation: Relaxation) {
    guard let edges = search.best, search.bestWorth > bestWorth else { return }
    let pairs = edges.map {
      Pair(volunteer: relaxation.owner(of: $0), role: relaxation.instance.edgeRole[Int($0)])
    }
    take(relaxation.reduced.settled + pairs, worth: search.bestWorth)
  }

  /// Makes an answer of what the market held, dropping what breaks a rule.
  private mutating func salvage(_ held: [Pair]) {
    let pairs = instance.firstAnswer(keeping: held)
    take(pairs, worth: instance.worth(pairs, terms: terms))
  }

  private mutating func take(_ pairs: [Pair], worth: Int64) {
    // Nothing is an answer that breaks a hard rule, whatever a search took it for.
    if worth > bestWorth, instance.allows(pairs) {
      (best, bestWorth) = (pairs, worth)
      reported = AssignmentFacts(pairs, of: weighted.original).score
    }
  }

  /// Worths are whole points, so a bound between two of them is the lower one.
  private mutating func lowerBound(_ bound: Int64) {
    let whole = bound >= 0 ? bound / terms.scale : -((-bound + terms.scale - 1) / terms.scale)
    boundWorth = min(boundWorth, max(whole, bestWorth))
  }

  private func report(_ phase: SolveProgress.Phase, _ fraction: Double) -> Bool {
    clock.report(SolveProgress(phase: phase, best: reported, fraction: fraction))
  }

  /// No answer fills more seats: the same relaxation where a seat outweighs everything.
  func mostSeats(_ size: ProblemSize) -> Int {
    let seats = size.mostSeats(atWorth: boundWorth, terms)
    guard let heavy = try? size.terms(atLeast: .max) else { return seats }
    let relaxation = Relaxation(ReducedInstance(instance), terms: heavy)
    coarse(relaxation, heavy)
    let bound = relaxation.descend(rounds: 60, from: 2, to: 0.02) { _ in !clock.isOver }
    return min(seats, size.mostSeats(atWorth: bound / heavy.scale, heavy))
  }

  private func coarse(_ relaxation: Relaxation, _ terms: Terms) {
    var step = terms.top / 4 * terms.scale
    while step > 2 * terms.scale {
      relaxation.market.eps = step
      relaxation.market.checkHolders()
      _ = relaxation.market.forward()
      relaxation.market.prepareReverse()
      _ = relaxation.market.reverse()
      step /= 16
    }
  }
}

/// One round of the solver for problems with rules, with fixed terms: what a filled seat counts.
struct ConstrainedRun {
  let weighted: WeightedInstance
  let terms: Terms
  let clock: SolveClock
  /// What all rounds have found; this one adds to it.
  private(set) var found: Findings
  /// The answer that is worth most in these terms.
  private(set) var best: [Pair] = []
  private(set) var bestWorth = Int64.min
  /// No answer is worth more, in points with all bonuses.
  private(set) var boundWorth = Int64.max

  var isProved: Bool { bestWorth >= boundWorth }
  var instance: Instance { weighted.instance }

  init(_ weighted: WeightedInstance, terms: Terms, clock: SolveClock, _ found: Findings) {
    self.weighted = weighted
    self.terms = terms
    self.clock = clock
    self.found = found
  }

  mutating func work() {
    take(found.best, worth: instance.worth(found.best, terms: terms))
    search(Relaxation(ReducedInstance(instance), terms: terms))
    if isProved { found.settle(best, terms) }
  }

  private mutating func search(_ root: Relaxation) {
    coarsePhases(root)
    root.recount()
    takeMarket(root)
    // Where the linear relaxation costs little, it finds the last digits of the prices faster.
    let isSmall = LinearSearch.isSmall(root)
    if !clock.isOver {
      let rounds =
        root.groups.count == 0 ? 0 : isSmall ? 20 : root.market.edgeCount > 5_000_000 ? 30 : 60
      let least = root.descend(rounds: rounds, from: 2, to: 0.02) { [self] _ in
        report(.pricing, 0.2)
      }
      if least < .max { lowerBound(least) }
    }
    if clock.isOver {
      lowerBound(root.bound())
      certify(root)
      return
    }
    root.market.goLive(eps: 1)
    root.recount()
    lowerBound(root.bound())
    takeMarket(root)
    if root.isNearlySettled {
      improvePrices(root, passes: isSmall ? 4 : 60, first: 1)
      takeMarket(root)
      certify(root)
      closeIn(from: root)
    } else {
      compete(root)
    }
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
      bound / terms.scale > bestWorth && report(.pricing, 0.4)
    }
    relaxation.reprice(
      (0..<count).map { GroupPrice(group: Int32($0), amount: prices[$0]) })
    relaxation.touched.removeAll()
    lowerBound(least)
  }

  /// Where rules compete for the same people: prices of all of them at once, an answer from what these
  /// mostly choose, and then both are brought closer.
  private mutating func compete(_ root: Relaxation) {
    if root.market.edgeCount > 1_000 {
      findPrices(root, rounds: 600)
      improvePrices(root, passes: 2, first: 0.3)
      takeMarket(root)
    } else {
      improvePrices(root, passes: 4, first: 1)
      takeMarket(root)
    }
    certify(root)
    if isProved || clock.isOver { return }
    if LinearSearch.isCheap(root) {
      solveLinear(root, root)
      return
    }
    diveByPrices(root)
    // Steps go by the distance to the best answer, so that better answers make better prices.
    findPrices(root, rounds: 1_000)
    improve(root, patience: 100)
    if isProved || clock.isOver { return }
    findPrices(root, rounds: 1_000)
    certify(root)
    improve(root, patience: 200)
    if isProved || clock.isOver { return }
    let rest = kernel(of: root) ?? root
    if isProved || clock.isOver || !LinearSearch.isFeasible(rest) { return }
    solveLinear(rest, root)
  }

  private mutating func findPrices(_ relaxation: Relaxation, rounds: Int) {
    var volume = Volume(relaxation)
    defer { volume.deallocate() }
    volume.run(rounds: rounds, target: bestWorth * terms.scale) { [self] _ in
      report(.pricing, 0.4)
    }
    lowerBound(volume.least)
    if clock.isOver { return }
    relaxation.market.goLive(eps: 1)
    relaxation.recount()
    lowerBound(relaxation.bound())
  }

  /// An answer from what the prices choose on average: what they mostly choose is settled, the prices
  /// of the rest find their place again, and so on.
  private mutating func diveByPrices(_ root: Relaxation) {
    defer {
      root.market.goLive(eps: 1)
      root.recount()
    }
    var current = root
    while report(.improving, 0.5) {
      var volume = Volume(current)
      defer { volume.deallocate() }
      volume.watchEdges()
      volume.run(rounds: current === root ? 60 : 30, target: bestWorth * terms.scale) {
        [self] _ in report(.improving, 0.5)
      }
      takeMarket(current)
      if clock.isOver || volume.least <= bestWorth * terms.scale { return }
      let fixed = volume.likely()
      if fixed.isEmpty { return }
      var smaller = current.reduced
      smaller.settle(
        fixed, excluding: [Bool](repeating: false, count: current.market.edgeCount))
      if smaller.isBroken { return }
      let next = Relaxation(smaller, terms: terms)
      next.takePrices(of: current)
      takeMarket(next)
      if next.groups.count == 0 { return }
      current = next
    }
  }

  /// Dives and kernels in turn, then the proof on the last kernel.
  private mutating func closeIn(from root: Relaxation) {
    var current = root
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
      lower(to: bestWorth)
      return nil
    }
  }

  /// Answers from the market's choice.
  private mutating func dive(_ relaxation: Relaxation) {
    let edges = relaxation.market.edgeCount
    if edges > 200_000 {
      // The next is finer and takes long; so there is an answer before.
      if let found = relaxation.diveTogether(proceed: { [self] in report(.improving, 0.6) }) {
        take(found.pairs, worth: found.worth)
      }
      if edges > 5_000_000 || clock.isOver { return }
    }
    var search = Search(relaxation, best: best, worth: bestWorth)
    defer { search.deallocate() }
    // Looking further ahead pays where a step is cheap.
    let exhausted = search.dive(width: edges < 30_000 ? 4 : 1) { [self] in report(.improving, 0.6) }
    take(search.best, worth: search.bestWorth)
    if exhausted { lower(to: bestWorth) }
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
    if relaxation === root { certify(root) }
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
      lower(to: bound)
      if isProved { return }
      // Where a step of the simplex method takes long, prices find an answer sooner.
      if current !== root || LinearSearch.isSmall(root) {
        search.dive { [self] in report(.improving, 0.8) }
        take(search, of: current)
      } else {
        diveByPrices(root)
      }
      if isProved || clock.isOver { return }
      adopt(search, in: current, root)
      if isProved { return }
      let before = bestWorth
      improve(root, patience: LinearSearch.isSmall(root) ? 60 : 150)
      if isProved || clock.isOver { return }
      if let kernel = kernel(of: current) {
        current = kernel
        continue
      }
      if isProved { return }
      if bestWorth > before { search.take(worth: bestWorth) }
      var nodes = 400
      while true {
        let left = search.explore(nodeLimit: nodes) { [self] in report(.proving, 0.9) }
        take(search, of: current)
        lower(to: left ?? bestWorth)
        if isProved || clock.isOver { return }
        improve(root, patience: nodes)
        if isProved || clock.isOver { return }
        search.take(worth: bestWorth)
        nodes *= 4
      }
    }
  }

  mutating func take(_ search: LinearSearch, of relaxation: Relaxation) {
    guard let edges = search.best, search.bestWorth > bestWorth else { return }
    let pairs = edges.map {
      Pair(volunteer: relaxation.owner(of: $0), role: relaxation.instance.edgeRole[Int($0)])
    }
    take(relaxation.reduced.settled + pairs, worth: search.bestWorth)
  }

  /// Takes what the market holds, less what breaks a rule; not where the end of the run has cut it short:
  /// answers are taken at the same places in every run, so that a longer one has all of a shorter.
  mutating func takeMarket(_ relaxation: Relaxation) {
    if clock.isOver { return }
    let held = relaxation.reduced.settled + relaxation.market.pairs()
    if let worth = relaxation.answerWorth { take(held, worth: worth) } else { salvage(held) }
  }

  /// Makes an answer of what the market held, dropping what breaks a rule.
  private mutating func salvage(_ held: [Pair]) {
    let pairs = instance.firstAnswer(keeping: held)
    take(pairs, worth: instance.worth(pairs, terms: terms))
  }

  private mutating func take(_ pairs: [Pair], worth: Int64) {
    // Nothing is an answer that breaks a hard rule, whatever a search took it for.
    guard worth > bestWorth || pairs.count > found.score.filled, instance.allows(pairs) else {
      return
    }
    if worth > bestWorth { (best, bestWorth) = (pairs, worth) }
    found.take(pairs)
  }

  /// Worths are whole points, so a bound between two of them is the lower one.
  private mutating func lowerBound(_ bound: Int64) {
    lower(to: bound >= 0 ? bound / terms.scale : -((-bound + terms.scale - 1) / terms.scale))
  }

  /// No answer is worth more.
  private mutating func lower(to worth: Int64) {
    boundWorth = min(boundWorth, max(worth, bestWorth))
    found.lower(boundWorth, terms)
  }

  private mutating func certify(_ root: Relaxation) {
    found.certify(
      root.certificate(of: weighted), worth: (root.bound() + terms.scale - 1) / terms.scale, terms)
  }

  func report(_ phase: SolveProgress.Phase, _ fraction: Double) -> Bool {
    clock.report(
      SolveProgress(phase: phase, best: found.score, bound: found.bound, fraction: fraction))
  }

  /// The answer that is worth most is known: no answer fills more seats, if the same relaxation says so
  /// where a seat outweighs everything.
  mutating func proveSeats(_ size: ProblemSize) {
    guard let heavy = try? size.terms(atLeast: .max) else { return }
    let relaxation = Relaxation(ReducedInstance(instance), terms: heavy)
    coarse(relaxation, heavy)
    let enough = (Int64(best.count + 1) * heavy.bonus - size.losses(heavy)) * heavy.scale - 1
    let bound = relaxation.descend(rounds: 60, from: 2, to: 0.02) { [self] bound in
      bound > enough && report(.proving, 0.9)
    }
    found.lower(bound / heavy.scale, heavy)
    if best.count < found.mostSeats, !clock.isOver {
      var volume = Volume(relaxation)
      defer { volume.deallocate() }
      volume.run(rounds: 300, target: enough) { [self] bound in
        bound > enough && report(.proving, 0.9)
      }
      found.lower(volume.least / heavy.scale, heavy)
    }
    if best.count >= found.mostSeats { found.settle(best, terms) }
  }

  private func coarse(_ relaxation: Relaxation, _ terms: Terms) {
    var step = terms.top / 4 * terms.scale
    while step > 2 * terms.scale {
      relaxation.settle(eps: step)
      step /= 16
    }
  }
}

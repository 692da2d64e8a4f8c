/// Branch and bound over the linear relaxation (Land and Doig 1960; Dakin 1965): where the best answer
/// splits somebody, one branch for each way to mend it. For problems small enough that solving the
/// relaxation afresh costs little.
///
/// Branches are chosen by what a look ahead says or earlier looks said (strong branching, pseudo-costs;
/// Achterberg, Koch and Martin 2005). A solved branch is given up by weak duality in whole
/// numbers. What was learned of a branch before (its parent's cost, reduced costs at the root, that
/// nobody fits at all) is floating point, used with a quarter of a point to spare: answers are whole.
final class LinearSearch {
  let program: LinearProgram
  private let simplex: DualSimplex
  private let relaxation: Relaxation
  /// The best answer so far, as edges of the relaxation; nil while the one it started from stands.
  private(set) var best: [Int32]?
  private(set) var bestWorth: Int64
  private(set) var nodes = 0
  var iterations: Int { simplex.iterations }
  /// Bounds that hold in all branches.
  private let low: Flat<Double>
  private let high: Flat<Double>
  private var fixes: [Fix] = []
  private let gains: Flat<Gains>
  /// Reduced costs and cost at the root.
  private let rootReduced: Flat<Double>
  private var rootCost = -Double.infinity
  private var rounding: LinearRounding
  private let start: LinearStart

  /// A branch narrows the bounds of one column.
  private struct Fix: Equatable {
    var column: Int32
    var low: Double
    var high: Double
  }

  private struct Node {
    var cost: Double
    var fixes: [Fix]
  }

  /// What branching on a column has cost so far, for each unit of rounding.
  private struct Gains: BitwiseCopyable {
    var down = 0.0
    var up = 0.0
    var downs: Int32 = 0
    var ups: Int32 = 0
  }

  init(_ relaxation: Relaxation, worth: Int64) {
    self.relaxation = relaxation
    program = LinearProgram(relaxation)
    bestWorth = worth
    let seats = Double(max(1, relaxation.market.seatCount))
    simplex = DualSimplex(program, wiggle: 0.1 / seats)
    low = .filled(0, program.columnCount)
    high = .filled(0, program.columnCount)
    for column in 0..<program.columnCount {
      low[column] = Double(program.low[column])
      high[column] = Double(program.high[column])
    }
    gains = .filled(Gains(), program.columnCount)
    rootReduced = .filled(0, program.columnCount)
    rounding = LinearRounding(relaxation, program)
    start = LinearStart(relaxation, program)
    simplex.start(from: start.columns)
  }

  deinit {
    low.deallocate()
    high.deallocate()
    gains.deallocate()
    rootReduced.deallocate()
    rounding.deallocate()
  }

  /// No better answer costs more.
  private var cutOff: Double {
    bestWorth == .min ? .infinity : Double(program.constant - bestWorth - 1) + 0.25
  }

  /// An answer is known that is worth so much: branches that are not better are given up.
  func take(worth: Int64) {
    if worth <= bestWorth { return }
    bestWorth = worth
    best = nil
    fixByPrice()
  }

  /// The prices of the rules at the present optimum, in points: what a place costs, what a member
  /// earns.
  func rulePrices() -> [(group: Int, price: Double)] {
    simplex.updatePrices()
    var prices: [(group: Int, price: Double)] = []
    for row in 0..<program.rowCount where program.groupOfRow[row] >= 0 {
      let group = Int(program.groupOfRow[row])
      let price = simplex.prices[row]
      prices.append((group, group < relaxation.groups.capCount ? -price : price))
    }
    return prices
  }

  private func provedWorth() -> Int64 {
    simplex.updatePrices()
    return program.provedWorth(prices: simplex.prices, low: simplex.low, high: simplex.high)
  }

  /// Solves the relaxation. Returns what no answer is worth more than; nil when stopped first.
  ///
  /// Only edges that look promising take part at first; those whose price turns out good join (sifting;
  /// Bixby and others 1992).
  func solveRoot(proceed: () -> Bool) -> Int64? {
    var isWaiting = start.unpromising
    for column in 0..<program.columnCount where isWaiting[column] {
      simplex.bound(column, low[column], low[column])
    }
    simplex.forgetFixed(low: simplex.low, high: simplex.high)
    while true {
      switch simplex.run(cutOff: cutOff, limit: 500) {
      case .unfinished:
        look()
        if !proceed() { return nil }
        continue
      case .infeasible: return bestWorth
      case .cutOff, .optimal: break
      }
      simplex.price()
      var joined = 0
      for column in 0..<program.columnCount where isWaiting[column] {
        if simplex.reduced[column] >= -1e-7 { continue }
        isWaiting[column] = false
        simplex.bound(column, low[column], high[column])
        joined += 1
      }
      if joined == 0 { break }
      simplex.forgetFixed(low: simplex.low, high: simplex.high)
    }
    for column in 0..<program.columnCount where isWaiting[column] {
      simplex.bound(column, low[column], high[column])
    }
    simplex.forgetFixed(low: low, high: high)
    rootCost = simplex.dualCost()
    rootReduced.update(from: simplex.reduced, count: program.columnCount)
    look()
    fixByPrice()
    return max(bestWorth, provedWorth())
  }

  /// Whether the relaxation of the problem costs next to nothing.
  static func isSmall(_ relaxation: Relaxation) -> Bool {
    relaxation.groups.count > 0 && relaxation.market.edgeCount <= 20_000
  }

  /// Whether the relaxation of the problem costs less than everything else.
  static func isCheap(_ relaxation: Relaxation) -> Bool {
    relaxation.groups.count > 0 && relaxation.market.edgeCount <= 60_000
  }

  /// Whether the relaxation of the problem can be solved in a reasonable time.
  static func isFeasible(_ relaxation: Relaxation) -> Bool {
    relaxation.groups.count > 0 && relaxation.market.edgeCount <= 200_000
  }

  /// Goes down one branch, settling whoever is least split, for the answers on the way.
  func dive(proceed: () -> Bool) {
    var settled: [Int] = []
    defer { for column in settled { simplex.bound(column, low[column], high[column]) } }
    while proceed() {
      var largest = 0.0
      for column in 0..<program.edgeCount {
        let part = simplex.value(column)
        if part > 1e-5, part < 1 - 1e-5 { largest = max(largest, part) }
      }
      if largest == 0 { return }
      let least = min(largest, 0.8)
      for column in 0..<program.edgeCount {
        let part = simplex.value(column)
        if part < least || part > 1 - 1e-5 { continue }
        simplex.bound(column, 1, 1)
        settled.append(column)
        if largest == least { break }
      }
      guard solveNode() != nil else { return }
      look()
    }
  }

  private func isSettled(_ node: Node) -> Bool { node.cost > cutOff }

  /// Searches on from the root. Returns the highest bound of what is left, nil when nothing is.
  func explore(nodeLimit: Int, proceed: () -> Bool) -> Int64? {
    var open: [Node] = []
    var current: Node? = Node(cost: rootCost, fixes: [])
    while let node = current ?? open.popLast() {
      if isSettled(node) {
        if current == nil { return nil }
        current = nil
        continue
      }
      if nodes >= nodeLimit || !proceed() {
        open.append(node)
        let least = open.map(\.cost).min() ?? node.cost
        return program.constant - Int64((least - 0.25).rounded(.up))
      }
      nodes += 1
      apply(node.fixes)
      current = nil
      guard let cost = solveNode() else { continue }
      look()
      if cost > cutOff { continue }
      guard var children = split(Node(cost: cost, fixes: node.fixes)) else { continue }
      // Go on where the cost rises least, keep the others for later: the least cost last.
      children.sort { $0.cost > $1.cost }
      current = children.popLast()
      for child in children {
        let at = open.firstIndex { $0.cost < child.cost } ?? open.count
        open.insert(child, at: at)
      }
    }
    return nil
  }

  /// The cost of the best of the branch, nil when nothing in it is better than the best answer.
  private func solveNode() -> Double? {
    var margin = 0.0
    while true {
      switch simplex.run(cutOff: cutOff + margin) {
      case .infeasible: return nil
      case .cutOff:
        if provedWorth() <= bestWorth { return nil }
        margin += 1
      case .optimal, .unfinished:
        let cost = simplex.dualCost()
        if cost > cutOff, provedWorth() <= bestWorth { return nil }
        return min(cost, cutOff)
      }
    }
  }

  private func apply(_ wanted: [Fix]) {
    for fix in fixes {
      simplex.bound(Int(fix.column), low[fix.column], high[fix.column])
    }
    for fix in wanted { simplex.bound(Int(fix.column), fix.low, fix.high) }
    fixes = wanted
  }

  /// Makes answers of what the relaxation says.
  private func look() {
    guard let found = rounding.round(simplex, beating: bestWorth) else { return }
    best = found.edges
    bestWorth = found.worth
    fixByPrice()
  }

  /// What the prices at the root settle for every better answer (reduced-cost fixing).
  private func fixByPrice() {
    let room = cutOff - rootCost
    if !room.isFinite { return }
    for column in 0..<program.columnCount where low[column] < high[column] {
      if rootReduced[column] > room {
        high[column] = low[column]
      } else if -rootReduced[column] > room {
        low[column] = high[column]
      } else {
        continue
      }
      simplex.bound(column, low[column], high[column])
    }
    simplex.forgetFixed(low: low, high: high)
  }

  /// Two branches, each with a cost at least as high as its parent's; none when every way is settled.
  private func split(_ node: Node) -> [Node]? {
    var candidates: [(column: Int, part: Double, score: Double)] = []
    for position in 0..<program.rowCount {
      let column = Int(simplex.basis.head[position])
      if column >= program.columnCount { continue }
      let part = simplex.amount[position] - simplex.amount[position].rounded(.down)
      if part < 1e-5 || part > 1 - 1e-5 { continue }
      candidates.append((column, part, estimate(column, part)))
    }
    if candidates.isEmpty { return nil }
    candidates.sort { ($1.score, $0.column) < ($0.score, $1.column) }
    var chosen = candidates[0]
    var costs = (down: node.cost, up: node.cost)
    var bestScore = -1.0
    var looks = 0
    simplex.setMark()
    for candidate in candidates.prefix(16) {
      let known = gains[candidate.column]
      if known.downs >= 2, known.ups >= 2 {
        if candidate.score > bestScore {
          bestScore = candidate.score
          chosen = candidate
          costs = (node.cost, node.cost)
        }
        continue
      }
      if looks >= 8 { continue }
      looks += 1
      let amount = simplex.value(candidate.column).rounded(.down)
      let (least, most) = bounds(candidate.column)
      let down = peek(candidate.column, least, amount, node.cost)
      let up = peek(candidate.column, amount + 1, most, node.cost)
      learn(candidate.column, candidate.part, down - node.cost, up - node.cost)
      let score = max(down - node.cost, 1e-4) * max(up - node.cost, 1e-4)
      if score > bestScore {
        bestScore = score
        chosen = candidate
        costs = (down, up)
      }
      if down > cutOff || up > cutOff { break }
    }
    let amount = simplex.value(chosen.column).rounded(.down)
    let (least, most) = bounds(chosen.column)
    var children: [Node] = []
    func add(_ low: Double, _ high: Double, _ cost: Double) {
      if cost > cutOff { return }
      var fixes = node.fixes.filter { $0.column != Int32(chosen.column) }
      fixes.append(Fix(column: Int32(chosen.column), low: low, high: high))
      children.append(Node(cost: max(cost, node.cost), fixes: fixes))
    }
    add(least, amount, costs.down)
    add(amount + 1, most, costs.up)
    return children
  }

  private func bounds(_ column: Int) -> (Double, Double) {
    (simplex.low[column], simplex.high[column])
  }

  /// The cost after a few steps with other bounds; then everything is as before. Infinite only when
  /// nothing better is left there.
  private func peek(_ column: Int, _ least: Double, _ most: Double, _ cost: Double) -> Double {
    let (formerLow, formerHigh) = bounds(column)
    simplex.bound(column, least, most)
    let outcome = simplex.run(cutOff: cutOff, limit: 20)
    var after = max(cost, simplex.dualCost())
    switch outcome {
    case .infeasible: after = .infinity
    case .cutOff, .optimal, .unfinished:
      if after > cutOff { after = provedWorth() <= bestWorth ? .infinity : cutOff }
    }
    simplex.bound(column, formerLow, formerHigh)
    simplex.goBack()
    return after
  }

  private func learn(_ column: Int, _ part: Double, _ down: Double, _ up: Double) {
    if down.isFinite {
      gains[column].down += down / part
      gains[column].downs += 1
    }
    if up.isFinite {
      gains[column].up += up / (1 - part)
      gains[column].ups += 1
    }
  }

  /// What branching on the column promises.
  private func estimate(_ column: Int, _ part: Double) -> Double {
    let known = gains[column]
    let down = known.downs > 0 ? known.down / Double(known.downs) : 1
    let up = known.ups > 0 ? known.up / Double(known.ups) : 1
    return max(down * part, 1e-4) * max(up * (1 - part), 1e-4)
  }
}

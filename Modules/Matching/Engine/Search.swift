/// Branch and bound over the relaxed market: decide what the prices leave open, one choice after the
/// other, the cheaper way first, and give up a branch as soon as its bound shows that it cannot beat
/// the best answer.
struct Search {
  let relaxation: Relaxation
  /// The best answer so far, and its worth in points with the bonus for filled seats.
  private(set) var best: [Pair]
  private(set) var bestWorth: Int64
  var nodes = 0
  /// What the market held when a quick dive was cut short; it may break rules.
  private(set) var unfinished: [Pair]?
  /// Whether somebody said no; then the market is left as it is, which saves the way back.
  var isStopped = false
  /// How fast local prices gather speed, and the largest step.
  private var growth = 1.5
  private var largestStep: Double
  private var step: Flat<Double>
  private var last: Flat<Int8>
  private var scale: Int64 { relaxation.scale }
  private let heavy: Int64
  private var forcedCount: Int64 = 0
  let nodeLimit: Int

  init(_ relaxation: Relaxation, best: [Pair], worth: Int64, nodeLimit: Int) {
    self.best = best
    bestWorth = worth
    self.relaxation = relaxation
    self.nodeLimit = nodeLimit
    heavy = 4 * relaxation.market.never
    largestStep = 60 * Double(relaxation.scale)
    step = .filled(Double(relaxation.scale), relaxation.groups.count)
    last = .filled(0, relaxation.groups.count)
  }

  /// Lets prices go as far as a filled seat is worth within a few steps: where seats compete with
  /// rules, not affinities.
  mutating func takeLargeSteps() {
    growth = 4
    largestStep = max(largestStep, Double(relaxation.terms.top) / 4 * Double(scale))
  }

  func deallocate() {
    step.deallocate()
    last.deallocate()
  }

  var quickBound: Int64 { relaxation.quickBound - forcedCount * heavy }

  /// Whether nothing in this branch beats the best answer. Points are whole, and the quick bound is
  /// less than half a point below the exact one.
  func isHopeless(_ bound: Int64) -> Bool {
    bestWorth != .min && bound + scale / 2 < (bestWorth + 1) * scale
  }

  /// Goes down one branch, always the better way, until the rules are kept. Returns whether that
  /// settles everything: every way not taken was hopeless.
  mutating func dive(width: Int, proceed: () -> Bool) -> Bool {
    var path: [Child] = []
    var settlesAll = true
    while true {
      consider()
      if isHopeless(quickBound) { break }
      guard proceed() else {
        isStopped = true
        return false
      }
      guard let children = bestSplit(width: width) else {
        settlesAll = settlesAll && isHopeless(quickBound)
        break
      }
      guard let child = children.first, !isHopeless(child.bound) else { break }
      if children.count == 2, !isHopeless(children[1].bound) { settlesAll = false }
      apply(child.option)
      relaxation.reprice(child.prices)
      path.append(child)
    }
    for child in path.reversed() {
      relaxation.reprice(child.formerPrices)
      revert(child.option)
    }
    _ = relaxation.takeTouched()
    return settlesAll
  }

  /// Goes down one branch without a look at the other ways: for problems so large that looking would
  /// take all the time. Where that is cut short, `unfinished` is what the market held.
  mutating func diveQuickly(proceed: () -> Bool) {
    var path: [Child] = []
    while true {
      consider()
      if isHopeless(quickBound) { break }
      let groups = worstGroups(256)
      if groups.isEmpty { break }
      if !proceed() {
        unfinished = relaxation.reduced.settled + relaxation.market.pairs()
        isStopped = true
        return
      }
      var moved = false
      for group in groups where defect(group) > 0 {
        guard let option = options(group)?.first else { continue }
        moved = true
        nodes += 1
        _ = relaxation.takeTouched()
        apply(option)
        var former: [Int: Int64] = [:]
        let bound = polishLocally(option.seeds, &former)
        path.append(
          Child(
            option: option, bound: bound, prices: [],
            formerPrices: former.keys.sorted().map { ($0, former[$0] ?? 0) }))
      }
      if !moved { break }
    }
    for child in path.reversed() {
      relaxation.reprice(child.formerPrices)
      revert(child.option)
    }
    _ = relaxation.takeTouched()
  }

  /// Looks a step ahead both ways for each candidate and takes the one that costs most whichever way
  /// it goes (strong branching). The better way comes first; nil when there is no candidate.
  ///
  /// Looks at `width` candidates, and at more when all of these cost next to nothing one way.
  mutating func bestSplit(width: Int) -> [Child]? {
    let candidates = branches(width == 1 ? 1 : 4 * width)
    var surest = 0.0
    var best: [Child]?
    var bestScore = -Double.infinity
    let here = quickBound
    for (index, options) in candidates.enumerated() {
      if index >= width, surest >= Double(scale) / 4 { break }
      var children: [Child] = []
      for option in options {
        nodes += 1
        children.append(probe(option))
      }
      if children.count == 2, children[1].bound > children[0].bound { children.swapAt(0, 1) }
      let room = Double((bestWorth == .min ? here : here - bestWorth * scale) + scale)
      let drops = children.map { min(room, max(1, Double(here - $0.bound))) }
      let score = drops.reduce(1, *)
      surest = max(surest, drops.min() ?? 0)
      if score > bestScore {
        bestScore = score
        best = children
      }
      // One way is out: that is no choice but progress.
      if children.contains(where: { isHopeless($0.bound) }) { return children }
    }
    return best
  }

  /// A branch seen from its parent.
  struct Child {
    var option: Option
    var bound: Int64
    var prices: [(group: Int, amount: Int64)]
    var formerPrices: [(group: Int, amount: Int64)]
  }

  /// Takes the option, polishes, and goes back.
  mutating func probe(_ option: Option) -> Child {
    _ = relaxation.takeTouched()
    apply(option)
    var former: [Int: Int64] = [:]
    let bound = polishLocally(option.seeds, &former)
    if !isHopeless(bound) { consider() }
    let order = former.keys.sorted()
    let child = Child(
      option: option, bound: bound,
      prices: order.map { ($0, relaxation.multiplier[$0]) },
      formerPrices: order.map { ($0, former[$0] ?? 0) })
    relaxation.reprice(child.formerPrices)
    revert(option)
    return child
  }

  struct Option {
    enum Kind: Equatable {
      case force(Int32)
      case forbid(Int32)
      case require(Int)
      case waive(Int)
    }
    var kind: Kind
    var seeds: [Int]
    /// For `waive`: the price of the group before and after.
    var formerPrice: Int64 = 0
    var price: Int64 = 0
  }

  mutating func apply(_ option: Option) {
    switch option.kind {
    case .force(let edge):
      forcedCount += 1
      relaxation.fix(edge, by: heavy)
    case .forbid(let edge): relaxation.fix(edge, by: -heavy)
    case .require(let group): relaxation.isRequired[group] = true
    case .waive(let group):
      relaxation.reprice(group, at: min(relaxation.multiplier[group], option.price))
      relaxation.limit[group] -= 1
      relaxation.surplus += relaxation.multiplier[group] - relaxation.groups.cost[group] * scale
    }
  }

  mutating func revert(_ option: Option) {
    switch option.kind {
    case .force(let edge):
      forcedCount -= 1
      relaxation.fix(edge, by: -heavy)
    case .forbid(let edge): relaxation.fix(edge, by: heavy)
    case .require(let group): relaxation.isRequired[group] = false
    case .waive(let group):
      relaxation.limit[group] += 1
      relaxation.surplus -= relaxation.multiplier[group] - relaxation.groups.cost[group] * scale
      relaxation.reprice(group, at: option.formerPrice)
    }
  }

  /// Moves the prices of the groups that the last choice has touched, as long as that pays.
  private mutating func polishLocally(_ seeds: [Int], _ former: inout [Int: Int64]) -> Int64 {
    var least = quickBound
    var active = seeds
    active.append(contentsOf: relaxation.takeTouched())
    for group in active {
      step[group] = Double(scale)
      last[group] = 0
    }
    for _ in 0..<12 {
      if isHopeless(least) { break }
      let before = least
      var moved = false
      for group in active {
        let sign = relaxation.direction(group)
        if sign == 0 { continue }
        if Int(last[group]) == sign {
          step[group] = min(largestStep, step[group] * growth)
        } else if last[group] != 0 {
          step[group] = max(0.02 * Double(scale), step[group] * 0.5)
        }
        last[group] = Int8(sign)
        let old = relaxation.multiplier[group]
        if former[group] == nil { former[group] = old }
        relaxation.reprice(
          group,
          at: min(
            relaxation.rewardLimit(group), max(0, old + Int64(sign) * Int64(step[group]))))
        moved = true
        least = min(least, quickBound)
        if isHopeless(least) { break }
      }
      if !moved || before - least < scale / 16 { break }
      active = relaxation.takeTouched() + active.filter { relaxation.direction($0) != 0 }
    }
    return least
  }

  /// Takes the present choice of the market as an answer when it keeps the rules.
  mutating func consider() {
    let groups = relaxation.groups
    for group in 0..<groups.capCount where relaxation.chosen[group] > groups.limit[group] { return }
    var worth = relaxation.settledWorth / scale - groups.unavoidable
    for group in groups.capCount..<groups.count {
      let missing = groups.limit[group] - relaxation.chosen[group]
      if missing > 0 { worth -= groups.cost[group] * Int64(missing) }
    }
    let market = relaxation.market
    for unit in 0..<market.unitCount where market.held[unit].edge >= 0 {
      let edge = Int(market.held[unit].edge)
      worth += relaxation.points(edge)
    }
    if worth > bestWorth {
      bestWorth = worth
      best = relaxation.reduced.settled + market.pairs()
    }
  }

  /// Moves the prices of groups in which nobody can join or leave any more: where that settles
  /// nothing for anybody, all the way. The bound holds at any prices. Returns what was moved.
  mutating func pushDeadEnds() -> [(group: Int, former: Int64, amount: Int64)] {
    var pushed: [(group: Int, former: Int64, amount: Int64)] = []
    let room = max(0, quickBound - (bestWorth == .min ? 0 : bestWorth * scale)) + scale
    for group in worstGroups(relaxation.groups.count) where options(group) == nil {
      let former = relaxation.multiplier[group]
      let direction = relaxation.direction(group)
      if direction == 0 { continue }
      let amount =
        direction < 0 ? 0 : min(relaxation.rewardLimit(group), former + min(room, heavy / 4))
      if amount == former { continue }
      relaxation.reprice(group, at: amount)
      pushed.append((group, former, amount))
    }
    return pushed
  }

  /// What the group costs by not being as its price says.
  private func defect(_ group: Int) -> Int64 {
    let groups = relaxation.groups
    let excess = Int64(relaxation.chosen[group] - relaxation.limit[group])
    if excess == 0 { return 0 }
    if group < groups.capCount {
      return excess > 0 ? Int64.max / 4 : -excess * relaxation.multiplier[group]
    }
    if excess > 0 { return excess * relaxation.multiplier[group] }
    return relaxation.isRequired[group]
      ? Int64.max / 8 : groups.cost[group] * scale - relaxation.multiplier[group]
  }

  /// For the groups that cost most by not being as their price says, the two ways to go on; the most
  /// costly first.
  func branches(_ count: Int) -> [[Option]] { worstGroups(count).compactMap { options($0) } }

  /// The groups that cost most by not being as their price says, the most costly first.
  private func worstGroups(_ count: Int) -> [Int] {
    var worst: [(defect: Int64, group: Int)] = []
    for group in 0..<relaxation.groups.count {
      let defect = defect(group)
      if defect <= 0 { continue }
      if worst.count == count, let last = worst.last, defect <= last.defect { continue }
      let at = worst.firstIndex { $0.defect < defect } ?? worst.count
      worst.insert((defect, group), at: at)
      if worst.count > count { worst.removeLast() }
    }
    return worst.map(\.group)
  }

  /// The two ways to go on with a group that is not as its price says, the likelier first.
  private func options(_ group: Int) -> [Option]? {
    let groups = relaxation.groups
    let excess = relaxation.chosen[group] - relaxation.limit[group]
    if group >= groups.capCount, excess < 0, !relaxation.isRequired[group] {
      let require = Option(kind: .require(group), seeds: [group])
      // With one less to ask for, the reward has no reason to stay; the polish finds a better one.
      let waive = Option(
        kind: .waive(group), seeds: [group], formerPrice: relaxation.multiplier[group],
        price: relaxation.limit[group] == 1 ? 0 : relaxation.multiplier[group])
      return relaxation.multiplier[group] * 2 > groups.cost[group] * scale
        ? [waive, require] : [require, waive]
    }
    if excess > 0 {
      // Somebody leaves: the one who loses least.
      var least = Int64.max
      var edge: Int32 = -1
      for candidate in groups.edges(of: group) {
        let volunteer = relaxation.owner(of: candidate)
        if !relaxation.market.holds(volunteer, candidate) { continue }
        let loss =
          relaxation.market.value(candidate) - relaxation.market.bestOther(volunteer)
        if loss < least, loss < heavy / 2 {
          least = loss
          edge = candidate
        }
      }
      if edge < 0 { return nil }
      return [
        Option(kind: .forbid(edge), seeds: [group]), Option(kind: .force(edge), seeds: [group]),
      ]
    }
    // Somebody joins: the one who loses least by it.
    var least = Int64.max
    var edge: Int32 = -1
    for candidate in groups.edges(of: group) {
      let volunteer = relaxation.owner(of: candidate)
      if relaxation.market.holds(volunteer, candidate) { continue }
      let loss = relaxation.market.utility[volunteer] - relaxation.market.value(candidate)
      if loss < least, loss < heavy / 2 {
        least = loss
        edge = candidate
      }
    }
    if edge < 0 { return nil }
    return [
      Option(kind: .force(edge), seeds: [group]), Option(kind: .forbid(edge), seeds: [group]),
    ]
  }
}

extension Relaxation {
  @inline(__always)
  func points(weight: Int32, role: Int) -> Int64 {
    bonus + Int64(weight) + instance.priority(ofRole: role)
  }

  /// What choosing the edge is worth in points, with the bonus for a filled seat.
  @inline(__always)
  func points(_ edge: Int) -> Int64 {
    points(weight: instance.edgeWeight[edge], role: Int(instance.edgeRole[edge]))
  }
}

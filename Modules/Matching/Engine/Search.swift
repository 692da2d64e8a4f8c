/// Branch and bound over the relaxed market: decide what the prices leave open, one choice after the
/// other, the cheaper way first, and give up a branch as soon as its bound shows that it cannot beat
/// the best answer.
struct Search {
  let relaxation: Relaxation
  /// The best answer so far, and its worth in points with the bonus for filled seats.
  private(set) var best: [Pair]
  private(set) var bestWorth: Int64
  var nodes = 0
  private(set) var stopped = false
  private var step: Flat<Double>
  private var last: Flat<Int8>
  private var scale: Int64 { relaxation.scale }
  private let heavy: Int64
  private var forcedCount: Int64 = 0
  private(set) var nodeLimit: Int
  mutating func setLimit(_ l: Int) { nodeLimit = l }

  init(_ relaxation: Relaxation, best: [Pair], worth: Int64, nodeLimit: Int) {
    self.best = best
    bestWorth = worth
    self.relaxation = relaxation
    self.nodeLimit = nodeLimit
    heavy = 4 * relaxation.market.never
    step = .filled(Double(relaxation.scale), relaxation.groups.count)
    last = .filled(0, relaxation.groups.count)
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

  /// Explores everything from here, the market being polished. Returns when it is exhausted or the
  /// limit is reached.
  mutating func explore(bound: Int64) {
    if isHopeless(bound) { return }
    consider()
    if isHopeless(bound) { return }
    guard let choice = chooseBranch() else { return }
    // Look a step ahead both ways, then go the better way first.
    var children: [Child] = []
    for option in choice {
      nodes += 1
      if nodes > nodeLimit {
        stopped = true
        return
      }
      children.append(probe(option))
    }
    if children.count == 2, children[1].bound > children[0].bound { children.swapAt(0, 1) }
    for child in children where !isHopeless(child.bound) {
      apply(child.option)
      relaxation.reprice(child.prices)
      explore(bound: min(bound, child.bound))
      relaxation.reprice(child.formerPrices)
      revert(child.option)
      if stopped { return }
    }
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
    enum Kind: Equatable { case force(Int32), forbid(Int32), require(Int), waive(Int) }
    var kind: Kind
    var seeds: [Int]
    var formerPrice: Int64 = 0
  }

  mutating func apply(_ option: Option) {
    switch option.kind {
    case .force(let edge):
      forcedCount += 1
      relaxation.fix(edge, by: heavy)
    case .forbid(let edge): relaxation.fix(edge, by: -heavy)
    case .require(let group): relaxation.mode[group] = .required
    case .waive(let group):
      relaxation.reprice(group, at: 0)
      relaxation.mode[group] = .waived
      relaxation.surplus -= relaxation.penalty
    }
  }

  mutating func revert(_ option: Option) {
    switch option.kind {
    case .force(let edge):
      forcedCount -= 1
      relaxation.fix(edge, by: -heavy)
    case .forbid(let edge): relaxation.fix(edge, by: heavy)
    case .require(let group): relaxation.mode[group] = .open
    case .waive(let group):
      relaxation.mode[group] = .open
      relaxation.surplus += relaxation.penalty
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
    for _ in 0..<tune("LR", 12) {
      if isHopeless(least) { break }
      let before = least
      var moved = false
      for group in active {
        let sign = relaxation.direction(group)
        if sign == 0 { continue }
        if Int(last[group]) == sign {
          step[group] = min(60 * Double(scale), step[group] * 1.5)
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
      if !moved || before - least < scale / Int64(tune("LI", 16)) { break }
      active = relaxation.takeTouched() + active.filter { relaxation.direction($0) != 0 }
    }
    return least
  }

  /// Takes the present choice of the market as an answer when it keeps the rules.
  mutating func consider() {
    let groups = relaxation.groups
    for group in 0..<groups.capCount where relaxation.chosen[group] > groups.limit[group] { return }
    var worth = relaxation.settledWorth / scale - groups.unavoidable
    let penalty = relaxation.penalty / scale
    for group in groups.capCount..<groups.count where relaxation.chosen[group] == 0 {
      worth -= penalty
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

  /// The group that costs most by not being as its price says, and the two ways to go on.
  func chooseBranch() -> [Option]? {
    let groups = relaxation.groups
    var worst: Int64 = -1
    var chosen = -1
    for group in 0..<groups.count {
      let excess = Int64(relaxation.chosen[group] - groups.limit[group])
      if excess == 0 || relaxation.mode[group] == .waived { continue }
      var defect: Int64
      if group < groups.capCount {
        defect = excess > 0 ? Int64.max / 4 : -excess * relaxation.multiplier[group]
      } else if excess < 0 {
        defect =
          relaxation.mode[group] == .required
          ? Int64.max / 8 : relaxation.penalty - relaxation.multiplier[group]
      } else {
        defect = excess * relaxation.multiplier[group]
      }
      if defect > worst, defect > 0 {
        worst = defect
        chosen = group
      }
    }
    if chosen < 0 { return nil }
    let group = chosen
    let excess = relaxation.chosen[group] - groups.limit[group]
    if group >= groups.capCount, excess < 0, relaxation.mode[group] == .open {
      let require = Option(kind: .require(group), seeds: [group])
      let waive = Option(
        kind: .waive(group), seeds: [], formerPrice: relaxation.multiplier[group])
      return relaxation.multiplier[group] * 2 > relaxation.penalty
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
      return [Option(kind: .forbid(edge), seeds: [group]), Option(kind: .force(edge), seeds: [group])]
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
    return [Option(kind: .force(edge), seeds: [group]), Option(kind: .forbid(edge), seeds: [group])]
  }
}

extension Relaxation {
  /// What choosing the edge is worth in points, with the bonus for a filled seat.
  @inline(__always)
  func points(_ edge: Int) -> Int64 {
    let role = Int(instance.edgeRole[edge])
    return bonus + Int64(instance.edgeWeight[edge]) + instance.priority(ofRole: role)
  }
}

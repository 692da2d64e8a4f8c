/// Branch and bound over the relaxed market: decide what the prices leave open, one choice after the
/// other, the better way first, and give up a branch as soon as its bound shows that it cannot beat
/// the best answer.
struct Search {
  let relaxation: Relaxation
  /// The best answer so far, and its worth in points with the bonus for filled seats.
  private(set) var best: [Pair]
  private(set) var bestWorth: Int64
  var nodes = 0
  /// Whether somebody said no; then the market is left as it is, which saves the way back.
  var isStopped = false
  /// How fast local prices gather speed, and the largest step.
  let growth = 1.5
  let largestStep: Double
  let step: Flat<Double>
  let last: Flat<Int8>
  let active: GroupList
  let log: PriceLog
  var scale: Int64 { relaxation.scale }
  let heavy: Int64
  var forcedCount: Int64 = 0
  let nodeLimit: Int

  init(_ relaxation: Relaxation, best: [Pair], worth: Int64, nodeLimit: Int = .max) {
    self.best = best
    bestWorth = worth
    self.relaxation = relaxation
    self.nodeLimit = nodeLimit
    heavy = 4 * relaxation.market.never
    largestStep = 60 * Double(relaxation.scale)
    step = .filled(Double(relaxation.scale), relaxation.groups.count)
    last = .filled(0, relaxation.groups.count)
    active = GroupList(relaxation.groups.count)
    log = PriceLog(relaxation.groups.count)
  }

  func deallocate() {
    step.deallocate()
    last.deallocate()
    active.deallocate()
    log.deallocate()
  }

  var quickBound: Int64 { relaxation.quickBound - forcedCount * heavy }

  /// Whether nothing in this branch beats the best answer. Points are whole, and the quick bound is
  /// less than half a point below the exact one.
  func isHopeless(_ bound: Int64) -> Bool {
    bestWorth != .min && bound + scale / 2 < (bestWorth + 1) * scale
  }

  /// One step of the way down: what was decided, and the prices before.
  private struct Step {
    var option: Option
    var formerPrices: [GroupPrice]
  }

  /// Goes down one branch, always the better way, until the rules are kept. Returns whether that
  /// settles everything: every way not taken was hopeless.
  mutating func dive(width: Int, proceed: () -> Bool) -> Bool {
    var path: [Step] = []
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
      let former = child.prices.map {
        GroupPrice(group: $0.group, amount: relaxation.multiplier[$0.group])
      }
      apply(child.option)
      relaxation.reprice(child.prices)
      _ = polish([child.option.group] + worstGroups(200), .full)
      // The earlier price counts where both have one.
      path.append(Step(option: child.option, formerPrices: log.formerPrices + former))
    }
    goBack(path)
    return settlesAll
  }

  private mutating func goBack(_ path: [Step]) {
    for step in path.reversed() {
      relaxation.reprice(step.formerPrices)
      revert(step.option)
    }
    relaxation.touched.removeAll()
  }

  /// Looks a step ahead both ways for each candidate and takes the one that costs most whichever way
  /// it goes (strong branching). The better way comes first; nil when there is no candidate.
  ///
  /// Looks at `width` candidates, and at more when all of these cost next to nothing one way.
  mutating func bestSplit(width: Int) -> [Child]? {
    var surest = 0.0
    var best: [Child]?
    var bestScore = -Double.infinity
    let here = quickBound
    var looked = 0
    for group in worstGroups(width == 1 ? 1 : 4 * width) {
      if looked >= width, surest >= Double(scale) / 4 { break }
      guard let options = options(group) else { continue }
      looked += 1
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
    var prices: [GroupPrice]
    var formerPrices: [GroupPrice]
  }

  /// Takes the option, polishes, and goes back.
  private mutating func probe(_ option: Option) -> Child {
    relaxation.touched.removeAll()
    apply(option)
    let bound = polish([option.group], .quick)
    if !isHopeless(bound) { consider() }
    let former = log.formerPrices
    let child = Child(
      option: option, bound: bound,
      prices: former.map {
        GroupPrice(group: $0.group, amount: relaxation.multiplier[$0.group])
      }, formerPrices: former)
    relaxation.reprice(former)
    revert(option)
    relaxation.touched.removeAll()
    return child
  }

  /// Takes the present choice of the market as an answer when it keeps the rules.
  mutating func consider() {
    guard let worth = relaxation.answerWorth, worth > bestWorth else { return }
    bestWorth = worth
    best = relaxation.reduced.settled + relaxation.market.pairs()
  }

  /// Moves the prices of groups in which nobody can join or leave any more: where that settles
  /// nothing for anybody, all the way. The bound holds at any prices. Returns what was moved.
  mutating func pushDeadEnds() -> [(former: GroupPrice, amount: Int64)] {
    var pushed: [(former: GroupPrice, amount: Int64)] = []
    let room = max(0, quickBound - (bestWorth == .min ? 0 : bestWorth * scale)) + scale
    for group in worstGroups(relaxation.groups.count) where options(group) == nil {
      let former = relaxation.multiplier[group]
      let direction = relaxation.direction(group)
      if direction == 0 { continue }
      let amount =
        direction < 0 ? 0 : min(relaxation.rewardLimit(group), former + min(room, heavy / 4))
      if amount == former { continue }
      relaxation.reprice(group, at: amount)
      pushed.append((GroupPrice(group: Int32(group), amount: former), amount))
    }
    return pushed
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

/// Prices of all rules at once, by the volume algorithm (Barahona and Anbil 2000): every round steps from
/// the best prices so far along an average of what was broken in the rounds before, with a step that
/// the distance to the best answer sets (Polyak 1967). Prices moved one by one get stuck where rules
/// compete for the same people; an average does not.
struct Volume {
  private let relaxation: Relaxation
  /// The best prices so far and their bound.
  private let center: Flat<Int64>
  private(set) var least: Int64
  /// The average of how far each group is beyond its limit.
  private let beyond: Flat<Double>
  /// How much each edge is chosen on average; nil while nobody asks.
  private var amounts: Flat<Float>?
  private var factor = 0.2
  private var worse = 0
  private var better = 0

  init(_ relaxation: Relaxation) {
    self.relaxation = relaxation
    let count = relaxation.groups.count
    center = .filled(0, count)
    center.update(from: relaxation.multiplier, count: count)
    beyond = .filled(0, count)
    least = relaxation.bound()
  }

  func deallocate() {
    center.deallocate()
    beyond.deallocate()
    amounts?.deallocate()
  }

  /// Averages what is chosen, for `likely`.
  mutating func watchEdges() { amounts = .filled(0, relaxation.market.edgeCount) }

  /// The bound is worked out at prices of seats that are off by a part of what is left to gain.
  private func step(_ target: Int64) -> Int64 {
    max(1, (least - target) / Int64(16 * max(1, relaxation.market.unitCount)))
  }

  /// Works until the bound is next to `target`, the rounds are used up or somebody says no; leaves the
  /// best prices in the market, which is settled anew.
  mutating func run(rounds: Int, target: Int64, proceed: (Int64) -> Bool) {
    let relaxation = relaxation
    let count = relaxation.groups.count
    relaxation.recount()
    average(1)
    for _ in 0..<rounds {
      if least - target < relaxation.scale || factor < 1e-4 || !proceed(least) { break }
      let length = norm()
      if length < 1e-9 { break }
      let size = factor * Double(least - target) / length
      for group in 0..<count {
        let amount = Double(center[group]) + size * pull(group)
        relaxation.price(
          group, at: min(relaxation.rewardLimit(group), max(0, Int64(min(amount, 4e17)))))
      }
      relaxation.settle(eps: step(target))
      let bound = relaxation.bound()
      average(share())
      judge(bound)
    }
    for group in 0..<count { relaxation.price(group, at: center[group]) }
    relaxation.settle(eps: max(1, relaxation.scale / 16))
  }

  private mutating func judge(_ bound: Int64) {
    if bound < least {
      let gain = least - bound
      least = bound
      center.update(from: relaxation.multiplier, count: relaxation.groups.count)
      worse = 0
      better += 1
      if better >= 2 || gain > least / 1_000 { factor = min(2, factor * 1.15) }
    } else {
      better = 0
      worse += 1
      if worse >= 8 {
        factor *= 0.7
        worse = 0
      }
    }
  }

  /// Which way, and how strongly, the price of the group is drawn; nothing where it cannot follow.
  @inline(__always)
  private func pull(_ group: Int) -> Double {
    let amount = group < relaxation.groups.capCount ? beyond[group] : -beyond[group]
    if amount < 0, center[group] == 0 { return 0 }
    if amount > 0, center[group] >= relaxation.rewardLimit(group) { return 0 }
    return amount
  }

  private func norm() -> Double {
    var sum = 0.0
    for group in 0..<relaxation.groups.count {
      let amount = pull(group)
      sum += amount * amount
    }
    return sum
  }

  /// How much the newest round counts: what makes the average shortest, within limits.
  private func share() -> Double {
    var (cross, length) = (0.0, 0.0)
    for group in 0..<relaxation.groups.count {
      let old = beyond[group]
      let change = Double(relaxation.chosen[group] - relaxation.limit[group]) - old
      cross -= old * change
      length += change * change
    }
    return length == 0 ? 0.1 : min(0.1, max(0.01, cross / length))
  }

  private func average(_ share: Double) {
    for group in 0..<relaxation.groups.count {
      let now = Double(relaxation.chosen[group] - relaxation.limit[group])
      beyond[group] += share * (now - beyond[group])
    }
    guard let amounts else { return }
    let market = relaxation.market
    let rest = Float(1 - share)
    for edge in 0..<market.edgeCount { amounts[edge] *= rest }
    for unit in 0..<market.unitCount where market.held[unit].edge >= 0 {
      amounts[market.held[unit].edge] += Float(share)
    }
  }

  /// What is mostly chosen, the surest first, as far as it keeps the rules: all that is next to sure, and
  /// at least a tenth of what is open.
  func likely() -> [(edge: Int, volunteer: Int32)] {
    guard let amounts else { return [] }
    let market = relaxation.market
    let groups = relaxation.groups
    var sure: [(amount: Float, edge: Int32)] = []
    for edge in 0..<Int32(market.edgeCount) where amounts[edge] > 0.3 {
      sure.append((amounts[edge], edge))
    }
    sure.sort { ($1.amount, $0.edge) < ($0.amount, $1.edge) }
    var seats = relaxation.instance.roleSeats
    var capacity = relaxation.instance.capacity
    var places = [Int32](repeating: 0, count: groups.count)
    let least = max(1, min(market.unitCount, market.seatCount) / 10)
    var taken: [(edge: Int, volunteer: Int32)] = []
    for (amount, edge) in sure {
      if amount < 0.95, taken.count >= least { break }
      let (volunteer, role) = (relaxation.owner(of: edge), Int(market.edges[edge].role))
      let cap = Int(groups.capOf[edge])
      if seats[role] == 0 || capacity[Int(volunteer)] == 0 { continue }
      if cap >= 0 {
        if places[cap] >= groups.limit[cap] { continue }
        places[cap] += 1
      }
      seats[role] -= 1
      capacity[Int(volunteer)] -= 1
      taken.append((Int(edge), volunteer))
    }
    return taken
  }
}

extension Relaxation {
  /// Lets everybody find their place at today's prices of rules, within `eps`.
  func settle(eps: Int64) {
    market.eps = eps
    market.checkHolders()
    _ = market.forward()
    market.prepareReverse()
    _ = market.reverse()
    recount()
  }
}

/// The market with prices on the side constraints: Lagrangian relaxation (Held and Karp 1971;
/// Geoffrion 1974).
///
/// People of a company pay for a place in a mission that has too many of them, job seekers are
/// rewarded for joining a mission that lacks them. Whatever these prices are, what the market is
/// worth then, plus the places at their price, minus the rewards, is a bound for every answer that
/// keeps the rules.
final class Relaxation {
  typealias Market = Auction<Int64>

  let reduced: ReducedInstance
  var instance: Instance { reduced.instance }
  let groups: Groups
  let market: Market
  let exchange: Exchange
  private let missionOf: [Int32]
  let terms: Terms
  var scale: Int64 { terms.scale }
  var bonus: Int64 { terms.bonus }
  /// The place of each edge among the edges of its role.
  let place: Flat<Int32>
  /// The price (company caps) or reward (job seekers) of each group, `1 / scale` of a point.
  let multiplier: Flat<Int64>
  /// How many edges of each group are chosen.
  let chosen: Flat<Int32>
  /// How many edges the group may have (caps) or should have (the others); the search lowers the
  /// latter where it gives up on one.
  let limit: Flat<Int32>
  /// Whether the group must have what it should have, at any price.
  let isRequired: Flat<Bool>
  /// One entry.
  let tally: Flat<MarketCount>
  /// Groups whose count has changed since somebody last asked.
  let touched: GroupList
  /// Groups that may not be as their price says; all others are.
  let suspects: GroupList
  /// What the settled pairs are worth in every answer.
  let settledWorth: Int64

  init(_ reduced: ReducedInstance, terms: Terms) {
    self.terms = terms
    self.reduced = reduced
    missionOf = reduced.instance.roleMission
    groups = Groups(reduced, shortfallCost: terms.shortfallCost)
    market = Market(
      reduced.instance, scale: terms.scale, bonus: terms.bonus, top: terms.top)
    exchange = Exchange(market)
    place = .allocate(capacity: max(1, reduced.instance.edgeCount))
    multiplier = .filled(0, groups.count)
    chosen = .filled(0, groups.count)
    tally = .filled(MarketCount(), 1)
    touched = GroupList(groups.count)
    suspects = GroupList(groups.count)
    isRequired = .filled(false, groups.count)
    limit = .filled(0, groups.count)
    for group in 0..<groups.count { limit[group] = groups.limit[group] }
    settledWorth =
      (reduced.settledPoints + terms.bonus * Int64(reduced.settled.count))
      * terms.scale
    let next = Flat<Int32>.allocate(capacity: market.roleCount + 1)
    defer { next.deallocate() }
    for role in 0..<market.roleCount { next[role] = market.backStart[role] }
    for edge in 0..<market.edgeCount {
      let role = market.edges[edge].role
      place[edge] = next[role]
      next[role] &+= 1
    }
  }

  deinit {
    place.deallocate()
    multiplier.deallocate()
    chosen.deallocate()
    tally.deallocate()
    suspects.deallocate()
    isRequired.deallocate()
    limit.deallocate()
    touched.deallocate()
  }

  /// Changes what the edge is worth, without telling anybody.
  @inline(__always)
  func shift(_ edge: Int32, by amount: Int64) {
    market.edges[edge].worth &+= amount
    market.back[place[edge]].worth &+= amount
  }

  /// What no answer can exceed, in `1 / scale` of a point, at today's prices of everything.
  func bound() -> Int64 { market.dual() + constant() }

  /// What the bound has beyond the market.
  func constant() -> Int64 {
    var sum = settledWorth - groups.unavoidable * scale
    for group in 0..<groups.count {
      if group < groups.capCount {
        sum += multiplier[group] * Int64(limit[group])
      } else {
        sum -= multiplier[group] * Int64(limit[group])
        sum -= groups.cost[group] * Int64(groups.limit[group] - limit[group]) * scale
      }
    }
    return sum
  }

  /// The minimum-team group of the edge's mission, or -1.
  @inline(__always)
  func team(of edge: Int32) -> Int32 {
    groups.hasTeams ? groups.teamOf[missionOf[Int(market.edges[edge].role)]] : -1
  }
}

/// What counts how much.
struct Terms {
  /// Amounts count in `1 / scale` of a point.
  var scale: Int64
  /// Points a filled seat earns.
  var bonus: Int64
  /// Points a seat missing below a minimum team size costs.
  var shortfallCost: Int64
  /// At least what any edge is worth: the bonus plus the largest weight and priority.
  var top: Int64
  /// Whether a filled seat outweighs everything that comes after it.
  var isExact = false
}

extension Relaxation {
  /// Whether next to all rules are as their prices say. Where many are not, prices moved one by one
  /// have got stuck, as they do when rules compete for the same people.
  var isNearlySettled: Bool {
    let open = (0..<groups.count).count { direction($0) != 0 }
    return open * 100 <= groups.count + 100
  }
}

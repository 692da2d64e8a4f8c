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
  let bonus: Int64
  let scale: Int64
  let top: Int64
  /// The place of each edge among the edges of its role.
  let place: Flat<Int32>
  /// The price (company caps) or reward (job seekers) of each group, `1 / scale` of a point.
  let multiplier: Flat<Int64>
  /// How many edges of each group are chosen.
  let chosen: Flat<Int32>
  /// How the search treats each group.
  let mode: Flat<Mode>
  /// What the bound has beyond what is held, kept up to date.
  var surplus: Int64 = 0
  /// What a reward can be at most.
  let penalty: Int64
  enum Mode: UInt8 {
    /// As the rules say.
    case open
    /// The mission must have a job seeker, whatever that costs.
    case required
    /// The penalty is paid; the group asks for nothing.
    case waived
  }

  /// The worth of what is held, kept up to date by `drain`.
  var heldWorth: Int64 = 0
  /// Groups whose count has changed, each once.
  var touched: FlatStack<Int32>
  let isTouched: Flat<Bool>
  /// What the settled pairs are worth in every answer.
  let settledWorth: Int64

  init(_ reduced: ReducedInstance, bonus: Int64, scale: Int64, top: Int64) {
    self.bonus = bonus
    self.scale = scale
    self.top = top
    self.reduced = reduced
    groups = Groups(reduced)
    market = Market(reduced.instance, scale: scale, bonus: bonus, top: top)
    place = .allocate(capacity: max(1, reduced.instance.edgeCount))
    multiplier = .filled(0, groups.count)
    chosen = .filled(0, groups.count)
    isTouched = .filled(false, groups.count)
    mode = .filled(.open, groups.count)
    touched = FlatStack(capacity: 64)
    penalty = reduced.instance.rules.seekerPenalty * scale
    settledWorth = (reduced.settledPoints + bonus * Int64(reduced.settled.count)) * scale
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
    isTouched.deallocate()
    mode.deallocate()
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
        sum += multiplier[group] * Int64(groups.limit[group])
      } else {
        sum -= mode[group] == .waived ? penalty : multiplier[group]
      }
    }
    return sum
  }

  /// Counts the chosen edges of every group and what is held afresh.
  func recount() {
    chosen.update(repeating: 0, count: groups.count)
    for unit in 0..<market.unitCount {
      let edge = market.held[unit].edge
      if edge < 0 { continue }
      let cap = groups.capOf[edge]
      if cap >= 0 { chosen[cap] &+= 1 }
      let seeker = groups.seekerOf[edge]
      if seeker >= 0 { chosen[seeker] &+= 1 }
    }
    heldWorth = market.primal()
    surplus = constant()
    market.journal.removeAll()
  }
}

/// What is counted while the market moves, so that nobody has to look at all of it again.
struct MarketCount: BitwiseCopyable {
  /// What is held is worth today, all prices of rules included.
  var heldWorth: Int64 = 0
  /// What the bound has beyond what is held.
  var surplus: Int64 = 0
  /// What is held is worth in points, whatever the prices.
  var heldPoints: Int64 = 0
  /// Points that missing people cost.
  var missing: Int64 = 0
  /// How many people are beyond a cap.
  var beyond: Int64 = 0
}

/// A set of groups in a flat array.
struct GroupList {
  let list: Flat<Int32>
  private let isIn: Flat<Bool>
  private let size: Flat<Int>

  init(_ groupCount: Int) {
    list = .filled(0, groupCount)
    isIn = .filled(false, groupCount)
    size = .filled(0, 1)
  }

  func deallocate() {
    list.deallocate()
    isIn.deallocate()
    size.deallocate()
  }

  var count: Int { size[0] }

  @inline(__always)
  func insert(_ group: Int) {
    if isIn[group] { return }
    isIn[group] = true
    list[size[0]] = Int32(truncatingIfNeeded: group)
    size[0] &+= 1
  }

  func removeAll() {
    for index in 0..<size[0] { isIn[Int(list[index])] = false }
    size[0] = 0
  }

  /// Keeps those that satisfy the condition.
  func keep(where condition: (Int) -> Bool) {
    var kept = 0
    for index in 0..<size[0] {
      let group = Int(list[index])
      if condition(group) {
        list[kept] = list[index]
        kept += 1
      } else {
        isIn[group] = false
      }
    }
    size[0] = kept
  }
}

extension Relaxation {
  /// Counts everything afresh.
  func recount() {
    chosen.update(repeating: 0, count: groups.count)
    var sums = MarketCount()
    for unit in 0..<market.unitCount {
      let edge = market.held[unit].edge
      if edge < 0 { continue }
      sums.heldPoints += points(Int(edge))
      let cap = groups.capOf[edge]
      if cap >= 0 { chosen[cap] &+= 1 }
      let seeker = groups.seekerOf[edge]
      if seeker >= 0 { chosen[seeker] &+= 1 }
      let team = team(of: edge)
      if team >= 0 { chosen[team] &+= 1 }
    }
    for group in 0..<groups.count {
      let excess = Int64(chosen[group] - groups.limit[group])
      if group < groups.capCount {
        sums.beyond += max(0, excess)
      } else {
        sums.missing += max(0, -excess) * groups.cost[group]
      }
      suspects.insert(group)
    }
    sums.heldWorth = market.primal()
    sums.surplus = constant()
    tally[0] = sums
    market.journal.removeAll()
  }

  /// Brings the counts up to date with what the market has done since.
  func drain() {
    let journal = market.journal
    if journal.isEmpty { return }
    for index in 0..<journal.count {
      let entry = journal[index]
      let edge = abs(entry) &- 1
      let sign: Int64 = entry > 0 ? 1 : -1
      let worth = market.edges[edge].worth &- market.floor[market.edges[edge].role]
      tally[0].heldWorth &+= sign &* worth
      tally[0].heldPoints &+= sign &* points(Int(edge))
      let cap = groups.capOf[edge]
      if cap >= 0 { count(Int(cap), sign) }
      let seeker = groups.seekerOf[edge]
      if seeker >= 0 { count(Int(seeker), sign) }
      let team = team(of: edge)
      if team >= 0 { count(Int(team), sign) }
    }
    market.journal.removeAll()
  }

  @inline(__always)
  private func count(_ group: Int, _ sign: Int64) {
    let before = chosen[group]
    let limit = groups.limit[group]
    chosen[group] = before &+ Int32(truncatingIfNeeded: sign)
    // What counts is whether the place in question is beyond the limit.
    let isBeyond = sign > 0 ? before >= limit : before > limit
    if group < groups.capCount {
      if isBeyond { tally[0].beyond &+= sign }
    } else if !isBeyond {
      tally[0].missing &-= sign &* groups.cost[group]
    }
    touched.insert(group)
    suspects.insert(group)
  }

  /// What the present choice of the market is worth as an answer, nil when it breaks a cap.
  var answerWorth: Int64? {
    if tally[0].beyond > 0 { return nil }
    return settledWorth / scale - groups.unavoidable + tally[0].heldPoints - tally[0].missing
  }

  /// The bound at today's prices, without a look at the whole market: everybody is within one step
  /// of the best choice, so this is less than `slack` below the exact one.
  var quickBound: Int64 { tally[0].heldWorth + tally[0].surplus }
}

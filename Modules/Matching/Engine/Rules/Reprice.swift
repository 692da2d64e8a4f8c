// Small changes to the relaxed market, each settled at once.

extension Relaxation {
  /// Sets the multiplier of a group and lets those concerned find their place again.
  func reprice(_ group: Int, at amount: Int64) {
    repriceLater(group, at: amount)
    exchange.settle()
    drain()
  }

  /// Sets the multipliers of several groups and settles once.
  func reprice(_ prices: [GroupPrice]) {
    for price in prices { repriceLater(Int(price.group), at: price.amount) }
    exchange.settle()
    drain()
  }

  func reprice(_ list: GroupList, at amounts: Flat<Int64>) {
    for index in 0..<list.count {
      repriceLater(Int(list.list[index]), at: amounts[list.list[index]])
    }
    exchange.settle()
    drain()
  }

  private func repriceLater(_ group: Int, at amount: Int64) {
    let difference = amount - multiplier[group]
    if difference == 0 { return }
    multiplier[group] = amount
    let worth = group < groups.capCount ? -difference : difference
    suspects.insert(group)
    tally[0].surplus += (group < groups.capCount ? difference : -difference) * Int64(limit[group])
    for edge in groups.edges(of: group) { change(edge, by: worth) }
  }

  /// Gives an edge, or takes from it, so much that nothing outweighs it.
  func fix(_ edge: Int32, by amount: Int64) {
    change(edge, by: amount)
    exchange.settle()
    drain()
  }

  /// Changes what an edge is worth and frees its volunteer where that makes it want to move. The
  /// caller settles.
  @inline(__always)
  func change(_ edge: Int32, by amount: Int64) {
    // What was given up counts at what it was worth then.
    if !market.journal.isEmpty { drain() }
    shift(edge, by: amount)
    let volunteer = owner(of: edge)
    let (first, last) = (market.unitStart[volunteer], market.unitStart[volunteer &+ 1])
    var unit = first
    while unit < last, market.held[unit].edge != edge { unit &+= 1 }
    if unit < last {
      market.held[unit].worth = market.edges[edge].worth
      tally[0].heldWorth += amount
      if amount < 0 {
        market.reconsider(volunteer)
      } else {
        market.utility[volunteer] = market.worstUnit(volunteer)
      }
    } else if amount > 0, market.value(edge) > market.utility[volunteer] &+ market.eps {
      market.reconsider(volunteer)
    }
  }

  /// Which way the multiplier of the group should move: 1 up, -1 down, 0 stay.
  @inline(__always)
  func direction(_ group: Int) -> Int {
    let excess = chosen[group] - limit[group]
    if excess == 0 { return 0 }
    if group < groups.capCount {
      return excess > 0 ? 1 : multiplier[group] > 0 ? -1 : 0
    }
    return excess < 0
      ? (multiplier[group] < rewardLimit(group) ? 1 : 0) : multiplier[group] > 0 ? -1 : 0
  }

  /// What the multiplier of the group can be at most.
  @inline(__always)
  func rewardLimit(_ group: Int) -> Int64 {
    group < groups.capCount || isRequired[group]
      ? Int64.max / 64 : groups.cost[group] * scale
  }

  /// Passes over all groups, moving each multiplier that should move by its own step and settling
  /// at once, with the market exact. Returns the least bound; its multipliers are left in `best`.
  func polish(
    passes: Int, first: Double, least start: Int64, best: Flat<Int64>, proceed: (Int64) -> Bool
  ) -> Int64 {
    var least = start
    let step = Flat<Double>.filled(first * Double(scale), groups.count)
    let last = Flat<Int8>.filled(0, groups.count)
    defer {
      step.deallocate()
      last.deallocate()
    }
    let smallest = 0.02 * Double(scale)
    for _ in 0..<passes {
      for group in 0..<groups.count {
        let sign = direction(group)
        if sign == 0 { continue }
        if Int(last[group]) == sign {
          step[group] = min(60 * Double(scale), step[group] * 1.3)
        } else if last[group] != 0 {
          step[group] = max(smallest, step[group] * 0.5)
        }
        last[group] = Int8(sign)
        reprice(
          group,
          at: min(
            rewardLimit(group),
            max(0, multiplier[group] + Int64(sign) * Int64(step[group]))))
      }
      let bound = bound()
      if bound < least {
        least = bound
        best.update(from: multiplier, count: groups.count)
      }
      if !proceed(bound) { break }
    }
    return least
  }
}

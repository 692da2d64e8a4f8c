// Small changes to the relaxed market, each settled at once.

extension Relaxation {
  /// Sets the multiplier of a group and lets those concerned find their place again.
  func reprice(_ group: Int, at amount: Int64) {
    repriceLater(group, at: amount)
    market.settle()
    drain()
  }

  /// Sets the multipliers of several groups and settles once.
  func reprice(_ prices: [(group: Int, amount: Int64)]) {
    for (group, amount) in prices { repriceLater(group, at: amount) }
    market.settle()
    drain()
  }

  private func repriceLater(_ group: Int, at amount: Int64) {
    let difference = amount - multiplier[group]
    if difference == 0 { return }
    multiplier[group] = amount
    let worth = group < groups.capCount ? -difference : difference
    surplus += (group < groups.capCount ? difference : -difference) * Int64(limit[group])
    for edge in groups.edges(of: group) { change(edge, by: worth) }
  }

  /// Gives an edge, or takes from it, so much that nothing outweighs it.
  func fix(_ edge: Int32, by amount: Int64) {
    change(edge, by: amount)
    market.settle()
    drain()
  }

  /// The bound at today's prices, without a look at the whole market: everybody is within one step
  /// of the best choice, so this is less than `slack` below the exact one.
  var quickBound: Int64 { heldWorth + surplus }

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
      heldWorth += amount
      if amount < 0 {
        market.reconsider(volunteer)
      } else {
        market.utility[volunteer] = market.worstUnit(volunteer)
      }
    } else if amount > 0, market.value(edge) > market.utility[volunteer] &+ market.eps {
      market.reconsider(volunteer)
    }
  }

  /// Brings the counts up to date with what the market has done since.
  func drain() {
    while !market.journal.isEmpty {
      let entry = market.journal.pop()
      let edge = abs(entry) &- 1
      let sign: Int32 = entry > 0 ? 1 : -1
      let worth = market.edges[edge].worth - market.floor[market.edges[edge].role]
      heldWorth += Int64(sign) * worth
      let cap = groups.capOf[edge]
      if cap >= 0 { count(Int(cap), sign) }
      let seeker = groups.seekerOf[edge]
      if seeker >= 0 { count(Int(seeker), sign) }
      let team = team(of: edge)
      if team >= 0 { count(Int(team), sign) }
    }
  }

  @inline(__always)
  private func count(_ group: Int, _ sign: Int32) {
    chosen[group] &+= sign
    if !isTouched[group] {
      isTouched[group] = true
      touched.push(Int32(group))
    }
  }

  /// Takes the groups whose count has changed.
  func takeTouched() -> [Int] {
    var taken: [Int] = []
    while !touched.isEmpty {
      let group = Int(touched.pop())
      isTouched[group] = false
      taken.append(group)
    }
    return taken
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

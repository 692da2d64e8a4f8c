import Glibc

// First prices for the rules: many rounds over the whole market, each moving every price a little.

extension Relaxation {
  /// Moves every multiplier by its own step in the direction that its group asks for; the step
  /// grows while the direction stays and halves when it turns.
  func descend(rounds: Int, from coarse: Double, to fine: Double, proceed: (Int64) -> Bool) -> Int64
  {
    var least = Int64.max
    let count = groups.count
    let step = Flat<Double>.filled(60 * Double(scale), count)
    let last = Flat<Int8>.filled(0, count)
    defer {
      step.deallocate()
      last.deallocate()
    }
    let largest = Double(terms.top) / 14 * Double(scale)
    let growth = terms.top > 50_000 ? 1.5 : 1.2
    for round in 0..<rounds {
      let share = Double(round) / Double(max(1, rounds - 1))
      market.eps = max(1, Int64(coarse * pow(fine / coarse, share) * Double(scale)))
      recount()
      for group in 0..<count {
        let isCap = group < groups.capCount
        let excess = chosen[group] - limit[group]
        // A cap wants a higher price when exceeded, a mission a higher reward when it has none.
        let sign: Int8 = excess == 0 ? 0 : (excess > 0) == isCap ? 1 : -1
        if sign == 0 { continue }
        if sign < 0, multiplier[group] == 0 {
          last[group] = 0
          continue
        }
        if sign == last[group] {
          step[group] = min(largest, step[group] * growth)
        } else if last[group] != 0 {
          step[group] = max(0.05 * Double(scale), step[group] / 2)
        }
        last[group] = sign
        let target = min(
          rewardLimit(group), max(0, multiplier[group] + Int64(sign) * Int64(step[group])))
        price(group, at: target)
      }
      market.checkHolders()
      _ = market.forward()
      market.prepareReverse()
      _ = market.reverse()
      let bound = bound()
      least = min(least, bound)
      if !proceed(least) { break }
    }
    return least
  }

  /// Sets the multiplier of the group, without telling anybody.
  func price(_ group: Int, at amount: Int64) {
    let change = amount - multiplier[group]
    if change == 0 { return }
    multiplier[group] = amount
    let worth = group < groups.capCount ? -change : change
    for edge in groups.edges(of: group) { shift(edge, by: worth) }
    refreshHoldings(of: group)
  }

  /// Tells the units that hold edges of the group what these are worth now.
  private func refreshHoldings(of group: Int) {
    for edge in groups.edges(of: group) { refreshHolding(edge) }
  }

  @inline(__always)
  func refreshHolding(_ edge: Int32) {
    let volunteer = owner(of: edge)
    for unit in market.unitStart[volunteer]..<market.unitStart[volunteer &+ 1]
    where market.held[unit].edge == edge {
      market.held[unit].worth = market.edges[edge].worth
    }
  }

  @inline(__always)
  func owner(of edge: Int32) -> Int32 { market.back[place[edge]].volunteer }
}

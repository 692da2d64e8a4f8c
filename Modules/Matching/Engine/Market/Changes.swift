// The market kept alive: after a small change only those it concerns move.
//
// Between two changes every volunteer is within `eps` of its best choice, every empty seat costs its
// floor and `utility` is up to date. A change breaks that for a few; `Exchange` restores it.

extension Auction {
  /// Makes the market ready for small changes at the step `eps`.
  func goLive(eps: Word) {
    self.eps = eps
    checkHolders()
    _ = forward()
    prepareReverse()
    _ = reverse()
    refreshUtilities()
    journal.removeAll()
  }

  /// Frees the volunteer's units that are not within `eps` of its best choice any more.
  func reconsider(_ volunteer: Int32) {
    let best = bestOther(volunteer)
    for unit in unitStart[volunteer]..<unitStart[volunteer &+ 1] {
      let holding = held[unit]
      if holding.edge >= 0 {
        if value(holding) < best &- eps { vacate(unit, to: Unit.free) }
      } else if holding.edge == Unit.bench, best > eps {
        held[unit] = Holding(Unit.free)
      }
      if held[unit].edge == Unit.free { waiting.push(unit) }
    }
    utility[volunteer] = worstUnit(volunteer)
  }

  /// Takes the unit out of its seat; the role will look for somebody else.
  func vacate(_ unit: Int32, to mark: Int32) {
    let holding = held[unit]
    journal.push(-(holding.edge &+ 1))
    release(unit)
    held[unit] = Holding(mark)
    if price[holding.role] > floor[holding.role] { needy.push(holding.role) }
  }
}

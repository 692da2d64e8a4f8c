// The market kept alive: after a small change only those it concerns move.
//
// Between two changes every volunteer is within `eps` of its best choice, every empty seat costs its
// floor and `utility` is up to date. A change breaks that for a few; `settle` restores it.

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

  /// Lets everybody concerned bid until all is well again.
  ///
  /// Where several compete for as many equal seats less one, prices would creep up by one small step
  /// at a time until somebody gives in. When that shows, the steps grow, and afterwards shrink again
  /// in phases that look at all whom that concerned.
  func settle() {
    let exact = eps
    // Many bids are no creep when many have to bid. In a small market larger steps cost little.
    let patience = unitCount < 20_000 ? 400 : max(400, 10 * (waiting.count + needy.count))
    var budget = patience
    defer {
      isStirring = false
      stirred.removeAll()
    }
    while !(forwardLive(&budget) && reverseLive(&budget)) {
      if !isStirring { stirAll() }
      eps = min(eps &* 8, max(exact, never / 8))
      budget = patience
    }
    while eps > exact {
      eps = max(exact, eps / 8)
      reconsiderStirred()
      var budget = Int.max
      _ = forwardLive(&budget) && reverseLive(&budget)
    }
  }

  /// From now on keeps the roles whose price changes.
  private func stirAll() {
    isStirring = true
    for index in 0..<needy.count { stirred.push(needy[index]) }
    for index in 0..<waiting.count {
      let volunteer = owner[waiting[index]]
      for edge in edgeStart[volunteer]..<edgeStart[volunteer &+ 1] {
        stirred.push(edges[edge].role)
      }
    }
  }

  /// Reconsiders everybody who could take a role whose price has changed.
  private func reconsiderStirred() {
    var roles = Set<Int32>()
    for index in 0..<stirred.count { roles.insert(stirred[index]) }
    let sorted = roles.sorted()
    stirred.removeAll()
    for role in sorted { stirred.push(role) }
    var volunteers = Set<Int32>()
    for role in sorted {
      for at in backStart[role]..<backStart[role &+ 1] { volunteers.insert(back[at].volunteer) }
    }
    for volunteer in volunteers.sorted() { reconsider(volunteer) }
  }

  private func reverseLive(_ budget: inout Int) -> Bool {
    if needy.isEmpty { return true }
    let done = reverse(budget: budget)
    budget = done ? budget : 0
    return done
  }

  /// Like `forward`, but keeps utilities and the journal, and first lowers what the seats of the
  /// wanted role cost to what their holders bear by now.
  @inline(never)
  private func forwardLive(_ budget: inout Int) -> Bool {
    let (edges, price, held) = (edges, price, held)
    while !waiting.isEmpty {
      if budget == 0 { return false }
      budget &-= 1
      let unit = waiting.pop()
      if held[unit].edge != Unit.free { continue }
      let volunteer = owner[unit]
      let choice = choiceOther(volunteer)
      let (best, second, chosen) = (choice.best, choice.second, choice.place)
      if chosen < 0 {
        held[unit] = Holding(Unit.bench)
        utility[volunteer] = worstUnit(volunteer)
        continue
      }
      let role = edges[chosen].role
      let low = Int(seatStart[role])
      let count = Int(seatStart[role &+ 1]) &- low
      if count > 1 { capSeats(of: role) }
      held[unit] = Holding(chosen, role: role, worth: edges[chosen].worth)
      journal.push(chosen &+ 1)
      let displaced = seatUnit[low]
      seatUnit[low] = unit
      seatPrice[low] = price[role] &+ (best &- second) &+ eps
      sink(low, low: low, count: count)
      let raised = seatPrice[low] != price[role]
      price[role] = seatPrice[low]
      if isStirring { stirred.push(role) }
      if displaced >= 0 {
        journal.push(-(held[displaced].edge &+ 1))
        held[displaced] = Holding(Unit.free)
        waiting.push(displaced)
      }
      if raised { refreshHolders(role) } else { utility[volunteer] = worstUnit(volunteer) }
      if hasEmptySeat(role), price[role] > floor[role] { needy.push(role) }
    }
    return true
  }

  /// Lowers what the seats of the role cost to what their holders bear.
  private func capSeats(of role: Int32) {
    let low = Int(seatStart[role])
    for seat in low..<Int(seatStart[role &+ 1]) where seatUnit[seat] >= 0 {
      if seatPrice[seat] > price[role] {
        let unit = seatUnit[seat]
        let best = bestOther(owner[unit])
        let bears = max(price[role], held[unit].worth &- best &+ eps)
        if seatPrice[seat] > bears {
          seatPrice[seat] = bears
          rise(seat, low: low)
        }
      }
    }
  }
}

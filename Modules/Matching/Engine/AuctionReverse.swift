// Reverse steps: empty seats that cost more than their floor bid for volunteers.

extension Auction {
  /// Whether the role must act: an empty seat has to cost its floor.
  @inline(__always)
  func isNeedy(_ role: Int32) -> Bool {
    hasEmptySeat(role) && price[role] > floor[role]
  }

  /// What the volunteer gets from the worst of its units; `absent` when all are gone.
  @inline(__always)
  func worstUnit(_ volunteer: Int32) -> Word {
    var worst = absent
    var unit = unitStart[volunteer]
    while unit < unitStart[volunteer &+ 1] {
      let holding = held[unit]
      if holding.edge != Unit.gone {
        let value = holding.edge < 0 ? 0 : value(holding)
        if value < worst { worst = value }
      }
      unit &+= 1
    }
    return worst
  }

  func refreshUtilities() {
    for volunteer in 0..<volunteerCount { utility[volunteer] = worstUnit(Int32(volunteer)) }
  }

  /// Writes down what the holders of the role's seats get, after its price has changed.
  @inline(__always)
  func refreshHolders(_ role: Int32) {
    var seat = seatStart[role]
    while seat < seatStart[role &+ 1] {
      let unit = seatUnit[seat]
      if unit >= 0 {
        let volunteer = owner[unit]
        utility[volunteer] = worstUnit(volunteer)
      }
      seat &+= 1
    }
  }

  /// Collects the needy roles, ready for `reverse`.
  func prepareReverse() {
    needy.removeAll()
    journal.removeAll()
    for role in 0..<roleCount where isNeedy(Int32(role)) { needy.push(Int32(role)) }
    if needy.isEmpty { return }
    refreshUtilities()
    shortlists.forgetAll()
  }

  /// Lets the needy roles, and those they take volunteers from, bid until none is needy or `budget`
  /// bids are made. The utilities are up to date before and after. Returns whether none is needy.
  @inline(never)
  func reverse(budget: Int = .max) -> Bool {
    let held = held
    var needy = self.needy
    defer { self.needy = needy }
    var left = budget
    while !needy.isEmpty {
      let role = needy[needy.count &- 1]
      if !isNeedy(role) {
        _ = needy.pop()
        continue
      }
      if left == 0 { return false }
      left &-= 1
      let found = bestOffers(role)
      let (best, second, chosen) = (found.best, found.second, found.chosen)
      if isStirring { stirred.push(role) }
      let floor = floor[role]
      if best <= floor &+ eps {
        lowerEmptySeats(of: role, to: floor)
        price[role] = floor
        refreshHolders(role)
        continue
      }
      let low = Int(seatStart[role])
      let volunteer = chosen.volunteer
      let unit = worstUnitIndex(volunteer)
      let former = held[unit]
      if former.edge >= 0 {
        journal.push(-(former.edge &+ 1))
        release(unit)
        if price[former.role] > self.floor[former.role] { needy.push(former.role) }
      }
      held[unit] = Holding(
        edge(of: volunteer, to: role), role: role, worth: chosen.worth)
      journal.push(held[unit].edge &+ 1)
      let count = Int(seatStart[role &+ 1]) &- low
      let amount = min(price[role], second <= floor &+ eps ? floor : second &- eps)
      seatUnit[low] = unit
      seatPrice[low] = amount
      price[role] = amount
      // The seat is still the cheapest; the other empty seats now cost as much and go first.
      if count > 1 {
        lowerEmptySeats(of: role, to: amount)
      }
      refreshHolders(role)
    }
    return true
  }

  /// The two highest prices the role can get from a volunteer it does not have, and who gives the
  /// first.
  struct Offers {
    var best = Word.min
    var second = Word.min
    var chosen = Back(volunteer: -1, worth: 0)
  }

  /// While roles bid, nobody is ever worse off, so no offer ever rises: as long as the second best
  /// on the shortlist is no less than the best that was left off it, the list is as good as all.
  @inline(__always)
  private func bestOffers(_ role: Int32) -> Offers {
    if shortlists.isKept(role) {
      let found = offers(role, shortlists.entries(role), shortlists.count(role))
      if found.second >= shortlists.leftOff[role] { return found }
    }
    return look(role)
  }

  @inline(__always)
  private func offers(_ role: Int32, _ entries: Flat<Back>, _ count: Int) -> Offers {
    var offers = Offers()
    let utility = utility
    for index in 0..<count {
      let entry = entries[index]
      let offer = entry.worth &- utility[entry.volunteer]
      if offer > offers.second, !sits(entry.volunteer, in: role) {
        if offer > offers.best {
          offers.second = offers.best
          offers.best = offer
          offers.chosen = entry
        } else {
          offers.second = offer
        }
      }
    }
    return offers
  }

  /// Looks at all volunteers of the role and keeps the best on its shortlist.
  @inline(never)
  private func look(_ role: Int32) -> Offers {
    let (back, utility) = (back, utility)
    let limit = Shortlists<Word>.length
    let (entries, best) = (shortlists.entries(role), shortlists.room)
    var count = 0
    var least = Word.min
    var at = backStart[role]
    let end = backStart[role &+ 1]
    while at < end {
      let entry = back[at]
      let offer = entry.worth &- utility[entry.volunteer]
      if offer > least {
        // Insertion from the end: the list stays in descending order.
        var index = count < limit ? count : limit &- 1
        while index > 0, best[index &- 1] < offer {
          best[index] = best[index &- 1]
          entries[index] = entries[index &- 1]
          index &-= 1
        }
        best[index] = offer
        entries[index] = entry
        if count < limit { count &+= 1 }
        if count == limit { least = best[limit &- 1] }
      }
      at &+= 1
    }
    shortlists.keep(role, count: count, leftOff: least)
    let found = offers(role, entries, count)
    if found.second >= least { return found }
    // The role's own people fill the list.
    return offers(role, back + Int(backStart[role]), Int(end &- backStart[role]))
  }

  /// Whether a unit of the volunteer holds a seat of the role.
  @inline(__always)
  func sits(_ volunteer: Int32, in role: Int32) -> Bool {
    var unit = unitStart[volunteer]
    while unit < unitStart[volunteer &+ 1] {
      if held[unit].role == role { return true }
      unit &+= 1
    }
    return false
  }

  /// The unit that would be given up first.
  @inline(__always)
  private func worstUnitIndex(_ volunteer: Int32) -> Int32 {
    var worst = absent
    var index = unitStart[volunteer]
    var unit = index
    while unit < unitStart[volunteer &+ 1] {
      let holding = held[unit]
      if holding.edge != Unit.gone {
        let value = holding.edge < 0 ? 0 : value(holding)
        if value < worst {
          worst = value
          index = unit
        }
      }
      unit &+= 1
    }
    return index
  }

  /// The volunteer's edge to the role, which exists.
  @inline(__always)
  func edge(of volunteer: Int32, to role: Int32) -> Int32 {
    var edge = edgeStart[volunteer]
    while edges[edge].role != role { edge &+= 1 }
    return edge
  }

  /// Puts every empty seat of the role at the amount, which is no more than the role's price, and
  /// restores the heap.
  @inline(__always)
  private func lowerEmptySeats(of role: Int32, to amount: Word) {
    let low = Int(seatStart[role])
    let high = Int(seatStart[role &+ 1])
    var seat = low
    while seat < high {
      if seatUnit[seat] < 0 {
        seatPrice[seat] = amount
        rise(seat, low: low)
      }
      seat &+= 1
    }
  }
}

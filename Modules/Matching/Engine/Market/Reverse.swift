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
    let amount = price[role]
    var seat = seatStart[role]
    let end = seatStart[role &+ 1]
    while seat < end {
      let unit = seatUnit[seat]
      if unit >= 0 {
        let volunteer = owner[unit]
        utility[volunteer] =
          unitStart[volunteer &+ 1] &- unitStart[volunteer] == 1
          ? held[unit].worth &- amount : worstUnit(volunteer)
      }
      seat &+= 1
    }
  }

  /// Collects the needy roles, ready for `reverse`.
  func prepareReverse() {
    needy.removeAll()
    for role in 0..<roleCount where isNeedy(Int32(role)) { needy.push(Int32(role)) }
    if needy.isEmpty { return }
    refreshUtilities()
  }

  /// Lets the needy roles, and those they take volunteers from, bid until none is needy or `budget`
  /// bids are made. The utilities are up to date before and after. Returns whether none is needy.
  @inline(never)
  func reverse(budget: Int = .max) -> Bool {
    var needy = self.needy
    defer { self.needy = needy }
    var left = budget
    while !needy.isEmpty {
      if left <= 0 { return false }
      if let batches, needy.count >= Batches<Word>.least {
        left -= callTogether(batches, &needy)
        continue
      }
      let role = needy.pop()
      if !isNeedy(role) { continue }
      // As in `forward`.
      let next = needy.isEmpty ? role : needy.pop()
      if next != role { fetchOffers(next) }
      left &-= 1
      call(role, bestOffers(role), &needy)
      if isNeedy(role) { needy.push(role) }
      if next != role, isNeedy(next) {
        left &-= 1
        call(next, bestOffers(next), &needy)
        if isNeedy(next) { needy.push(next) }
      }
    }
    return true
  }

  /// The role takes the volunteer who gives most, or lowers its empty seats to the floor when nobody
  /// gives more.
  @inline(__always)
  func call(_ role: Int32, _ found: Offers, _ needy: inout FlatStack<Int32>) {
    let (best, second, chosen) = (found.best, found.second, found.chosen)
    let floor = floor[role]
    if best <= floor &+ eps {
      lowerEmptySeats(of: role, to: floor)
      price[role] = floor
      refreshHolders(role)
      return
    }
    let low = Int(seatStart[role])
    let volunteer = chosen.volunteer
    let unit = worstUnitIndex(volunteer)
    let former = held[unit]
    if former.edge >= 0 {
      release(unit)
      if price[former.role] > self.floor[former.role] { needy.push(former.role) }
      batches?.leave(former.role)
    }
    held[unit] = Holding(
      edge(of: volunteer, to: role), role: role, worth: chosen.worth)
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

  /// The two highest prices the role can get from a volunteer it does not have, and who gives the
  /// first.
  struct Offers: BitwiseCopyable {
    var best = Word.min
    var second = Word.min
    var chosen = Back(volunteer: -1, worth: 0)
  }

  /// Looks at all volunteers of the role. Its own people are told apart by a utility that no role can
  /// outbid, so that the loop need not ask who they are; `refreshHolders` puts that right.
  @inline(__always)
  func bestOffers(_ role: Int32) -> Offers {
    let (back, utility) = (back, utility)
    var seat = seatStart[role]
    while seat < seatStart[role &+ 1] {
      if seatUnit[seat] >= 0 { utility[owner[seatUnit[seat]]] = absent }
      seat &+= 1
    }
    var top = Top<Word>(above: Word.min)
    var at = backStart[role]
    let end = backStart[role &+ 1]
    while at < end {
      top.look(back[at].worth &- utility[back[at].volunteer], at: at)
      at &+= 1
    }
    if top.place < 0 { return Offers() }
    return Offers(best: top.best, second: top.second, chosen: back[top.place])
  }

  /// The unit that would be given up first.
  @inline(__always)
  private func worstUnitIndex(_ volunteer: Int32) -> Int32 {
    var worst = absent
    var index = unitStart[volunteer]
    if unitStart[volunteer &+ 1] &- index == 1 { return index }
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

// Forward steps: volunteers bid for seats.

extension Auction {
  /// What the edge leaves its volunteer at today's price.
  @inline(__always)
  func value(_ edge: Int32) -> Word {
    let edge = edges[edge]
    return edge.worth &- price[edge.role]
  }

  /// What the unit's seat leaves its volunteer at today's price.
  @inline(__always)
  func value(_ holding: Holding) -> Word { holding.worth &- price[holding.role] }

  /// Whether one of the volunteer's units holds the edge.
  @inline(__always)
  func holds(_ volunteer: Int32, _ edge: Int32) -> Bool {
    var unit = unitStart[volunteer]
    while unit < unitStart[volunteer &+ 1] {
      if held[unit].edge == edge { return true }
      unit &+= 1
    }
    return false
  }

  /// The best value among the edges the volunteer does not hold; staying out is worth 0.
  @inline(__always)
  func bestOther(_ volunteer: Int32) -> Word {
    let (edges, price) = (edges, price)
    var best: Word = 0
    var edge = edgeStart[volunteer]
    let end = edgeStart[volunteer &+ 1]
    while edge < end {
      let value = edges[edge].worth &- price[edges[edge].role]
      if value > best, !holds(volunteer, edge) { best = value }
      edge &+= 1
    }
    return best
  }

  /// Lets waiting units bid until none waits or `budget` bids are made; returns whether none waits.
  /// Each takes the cheapest seat of its best role and raises its price until the second best choice is
  /// as good; who sat there waits again.
  @inline(never)
  func forward(budget: Int = .max) -> Bool {
    let (edges, price, edgeStart, unitStart, held) = (edges, price, edgeStart, unitStart, held)
    let (seatStart, seatUnit, seatPrice, owner) = (seatStart, seatUnit, seatPrice, owner)
    let eps = eps
    var waiting = self.waiting
    defer { self.waiting = waiting }
    var left = budget
    while !waiting.isEmpty {
      if left == 0 { return false }
      left &-= 1
      let unit = waiting.pop()
      let volunteer = owner[unit]
      let single = unitStart[volunteer &+ 1] &- unitStart[volunteer] == 1
      var best: Word = 0
      var second: Word = 0
      var chosen = Unit.bench
      var edge = edgeStart[volunteer]
      let end = edgeStart[volunteer &+ 1]
      while edge < end {
        let value = edges[edge].worth &- price[edges[edge].role]
        if value > second, single || !holds(volunteer, edge) {
          if value > best {
            second = best
            best = value
            chosen = edge
          } else {
            second = value
          }
        }
        edge &+= 1
      }
      if chosen < 0 {
        held[unit] = Holding(Unit.bench)
        continue
      }
      let role = edges[chosen].role
      held[unit] = Holding(chosen, role: role, worth: edges[chosen].worth)
      let low = Int(seatStart[role])
      let displaced = seatUnit[low]
      let bid = price[role] &+ (best &- second) &+ eps
      seatUnit[low] = unit
      seatPrice[low] = bid
      let count = Int(seatStart[role &+ 1]) &- low
      if count == 1 {
        price[role] = bid
      } else {
        sink(low, low: low, count: count)
        price[role] = seatPrice[low]
      }
      if displaced >= 0 {
        held[displaced] = Holding(Unit.free)
        waiting.push(displaced)
      }
    }
    return true
  }
}

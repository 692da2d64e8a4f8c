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
    let unit = unitStart[volunteer]
    if unitStart[volunteer &+ 1] &- unit == 1 {
      // Two plain loops around the one edge that is held: no question asked at each.
      let own = held[unit].edge
      let stop = own >= 0 ? own : end
      while edge < stop {
        best = max(best, edges[edge].worth &- price[edges[edge].role])
        edge &+= 1
      }
      edge &+= 1
      while edge < end {
        best = max(best, edges[edge].worth &- price[edges[edge].role])
        edge &+= 1
      }
      return best
    }
    while edge < end {
      let value = edges[edge].worth &- price[edges[edge].role]
      if value > best, !holds(volunteer, edge) { best = value }
      edge &+= 1
    }
    return best
  }

  /// The best and second best of a volunteer with one unit, which waits.
  struct Choice {
    var best: Word
    var second: Word
    var edge: Int32
  }

  /// Value and edge are looked at as one number, so that the loop has no branch to mispredict: which
  /// edge is best so far is as good as random. Of equal values the first edge is taken.
  @inline(__always)
  func choice(_ first: Int32, _ end: Int32, _ edges: Flat<Edge>, _ price: Flat<Word>) -> Choice {
    var edge = first
    if Word.bitWidth == 32 {
      var best: Int64 = 0
      var second: Int64 = 0
      while edge < end {
        let value = edges[edge].worth &- price[edges[edge].role]
        let key =
          Int64(truncatingIfNeeded: value) << 32 | Int64(truncatingIfNeeded: Int32.max &- edge)
        second = max(second, min(best, key))
        best = max(best, key)
        edge &+= 1
      }
      let value = Word(truncatingIfNeeded: best >> 32)
      return Choice(
        best: value, second: Word(truncatingIfNeeded: second >> 32),
        edge: value > 0 ? Int32.max &- Int32(truncatingIfNeeded: best) : Unit.bench)
    }
    var choice = Choice(best: 0, second: 0, edge: Unit.bench)
    while edge < end {
      let value = edges[edge].worth &- price[edges[edge].role]
      let isBest = value > choice.best
      choice.second = max(choice.second, isBest ? choice.best : value)
      choice.edge = isBest ? edge : choice.edge
      choice.best = isBest ? value : choice.best
      edge &+= 1
    }
    return choice
  }

  /// The same among the edges the volunteer does not hold.
  @inline(never)
  func choiceOther(_ volunteer: Int32) -> Choice {
    var choice = Choice(best: 0, second: 0, edge: Unit.bench)
    for edge in edgeStart[volunteer]..<edgeStart[volunteer &+ 1] {
      let value = value(edge)
      if value > choice.second, !holds(volunteer, edge) {
        if value > choice.best {
          choice = Choice(best: value, second: choice.best, edge: edge)
        } else {
          choice.second = value
        }
      }
    }
    return choice
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
      let choice =
        unitStart[volunteer &+ 1] &- unitStart[volunteer] == 1
        ? choice(edgeStart[volunteer], edgeStart[volunteer &+ 1], edges, price)
        : choiceOther(volunteer)
      let (best, second, chosen) = (choice.best, choice.second, choice.edge)
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

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

  /// What the volunteer, who has one unit, likes best at today's prices.
  @inline(__always)
  func choice(_ volunteer: Int32) -> Top<Word> {
    let (edges, price) = (edges, price)
    var top = Top<Word>(above: 0)
    var edge = edgeStart[volunteer]
    let end = edgeStart[volunteer &+ 1]
    while edge < end {
      top.look(edges[edge].worth &- price[edges[edge].role], at: edge)
      edge &+= 1
    }
    return top
  }

  /// The same among the edges the volunteer does not hold.
  @inline(never)
  func choiceOther(_ volunteer: Int32) -> Top<Word> {
    var top = Top<Word>(above: 0)
    for edge in edgeStart[volunteer]..<edgeStart[volunteer &+ 1] where !holds(volunteer, edge) {
      top.look(value(edge), at: edge)
    }
    return top
  }

  /// Lets waiting units bid until none waits or `budget` bids are made; returns whether none waits.
  /// Each takes the cheapest seat of its best role and raises its price until the second best choice is
  /// as good; who sat there waits again.
  @inline(never)
  func forward(budget: Int = .max) -> Bool {
    var waiting = self.waiting
    defer { self.waiting = waiting }
    var left = budget
    while !waiting.isEmpty {
      if left <= 0 { return false }
      if let batches, waiting.count >= Batches<Word>.least {
        left -= min(waiting.count, Batches<Word>.most)
        bidTogether(batches, &waiting)
        continue
      }
      left &-= 1
      let unit = waiting.pop()
      guard !waiting.isEmpty else {
        bidAlone(unit, &waiting)
        continue
      }
      // Who comes next is taken out first, ahead of whoever is displaced now, so that there is time to
      // bring the edges near.
      let next = waiting.pop()
      fetchEdges(owner[next])
      bidAlone(unit, &waiting)
      left &-= 1
      bidAlone(next, &waiting)
    }
    return true
  }
}

/// Settles a live market exactly after a small change, by shortest augmenting paths over its prices
/// (Edmonds and Karp 1972; Jonker and Volgenant 1987): a unit that wants a seat finds the cheapest
/// chain of moves that ends at an empty seat or on the bench, a seat that is dearer than its floor
/// the cheapest chain that fills it or lets it fall. Auctions do the same by many small bids, which
/// is slow where several compete for nearly equal seats; under rules prices make that usual.
///
/// Between two calls every volunteer is within `eps` of its best choice, every empty seat costs its
/// floor and `utility` is up to date. All seats of a role cost what the role costs.
final class Exchange {
  typealias Market = Auction<Int64>

  let market: Market
  /// How far each role is in the present search, and by which unit and edge it is reached.
  let roleFar: Flat<Int64>
  let roleMark: Flat<Int32>
  let roleUnit: Flat<Int32>
  private let roleEdge: Flat<Int32>
  /// How far each volunteer is in the present search, and by which role it is wanted.
  let volunteerFar: Flat<Int64>
  let volunteerMark: Flat<Int32>
  let volunteerRole: Flat<Int32>
  let visited: Flat<Int32>
  private var heap: FarHeap
  private var mark: Int32 = 0

  init(_ market: Market) {
    self.market = market
    roleFar = .allocate(capacity: market.roleCount + 1)
    roleMark = .filled(0, market.roleCount)
    roleUnit = .allocate(capacity: market.roleCount + 1)
    roleEdge = .allocate(capacity: market.roleCount + 1)
    volunteerFar = .allocate(capacity: market.volunteerCount + 1)
    volunteerMark = .filled(0, market.volunteerCount)
    volunteerRole = .allocate(capacity: market.volunteerCount + 1)
    visited = .allocate(capacity: market.roleCount + 1)
    heap = FarHeap(capacity: 256)
  }

  deinit {
    roleFar.deallocate()
    roleMark.deallocate()
    roleUnit.deallocate()
    roleEdge.deallocate()
    volunteerFar.deallocate()
    volunteerMark.deallocate()
    volunteerRole.deallocate()
    visited.deallocate()
    heap.deallocate()
  }

  /// Makes the market live at the finest step from wherever it stands: all seats cost what their role
  /// costs, who is not within a step of its best choice moves.
  func start() {
    market.eps = 1
    market.waiting.removeAll()
    market.needy.removeAll()
    for role in 0..<market.roleCount {
      evenOut(Int32(role))
      if market.isNeedy(Int32(role)) { market.needy.push(Int32(role)) }
    }
    market.refreshUtilities()
    for volunteer in 0..<market.volunteerCount { market.reconsider(Int32(volunteer)) }
    settle()
    market.journal.removeAll()
  }

  /// Seats every waiting unit and fills or cheapens every needy seat.
  func settle() {
    if market.waiting.isEmpty && market.needy.isEmpty { return }
    var heap = self.heap
    var journal = market.journal
    defer {
      self.heap = heap
      market.journal = journal
    }
    while !market.waiting.isEmpty {
      let unit = market.waiting.pop()
      if market.held[unit].edge == Unit.free { seat(unit, &heap, &journal) }
    }
    while !market.needy.isEmpty {
      let role = market.needy.pop()
      while market.isNeedy(role) { fill(role, &heap, &journal) }
    }
  }

  /// Starts a search.
  func nextMark() -> Int32 {
    if mark == .max {
      roleMark.update(repeating: 0, count: market.roleCount)
      volunteerMark.update(repeating: 0, count: market.volunteerCount)
      mark = 0
    }
    mark &+= 1
    return mark
  }

  /// The cheapest chain by which the free unit finds a seat, somebody else at its end one that is
  /// empty, or the bench.
  private func seat(_ unit: Int32, _ heap: inout FarHeap, _ journal: inout FlatStack<Int32>) {
    let (edges, price, edgeStart, held) = (
      market.edges, market.price, market.edgeStart, market.held
    )
    let (roleFar, roleMark, utility) = (roleFar, roleMark, market.utility)
    let mark = nextMark()
    let origin = market.owner[unit]
    let best = market.bestOther(origin)
    // The shortest way so far ends with this unit on the bench, or with this role filled.
    var end = best
    var benched = unit
    var filled: Int32 = -1
    heap.removeAll()
    for edge in edgeStart[origin]..<edgeStart[origin &+ 1] {
      let role = edges[edge].role
      let far = best &- (edges[edge].worth &- price[role])
      if far >= end || market.holds(origin, edge) { continue }
      roleFar[role] = far
      roleMark[role] = mark
      roleUnit[role] = unit
      roleEdge[role] = edge
      if market.hasEmptySeat(role) { (end, filled) = (far, role) } else { heap.push(far, role) }
    }
    var count = 0
    while let (far, role) = heap.pop(below: end) {
      if far != roleFar[role] { continue }
      visited[count] = role
      count &+= 1
      let high = market.seatStart[role &+ 1]
      var seat = market.seatStart[role]
      while seat < high {
        let holder = market.seatUnit[seat]
        seat &+= 1
        let volunteer = market.owner[holder]
        if volunteer == origin { continue }
        let pays = utility[volunteer]
        let here = far &+ max(0, held[holder].worth &- price[role] &- pays)
        if here >= end { continue }
        let toBench = here &+ max(0, pays)
        if toBench < end { (end, benched, filled) = (toBench, holder, -1) }
        var edge = edgeStart[volunteer]
        let last = edgeStart[volunteer &+ 1]
        while edge < last {
          let next = edges[edge].role
          let there = here &+ max(0, pays &- (edges[edge].worth &- price[next]))
          if there < end, roleMark[next] != mark || there < roleFar[next],
            !market.holds(volunteer, edge)
          {
            roleFar[next] = there
            roleMark[next] = mark
            roleUnit[next] = holder
            roleEdge[next] = edge
            if market.hasEmptySeat(next) {
              (end, filled) = (there, next)
            } else {
              heap.push(there, next)
            }
          }
          edge &+= 1
        }
      }
    }
    for index in 0..<count {
      let role = visited[index]
      price[role] &+= end &- roleFar[role]
    }
    // Everybody along the chain moves one place on, from its end.
    var role = filled
    if filled < 0 {
      if held[benched].edge >= 0 {
        role = held[benched].role
        journal.push(-(held[benched].edge &+ 1))
      }
      held[benched] = Market.Holding(Unit.bench)
      if benched == unit { role = -1 }
    }
    var place = filled >= 0 ? Int(market.seatStart[filled]) : -1
    if filled < 0, role >= 0 { place = market.seat(of: benched, in: role) }
    while role >= 0 {
      let mover = roleUnit[role]
      let former = held[mover]
      var next = -1
      if former.edge >= 0 {
        journal.push(-(former.edge &+ 1))
        next = market.seat(of: mover, in: former.role)
      }
      market.seatUnit[place] = mover
      let edge = roleEdge[role]
      held[mover] = Market.Holding(edge, role: role, worth: edges[edge].worth)
      journal.push(edge &+ 1)
      role = former.edge >= 0 ? former.role : -1
      place = next
    }
    for index in 0..<count { evenOut(visited[index]) }
    if filled >= 0 { evenOut(filled) }
    if filled < 0 { utility[market.owner[benched]] = market.worstUnit(market.owner[benched]) }
  }

  /// All seats of the role at its price, an empty one first, and what their holders get.
  func evenOut(_ role: Int32) {
    let low = Int(market.seatStart[role])
    let amount = market.price[role]
    for seat in low..<Int(market.seatStart[role &+ 1]) {
      market.seatPrice[seat] = amount
      let unit = market.seatUnit[seat]
      if unit >= 0 {
        let volunteer = market.owner[unit]
        market.utility[volunteer] = market.worstUnit(volunteer)
      } else if seat > low, market.seatUnit[low] >= 0 {
        market.seatUnit[seat] = market.seatUnit[low]
        market.seatUnit[low] = -1
      }
    }
  }
}

extension Auction {
  /// Whether a unit of the volunteer holds a seat of the role.
  @inline(__always)
  func sitsIn(_ volunteer: Int32, _ role: Int32) -> Bool {
    var unit = unitStart[volunteer]
    while unit < unitStart[volunteer &+ 1] {
      if held[unit].role == role { return true }
      unit &+= 1
    }
    return false
  }
}

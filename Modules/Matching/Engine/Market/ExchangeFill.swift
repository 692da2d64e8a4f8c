// The search that starts from an empty seat.

extension Exchange {
  /// The cheapest chain that ends with the role's empty seat filled, or with it at its floor.
  func fill(_ start: Int32, _ heap: inout FarHeap, _ journal: inout FlatStack<Int32>) {
    let (price, floor, held, utility) = (market.price, market.floor, market.held, market.utility)
    let (volunteerFar, volunteerMark) = (volunteerFar, volunteerMark)
    let mark = nextMark()
    var end = price[start] &- floor[start]
    /// The role that keeps an empty seat, or the unit that comes from the bench.
    var emptied = start
    var joining: Int32 = -1
    heap.removeAll()
    roleFar[start] = 0
    roleMark[start] = mark
    roleUnit[start] = -1
    var count = 0
    var role = start
    var far: Int64 = 0
    var isRole = true
    while true {
      if isRole {
        visited[count] = role
        count &+= 1
        let toFloor =
          role == start ? end : far &+ (price[role] &- floor[role])
        if toFloor < end { (end, emptied, joining) = (toFloor, role, -1) }
        let cost = price[role]
        var at = market.backStart[role]
        let last = market.backStart[role &+ 1]
        while at < last {
          let entry = market.back[at]
          let there =
            far &+ max(0, utility[entry.volunteer] &- (entry.worth &- cost))
          if there < end,
            volunteerMark[entry.volunteer] != mark || there < volunteerFar[entry.volunteer],
            !market.sitsIn(entry.volunteer, role)
          {
            volunteerFar[entry.volunteer] = there
            volunteerMark[entry.volunteer] = mark
            volunteerRole[entry.volunteer] = role
            // Most have one unit; whoever is on the bench needs no further look.
            let unit = market.unitStart[entry.volunteer]
            if market.unitStart[entry.volunteer &+ 1] &- unit == 1 {
              let former = held[unit].role
              if former < 0 {
                (end, joining) = (there, unit)
              } else if roleMark[former] != mark || there < roleFar[former] {
                roleFar[former] = there
                roleMark[former] = mark
                roleUnit[former] = unit
                let toFloor = there &+ (price[former] &- floor[former])
                if toFloor < end { (end, emptied, joining) = (toFloor, former, -1) }
                heap.push(there, former)
              }
            } else {
              heap.push(there, -1 &- entry.volunteer)
            }
          }
          at &+= 1
        }
      }
      guard let (next, node) = heap.pop(below: end) else { break }
      far = next
      if node >= 0 {
        isRole = far == roleFar[node]
        role = node
        continue
      }
      isRole = false
      let volunteer = -1 &- node
      if far != volunteerFar[volunteer] { continue }
      let last = market.unitStart[volunteer &+ 1]
      var unit = market.unitStart[volunteer]
      while unit < last {
        let holding = held[unit]
        if holding.edge == Unit.gone {
          unit &+= 1
          continue
        }
        if holding.edge < 0 {
          if far < end { (end, joining) = (far, unit) }
          break
        }
        let there =
          far &+ max(0, holding.worth &- price[holding.role] &- utility[volunteer])
        if there < end, roleMark[holding.role] != mark || there < roleFar[holding.role] {
          roleFar[holding.role] = there
          roleMark[holding.role] = mark
          roleUnit[holding.role] = unit
          heap.push(there, holding.role)
        }
        unit &+= 1
      }
    }
    for index in 0..<count {
      let role = visited[index]
      if roleFar[role] < end { price[role] &-= end &- roleFar[role] }
    }
    var mover = joining
    var place = -1
    if joining < 0, emptied != start {
      mover = roleUnit[emptied]
      market.seatUnit[market.seat(of: mover, in: emptied)] = -1
      journal.push(-(held[mover].edge &+ 1))
    }
    while mover >= 0 {
      let volunteer = market.owner[mover]
      let role = volunteerRole[volunteer]
      let leaving = roleUnit[role]
      if leaving >= 0 {
        place = market.seat(of: leaving, in: role)
        journal.push(-(held[leaving].edge &+ 1))
      } else {
        place = Int(market.seatStart[role])
      }
      let edge = market.edge(of: volunteer, to: role)
      market.seatUnit[place] = mover
      held[mover] = Market.Holding(edge, role: role, worth: market.edges[edge].worth)
      journal.push(edge &+ 1)
      mover = leaving
    }
    for index in 0..<count { evenOut(visited[index]) }
    evenOut(emptied)
    if joining >= 0 {
      let volunteer = market.owner[joining]
      utility[volunteer] = market.worstUnit(volunteer)
    }
  }
}

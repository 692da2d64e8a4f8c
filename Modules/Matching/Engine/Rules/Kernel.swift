// The kernel: what is left when everything is settled whose price shows that no better answer has it
// otherwise (reduced-cost fixing; Dantzig, Fulkerson and Johnson 1954).

extension Relaxation {
  enum Kernel {
    case smaller(Relaxation)
    /// It would hardly be smaller.
    case same
    /// What every better answer has breaks a rule: there is none.
    case nothingBetter
  }

  /// A smaller problem that contains every answer worth more than `worth` points, with the prices of
  /// this one and everybody where they are. The market is live and exact.
  func kernel(beating worth: Int64) -> Kernel {
    let room = bound() - (worth + 1) * scale + scale / 2
    var fixed: [(edge: Int, volunteer: Int32)] = []
    var excluded = [Bool](repeating: false, count: market.edgeCount)
    var left = market.edgeCount
    for volunteer in 0..<Int32(market.volunteerCount) {
      let best = market.bestOther(volunteer)
      let utility = max(0, market.worstUnit(volunteer))
      for edge in market.edgeStart[volunteer]..<market.edgeStart[volunteer &+ 1] {
        let value = market.value(edge)
        if market.holds(volunteer, edge) {
          if value - best <= room { continue }
          fixed.append((Int(edge), volunteer))
        } else {
          if utility - value <= room { continue }
          excluded[Int(edge)] = true
        }
        left -= 1
      }
    }
    // A copy of millions of edges has to be worth its memory.
    let most = market.edgeCount > 1_000_000 ? market.edgeCount / 3 : market.edgeCount / 10 * 9
    if left > most { return .same }
    var smaller = reduced
    smaller.settle(fixed, excluding: excluded)
    if smaller.isBroken { return .nothingBetter }
    let kernel = Relaxation(smaller, terms: terms)
    kernel.takePrices(of: self)
    return .smaller(kernel)
  }

  /// Starts from the prices of another relaxation of the same volunteers, roles and missions, and
  /// from what is held there.
  func takePrices(of other: Relaxation) {
    let market = market
    for role in 0..<market.roleCount {
      let (low, high) = (Int(market.seatStart[role]), Int(market.seatStart[role + 1]))
      if low == high { continue }
      market.price[role] = other.market.price[role]
      for seat in low..<high { market.seatPrice[seat] = market.price[role] }
    }
    var prices: [TeamKey: Int64] = [:]
    for group in 0..<other.groups.count where other.multiplier[group] != 0 {
      prices[other.groups.key(group)] = other.multiplier[group]
    }
    for group in 0..<groups.count {
      if let amount = prices[groups.key(group)] { price(group, at: amount) }
    }
    for volunteer in 0..<market.volunteerCount {
      var unit = market.unitStart[volunteer]
      for former in other.market.unitStart[volunteer]..<other.market.unitStart[volunteer + 1]
      where other.market.held[former].edge >= 0 && unit < market.unitStart[volunteer + 1] {
        let role = other.market.held[former].role
        for edge in market.edgeStart[volunteer]..<market.edgeStart[volunteer + 1]
        where market.edges[edge].role == role {
          var seat = market.seatStart[role]
          while seat < market.seatStart[role &+ 1], market.seatUnit[seat] >= 0 { seat &+= 1 }
          if seat == market.seatStart[role &+ 1] { continue }
          market.held[unit] = Market.Holding(edge, role: role, worth: market.edges[edge].worth)
          market.seatUnit[seat] = unit
          unit &+= 1
        }
      }
    }
    exchange.start()
    recount()
  }
}

extension Groups {
  /// What the group is about; company -1 for the job-seeker rule of a mission.
  func key(_ group: Int) -> TeamKey {
    TeamKey(company: company[group], mission: mission[group])
  }
}

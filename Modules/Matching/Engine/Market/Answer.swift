// What the market knows at its end: who sits where, and the prices that prove it.

extension Auction {
  /// The chosen pairs, ascending.
  func pairs() -> [Pair] {
    var pairs: [Pair] = []
    pairs.reserveCapacity(seatCount)
    for volunteer in 0..<volunteerCount {
      let from = pairs.count
      for unit in Int(unitStart[volunteer])..<Int(unitStart[volunteer + 1])
      where held[unit].edge >= 0 {
        pairs.append(Pair(volunteer: Int32(volunteer), role: held[unit].role))
      }
      if pairs.count - from > 1 { pairs[from...].sort() }
    }
    return pairs
  }

  /// The prices as a certificate of the plain problem.
  func certificate(bonus: Int64, fill: FillProof?) -> Certificate {
    var rolePrice = [Int64](repeating: 0, count: roleCount)
    for role in 0..<roleCount { rolePrice[role] = Int64(price[role]) - Int64(floor[role]) }
    let utilities = [Int64](unsafeUninitializedCapacity: volunteerCount) { utilities, count in
      // Every entry is written, each by one piece.
      let base = utilities.baseAddress
      share(base == nil ? 0 : volunteerCount, by: 8_192) { range in
        for volunteer in range {
          base.map { $0 + volunteer }?.initialize(to: price(of: Int32(volunteer)))
        }
      }
      count = volunteerCount
    }
    return Certificate(
      scale: Int64(scale), seatBonus: bonus, rolePrice: rolePrice, volunteerUtility: utilities,
      fillProof: fill)
  }

  /// What one more unit of the volunteer is worth.
  private func price(of volunteer: Int32) -> Int64 {
    let units = Int(unitStart[volunteer + 1] - unitStart[volunteer])
    let range = edgeStart[volunteer]..<edgeStart[volunteer + 1]
    // Without capacity a utility costs nothing, and has to cover the edges all the same.
    if units <= 1 {
      var best: Word = 0
      for edge in range { best = max(best, value(edge)) }
      return Int64(best)
    }
    var values: [Word] = []
    for edge in range where value(edge) > 0 { values.append(value(edge)) }
    values.sort(by: >)
    return values.count >= units ? Int64(values[units - 1]) : 0
  }

  /// Why no more seats can be filled, or nil when they can: everybody who could give up nothing or
  /// be replaced, starting from the free units (Ford and Fulkerson 1956).
  @inline(never)
  func fillProof() -> FillProof? {
    var nearVolunteers = [Bool](repeating: false, count: volunteerCount)
    var nearRoles = [Bool](repeating: false, count: roleCount)
    var open = FlatStack<Int32>(capacity: 1_024)
    defer { open.deallocate() }
    for unit in 0..<unitCount where held[unit].edge < 0 && held[unit].edge != Unit.gone {
      let volunteer = owner[unit]
      if !nearVolunteers[Int(volunteer)] {
        nearVolunteers[Int(volunteer)] = true
        open.push(volunteer)
      }
    }
    while !open.isEmpty {
      let volunteer = open.pop()
      for edge in edgeStart[volunteer]..<edgeStart[volunteer + 1] {
        let role = edges[edge].role
        if nearRoles[Int(role)] || holds(volunteer, edge) { continue }
        nearRoles[Int(role)] = true
        for seat in seatStart[role]..<seatStart[role + 1] {
          let unit = seatUnit[seat]
          if unit < 0 { return nil }
          let holder = owner[unit]
          if !nearVolunteers[Int(holder)] {
            nearVolunteers[Int(holder)] = true
            open.push(holder)
          }
        }
      }
    }
    return FillProof(nearVolunteers: nearVolunteers, nearRoles: nearRoles)
  }
}

// Parts of the best answer are worked out anew, as well as can be, while the rest of it stays (large
// neighbourhood search; Shaw 1998).

extension ConstrainedRun {
  /// Works out parts of the answer anew until that has brought nothing for `patience` times in a row.
  ///
  /// A part is grown around a mission from those who are eligible there to where they are today, so that
  /// whole chains of moves lie within it. It grows while parts are easy.
  mutating func improve(_ root: Relaxation, patience: Int) {
    var regions = Regions(instance, root)
    let base = ReducedInstance(instance)
    var idle = 0
    while idle < patience, !isProved, report(.improving, 0.7) {
      let open = regions.next(best)
      guard let part = Self.part(of: base, keeping: best, outside: open) else { return }
      let before = bestWorth
      let isDone = solve(part, root)
      regions.learn(isDone: isDone)
      idle = bestWorth > before ? 0 : idle + 1
    }
  }

  /// What is open when everybody outside of the given missions stays where they are.
  private static func part(
    of base: ReducedInstance, keeping answer: [Pair], outside open: [Bool]
  ) -> ReducedInstance? {
    let instance = base.instance
    var kept: [(edge: Int, volunteer: Int32)] = []
    for pair in answer where !open[Int(instance.roleMission[Int(pair.role)])] {
      // What the pins settle is no edge any more.
      if let edge = instance.edge(of: pair) { kept.append((edge, pair.volunteer)) }
    }
    var part = base
    part.settle(kept, excluding: [Bool](repeating: false, count: instance.edgeCount))
    return part.isBroken ? nil : part
  }

  /// Works out the part; returns whether that came to its end.
  private mutating func solve(_ part: ReducedInstance, _ root: Relaxation) -> Bool {
    let relaxation = Relaxation(part, terms: terms)
    relaxation.takePrices(of: root)
    takeMarket(relaxation)
    if relaxation.groups.count == 0 || relaxation.bound() < (bestWorth + 1) * terms.scale {
      return true
    }
    if relaxation.market.edgeCount > 30_000 { return false }
    let search = LinearSearch(relaxation, worth: bestWorth)
    guard let bound = search.solveRoot(proceed: { [self] in !clock.isOver }) else { return true }
    take(search, of: relaxation)
    if bound <= bestWorth { return true }
    search.dive { [self] in !clock.isOver }
    take(search, of: relaxation)
    if bound <= bestWorth || clock.isOver { return true }
    let left = search.explore(nodeLimit: 40) { [self] in !clock.isOver }
    take(search, of: relaxation)
    return left == nil
  }
}

/// Which missions are worked out anew together.
private struct Regions {
  private let instance: Instance
  private let market: Auction<Int64>
  private let missionStart: [Int32]
  private var state: UInt64 = 0x5DEE_CE66_D1CE_4E5B
  /// How many seats a region has, and may have.
  private var seats = 60.0
  private let most: Double
  private var turn = 0

  init(_ instance: Instance, _ root: Relaxation) {
    self.instance = instance
    market = root.market
    most = min(1_000, max(200, Double(root.market.seatCount) / 5))
    var start = [Int32](repeating: 0, count: instance.missionCount + 1)
    for mission in instance.roleMission { start[Int(mission) + 1] += 1 }
    for mission in 0..<instance.missionCount { start[mission + 1] += start[mission] }
    missionStart = start
  }

  /// Regions grow while they are easy.
  mutating func learn(isDone: Bool) {
    seats = isDone ? min(most, seats * 1.05) : max(20, seats * 0.8)
  }

  /// The missions of the next region.
  mutating func next(_ answer: [Pair]) -> [Bool] {
    turn += 1
    var open = [Bool](repeating: false, count: instance.missionCount)
    if instance.missionCount == 0 { return open }
    var filled = [Int32](repeating: 0, count: instance.roleCount)
    var placeOf = [Int32](repeating: -1, count: instance.volunteerCount)
    for pair in answer {
      filled[Int(pair.role)] += 1
      placeOf[Int(pair.volunteer)] = instance.roleMission[Int(pair.role)]
    }
    var queue = [Int32(first(filled))]
    var next = 0
    var size = 0
    while size < Int(seats) {
      if next == queue.count {
        if queue.count >= instance.missionCount { break }
        queue.append(Int32(draw(instance.missionCount)))
      }
      let mission = Int(queue[next])
      next += 1
      if open[mission] { continue }
      open[mission] = true
      for role in roles(of: mission) {
        size += Int(instance.roleSeats[role])
        let (low, high) = (Int(market.backStart[role]), Int(market.backStart[role + 1]))
        if low == high { continue }
        for _ in 0..<min(6, high - low) {
          let volunteer = market.back[low + draw(high - low)].volunteer
          let place = placeOf[Int(volunteer)]
          if place >= 0, !open[Int(place)] { queue.append(place) }
        }
      }
    }
    return open
  }

  /// Every other region begins where a seat is empty.
  private mutating func first(_ filled: [Int32]) -> Int {
    let start = draw(instance.missionCount)
    if turn % 2 == 0 { return start }
    for step in 0..<instance.missionCount {
      let mission = (start + step) % instance.missionCount
      for role in roles(of: mission)
      where filled[role] < instance.roleSeats[role]
        && market.backStart[role] < market.backStart[role + 1]
      {
        return mission
      }
    }
    return start
  }

  private func roles(of mission: Int) -> Range<Int> {
    Int(missionStart[mission])..<Int(missionStart[mission + 1])
  }

  /// A number below `count` (SplitMix64).
  private mutating func draw(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return Int(((mixed >> 32) &* UInt64(count)) >> 32)
  }
}

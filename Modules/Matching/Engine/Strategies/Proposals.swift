/// The state of a deferred acceptance: who holds whom, and how far each volunteer's list is read.
struct StableMarket {
  private let instance: Instance
  private let preferences: StablePreferences
  private let volunteers: [Int32]
  private(set) var room: GreedyRoom
  /// The edges of each volunteer, best first, at the places of `edgeStart`.
  private var lists: [Int32]
  private var read: [Int32]
  /// The edges each role holds and may still give up.
  private var held: [[Int32]]
  /// The edges that people of one company hold in one mission and may still give up.
  private var teams: [TeamKey: [Int32]] = [:]

  init(_ instance: Instance, _ preferences: StablePreferences) {
    self.instance = instance
    self.preferences = preferences
    volunteers = instance.edgeVolunteers()
    room = GreedyRoom(instance)
    held = Array(repeating: [], count: instance.roleCount)
    read = Array(repeating: 0, count: instance.volunteerCount)
    lists = []
    lists.reserveCapacity(instance.edgeCount)
    for volunteer in 0..<instance.volunteerCount {
      let wishes = preferences.ofVolunteer
      lists += instance.edges(ofVolunteer: volunteer).map { Int32($0) }.sorted {
        wishes[Int($0)] == wishes[Int($1)] ? $0 < $1 : wishes[Int($0)] > wishes[Int($1)]
      }
    }
  }

  /// Lets volunteers propose until nobody has anything left to propose. Returns false when it was
  /// cancelled; what is held then keeps the hard rules all the same.
  mutating func run(_ progress: (SolveProgress) -> Bool) -> Bool {
    // Lists are read from the front, so the last pushed is the first volunteer.
    var waiting = (0..<Int32(instance.volunteerCount)).reversed().map { $0 }
    var proposals = 0
    while let volunteer = waiting.popLast() {
      while room.capacityLeft[Int(volunteer)] > 0, let edge = nextWish(of: Int(volunteer)) {
        proposals += 1
        if proposals % 65_536 == 0 {
          let share = Double(proposals) / Double(max(1, instance.edgeCount))
          let going = progress(SolveProgress(phase: .bidding, fraction: min(0.9, share)))
          if !going { return false }
        }
        waiting += propose(edge, by: Int(volunteer))
      }
    }
    offerEmptySeats()
    return true
  }

  private mutating func nextWish(of volunteer: Int) -> Int32? {
    let list = instance.edges(ofVolunteer: volunteer)
    while Int(read[volunteer]) < list.count {
      let edge = lists[list.lowerBound + Int(read[volunteer])]
      read[volunteer] += 1
      if !room.chosen[Int(edge)], !room.isForbidden(Int(edge)) { return edge }
    }
    return nil
  }

  /// Lets the role decide; returns the volunteers that lose their place, who propose again.
  private mutating func propose(_ edge: Int32, by volunteer: Int) -> [Int32] {
    let role = instance.edgeRole[Int(edge)]
    let mission = instance.roleMission[Int(role)]
    var losers: [Int32] = []
    if room.teamIsFull(of: volunteer, mission: mission) {
      let key = TeamKey(company: instance.company[volunteer], mission: mission)
      guard let worst = worst(teams[key] ?? []), prefers(edge, to: worst) else { return [] }
      losers.append(worst)
    }
    let seatComesFree = losers.contains { instance.edgeRole[Int($0)] == role }
    if room.seatsLeft[Int(role)] == 0, !seatComesFree {
      guard let worst = worst(held[Int(role)]), prefers(edge, to: worst) else { return [] }
      losers.append(worst)
    }
    for loser in losers { release(loser) }
    hold(edge)
    return losers.map { volunteers[Int($0)] }
  }

  private mutating func hold(_ edge: Int32) {
    room.take(Int(edge), of: Int(volunteers[Int(edge)]))
    held[Int(instance.edgeRole[Int(edge)])].append(edge)
    if let key = team(of: edge) { teams[key, default: []].append(edge) }
  }

  private mutating func release(_ edge: Int32) {
    room.giveBack(Int(edge), of: Int(volunteers[Int(edge)]))
    held[Int(instance.edgeRole[Int(edge)])].removeAll { $0 == edge }
    if let key = team(of: edge) { teams[key]?.removeAll { $0 == edge } }
  }

  private func team(of edge: Int32) -> TeamKey? {
    let company = instance.company[Int(volunteers[Int(edge)])]
    guard instance.rules.companyCap != nil, company >= 0 else { return nil }
    return TeamKey(
      company: company, mission: instance.roleMission[Int(instance.edgeRole[Int(edge)])])
  }

  private func worst(_ edges: [Int32]) -> Int32? { edges.min { prefers($1, to: $0) } }

  /// Whether roles would rather have the first edge; among equals the lower index.
  private func prefers(_ a: Int32, to b: Int32) -> Bool {
    let (worthA, worthB) = (preferences.ofRole[Int(a)], preferences.ofRole[Int(b)])
    return worthA == worthB ? a < b : worthA > worthB
  }

  /// Under a company cap, a seat can be left by an exchange after those who wanted it were turned
  /// away: whoever still fits takes it, in the order of the volunteers' lists.
  private mutating func offerEmptySeats() {
    guard instance.rules.companyCap != nil else { return }
    for volunteer in 0..<instance.volunteerCount where room.capacityLeft[volunteer] > 0 {
      for place in instance.edges(ofVolunteer: volunteer) {
        let edge = lists[place]
        if room.has(roomFor: Int(edge), of: volunteer) { hold(edge) }
      }
    }
  }
}

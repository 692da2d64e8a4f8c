/// Repairs under rules: everybody keeps their place, and each seat lost goes to whoever fits best among
/// those with room for it, as long as no rule is broken. Where the leaver was the mission's only job
/// seeker, a free job seeker comes first while that is worth the penalty. Where nobody has room, the
/// shortest chain of moves that fills the seat is made (`fillByChain`).
final class LiveRules {
  let instance: Instance
  let holders: [[Int32]]
  private(set) var roles: [[Int32]]
  private(set) var members: [[Int32]]
  private(set) var places: [TeamKey: Int32] = [:]
  private var seekers: [Int32]
  let pins: Set<Pair>
  /// Roles a search for a chain has seen, by the number of the search.
  var seen: [Int32]
  var search: Int32 = 0
  private(set) var isGone: [Bool]
  private(set) var forbidden: Set<Pair>

  init(_ instance: Instance, _ assignment: [Pair]) {
    self.instance = instance
    var holders = [[Int32]](repeating: [], count: instance.roleCount)
    for volunteer in 0..<instance.volunteerCount {
      for edge in Int(instance.edgeStart[volunteer])..<Int(instance.edgeStart[volunteer + 1]) {
        holders[Int(instance.edgeRole[edge])].append(Int32(volunteer))
      }
    }
    self.holders = holders
    roles = Array(repeating: [], count: instance.volunteerCount)
    members = Array(repeating: [], count: instance.roleCount)
    seekers = Array(repeating: 0, count: instance.missionCount)
    isGone = Array(repeating: false, count: instance.volunteerCount)
    forbidden = Set(instance.rules.forbidden)
    pins = Set(instance.rules.pins)
    seen = Array(repeating: 0, count: instance.roleCount)
    for pair in assignment { join(pair.volunteer, pair.role) }
  }

  var assignment: [Pair] {
    var pairs: [Pair] = []
    for volunteer in 0..<instance.volunteerCount {
      for role in roles[volunteer].sorted() {
        pairs.append(Pair(volunteer: Int32(volunteer), role: role))
      }
    }
    return pairs
  }

  func withdraw(_ volunteer: Int32) -> [LiveMatching.Change] {
    isGone[Int(volunteer)] = true
    var left: [Int32: [Int32]] = [:]
    var joined: [Int32: [Int32]] = [:]
    for role in roles[Int(volunteer)].sorted() {
      leave(volunteer, role)
      left[volunteer, default: []].append(role)
      refill(role, &left, &joined)
    }
    return LiveMatching.changes(left: left, joined: joined)
  }

  /// Fills one seat of the role, by a chain where nobody has room for it.
  private func refill(
    _ role: Int32, _ left: inout [Int32: [Int32]], _ joined: inout [Int32: [Int32]]
  ) {
    if let next = fill(role) {
      joined[next, default: []].append(role)
      return
    }
    for move in fillByChain(role) {
      if let from = move.from { left[move.volunteer, default: []].append(from) }
      joined[move.volunteer, default: []].append(move.to)
    }
  }

  func restore(_ volunteer: Int32) -> [LiveMatching.Change] {
    isGone[Int(volunteer)] = false
    return LiveMatching.changes(left: [:], joined: [volunteer: place(volunteer)])
  }

  func forbid(_ pair: Pair) -> [LiveMatching.Change] {
    forbidden.insert(pair)
    guard roles[Int(pair.volunteer)].contains(pair.role) else { return [] }
    leave(pair.volunteer, pair.role)
    var left = [pair.volunteer: [pair.role]]
    var joined: [Int32: [Int32]] = [:]
    refill(pair.role, &left, &joined)
    for role in place(pair.volunteer) { joined[pair.volunteer, default: []].append(role) }
    return LiveMatching.changes(left: left, joined: joined)
  }

  func allow(_ pair: Pair) -> [LiveMatching.Change] {
    forbidden.remove(pair)
    return LiveMatching.changes(
      left: [:], joined: [pair.volunteer: isGone[Int(pair.volunteer)] ? [] : place(pair.volunteer)])
  }

  /// Seats the volunteer in the best empty seats it may take; returns their roles.
  private func place(_ volunteer: Int32) -> [Int32] {
    var found: [Int32] = []
    while roles[Int(volunteer)].count < instance.capacity[Int(volunteer)] {
      let range =
        Int(instance.edgeStart[Int(volunteer)])..<Int(instance.edgeStart[Int(volunteer) + 1])
      var best: (gain: Int64, role: Int32)?
      for edge in range {
        let role = instance.edgeRole[edge]
        guard members[Int(role)].count < instance.roleSeats[Int(role)], mayJoin(volunteer, role)
        else { continue }
        let gain = gain(volunteer, role, edge)
        if best.map({ gain > $0.gain }) ?? true { best = (gain, role) }
      }
      guard let best else { break }
      join(volunteer, best.role)
      found.append(best.role)
    }
    return found
  }

  /// Gives one seat of the role to the best volunteer with room for it.
  private func fill(_ role: Int32) -> Int32? {
    var best: (gain: Int64, volunteer: Int32)?
    for volunteer in holders[Int(role)]
    where roles[Int(volunteer)].count < instance.capacity[Int(volunteer)] {
      guard mayJoin(volunteer, role),
        let edge = instance.edge(of: Pair(volunteer: volunteer, role: role))
      else { continue }
      let gain = gain(volunteer, role, edge)
      if best.map({ gain > $0.gain }) ?? true { best = (gain, volunteer) }
    }
    guard let best else { return nil }
    join(best.volunteer, role)
    return best.volunteer
  }

  private func gain(_ volunteer: Int32, _ role: Int32, _ edge: Int) -> Int64 {
    let mission = Int(instance.roleMission[Int(role)])
    let wanted = instance.seeker[Int(volunteer)] && seekers[mission] == 0
    return Int64(instance.edgeWeight[edge]) + instance.priority(ofRole: Int(role))
      + (wanted ? instance.rules.seekerPenalty : 0)
  }

  func mayJoin(_ volunteer: Int32, _ role: Int32) -> Bool {
    if isGone[Int(volunteer)] || roles[Int(volunteer)].contains(role) { return false }
    if forbidden.contains(Pair(volunteer: volunteer, role: role)) { return false }
    guard let cap = instance.rules.companyCap, instance.company[Int(volunteer)] >= 0 else {
      return true
    }
    return (places[team(volunteer, role)] ?? 0) < cap
  }

  func team(_ volunteer: Int32, _ role: Int32) -> TeamKey {
    TeamKey(
      company: instance.company[Int(volunteer)], mission: instance.roleMission[Int(role)])
  }

  func join(_ volunteer: Int32, _ role: Int32) {
    roles[Int(volunteer)].append(role)
    members[Int(role)].append(volunteer)
    places[team(volunteer, role), default: 0] += 1
    if instance.seeker[Int(volunteer)] { seekers[Int(instance.roleMission[Int(role)])] += 1 }
  }

  func leave(_ volunteer: Int32, _ role: Int32) {
    roles[Int(volunteer)].removeAll { $0 == role }
    members[Int(role)].removeAll { $0 == volunteer }
    places[team(volunteer, role), default: 0] -= 1
    if instance.seeker[Int(volunteer)] { seekers[Int(instance.roleMission[Int(role)])] -= 1 }
  }
}

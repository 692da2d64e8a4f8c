extension Solution {
  /// The pairs that would rather have each other than what this answer gives them, and could: the
  /// volunteer has capacity left or prefers the role to one it holds, the role has a seat left or
  /// prefers the volunteer to one it holds, and the company cap still holds after the exchange.
  ///
  /// Pinned pairs are not given up and forbidden pairs do not block; equal liking blocks nothing.
  /// Any strategy's answer can be asked. Judges by affinity unless it is given preferences.
  public func blockingPairs(in instance: Instance, preferences: StablePreferences? = nil)
    -> [Pair]
  {
    BlockingPairs(
      assignment, instance, preferences ?? StablePreferences(affinityOf: instance)
    ).all()
  }
}

/// Finds blocking pairs.
private struct BlockingPairs {
  let instance: Instance
  let preferences: StablePreferences
  let forbidden: Set<Pair>
  var chosen: Set<Int> = []
  var capacityLeft: [Int32]
  var seatsLeft: [Int32]
  /// The least liked edge that may be given up, by volunteer and by role.
  var worstOfVolunteer: [Int?]
  var worstOfRole: [Int?]
  var teams: [TeamKey: Int32] = [:]

  init(_ assignment: [Pair], _ instance: Instance, _ preferences: StablePreferences) {
    self.instance = instance
    self.preferences = preferences
    forbidden = Set(instance.rules.forbidden)
    capacityLeft = instance.capacity
    seatsLeft = instance.roleSeats
    worstOfVolunteer = Array(repeating: nil, count: instance.volunteerCount)
    worstOfRole = Array(repeating: nil, count: instance.roleCount)
    let pins = Set(instance.rules.pins)
    for pair in assignment {
      guard let edge = instance.edge(of: pair) else { continue }
      let (volunteer, role) = (Int(pair.volunteer), Int(pair.role))
      chosen.insert(edge)
      capacityLeft[volunteer] -= 1
      seatsLeft[role] -= 1
      if let key = team(of: volunteer, role: role) { teams[key, default: 0] += 1 }
      guard !pins.contains(pair) else { continue }
      func worse(_ liking: [Int32], than other: Int?) -> Bool {
        guard let other else { return true }
        return liking[edge] < liking[other]
      }
      if worse(preferences.ofVolunteer, than: worstOfVolunteer[volunteer]) {
        worstOfVolunteer[volunteer] = edge
      }
      if worse(preferences.ofRole, than: worstOfRole[role]) { worstOfRole[role] = edge }
    }
  }

  func all() -> [Pair] {
    let volunteers = instance.edgeVolunteers()
    var blocking: [Pair] = []
    for volunteer in 0..<instance.volunteerCount {
      for edge in instance.edges(ofVolunteer: volunteer) where !chosen.contains(edge) {
        let pair = Pair(volunteer: Int32(volunteer), role: instance.edgeRole[edge])
        if blocks(edge, pair, volunteers) { blocking.append(pair) }
      }
    }
    return blocking
  }

  private func blocks(_ edge: Int, _ pair: Pair, _ volunteers: [Int32]) -> Bool {
    let (volunteer, role) = (Int(pair.volunteer), Int(pair.role))
    guard instance.capacity[volunteer] > 0, instance.roleSeats[role] > 0,
      !forbidden.contains(pair)
    else { return false }
    var leaving: [Int] = []
    if capacityLeft[volunteer] <= 0 {
      guard let worst = worstOfVolunteer[volunteer],
        preferences.ofVolunteer[edge] > preferences.ofVolunteer[worst]
      else { return false }
      leaving.append(worst)
    }
    if seatsLeft[role] <= 0 {
      guard let worst = worstOfRole[role], preferences.ofRole[edge] > preferences.ofRole[worst]
      else { return false }
      if !leaving.contains(worst) { leaving.append(worst) }
    }
    guard let cap = instance.rules.companyCap, let key = team(of: volunteer, role: role) else {
      return true
    }
    let freed = leaving.count {
      team(of: Int(volunteers[$0]), role: Int(instance.edgeRole[$0])) == key
    }
    return teams[key, default: 0] - Int32(freed) < cap
  }

  private func team(of volunteer: Int, role: Int) -> TeamKey? {
    guard instance.company[volunteer] >= 0 else { return nil }
    return TeamKey(company: instance.company[volunteer], mission: instance.roleMission[role])
  }
}

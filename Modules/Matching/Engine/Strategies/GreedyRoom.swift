/// The room that is left while pairs are chosen one by one: seats, capacities, company caps.
struct GreedyRoom {
  private let instance: Instance
  private(set) var seatsLeft: [Int32]
  private(set) var capacityLeft: [Int32]
  private(set) var chosen: [Bool]
  private(set) var missionHasSeeker: [Bool]
  private var teams: [TeamKey: Int32] = [:]
  private var forbidden: Set<Int32> = []

  /// Room for the instance, with its pins already taken.
  init(_ instance: Instance) {
    self.instance = instance
    seatsLeft = instance.roleSeats
    capacityLeft = instance.capacity
    chosen = [Bool](repeating: false, count: instance.edgeCount)
    missionHasSeeker = [Bool](repeating: false, count: instance.missionCount)
    for pair in instance.rules.forbidden {
      if let edge = instance.edge(of: pair) { forbidden.insert(Int32(edge)) }
    }
    for pin in instance.rules.pins {
      if let edge = instance.edge(of: pin) { take(edge, of: Int(pin.volunteer)) }
    }
  }

  var assignment: [Pair] {
    var pairs: [Pair] = []
    for volunteer in 0..<instance.volunteerCount {
      for edge in instance.edges(ofVolunteer: volunteer) where chosen[edge] {
        pairs.append(Pair(volunteer: Int32(volunteer), role: instance.edgeRole[edge]))
      }
    }
    return pairs
  }

  func isForbidden(_ edge: Int) -> Bool { !forbidden.isEmpty && forbidden.contains(Int32(edge)) }

  /// Whether the pair can be added to those chosen without breaking a hard rule.
  func has(roomFor edge: Int, of volunteer: Int) -> Bool {
    let role = Int(instance.edgeRole[edge])
    guard capacityLeft[volunteer] > 0, seatsLeft[role] > 0, !chosen[edge], !isForbidden(edge) else {
      return false
    }
    return !teamIsFull(of: volunteer, mission: instance.roleMission[role])
  }

  func teamIsFull(of volunteer: Int, mission: Int32) -> Bool {
    guard let cap = instance.rules.companyCap, instance.company[volunteer] >= 0 else {
      return false
    }
    return teams[TeamKey(company: instance.company[volunteer], mission: mission), default: 0] >= cap
  }

  mutating func take(_ edge: Int, of volunteer: Int) { count(edge, of: volunteer, by: 1) }

  mutating func giveBack(_ edge: Int, of volunteer: Int) { count(edge, of: volunteer, by: -1) }

  private mutating func count(_ edge: Int, of volunteer: Int, by step: Int32) {
    let role = Int(instance.edgeRole[edge])
    let mission = instance.roleMission[role]
    chosen[edge] = step > 0
    capacityLeft[volunteer] -= step
    seatsLeft[role] -= step
    if instance.seeker[volunteer], step > 0 { missionHasSeeker[Int(mission)] = true }
    if instance.company[volunteer] >= 0, instance.rules.companyCap != nil {
      teams[TeamKey(company: instance.company[volunteer], mission: mission), default: 0] += step
    }
  }
}

extension Instance {
  /// The edges of a volunteer, as indices of `edgeRole` and `edgeWeight`.
  func edges(ofVolunteer volunteer: Int) -> Range<Int> {
    Int(edgeStart[volunteer])..<Int(edgeStart[volunteer + 1])
  }

  /// The volunteer of every edge.
  func edgeVolunteers() -> [Int32] {
    var volunteers = [Int32](repeating: 0, count: edgeCount)
    for volunteer in 0..<volunteerCount {
      for edge in edges(ofVolunteer: volunteer) { volunteers[edge] = Int32(volunteer) }
    }
    return volunteers
  }
}

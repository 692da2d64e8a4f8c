/// What is left to decide once some pairs are settled: those chosen take their capacity, seats and
/// company places, those excluded are gone. Volunteers and roles keep their numbers.
///
/// First the locks are settled; later everything whose price shows that no better answer has it
/// otherwise.
struct ReducedInstance {
  /// The remaining problem; its rules hold no locks any more.
  private(set) var instance: Instance
  /// The pairs that every answer looked for contains.
  private(set) var settled: [Pair]
  /// What they are worth in points, without any bonus for filled seats.
  private(set) var settledPoints: Int64 = 0
  /// How many people of a company the settled pairs put into a mission.
  private(set) var usedPlaces: [TeamKey: Int32] = [:]
  /// How many people the settled pairs put into each mission.
  private(set) var teamSize: [Int32]
  /// Missions that have a job seeker among the settled pairs.
  private(set) var hasSeeker: [Bool]
  /// Whether the settled pairs break a company cap: then no answer looked for exists.
  private(set) var isBroken = false
  /// Missions the job-seeker rule looks at.
  let openToSeekers: [Bool]

  /// The problem with its locks obeyed.
  init(_ full: Instance) {
    instance = full
    settled = []
    teamSize = Array(repeating: 0, count: full.missionCount)
    hasSeeker = Array(repeating: false, count: full.missionCount)
    openToSeekers = full.missionsOpenToSeekers()
    var excluded = [Bool](repeating: false, count: full.edgeCount)
    for pair in full.rules.forbidden {
      if let edge = full.edge(of: pair) { excluded[edge] = true }
    }
    settle(
      full.rules.pins.compactMap { pin in full.edge(of: pin).map { ($0, pin.volunteer) } },
      excluding: excluded)
  }

  /// Chooses some edges for good and drops others, and what becomes impossible with them.
  mutating func settle(
    _ fixed: [(edge: Int, volunteer: Int32)], excluding excludedEdges: [Bool]
  ) {
    let old = instance
    var excluded = excludedEdges
    var capacity = old.capacity
    var seats = old.roleSeats
    for (edge, owner) in fixed {
      let volunteer = Int(owner)
      let role = Int(old.edgeRole[edge])
      let mission = old.roleMission[role]
      excluded[edge] = true
      capacity[volunteer] -= 1
      seats[role] -= 1
      settled.append(Pair(volunteer: Int32(volunteer), role: Int32(role)))
      settledPoints += Int64(old.edgeWeight[edge]) + old.priority(ofRole: role)
      teamSize[Int(mission)] += 1
      if old.seeker[volunteer] { hasSeeker[Int(mission)] = true }
      if old.company[volunteer] >= 0 {
        usedPlaces[TeamKey(company: old.company[volunteer], mission: mission), default: 0] += 1
      }
    }
    let cap = old.rules.companyCap ?? .max
    isBroken = usedPlaces.values.contains { $0 > cap }
    let closed = Set(usedPlaces.filter { $0.value >= cap }.keys)
    var start = old.edgeStart
    let dropped = excluded.reduce(0) { $0 + ($1 ? 1 : 0) }
    var role: [Int32] = []
    var weight: [Int32] = []
    role.reserveCapacity(old.edgeCount - dropped)
    weight.reserveCapacity(old.edgeCount - dropped)
    for volunteer in 0..<old.volunteerCount {
      let company = old.company[volunteer]
      start[volunteer] = Int32(role.count)
      if capacity[volunteer] == 0 || (cap == 0 && company >= 0) { continue }
      for edge in Int(old.edgeStart[volunteer])..<Int(old.edgeStart[volunteer + 1]) {
        let target = old.edgeRole[edge]
        if excluded[edge] || seats[Int(target)] == 0 { continue }
        if company >= 0, !closed.isEmpty,
          closed.contains(TeamKey(company: company, mission: old.roleMission[Int(target)]))
        {
          continue
        }
        role.append(target)
        weight.append(old.edgeWeight[edge])
      }
    }
    start[old.volunteerCount] = Int32(role.count)
    var rules = old.rules
    rules.pins = []
    rules.forbidden = []
    instance = Instance(
      partOf: old, capacity: capacity, roleSeats: seats, edgeStart: start, edgeRole: role,
      edgeWeight: weight, rules: rules)
  }
}

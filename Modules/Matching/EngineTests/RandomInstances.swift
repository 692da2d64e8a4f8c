import MatchingEngine

/// How large and how tangled the random instances are.
struct RandomShape {
  var volunteers = 1...5
  var missions = 1...3
  var rolesPerMission = 1...2
  var companies = 0...2
  var seats = 0...2
  var capacity = 0...2
  /// In percent of all pairs.
  var density = 20...90
  var mostEdges = 13
  var weight = 0...999
  /// Whether rules are drawn.
  var rules = true

  /// A few hundred volunteers, far beyond what can be enumerated.
  static let large = RandomShape(
    volunteers: 100...300, missions: 10...40, rolesPerMission: 1...5, companies: 1...20,
    seats: 0...4, capacity: 0...3, density: 3...12, mostEdges: .max)
}

/// A random instance. Every rule is on in about half of them; weights are sometimes all alike.
func randomInstance(_ random: inout SeededRandom, _ shape: RandomShape = RandomShape()) -> Instance
{
  while true {
    if let instance = try? draw(&random, shape) { return instance }
  }
}

private func draw(_ random: inout SeededRandom, _ shape: RandomShape) throws -> Instance {
  let volunteers = random.int(shape.volunteers)
  let missions = random.int(shape.missions)
  let companies = random.int(shape.companies)
  var roleMission: [Int32] = []
  for mission in 0..<missions {
    for _ in 0..<random.int(shape.rolesPerMission) { roleMission.append(Int32(mission)) }
  }
  let weights = random.chance(25) ? 5...7 : shape.weight
  let density = random.int(shape.density)
  var edgeStart: [Int32] = [0]
  var edgeRole: [Int32] = []
  var edgeWeight: [Int32] = []
  for _ in 0..<volunteers {
    for role in roleMission.indices
    where random.chance(density) && edgeRole.count < shape.mostEdges {
      edgeRole.append(Int32(role))
      edgeWeight.append(Int32(random.int(weights)))
    }
    edgeStart.append(Int32(edgeRole.count))
  }
  let bare = try Instance(
    missionCount: missions, companyCount: companies, roleMission: roleMission,
    roleSeats: roleMission.map { _ in Int32(random.int(shape.seats)) },
    capacity: (0..<volunteers).map { _ in Int32(random.int(shape.capacity)) },
    company: (0..<volunteers).map { _ in Int32(random.int(-1...(companies - 1))) },
    seeker: (0..<volunteers).map { _ in random.chance(35) }, edgeStart: edgeStart,
    edgeRole: edgeRole, edgeWeight: edgeWeight)
  return shape.rules ? try bare.with(rules: drawRules(&random, bare)) : bare
}

private func drawRules(_ random: inout SeededRandom, _ instance: Instance) -> Rules {
  var rules = Rules()
  let pairs = allPairs(of: instance)
  if random.chance(50) { rules.companyCap = Int32(random.int(0...2)) }
  if random.chance(50) { rules.seekerPenalty = Int64(random.int(1...1200)) }
  if random.chance(40) { rules.forbidden = pairs.filter { _ in random.chance(15) } }
  if random.chance(40) {
    let forbidden = Set(rules.forbidden)
    rules.pins = pairs.filter { !forbidden.contains($0) && random.chance(12) }
    while (try? instance.with(rules: rules)) == nil, !rules.pins.isEmpty { rules.pins.removeLast() }
  }
  if random.chance(30) {
    rules.minimumTeam = (0..<instance.missionCount).map { _ in Int32(random.int(0...3)) }
  }
  if random.chance(30) {
    rules.rolePriority = (0..<instance.roleCount).map { _ in Int32(random.int(0...300)) }
  }
  if random.chance(30) { rules.previous = pairs.filter { _ in random.chance(30) } }
  return rules
}

/// The eligible pairs.
func allPairs(of instance: Instance) -> [Pair] {
  var pairs: [Pair] = []
  for volunteer in 0..<instance.volunteerCount {
    for edge in Int(instance.edgeStart[volunteer])..<Int(instance.edgeStart[volunteer + 1]) {
      pairs.append(Pair(volunteer: Int32(volunteer), role: instance.edgeRole[edge]))
    }
  }
  return pairs
}

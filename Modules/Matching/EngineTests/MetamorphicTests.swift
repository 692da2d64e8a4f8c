import MatchingEngine
import Testing

/// Changes of the input of which one knows what they do to the answer.
@Suite struct MetamorphicTests {
  private func best(_ instance: Instance) throws -> Score {
    let solution = try OptimalStrategy().solve(instance)
    #expect(Referee(instance).broken(by: solution.assignment) == [])
    #expect(solution.status == .optimal)
    return solution.score
  }

  private func instances(_ seed: UInt64) -> (Instance, SeededRandom) {
    var random = SeededRandom(seed: 30_000 + seed)
    let shape = RandomShape(
      volunteers: 5...25, missions: 1...6, rolesPerMission: 1...3, companies: 0...4,
      density: 15...50, mostEdges: .max)
    let instance = randomInstance(&random, shape)
    return (instance, random)
  }

  @Test(arguments: 0..<60)
  func `who is called what does not matter`(seed: UInt64) throws {
    var (instance, random) = instances(seed)
    let renamed = try Renaming(of: instance, &random).renamed()
    #expect(try best(renamed) == best(instance))
  }

  @Test(arguments: 0..<60)
  func `three times the points make the same teams worth three times as much`(seed: UInt64) throws {
    let (instance, _) = instances(seed)
    var rules = instance.rules
    rules.seekerPenalty *= 3
    rules.rolePriority = rules.rolePriority.map { $0 * 3 }
    let scaled = try Instance(
      missionCount: instance.missionCount, companyCount: instance.companyCount,
      roleMission: instance.roleMission, roleSeats: instance.roleSeats,
      capacity: instance.capacity, company: instance.company, seeker: instance.seeker,
      edgeStart: instance.edgeStart, edgeRole: instance.edgeRole,
      edgeWeight: instance.edgeWeight.map { $0 * 3 }, rules: rules)
    let (one, three) = try (best(instance), best(scaled))
    #expect(three.points == 3 * one.points)
    #expect(three.filled == one.filled && three.shortfall == one.shortfall)
    #expect(three.kept == one.kept)
  }

  @Test(arguments: 0..<60)
  func `a volunteer who is eligible for nothing changes nothing`(seed: UInt64) throws {
    let (instance, _) = instances(seed)
    let more = try Instance(
      missionCount: instance.missionCount, companyCount: instance.companyCount + 1,
      roleMission: instance.roleMission, roleSeats: instance.roleSeats,
      capacity: instance.capacity + [2], company: instance.company + [-1],
      seeker: instance.seeker + [true],
      edgeStart: instance.edgeStart + [Int32(instance.edgeCount)], edgeRole: instance.edgeRole,
      edgeWeight: instance.edgeWeight, rules: instance.rules)
    #expect(try best(more) == best(instance))
  }

  @Test(arguments: 0..<60)
  func `pinning what was chosen and forbidding what was not changes nothing`(seed: UInt64) throws {
    let (instance, _) = instances(seed)
    let solution = try OptimalStrategy().solve(instance)
    var rules = instance.rules
    rules.pins = Array(solution.assignment.prefix(solution.assignment.count / 2))
    for pin in instance.rules.pins where !rules.pins.contains(pin) { rules.pins.append(pin) }
    let chosen = Set(solution.assignment)
    rules.forbidden = allPairs(of: instance).enumerated().filter {
      $0.offset % 2 == 0 && !chosen.contains($0.element) || instance.rules.forbidden.contains($0.1)
    }.map(\.element)
    #expect(try best(instance.with(rules: rules)) == solution.score)
  }

  @Test(arguments: 0..<60)
  func `more seats and looser rules never make it worse`(seed: UInt64) throws {
    let (instance, _) = instances(seed)
    let before = try best(instance)
    var rules = instance.rules
    rules.companyCap = nil
    rules.forbidden = []
    #expect(try !(best(instance.with(rules: rules)) < before))
    let roomier = try Instance(
      missionCount: instance.missionCount, companyCount: instance.companyCount,
      roleMission: instance.roleMission, roleSeats: instance.roleSeats.map { $0 + 1 },
      capacity: instance.capacity, company: instance.company, seeker: instance.seeker,
      edgeStart: instance.edgeStart, edgeRole: instance.edgeRole,
      edgeWeight: instance.edgeWeight, rules: instance.rules)
    #expect(try !(best(roomier) < before))
  }

  @Test(arguments: 0..<40)
  func `the answer asked for again is kept whole`(seed: UInt64) throws {
    let (instance, _) = instances(seed)
    let solution = try OptimalStrategy().solve(instance)
    var rules = instance.rules
    rules.previous = solution.assignment
    let again = try OptimalStrategy().solve(instance.with(rules: rules))
    #expect(again.assignment == solution.assignment)
  }

  @Test(arguments: 0..<30)
  func `the same input gives the same teams, whatever the threads`(seed: UInt64) throws {
    let (instance, _) = instances(seed)
    let one = try OptimalStrategy().solve(instance, options: SolveOptions(threads: 1))
    for threads in [1, 2, 7] {
      let other = try OptimalStrategy().solve(instance, options: SolveOptions(threads: threads))
      #expect(other.assignment == one.assignment)
    }
  }
}

/// The same instance with volunteers, missions, roles and companies numbered otherwise.
private struct Renaming {
  let instance: Instance
  /// New number of each volunteer, role, mission and company.
  let volunteer: [Int]
  let role: [Int]
  let mission: [Int]
  let company: [Int]

  init(of instance: Instance, _ random: inout SeededRandom) {
    self.instance = instance
    volunteer = Array(0..<instance.volunteerCount).shuffled(using: &random)
    mission = Array(0..<instance.missionCount).shuffled(using: &random)
    company = Array(0..<instance.companyCount).shuffled(using: &random)
    let mixed = Array(0..<instance.roleCount).shuffled(using: &random)
    // Roles of a mission stay together; missions come in their new order.
    let mission = mission
    let order = mixed.sorted { a, b in
      let first = mission[Int(instance.roleMission[a])]
      let second = mission[Int(instance.roleMission[b])]
      return first == second
        ? (mixed.firstIndex(of: a) ?? 0) < (mixed.firstIndex(of: b) ?? 0) : first < second
    }
    var role = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { role[old] = new }
    self.role = role
  }

  func renamed() throws -> Instance {
    let old = instance
    func list<T>(_ values: [T], by new: [Int]) -> [T] {
      var result = values
      for (index, value) in values.enumerated() { result[new[index]] = value }
      return result
    }
    func pairs(_ pairs: [Pair]) -> [Pair] {
      pairs.map {
        Pair(volunteer: Int32(volunteer[Int($0.volunteer)]), role: Int32(role[Int($0.role)]))
      }
    }
    var edges = [[(role: Int32, weight: Int32)]](repeating: [], count: old.volunteerCount)
    for (edge, pair) in allPairs(of: old).enumerated() {
      edges[volunteer[Int(pair.volunteer)]].append(
        (Int32(role[Int(pair.role)]), old.edgeWeight[edge]))
    }
    var start: [Int32] = [0]
    for index in edges.indices {
      edges[index].sort { $0.role < $1.role }
      start.append((start.last ?? 0) + Int32(edges[index].count))
    }
    var rules = old.rules
    rules.pins = pairs(rules.pins)
    rules.forbidden = pairs(rules.forbidden)
    rules.previous = pairs(rules.previous)
    rules.minimumTeam = rules.minimumTeam.isEmpty ? [] : list(rules.minimumTeam, by: mission)
    rules.rolePriority = rules.rolePriority.isEmpty ? [] : list(rules.rolePriority, by: role)
    return try Instance(
      missionCount: old.missionCount, companyCount: old.companyCount,
      roleMission: list(old.roleMission.map { Int32(mission[Int($0)]) }, by: role),
      roleSeats: list(old.roleSeats, by: role), capacity: list(old.capacity, by: volunteer),
      company: list(old.company.map { $0 < 0 ? $0 : Int32(company[Int($0)]) }, by: volunteer),
      seeker: list(old.seeker, by: volunteer), edgeStart: start,
      edgeRole: edges.flatMap { $0.map(\.role) }, edgeWeight: edges.flatMap { $0.map(\.weight) },
      rules: rules)
  }
}

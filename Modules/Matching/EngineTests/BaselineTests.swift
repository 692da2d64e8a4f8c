import MatchingEngine
import Testing

@Suite struct BaselineTests {
  @Test(arguments: 0..<200)
  func `greedy and stable keep every hard rule`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let instance = randomInstance(&random, seed % 4 == 0 ? .large : RandomShape())
    for strategy in [GreedyStrategy(), StableStrategy()] as [any Strategy] {
      let solution = try strategy.solve(instance)
      let referee = Referee(instance)
      #expect(referee.broken(by: solution.assignment) == [], "\(strategy.name)")
      #expect(referee.score(of: solution.assignment) == solution.score)
      #expect(solution.status == .feasible)
      #expect(solution.gap == nil)
    }
  }

  @Test(arguments: 0..<200)
  func `no pair blocks stable teams when no company cap ties roles together`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var instance = randomInstance(&random, seed % 4 == 0 ? .large : RandomShape())
    var rules = instance.rules
    rules.companyCap = nil
    instance = try instance.with(rules: rules)
    let wishes = instance.edgeWeight.map { _ in Int32(random.int(0...20)) }
    let needs = instance.edgeWeight.map { _ in Int32(random.int(0...20)) }
    let preferences = try StablePreferences(ofVolunteer: wishes, ofRole: needs, for: instance)
    let solution = try StableStrategy(preferences: preferences).solve(instance)
    #expect(solution.blockingPairs(in: instance, preferences: preferences) == [])
    #expect(try StableStrategy().solve(instance).blockingPairs(in: instance) == [])
  }

  @Test func `volunteers get the best of all stable teams`() throws {
    // Two volunteers and two roles that like each other crosswise: both matchings are stable.
    let instance = try smallInstance(edges: [[(0, 1), (1, 1)], [(0, 1), (1, 1)]], seats: [1, 1])
    let preferences = try StablePreferences(
      ofVolunteer: [2, 1, 1, 2], ofRole: [1, 2, 2, 1], for: instance)
    let solution = try StableStrategy(preferences: preferences).solve(instance)
    #expect(solution.assignment == [Pair(volunteer: 0, role: 0), Pair(volunteer: 1, role: 1)])
  }

  @Test func `a pair that would leave both better off is counted`() throws {
    let instance = try smallInstance(edges: [[(0, 10), (1, 50)], [(1, 20)]], seats: [1, 1])
    let swapped = [Pair(volunteer: 0, role: 0), Pair(volunteer: 1, role: 1)]
    let solution = Solution(
      strategy: "by hand", status: .feasible, assignment: swapped, of: instance)
    #expect(solution.blockingPairs(in: instance) == [Pair(volunteer: 0, role: 1)])
  }

  @Test func `a pin is not given up for a better match, and blocks nothing`() throws {
    let pin = Pair(volunteer: 1, role: 1)
    let instance = try smallInstance(
      edges: [[(0, 10), (1, 50)], [(1, 20)]], seats: [1, 1], rules: Rules(pins: [pin]))
    for strategy in [GreedyStrategy(), StableStrategy()] as [any Strategy] {
      let solution = try strategy.solve(instance)
      #expect(solution.assignment == [Pair(volunteer: 0, role: 0), pin])
      #expect(solution.blockingPairs(in: instance) == [])
    }
  }

  @Test func `preferences made for another instance are refused`() throws {
    let one = try smallInstance(edges: [[(0, 10)]], seats: [1])
    let two = try smallInstance(edges: [[(0, 10), (1, 5)]], seats: [1, 1])
    #expect(throws: InstanceError.self) {
      try StableStrategy(preferences: StablePreferences(affinityOf: one)).solve(two)
    }
    #expect(throws: InstanceError.self) {
      try StablePreferences(ofVolunteer: [1], ofRole: [1], for: two)
    }
  }

  @Test func `every strategy is found by its name`() throws {
    for name in ["optimal", "stable", "greedy"] {
      #expect(Strategies.named(name)?.name == name)
    }
    #expect(Strategies.named("magic") == nil)
  }
}

/// An instance of one mission, with capacity 1, no company and no job seeker, unless told so.
func smallInstance(
  edges: [[(role: Int32, weight: Int32)]], seats: [Int32], missions: [Int32]? = nil,
  capacity: [Int32]? = nil, company: [Int32]? = nil, seeker: [Bool]? = nil, rules: Rules = Rules()
) throws -> Instance {
  let missions = missions ?? seats.map { _ in 0 }
  var start: [Int32] = [0]
  for list in edges { start.append((start.last ?? 0) + Int32(list.count)) }
  return try Instance(
    missionCount: Int(missions.max() ?? -1) + 1, companyCount: Int(company?.max() ?? -1) + 1,
    roleMission: missions, roleSeats: seats, capacity: capacity ?? edges.map { _ in 1 },
    company: company ?? edges.map { _ in -1 }, seeker: seeker ?? edges.map { _ in false },
    edgeStart: start, edgeRole: edges.flatMap { $0.map(\.role) },
    edgeWeight: edges.flatMap { $0.map(\.weight) }, rules: rules)
}

import MatchingEngine
import Testing

@Suite struct DegenerateTests {
  static let strategies: [any Strategy] = [OptimalStrategy(), StableStrategy(), GreedyStrategy()]

  private func answers(to instance: Instance) throws -> [Solution] {
    try Self.strategies.map { try $0.solve(instance) }
  }

  @Test func `an empty instance has an empty answer`() throws {
    for solution in try answers(to: smallInstance(edges: [], seats: [])) {
      #expect(solution.assignment == [])
      #expect(solution.score == Score(filled: 0, points: 0))
    }
    #expect(try OptimalStrategy().solve(smallInstance(edges: [], seats: [])).status == .optimal)
  }

  @Test func `volunteers without roles and roles without volunteers stay alone`() throws {
    let nobody = try smallInstance(edges: [], seats: [1, 2])
    let nothing = try smallInstance(edges: [[], []], seats: [])
    let strangers = try smallInstance(edges: [[], []], seats: [1, 2])
    for instance in [nobody, nothing, strangers] {
      for solution in try answers(to: instance) { #expect(solution.assignment == []) }
      #expect(try OptimalStrategy().solve(instance).status == .optimal)
    }
  }

  @Test func `no capacity and no seats fill nothing`() throws {
    let edges: [[(role: Int32, weight: Int32)]] = [[(0, 5), (1, 5)], [(0, 9)]]
    let tired = try smallInstance(edges: edges, seats: [1, 1], capacity: [0, 0])
    let closed = try smallInstance(edges: edges, seats: [0, 0])
    for instance in [tired, closed] {
      for solution in try answers(to: instance) { #expect(solution.filled == 0) }
      #expect(try OptimalStrategy().solve(instance).status == .optimal)
    }
  }

  @Test func `all ties are filled all the same`() throws {
    let row: [(role: Int32, weight: Int32)] = (0..<20).map { ($0, 100) }
    let instance = try smallInstance(
      edges: Array(repeating: row, count: 20), seats: Array(repeating: 1, count: 20))
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.status == .optimal)
    #expect(solution.score == Score(filled: 20, points: 2000))
  }

  @Test func `affinities of zero and the largest affinity are exact`() throws {
    let largest = Int32(Instance.weightLimit)
    let instance = try smallInstance(
      edges: [[(0, largest), (1, largest - 1)], [(0, largest), (1, 0)], [(1, 0)]], seats: [1, 1])
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.score == Score(filled: 2, points: 2 * Int64(largest) - 1))
  }

  @Test func `a filled seat is worth more than any affinity`() throws {
    // Filling both seats costs nearly everything the best single pair is worth.
    let instance = try smallInstance(
      edges: [[(0, 0), (1, 1_000_000)], [(1, 0)]], seats: [1, 1])
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.score == Score(filled: 2, points: 0))
    #expect(solution.status == .optimal)
  }

  @Test func `long chains of exchanges keep filled seats first`() throws {
    // Volunteer i fits role i+1 perfectly and role i not at all: one more seat shifts everybody.
    let length = 60
    var edges: [[(role: Int32, weight: Int32)]] = []
    for place in 0..<Int32(length) {
      edges.append([(place, 0)])
      if place > 0 { edges[Int(place) - 1].append((place, 1_000_000)) }
    }
    let instance = try smallInstance(edges: edges, seats: Array(repeating: 1, count: length))
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.score == Score(filled: length, points: 0))
    #expect(solution.status == .optimal)
  }

  @Test func `a cap binds when there is one company only`() throws {
    let edges: [[(role: Int32, weight: Int32)]] = Array(repeating: [(0, 10)], count: 5)
    for cap: Int32 in [0, 1, 3] {
      let instance = try smallInstance(
        edges: edges, seats: [5], company: [0, 0, 0, 0, 0], rules: Rules(companyCap: cap))
      for solution in try answers(to: instance) { #expect(solution.filled == Int(cap)) }
      #expect(try OptimalStrategy().solve(instance).status == .optimal)
    }
  }

  @Test func `a seeker penalty alone does not leave a seat empty`() throws {
    let instance = try smallInstance(
      edges: [[(0, 900)], [(0, 10)]], seats: [1], seeker: [false, true],
      rules: Rules(seekerPenalty: 1000))
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.assignment == [Pair(volunteer: 1, role: 0)])
    #expect(solution.penalties == 0)
    let cheap = try instance.with(rules: Rules(seekerPenalty: 100))
    let other = try OptimalStrategy().solve(cheap)
    #expect(other.assignment == [Pair(volunteer: 0, role: 0)])
    #expect(other.score.points == 800)
    #expect(other.missionsWithoutSeeker == 1)
  }

  @Test func `contradictory locks are named`() throws {
    let first = Pair(volunteer: 0, role: 0)
    let second = Pair(volunteer: 0, role: 1)
    let third = Pair(volunteer: 1, role: 0)
    let instance = try smallInstance(
      edges: [[(0, 1), (1, 1)], [(0, 1)]], seats: [1, 1], company: [0, 0])
    let contradictions: [(Rules, [Pair])] = [
      (Rules(pins: [first, second]), [first, second]),
      (Rules(pins: [first, third]), [first, third]),
      (Rules(pins: [first], forbidden: [first]), [first]),
      (Rules(companyCap: 0, pins: [second]), [second]),
      (Rules(companyCap: 1, pins: [third, second]), [third, second]),
    ]
    for (rules, locks) in contradictions {
      let error = try #require(throws: InstanceError.self) { try instance.with(rules: rules) }
      #expect(error.kind == .contradictoryLocks(locks))
      for lock in locks { #expect(error.description.contains("\(lock)")) }
    }
  }

  @Test func `a pin to a role one is not eligible for is refused`() throws {
    let instance = try smallInstance(edges: [[(0, 1)]], seats: [1, 1])
    let pin = Pair(volunteer: 0, role: 1)
    let error = try #require(throws: InstanceError.self) {
      try instance.with(rules: Rules(pins: [pin]))
    }
    #expect(error.kind == .unknown)
    #expect(error.description.contains("\(pin)"))
  }

  @Test func `numbers that could overflow are refused at the door`() throws {
    #expect(throws: InstanceError.self) {
      try smallInstance(edges: [[(0, Int32(Instance.weightLimit) + 1)]], seats: [1])
    }
    #expect(throws: InstanceError.self) { try smallInstance(edges: [[(0, -1)]], seats: [1]) }
    #expect(throws: InstanceError.self) {
      try smallInstance(edges: [], seats: [.max, .max, .max])
    }
    #expect(throws: InstanceError.self) {
      try smallInstance(edges: [[], []], seats: [], capacity: [.max, .max])
    }
    #expect(throws: InstanceError.self) { try smallInstance(edges: [], seats: [-1]) }
    let instance = try smallInstance(edges: [[(0, 1)]], seats: [1])
    for rules in [
      Rules(companyCap: -1), Rules(seekerPenalty: .max), Rules(seekerPenalty: -1),
      Rules(minimumTeam: [.max]), Rules(rolePriority: [.max]), Rules(rolePriority: [-1]),
      Rules(minimumTeam: [1, 1]),
    ] {
      #expect(throws: InstanceError.self) { try instance.with(rules: rules) }
    }
  }

  @Test func `the largest numbers let in are solved or refused, never wrapped`() throws {
    let big = Int32(Instance.weightLimit)
    let instance = try smallInstance(
      edges: [[(0, big)], [(0, big)]], seats: [1_000_000], capacity: [500_000_000, 400_000_000],
      seeker: [true, false],
      rules: Rules(
        companyCap: .max, seekerPenalty: Rules.penaltyLimit, minimumTeam: [big],
        rolePriority: [big]))
    for strategy in Self.strategies {
      guard let solution = try? strategy.solve(instance) else { continue }
      #expect(solution.score == Score(filled: 2, shortfall: 999_998, points: 4_000_000))
    }
  }
}

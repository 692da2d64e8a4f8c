import MatchingEngine
import Testing

/// Small instances made by hand: volunteer by volunteer, the pairs (role, affinity).
private func instance(
  seats: [Int32], missions: [Int32]? = nil, edges: [[(Int32, Int32)]], capacity: [Int32]? = nil,
  company: [Int32]? = nil, seeker: [Bool]? = nil, rules: Rules = Rules()
) throws -> Instance {
  var start: [Int32] = [0]
  for list in edges { start.append((start.last ?? 0) + Int32(list.count)) }
  let missions = missions ?? seats.indices.map { Int32($0) }
  return try Instance(
    missionCount: Int((missions.max() ?? -1) + 1),
    companyCount: Int((company?.max() ?? -1) + 1), roleMission: missions, roleSeats: seats,
    capacity: capacity ?? edges.map { _ in 1 }, company: company ?? edges.map { _ in -1 },
    seeker: seeker ?? edges.map { _ in false }, edgeStart: start,
    edgeRole: edges.flatMap { $0.map(\.0) }, edgeWeight: edges.flatMap { $0.map(\.1) },
    rules: rules)
}

private func solve(_ instance: Instance) throws -> Solution {
  try OptimalStrategy().solve(instance)
}

@Suite struct SolverTests {
  @Test func `an empty instance has an empty answer, proved`() throws {
    let solution = try solve(instance(seats: [], edges: []))
    #expect(solution.status == .optimal)
    #expect(solution.assignment.isEmpty)
  }

  @Test func `without an eligible pair nobody is placed, and that is proved`() throws {
    let problem = try instance(seats: [2, 1], edges: [[], [], []])
    let solution = try solve(problem)
    #expect(solution.status == .optimal)
    #expect(solution.filled == 0)
    try Certificate.verify(problem, solution)
  }

  @Test func `no seats and no capacity place nobody`() throws {
    let problem = try instance(
      seats: [0, 1], edges: [[(0, 5), (1, 5)], [(0, 7), (1, 7)]], capacity: [0, 0])
    let solution = try solve(problem)
    #expect(solution.status == .optimal)
    #expect(solution.filled == 0)
  }

  @Test func `filled seats come before affinity`() throws {
    let problem = try instance(seats: [1, 1], edges: [[(0, 1000), (1, 0)], [(0, 10)]])
    let solution = try solve(problem)
    #expect(solution.filled == 2)
    #expect(solution.affinity == 10)
    try Certificate.verify(problem, solution)
  }

  @Test func `a long chain is worth any affinity`() throws {
    // Everybody prefers their first role by far; only the chain of second choices fills the last.
    let count: Int32 = 40
    var edges: [[(Int32, Int32)]] = (0..<count).map { [($0, 1000), ($0 + 1, 0)] }
    edges.append([(0, 1)])
    let problem = try instance(seats: Array(repeating: 1, count: Int(count) + 1), edges: edges)
    let solution = try solve(problem)
    #expect(solution.filled == Int(count) + 1)
    #expect(solution.affinity == 1)
    try Certificate.verify(problem, solution)
  }

  @Test func `ties everywhere end and are proved`() throws {
    let row: [(Int32, Int32)] = (0..<12).map { ($0, 7) }
    let problem = try instance(
      seats: Array(repeating: 1, count: 12), edges: Array(repeating: row, count: 20))
    let solution = try solve(problem)
    #expect(solution.score == Score(filled: 12, points: 84))
    try Certificate.verify(problem, solution)
  }

  @Test func `a volunteer with two units takes two roles, never one twice`() throws {
    let problem = try instance(
      seats: [2, 1], missions: [0, 1], edges: [[(0, 9), (1, 1)]], capacity: [2])
    let solution = try solve(problem)
    #expect(solution.assignment == [Pair(volunteer: 0, role: 0), Pair(volunteer: 0, role: 1)])
    try Certificate.verify(problem, solution)
  }

  @Test func `the largest affinities still give an exact answer`() throws {
    let most = Int32(Instance.weightLimit)
    let problem = try instance(
      seats: [1, 1], edges: [[(0, most), (1, most - 1)], [(0, most - 1), (1, most - 3)]])
    let solution = try solve(problem)
    #expect(solution.affinity == 2 * Int64(most) - 2)
    try Certificate.verify(problem, solution)
  }

  @Test func `the same instance gives the same answer`() throws {
    var edges: [[(Int32, Int32)]] = []
    for volunteer in 0..<60 {
      edges.append(
        (0..<20).filter { ($0 * 7 + volunteer) % 3 == 0 }.map {
          (Int32($0), Int32(($0 * volunteer * 13) % 97))
        })
    }
    let problem = try instance(seats: Array(repeating: 2, count: 20), edges: edges)
    let first = try solve(problem)
    let second = try solve(problem)
    #expect(first.assignment == second.assignment)
    try Certificate.verify(problem, first)
  }

  @Test func `a forged price or a worse answer is refused`() throws {
    let problem = try instance(seats: [1], edges: [[(0, 5)], [(0, 6)]])
    let solution = try solve(problem)
    var worse = Solution(
      strategy: "", status: .optimal, assignment: [Pair(volunteer: 0, role: 0)], of: problem,
      certificate: solution.certificate)
    #expect(throws: CertificateFailure.self) { try Certificate.verify(problem, worse) }
    worse = solution
    worse.certificate?.rolePrice[0] = -1
    #expect(throws: CertificateFailure.self) { try Certificate.verify(problem, worse) }
  }

  @Test(arguments: 0..<20)
  func `a run out of time says so and tells how good an answer could be`(seed: UInt64) throws {
    var random = SeededRandom(seed: 40_000 + seed)
    var shape = RandomShape.large
    shape.rules = seed % 2 == 1
    let problem = randomInstance(&random, shape)
    let best = try OptimalStrategy().solve(problem.plain)
    let solution = try OptimalStrategy().solve(problem, options: SolveOptions(timeLimit: 0))
    #expect(Referee(problem).broken(by: solution.assignment) == [])
    let bound = try #require(solution.bound)
    #expect(!(bound < solution.score))
    if !shape.rules {
      #expect(!(bound < best.score))
      #expect(solution.stoppedEarly == (solution.status != .optimal))
    }
    #expect(solution.certificate != nil)
  }

  @Test func `a cancelled run still gives an answer`() throws {
    let row: [(Int32, Int32)] = (0..<30).map { ($0, $0) }
    let problem = try instance(
      seats: Array(repeating: 1, count: 30), edges: Array(repeating: row, count: 30))
    let solution = try OptimalStrategy().solve(problem, options: SolveOptions()) { _ in false }
    #expect(Set(solution.assignment).count == solution.assignment.count)
  }
}

@Suite struct RulesSolverTests {
  @Test func `a pin is kept at any price`() throws {
    let problem = try instance(
      seats: [1], edges: [[(0, 1)], [(0, 900)]],
      rules: Rules(pins: [Pair(volunteer: 0, role: 0)]))
    let solution = try solve(problem)
    #expect(solution.assignment == [Pair(volunteer: 0, role: 0)])
    #expect(solution.status == .optimal)
  }

  @Test func `a forbidden pair is never chosen`() throws {
    let problem = try instance(
      seats: [1], edges: [[(0, 900)], [(0, 1)]],
      rules: Rules(forbidden: [Pair(volunteer: 0, role: 0)]))
    #expect(try solve(problem).assignment == [Pair(volunteer: 1, role: 0)])
  }

  @Test func `a company sends no more people than its cap`() throws {
    let problem = try instance(
      seats: [2, 2], missions: [0, 0],
      edges: [[(0, 9)], [(0, 9), (1, 8)], [(1, 9)], [(1, 1)]],
      company: [0, 0, 0, -1], rules: Rules(companyCap: 1))
    let solution = try solve(problem)
    #expect(solution.score == Score(filled: 2, points: 10))
    #expect(solution.status == .optimal)
  }

  @Test func `a job seeker is worth the penalty and no more`() throws {
    for (penalty, expected) in [(Int64(50), Int64(100 - 50)), (500, 10)] {
      let problem = try instance(
        seats: [1], edges: [[(0, 100)], [(0, 10)]], seeker: [false, true],
        rules: Rules(seekerPenalty: penalty))
      let solution = try solve(problem)
      #expect(solution.score.points == expected)
      #expect(solution.status == .optimal)
    }
  }

  @Test func `a minimum team comes before affinity and after filled seats`() throws {
    let edges: [[(Int32, Int32)]] = [[(0, 100), (1, 1)], [(0, 100), (1, 1)]]
    let problem = try instance(
      seats: [2, 2], edges: edges, rules: Rules(minimumTeam: [0, 2]))
    let solution = try solve(problem)
    #expect(solution.score == Score(filled: 2, shortfall: 0, points: 2))
    #expect(solution.status == .optimal)
  }

  @Test func `role priorities count as points`() throws {
    let problem = try instance(
      seats: [1, 1], edges: [[(0, 10), (1, 5)]], rules: Rules(rolePriority: [0, 20]))
    let solution = try solve(problem)
    #expect(solution.assignment == [Pair(volunteer: 0, role: 1)])
    #expect(solution.score.points == 25)
  }

  @Test func `among equals the previous answer stays`() throws {
    let row: [(Int32, Int32)] = [(0, 5), (1, 5), (2, 5)]
    let previous = [
      Pair(volunteer: 0, role: 2), Pair(volunteer: 1, role: 0), Pair(volunteer: 2, role: 1),
    ]
    let problem = try instance(
      seats: [1, 1, 1], edges: [row, row, row], rules: Rules(previous: previous))
    let solution = try solve(problem)
    #expect(solution.assignment == previous)
    #expect(solution.score.kept == 3)
    #expect(solution.status == .optimal)
  }

  @Test func `contradictory pins are refused by name`() {
    let pins = [Pair(volunteer: 0, role: 0), Pair(volunteer: 1, role: 0)]
    #expect {
      try instance(seats: [1], edges: [[(0, 1)], [(0, 1)]], rules: Rules(pins: pins))
    } throws: { error in
      (error as? InstanceError)?.kind == .contradictoryLocks(pins)
    }
  }
}

@Suite struct LiveMatchingTests {
  @Test func `a withdrawal is filled by the best chain, and a return undoes it`() throws {
    let problem = try instance(
      seats: [1, 1], edges: [[(0, 50)], [(0, 40), (1, 30)], [(1, 20)]])
    let solution = try solve(problem)
    #expect(solution.score == Score(filled: 2, points: 80))
    let live = try LiveMatching(problem, solution: solution)
    #expect(live.assignment == solution.assignment)
    _ = live.withdraw(0)
    #expect(
      live.assignment == [Pair(volunteer: 1, role: 0), Pair(volunteer: 2, role: 1)])
    _ = live.restore(0)
    #expect(live.assignment == solution.assignment)
  }

  @Test func `a declined pair goes to somebody else`() throws {
    let problem = try instance(seats: [1], edges: [[(0, 50)], [(0, 40)]])
    let live = try LiveMatching(problem, solution: solve(problem))
    let changes = live.forbid(Pair(volunteer: 0, role: 0))
    #expect(live.assignment == [Pair(volunteer: 1, role: 0)])
    #expect(changes.count == 2)
  }

  @Test func `under rules nobody else moves and the rules hold`() throws {
    let problem = try instance(
      seats: [2], edges: [[(0, 50)], [(0, 40)], [(0, 30)], [(0, 20)]], company: [0, -1, 0, 0],
      rules: Rules(companyCap: 1))
    let live = try LiveMatching(problem, solution: solve(problem))
    _ = live.withdraw(1)
    #expect(live.assignment == [Pair(volunteer: 0, role: 0)])
    _ = live.restore(1)
    #expect(live.assignment.count == 2)
  }
}

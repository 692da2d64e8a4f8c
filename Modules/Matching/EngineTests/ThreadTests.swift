import Synchronization
import Testing

@testable import MatchingEngine

/// Several threads give the answer of one.
@Suite struct ThreadTests {
  /// Large enough that the market shares its work: thousands of people around a few thousand roles.
  private func largeInstance(_ random: inout SeededRandom) throws -> Instance {
    let (volunteers, roles) = (20_300, 5_000)
    var edgeStart: [Int32] = [0]
    var edgeRole: [Int32] = []
    var edgeWeight: [Int32] = []
    for volunteer in 0..<volunteers {
      let near = volunteer * roles / volunteers
      let wanted = Set((0..<3).map { _ in (near + random.int(0...60)) % roles })
      for role in wanted.sorted() {
        edgeRole.append(Int32(role))
        edgeWeight.append(Int32(random.int(0...99)))
      }
      edgeStart.append(Int32(edgeRole.count))
    }
    return try Instance(
      missionCount: roles, companyCount: 0, roleMission: (0..<roles).map { Int32($0) },
      roleSeats: (0..<roles).map { _ in Int32(random.int(0...7)) },
      capacity: (0..<volunteers).map { $0 % 50 == 0 ? 2 : 1 },
      company: [Int32](repeating: -1, count: volunteers),
      seeker: [Bool](repeating: false, count: volunteers), edgeStart: edgeStart,
      edgeRole: edgeRole, edgeWeight: edgeWeight)
  }

  @Test func `any number of threads gives the same proved answer`() throws {
    var random = SeededRandom(seed: 90_000)
    let instance = try largeInstance(&random)
    let alone = try OptimalStrategy().solve(instance, options: SolveOptions(threads: 1))
    #expect(alone.status == .optimal)
    try Certificate.verify(instance, alone)
    for threads in [2, 5] {
      let together = try OptimalStrategy().solve(instance, options: SolveOptions(threads: threads))
      #expect(together.assignment == alone.assignment)
      #expect(together.certificate == alone.certificate)
      #expect(together.bound == alone.bound)
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func `a crew does every piece once`(size: Int) {
    let crew = Crew(size: size)
    for count in [0, 1, 2, 7, 500, 70_000] {
      let done = (0..<count).map { _ in Counter() }
      crew.share(count) { done[$0].value.add(1, ordering: .relaxed) }
      #expect(done.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
    }
  }

  @Test func `rounds that follow each other closely do not mix`() {
    let crew = Crew(size: 3)
    let sum = Counter()
    for round in 1...3_000 {
      let before = sum.value.load(ordering: .relaxed)
      crew.share(4) { _ in sum.value.add(round, ordering: .relaxed) }
      #expect(sum.value.load(ordering: .relaxed) == before + 4 * round)
    }
  }
}

private final class Counter: Sendable {
  let value = Atomic<Int>(0)
}

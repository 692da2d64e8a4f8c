import MatchingEngine
import Testing

/// Strategies side by side.
@Suite struct StrategyComparisonTests {
  @Test func `every strategy has a row of its own, and the optimal one fills most`() throws {
    var random = SeededRandom(seed: 90_000)
    let instance = randomInstance(&random, RandomShape(rules: false))
    let rows = try StrategyComparison(of: instance).rows
    #expect(rows.map(\.strategy) == Strategies.names)
    #expect(rows.allSatisfy { $0.filled <= rows[0].filled })
    #expect(rows.allSatisfy { $0.seats == instance.seatCount })
  }

  @Test func `nothing blocks the stable teams, and what blocks the others is counted`() throws {
    // The best pair takes the only seat that volunteer 1 could have had: two seats filled against one.
    let instance = try Instance(
      missionCount: 2, companyCount: 0, roleMission: [0, 1], roleSeats: [1, 1], capacity: [1, 1],
      company: [-1, -1], seeker: [false, false], edgeStart: [0, 2, 3], edgeRole: [0, 1, 0],
      edgeWeight: [100, 10, 50])
    let rows = try StrategyComparison(of: instance).rows
    let blocking = Dictionary(uniqueKeysWithValues: rows.map { ($0.strategy, $0.blockingPairs) })
    #expect(blocking == ["optimal": 1, "stable": 0, "greedy": 0])
    #expect(rows.map(\.filled) == [2, 1, 1])
  }

  @Test func `each can be stopped, and says so`() throws {
    var random = SeededRandom(seed: 90_001)
    let instance = randomInstance(&random)
    var seen: Set<String> = []
    let rows = try StrategyComparison(of: instance) { name, _ in
      seen.insert(name)
      return false
    }.rows
    #expect(seen == Set(Strategies.names))
    #expect(rows.count == 3)
  }
}

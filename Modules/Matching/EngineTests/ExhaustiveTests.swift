import MatchingEngine
import Testing

@Suite struct ExhaustiveTests {
  @Test(arguments: 0..<40)
  func `no answer beats the optimal one, whatever the rules`(batch: UInt64) throws {
    for number in 0..<75 {
      var random = SeededRandom(seed: batch &* 1_000 &+ UInt64(number))
      let instance = randomInstance(&random)
      let solution = try OptimalStrategy().solve(instance)
      let referee = Referee(instance)
      #expect(referee.broken(by: solution.assignment).isEmpty, "batch \(batch), number \(number)")
      #expect(referee.score(of: solution.assignment) == solution.score)
      #expect(solution.status == .optimal, "batch \(batch), number \(number)")
      #expect(
        solution.score == Exhaustive(instance).best,
        "batch \(batch), number \(number): \(instance)")
    }
  }

  /// Prices of rules travel far where affinities are large, and steps have to be right on the way.
  @Test(arguments: 0..<20)
  func `no answer beats the optimal one where affinities are as large as they may be`(
    batch: UInt64
  ) throws {
    for number in 0..<75 {
      var random = SeededRandom(seed: 300_000 &+ batch &* 1_000 &+ UInt64(number))
      var shape = RandomShape()
      shape.weight = number % 2 == 0 ? 0...50_000 : 0...1_000_000
      let instance = randomInstance(&random, shape)
      let solution = try OptimalStrategy().solve(instance)
      let referee = Referee(instance)
      #expect(referee.broken(by: solution.assignment).isEmpty, "batch \(batch), number \(number)")
      #expect(solution.status == .optimal, "batch \(batch), number \(number)")
      #expect(
        solution.score == Exhaustive(instance).best,
        "batch \(batch), number \(number): \(instance)")
    }
  }

  @Test(arguments: [1, 1_000, 10_000, 30_050, 1_000_000])
  func `of two people of one company one gets in where the cap is one`(affinity: Int32) throws {
    let instance = try smallInstance(
      edges: [[(0, affinity)], [(0, affinity)]], seats: [2], company: [0, 0],
      rules: Rules(companyCap: 1))
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.assignment.count == 1)
    #expect(solution.status == .optimal)
  }

  @Test(arguments: 0..<20)
  func `no answer beats the optimal one in the plain problem`(batch: UInt64) throws {
    for number in 0..<75 {
      var random = SeededRandom(seed: 90_000 &+ batch &* 1_000 &+ UInt64(number))
      let instance = randomInstance(&random, RandomShape(rules: false))
      let solution = try OptimalStrategy().solve(instance)
      #expect(Referee(instance).broken(by: solution.assignment).isEmpty)
      #expect(solution.status == .optimal, "batch \(batch), number \(number)")
      #expect(
        solution.score == Exhaustive(instance).best,
        "batch \(batch), number \(number): \(instance)")
    }
  }

  @Test(arguments: 0..<10)
  func `a small bound is never below the best answer`(batch: UInt64) throws {
    for number in 0..<50 {
      var random = SeededRandom(seed: 50_000 &+ batch &* 1_000 &+ UInt64(number))
      let instance = randomInstance(&random, RandomShape(rules: number % 4 != 0))
      let best = try #require(Exhaustive(instance).best)
      var calls = 0
      let stopAfter = random.int(0...6)
      let solution = try OptimalStrategy().solve(instance, options: SolveOptions()) { progress in
        calls += 1
        if let bound = progress.bound { #expect(!(bound < best), "progress told a lower bound") }
        return calls <= stopAfter
      }
      #expect(Referee(instance).broken(by: solution.assignment).isEmpty)
      #expect(!(best < solution.score))
      #expect(solution.bound != nil && solution.distance != nil)
      if let bound = solution.bound { #expect(!(bound < best), "batch \(batch), \(number)") }
      if solution.status == .optimal { #expect(solution.score == best) }
    }
  }
}

import Testing

@testable import MatchingEngine

@Suite struct LinearTests {
  @Test(arguments: 0..<10)
  func `the linear relaxation with its branches finds what trying all finds`(batch: UInt64) throws {
    for number in 0..<60 {
      var random = SeededRandom(seed: 400_000 &+ batch &* 1_000 &+ UInt64(number))
      let instance = randomInstance(&random)
      guard let score = Exhaustive(instance).best else { continue }
      let weighted = WeightedInstance(instance)
      let terms = try ProblemSize(weighted.instance).terms()
      let relaxation = Relaxation(ReducedInstance(weighted.instance), terms: terms)
      relaxation.market.goLive(eps: 1)
      relaxation.recount()
      let best =
        terms.bonus * Int64(score.filled) - terms.shortfallCost * Int64(score.shortfall)
        + weighted.factor * score.points + Int64(weighted.factor > 1 ? score.kept : 0)
      let search = LinearSearch(relaxation, worth: .min)
      let bound = try #require(search.solveRoot { true })
      #expect(bound >= best, "batch \(batch), number \(number)")
      let left = search.explore(nodeLimit: .max) { true }
      #expect(left == nil)
      #expect(search.bestWorth == best, "batch \(batch), number \(number)")
    }
  }

  @Test(arguments: 0..<10)
  func `prices prove a bound however early the simplex method is stopped`(seed: UInt64) throws {
    var random = SeededRandom(seed: 410_000 &+ seed)
    let instance = try tightInstance(&random)
    let best = try OptimalStrategy().solve(instance)
    let terms = try ProblemSize(instance).terms()
    let worth = instance.worth(best.assignment, terms: terms)
    let relaxation = Relaxation(ReducedInstance(instance), terms: terms)
    relaxation.market.goLive(eps: 1)
    relaxation.recount()
    let program = LinearProgram(relaxation)
    let simplex = DualSimplex(program, wiggle: 0)
    var former = Int64.max
    while simplex.run(cutOff: .infinity, limit: 5) == .unfinished {
      simplex.updatePrices()
      let bound = program.provedWorth(
        prices: simplex.prices, low: simplex.low, high: simplex.high)
      #expect(bound >= worth)
      former = min(former, bound)
    }
    simplex.updatePrices()
    let bound = program.provedWorth(prices: simplex.prices, low: simplex.low, high: simplex.high)
    #expect(bound >= worth)
    #expect(bound <= former)
  }

  @Test(arguments: 0..<60)
  func `teams are proved best where few companies share narrow caps`(seed: UInt64) throws {
    var random = SeededRandom(seed: 420_000 &+ seed)
    let instance = try tightInstance(&random)
    let solution = try OptimalStrategy().solve(instance)
    #expect(solution.status == .optimal)
    #expect(Referee(instance).broken(by: solution.assignment).isEmpty)
    #expect(Referee(instance).score(of: solution.assignment) == solution.score)
    let greedy = try GreedyStrategy().solve(instance)
    #expect(!(solution.score < greedy.score))
  }

  /// Some hundred volunteers of few companies, of which a mission takes one or two.
  private func tightInstance(_ random: inout SeededRandom) throws -> Instance {
    let shape = RandomShape(
      volunteers: 40...120, missions: 5...15, rolesPerMission: 1...4, companies: 1...4,
      seats: 1...4, capacity: 1...2, density: 6...18, mostEdges: .max, rules: false)
    let bare = randomInstance(&random, shape)
    return try bare.with(
      rules: Rules(
        companyCap: Int32(random.int(1...2)), seekerPenalty: random.chance(50) ? 300 : 0))
  }
}

import MatchingEngine
import Testing

@Suite struct CertificateTests {
  @Test(arguments: 0..<60)
  func `the prices of a large plain answer prove it`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var shape = RandomShape.large
    shape.rules = false
    let instance = randomInstance(&random, shape)
    let solution = try OptimalStrategy().solve(instance)
    let certificate = try #require(solution.certificate)
    let verifier = CertificateVerifier(instance, certificate)
    #expect(verifier.flaw == nil)
    #expect(Referee(instance).broken(by: solution.assignment) == [])
    #expect(Referee(instance).score(of: solution.assignment) == solution.score)
    #expect(solution.status == .optimal)
    // Less than one point is left, and points are whole.
    #expect(verifier.bound() - verifier.worth(of: solution.score) < certificate.scale)
    // Filled seats come first: by a cut, or because a seat is worth more than all affinities.
    let points = Int64(instance.edgeCount) * Int64(instance.edgeWeight.max() ?? 0)
    #expect(verifier.cutLimit == solution.filled || certificate.seatBonus > points)
    try Certificate.verify(instance, solution)
  }

  @Test(arguments: 0..<300)
  func `no answer to a small instance is worth more than its certificate says`(seed: UInt64) throws
  {
    var random = SeededRandom(seed: 7_000 + seed)
    let instance = randomInstance(&random)
    let solution = try OptimalStrategy().solve(instance)
    guard let certificate = solution.certificate else { return }
    let verifier = CertificateVerifier(instance, certificate)
    #expect(verifier.flaw == nil)
    let best = try #require(Exhaustive(instance).best)
    #expect(verifier.bound() >= verifier.worth(of: best))
    #expect(verifier.bound() >= verifier.worth(of: solution.score))
    if let limit = verifier.cutLimit { #expect(limit >= best.filled) }
  }

  @Test(arguments: 0..<20)
  func `seats and people that pins or zeros use up take nothing from the proof`(seed: UInt64) throws
  {
    var random = SeededRandom(seed: 9_000 + seed)
    var shape = RandomShape.large
    shape.rules = false
    let plain = randomInstance(&random, shape)
    let answer = try OptimalStrategy().solve(plain)
    let pins = Array(answer.assignment.shuffled(using: &random).prefix(40))
    let pinned = try plain.with(rules: Rules(pins: pins))
    let solution = try OptimalStrategy().solve(pinned)
    #expect(solution.score == answer.score)
    #expect(solution.status == .optimal)
    let certificate = try #require(solution.certificate)
    #expect(
      try certificate.provedBound(for: pinned) <= certificate.seatBonus
        * Int64(answer.filled) + answer.score.points)
  }

  @Test(arguments: 0..<8)
  func `the bound of a large answer with rules holds for every strategy`(seed: UInt64) throws {
    var random = SeededRandom(seed: 8_000 + seed)
    let instance = randomInstance(&random, .large)
    let best = try OptimalStrategy().solve(
      instance, options: SolveOptions(timeLimit: 0.3, threads: 1, seed: 1))
    #expect(Referee(instance).broken(by: best.assignment) == [])
    #expect(Referee(instance).score(of: best.assignment) == best.score)
    let bound = try #require(best.bound)
    #expect(!(bound < best.score))
    for strategy in [StableStrategy(), GreedyStrategy()] as [any Strategy] {
      let other = try strategy.solve(instance)
      #expect(!(bound < other.score), "\(strategy.name)")
      if best.status == .optimal { #expect(!(best.score < other.score), "\(strategy.name)") }
    }
    if let certificate = best.certificate {
      let verifier = CertificateVerifier(instance, certificate)
      #expect(verifier.flaw == nil)
      #expect(verifier.bound() >= verifier.worth(of: best.score))
    }
  }
}

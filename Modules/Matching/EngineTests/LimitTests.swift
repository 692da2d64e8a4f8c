import Testing

@testable import MatchingEngine

/// More than a thousand seats, and caps that bind: a filled seat cannot outweigh everything there.
private func manySeats(_ random: inout SeededRandom, roles: ClosedRange<Int>) throws -> Instance {
  let missions = random.int(25...35)
  let roleMission = (0..<missions).flatMap { mission in
    (0..<random.int(roles)).map { _ in Int32(mission) }
  }
  let volunteers = random.int(1_100...1_250)
  let companies = random.int(10...20)
  var edgeStart: [Int32] = [0]
  var edgeRole: [Int32] = []
  for _ in 0..<volunteers {
    edgeRole += Set(
      (0..<random.int(1...3)).map { _ in Int32(random.int(0...(roleMission.count - 1))) }
    )
    .sorted()
    edgeStart.append(Int32(edgeRole.count))
  }
  return try Instance(
    missionCount: missions, companyCount: companies, roleMission: roleMission,
    roleSeats: roleMission.map { _ in Int32(1_400 / roleMission.count) },
    capacity: Array(repeating: 1, count: volunteers),
    company: (0..<volunteers).map { _ in Int32(random.int(-1...(companies - 1))) },
    seeker: (0..<volunteers).map { _ in random.chance(10) }, edgeStart: edgeStart,
    edgeRole: edgeRole, edgeWeight: edgeRole.map { _ in Int32(random.int(10...999)) },
    rules: Rules(companyCap: Int32(random.int(1...2)), seekerPenalty: 500))
}

/// A run that is ended after so many looks at its progress.
private func solve(_ instance: Instance, looks: Int) throws -> Solution {
  var left = looks
  return try OptimalStrategy().solve(instance, options: SolveOptions()) { _ in
    left -= 1
    return left >= 0
  }
}

@Suite struct LimitTests {
  @Test(arguments: 0..<12)
  func `a longer run never gives a worse answer nor a looser bound`(seed: UInt64) throws {
    var random = SeededRandom(seed: 700_000 &+ seed)
    let instance =
      seed < 4
      ? try manySeats(&random, roles: seed % 2 == 0 ? 1...1 : 1...3)
      : randomInstance(&random, RandomShape.large)
    var former: Solution?
    for looks in [0, 3, 10, 30, 100, 300, 1_000] {
      let solution = try solve(instance, looks: looks)
      #expect(Referee(instance).broken(by: solution.assignment) == [])
      let bound = try #require(solution.bound)
      #expect(!(bound < solution.score))
      if let former {
        #expect(!(solution.score < former.score), "after \(looks) looks")
        let formerBound = try #require(former.bound)
        #expect(!(formerBound < bound), "after \(looks) looks")
      }
      former = solution
      if solution.status == .optimal { break }
    }
  }

  @Test(arguments: 0..<4)
  func `more than a thousand seats under caps are proved best`(seed: UInt64) throws {
    var random = SeededRandom(seed: 710_000 &+ seed)
    let instance = try manySeats(&random, roles: 1...1)
    let solution = try OptimalStrategy().solve(instance)
    #expect(Referee(instance).broken(by: solution.assignment) == [])
    #expect(solution.status == .optimal)
    // With one role a mission the flow is exact.
    let ceiling = Ceiling(instance, keeping: [], clock: SolveClock(SolveOptions()) { _ in true })
    #expect(solution.filled == ceiling.seats)
  }

  @Test(arguments: 0..<10)
  func `the ceiling of seats and missing people is never beaten`(batch: UInt64) throws {
    let clock = SolveClock(SolveOptions()) { _ in true }
    for number in 0..<40 {
      var random = SeededRandom(seed: 720_000 &+ batch &* 1_000 &+ UInt64(number))
      let instance = randomInstance(&random)
      let best = try #require(Exhaustive(instance).best)
      let ceiling = Ceiling(instance, keeping: [], clock: clock)
      #expect(ceiling.seats >= best.filled, "batch \(batch), number \(number)")
      #expect(ceiling.shortfall <= best.shortfall, "batch \(batch), number \(number)")
      let kept = Ceiling(instance, keeping: instance.firstAnswer(), clock: clock)
      #expect(kept.seats == ceiling.seats)
      #expect(kept.shortfall == ceiling.shortfall)
    }
  }

  @Test(arguments: 0..<10)
  func `where every mission has one role the ceiling of seats is exact`(batch: UInt64) throws {
    let clock = SolveClock(SolveOptions()) { _ in true }
    for number in 0..<40 {
      var random = SeededRandom(seed: 730_000 &+ batch &* 1_000 &+ UInt64(number))
      let instance = randomInstance(&random, RandomShape(rolesPerMission: 1...1))
      let best = try #require(Exhaustive(instance).best)
      #expect(Ceiling(instance, keeping: [], clock: clock).seats == best.filled)
    }
  }

  @Test func `the gap in points is about answers with as many seats`() throws {
    var random = SeededRandom(seed: 740_000)
    let instance = try manySeats(&random, roles: 1...2)
    let solution = try solve(instance, looks: 0)
    let (seats, distance) = (try #require(solution.seatGap), try #require(solution.distance))
    #expect(solution.filled + seats == solution.bound?.filled)
    // A bonus for filled seats would make more of it than all points there are.
    #expect(solution.score.points + distance <= instance.mostPoints())
    #expect(try OptimalStrategy().solve(instance, options: SolveOptions()).seatGap == 0)
  }

  @Test(arguments: [true, false])
  func `a run says what it took, and when it was ended`(isPlain: Bool) throws {
    var random = SeededRandom(seed: 750_000)
    let ruled = try manySeats(&random, roles: 1...2)
    let instance = isPlain ? ruled.plain : ruled
    let ended = try OptimalStrategy().solve(instance, options: SolveOptions(cpuLimit: 0))
    #expect(ended.stoppedEarly)
    #expect(ended.stoppedAfter == ended.spent)
    #expect(try #require(ended.spent).cpu > 0)
    let whole = try OptimalStrategy().solve(instance)
    #expect(whole.stoppedAfter == nil)
    #expect(whole.spent != nil)
  }
}

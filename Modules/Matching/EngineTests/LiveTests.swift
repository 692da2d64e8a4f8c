import MatchingEngine
import Testing

/// What an answer kept alive promises, whatever happens to it.
@Suite struct LiveTests {
  /// The instance as it is after withdrawals and refusals.
  private func remaining(_ instance: Instance, gone: Set<Int32>, banned: Set<Pair>) throws
    -> Instance
  {
    var rules = instance.rules
    let out = allPairs(of: instance).filter { gone.contains($0.volunteer) || banned.contains($0) }
    rules.pins.removeAll { gone.contains($0.volunteer) }
    rules.forbidden = Array(Set(rules.forbidden).union(out)).sorted()
    return try instance.with(rules: rules)
  }

  @Test(arguments: 0..<60)
  func `without rules a repaired answer is the best there is`(seed: UInt64) throws {
    var random = SeededRandom(seed: 80_000 + seed)
    let instance = randomInstance(&random, RandomShape(rules: false))
    let live = try LiveMatching(instance, solution: OptimalStrategy().solve(instance))
    let pairs = allPairs(of: instance)
    var gone: Set<Int32> = []
    var banned: Set<Pair> = []
    for _ in 0..<8 {
      change(live, &gone, &banned, pairs, &random)
      let now = try remaining(instance, gone: gone, banned: banned)
      #expect(Referee(now).broken(by: live.assignment) == [])
      let best = try #require(Exhaustive(now).best)
      #expect(Referee(now).score(of: live.assignment) == best)
    }
  }

  @Test(arguments: 0..<6)
  func `hundreds of changes leave a large answer the best there is`(seed: UInt64) throws {
    var random = SeededRandom(seed: 82_000 + seed)
    var shape = RandomShape.large
    shape.rules = false
    let instance = randomInstance(&random, shape)
    let live = try LiveMatching(instance, solution: OptimalStrategy().solve(instance))
    let pairs = allPairs(of: instance)
    var gone: Set<Int32> = []
    var banned: Set<Pair> = []
    for turn in 1...300 {
      change(live, &gone, &banned, pairs, &random)
      #expect(try #require(live.provedGap()) < 1)
      if turn % 75 != 0 { continue }
      let now = try remaining(instance, gone: gone, banned: banned)
      #expect(Referee(now).broken(by: live.assignment) == [])
      let best = try OptimalStrategy().solve(now)
      #expect(best.status == .optimal)
      #expect(Referee(now).score(of: live.assignment) == best.score)
    }
  }

  @Test(arguments: 0..<60)
  func `with rules a repaired answer keeps them, and never empties more than one has to`(
    seed: UInt64
  ) throws {
    var random = SeededRandom(seed: 81_000 + seed)
    var instance = randomInstance(&random)
    var rules = instance.rules
    (rules.minimumTeam, rules.previous) = ([], [])
    instance = try instance.with(rules: rules)
    let live = try LiveMatching(instance, solution: OptimalStrategy().solve(instance))
    var gone: Set<Int32> = []
    let pinned = Set(instance.rules.pins.map(\.volunteer))
    for _ in 0..<6 {
      let volunteer = Int32(random.int(0...(instance.volunteerCount - 1)))
      guard !pinned.contains(volunteer) else { continue }
      let before = live.assignment
      if gone.remove(volunteer) != nil {
        _ = live.restore(volunteer)
        #expect(live.assignment.count >= before.count)
      } else {
        _ = live.withdraw(volunteer)
        gone.insert(volunteer)
        let kept = before.filter { $0.volunteer != volunteer }
        #expect(live.assignment.count >= kept.count)
        let now = try remaining(instance, gone: gone, banned: [])
        #expect(!(Referee(now).score(of: live.assignment) < Referee(now).score(of: kept)))
        // One person more, alone or by somebody moving once, is found.
        if let best = oneMore(now, kept) { #expect(live.assignment.count >= best) }
      }
      let now = try remaining(instance, gone: gone, banned: [])
      #expect(Referee(now).broken(by: live.assignment) == [])
    }
  }

  /// How many seats are filled when one person joins, or one moves and one joins; nil when nobody can.
  private func oneMore(_ now: Instance, _ kept: [Pair]) -> Int? {
    let referee = Referee(now)
    let free = allPairs(of: now).filter { !kept.contains($0) }
    for joins in free {
      if referee.broken(by: kept + [joins]).isEmpty { return kept.count + 1 }
      for moves in kept where !now.rules.pins.contains(moves) {
        for to in free where to.volunteer == moves.volunteer && to != joins {
          let pairs = kept.filter { $0 != moves } + [to, joins]
          if referee.broken(by: pairs).isEmpty { return kept.count + 1 }
        }
      }
    }
    return nil
  }

  @Test func `under rules a lost seat is filled by people who move, as few as possible`() throws {
    let instance = try smallInstance(
      edges: [[(0, 50)], [(0, 40), (1, 90)], [(1, 10), (2, 80)], [(2, 5)]], seats: [1, 1, 1],
      rules: Rules(companyCap: 1))
    let live = try LiveMatching(instance, solution: OptimalStrategy().solve(instance))
    #expect(live.assignment.count == 3)
    let changes = live.withdraw(0)
    #expect(
      live.assignment == [
        Pair(volunteer: 1, role: 0), Pair(volunteer: 2, role: 1), Pair(volunteer: 3, role: 2),
      ])
    #expect(changes.count == 4)
  }

  @Test func `what moved is told, and nothing else moved`() throws {
    let instance = try smallInstance(edges: [[(0, 50)], [(0, 40)], [(1, 10)]], seats: [1, 1])
    let live = try LiveMatching(instance, solution: OptimalStrategy().solve(instance))
    let changes = live.withdraw(0)
    #expect(Set(changes.map(\.volunteer)) == [0, 1])
    #expect(changes.first { $0.volunteer == 1 }?.to == 0)
    #expect(
      live.assignment == [Pair(volunteer: 1, role: 0), Pair(volunteer: 2, role: 1)])
    _ = live.restore(0)
    #expect(
      live.assignment == [Pair(volunteer: 0, role: 0), Pair(volunteer: 2, role: 1)])
  }

  /// Somebody leaves or returns, or a pair is ruled out or allowed again.
  private func change(
    _ live: LiveMatching, _ gone: inout Set<Int32>, _ banned: inout Set<Pair>, _ pairs: [Pair],
    _ random: inout SeededRandom
  ) {
    let volunteer = Int32(random.int(0...(live.instance.volunteerCount - 1)))
    if random.chance(30), let pair = pairs.randomElement(using: &random) {
      if banned.remove(pair) != nil {
        _ = live.allow(pair)
      } else {
        _ = live.forbid(pair)
        banned.insert(pair)
      }
    } else if gone.remove(volunteer) != nil {
      _ = live.restore(volunteer)
    } else {
      _ = live.withdraw(volunteer)
      gone.insert(volunteer)
    }
  }
}

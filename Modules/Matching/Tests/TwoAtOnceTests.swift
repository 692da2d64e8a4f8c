import Kernel
import KernelTesting
import Matching
import Testing

/// Rules that no single row holds, when two programs decide by them in the same moment.
@Suite(.enabled(if: TestDatabase.hasServer)) struct TwoAtOnce {
  private func offer(_ scene: MatchingScene, _ volunteer: Int, _ role: Int) -> JSON {
    [
      "edition": scene.editionJSON, "volunteer": volunteerJSON(volunteer), "role": roleJSON(role),
      "confirmBy": "2020-09-20", "despite": "They know the house.",
    ]
  }

  /// Published teams with two seats that nobody has the level for.
  private func published(_ two: TwoPrograms) async throws -> MatchingScene {
    let scene = try await two.holding {
      try await MatchingScene(
        briefs: [brief(1), brief(2, level: 5), brief(3, level: 5)], volunteers: [volunteer(1)])
    }
    _ = try await scene.publish()
    scene.present.withLock { $0 += [volunteer(2, level: 4), volunteer(3, level: 4)] }
    return scene
  }

  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `the last seat is offered to one person, whoever offers it at once`(
    _ guarding: TwoPrograms.Guarding
  )
    async throws
  {
    let two = try TwoPrograms(guarding)
    let scene = try await published(two)
    let (one, other) = (offer(scene, 2, 2), offer(scene, 3, 2))
    let ends = await two.atOnce(
      { await scene.test.problem("matching.offer", one)?.code },
      { await scene.test.problem("matching.offer", other)?.code })
    let taken = ends.contains("matching/seat-taken")
    #expect(taken == (guarding != .nothing), "\(ends)")
    #expect(ends.filter { $0 == nil }.count == (taken ? 1 : 2))
  }

  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `nobody is offered two places on one half-day, whoever offers them at once`(
    _ guarding: TwoPrograms.Guarding
  ) async throws {
    let two = try TwoPrograms(guarding)
    let scene = try await published(two)
    let (one, other) = (offer(scene, 2, 2), offer(scene, 2, 3))
    let ends = await two.atOnce(
      { await scene.test.problem("matching.offer", one)?.code },
      { await scene.test.problem("matching.offer", other)?.code })
    #expect(ends.filter { $0 == nil }.count == (guarding == .nothing ? 2 : 1), "\(ends)")
  }

  /// What holds it without a turn is the index of the places' numbers; with one, who comes second is told why.
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `teams of an edition are published once, whoever publishes at once`(
    _ guarding: TwoPrograms.Guarding
  )
    async throws
  {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding {
      try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2)])
    }
    var runs: [JSON] = []
    for strategy in ["optimal", "greedy"] {
      let run = try await scene.test.call(
        "matching.run", ["edition": scene.editionJSON, "strategy": .string(strategy)])
      runs.append(["run": run["id"] ?? nil, "confirmBy": "2020-09-15"])
    }
    let (one, other) = (runs[0], runs[1])
    let ends = await two.atOnce(
      { await scene.test.problem("matching.publish", one)?.code },
      { await scene.test.problem("matching.publish", other)?.code })
    #expect(ends.filter { $0 == nil }.count == 1, "\(ends)")
    let refusal = ends.compactMap { $0 }.first
    #expect(refusal == (guarding == .nothing ? "conflict" : "matching/already-published"))
  }
}

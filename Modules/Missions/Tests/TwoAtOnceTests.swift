import Kernel
import KernelTesting
import Missions
import Testing

/// Rules that no single row holds, when two programs decide by them in the same moment.
@Suite(.enabled(if: TestDatabase.hasServer)) struct TwoAtOnce {
  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `no more is logged for a day than its limit, whoever logs at once`(
    _ guarding: TwoPrograms.Guarding
  )
    async throws
  {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene.running() }
    let (long, longer) = (
      try await scene.hours(People.ada, "2020-11-18", 420),
      try await scene.hours(People.ada, "2020-11-18", 435)
    )
    let ends = await two.atOnce(
      { await scene.problem("log-hours", as: People.actor(People.ada), long)?.code },
      { await scene.problem("log-hours", as: .manager, longer)?.code })
    let over = ends.contains("missions/daily-limit")
    #expect(over == (guarding != .nothing))
    #expect(ends.filter { $0 == nil }.count == (over ? 1 : 2))
  }

  @Test(arguments: TwoPrograms.Guarding.allCases)
  func `nobody is expected in two places on one half-day, whoever plans at once`(
    _ guarding: TwoPrograms.Guarding
  ) async throws {
    let two = try TwoPrograms(guarding)
    let scene = try await two.holding { try await Scene.formed() }
    try await scene.publish(2)
    try await scene.confirm(place: 9, brief: 2, role: adviser, People.ada)
    func session(_ mission: Int) async throws -> JSON {
      [
        "mission": try await scene.mission(mission), "day": "2020-12-01", "part": "morning",
        "format": "remote",
      ]
    }
    let (first, second) = (try await session(1), try await session(2))
    let ends = await two.atOnce(
      { await scene.problem("plan-session", first)?.code },
      { await scene.problem("plan-session", second)?.code })
    let refused = ends.contains("missions/double-booking")
    #expect(refused == (guarding != .nothing))
    #expect(ends.filter { $0 == nil }.count == (refused ? 1 : 2))
  }
}

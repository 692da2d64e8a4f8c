import Kernel
import KernelTesting
import Matching
import MatchingAPI
import Testing

/// Runs that are worked out behind the request.
@Suite struct Computations {
  private func scene() async throws -> MatchingScene {
    try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2)])
  }

  private func progress(_ run: JSON, _ scene: MatchingScene) async throws -> JSON {
    try await scene.test.call("matching.run-progress", ["run": run])
  }

  @Test func `a run behind the request is there at once, and has its teams in the end`()
    async throws
  {
    let scene = try await scene()
    let asked = try await scene.test.call(
      "matching.run", ["edition": scene.editionJSON, "background": true])
    #expect(asked["state"] == "computing")
    #expect(asked["result"] == nil)
    let run = try #require(asked["id"])
    #expect(try await progress(run, scene)["isOver"] == false)
    try await scene.test.platform.deliverEvents()
    await scene.module.finishComputations()
    #expect(try await progress(run, scene)["state"] == "draft")
    let shown = try await scene.test.call("matching.show-run", ["run": run])
    #expect(shown["run"]?["number"] == asked["number"])
    #expect(shown["placed"]?.items.count == 1)
    let same = try await scene.test.call("matching.show-run", ["run": scene.run()])
    #expect(
      shown["placed"]?.items.map { $0["volunteer"] }
        == same["placed"]?.items.map { $0["volunteer"] }
    )
  }

  @Test func `a run whose program died is found again and worked out`() async throws {
    let scene = try await scene()
    let run = try await scene.run(["background": true])
    // The event was heard by a process that died before it wrote anything.
    try await scene.test.host.database.write {
      try $0.execute("UPDATE kernel_delivery SET state = 'done'")
      try $0.execute("UPDATE matching_computation SET attempts = 1")
    }
    scene.test.clock.advance(seconds: 120)
    try await scene.test.platform.runDueJobs()
    await scene.module.finishComputations()
    #expect(try await progress(run, scene)["state"] == "draft")
  }

  @Test func `a run that ends the program each time is given up, and says so`() async throws {
    let scene = try await scene()
    let run = try await scene.run(["background": true])
    try await scene.test.host.database.write {
      try $0.execute("UPDATE matching_computation SET attempts = 3")
    }
    try await scene.test.platform.deliverEvents()
    await scene.module.finishComputations()
    let state = try await progress(run, scene)
    #expect(state["state"] == "failed")
    #expect(state["isOver"] == true)
    #expect(state["fault"]?["en"]?.text?.contains("3 times") == true)
    #expect(
      await scene.test.problem(
        "matching.publish", ["run": run, "confirmBy": "2020-09-15"])?.code == "matching/run-failed")
  }

  @Test func `a run that cannot be made any more ends with the reason`() async throws {
    let scene = try await scene()
    let run = try await scene.run(["background": true])
    try await scene.lock("pin", 1, 1)
    scene.present.withLock { $0[0] = volunteer(1, level: 1) }
    try await scene.test.platform.deliverEvents()
    await scene.module.finishComputations()
    let listed = try await scene.test.call("matching.runs", ["edition": scene.editionJSON])
    #expect(listed.items.first { $0["id"] == run }?["state"] == "failed")
    #expect(listed.items.first?["fault"]?["en"]?.text?.contains("level 1") == true)
  }

  @Test func `a stopped run keeps the best so far`() async throws {
    let scene = try await scene()
    let run = try await scene.run(["background": true])
    let stopped = try await scene.test.call("matching.cancel-run", ["run": run])
    #expect(stopped["state"] == "computing")
    // Said twice, it does nothing more.
    try await scene.test.call("matching.cancel-run", ["run": run])
    #expect(try await progress(run, scene)["isToStop"] == true)
    try await scene.test.platform.deliverEvents()
    await scene.module.finishComputations()
    let shown = try await scene.test.call("matching.show-run", ["run": run])
    #expect(shown["run"]?["state"] == "draft")
    #expect(shown["run"]?["result"]?["stoppedEarly"] == true)
    let problem = await scene.test.problem("matching.cancel-run", ["run": run])
    #expect(problem?.code == "matching/not-computing")
  }

  @Test func `until it is there, nothing can be asked of its teams`() async throws {
    let scene = try await scene()
    let run = try await scene.run(["background": true])
    let made = try await scene.run()
    for (endpoint, input) in [
      ("matching.publish", ["confirmBy": "2020-09-15"]),
      ("matching.explain", ["volunteer": volunteerJSON(1)]),
      ("matching.explain-role", ["role": roleJSON(1)]), ("matching.compare", ["with": made]),
    ] as [(String, [String: JSON])] {
      let problem = await scene.test.problem(
        endpoint, .object(input.merging(["run": run]) { _, new in new }))
      #expect(problem?.code == "matching/still-computing", "\(endpoint)")
    }
  }

  @Test func `an unknown run has no progress and cannot be stopped`() async throws {
    let scene = try await scene()
    for endpoint in ["matching.run-progress", "matching.cancel-run"] {
      #expect(
        await scene.test.problem(endpoint, ["run": volunteerJSON(1)])?.status == 404)
      #expect(await scene.test.problem(endpoint, ["run": "x"])?.status == 422)
    }
  }
}

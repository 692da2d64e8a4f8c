import Kernel
import KernelTesting
import PartnersAPI
import Testing

/// Drafts that the world went on without.
@Suite struct StaleDrafts {
  private func publish(_ run: JSON, _ scene: MatchingScene) async -> Problem? {
    await scene.test.problem("matching.publish", ["run": run, "confirmBy": "2020-09-15"])
  }

  @Test func `a draft whose volunteer left since is refused whole, and names them`() async throws {
    let everybody = [volunteer(1, causes: [key("health")]), volunteer(2)]
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: everybody)
    let run = try await scene.run()
    scene.present.withLock { $0 = [everybody[1]] }
    let problem = await publish(run, scene)
    #expect(problem?.code == "matching/outdated")
    #expect(problem?.detail.en.contains("Volunteer 1") == true)
    #expect(problem?.advice?.en.contains("--from \(run.text ?? "")") == true)
    #expect(try await scene.places().isEmpty)
  }

  @Test func `a draft against a conflict declared since is refused`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let run = try await scene.run()
    scene.present.withLock { $0 = [volunteer(1, conflicts: [MatchingScene.organisation])] }
    #expect(await publish(run, scene)?.code == "matching/outdated")
  }

  @Test func `a draft that does not know somebody who came is refused`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let run = try await scene.run()
    scene.present.withLock { $0.append(volunteer(2)) }
    let problem = await publish(run, scene)
    #expect(problem?.detail.en.contains("came: Volunteer 2") == true)
    #expect(problem?.detail.fr.contains("arrivés : Volunteer 2") == true)
  }

  @Test func `a draft that does not keep a lock set since is refused`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1, causes: [key("health")]), volunteer(2)])
    let run = try await scene.run()
    try await scene.lock("pin", 2, 1)
    #expect(await publish(run, scene)?.detail.en.contains("Volunteer 2 – Role 1") == true)
    let kept = try await scene.run(["from": run])
    #expect(await publish(kept, scene) == nil)
    #expect(try await scene.places("offered").map { $0["volunteerName"] } == ["Volunteer 2"])
  }

  @Test func `a draft made from another keeps everybody who can stay`() async throws {
    // From scratch, volunteers 1 and 2 would swap: 2 serves the cause of mission 2, too.
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2)],
      volunteers: [volunteer(1), volunteer(2), volunteer(3)])
    try await scene.lock("pin", 1, 1)
    let run = try await scene.run()
    let before = try await scene.test.call("matching.show-run", ["run": run])
    let second = before["placed"]?.items.first { $0["role"] == roleJSON(2) }?["volunteer"] ?? .null
    let leaver = second == volunteerJSON(2) ? 2 : 3
    scene.present.withLock { present in
      present.removeAll { JSON.string($0.id.description) == second }
      present.append(volunteer(4, level: 5, causes: [key("health")]))
    }
    let kept = try await scene.run(["from": run])
    let comparison = try await scene.test.call("matching.compare", ["run": run, "with": kept])
    #expect(comparison["sameSeat"] == 1)
    #expect(
      comparison["moved"]?.items.map { $0["volunteerName"] }
        == [.string("Volunteer \(leaver)"), "Volunteer 4"])
    #expect(await publish(kept, scene) == nil)
  }

  @Test func `a draft is made from a run of its own edition only`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    #expect(
      await scene.test.problem(
        "matching.run", ["edition": scene.editionJSON, "from": volunteerJSON(1)])?.status == 404)
  }
}

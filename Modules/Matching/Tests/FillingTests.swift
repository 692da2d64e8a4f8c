import Kernel
import KernelTesting
import MatchingAPI
import Testing

@Suite struct FillingTests {
  private func holders(_ scene: MatchingScene, _ state: String = "offered") async throws -> [String]
  {
    try await scene.places(state).compactMap { $0["volunteerName"]?.text }
  }

  /// Two missions of which only the first has somebody; then two more people wait.
  private func scene() async throws -> MatchingScene {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, halfDays: [MatchingScene.afternoon])],
      volunteers: [volunteer(1, halfDays: [MatchingScene.morning])])
    _ = try await scene.publish()
    scene.present.withLock {
      $0 += [volunteer(2), volunteer(3, causes: [key("health")])]
    }
    return scene
  }

  @Test func `empty seats go to the best of those who wait, and nobody placed is moved`()
    async throws
  {
    let scene = try await scene()
    let first = try await scene.test.call("matching.fill", ["edition": scene.editionJSON])
    #expect(first["offered"] == 1)
    #expect(try await holders(scene) == ["Volunteer 1", "Volunteer 3"])
    let again = try await scene.test.call("matching.fill", ["edition": scene.editionJSON])
    #expect(again["offered"] == 0)
  }

  @Test func `a mission that comes after publication is filled from those who wait`() async throws {
    let scene = try await scene()
    try await scene.test.call("announcer.publish", ["brief": briefJSON(2)])
    try await scene.test.platform.deliverEvents()
    #expect(try await holders(scene) == ["Volunteer 1", "Volunteer 3"])
  }

  @Test func `before publication nobody is offered anything`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let filled = try await scene.test.call("matching.fill", ["edition": scene.editionJSON])
    #expect(filled["offered"] == 0)
    let unknown = await scene.test.problem("matching.fill", ["edition": "nonsense"])
    #expect(unknown?.fields.map(\.field) == ["edition"])
  }

  @Test func `a cancelled team is free, and seated elsewhere first`() async throws {
    let scene = try await scene()
    let place = try #require(try await scene.places().first)["id"] ?? nil
    try await scene.test.call("matching.confirm", ["place": place])
    try await scene.test.call("announcer.disband", ["brief": briefJSON(1)])
    try await scene.test.platform.deliverEvents()
    #expect(try await holders(scene, "withdrawn") == ["Volunteer 1"])
    #expect(try await holders(scene, "confirmed").isEmpty)
    // The seat of a mission that is over is nobody's.
    try await scene.test.call("matching.fill", ["edition": scene.editionJSON])
    #expect(try await holders(scene) == ["Volunteer 3"])
    // Going on after all, it takes those who wait; whoever was in it is not asked twice.
    try await scene.test.call("announcer.reopen", ["brief": briefJSON(1)])
    try await scene.test.platform.deliverEvents()
    #expect(try await holders(scene) == ["Volunteer 3", "Volunteer 2"])
  }

  @Test func `an offer holds longer when staff say so, and is said again`() async throws {
    let scene = try await scene()
    let place = try #require(try await scene.places().first)["id"] ?? nil
    let earlier = await scene.test.problem(
      "matching.extend-offer", ["place": place, "until": "2020-09-02T00:00:00Z"])
    #expect(earlier?.fields.map(\.field) == ["until"])
    try await scene.test.call(
      "matching.extend-offer", ["place": place, "until": "2020-09-20T22:00:00Z"])
    try await scene.test.call("matching.decline", ["place": place])
    try await scene.test.platform.deliverEvents()
    let late = await scene.test.problem(
      "matching.extend-offer", ["place": place, "until": "2020-09-30T22:00:00Z"])
    #expect(late?.code == "matching/wrong-place-state")
  }
}

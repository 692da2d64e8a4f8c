import Kernel
import KernelTesting
import MatchingAPI
import Pages
import PartnersAPI
import Testing

/// Two teams that become one, and one that becomes two.
@Suite struct TeamMoveTests {
  /// Two teams of two, on different half-days.
  private func scene() async throws -> MatchingScene {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2), brief(2, seats: 2, halfDays: [MatchingScene.afternoon])],
      volunteers: (1...4).map { volunteer($0) })
    _ = try await scene.publish()
    return scene
  }

  private func move(
    _ scene: MatchingScene, _ brief: Int, _ other: Int, _ more: [String: JSON] = [:]
  ) -> JSON {
    .object(
      [
        "edition": scene.editionJSON, "brief": briefJSON(brief), "other": briefJSON(other),
        "confirmBy": "2020-09-20", "reason": "Too few for two.", "despite": "They know each other.",
      ].merging(more) { _, new in new })
  }

  private func teams(_ scene: MatchingScene) async throws -> [JSON?: Int] {
    Dictionary(grouping: try await scene.places("offered"), by: { $0["brief"] })
      .mapValues(\.count)
  }

  @Test func `two teams are made one: those who move are asked again, and the mission ends`()
    async throws
  {
    let scene = try await scene()
    let moved = try await scene.test.call("matching.merge-teams", move(scene, 1, 2))
    #expect(moved["offers"]?.items.count == 2)
    #expect(try await teams(scene) == [briefJSON(1): 4])
    let said = try await scene.test.host.read {
      try $0.rows("SELECT id FROM kernel_event WHERE name = 'matching.teams-merged'").count
    }
    #expect(said == 1)
    // Nobody else is asked into the team that goes.
    try await scene.test.call("announcer.disband", ["brief": briefJSON(2)])
    try await scene.test.platform.deliverEvents()
    #expect(try await teams(scene) == [briefJSON(1): 4])
  }

  @Test func `whoever is in both teams stays once, with the place they have`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, seats: 2, halfDays: [MatchingScene.afternoon])],
      volunteers: [volunteer(1, capacity: 2), volunteer(2)])
    _ = try await scene.publish()
    func places(_ brief: Int) async throws -> [JSON] {
      try await scene.places("offered").filter { $0["brief"] == briefJSON(brief) }
    }
    let both = try #require(try await places(1).first)
    #expect(try await places(2).contains { $0["volunteer"] == both["volunteer"] })
    let moved = try await scene.test.call("matching.merge-teams", move(scene, 1, 2))
    #expect(moved["staying"]?.items.map { $0["id"] } == [both["id"]])
    #expect(moved["offers"]?.items.count == 1)
    #expect(moved["offers"]?.items.first?["volunteer"] != both["volunteer"])
    #expect(try await places(1).filter { $0["volunteer"] == both["volunteer"] }.count == 1)
    #expect(try await places(2).isEmpty)
  }

  @Test func `some of a team go on with another brief, the others stay`() async throws {
    let scene = try await scene()
    let first = try #require(
      try await scene.places("offered").first { $0["brief"] == briefJSON(1) })
    let moved = try await scene.test.call(
      "matching.split-team", move(scene, 1, 2, ["volunteers": [first["volunteer"] ?? nil]]))
    #expect(moved["offers"]?.items.first?["volunteer"] == first["volunteer"])
    #expect(try await teams(scene) == [briefJSON(1): 1, briefJSON(2): 3])
  }

  @Test func `what a move breaks is said with whom, and gives way to a reason`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)], volunteers: [volunteer(1), volunteer(2, level: 5)])
    _ = try await scene.publish()
    let refused = await scene.test.problem(
      "matching.merge-teams", move(scene, 2, 1, ["despite": nil]))
    #expect(refused?.code == "matching/rule-broken")
    #expect(refused?.detail.en.contains("Volunteer 1") == true)
    #expect(try await teams(scene).count == 2)
    try await scene.test.call("matching.merge-teams", move(scene, 2, 1))
    #expect(try await teams(scene) == [briefJSON(2): 2])
  }

  @Test func `moves that cannot be are refused`() async throws {
    let scene = try await scene()
    let same = await scene.test.problem("matching.merge-teams", move(scene, 1, 1))
    #expect(same?.fields.map(\.field) == ["other"])
    #expect(
      await scene.test.problem("matching.merge-teams", move(scene, 1, 9))?.status == 404)
    let past = await scene.test.problem(
      "matching.merge-teams", move(scene, 1, 2, ["confirmBy": "2020-08-01"]))
    #expect(past?.fields.map(\.field) == ["confirmBy"])
    let nobody = await scene.test.problem(
      "matching.split-team", move(scene, 1, 2, ["volunteers": []]))
    #expect(nobody?.fields.map(\.field) == ["volunteers"])
    let stranger = await scene.test.problem(
      "matching.split-team", move(scene, 1, 2, ["volunteers": [volunteerJSON(99)]]))
    #expect(stranger?.fields.map(\.field) == ["volunteers[0]"])
    let early = try await MatchingScene(
      briefs: [brief(1), brief(2)], volunteers: [volunteer(1)])
    let before = await early.test.problem("matching.merge-teams", move(early, 1, 2))
    #expect(before?.code == "matching/not-published")
    let volunteer = await scene.test.problem(
      "matching.merge-teams", as: Actor(.volunteer), move(scene, 1, 2))
    #expect(volunteer?.status == 403)
  }

  @Test func `an offer is sent again with the term it has`() async throws {
    let scene = try await scene()
    let place = try await scene.places("offered")[0]
    let again = try await scene.test.call("matching.resend-offer", ["place": place["id"] ?? nil])
    #expect(again["confirmBy"] == place["confirmBy"])
    let letters = try await scene.test.host.read {
      try $0.rows("SELECT id FROM kernel_event WHERE name = 'matching.place-offered'").count
    }
    #expect(letters == 5)
    try await scene.test.call("matching.decline", ["place": place["id"] ?? nil])
    let over = await scene.test.problem(
      "matching.resend-offer", ["place": place["id"] ?? nil])
    #expect(over?.code == "matching/wrong-place-state")
    let unknown = await scene.test.problem("matching.resend-offer", ["place": volunteerJSON(1)])
    #expect(unknown?.status == 404)
  }

  @Test func `the page offers both`() async throws {
    let scene = try await scene()
    let page = try await scene.test.platform.content(
      of: "matching.team-moves", as: .manager,
      ["edition": scene.editionJSON, "brief": briefJSON(1)])
    #expect(Set(page.forms.map(\.endpoint)) == ["matching.merge-teams", "matching.split-team"])
  }
}

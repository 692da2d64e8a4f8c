import Kernel
import KernelTesting
import PartnersAPI
import Testing

/// What the operator is told about a run, and what the people themselves are told.
@Suite struct Explanations {
  /// Volunteer 1 fits both missions, and mission 1 better; volunteer 2 fits mission 1 only.
  private func scene() async throws -> MatchingScene {
    try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)],
      volunteers: [volunteer(1, level: 5), volunteer(2, level: 3)])
  }

  @Test func `a volunteer's best alternative says what it would cost the whole`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let why = try await scene.test.call(
      "matching.explain", ["run": run, "volunteer": volunteerJSON(1)])
    #expect(why["placed"]?.items.map { $0["roleTitle"] } == ["Role 2"])
    #expect(why["alternative"]?["roleTitle"] == "Role 1")
    // Without volunteer 1 in role 2, nobody fills it.
    #expect(why["alternative"]?["cost"]?["seats"] == 1)
    #expect(why["alternative"]?["cost"]?["certainty"] == "exact")
    #expect(why["why"]?["en"]?.text?.contains("would cost the whole 1 filled seat") == true)
    #expect(why["why"]?["fr"]?.text?.contains("coûterait à l’ensemble 1 place pourvue") == true)
  }

  @Test func `a pair that is not there has its price, and its fit in words`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let why = try await scene.test.call(
      "matching.explain-pair",
      ["run": run, "volunteer": volunteerJSON(1), "role": roleJSON(1)])
    #expect(why["verdict"] == "outbid")
    #expect(why["cost"]?["seats"] == 1)
    #expect(why["affinity"] == 150)
    #expect(why["fit"]?["en"]?.text?.contains("“Fundraising” at level 5 for level 3") == true)
    #expect(why["holders"]?.items.map { $0["volunteerName"] } == ["Volunteer 2"])
  }

  @Test func `who has no open role is told which they come nearest to, and by what they miss it`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1, skill: "design"), brief(2, level: 4), brief(3, level: 5)],
      volunteers: [volunteer(1, halfDays: [MatchingScene.morning], languages: [.fr])])
    let run = try await scene.run()
    let why = try await scene.test.call(
      "matching.explain", ["run": run, "volunteer": volunteerJSON(1)])
    #expect(
      why["nearest"]?.items.map { $0["roleTitle"]?.text } == ["Role 2", "Role 3", "Role 1"])
    #expect(why["nearest"]?.items.first?["missing"]?["en"] == "“Fundraising” at level 3, 4 needed")
    #expect(why["openRoles"] == 0)
  }

  @Test func `a pair that no rule allows names the rule`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let why = try await scene.test.call(
      "matching.explain-pair",
      ["run": run, "volunteer": volunteerJSON(2), "role": roleJSON(2)])
    #expect(why["verdict"] == "not-eligible")
    #expect(why["why"]?["en"]?.text?.contains("at level 3, 5 needed") == true)
    #expect(why["affinity"] == nil)
  }

  @Test func `locks are named as such`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2), volunteer(3)])
    try await scene.lock("pin", 1, 1)
    try await scene.lock("forbid", 2, 1)
    let run = try await scene.run()
    func verdict(_ number: Int) async throws -> JSON? {
      try await scene.test.call(
        "matching.explain-pair",
        ["run": run, "volunteer": volunteerJSON(number), "role": roleJSON(1)])["verdict"]
    }
    #expect(try await verdict(1) == "pinned")
    #expect(try await verdict(2) == "forbidden")
    #expect(try await verdict(3) == "outbid")
  }

  @Test func `empty seats say which volunteer would fill them, skill, level and half-day`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 3)],
      volunteers: [volunteer(1), volunteer(2, halfDays: [MatchingScene.afternoon])])
    let run = try await scene.run()
    let why = try await scene.test.call("matching.explain-role", ["run": run, "role": roleJSON(1)])
    #expect(why["empty"] == 2)
    let text = why["why"]?["en"]?.text ?? ""
    #expect(
      text.contains("One more volunteer with “Fundraising ≥ 3, Wed 18 Nov morning” fills one seat"),
      "\(text)")
    #expect(text.contains("2 seats of that kind are empty"), "\(text)")
    let misses = why["nearMisses"]?.items ?? []
    #expect(misses.first?["rule"]?["fr"] == "pas libre le mercredi 18 novembre matin")
  }

  @Test func `what is asked is answered from the data the run was made on`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    scene.present.withLock { $0 = [] }
    let why = try await scene.test.call(
      "matching.explain", ["run": run, "volunteer": volunteerJSON(1)])
    #expect(why["placed"]?.items.count == 1)
  }

  @Test func `a strategy that proves nothing explains without costs`() async throws {
    let scene = try await scene()
    let run = try await scene.run(["strategy": "greedy"])
    let why = try await scene.test.call(
      "matching.explain-pair", ["run": run, "volunteer": volunteerJSON(1), "role": roleJSON(2)])
    #expect(why["cost"] == nil)
    // What it left empty is owned up to all the same.
    let role = try await scene.test.call(
      "matching.explain-role", ["run": run, "role": roleJSON(2)])
    #expect(role["empty"] == 1)
    #expect(role["why"]?["en"]?.text?.contains("Volunteer 1 fits best (affinity 110)") == true)
  }

  @Test func `people are told nothing of their own past, of costs, or of others`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)],
      volunteers: [
        volunteer(1, regime: .jobSeeker, previousEmployers: [MatchingScene.organisation]),
        volunteer(2, conflicts: [MatchingScene.organisation]),
        volunteer(3, causes: [key("health")]), volunteer(4),
      ])
    let run = try await scene.run()
    let shown = try await scene.test.call("matching.show-run", ["run": run])
    for waiting in shown["waiting"]?.items ?? [] {
      let said = "\(waiting["reason"] ?? nil)"
      for word in ["employ", "conflict", "intérêts", "Volunteer 3", "cost", "points"] {
        #expect(!said.contains(word), "\(said)")
      }
    }
    #expect(shown["waiting"]?.items.count == 3)
  }

  @Test(arguments: ["matching.explain", "matching.explain-role", "matching.explain-pair"])
  func `who or what was no part of the run is not found`(endpoint: String) async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let input: [String: JSON] = ["run": run, "volunteer": volunteerJSON(9), "role": roleJSON(9)]
    let wanted: Set<String> =
      switch endpoint {
      case "matching.explain": ["run", "volunteer"]
      case "matching.explain-role": ["run", "role"]
      default: ["run", "volunteer", "role"]
      }
    func problem(_ input: [String: JSON]) async -> Problem? {
      await scene.test.problem(endpoint, .object(input.filter { wanted.contains($0.key) }))
    }
    #expect(await problem(input)?.status == 404)
    #expect(
      await problem(input.merging(["run": volunteerJSON(1)]) { _, new in new })?.status == 404)
    #expect(await problem(input.merging(["run": "x"]) { _, new in new })?.status == 422)
  }
}

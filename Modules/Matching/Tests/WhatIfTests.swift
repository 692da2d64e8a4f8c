import Kernel
import KernelTesting
import PartnersAPI
import Testing

/// Questions that change nothing.
@Suite struct WhatIfs {
  /// Volunteer 1 alone fits mission 2; 2 and 3 fit mission 1 only.
  private func scene() async throws -> MatchingScene {
    try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)],
      volunteers: [volunteer(1, level: 5), volunteer(2, causes: [key("health")]), volunteer(3)])
  }

  private func ask(_ scene: MatchingScene, _ run: JSON, _ change: [String: JSON]) async throws
    -> JSON
  {
    try await scene.test.call(
      "matching.what-if", .object(change.merging(["run": run]) { _, new in new }))
  }

  private func pair(_ volunteer: Int, _ role: Int) -> JSON {
    ["volunteer": volunteerJSON(volunteer), "role": roleJSON(role)]
  }

  @Test func `keeping somebody elsewhere says what it costs and who moves`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let found = try await ask(scene, run, ["keep": [pair(1, 1)]])
    #expect(found["filledDifference"] == -1)
    #expect(found["status"] == "optimal")
    #expect(
      found["moves"]?.items.map { $0["volunteerName"]?.text } == ["Volunteer 1", "Volunteer 2"])
    #expect(found["moves"]?.items.first?["from"] == "Role 2 – Mission 2")
    #expect(found["moves"]?.items.first?["to"] == "Role 1 – Mission 1")
    #expect(found["summary"]?["en"]?.text?.hasPrefix("1 seat fewer filled") == true)
    #expect(found["summary"]?["fr"]?.text?.hasPrefix("1 place pourvue de moins") == true)
  }

  @Test func `forbidding a pair moves as few people as it can`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let found = try await ask(scene, run, ["forbid": [pair(2, 1)]])
    #expect(found["filledDifference"] == 0)
    #expect(found["pointsDifference"] == -60)
    #expect(
      found["moves"]?.items.map { $0["volunteerName"]?.text } == ["Volunteer 2", "Volunteer 3"])
  }

  @Test func `a volunteer less, and one more`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let less = try await ask(scene, run, ["without": [volunteerJSON(1)]])
    #expect(less["filledDifference"] == -1)
    let more = try await ask(
      scene, run,
      [
        "without": [volunteerJSON(1)],
        "newcomers": [["skill": "fundraising", "level": 5]],
      ])
    #expect(more["filledDifference"] == 0)
    let late = try await ask(
      scene, run,
      [
        "without": [volunteerJSON(1)],
        "newcomers": [
          [
            "skill": "fundraising", "level": 5,
            "halfDays": [.string(MatchingScene.afternoon.description)],
          ]
        ],
      ])
    #expect(late["filledDifference"] == -1)
  }

  @Test func `more seats, another mission, and one less`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let seats = try await ask(
      scene, run, ["seats": [["role": roleJSON(1), "seats": 3]]])
    #expect(seats["seatsAfter"] == 4)
    #expect(seats["filledDifference"] == 1)
    #expect(try await ask(scene, run, ["missionsLike": [briefJSON(1)]])["filledDifference"] == 1)
    #expect(
      try await ask(scene, run, ["withoutMissions": [briefJSON(2)]])["filledDifference"] == -1)
  }

  @Test func `nothing of it is stored`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let before = try await scene.test.call("matching.show-run", ["run": run])
    _ = try await ask(scene, run, ["keep": [pair(1, 1)], "companyCap": 1, "minimumTeam": 1])
    #expect(try await scene.test.call("matching.show-run", ["run": run]) == before)
    let runs = try await scene.test.call("matching.runs", ["edition": scene.editionJSON])
    #expect(runs.items.count == 1)
  }

  @Test func `the same person twice is one person less`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let found = try await ask(scene, run, ["without": [volunteerJSON(1), volunteerJSON(1)]])
    #expect(found["filledDifference"] == -1)
  }

  @Test func `what is missing below a minimum team is counted on both sides`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    let found = try await ask(scene, run, ["minimumTeam": 2])
    #expect(found["filledDifference"] == 0)
    #expect(found["before"]?["shortfall"] == 2)
    #expect(found["after"]?["shortfall"] == 2)
    #expect(found["summary"]?["en"] == "Nothing changes.")
    #expect(found["summary"]?["fr"] == "Rien ne change.")
  }

  @Test func `a lock is tried away by the change that contradicts it`() async throws {
    let scene = try await scene()
    try await scene.lock("forbid", 2, 1)
    let run = try await scene.run()
    let found = try await ask(scene, run, ["keep": [pair(2, 1)]])
    #expect(found["pointsDifference"] == 60)
  }

  @Test func `whom a run from another one kept may move`() async throws {
    let scene = try await scene()
    let first = try await scene.run()
    let run = try await scene.run(["from": first])
    // Volunteer 2 was kept in the role.
    let found = try await ask(scene, run, ["keep": [pair(1, 1)]])
    #expect(found["filledDifference"] == -1)
    #expect(
      found["moves"]?.items.map { $0["volunteerName"]?.text } == ["Volunteer 1", "Volunteer 2"])
  }

  @Test func `whom a run from another one kept is not said to be locked`() async throws {
    let scene = try await scene()
    try await scene.lock("pin", 1, 2)
    let run = try await scene.run(["from": scene.run()])
    func why(_ volunteer: Int) async throws -> JSON {
      try await scene.test.call(
        "matching.explain", ["run": run, "volunteer": volunteerJSON(volunteer)])
    }
    let (locked, kept) = (try await why(1), try await why(2))
    #expect(locked["why"]?["en"]?.text?.contains("(locked)") == true)
    #expect(locked["placed"]?.items.first?["pinned"] == true)
    #expect(kept["why"]?["en"]?.text?.contains("(kept from the run before)") == true)
    #expect(kept["placed"]?.items.first?["pinned"] == nil)
  }

  @Test func `under another rule both sides are counted by that rule`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)],
      volunteers: [volunteer(1, causes: [key("health")]), volunteer(2, regime: .jobSeeker)])
    let run = try await scene.run()
    let found = try await ask(scene, run, ["seekerPenalty": 10])
    #expect(found["moves"]?.items.isEmpty == true)
    #expect(found["pointsDifference"] == 0)
    #expect(found["before"] == found["after"])
  }

  @Test func `what cannot be is refused with the reason`() async throws {
    let scene = try await scene()
    let run = try await scene.run()
    func problem(_ change: [String: JSON]) async -> Problem? {
      await scene.test.problem(
        "matching.what-if", .object(change.merging(["run": run]) { _, new in new }))
    }
    #expect(await problem([:])?.fields.first?.field == "keep")
    #expect(await problem(["keep": []])?.status == 422)
    #expect(await problem(["keep": [pair(2, 2)]])?.code == "matching/not-eligible")
    #expect(
      await problem(["keep": [pair(2, 1), pair(3, 1)]])?.code == "matching/contradictory-locks")
    #expect(await problem(["keep": [pair(9, 1)]])?.status == 404)
    #expect(await problem(["forbid": [pair(1, 9)]])?.status == 404)
    #expect(await problem(["without": [volunteerJSON(9)]])?.status == 404)
    #expect(await problem(["withoutMissions": [briefJSON(9)]])?.status == 404)
    #expect(await problem(["missionsLike": [briefJSON(9)]])?.status == 404)
    #expect(await problem(["seats": [["role": roleJSON(9), "seats": 2]]])?.status == 404)
    #expect(await problem(["seats": [["role": roleJSON(1), "seats": 11]]])?.status == 422)
    #expect(await problem(["newcomers": [["skill": "magic", "level": 2]]])?.status == 422)
    #expect(await problem(["newcomers": [["skill": "fundraising", "level": 9]]])?.status == 422)
    #expect(
      await problem(["keep": [pair(2, 1)], "forbid": [pair(2, 1)]])?.fields.first?.field
        == "forbid[0]")
    #expect(
      await problem(["keep": [pair(2, 1)], "without": [volunteerJSON(2)]])?.fields.first?.field
        == "keep[0].volunteer")
    #expect(await problem(["keep": [["volunteer": "x", "role": roleJSON(1)]]])?.status == 422)
  }
}

/// Two ways to the same figure.
@Suite struct ExplanationsHold {
  @Test func `what an explanation says a pair costs is what trying it costs`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2), brief(2, level: 4), brief(3, level: 5)],
      volunteers: [
        volunteer(1, level: 5), volunteer(2, level: 4, causes: [key("health")]),
        volunteer(3, level: 4), volunteer(4, level: 3, causes: [key("health")]),
        volunteer(5, level: 3),
      ])
    let run = try await scene.run()
    var compared = 0
    for person in 1...5 {
      for role in 1...3 {
        let pair: [String: JSON] = ["volunteer": volunteerJSON(person), "role": roleJSON(role)]
        let why = try await scene.test.call(
          "matching.explain-pair", .object(pair.merging(["run": run]) { _, new in new }))
        guard why["verdict"] == "outbid" else { continue }
        #expect(why["cost"]?["certainty"] == "exact")
        let tried = try await scene.test.call(
          "matching.what-if", ["run": run, "keep": [.object(pair)]])
        let (seats, points) = (why["cost"]?["seats"]?.whole, why["cost"]?["points"]?.whole)
        #expect(tried["filledDifference"]?.whole == seats.map { -$0 }, "\(person) \(role)")
        #expect(tried["pointsDifference"]?.whole == points.map { -$0 }, "\(person) \(role)")
        compared += 1
      }
    }
    #expect(compared > 3)
  }
}

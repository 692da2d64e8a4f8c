import AccompanimentAPI
import Kernel
import KernelTesting
import MatchingAPI
import PartnersAPI
import ProgrammesAPI
import Testing

@Suite struct Runs {
  @Test func `the best set of teams wins over the best pair`() async throws {
    // Volunteer 1 fits both missions, volunteer 2 only the first: filling both seats comes first.
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)],
      volunteers: [volunteer(1, level: 5), volunteer(2, level: 3)])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["result"]?["filled"] == 2)
    #expect(run["result"]?["status"] == "optimal")
  }

  static let outsiders: [(String, Volunteer)] = [
    ("does not have", volunteer(1, skill: "design")),
    ("at level 2, 3 needed", volunteer(1, level: 2)),
    ("not free on Wed 18 Nov morning", volunteer(1, halfDays: [MatchingScene.afternoon])),
    ("cannot take part on-site", volunteer(1, formats: [.remote])),
    ("no language in common", volunteer(1, languages: [.en])),
    ("conflict of interest", volunteer(1, conflicts: [MatchingScene.organisation])),
    (
      "employed them before",
      volunteer(1, regime: .jobSeeker, previousEmployers: [MatchingScene.organisation])
    ),
  ]

  @Test(arguments: outsiders)
  func `a hard rule keeps a volunteer out, and the reason says which`(
    reason: String, outsider: Volunteer
  ) async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [outsider])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["result"]?["filled"] == 0)
    let shown = try await scene.test.call("matching.show-run", ["run": run["id"] ?? nil])
    let why = shown["waiting"]?.items.first?["explanation"]?["en"]?.text ?? ""
    #expect(why.contains(reason), "\(why)")
    #expect(shown["vacancies"]?.items.first?["seats"] == 1)
  }

  @Test func `an employee may return to a former employer; only job seekers may not`() async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1)],
      volunteers: [volunteer(1, regime: .ownTime, previousEmployers: [MatchingScene.organisation])])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["result"]?["filled"] == 1)
  }

  @Test func `being free more often is never a disadvantage`() async throws {
    let rare = volunteer(1, halfDays: [MatchingScene.morning])
    let often = volunteer(2, causes: [key("health")])
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [rare, often])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    let shown = try await scene.test.call("matching.show-run", ["run": run["id"] ?? nil])
    #expect(shown["placed"]?.items.map { $0["volunteerName"] } == ["Volunteer 2"])
  }

  @Test func `nobody is put in two missions that meet at the same half-day`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2)], volunteers: [volunteer(1, capacity: 2)])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["result"]?["filled"] == 1)
  }

  @Test func `somebody who offers to take two missions gets two that do not meet together`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, halfDays: [MatchingScene.afternoon])],
      volunteers: [volunteer(1, capacity: 2)])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["result"]?["filled"] == 2)
  }

  @Test(arguments: ["optimal", "greedy", "stable"])
  func `every strategy can be chosen by name`(strategy: String) async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let run = try await scene.test.call(
      "matching.run", ["edition": scene.editionJSON, "strategy": .string(strategy)])
    #expect(run["strategy"]?.text == strategy)
    #expect(run["result"]?["filled"] == 1)
  }

  @Test func `an unknown strategy is refused with the list of the known`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let problem = await scene.test.problem(
      "matching.run", ["edition": scene.editionJSON, "strategy": "magic"])
    #expect(problem?.fields.first?.message.en.contains("optimal") == true)
  }

  @Test func `without briefs there is nothing to match`() async throws {
    let scene = try await MatchingScene(briefs: [], volunteers: [volunteer(1)])
    let problem = await scene.test.problem("matching.run", ["edition": scene.editionJSON])
    #expect(problem?.code == "matching/nothing-to-match")
  }

  @Test func `a pin is kept, even against the points`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2, causes: [key("health")])])
    try await scene.test.call(
      "matching.pin",
      [
        "edition": scene.editionJSON,
        "volunteer": .string(sampleID(VolunteerID.self, 301).description),
        "role": .string(sampleID(MissionRoleID.self, 201).description), "reason": "Knows the team",
      ])
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    let shown = try await scene.test.call("matching.show-run", ["run": run["id"] ?? nil])
    #expect(shown["placed"]?.items.map { $0["volunteerName"] } == ["Volunteer 1"])
  }

  @Test func `a pin against a hard rule, or against an exclusion, is refused`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1, level: 1), volunteer(2)])
    func lock(_ endpoint: String, _ number: Int) async -> Problem? {
      await scene.test.problem(
        endpoint,
        [
          "edition": scene.editionJSON,
          "volunteer": .string(sampleID(VolunteerID.self, 300 + number).description),
          "role": .string(sampleID(MissionRoleID.self, 201).description), "reason": "x",
        ])
    }
    #expect(await lock("matching.pin", 1)?.code == "matching/not-eligible")
    #expect(await lock("matching.forbid", 2) == nil)
    let refused = await lock("matching.pin", 2)
    #expect(refused?.code == "matching/contradictory-locks")
    #expect(refused?.detail.fr == "Volunteer 2 – Role 1 : déjà interdit.")
    #expect(await lock("matching.pin", 9)?.status == 404)
  }

  @Test func `a team that was found good is kept whole in every run`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2)], volunteers: [volunteer(1), volunteer(2)])
    let run = try await scene.run()
    let team: JSON = ["run": run, "brief": briefJSON(1), "reason": "They work well together"]
    let locks = try await scene.test.call("matching.pin-team", team)
    #expect(locks.items.map { $0["kind"] } == ["pinned", "pinned"])
    // Said twice, it is there once.
    #expect(try await scene.test.call("matching.pin-team", team) == locks)
    scene.present.withLock { $0.append(volunteer(3, level: 5, causes: [key("health")])) }
    let again = try await scene.test.call(
      "matching.compare", ["run": run, "with": scene.run()])
    #expect(again["sameSeat"] == 2)
  }

  @Test func `a team that is not there, or can be no more, is not kept`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let run = try await scene.run()
    func problem(_ brief: Int) async -> Problem? {
      await scene.test.problem(
        "matching.pin-team", ["run": run, "brief": briefJSON(brief), "reason": "x"])
    }
    #expect(await problem(9)?.status == 404)
    scene.present.withLock { $0[0] = volunteer(1, level: 1) }
    #expect(await problem(1)?.code == "matching/not-eligible")
    scene.present.withLock { $0 = [volunteer(1)] }
    try await scene.lock("forbid", 1, 1)
    #expect(await problem(1)?.code == "matching/contradictory-locks")
    #expect(
      try await scene.test.call("matching.locks", ["edition": scene.editionJSON])["items"]?.items
        .count == 1)
  }

  @Test func `more pins than seats are named`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2)])
    for number in [301, 302] {
      try await scene.test.call(
        "matching.pin",
        [
          "edition": scene.editionJSON,
          "volunteer": .string(sampleID(VolunteerID.self, number).description),
          "role": .string(sampleID(MissionRoleID.self, 201).description), "reason": "x",
        ])
    }
    let problem = await scene.test.problem("matching.run", ["edition": scene.editionJSON])
    #expect(problem?.code == "matching/contradictory-locks")
    #expect(
      problem?.detail.en
        == "Not all of these can be kept: Volunteer 1 – Role 1, Volunteer 2 – Role 1.")
    #expect(problem?.detail.fr.hasPrefix("Tout cela ne peut être gardé à la fois : ") == true)
  }

  @Test func `two runs are compared person by person`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1, causes: [key("health")]), volunteer(2)])
    let one = try await scene.run()
    let same = try await scene.test.call(
      "matching.compare", ["run": one, "with": scene.run(["strategy": "greedy"])])
    #expect(same["filledDifference"] == 0)
    #expect(same["sameSeat"] == 1)
    #expect(same["moved"] == [])
    try await scene.lock("forbid", 1, 1)
    let other = try await scene.test.call(
      "matching.compare", ["run": one, "with": scene.run()])
    #expect(other["sameSeat"] == 0)
    #expect(other["moved"]?.items.map { $0["from"] ?? nil } == ["Role 1 – Mission 1", nil])
    #expect(other["moved"]?.items.map { $0["to"] ?? nil } == [nil, "Role 1 – Mission 1"])
  }

  @Test func `only staff run and look at runs`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    for role in [Role.volunteer, .member, .partner, .reviewer] {
      #expect(
        await scene.test.problem("matching.run", as: Actor(role), ["edition": scene.editionJSON])?
          .status == 403)
    }
  }
}

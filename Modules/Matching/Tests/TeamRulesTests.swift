import Kernel
import KernelTesting
import Matching
import MatchingAPI
import PartnersAPI
import Testing

/// The mix of companies and the size of teams where nobody says otherwise.
@Suite struct TeamRulesTests {
  private static func company(_ number: Int) -> PartnerID { sampleID(PartnerID.self, 500 + number) }

  /// Eight people of some companies and a team of four.
  private func scene(companies: Int = 4) async throws -> MatchingScene {
    try await MatchingScene(
      briefs: [brief(1, seats: 4)],
      volunteers: (1...8).map { number in
        // The first company would fill the team by itself: its people came first.
        volunteer(number, partner: Self.company(number <= 4 ? 1 : 2 + number % (companies - 1)))
      })
  }

  private func rules(_ scene: MatchingScene) async throws -> JSON {
    try await scene.test.call("matching.team-rules", ["edition": scene.editionJSON])
  }

  @Test func `a team comes from several companies though nobody asked for it`() async throws {
    let scene = try await scene()
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["rules"]?["companyCap"] == 2)
    #expect(run["result"]?["filled"] == 4)
    let rules = try await rules(scene)
    #expect(rules["companyCap"] == 2)
    #expect(rules["companyCapIsChosen"] == false)
    #expect(rules["companiesInLargestTeam"] == 2)
  }

  @Test func `in an edition of large teams nobody is left alone`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 6), brief(2, seats: 6)],
      volunteers: (1...8).map { volunteer($0, partner: Self.company($0 % 4)) })
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["rules"]?["minimumTeam"] == 3)
    #expect(run["rules"]?["companyCap"] == 2)
    try await scene.test.call(
      "matching.set-team-rules", ["edition": scene.editionJSON, "minimumTeam": 4])
    let other = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(other["rules"]?["minimumTeam"] == 4)
  }

  @Test func `one company alone still fills its team`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 4)],
      volunteers: (1...4).map { volunteer($0, partner: Self.company(1)) })
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["rules"]?["companyCap"] == nil)
    #expect(run["result"]?["filled"] == 4)
  }

  @Test func `what staff set for the edition holds for its runs, and what a run asks for for it`()
    async throws
  {
    let scene = try await scene()
    let set = try await scene.test.call(
      "matching.set-team-rules", ["edition": scene.editionJSON, "companyCap": 1])
    #expect(set["companyCapIsChosen"] == true)
    #expect(set["minimumTeamIsChosen"] == false)
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    #expect(run["rules"]?["companyCap"] == 1)
    let other = try await scene.test.call(
      "matching.run", ["edition": scene.editionJSON, "companyCap": 3, "minimumTeam": 0])
    #expect(other["rules"]?["companyCap"] == 3)
    #expect(other["rules"]?["minimumTeam"] == 0)
    let back = try await scene.test.call(
      "matching.set-team-rules", ["edition": scene.editionJSON, "version": 1])
    #expect(back["companyCap"] == 2)
  }

  @Test func `rules that cannot be are refused`() async throws {
    let scene = try await scene()
    for (input, field): (JSON, String) in [
      (["edition": scene.editionJSON, "companyCap": 0], "companyCap"),
      (["edition": scene.editionJSON, "companyCap": 11], "companyCap"),
      (["edition": scene.editionJSON, "minimumTeam": -1], "minimumTeam"),
    ] {
      let problem = await scene.test.problem("matching.set-team-rules", input)
      #expect(problem?.fields.map(\.field) == [field])
    }
    try await scene.test.call(
      "matching.set-team-rules", ["edition": scene.editionJSON, "companyCap": 1])
    let stale = await scene.test.problem(
      "matching.set-team-rules", ["edition": scene.editionJSON, "companyCap": 2, "version": 7])
    #expect(stale?.code == "stale-version")
    let volunteer = await scene.test.problem(
      "matching.team-rules", as: Actor(.volunteer), ["edition": scene.editionJSON])
    #expect(volunteer?.status == 403)
  }
}

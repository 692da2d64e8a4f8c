import Kernel
import KernelTesting
import MatchingAPI
import Pages
import PartnersAPI
import Testing

/// Which roles too few people could take, before anything is published.
@Suite struct RoleOutlookTests {
  private func scene() async throws -> MatchingScene {
    try await MatchingScene(
      briefs: [brief(1, seats: 2), brief(2)], drafts: [brief(3, level: 5, seats: 2)],
      volunteers: [
        volunteer(1), volunteer(2, level: 5, halfDays: [MatchingScene.afternoon]),
        volunteer(3, skill: "design"),
      ])
  }

  @Test func `a role that too few could take is named with what keeps the others`() async throws {
    let scene = try await scene()
    let short = try await scene.test.call("matching.role-outlook", ["edition": scene.editionJSON])
    #expect(short.items.map { $0["role"] } == [roleJSON(3), roleJSON(1)])
    let hard = short.items[0]
    #expect(hard["isDraft"] == true && hard["volunteers"] == 0 && hard["seats"] == 2)
    // Each of the three is kept out by something else.
    let why = hard["obstacles"]?.items ?? []
    #expect(why.map { $0["alone"] } == [1, 1, 1])
    #expect(why.contains { $0["why"]?["en"] == "are not free on Wed 18 Nov morning" })
    #expect(why.contains { $0["why"]?["en"] == "have “Fundraising” below level 5" })
    #expect(why.contains { $0["why"]?["fr"] == "n’ont pas « Recherche de fonds »" })
    let all = try await scene.test.call(
      "matching.role-outlook", ["edition": scene.editionJSON, "all": true])
    #expect(all.items.count == 3)
  }

  @Test func `the page shows it, and nobody but staff`() async throws {
    let scene = try await scene()
    let page = try await scene.test.platform.content(
      of: "matching.role-outlook", as: .manager, ["edition": scene.editionJSON])
    #expect(page.title.en == "Roles that lack people")
    let volunteer = await scene.test.problem(
      "matching.role-outlook", as: Actor(.volunteer), ["edition": scene.editionJSON])
    #expect(volunteer?.status == 403)
  }
}

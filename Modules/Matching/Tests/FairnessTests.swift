import Kernel
import KernelTesting
import MatchingAPI
import PartnersAPI
import Testing

/// Whom a run serves, and strategies side by side.
@Suite struct Fairness {
  private func figure(_ report: JSON, _ name: String) -> JSON? {
    report["figures"]?.items.first { $0["figure"]?["en"]?.text == name }
  }

  @Test func `a run stands beside a greedy baseline and the run before`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)],
      volunteers: [volunteer(1, level: 5), volunteer(2), volunteer(3, regime: .jobSeeker)])
    _ = try await scene.run()
    let run = try await scene.run(["strategy": "greedy"])
    let report = try await scene.test.call("matching.fairness", ["run": run])
    #expect(report["number"] == 2)
    #expect(report["numberBefore"] == 1)
    #expect(figure(report, "Filled seats")?["before"] == .number(2))
    #expect(figure(report, "Filled seats")?["thisRun"] == figure(report, "Filled seats")?["greedy"])
    #expect(report["missions"]?.items.map { $0["briefTitle"] } == ["Mission 1", "Mission 2"])
    #expect(report["companies"]?.items.map { $0["volunteers"] } == [2])
    #expect(report["affinities"]?.items.isEmpty == false)
  }

  @Test func `no table of a mission or a company counts its job seekers`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1, regime: .jobSeeker), volunteer(2)])
    let report = try await scene.test.call("matching.fairness", ["run": scene.run()])
    for table in ["missions", "companies"] {
      #expect(!"\(report[table] ?? .null)".lowercased().contains("seeker"))
    }
    #expect(figure(report, "Job seekers placed") != nil)
  }

  @Test func `past editions are told of only where there are any`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    let report = try await scene.test.call("matching.fairness", ["run": scene.run()])
    #expect(figure(report, "Never offered before, placed") == nil)
    #expect(report["numberBefore"] == nil)
  }

  @Test func `who was never offered anything is known by their address across editions`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2)], volunteers: [volunteer(1), volunteer(2), volunteer(3)])
    _ = try await scene.publish()
    // What was offered, two people’s places, was offered in an edition of the past.
    try await scene.test.host.database.write {
      let past = sampleID(EditionID.self, 77)
      try $0.execute("UPDATE matching_place SET edition_id = \(past)")
      try $0.execute("UPDATE matching_run SET edition_id = \(past)")
    }
    let report = try await scene.test.call("matching.fairness", ["run": scene.run()])
    #expect(figure(report, "Never offered before, placed") != nil)
    #expect(figure(report, "Volunteers placed")?["thisRun"] == .number(2))
    let never = figure(report, "Never offered before, placed (%)")?["thisRun"]
    #expect(never == .number(0) || never == .number(100))
  }

  @Test func `strategies are held side by side without making a run`() async throws {
    // The best pair takes the only seat that volunteer 1 could have had.
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)],
      volunteers: [volunteer(1, level: 5), volunteer(2)])
    let rows = try await scene.test.call(
      "matching.compare-strategies", ["edition": scene.editionJSON]
    ).items
    #expect(rows.map { $0["strategy"] } == ["optimal", "stable", "greedy"])
    #expect(rows.map { $0["filled"] } == [2, 1, 1])
    #expect(rows.map { $0["blockingPairs"] } == [1, 0, 0])
    #expect(rows[0]["status"] == "optimal")
    let runs = try await scene.test.call("matching.runs", ["edition": scene.editionJSON])
    #expect(runs.items.isEmpty)
    let capped = await scene.test.problem(
      "matching.compare-strategies", ["edition": scene.editionJSON, "companyCap": 99])
    #expect(capped?.status == 422)
  }

  @Test(arguments: ["matching.fairness", "matching.what-if"])
  func `a run that is not there cannot be asked`(endpoint: String) async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    var input: [String: JSON] = ["run": volunteerJSON(1)]
    if endpoint == "matching.what-if" { input["without"] = [volunteerJSON(1)] }
    #expect(await scene.test.problem(endpoint, .object(input))?.status == 404)
    input["run"] = try await scene.run(["background": true])
    #expect(
      await scene.test.problem(endpoint, .object(input))?.code == "matching/still-computing")
    #expect(
      await scene.test.problem(endpoint, as: Actor(.volunteer), .object(input))?.status == 403)
  }
}

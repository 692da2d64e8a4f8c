import ApplicationsAPI
import Kernel
import KernelTesting
import Pages
import Testing

private let why: JSON = ["fr": "Trop peu de places.", "en": "Too few places."]

@Suite struct StagingTests {
  /// Three applications to a closed call with two places.
  private func closed() async throws -> (Scene, [JSON]) {
    let scene = try await Scene()
    var all: [JSON] = []
    for name in ["Arbre", "Bosquet", "Cabane"] {
      all.append(try await scene.submit(name).application)
    }
    scene.afterDeadline()
    return (scene, all)
  }

  private func stage(
    _ scene: Scene, _ application: JSON, _ decision: JSON, _ more: [String: JSON] = [:]
  ) async throws {
    try await scene.test.call(
      "applications.stage-decision",
      .object(["application": application, "decision": decision].merging(more) { $1 }))
  }

  @Test func `decisions are prepared one by one, and nobody is told before all are published`()
    async throws
  {
    let (scene, all) = try await closed()
    try await stage(scene, all[0], "laureate")
    try await stage(scene, all[1], "waiting-list", ["rank": 1])
    #expect(try await scene.events("applications.decided") == [])
    #expect(try await scene.state(all[0]) == "submitted")
    let early = await scene.test.problem(
      "applications.publish-decisions", ["call": scene.id, "confirmBy": "2020-05-15"])
    #expect(early?.fields.count == 1)
    try await stage(scene, all[2], "refused", ["reason": why])
    try await scene.test.call(
      "applications.publish-decisions",
      ["call": scene.id, "confirmBy": "2020-05-15", "personalLine": "Thank you all."])
    #expect(try await scene.events("applications.decided").count == 3)
    let lines = try await scene.test.host.read { connection in
      try connection.rows("SELECT payload FROM kernel_event WHERE name = 'applications.decided'")
        .map { try JSON(parsing: $0.get("payload", as: String.self))["personalLine"]?.text }
    }
    #expect(lines == ["Thank you all.", "Thank you all.", "Thank you all."])
    var states: [String?] = []
    for one in all { states.append(try await scene.state(one)) }
    #expect(states == ["laureate", "waiting", "refused"])
    // Published once.
    let again = await scene.test.problem(
      "applications.publish-decisions", ["call": scene.id, "confirmBy": "2020-05-15"])
    #expect(again?.code == "applications/call-state")
  }

  @Test func `a refusal needs a reason in both languages, and a decision can be taken back`()
    async throws
  {
    let (scene, all) = try await closed()
    for bad: [String: JSON] in [[:], ["reason": ["fr": "Non", "en": " "]]] {
      let problem = await scene.test.problem(
        "applications.stage-decision",
        .object(["application": all[0], "decision": "refused"].merging(bad) { $1 }))
      #expect(problem?.code == "invalid-input")
    }
    try await stage(scene, all[0], "laureate")
    let left = try await scene.test.call(
      "applications.stage-decision", ["application": all[0]])
    #expect(left.items == [])
    #expect(
      await scene.test.problem(
        "applications.stage-decision", ["application": nobody, "decision": "laureate"])?.status
        == 404)
  }

  @Test func `the second page of a deliberation has the forms of its own applications`()
    async throws
  {
    let scene = try await Scene()
    for number in 1...52 {
      _ = try await scene.submit(
        "O" + String(UnicodeScalar(64 + (number - 1) / 26 + 1) ?? "A")
          + String(UnicodeScalar(64 + (number - 1) % 26 + 1) ?? "A"))
    }
    scene.afterDeadline()
    func page(_ after: String?) async throws -> PageContent {
      var input: [String: JSON] = ["call": scene.id]
      input["after"] = after.map { .string($0) }
      return try await scene.test.platform.content(
        of: "applications.deliberation", as: .manager, .object(input))
    }
    let first = try await page(nil)
    let tables = first.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    let next = try #require(tables.first?.next)
    let second = try await page(next)
    func staging(_ page: PageContent) -> Set<JSON> {
      Set(
        page.forms.filter { $0.endpoint == "applications.stage-decision" }.compactMap {
          $0.fixed["application"]
        })
    }
    #expect(staging(first).count == 50 && staging(second).count == 2)
    #expect(staging(first).isDisjoint(with: staging(second)))
  }

  @Test func `the deliberation page says who gets which letter, and is staff's alone`() async throws
  {
    let (scene, all) = try await closed()
    for (one, decision) in zip(all, ["laureate", "laureate", "waiting-list"] as [JSON]) {
      try await stage(scene, one, decision)
    }
    let page = try await scene.test.platform.content(
      of: "applications.deliberation", as: .manager, ["call": scene.id])
    let publish = try #require(page.forms.first { $0.endpoint == "applications.publish-decisions" })
    #expect(
      publish.confirmation?.text.en.hasPrefix(
        "3 organisations get their letter now: 2 are chosen, 1 wait") == true)
    #expect(publish.confirmation?.text.fr.contains("2 retenues, 1 en attente") == true)
    #expect(page.forms.filter { $0.endpoint == "applications.stage-decision" }.count == 3)
    let reviewer = try await scene.reviewer("Remi")
    #expect(
      await scene.problem("applications.deliberation", as: reviewer.actor, ["call": scene.id])?
        .status == 403)
  }
}

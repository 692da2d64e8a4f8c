import AccompanimentAPI
import ApplicationsAPI
import Foundation
import Kernel
import KernelTesting
import Testing

/// The lines of the table under a heading of docs/states.md: state, command, who, becomes.
private func stateTable(_ heading: String) throws -> [[String]] {
  let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  let text = try String(contentsOf: root.appending(path: "docs/states.md"), encoding: .utf8)
  let section = text.components(separatedBy: "\n## ").first { $0.hasPrefix(heading + "\n") } ?? ""
  return section.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { row in
    row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}

@Suite struct BriefChangeTests {
  private static let roles: [String: Actor] = [
    "staff": .manager, "member": Scene.kabubuMember, "other member": Scene.kodikoMember,
    "nobody": .anyone,
  ]
  private static let commands = [
    "change-brief", "publish-brief", "correct-brief", "cancel-brief", "restore-brief",
  ]

  private func brief(in state: String) async throws -> (scene: Scene, id: JSON) {
    let scene = try await Scene()
    let id = try await scene.draft()["id"] ?? .null
    if state != "draft" { try await scene.test.call("accompaniment.publish-brief", ["brief": id]) }
    if state == "cancelled" {
      try await scene.test.call("accompaniment.cancel-brief", ["brief": id, "reason": "No more."])
    }
    return (scene, id)
  }

  private func input(_ command: String, _ id: JSON) -> JSON {
    switch command {
    case "change-brief":
      [
        "brief": id, "title": "Another title", "context": "We are small.",
        "deliverable": "A plan", "halfDays": ["\(Scene.morning)"], "languages": ["fr"],
        "roles": [["title": "Writer", "skill": "writing", "level": 3, "seats": 2]],
      ]
    case "correct-brief":
      ["brief": id, "title": "Right", "context": "Right.", "deliverable": "Right"]
    case "cancel-brief", "restore-brief": ["brief": id, "reason": "Things changed."]
    default: ["brief": id]
    }
  }

  private func state(_ id: JSON, in scene: Scene) async throws -> String? {
    let view = try await scene.test.call("accompaniment.brief", ["brief": id])
    return view["cancelledAt"]?.text == nil ? view["state"]?.text : "cancelled"
  }

  @Test(arguments: ["draft", "published", "cancelled"])
  func `briefs do what the table says, and nothing else`(state: String) async throws {
    let lines = try stateTable("Brief").filter { $0[0] == state }
    #expect(Set(lines.map { $0[1] }).isSubset(of: Self.commands))
    for command in Self.commands {
      let line = lines.first { $0[1] == command }
      let who = line?[2].components(separatedBy: ", ") ?? []
      let refused = try await brief(in: state)
      for (role, actor) in Self.roles.sorted(by: { $0.key < $1.key }) {
        if who.contains(role) {
          let one = try await brief(in: state)
          try await one.scene.test.call(
            "accompaniment." + command, as: actor, input(command, one.id))
          #expect(
            try await self.state(one.id, in: one.scene) == line?[3], "\(state) \(command) \(role)")
        } else {
          let problem = await refused.scene.test.problem(
            "accompaniment." + command, as: actor, input(command, refused.id))
          #expect(problem != nil && problem?.status != 500, "\(state) \(command) \(role)")
          #expect(try await self.state(refused.id, in: refused.scene) == state)
        }
      }
    }
  }

  @Test func `a cancelled brief is told, without its reason it is not`() async throws {
    let (scene, id) = try await brief(in: "published")
    let bare = await scene.test.problem("accompaniment.cancel-brief", ["brief": id])
    #expect(bare?.fields.map(\.field) == ["reason"])
    try await scene.test.call("accompaniment.cancel-brief", ["brief": id, "reason": "No more."])
    #expect(try await scene.said(BriefCancelled.name).map { $0["brief"] } == [id])
    try await scene.test.call("accompaniment.restore-brief", ["brief": id, "reason": "Yes."])
    #expect(try await scene.said(BriefRestored.name).count == 1)
  }

  @Test func `a laureate that gives up ends its journey and its briefs; back, it goes on`()
    async throws
  {
    let (scene, id) = try await brief(in: "published")
    try await scene.test.call("announcer.decline", ["organisation": "\(Scene.kabubu)"])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.journeys().first?["endedAt"]?.text != nil)
    #expect(try await state(id, in: scene) == "cancelled")
    try await scene.journey()
    #expect(try await scene.journeys().first?["endedAt"]?.text == nil)
  }

  @Test func `a merged organisation has its journey and briefs under the one that is left`()
    async throws
  {
    let scene = try await Scene()
    let brief = try await scene.draft()
    try await scene.test.call("announcer.merge")
    try await scene.test.platform.deliverEvents()
    let journeys = try await scene.journeys(as: Scene.kodikoMember)
    #expect(journeys.map { $0["organisationName"] } == ["Kodiko"])
    let seen = try await scene.test.call(
      "accompaniment.brief", as: Scene.kodikoMember, ["brief": brief["id"] ?? .null])
    #expect(seen["organisation"] == "\(Scene.kodiko)")
    try await scene.test.call("announcer.part")
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.journeys(as: Scene.kodikoMember).isEmpty)
    let back = try await scene.journeys(as: Scene.kabubuMember)
    #expect(back.map { $0["organisationName"] } == ["Kabubu"])
  }

  @Test func `a journey begun since a merge goes where its application goes, with its briefs`()
    async throws
  {
    let scene = try await Scene()
    try await scene.test.call("announcer.merge")
    try await scene.test.platform.deliverEvents()
    let brief = try await scene.draft(Scene.kodiko)
    let application: JSON = "\(anID(32, ApplicationID.self))"
    try await scene.test.call("announcer.part", ["applications": [application]])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.journeys(as: Scene.kodikoMember).isEmpty)
    #expect(
      try await scene.journeys(as: Scene.kabubuMember).map { $0["organisationName"] } == ["Kabubu"])
    let hidden = await scene.test.problem(
      "accompaniment.brief", as: Scene.kodikoMember, ["brief": brief["id"] ?? .null])
    #expect(hidden?.status == 404)
    let said = try await scene.said(JourneysReturned.name)
    #expect(said.map { $0["briefs"]?.items } == [[brief["id"] ?? .null]])
    // Another of its own stays with the one that was kept.
    let other = try await Scene()
    try await other.test.call("announcer.merge")
    try await other.test.platform.deliverEvents()
    try await other.journey(of: Scene.kodiko)
    try await other.test.call("announcer.part", ["applications": []])
    try await other.test.platform.deliverEvents()
    #expect(try await other.journeys(as: Scene.kodikoMember).count == 1)
  }

  @Test func `of two journeys in one edition, the one that goes on is the organisation's`()
    async throws
  {
    let scene = try await Scene()
    let live = try await scene.journey()
    let ended = try await scene.journey(of: Scene.kodiko)
    try await scene.test.call("announcer.decline", ["organisation": "\(Scene.kodiko)"])
    try await scene.test.platform.deliverEvents()
    try await scene.test.call("announcer.merge")
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.journeys(as: Scene.kodikoMember).map { $0["id"] } == [live["id"]])
    #expect(try await scene.journeys().map { $0["organisationName"] } == ["Kodiko", "Kodiko"])
    try await scene.test.call("announcer.part")
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.journeys(as: Scene.kodikoMember).map { $0["id"] } == [ended["id"]])
    #expect(try await scene.journeys(as: Scene.kabubuMember).map { $0["id"] } == [live["id"]])
  }

  @Test func `a renamed organisation is listed under its present name`() async throws {
    let (scene, id) = try await brief(in: "published")
    try await scene.test.call("announcer.rename", ["organisation": "\(Scene.kabubu)"])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.journeys().map { $0["organisationName"] } == ["Renamed"])
    let view = try await scene.test.call("accompaniment.brief", ["brief": id])
    #expect(view["organisationName"] == "Renamed")
  }
}

@Test func `a workshop is cancelled with a reason, once, unless it took place`() async throws {
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  func plan() async throws -> JSON {
    try await scene.test.call(
      "accompaniment.plan-workshop",
      [
        "edition": "\(Scene.edition)", "title": "Needs", "kind": "workshop", "day": "2020-05-04",
        "journeys": [journey],
      ])["id"] ?? .null
  }
  let first = try await plan()
  let cancel: JSON = ["workshop": first, "reason": "Nobody can come."]
  let member = await scene.test.problem(
    "accompaniment.cancel-workshop", as: Scene.kabubuMember, cancel)
  #expect(member?.status == 403)
  try await scene.test.call("accompaniment.cancel-workshop", cancel)
  #expect(try await scene.said(WorkshopCancelled.name).count == 1)
  #expect(
    await scene.test.problem("accompaniment.cancel-workshop", cancel)?.code
      == "accompaniment/workshop-cancelled")
  #expect(
    await scene.test.problem(
      "accompaniment.record-attendance", ["workshop": first, "present": [journey]])?.code
      == "accompaniment/workshop-cancelled")
  let held = try await plan()
  try await scene.test.call(
    "accompaniment.record-attendance", ["workshop": held, "present": [journey]])
  #expect(
    await scene.test.problem(
      "accompaniment.cancel-workshop", ["workshop": held, "reason": "Late."])?.code
      == "accompaniment/workshop-held")
}

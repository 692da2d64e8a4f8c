import Accompaniment
import AccompanimentAPI
import ApplicationsFakes
import Kernel
import KernelTesting
import ProgrammesAPI
import ProgrammesFakes
import Testing

@Test func `a brief is drafted for a confirmed need, published, and frozen`() async throws {
  let scene = try await Scene()
  let draft = try await scene.draft()
  let id = draft["id"] ?? .null
  #expect(draft["state"] == "draft")
  #expect(draft["format"] == "remote")
  let published = try await scene.test.call("accompaniment.publish-brief", ["brief": id])
  #expect(published["state"] == "published")
  #expect(try await scene.said(BriefPublished.name).map { $0["brief"] } == [id])
  let again = await scene.test.problem("accompaniment.publish-brief", ["brief": id])
  #expect(again?.code == "accompaniment/brief-published")
  let change = await scene.test.problem("accompaniment.change-brief", .change(id))
  #expect(change?.code == "accompaniment/brief-published")
  let journey = try await scene.test.call(
    "accompaniment.journey", ["journey": draft["journey"] ?? .null])
  #expect(journey["stage"] == "briefed")
}

@Test func `a draft changes from its current version only`() async throws {
  let scene = try await Scene()
  let id = try await scene.draft()["id"] ?? .null
  let changed = try await scene.test.call("accompaniment.change-brief", .change(id))
  #expect(changed["title"] == "Another title")
  #expect(
    await scene.test.problem("accompaniment.change-brief", .change(id))?.code == "stale-version")
}

@Test func `unknown skills, half-days outside the calendar and missing parts are all named`()
  async throws
{
  let scene = try await Scene()
  let ready = try await scene.ready()
  let problem = await scene.test.problem(
    "accompaniment.draft-brief",
    .brief(
      ready.journey, ready.need,
      changing: [
        "roles": [
          ["title": "A", "skill": "magic", "level": 1, "niceToHave": ["luck"], "seats": 1]
        ],
        "halfDays": [
          "01700000-0000-7000-8000-000000000099", "\(Scene.morning)", "\(Scene.morning)",
        ],
        "languages": [],
      ]))
  #expect(
    problem?.fields.map(\.field) == [
      "roles[0].skill", "roles[0].niceToHave[0]", "halfDays[0]", "halfDays[2]", "languages",
    ])
  let empty = await scene.test.problem(
    "accompaniment.draft-brief",
    .brief(ready.journey, ready.need, changing: ["roles": [], "halfDays": []]))
  #expect(empty?.fields.map(\.field) == ["roles", "halfDays"])
  let seats = await scene.test.problem(
    "accompaniment.draft-brief",
    .brief(
      ready.journey, ready.need,
      changing: ["roles": [["title": "A", "skill": "writing", "level": 6, "seats": 0]]]))
  #expect(seats?.fields.map(\.field) == ["roles[0].level", "roles[0].seats"])
}

@Test func `a brief answers a need of its journey that is confirmed`() async throws {
  let scene = try await Scene()
  let kabubu = try await scene.ready(Scene.kabubu)
  let kodiko = try await scene.ready(Scene.kodiko)
  let foreign = await scene.test.problem(
    "accompaniment.draft-brief", .brief(kabubu.journey, kodiko.need))
  #expect(foreign?.fields.map(\.field) == ["need"])
  let proposed =
    try await scene.test.call("accompaniment.add-need", .need(kabubu.journey))["id"] ?? .null
  let early = await scene.test.problem(
    "accompaniment.draft-brief", .brief(kabubu.journey, proposed))
  #expect(early?.code == "accompaniment/need-not-confirmed")
}

@Test func `volunteers see published briefs, members also the drafts of their own organisation`()
  async throws
{
  let scene = try await Scene()
  let kabubu = try await scene.draft(Scene.kabubu)["id"] ?? .null
  let kodiko = try await scene.draft(Scene.kodiko)["id"] ?? .null
  try await scene.test.call("accompaniment.publish-brief", ["brief": kodiko])
  func seen(by actor: Actor) async throws -> [JSON] {
    try await scene.test.call("accompaniment.briefs", as: actor, ["edition": "\(Scene.edition)"])[
      "items"]?
      .items.compactMap { $0["id"] } ?? []
  }
  #expect(try await seen(by: .manager) == [kabubu, kodiko])
  #expect(try await seen(by: Actor(.volunteer)) == [kodiko])
  #expect(try await seen(by: Actor(.partner)) == [kodiko])
  #expect(try await seen(by: Scene.kabubuMember) == [kabubu])
  for actor in [Actor(.volunteer), Scene.kodikoMember] {
    let hidden = await scene.test.problem("accompaniment.brief", as: actor, ["brief": kabubu])
    #expect(hidden?.status == 404)
  }
  let foreign = await scene.test.problem(
    "accompaniment.change-brief", as: Scene.kodikoMember, .change(kabubu))
  #expect(foreign?.status == 404)
  let member = await scene.test.problem(
    "accompaniment.publish-brief", as: Scene.kabubuMember, ["brief": kabubu])
  #expect(member?.status == 403)
}

@Test func `other modules get published briefs in the order they were published`() async throws {
  let scene = try await Scene()
  let kabubu = try await scene.draft(Scene.kabubu)["id"]?.text ?? ""
  let kodiko = try await scene.draft(Scene.kodiko)["id"]?.text ?? ""
  let module = AccompanimentModule(
    host: scene.test.host, programmes: FakeProgrammes(), applications: FakeApplications())
  let draft = try #require(BriefID(kabubu))
  await #expect(throws: Problem.self) { try await module.brief(draft) }
  for brief in [kodiko, kabubu] {
    try await scene.test.call("accompaniment.publish-brief", ["brief": .string(brief)])
  }
  #expect(try await module.briefs(of: Scene.edition).map(\.id.description) == [kodiko, kabubu])
  #expect(try await module.brief(draft).roles.first?.seats.value == 2)
}

@Test func `the figures show needs by type, briefs and seats, by name`() async throws {
  let scene = try await Scene()
  for organisation in [Scene.kodiko, Scene.kabubu] {
    let brief = try await scene.draft(organisation)["id"] ?? .null
    try await scene.test.call("accompaniment.publish-brief", ["brief": brief])
  }
  let needs = try await scene.figure("accompaniment.needs")
  #expect(needs.map(\.label) == ["Kabubu", "Kodiko"])
  #expect(needs.compactMap(\.group?.en) == ["Communication", "Communication"])
  #expect(try await scene.figure("accompaniment.briefs").count == 2)
  #expect(try await scene.figure("accompaniment.seats").map(\.value) == [2, 2])
}

extension JSON {
  fileprivate static func change(_ brief: JSON) -> JSON {
    [
      "brief": brief, "version": 1, "title": "Another title", "context": "c", "deliverable": "d",
      "roles": [["title": "Writer", "skill": "writing", "level": 3, "seats": 2]],
      "halfDays": ["\(Scene.afternoon)"], "languages": ["fr", "en"],
    ]
  }
}

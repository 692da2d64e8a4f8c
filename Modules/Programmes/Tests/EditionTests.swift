import Kernel
import KernelTesting
import Programmes
import ProgrammesAPI
import Testing

/// A programme with one planned edition.
private struct Scene {
  let test: TestPlatform
  let edition: String

  init(with others: any Module...) async throws {
    test = try await TestPlatform { [ProgrammesModule(host: $0)] + others }
    let programme = try await test.call("programmes.create", ["name": "Pro bono à La Défense"])
    let edition = try await test.call(
      "programmes.plan-edition",
      [
        "programme": programme["id"] ?? nil, "name": "2020", "theme": "Reducing inequalities",
        "territory": "Paris La Défense", "format": "on-site", "starts": "2020-03-02",
        "ends": "2021-08-31",
      ])
    self.edition = edition["id"]?.text ?? ""
  }
}

@Test func `an edition is planned, opened and closed, in that order only`() async throws {
  let scene = try await Scene()
  let early = await scene.test.problem(
    "programmes.close-edition", ["edition": .string(scene.edition)])
  #expect(early?.code == "programmes/wrong-state")
  try await scene.test.call("programmes.open-edition", ["edition": .string(scene.edition)])
  let again = await scene.test.problem(
    "programmes.open-edition", ["edition": .string(scene.edition)])
  #expect(again?.status == 409)
  let closed = try await scene.test.call(
    "programmes.close-edition", ["edition": .string(scene.edition)])
  #expect(closed["state"] == "closed")
}

/// Has something open in every edition.
private struct Lateness: Module {
  static let name = "lateness"
  static let summary = Words("lateness")
  var endpoints: [Endpoint] { [] }
  func unfinished(in edition: EditionID, _ connection: any Connection) throws -> [Unfinished] {
    [Unfinished("lateness.tasks", Words(en: "late tasks", fr: "tâches en retard"), count: 3)]
  }
}

@Test func `closing an edition in which something is open needs a reason, and can be undone`()
  async throws
{
  let scene = try await Scene(with: Lateness())
  try await scene.test.call("programmes.open-edition", ["edition": .string(scene.edition)])
  let listed = try await scene.test.call(
    "programmes.unfinished", ["edition": .string(scene.edition)])
  #expect(listed.items.first?["count"] == 3)
  let refused = await scene.test.problem(
    "programmes.close-edition", ["edition": .string(scene.edition)])
  #expect(refused?.code == "programmes/unfinished")
  #expect(refused?.detail.fr.contains("tâches en retard (3)") == true)
  #expect(
    try await scene.test.call("programmes.edition", ["edition": .string(scene.edition)])["state"]
      == "open")
  let closed = try await scene.test.call(
    "programmes.close-edition",
    ["edition": .string(scene.edition), "despite": "The team moved on."])
  #expect(closed["state"] == "closed")
  let reopened = try await scene.test.call(
    "programmes.reopen-edition", ["edition": .string(scene.edition)])
  #expect(reopened["state"] == "open")
}

@Test func `a change of format that was made from an old copy is refused`() async throws {
  let scene = try await Scene()
  try await scene.test.call(
    "programmes.change-format",
    ["edition": .string(scene.edition), "format": "remote", "version": 1])
  let stale = await scene.test.problem(
    "programmes.change-format",
    ["edition": .string(scene.edition), "format": "hybrid", "version": 1])
  #expect(stale?.code == "stale-version")
}

@Test func `the calendar refuses days outside the edition and keys used twice, all at once`()
  async throws
{
  let scene = try await Scene()
  let problem = await scene.test.problem(
    "programmes.set-calendar",
    [
      "edition": .string(scene.edition),
      "halfDays": [
        ["key": "a", "day": "2020-11-17", "part": "morning"],
        ["key": "a", "day": "2023-11-17", "part": "morning"],
      ],
    ])
  #expect(problem?.fields.map(\.field) == ["halfDays[1].key", "halfDays[1].day"])
}

@Test func `the catalogue refuses a mission type whose skill nobody described`() async throws {
  let scene = try await Scene()
  let problem = await scene.test.problem(
    "programmes.load-catalogue",
    [
      "skills": [],
      "missionTypes": [["key": "x", "name": ["fr": "X", "en": "X"], "skills": ["y"]]],
    ])
  #expect(problem?.code == "programmes/unknown-skills")
}

@Test func `volunteers may look at editions but not plan them`() async throws {
  let scene = try await Scene()
  let list: [Edition] = try await scene.test.call("programmes.editions", as: Actor(.volunteer))
  #expect(list.map(\.name.description) == ["2020"])
  #expect(
    await scene.test.problem("programmes.create", as: Actor(.volunteer), ["name": "x"])?.status
      == 403)
  #expect(await scene.test.problem("programmes.create", as: .anyone, ["name": "x"])?.status == 401)
}

@Test func `once the edition is open, half-days are added but none moves or goes`() async throws {
  let scene = try await Scene()
  let morning: JSON = ["key": "a", "day": "2020-11-17", "part": "morning"]
  func set(_ days: JSON...) async -> Problem? {
    await scene.test.problem(
      "programmes.set-calendar",
      ["edition": .string(scene.edition), "halfDays": .array(days)])
  }
  #expect(await set(morning) == nil)
  try await scene.test.call("programmes.open-edition", ["edition": .string(scene.edition)])
  let friday: JSON = ["key": "a", "day": "2020-11-20", "part": "morning"]
  #expect(await set(friday)?.code == "programmes/half-days-in-use")
  #expect(await set()?.code == "programmes/half-days-in-use")
  #expect(await set(morning, ["key": "b", "day": "2020-11-18", "part": "morning"]) == nil)
}

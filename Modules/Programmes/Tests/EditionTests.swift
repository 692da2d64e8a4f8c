import Kernel
import KernelTesting
import ProgrammesAPI
import Testing

@testable import Programmes

/// A programme with one planned edition.
private struct Scene {
  let test: TestPlatform
  let programmes: ProgrammesModule
  let edition: EditionID

  init(with others: any Module...) async throws {
    test = try await TestPlatform { [ProgrammesModule(host: $0)] + others }
    programmes = try test.module()
    let programme = try await test.call(
      programmes.createProgramme, .init(name: given("Pro bono à La Défense")))
    edition = try await test.call(
      programmes.planEdition,
      .init(
        programme: programme.id, name: given("2020"), theme: given("Reducing inequalities"),
        territory: given("Paris La Défense"), zone: nil, format: .onSite,
        starts: given("2020-03-02"), ends: given("2021-08-31"))
    ).id
  }

  var one: ProgrammesModule.OneEdition { .init(edition: edition) }
  var close: ProgrammesModule.Close { .init(edition: edition, despite: nil) }

  func day(_ key: String, _ day: String) throws -> ProgrammesModule.SetCalendar.Entry {
    try .init(key: given(key), day: given(day), part: .morning)
  }

  func refusal(of days: ProgrammesModule.SetCalendar.Entry...) async -> Problem? {
    await test.problem(programmes.setCalendar, .init(edition: edition, halfDays: days))
  }
}

@Test func `an edition is planned, opened and closed, in that order only`() async throws {
  let scene = try await Scene()
  let (test, programmes) = (scene.test, scene.programmes)
  let early = await test.problem(programmes.closeEdition, scene.close)
  #expect(early?.code == "programmes/wrong-state")
  #expect(try await test.call(programmes.openEdition, scene.one).state == .open)
  let again = await test.problem(programmes.openEdition, scene.one)
  #expect(again?.status == 409)
  #expect(try await test.call(programmes.closeEdition, scene.close).state == .closed)
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
  let (test, programmes) = (scene.test, scene.programmes)
  try await test.call(programmes.openEdition, scene.one)
  #expect(try await test.call(programmes.listUnfinished, scene.one).map(\.count) == [3])
  let refused = await test.problem(programmes.closeEdition, scene.close)
  #expect(refused?.code == "programmes/unfinished")
  #expect(refused?.detail.fr.contains("tâches en retard (3)") == true)
  #expect(try await test.call(programmes.showEdition, scene.one).state == .open)
  let closed = try await test.call(
    programmes.closeEdition, .init(edition: scene.edition, despite: given("The team moved on.")))
  #expect(closed.state == .closed)
  #expect(try await test.call(programmes.reopenEdition, scene.one).state == .open)
}

@Test func `a change of format that was made from an old copy is refused`() async throws {
  let scene = try await Scene()
  try await scene.test.call(
    scene.programmes.changeFormat, .init(edition: scene.edition, version: 1, format: .remote))
  let stale = await scene.test.problem(
    scene.programmes.changeFormat, .init(edition: scene.edition, version: 1, format: .hybrid))
  #expect(stale?.code == "stale-version")
}

@Test func `the calendar refuses days outside the edition and keys used twice, all at once`()
  async throws
{
  let scene = try await Scene()
  let problem = try await scene.refusal(
    of: scene.day("a", "2020-11-17"), scene.day("a", "2023-11-17"))
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
  let (test, create) = (scene.test, scene.programmes.createProgramme)
  let list = try await test.call(scene.programmes.listEditions, as: Actor(.volunteer))
  #expect(list.map(\.name.description) == ["2020"])
  let name = ProgrammesModule.Create(name: try given("x"))
  #expect(await test.problem(create, as: Actor(.volunteer), name)?.status == 403)
  #expect(await test.problem(create, as: .anyone, name)?.status == 401)
}

@Test func `once the edition is open, half-days are added but none moves or goes`() async throws {
  let scene = try await Scene()
  let morning = try scene.day("a", "2020-11-17")
  #expect(await scene.refusal(of: morning) == nil)
  try await scene.test.call(scene.programmes.openEdition, scene.one)
  let friday = try scene.day("a", "2020-11-20")
  #expect(await scene.refusal(of: friday)?.code == "programmes/half-days-in-use")
  #expect(await scene.refusal()?.code == "programmes/half-days-in-use")
  #expect(await scene.refusal(of: morning, try scene.day("b", "2020-11-18")) == nil)
}

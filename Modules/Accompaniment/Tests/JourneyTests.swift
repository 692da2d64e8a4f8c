import AccompanimentAPI
import Kernel
import KernelTesting
import Testing

@Test func `a confirmed laureate gets one journey, also when it is announced twice`() async throws {
  let scene = try await Scene()
  try await scene.journey()
  try await scene.journey()
  let journeys = try await scene.journeys()
  #expect(journeys.count == 1)
  #expect(journeys.first?["stage"] == "started")
  #expect(journeys.first?["organisationName"] == "Kabubu")
  #expect(try await scene.said(JourneyStarted.name).count == 1)
}

@Test func `the diagnosis is written down, and a stale one is refused`() async throws {
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  let after = try await scene.test.call("accompaniment.diagnose", .diagnosis(journey, version: 1))
  #expect(after["stage"] == "diagnosed")
  #expect(after["diagnosis"]?["ambitions"] == "A second place")
  let stale = await scene.test.problem(
    "accompaniment.diagnose", .diagnosis(journey, version: 1))
  #expect(stale?.code == "stale-version")
}

@Test func `needs are confirmed after a diagnosis, all that wait, and then stay`() async throws {
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  let need = try await scene.test.call("accompaniment.add-need", .need(journey))
  let early = await scene.test.problem("accompaniment.confirm-needs", ["journey": journey])
  #expect(early?.code == "accompaniment/diagnosis-missing")

  try await scene.test.call("accompaniment.diagnose", .diagnosis(journey))
  let confirmed = try await scene.test.call(
    "accompaniment.confirm-needs", as: Scene.kabubuMember, ["journey": journey])
  #expect(confirmed["stage"] == "needs-confirmed")
  #expect(confirmed["needs"]?.items.first?["state"] == "confirmed")
  #expect(try await scene.said(NeedsConfirmed.name).first?["needs"] == [need["id"] ?? .null])

  let again = await scene.test.problem("accompaniment.confirm-needs", ["journey": journey])
  #expect(again?.code == "accompaniment/nothing-to-confirm")
  let late = await scene.test.problem("accompaniment.drop-need", ["need": need["id"] ?? .null])
  #expect(late?.code == "accompaniment/need-settled")
}

@Test func `a need names a mission type of the catalogue and a priority from 1 to 5`() async throws
{
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  let unknown = await scene.test.problem("accompaniment.add-need", .need(journey, type: "magic"))
  #expect(unknown?.fields.map(\.field) == ["missionType"])
  let six = await scene.test.problem(
    "accompaniment.add-need",
    ["journey": journey, "missionType": "communication", "statement": "x", "priority": 6])
  #expect(six?.fields.map(\.field) == ["priority"])
}

@Test func `a proposed need is reworded from its current version, or dropped`() async throws {
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  let need = try await scene.test.call("accompaniment.add-need", .need(journey))["id"] ?? .null
  let change: JSON = [
    "need": need, "version": 1, "missionType": "communication", "statement": "Better",
    "priority": 2,
  ]
  #expect(try await scene.test.call("accompaniment.change-need", change)["statement"] == "Better")
  #expect(
    await scene.test.problem("accompaniment.change-need", change)?.code == "stale-version")
  let dropped = try await scene.test.call("accompaniment.drop-need", ["need": need])
  #expect(dropped["state"] == "dropped")
}

@Test func `a member sees its own organisation's journey and no other`() async throws {
  let scene = try await Scene()
  let own = try await scene.journey(of: Scene.kabubu)["id"] ?? .null
  let other = try await scene.journey(of: Scene.kodiko)["id"] ?? .null
  let seen = try await scene.journeys(as: Scene.kabubuMember)
  #expect(seen.map { $0["id"] } == [own])
  try await scene.test.call("accompaniment.journey", as: Scene.kabubuMember, ["journey": own])
  for call in [
    ("accompaniment.journey", ["journey": other]),
    ("accompaniment.diagnose", JSON.diagnosis(other)),
    ("accompaniment.add-need", .need(other)),
    ("accompaniment.confirm-needs", ["journey": other]),
    ("accompaniment.action-plan", ["journey": other, "steps": []]),
    ("accompaniment.follow-up", ["journey": other, "months": 6, "note": "x"]),
  ] {
    let problem = await scene.test.problem(call.0, as: Scene.kabubuMember, call.1)
    #expect(problem?.status == 404, "\(call.0)")
  }
  let nobody = Actor(.member, subject: "01700000-0000-7000-8000-000000000099")
  #expect(try await scene.journeys(as: nobody).isEmpty)
  #expect(
    await scene.test.problem(
      "accompaniment.journey", as: Actor(.volunteer), ["journey": own])?.status == 403)
}

@Test func `an unknown journey answers like one that is not there`() async throws {
  let scene = try await Scene()
  let problem = await scene.test.problem(
    "accompaniment.journey", ["journey": "01700000-0000-7000-8000-000000000099"])
  #expect(problem?.code == "not-found")
  let words = await scene.test.problem("accompaniment.journey", ["journey": "Kabubu"])
  #expect(words?.status == 422)
}

@Test func `an action plan keeps a step that became late but takes no new one in the past`()
  async throws
{
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  let step: JSON = ["text": "Write to the town hall", "due": "2020-05-10"]
  try await scene.test.call("accompaniment.action-plan", ["journey": journey, "steps": [step]])
  scene.test.clock.advance(seconds: 30 * 86_400)
  let plan = try await scene.test.call(
    "accompaniment.action-plan",
    ["journey": journey, "steps": [step, ["text": "Meet a company", "due": "2020-07-01"]]])
  #expect(plan["actionPlan"]?.items.count == 2)
  let past = await scene.test.problem(
    "accompaniment.action-plan",
    ["journey": journey, "steps": [step, ["text": "Too late", "due": "2020-05-11"]]])
  #expect(past?.fields.map(\.field) == ["steps[1].due"])
}

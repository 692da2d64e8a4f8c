import AccompanimentAPI
import Kernel
import KernelTesting
import Testing

private func workshop(
  _ journeys: [JSON], day: JSON = "2020-05-20", kind: JSON = "workshop"
) -> JSON {
  [
    "edition": "\(Scene.edition)", "title": "Knowing our needs", "kind": kind, "day": day,
    "journeys": .array(journeys),
  ]
}

@Test func `a workshop is planned with its guests, who are told`() async throws {
  let scene = try await Scene()
  let kodiko = try await scene.journey(of: Scene.kodiko)["id"] ?? .null
  let kabubu = try await scene.journey(of: Scene.kabubu)["id"] ?? .null
  let planned = try await scene.test.call(
    "accompaniment.plan-workshop", workshop([kodiko, kabubu]))
  #expect(planned["guests"]?.items.map { $0["organisationName"] } == ["Kabubu", "Kodiko"])
  let said = try await scene.said(WorkshopPlanned.name)
  #expect(said.first?["organisations"] == ["\(Scene.kabubu)", "\(Scene.kodiko)"])
}

@Test func `a workshop in the past, outside the edition or with strangers is refused at once`()
  async throws
{
  let scene = try await Scene()
  let stranger: JSON = "01700000-0000-7000-8000-000000000099"
  let past = await scene.test.problem(
    "accompaniment.plan-workshop", workshop([stranger], day: "2020-05-03"))
  #expect(past?.fields.map(\.field) == ["journeys[0]", "day"])
  let far = await scene.test.problem(
    "accompaniment.plan-workshop", workshop([], day: "2022-05-03"))
  #expect(far?.fields.map(\.field) == ["journeys", "day"])
  let member = await scene.test.problem(
    "accompaniment.plan-workshop", as: Scene.kabubuMember, workshop([stranger]))
  #expect(member?.status == 403)
}

@Test func `attendance is recorded for guests, from the day on, and the last record holds`()
  async throws
{
  let scene = try await Scene()
  let kabubu = try await scene.journey(of: Scene.kabubu)["id"] ?? .null
  let kodiko = try await scene.journey(of: Scene.kodiko)["id"] ?? .null
  let id =
    try await scene.test.call("accompaniment.plan-workshop", workshop([kabubu]))["id"] ?? .null
  let early = await scene.test.problem(
    "accompaniment.record-attendance", ["workshop": id, "present": [kabubu]])
  #expect(early?.code == "accompaniment/workshop-to-come")

  scene.test.clock.advance(seconds: 17 * 86_400)
  let stranger = await scene.test.problem(
    "accompaniment.record-attendance", ["workshop": id, "present": [kodiko]])
  #expect(stranger?.fields.map(\.field) == ["present[0]"])
  try await scene.test.call(
    "accompaniment.record-attendance", ["workshop": id, "present": [], "version": 1])
  let stale = await scene.test.problem(
    "accompaniment.record-attendance", ["workshop": id, "present": [kabubu], "version": 1])
  #expect(stale?.code == "stale-version")
  let held = try await scene.test.call(
    "accompaniment.record-attendance", ["workshop": id, "present": [kabubu], "version": 2])
  #expect(held["guests"]?.items.first?["present"] == true)
  #expect(try await scene.figure("accompaniment.attendance").map(\.label) == ["Kabubu"])
  let unknown = await scene.test.problem(
    "accompaniment.record-attendance",
    ["workshop": "01700000-0000-7000-8000-000000000099", "present": []])
  #expect(unknown?.status == 404)
}

@Test func `a member sees the workshops it is invited to, and only itself among the guests`()
  async throws
{
  let scene = try await Scene()
  let kabubu = try await scene.journey(of: Scene.kabubu)["id"] ?? .null
  let kodiko = try await scene.journey(of: Scene.kodiko)["id"] ?? .null
  try await scene.test.call("accompaniment.plan-workshop", workshop([kodiko]))
  try await scene.test.call(
    "accompaniment.plan-workshop", workshop([kabubu, kodiko], kind: "peer-exchange"))
  let list =
    try await scene.test.call(
      "accompaniment.workshops", as: Scene.kabubuMember, ["edition": "\(Scene.edition)"]
    )["items"]?.items ?? []
  #expect(list.map { $0["kind"] } == ["peer-exchange"])
  #expect(list.first?["guests"]?.items.map { $0["journey"] } == [kabubu])
  #expect(list.first?["invited"] == 2)
  #expect(try await scene.figure("accompaniment.peer-exchanges").count == 1)
}

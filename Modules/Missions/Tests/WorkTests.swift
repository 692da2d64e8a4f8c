import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import Testing

@Test func `a milestone is planned ahead and reached once`() async throws {
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  let ada = People.actor(People.ada)
  let past: JSON = ["mission": mission, "title": "Interviews", "due": "2020-11-18"]
  #expect(await scene.problem("plan-milestone", as: ada, past)?.fields.map(\.field) == ["due"])
  let row = try await scene.test.call(
    "missions.plan-milestone", as: ada,
    ["mission": mission, "title": "Interviews", "due": "2020-12-18"])
  let milestone = row["id"] ?? nil
  #expect(
    await scene.problem("reach-milestone", as: ada, ["milestone": milestone, "version": 4])?.code
      == "stale-version")
  let reached = try await scene.test.call(
    "missions.reach-milestone", as: ada, ["milestone": milestone])
  #expect(reached["state"] == "reached")
  #expect(
    await scene.problem("reach-milestone", as: ada, ["milestone": milestone])?.code
      == "missions/milestone-reached")
}

@Test func `a risk is raised by anybody of the mission and closed with its outcome`() async throws {
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  let grave: JSON = ["mission": mission, "text": "Nobody answers", "severity": 4]
  #expect(await scene.problem("raise-risk", grave)?.fields.map(\.field) == ["severity"])
  for (text, severity) in [("Late", 1), ("Nobody answers", 3)] {
    try await scene.test.call(
      "missions.raise-risk", as: People.member,
      ["mission": mission, "text": .string(text), "severity": .integer(Int64(severity))])
  }
  let risks = try await scene.test.call("missions.risks", ["mission": mission]).items
  #expect(risks.map { $0["text"] } == ["Nobody answers", "Late"])
  let close: JSON = ["risk": risks[0]["id"] ?? nil, "outcome": "They called back"]
  try await scene.test.call("missions.close-risk", as: People.actor(People.ada), close)
  #expect(await scene.problem("close-risk", close)?.code == "missions/risk-closed")
}

@Test func `a deliverable sent back is answered by another, and accepted once`() async throws {
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  let ada = People.actor(People.ada)
  func submit(_ title: String) async throws -> JSON {
    try await scene.test.call(
      "missions.submit-deliverable", as: ada,
      ["mission": mission, "title": .string(title), "summary": "Ten pages"])["id"] ?? nil
  }
  let link: JSON = ["mission": mission, "title": "t", "summary": "s", "link": "file:///etc"]
  #expect(await scene.problem("submit-deliverable", as: ada, link)?.fields.map(\.field) == ["link"])
  let first = try await submit("Plan")
  try await scene.test.call(
    "missions.return-deliverable", as: People.member,
    ["deliverable": first, "remark": "The budget is missing"])
  #expect(
    await scene.problem("accept-deliverable", as: People.member, ["deliverable": first])?.code
      == "missions/deliverable-state")
  let second = try await submit("Plan, with its budget")
  #expect(
    await scene.problem("accept-deliverable", as: ada, ["deliverable": second])?.status == 403)
  #expect(
    await scene.problem("accept-deliverable", as: People.otherMember, ["deliverable": second])?.code
      == "not-found")
  #expect(
    await scene.problem("accept-deliverable", ["deliverable": second, "version": 3])?.code
      == "stale-version")
  try await scene.test.call(
    "missions.accept-deliverable", as: People.member, ["deliverable": second])
  #expect(try await scene.said(DeliverableSubmitted.self).count == 2)
  #expect(try await scene.said(DeliverableReturned.self).count == 1)
  #expect(try await scene.said(DeliverableAccepted.self).count == 1)
  let rows = try await scene.figure("missions.deliverables")
  #expect(rows.map(\.label) == ["Plan, with its budget"])
  #expect(rows.map(\.group?.en) == ["Association 1"])
}

@Test func `each side evaluates a mission once, and staff for whoever asks them`() async throws {
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  func evaluate(_ satisfaction: Int64, by: JSON? = nil, as actor: Actor) async -> Problem? {
    var input: [String: JSON] = ["mission": mission, "satisfaction": .integer(satisfaction)]
    input["by"] = by
    return await scene.problem("evaluate", as: actor, .object(input))
  }
  let ada = People.actor(People.ada)
  let ben: JSON = ["volunteer": scene.text(People.ben)]
  #expect(await evaluate(6, as: People.member)?.fields.map(\.field) == ["satisfaction"])
  #expect(await evaluate(4, as: People.member) == nil)
  #expect(await evaluate(4, as: .manager)?.code == "missions/already-evaluated")
  #expect(await evaluate(5, by: ben, as: ada)?.fields.map(\.field) == ["by"])
  #expect(await evaluate(5, as: ada) == nil)
  #expect(await evaluate(5, as: ada)?.code == "missions/already-evaluated")
  #expect(await evaluate(2, by: ben, as: .manager) == nil)
  #expect(
    await evaluate(2, by: ["volunteer": scene.text(People.dan)], as: .manager)?.code
      == "missions/not-in-team")
  #expect(await evaluate(2, as: People.actor(People.dan))?.code == "not-found")
  #expect(await evaluate(2, as: People.otherMember)?.code == "not-found")
  #expect(try await scene.figure("missions.satisfaction-organisations").map(\.value) == [400])
  #expect(
    try await scene.figure("missions.satisfaction-volunteers").map(\.value).sorted() == [200, 500])
  let all = try await scene.test.call("missions.evaluations", ["mission": mission])
  #expect(all.items.count == 3)
}

@Test func `a mission that has not started is not evaluated`() async throws {
  let scene = try await Scene.formed()
  let input: JSON = ["mission": try await scene.mission(), "satisfaction": 3]
  #expect(await scene.problem("evaluate", input)?.code == "missions/wrong-state")
}

@Test func `a mission closes when its deliverable is accepted and no hours wait`() async throws {
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  let entry = try await scene.log(People.ada)["id"] ?? nil
  let open = await scene.problem("close", ["mission": mission])
  #expect(open?.code == "missions/still-open")
  #expect(open?.fields.map(\.field) == ["deliverable-missing", "hours-waiting"])
  let items = try await scene.test.call(
    "missions.open-items", as: People.member, ["mission": mission])
  #expect(
    items.items.map { $0["kind"] } == [
      "deliverable-missing", "hours-waiting", "presence-missing", "presence-missing",
      "evaluation-missing",
    ])
  let deliverable = try await scene.test.call(
    "missions.submit-deliverable", ["mission": mission, "title": "Plan", "summary": "Ten pages"])
  #expect(
    await scene.problem("close", ["mission": mission])?.fields.map(\.field)
      == ["deliverable-waiting", "hours-waiting"])
  try await scene.test.call(
    "missions.accept-deliverable", ["deliverable": deliverable["id"] ?? nil])
  try await scene.test.call("missions.validate-hours", ["entry": entry])
  let closed = try await scene.test.call("missions.close", ["mission": mission])
  #expect(closed["state"] == "closed")
  #expect(try await scene.said(MissionClosed.self).count == 1)
}

@Test func `a closed mission takes nothing more but evaluations, and keeps its team`() async throws
{
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  let deliverable = try await scene.test.call(
    "missions.submit-deliverable", ["mission": mission, "title": "Plan", "summary": "Ten pages"])
  try await scene.test.call(
    "missions.accept-deliverable", ["deliverable": deliverable["id"] ?? nil])
  try await scene.test.call("missions.close", ["mission": mission])
  let calls: [(String, JSON)] = [
    ("close", ["mission": mission]), ("start", ["mission": mission]),
    ("log-hours", try await scene.hours(People.ada, "2020-11-18", 60)),
    ("submit-deliverable", ["mission": mission, "title": "t", "summary": "s"]),
    ("plan-milestone", ["mission": mission, "title": "t", "due": "2020-12-01"]),
    ("raise-risk", ["mission": mission, "text": "t", "severity": 1]),
    ("plan-session", ["mission": mission, "day": "2020-12-01", "part": "morning"]),
  ]
  for (verb, input) in calls {
    #expect(await scene.problem(verb, input)?.code == "missions/wrong-state", "\(verb)")
  }
  try await scene.withdraw(place: 1, brief: 1, role: lead, People.ada)
  let view = try await scene.test.call("missions.mission", ["mission": mission])
  #expect(view["team"]?.items.count == 2)
  // Nor does anybody join: the news stays with the operator.
  try await scene.confirm(place: 7, brief: 1, role: writer, People.dan)
  #expect(try await scene.said(MemberJoined.self).isEmpty)
  try await scene.test.call("missions.evaluate", ["mission": mission, "satisfaction": 5])
}

import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import Testing

@Test func `team-mates and organisations see names and roles, never regimes or partners`()
  async throws
{
  let scene = try await Scene.running(team: [People.ada, People.chloe])
  _ = try await scene.log(People.chloe)
  let mission = try await scene.mission()
  for actor in [People.actor(People.ada), People.member] {
    for answer in [
      try await scene.test.call("missions.mission", as: actor, ["mission": mission]),
      try await scene.test.call("missions.list", as: actor, ["edition": scene.text(edition)]),
      try await scene.test.call("missions.hours", as: actor, ["mission": mission]),
      try await scene.test.call("missions.sessions", as: actor, ["mission": mission]),
    ] {
      let text = String(decoding: try JSON.data(of: answer), as: UTF8.self)
      for secret in ["job-seeker", "Agence", "patronage", "Orion"] {
        #expect(!text.contains(secret), "\(actor) sees \(secret)")
      }
    }
  }
  let staff = try await scene.test.call("missions.mission", ["mission": mission])
  #expect(staff["team"]?.items.map { $0["regime"] } == ["patronage-service", "job-seeker"])
}

@Test func `what one may not see answers like what is not there`() async throws {
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  for actor in [People.otherMember, People.actor(People.dan), Actor(.member), Actor(.volunteer)] {
    for verb in [
      "mission", "sessions", "hours", "milestones", "risks", "deliverables",
    ] {
      let problem = await scene.problem(verb, as: actor, ["mission": mission])
      #expect(problem?.code == "not-found", "\(actor) at \(verb)")
    }
    let list = try await scene.test.call(
      "missions.list", as: actor, ["edition": scene.text(edition)])
    #expect(list["items"]?.items.isEmpty == true)
  }
}

@Test func `whoever left the team no longer sees the mission`() async throws {
  let scene = try await Scene.running()
  try await scene.withdraw(place: 2, brief: 1, role: writer, People.ben)
  let ben = People.actor(People.ben)
  #expect(
    await scene.problem("mission", as: ben, ["mission": try await scene.mission()])?.code
      == "not-found")
  let mine = try await scene.test.call(
    "missions.my-missions", as: ben, ["volunteer": scene.text(People.ben)])
  #expect(mine.items.isEmpty)
}

@Test func `volunteers act for themselves only`() async throws {
  let scene = try await Scene.running()
  let ada = People.actor(People.ada)
  let forBen = await scene.problem(
    "log-hours", as: ada, try await scene.hours(People.ben, "2020-11-18", 60))
  #expect(forBen?.code == "not-found")
  let entry = try await scene.log(People.ben)["id"] ?? nil
  let correction: JSON = ["entry": entry, "day": "2020-11-18", "minutes": 60]
  #expect(await scene.problem("correct-hours", as: ada, correction)?.code == "not-found")
  #expect(await scene.problem("withdraw-hours", as: ada, ["entry": entry])?.code == "not-found")
  let volunteer: JSON = ["volunteer": scene.text(People.ben)]
  #expect(await scene.problem("my-missions", as: ada, volunteer)?.code == "not-found")
  #expect(await scene.problem("volunteer-hours", as: ada, volunteer)?.code == "not-found")
  #expect(await scene.problem("validate-hours", as: ada, ["entry": entry])?.status == 403)
}

@Test func `hours are checked by staff or by the organisation they were for`() async throws {
  let scene = try await Scene.running()
  let entry = try await scene.log(People.ada)["id"] ?? nil
  #expect(
    await scene.problem("validate-hours", as: People.otherMember, ["entry": entry])?.code
      == "not-found")
  #expect(
    await scene.problem("validate-hours", as: Actor(.reviewer), ["entry": entry])?.status == 403)
  try await scene.test.call("missions.validate-hours", as: People.member, ["entry": entry])
}

@Test func `nobody checks the hours they logged themselves`() async throws {
  let scene = try await Scene.running()
  let named = Actor(.manager, person: Person("person:lea"))
  let entry = try await scene.log(People.ada, as: named)["id"] ?? nil
  for verb in ["validate-hours", "return-hours"] {
    let input: JSON =
      verb == "return-hours" ? ["entry": entry, "remark": "no"] : ["entry": entry]
    #expect(await scene.problem(verb, as: named, input)?.code == "missions/own-hours")
  }
  try await scene.test.call(
    "missions.validate-hours", as: Actor(.manager, person: Person("person:max")), ["entry": entry])
}

@Test func `a partner follows the hours of those it sent, and of nobody else`() async throws {
  let scene = try await Scene.running(team: [People.ada, People.chloe])
  _ = try await scene.log(People.ada)
  _ = try await scene.log(People.chloe)
  let chloe: JSON = ["volunteer": scene.text(People.chloe)]
  let seen = try await scene.test.call("missions.volunteer-hours", as: People.agencyContact, chloe)
  #expect(seen.items.map { $0["minutes"] != nil } == [true])
  // Whether she is out of work is told in Partners, once she consents.
  #expect(seen.items.map { $0["regime"] } == [nil])
  #expect(
    await scene.problem("volunteer-hours", as: People.companyContact, chloe)?.code == "not-found")
  let own = try await scene.test.call(
    "missions.volunteer-hours", as: People.actor(People.chloe), chloe)
  #expect(own.items.count == 1)
}

@Test func `only staff move sessions, start and close missions, set limits and read evaluations`()
  async throws
{
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  let session = scene.text(try await scene.sessions()[0].id)
  let calls: [(String, JSON)] = [
    ("start", ["mission": mission]), ("close", ["mission": mission]),
    ("move-session", ["session": session, "day": "2020-12-01", "part": "morning"]),
    ("plan-session", ["mission": mission, "day": "2020-12-01", "part": "morning"]),
    ("set-rule", ["rule": "daily-minutes", "effectiveFrom": "2020-12-01", "minutes": 60]),
    ("rules", [:]), ("evaluations", ["mission": mission]),
    ("edition-hours", ["edition": scene.text(edition)]),
    ("clashes", ["edition": scene.text(edition)]),
    ("check-teams", ["edition": scene.text(edition)]),
  ]
  for (verb, input) in calls {
    for actor in [People.member, People.actor(People.ada), People.companyContact, Actor(.reviewer)]
    {
      #expect(await scene.problem(verb, as: actor, input)?.status == 403, "\(actor) at \(verb)")
    }
    #expect(await scene.problem(verb, as: .anyone, input)?.status == 401)
  }
}

@Test func `every use case that names a row says when there is none`() async throws {
  let scene = try await Scene.running()
  let none = scene.text(id(999, MissionID.self))
  let ada = scene.text(People.ada)
  let calls: [(String, JSON)] = [
    ("mission", ["mission": none]), ("start", ["mission": none]), ("close", ["mission": none]),
    ("open-items", ["mission": none]), ("sessions", ["mission": none]),
    ("plan-session", ["mission": none, "day": "2020-12-01", "part": "morning"]),
    ("move-session", ["session": none, "day": "2020-12-01", "part": "morning"]),
    ("record-presence", ["session": none, "present": []]), ("presence", ["session": none]),
    ("plan-milestone", ["mission": none, "title": "t", "due": "2020-12-01"]),
    ("reach-milestone", ["milestone": none]), ("milestones", ["mission": none]),
    ("raise-risk", ["mission": none, "text": "t", "severity": 1]),
    ("close-risk", ["risk": none, "outcome": "t"]), ("risks", ["mission": none]),
    ("log-hours", ["mission": none, "volunteer": ada, "day": "2020-11-18", "minutes": 60]),
    ("correct-hours", ["entry": none, "day": "2020-11-18", "minutes": 60]),
    ("withdraw-hours", ["entry": none]), ("validate-hours", ["entry": none]),
    ("return-hours", ["entry": none, "remark": "t"]), ("hours", ["mission": none]),
    (
      "change-regime",
      ["mission": none, "volunteer": ada, "regime": "own-time", "from": "2020-11-18"]
    ),
    ("submit-deliverable", ["mission": none, "title": "t", "summary": "s"]),
    ("accept-deliverable", ["deliverable": none]),
    ("return-deliverable", ["deliverable": none, "remark": "t"]),
    ("deliverables", ["mission": none]), ("evaluate", ["mission": none, "satisfaction": 3]),
    ("evaluations", ["mission": none]),
    ("regimes", ["mission": none]), ("list", ["edition": none]), ("clashes", ["edition": none]),
    ("edition-hours", ["edition": none]), ("check-teams", ["edition": none]),
    ("my-missions", ["volunteer": none]), ("volunteer-hours", ["volunteer": none]),
  ]
  for (verb, input) in calls {
    #expect(await scene.problem(verb, input)?.code == "not-found", "\(verb)")
    #expect(await scene.problem(verb, [:])?.code == "invalid-input", "\(verb)")
  }
}

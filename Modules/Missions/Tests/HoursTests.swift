import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import Testing

@Test func `hours are logged, validated by the organisation, and count under their regime`()
  async throws
{
  let scene = try await Scene.running()
  let entry = try await scene.log(People.ada)
  #expect(entry["state"] == "waiting")
  #expect(try await scene.figure("missions.hours-by-regime").isEmpty)
  let id: JSON = ["entry": entry["id"] ?? nil]
  try await scene.test.call("missions.validate-hours", as: People.member, id)
  let rows = try await scene.figure("missions.hours-by-regime")
  #expect(rows.map(\.value) == [120])
  #expect(rows.map(\.group) == [Regime.patronageService.label])
  #expect(rows.map(\.label) == ["Mission 1"])
  #expect(try await scene.said(HoursLogged.self).map(\.minutes) == [120])
  #expect(try await scene.said(HoursValidated.self).map(\.minutes) == [120])
  #expect(
    await scene.problem("validate-hours", as: People.member, id)?.code == "missions/hours-state")
}

@Test func `the audit keeps whose hours staff logged, and nobody else beside one’s own`()
  async throws
{
  let scene = try await Scene.running()
  _ = try await scene.log(People.ada)
  let again = try await scene.hours(People.ada, "2020-11-18", 60)
  try await scene.test.call("missions.log-hours", as: .manager, again)
  let behalf = try await scene.test.host.read {
    try $0.rows(
      "SELECT behalf FROM kernel_audit WHERE endpoint = 'missions.log-hours' ORDER BY sequence"
    ).map { $0["behalf"] }
  }
  let ada = Person.known(as: Grant(.volunteer, subject: People.ada.description))
  #expect(behalf == [.null, .text(ada.description)])
}

@Test func `hours sent back are corrected and wait again`() async throws {
  let scene = try await Scene.running()
  let ada = People.actor(People.ada)
  let entry = try await scene.log(People.ada)["id"] ?? nil
  let bare = await scene.problem("return-hours", as: People.member, ["entry": entry])
  #expect(bare?.fields.map(\.field) == ["remark"])
  try await scene.test.call(
    "missions.return-hours", as: People.member, ["entry": entry, "remark": "Was it not the 17th?"])
  #expect(try await scene.said(HoursReturned.self).count == 1)
  let stale: JSON = ["entry": entry, "version": 1, "day": "2020-11-17", "minutes": 90]
  #expect(await scene.problem("correct-hours", as: ada, stale)?.code == "stale-version")
  let corrected = try await scene.test.call(
    "missions.correct-hours", as: ada, ["entry": entry, "day": "2020-11-17", "minutes": 90])
  #expect(corrected["state"] == "waiting")
  #expect(corrected["minutes"] == 90)
  try await scene.test.call("missions.validate-hours", ["entry": entry])
  let late: JSON = ["entry": entry, "day": "2020-11-17", "minutes": 60]
  #expect(await scene.problem("correct-hours", as: ada, late)?.code == "missions/hours-state")
  #expect(
    await scene.problem("withdraw-hours", as: ada, ["entry": entry])?.code == "missions/hours-state"
  )
}

@Test func `hours taken back do not count towards the limits`() async throws {
  let scene = try await Scene.running()
  let entry = try await scene.log(People.ada, "2020-11-18", 720)["id"] ?? nil
  #expect(
    await scene.problem(
      "log-hours", as: People.actor(People.ada),
      try await scene.hours(People.ada, "2020-11-18", 15))?.code == "missions/daily-limit")
  try await scene.test.call(
    "missions.withdraw-hours", as: People.actor(People.ada), ["entry": entry])
  _ = try await scene.log(People.ada, "2020-11-18", 15)
}

@Test func `hours outside the rules are refused`() async throws {
  let scene = try await Scene.running()
  func fault(_ who: VolunteerID, _ day: String, _ minutes: Int64) async throws -> Problem? {
    await scene.problem("log-hours", try await scene.hours(who, day, minutes))
  }
  #expect(try await fault(People.ada, "2020-11-18", 0)?.fields.map(\.field) == ["minutes"])
  #expect(try await fault(People.ada, "2020-11-18", 735)?.fields.map(\.field) == ["minutes"])
  #expect(try await fault(People.ada, "2020-02-30", 60)?.fields.map(\.field) == ["day"])
  #expect(
    try await fault(People.ada, "2020-11-20", 50)?.fields.map(\.field) == ["minutes", "day"])
  #expect(try await fault(People.ada, "2020-11-01", 60)?.code == "missions/not-in-team")
  #expect(try await fault(People.dan, "2020-11-18", 60)?.code == "missions/not-in-team")
}

@Test func `hours wait for the mission to run`() async throws {
  let scene = try await Scene.formed()
  let problem = await scene.problem(
    "log-hours", try await scene.hours(People.ada, "2020-11-02", 60))
  #expect(problem?.code == "missions/wrong-state")
}

@Test func `whoever left logs what they did before, and nothing after`() async throws {
  let scene = try await Scene.running()
  try await scene.withdraw(place: 2, brief: 1, role: writer, People.ben)
  scene.test.clock.advance(seconds: 5 * 86_400)
  let before = try await scene.log(People.ben, "2020-11-19", 60)
  #expect(before["state"] == "waiting")
  let after = await scene.problem(
    "log-hours", as: People.actor(People.ben), try await scene.hours(People.ben, "2020-11-20", 60))
  #expect(after?.code == "missions/not-in-team")
  let seen = try await scene.test.call(
    "missions.hours", as: People.actor(People.ben), ["mission": scene.mission()])
  #expect(seen.items.count == 1)
}

@Test func `a job seeker's week is capped, from Monday to Sunday, by the rule of the day`()
  async throws
{
  let scene = try await Scene.running(team: [People.ada, People.chloe])
  let today: JSON = [
    "rule": "job-seeker-weekly-minutes", "effectiveFrom": "2020-11-23", "minutes": 120,
  ]
  try await scene.test.call("missions.set-rule", today)
  scene.test.clock.set(Instant("2020-11-30T09:00:00Z") ?? .sample)
  for (day, minutes) in [("2020-11-19", 600), ("2020-11-22", 300), ("2020-11-23", 120)] {
    _ = try await scene.log(People.chloe, day, Int64(minutes))
  }
  for day in ["2020-11-20", "2020-11-24"] {
    let problem = await scene.problem(
      "log-hours", as: People.actor(People.chloe), try await scene.hours(People.chloe, day, 15))
    #expect(problem?.code == "missions/weekly-limit")
    #expect(problem?.detail.en.contains("job") == false)
  }
  // Others are not concerned.
  _ = try await scene.log(People.ada, "2020-11-24", 480)
}

@Test func `a limit takes effect from a day that has not passed`() async throws {
  let scene = try await Scene.running()
  let past: JSON = ["rule": "daily-minutes", "effectiveFrom": "2020-11-18", "minutes": 60]
  #expect(await scene.problem("set-rule", past)?.fields.map(\.field) == ["effectiveFrom"])
  let unknown: JSON = ["rule": "monthly", "effectiveFrom": "2020-11-19", "minutes": 60]
  #expect(await scene.problem("set-rule", unknown)?.fields.map(\.field) == ["rule"])
  for minutes: JSON in [60, 90] {
    try await scene.test.call(
      "missions.set-rule",
      ["rule": "daily-minutes", "effectiveFrom": "2020-11-19", "minutes": minutes])
  }
  let rules = try await scene.test.call("missions.rules")
  #expect(rules.items.map { $0["minutes"] } == [720, 90, 900])
  // Days before it keep theirs.
  _ = try await scene.log(People.ada, "2020-11-18", 120)
  let over = await scene.problem(
    "log-hours", try await scene.hours(People.ada, "2020-11-19", 105))
  #expect(over?.code == "missions/daily-limit")
}

@Test func `a change of regime holds from its day on, and never for validated hours`() async throws
{
  let scene = try await Scene.running(team: [People.ada, People.chloe])
  let early = try await scene.log(People.chloe, "2020-11-17", 60)["id"] ?? nil
  try await scene.test.call("missions.validate-hours", ["entry": early])
  let later = try await scene.log(People.chloe, "2020-11-19", 45)["id"] ?? nil
  func change(from day: String) async throws -> JSON {
    [
      "mission": try await scene.mission(), "volunteer": scene.text(People.chloe),
      "regime": "patronage-service", "partner": scene.text(People.company), "from": .string(day),
    ]
  }
  let refused = await scene.problem("change-regime", try await change(from: "2020-11-17"))
  #expect(refused?.code == "missions/hours-already-validated")
  try await scene.test.call("missions.change-regime", change(from: "2020-11-18"))
  try await scene.test.call("missions.validate-hours", ["entry": later])
  let rows = try await scene.figure("missions.hours-by-regime")
  #expect(rows.map(\.group) == [Regime.patronageService.label, Regime.jobSeeker.label])
  #expect(
    try await scene.figure("missions.hours-by-partner").map(\.group?.en) == ["Agence", "Orion"])
  let changes = try await scene.test.call("missions.regimes", ["mission": scene.mission()])
  #expect(changes.items.map { $0["fromDay"] } == ["2020-11-18"])
  var stranger = try await change(from: "2020-11-18")
  if case .object(var fields) = stranger {
    fields["volunteer"] = scene.text(People.dan)
    stranger = .object(fields)
  }
  #expect(await scene.problem("change-regime", stranger)?.code == "missions/not-in-team")
}

@Test func `the hours that wait can be paged through`() async throws {
  let scene = try await Scene.running()
  for day in ["2020-11-16", "2020-11-17", "2020-11-18"] {
    _ = try await scene.log(People.ada, day, 60)
    scene.test.clock.advance(seconds: 60)
  }
  let input: JSON = ["edition": scene.text(edition), "state": "waiting", "limit": 2]
  let first = try await scene.test.call("missions.edition-hours", input)
  #expect(first["items"]?.items.map { $0["day"] } == ["2020-11-16", "2020-11-17"])
  let rest = try await scene.test.call(
    "missions.edition-hours",
    ["edition": scene.text(edition), "state": "waiting", "after": first["next"] ?? nil])
  #expect(rest["items"]?.items.map { $0["day"] } == ["2020-11-18"])
  #expect(rest["next"] == nil)
}

@Suite struct HoursTogetherTests {
  @Test func `hours that wait are validated together, and what cannot be is named`() async throws {
    let scene = try await Scene.running()
    let first = try await scene.log(People.ada)["id"] ?? nil
    let second = try await scene.log(People.ben)["id"] ?? nil
    let done = try await scene.log(People.ada, "2020-11-17", 60)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": done])
    let unknown: JSON = "01700000-0000-7000-8000-00000000dead"
    let together = try await scene.test.call(
      "missions.validate-together", ["entries": [first, done, second, unknown, first]])
    #expect(together["validated"]?.items.map { $0["id"] } == [first, second])
    #expect(together["left"]?.items.map { $0["entry"] } == [done, unknown])
    #expect(together["left"]?.items.first?["why"]?["fr"] != nil)
    let none = await scene.test.problem("missions.validate-together", ["entries": []])
    #expect(none?.fields.map(\.field) == ["entries"])
    let volunteer = await scene.test.problem(
      "missions.validate-together", as: People.actor(People.ada), ["entries": [first]])
    #expect(volunteer?.status == 403)
  }
}

import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import ProgrammesAPI
import Testing

@Test func `kick-off sessions are on the half-days of the brief, by the clocks of the edition`()
  async throws
{
  let scene = try await Scene.formed(team: [])
  let sessions = try await scene.sessions()
  #expect(
    sessions.map(\.startsAt.description) == ["2020-11-17T08:00:00Z", "2020-11-17T12:30:00Z"])
  #expect(sessions.map(\.endsAt.description) == ["2020-11-17T11:30:00Z", "2020-11-17T16:00:00Z"])
  #expect(sessions.allSatisfy { $0.format == .onSite && $0.revision == 1 && $0.kind == .kickOff })
  #expect(sessions.first?.place.description.contains("to be announced") == true)
  #expect(try await scene.said(SessionScheduled.self).map(\.session) == sessions.map(\.id))
}

@Test func `in a remote edition the first sessions are remote whatever the brief wished`()
  async throws
{
  let scene = try await Scene(format: .remote)
  try await scene.publish(1)
  let sessions = try await scene.sessions()
  #expect(sessions.allSatisfy { $0.format == .remote })
  #expect(sessions.map(\.place.description) == sessions.map { "https://meet.test/\($0.id)" })
}

@Test(arguments: Format.allCases)
func `a change of format re-issues every session to come that is held otherwise`(format: Format)
  async throws
{
  let scene = try await Scene.formed()
  try await scene.publish(2)
  scene.test.clock.set(Instant("2020-11-17T10:00:00Z") ?? .sample)
  try await scene.announce(FormatChanged(id: edition, format: format))
  try await scene.announce(FormatChanged(id: edition, format: format))
  let first = try await scene.sessions(1)
  let moved = [first[1]] + (try await scene.sessions(2))
  // The one that has begun stays as it was announced.
  #expect(first[0].revision == 1)
  switch format {
  case .onSite: #expect(moved.allSatisfy { $0.revision == 1 })
  case .remote:
    #expect(moved.allSatisfy { $0.revision == 2 && $0.place.description.hasPrefix("https://") })
  case .hybrid:
    #expect(moved.allSatisfy { $0.revision == 2 && $0.place.description.contains("https://") })
  }
  #expect(try await scene.said(SessionScheduled.self).count == (format == .onSite ? 3 : 5))
}

@Test func `a session that moves is announced with a higher revision`() async throws {
  let scene = try await Scene.formed()
  let session = try await scene.sessions()[0]
  let moved: Session = try await scene.test.call(
    "missions.move-session",
    [
      "session": scene.text(session.id), "version": 1, "day": "2020-11-20", "part": "afternoon",
      "place": "Tour Alto, étage 12",
    ])
  #expect(moved.startsAt.description == "2020-11-20T12:30:00Z")
  #expect(moved.revision == 2)
  let said = try #require(try await scene.said(SessionScheduled.self).last)
  #expect(said.revision == 2)
  #expect(said.place.description == "Tour Alto, étage 12")
  let stale = await scene.problem(
    "move-session",
    [
      "session": scene.text(session.id), "version": 1, "day": "2020-11-21", "part": "afternoon",
    ])
  #expect(stale?.code == "stale-version")
}

@Test func `a session moves neither into the past nor once it was held`() async throws {
  let scene = try await Scene.running()
  let session = try await scene.sessions()[0]
  let input: JSON = ["session": scene.text(session.id), "day": "2020-11-10", "part": "morning"]
  #expect(await scene.problem("move-session", input)?.fields.map(\.field) == ["day"])
  try await scene.test.call(
    "missions.record-presence", ["session": scene.text(session.id), "present": []])
  let later: JSON = ["session": scene.text(session.id), "day": "2020-12-10", "part": "morning"]
  #expect(await scene.problem("move-session", later)?.code == "missions/session-held")
}

@Test func `nobody is expected in two places on one half-day, unless staff say why`() async throws {
  let scene = try await Scene.formed()
  try await scene.publish(2)
  try await scene.confirm(place: 9, brief: 2, role: adviser, People.ada)
  let session = try await scene.sessions(2)[0]
  let onto: JSON = ["session": scene.text(session.id), "day": "2020-11-17", "part": "morning"]
  let problem = await scene.problem("move-session", onto)
  #expect(problem?.code == "missions/double-booking")
  #expect(problem?.fields.first?.message.en == "Ada Martin has a session of “Mission 1” then")
  #expect(
    try await scene.test.call("missions.clashes", ["edition": scene.text(edition)])["items"]?
      .items.isEmpty == true)
  try await scene.test.call(
    "missions.move-session",
    [
      "session": scene.text(session.id), "day": "2020-11-17", "part": "morning",
      "overrideReason": "Ada comes for the first hour only",
    ])
  let clashes = try await scene.test.call("missions.clashes", ["edition": scene.text(edition)])
  #expect(clashes["items"]?.items.map { $0["name"] } == ["Ada Martin"])
}

@Test func `a mission has one session a half-day, and may have more than the kick-off`()
  async throws
{
  let scene = try await Scene.formed()
  let mission = try await scene.mission()
  let taken: JSON = ["mission": mission, "day": "2020-11-17", "part": "morning"]
  #expect(await scene.problem("plan-session", taken)?.code == "missions/double-booking")
  let planned: Session = try await scene.test.call(
    "missions.plan-session",
    ["mission": mission, "day": "2020-12-01", "part": "morning", "format": "remote"])
  #expect(planned.kind == .working)
  #expect(planned.place.description == "https://meet.test/\(planned.id)")
  let past: JSON = ["mission": mission, "day": "2020-10-01", "part": "morning"]
  #expect(await scene.problem("plan-session", past)?.fields.map(\.field) == ["day"])
}

@Test func `presence is recorded once a session has begun, for its team only`() async throws {
  let scene = try await Scene.formed()
  let session = try await scene.sessions()[0]
  let input: JSON = ["session": scene.text(session.id), "present": [scene.text(People.ada)]]
  #expect(await scene.problem("record-presence", input)?.code == "missions/too-early")
  scene.test.clock.set(Instant("2020-11-17T09:00:00Z") ?? .sample)
  let strangers: JSON = [
    "session": scene.text(session.id),
    "present": [scene.text(People.ada), scene.text(People.ada), scene.text(People.dan)],
  ]
  #expect(
    await scene.problem("record-presence", strangers)?.fields.map(\.field)
      == ["present[1]", "present[2]"])
  let view = try await scene.test.call("missions.record-presence", as: People.member, input)
  #expect(view["people"]?.items.map { $0["present"] } == [true, false])
  #expect(try await scene.figure("missions.presence").map(\.group?.en) == ["2020-11-17, morning"])
  // A correction replaces the list.
  try await scene.test.call(
    "missions.record-presence",
    [
      "session": scene.text(session.id),
      "present": [scene.text(People.ada), scene.text(People.ben)],
    ])
  #expect(try await scene.figure("missions.presence").count == 2)
  let shown = try await scene.test.call(
    "missions.presence", as: People.actor(People.ben), ["session": scene.text(session.id)])
  #expect(shown["session"]?["state"] == "held")
}

@Test func `nobody is present in two places, unless staff say why`() async throws {
  let scene = try await Scene.formed()
  try await scene.publish(2)
  try await scene.confirm(place: 9, brief: 2, role: adviser, People.ada)
  let other = try await scene.sessions(2)[0]
  try await scene.test.call(
    "missions.move-session",
    [
      "session": scene.text(other.id), "day": "2020-11-17", "part": "morning",
      "overrideReason": "first hour only",
    ])
  scene.test.clock.set(Instant("2020-11-17T09:00:00Z") ?? .sample)
  let ada: JSON = [scene.text(People.ada)]
  let first = try await scene.sessions(1)[0]
  try await scene.test.call(
    "missions.record-presence", ["session": scene.text(first.id), "present": ada])
  let twice: JSON = ["session": scene.text(other.id), "present": ada]
  #expect(await scene.problem("record-presence", twice)?.code == "missions/double-booking")
  let explained: JSON = [
    "session": scene.text(other.id), "present": ada, "overrideReason": "half of each",
  ]
  #expect(
    await scene.problem("record-presence", as: People.otherMember, explained)?.code
      == "missions/double-booking")
  try await scene.test.call("missions.record-presence", explained)
}

import ApplicationsAPI
import Kernel
import KernelTesting
import MissionsAPI
import MissionsFakes
import Notifications
import NotificationsAPI
import PartnersAPI
import ProgrammesAPI
import Synchronization
import Testing

private let zoe = Actor(.volunteer, subject: Scene.zoe.description)
private let stranger = Actor(.volunteer, subject: anID(77, VolunteerID.self).description)
private let member = Actor(.member, subject: anID(51, MemberID.self).description)

/// What the missions are at a moment: a test changes it.
private final class Stage: Sendable {
  struct Content {
    var team = [Scene.zoe, Scene.adam]
    var revision = 1
    var state = SessionState.planned
  }
  let content = Mutex(Content())

  var mission: Mission {
    Mission(
      id: Scene.mission, edition: Scene.edition, brief: Scene.brief,
      organisation: Scene.organisation, title: "Plan, et calendrier ; à « deux »", state: .running,
      team: content.withLock { $0.team })
  }

  var fake: FakeMissions {
    var fake = FakeMissions.scene
    fake.onMission = { [self] id in
      guard id == Scene.mission else {
        throw Problem.notFound(Words(en: "mission", fr: "mission"), id)
      }
      return mission
    }
    fake.onMissions = { [self] _ in [mission] }
    fake.onSessions = { [self] _ in
      let (revision, state) = content.withLock { ($0.revision, $0.state) }
      // Either side of the night the clocks go back.
      return [
        ("2020-10-24", "2020-10-24T07:00:00Z", "2020-10-24T10:30:00Z"),
        ("2020-10-26", "2020-10-26T08:00:00Z", "2020-10-26T11:30:00Z"),
      ].enumerated().map { index, dates in
        Session(
          id: anID(80 + index), edition: Scene.edition, mission: Scene.mission, version: 1,
          revision: revision, kind: .kickOff, day: Day(dates.0) ?? .sample, part: .morning,
          startsAt: Instant(dates.1) ?? Instant(milliseconds: 0),
          endsAt: Instant(dates.2) ?? Instant(milliseconds: 0), format: .remote,
          place: "https://visio.example/r, salle 2", state: state)
      }
    }
    return fake
  }
}

extension Scene {
  fileprivate func calendar(_ actor: Actor, _ input: JSON = [:]) async throws -> String {
    let made = try await test.call("notifications.create-calendar", as: actor, input)
    let path = made["path"]?.text ?? ""
    return String(path.dropFirst("/calendar/".count).dropLast(".ics".count))
  }
  fileprivate func read(_ key: String) async throws -> JSON {
    try await test.call("notifications.read-calendar", as: .anyone, ["key": .string(key)])
  }
}

@Test func `a calendar holds one's sessions under the ids of their invitations, in UTC`()
  async throws
{
  let stage = Stage()
  let scene = try await Scene(missions: stage.fake)
  let key = try await scene.calendar(zoe)
  let file = try await scene.read(key)
  let text = file["text"]?.text ?? ""
  #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
  #expect(text.contains("UID:\(anID(80, SessionID.self))@operateur.example\r\n"))
  #expect(text.contains("DTSTART:20201024T070000Z") && text.contains("DTSTART:20201026T080000Z"))
  #expect(text.contains("LOCATION:https://visio.example/r\\, salle 2"))
  #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
  scene.pass(seconds: 86_400)
  #expect(try await scene.read(key) == file)
  stage.content.withLock { ($0.revision, $0.state) = (2, .cancelled) }
  let later = try await scene.read(key)
  #expect(later["tag"] != file["tag"])
  #expect(later["text"]?.text?.contains("SEQUENCE:1\r\n") == true)
  #expect(later["text"]?.text?.contains("STATUS:CANCELLED") == true)
}

@Test func `a calendar ends when its owner leaves, and when it is taken back`() async throws {
  let stage = Stage()
  let scene = try await Scene(missions: stage.fake)
  let (own, ours) = (
    try await scene.calendar(zoe),
    try await scene.calendar(zoe, ["mission": .string(Scene.mission.description)])
  )
  stage.content.withLock { $0.team = [Scene.adam] }
  #expect(try await scene.read(own)["text"]?.text?.contains("VEVENT") == false)
  let gone = await scene.test.problem(
    "notifications.read-calendar", as: .anyone, ["key": .string(ours)])
  #expect(gone?.status == 404)
  let listed = try await scene.test.call("notifications.calendars", as: zoe).items
  #expect(listed.count == 2)
  let id = listed.first { $0["mission"] == nil || $0["mission"] == .null }?["id"] ?? .null
  for other in [stranger, member, .manager] {
    let problem = await scene.test.problem(
      "notifications.revoke-calendar", as: other, ["calendar": id])
    #expect(problem?.status == 404)
  }
  try await scene.test.call("notifications.revoke-calendar", as: zoe, ["calendar": id])
  let revoked = await scene.test.problem(
    "notifications.read-calendar", as: .anyone, ["key": .string(own)])
  #expect(revoked?.status == 404)
}

@Test func `a mission's calendar is for whoever is on it, an edition's for staff`() async throws {
  let scene = try await Scene(missions: Stage().fake)
  let mission: JSON = ["mission": .string(Scene.mission.description)]
  let edition: JSON = ["edition": .string(Scene.edition.description)]
  for actor in [zoe, member, Actor.manager] {
    let key = try await scene.calendar(actor, mission)
    #expect(try await scene.read(key)["text"]?.text?.contains("VEVENT") == true)
  }
  let all = try await scene.calendar(.manager, edition)
  #expect(try await scene.read(all)["text"]?.text?.contains("VEVENT") == true)
  for (actor, input, status) in [
    (stranger, mission, 404), (zoe, edition, 404), (.manager, [:], 422),
    (.manager, ["mission": .string(anID(99, MissionID.self).description)], 404),
    (
      .manager,
      [
        "mission": .string(Scene.mission.description),
        "edition": .string(Scene.edition.description),
      ],
      422
    ),
  ] as [(Actor, JSON, Int)] {
    let problem = await scene.test.problem("notifications.create-calendar", as: actor, input)
    #expect(problem?.status == status)
  }
  let guess = await scene.test.problem(
    "notifications.read-calendar", as: .anyone, ["key": "guess"])
  #expect(guess?.status == 404)
}

@Test func `nobody has more calendars than they can need`() async throws {
  let scene = try await Scene(missions: Stage().fake)
  for _ in 0..<20 { _ = try await scene.calendar(zoe) }
  let problem = await scene.test.problem("notifications.create-calendar", as: zoe)
  #expect(problem?.fields.map(\.field) == ["mission"])
}

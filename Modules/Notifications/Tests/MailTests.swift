import AccompanimentAPI
import ApplicationsAPI
import Foundation
import Kernel
import KernelTesting
import MatchingAPI
import MissionsAPI
import MissionsFakes
import PartnersAPI
import ProgrammesAPI
import Synchronization
import Testing

/// An event, who must be written to because of it, and words each mail must hold.
struct Owed: Sendable, CustomTestStringConvertible {
  let event: any Event
  let to: [String]
  let words: [String]
  var testDescription: String { type(of: event).name }

  static let organisation = ["helene@kabubu.example", "tom@kabubu.example"]
  static let team = ["zoe@tours.example", "adam@agency.example"]

  static let all: [Owed] = {
    let (edition, organisation) = (Scene.edition, Scene.organisation)
    let midnight = Zone.paris.end(of: "2020-11-10")
    func place(_ make: (PlaceID, BriefID, MissionRoleID, VolunteerID) -> any Event) -> any Event {
      make(anID(41), Scene.brief, Scene.role, Scene.zoe)
    }
    return [
      Owed(
        event: ApplicationSubmitted(
          edition: edition, application: anID(61), organisation: organisation),
        to: Owed.organisation, words: ["Kabubu", "2020"]),
      Owed(
        event: ReviewAssigned(edition: edition, application: anID(61), reviewer: Scene.reviewer),
        to: ["remi@jury.example"], words: ["2020"]),
      Owed(
        event: ApplicationDecided(
          edition: edition, application: anID(61), organisation: organisation, decision: .laureate,
          confirmBy: midnight), to: Owed.organisation, words: ["10 nov"]),
      Owed(
        event: ApplicationDecided(
          edition: edition, application: anID(61), organisation: organisation,
          decision: .waitingList, reason: Words("Third in line.")), to: Owed.organisation,
        words: ["Third in line."]),
      Owed(
        event: ApplicationDecided(
          edition: edition, application: anID(61), organisation: organisation, decision: .refused,
          reason: Words("Outside the theme.")), to: Owed.organisation,
        words: ["Outside the theme."]),
      Owed(
        event: LaureateConfirmed(
          edition: edition, application: anID(61), organisation: organisation),
        to: Owed.organisation, words: ["Kabubu"]),
      Owed(
        event: LaureateDeclined(
          edition: edition, application: anID(61), organisation: organisation),
        to: Owed.organisation, words: ["Kabubu"]),
      Owed(
        event: JourneyStarted(edition: edition, journey: anID(62), organisation: organisation),
        to: Owed.organisation, words: ["Kabubu"]),
      Owed(
        event: WorkshopPlanned(
          edition: edition, workshop: anID(63), title: "Knowing our needs", day: "2020-11-20",
          organisations: [organisation, anID(64)]),
        to: Owed.organisation + ["ana@kodiko.example"], words: ["Knowing our needs", "20 nov"]),
      Owed(
        event: NeedsConfirmed(
          edition: edition, journey: anID(62), organisation: organisation, needs: [anID(65)]),
        to: Owed.organisation, words: ["Kabubu"]),
      Owed(
        event: BriefPublished(edition: edition, brief: Scene.brief, organisation: organisation),
        to: Owed.organisation, words: ["A communication plan"]),
      Owed(
        event: FollowUpDue(
          edition: edition, journey: anID(62), organisation: organisation, months: 6),
        to: Owed.organisation, words: ["6"]),
      Owed(
        event: AgreementSigned(edition: edition, partner: Scene.partner),
        to: ["paul@tours.example"], words: ["Tours et Cie"]),
      Owed(
        event: VolunteerRegistered(edition: edition, volunteer: Scene.zoe),
        to: ["zoe@tours.example"], words: ["2020"]),
      Owed(
        event: ProfileCompleted(edition: edition, volunteer: Scene.zoe), to: ["zoe@tours.example"],
        words: ["profil"]),
      Owed(
        event: VolunteerWithdrew(edition: edition, volunteer: Scene.zoe),
        to: ["zoe@tours.example"], words: ["2020"]),
      Owed(
        event: place {
          PlaceOffered(
            edition: edition, place: $0, brief: $1, role: $2, volunteer: $3, confirmBy: midnight)
        }, to: ["zoe@tours.example"],
        words: [
          "A communication plan", "Writer", "mardi 10 novembre 2020",
          "mardi 17 novembre 2020, matin",
          "mardi 1er décembre 2020, après-midi",
        ]),
      Owed(
        event: place {
          PlaceConfirmed(edition: edition, place: $0, brief: $1, role: $2, volunteer: $3)
        }, to: ["zoe@tours.example"], words: ["Writer", "mardi 17 novembre 2020, matin"]),
      Owed(
        event: place {
          PlaceDeclined(edition: edition, place: $0, brief: $1, role: $2, volunteer: $3)
        }, to: ["zoe@tours.example"], words: ["A communication plan"]),
      Owed(
        event: place {
          PlaceLapsed(edition: edition, place: $0, brief: $1, role: $2, volunteer: $3)
        }, to: ["zoe@tours.example"], words: ["A communication plan"]),
      Owed(
        event: place {
          PlaceWithdrawn(
            edition: edition, place: $0, brief: $1, role: $2, volunteer: $3, handover: "Call Ana.")
        }, to: ["zoe@tours.example"], words: ["Votre note est gardée"]),
      Owed(
        event: VolunteerWaiting(
          edition: edition, run: anID(66), volunteer: Scene.zoe,
          reason: Words("All seats are taken.")
        ), to: ["zoe@tours.example"], words: ["All seats are taken."]),
      Owed(
        event: MissionStarted(edition: edition, mission: Scene.mission),
        to: team + Owed.organisation, words: ["Zoé Lune (Writer)", "Adam Poe"]),
      Owed(
        event: SessionScheduled(
          edition: edition, mission: Scene.mission, session: anID(67), revision: 1,
          startsAt: Zone.paris.moment(on: "2020-11-17", minute: 9 * 60),
          endsAt: Zone.paris.moment(on: "2020-11-17", minute: 12 * 60 + 30), format: .remote,
          place: "https://visio.example/kabubu"), to: team + Owed.organisation,
        words: ["https://visio.example/kabubu", "17 nov", "30"]),
      Owed(
        event: MemberJoined(
          edition: edition, mission: Scene.mission, volunteer: Scene.adam, handover: "Call Ana."),
        to: team + Owed.organisation, words: ["A communication plan"]),
      Owed(
        event: MemberLeft(edition: edition, mission: Scene.mission, volunteer: Scene.adam),
        to: ["zoe@tours.example"] + Owed.organisation, words: ["Adam Poe"]),
      Owed(
        event: HoursLogged(
          edition: edition, mission: Scene.mission, entry: anID(68), volunteer: Scene.zoe,
          minutes: 60), to: Owed.organisation, words: ["A communication plan"]),
      Owed(
        event: HoursReturned(
          edition: edition, mission: Scene.mission, entry: anID(68), volunteer: Scene.zoe,
          remark: "Which day?"), to: ["zoe@tours.example"], words: ["Which day?"]),
      Owed(
        event: DeliverableSubmitted(
          edition: edition, mission: Scene.mission, deliverable: anID(69), title: "The plan"),
        to: Owed.organisation, words: ["The plan"]),
      Owed(
        event: DeliverableReturned(
          edition: edition, mission: Scene.mission, deliverable: anID(69), title: "The plan",
          remark: "Add a budget."), to: team, words: ["Add a budget."]),
      Owed(
        event: DeliverableAccepted(
          edition: edition, mission: Scene.mission, deliverable: anID(69), title: "The plan"),
        to: team, words: ["The plan"]),
      Owed(
        event: MissionClosed(edition: edition, mission: Scene.mission),
        to: team + Owed.organisation, words: ["A communication plan"]),
    ]
  }()
}

@Test(arguments: Owed.all)
func `each event writes what it owes, once, however often it is handled`(_ owed: Owed) async throws
{
  let scene = try await Scene()
  try await scene.say(owed.event)
  let log = try await scene.log()
  #expect(log.compactMap { $0["recipient"]?.text }.sorted() == owed.to.sorted())
  for message in log {
    let text = try await scene.text(of: message)
    #expect(message["state"] == "waiting")
    #expect(text.hasPrefix(message["language"] == "fr" ? "Bonjour " : "Hello "))
    for words in owed.words {
      #expect(text.lowercased().contains(words.lowercased()), "\(words)")
    }
  }
}

@Test func `what staff add stands at the head of each letter, as a paragraph and nothing more`()
  async throws
{
  let scene = try await Scene()
  let line: Paragraph = "We are <b>glad</b> to have you.\n  - not a list"
  try await scene.say(
    ApplicationDecided(
      edition: Scene.edition, application: anID(61), organisation: Scene.organisation,
      decision: .refused, reason: Words("Outside the theme."), personalLine: line),
    ProfileReminded(edition: Scene.edition, volunteer: Scene.zoe, personalLine: line),
    PlaceOffered(
      edition: Scene.edition, place: anID(41), brief: Scene.brief, role: Scene.role,
      volunteer: Scene.adam, confirmBy: Zone.paris.end(of: "2020-11-10"), personalLine: line),
    VolunteerWaiting(
      edition: Scene.edition, run: anID(66), volunteer: Scene.zoe, reason: Words("Full."),
      personalLine: line))
  let log = try await scene.log()
  #expect(log.count == 5)
  for message in log {
    let blocks = try await scene.text(of: message).components(separatedBy: "\n\n")
    #expect(blocks[1] == "We are <b>glad</b> to have you.\n- not a list", "\(message)")
  }
  try await scene.run()
  let html = scene.mailbox.content.withLock { content in
    content.messages.map { String(decoding: $0.bytes, as: UTF8.self) }
  }
  #expect(html.allSatisfy { $0.contains("&lt;b&gt;glad&lt;/b&gt;") })
}

@Test func `a fact that is said twice is written once`() async throws {
  let scene = try await Scene()
  let event = ApplicationSubmitted(
    edition: Scene.edition, application: anID(61), organisation: Scene.organisation)
  try await scene.say(event, event)
  try await scene.say(event)
  #expect(try await scene.log().count == 2)
}

@Test func `a reviewer of many applications is asked once`() async throws {
  let scene = try await Scene()
  try await scene.say(
    ReviewAssigned(edition: Scene.edition, application: anID(61), reviewer: Scene.reviewer),
    ReviewAssigned(edition: Scene.edition, application: anID(62), reviewer: Scene.reviewer))
  #expect(try await scene.log().count == 1)
}

@Test func `a reviewer who is given more another day is asked again`() async throws {
  let scene = try await Scene()
  try await scene.say(
    ReviewAssigned(edition: Scene.edition, application: anID(61), reviewer: Scene.reviewer))
  scene.pass(seconds: 86_400)
  try await scene.say(
    ReviewAssigned(edition: Scene.edition, application: anID(62), reviewer: Scene.reviewer))
  #expect(try await scene.log().count == 2)
}

@Test func `a confirmed place names the sessions as they stand, not as the brief had them`()
  async throws
{
  var missions = FakeMissions.scene
  missions.onMissionFor = { [scene = FakeMissions.scene] _ in
    try await scene.mission(Scene.mission)
  }
  missions.onSessions = { mission in
    func session(_ day: Day, _ state: SessionState) -> Session {
      Session(
        id: anID(67), edition: Scene.edition, mission: mission, version: 1, revision: 2,
        kind: .kickOff, day: day, part: .morning,
        startsAt: Zone.paris.moment(on: day, minute: 540),
        endsAt: Zone.paris.moment(on: day, minute: 720), format: .remote, place: "link",
        state: state)
    }
    return [session("2020-10-20", .held), session("2020-11-24", .planned)]
  }
  let scene = try await Scene(missions: missions)
  try await scene.say(
    PlaceConfirmed(
      edition: Scene.edition, place: anID(41), brief: Scene.brief, role: Scene.role,
      volunteer: Scene.zoe))
  let text = try await scene.text(of: scene.log().first)
  #expect(text.contains("mardi 24 novembre 2020, de 9 h 00 à 12 h 00"))
  #expect(!text.contains("17 novembre") && !text.contains("octobre"))
}

@Test func `a moved session is written again with its revision`() async throws {
  let scene = try await Scene()
  func session(_ revision: Int) -> SessionScheduled {
    SessionScheduled(
      edition: Scene.edition, mission: Scene.mission, session: anID(67), revision: revision,
      startsAt: Zone.paris.moment(on: "2020-11-17", minute: 14 * 60),
      endsAt: Zone.paris.moment(on: "2020-11-17", minute: 17 * 60), format: .onSite,
      place: "12 place de la Défense")
  }
  try await scene.say(session(1), session(2), session(2))
  let log = try await scene.log(["recipient": "tom@kabubu.example"])
  #expect(
    log.map { $0["subject"] } == [
      "Date: Tuesday 17 November 2020, 14:00 to 17:00 – A communication plan",
      "Changed: Tuesday 17 November 2020, 14:00 to 17:00 – A communication…",
    ])
  #expect(try await scene.text(of: log.last).contains("version 2"))
}

@Test func `the same remark on corrected hours is written again`() async throws {
  let scene = try await Scene()
  let event = HoursReturned(
    edition: Scene.edition, mission: Scene.mission, entry: anID(68), volunteer: Scene.zoe,
    remark: "Which day?")
  try await scene.say(event)
  try await scene.say(event)
  #expect(try await scene.log().count == 2)
}

@Test func `somebody who joins reads the note of the person before them`() async throws {
  let scene = try await Scene()
  try await scene.say(
    MemberJoined(
      edition: Scene.edition, mission: Scene.mission, volunteer: Scene.adam, handover: "Call Ana."))
  let own = try await scene.log(["recipient": "adam@agency.example"])
  #expect(try await scene.text(of: own.first).contains("Call Ana."))
  let others = try await scene.log(["kind": "member-joined-news"])
  for message in others { #expect(try await !scene.text(of: message).contains("Call Ana.")) }
}

@Test(arguments: Owed.all)
func `no mail says that somebody is out of work`(_ owed: Owed) async throws {
  let scene = try await Scene()
  try await scene.say(owed.event)
  for message in try await scene.log() {
    let text = try await scene.text(of: message).lowercased()
    for word in ["job", "seeker", "emploi", "regime", "régime", "chômage", "unemploy"] {
      #expect(!text.contains(word))
    }
  }
}

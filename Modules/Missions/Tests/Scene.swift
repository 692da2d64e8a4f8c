import AccompanimentAPI
import AccompanimentFakes
import ApplicationsAPI
import ApplicationsFakes
import Kernel
import KernelTesting
import MatchingAPI
import MatchingFakes
import Missions
import MissionsAPI
import PartnersAPI
import PartnersFakes
import ProgrammesAPI
import Testing

/// An identifier that says its number.
func id<Entity>(_ number: Int, _ type: ID<Entity>.Type = ID<Entity>.self) -> ID<Entity> {
  let digits = String(number)
  let text =
    "00000000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  return ID(text) ?? .sample
}

func name(_ text: String) -> Name { Name(text) ?? .sample }
func key(_ text: String) -> Key { Key(text) ?? .sample }
func day(_ text: String) -> Day { Day(text) ?? .sample }

let edition: EditionID = id(1)
let kickOff = [
  HalfDay(id: id(11), key: key("d1-am"), day: day("2020-11-17"), part: .morning),
  HalfDay(id: id(12), key: key("d1-pm"), day: day("2020-11-17"), part: .afternoon),
  HalfDay(id: id(13), key: key("d2-am"), day: day("2020-11-18"), part: .morning),
]
/// The roles of the first brief, and that of the second.
let lead: MissionRoleID = id(21)
let writer: MissionRoleID = id(22)
let adviser: MissionRoleID = id(23)

enum People {
  static let ada: VolunteerID = id(31)
  static let ben: VolunteerID = id(32)
  static let chloe: VolunteerID = id(33)
  static let dan: VolunteerID = id(34)

  static let company: PartnerID = id(41)
  static let agency: PartnerID = id(42)
  /// The member of the organisation of each brief, and a contact of each partner.
  static let member = Actor(.member, subject: id(51, MemberID.self).description)
  static let otherMember = Actor(.member, subject: id(52, MemberID.self).description)
  static let companyContact = Actor(.partner, subject: id(61, PartnerContactID.self).description)
  static let agencyContact = Actor(.partner, subject: id(62, PartnerContactID.self).description)

  static func actor(_ volunteer: VolunteerID) -> Actor {
    Actor(.volunteer, subject: volunteer.description)
  }

  static let all: [Volunteer] = [
    volunteer(ada, "Ada Martin", company, .patronageService),
    volunteer(ben, "Ben Leroy", nil, .ownTime),
    volunteer(chloe, "Chloé Petit", agency, .jobSeeker),
    volunteer(dan, "Dan Roux", company, .patronageSecondment),
  ]

  private static func volunteer(
    _ id: VolunteerID, _ who: String, _ partner: PartnerID?, _ regime: Regime
  ) -> Volunteer {
    Volunteer(
      id: id, edition: edition,
      contact: Contact(
        name: name(who), email: EmailAddress("a@b.example") ?? .sample, language: .fr),
      partner: partner, regime: regime, skills: [], wishes: [], causes: [], languages: [.fr],
      halfDays: kickOff.map(\.id), formats: [.onSite, .remote], capacity: 2, conflicts: [],
      previousEmployers: [])
  }
}

/// Two briefs of two organisations in one edition, and the missions module between fakes.
struct Scene {
  let test: TestPlatform

  init(format: Format = .onSite, places: [Place] = []) async throws {
    test = try await TestPlatform(at: "2020-11-02T09:00:00Z", seed: 7) { host in
      [
        Announcer(),
        MissionsModule(
          host: host, programmes: Self.programmes(format), applications: Self.applications,
          accompaniment: Self.accompaniment, partners: Self.partners,
          matching: Self.matching(places), meetings: "https://meet.test"),
      ]
    }
  }

  /// With the first mission formed; `team` confirmed, Ada as lead and the others as writers.
  static func formed(team: [VolunteerID] = [People.ada, People.ben]) async throws -> Scene {
    let scene = try await Scene()
    try await scene.publish(1)
    for (index, volunteer) in team.enumerated() {
      try await scene.confirm(
        place: index + 1, brief: 1, role: volunteer == People.ada ? lead : writer, volunteer)
    }
    return scene
  }

  /// With the first mission running, on the day after the kick-off.
  static func running(team: [VolunteerID] = [People.ada, People.ben]) async throws -> Scene {
    let scene = try await formed(team: team)
    try await scene.test.call("missions.start", ["mission": scene.mission()])
    scene.test.clock.set(Instant("2020-11-19T09:00:00Z") ?? .sample)
    return scene
  }

  // MARK: What other modules say

  func publish(_ brief: Int) async throws {
    try await announce(
      BriefPublished(edition: edition, brief: id(100 + brief), organisation: id(200 + brief)))
  }
  func confirm(place: Int, brief: Int, role: MissionRoleID, _ who: VolunteerID) async throws {
    try await announce(
      PlaceConfirmed(
        edition: edition, place: id(300 + place), brief: id(100 + brief), role: role,
        volunteer: who))
  }
  func withdraw(
    place: Int, brief: Int, role: MissionRoleID, _ who: VolunteerID, handover: String? = nil
  ) async throws {
    try await announce(
      PlaceWithdrawn(
        edition: edition, place: id(300 + place), brief: id(100 + brief), role: role,
        volunteer: who, reason: Paragraph("a new job"), handover: handover.flatMap(Paragraph.init))
    )
  }
  func announce<E: Event>(_ event: E) async throws {
    try await test.call("announcer.\(E.name)", JSON.of(event))
    try await test.platform.deliverEvents()
  }

  // MARK: What is there

  func mission(_ brief: Int = 1) async throws -> JSON {
    let all = try await test.call("missions.list", ["edition": text(edition)])
    let found = all["items"]?.items.first { $0["brief"] == text(id(100 + brief, BriefID.self)) }
    return try #require(found?["id"])
  }
  func sessions(_ brief: Int = 1) async throws -> [Session] {
    try await test.call("missions.sessions", ["mission": mission(brief)])
  }
  func said<E: Event>(_ type: E.Type) async throws -> [E] {
    try await test.host.database.read { connection in
      try connection.rows(
        "SELECT payload FROM kernel_event WHERE name = \(E.name) ORDER BY sequence"
      ).map { try JSON(parsing: $0.get("payload", as: String.self)).decoded(as: E.self) }
    }
  }
  func figure(_ id: String) async throws -> [FigureRow] {
    let figure = try #require(test.platform.figures.first { $0.id == id })
    return try await test.host.database.read { try figure.checkedEvidence(for: edition, in: $0) }
  }
  func problem(_ endpoint: String, as actor: Actor = .manager, _ input: JSON) async -> Problem? {
    await test.problem("missions.\(endpoint)", as: actor, input)
  }
  func log(
    _ who: VolunteerID, _ day: String = "2020-11-18", _ minutes: Int64 = 120, as actor: Actor? = nil
  ) async throws -> JSON {
    try await test.call(
      "missions.log-hours", as: actor ?? People.actor(who), hours(who, day, minutes))
  }
  func hours(_ who: VolunteerID, _ day: String, _ minutes: Int64) async throws -> JSON {
    [
      "mission": try await mission(), "volunteer": text(who), "day": .string(day),
      "minutes": .integer(minutes),
    ]
  }

  func text(_ value: some CustomStringConvertible) -> JSON { .string(value.description) }
}

// MARK: The other modules

extension Scene {
  private static func programmes(_ format: Format) -> OneEdition {
    OneEdition(
      edition:
        Edition(
          id: edition, programme: id(2), name: name("2020"), theme: Paragraph("theme") ?? .sample,
          territory: name("La Défense"), zone: .paris, format: format, starts: day("2020-03-02"),
          ends: day("2021-08-31"), state: .open))
  }

  private static var applications: FakeApplications {
    var fake = FakeApplications()
    fake.onOrganisation = { asked in
      let number = asked == id(201) ? 1 : 2
      return Organisation(
        id: asked, name: name("Association \(number)"), kind: .association, causes: [],
        contacts: [])
    }
    fake.onOrganisationOf = { member in
      if member == id(51) { return id(201) }
      return member == id(52) ? id(202) : nil
    }
    return fake
  }

  private static var accompaniment: FakeAccompaniment {
    var fake = FakeAccompaniment()
    fake.onBrief = { asked in
      switch asked {
      case id(101):
        brief(1, [(lead, "Lead", 1), (writer, "Writer", 3)], [kickOff[0].id, kickOff[1].id])
      case id(102): brief(2, [(adviser, "Adviser", 1)], [kickOff[2].id])
      default: throw UnexpectedCall("brief \(asked)")
      }
    }
    return fake
  }

  private static func brief(
    _ number: Int, _ roles: [(MissionRoleID, String, Int)], _ halfDays: [HalfDayID]
  ) -> Brief {
    Brief(
      id: id(100 + number), edition: edition, organisation: id(200 + number),
      title: name("Mission \(number)"), missionType: key("fundraising"),
      context: Paragraph("context") ?? .sample, deliverable: name("An action plan"),
      roles: roles.map {
        BriefRole(
          id: $0.0, title: name($0.1), skill: key("writing"), level: Whole(2) ?? .sample,
          niceToHave: [], seats: Whole($0.2) ?? .sample)
      }, halfDays: halfDays, format: .onSite, languages: [.fr])
  }

  private static var partners: FakePartners {
    var fake = FakePartners()
    fake.onVolunteer = { asked in
      guard let found = People.all.first(where: { $0.id == asked }) else {
        throw Problem.notFound(Words("volunteer"), asked)
      }
      return found
    }
    fake.onPartner = { asked in
      Partner(
        id: asked, name: name(asked == People.company ? "Orion" : "Agence"),
        kind: asked == People.company ? .company : .employmentAgency, contacts: [])
    }
    fake.onEmploymentAgencies = {
      [Partner(id: People.agency, name: name("Agence"), kind: .employmentAgency, contacts: [])]
    }
    fake.onPartnerOf = { contact in contact == id(61) ? People.company : People.agency }
    return fake
  }

  private static func matching(_ places: [Place]) -> FakeMatching {
    var fake = FakeMatching()
    fake.onPlaces = { _ in places }
    return fake
  }
}

/// Programmes with one edition, which knows that there is no other.
private struct OneEdition: ProgrammesAPI {
  let edition: Edition

  func edition(_ id: EditionID) async throws -> Edition {
    guard id == edition.id else { throw Problem.notFound(Words("edition"), id) }
    return edition
  }
  func editions() async throws -> [Edition] { [edition] }
  func halfDays(of edition: EditionID) async throws -> [HalfDay] { kickOff }
  func catalogue() async throws -> Catalogue { throw UnexpectedCall("catalogue") }
}

import AccompanimentAPI
import AccompanimentFakes
import ApplicationsAPI
import ApplicationsFakes
import Kernel
import KernelTesting
import Matching
import MatchingAPI
import PartnersAPI
import PartnersFakes
import ProgrammesAPI
import ProgrammesFakes
import Synchronization
import Testing

/// One edition with one or two briefs and the volunteers a test asks for.
struct MatchingScene {
  static let edition = sampleID(EditionID.self, 1)
  static let organisation = sampleID(OrganisationID.self, 2)
  static let company = sampleID(PartnerID.self, 3)
  static let morning = sampleID(HalfDayID.self, 4)
  static let afternoon = sampleID(HalfDayID.self, 5)

  let test: TestPlatform
  let module: MatchingModule
  /// The volunteers there are at the moment.
  let present: Present

  final class Present: Sendable {
    private let everybody: Mutex<[Volunteer]>
    init(_ everybody: [Volunteer]) { self.everybody = Mutex(everybody) }
    var now: [Volunteer] { everybody.withLock { $0 } }
    func withLock(_ change: (inout [Volunteer]) -> Void) { everybody.withLock { change(&$0) } }
  }

  init(briefs: [Brief], drafts: [Brief] = [], volunteers: [Volunteer]) async throws {
    let present = Present(volunteers)
    let edition = try Self.sampleEdition()
    self.present = present
    test = try await TestPlatform(at: "2020-09-01T09:00:00Z") { host in
      [
        Self.module(host, edition, briefs: briefs, drafts: drafts, present: present),
        Announcer(),
      ]
    }
    module = try #require(test.platform.modules.first as? MatchingModule)
  }

  /// Matching beside doubles of the others, on whatever database the host has.
  static func module(
    _ host: Host, _ edition: Edition, briefs: [Brief], drafts: [Brief] = [], present: Present
  ) -> MatchingModule {
    let programmes = FakeProgrammes(
      editions: [edition],
      days: [
        Self.edition: [
          HalfDay(
            id: Self.morning, key: key("am"), day: Day("2020-11-18") ?? .sample, part: .morning),
          HalfDay(
            id: Self.afternoon, key: key("pm"), day: Day("2020-11-18") ?? .sample, part: .afternoon
          ),
        ]
      ],
      catalogue: Catalogue(
        skills: [
          Skill(
            key: key("fundraising"), name: Words(en: "Fundraising", fr: "Recherche de fonds"),
            esco: "x"),
          Skill(key: key("design"), name: Words(en: "Design", fr: "Graphisme"), esco: "y"),
        ], missionTypes: []))
    var applications = FakeApplications()
    applications.onOrganisation = { id in
      Organisation(
        id: id, name: .sample, kind: .association, causes: [key("health")], siren: nil, rna: nil,
        contacts: [])
    }
    var accompaniment = FakeAccompaniment()
    accompaniment.onBriefs = { _ in briefs }
    accompaniment.onDrafts = { _ in drafts }
    var partners = FakePartners()
    partners.onVolunteers = { _ in present.now }
    partners.onTakesPart = { id in present.now.contains { $0.id == id } }
    partners.onPartner = { id in Partner(id: id, name: .sample, kind: .company, contacts: []) }
    return MatchingModule(
      host: host, programmes: programmes, applications: applications,
      accompaniment: accompaniment, partners: partners)
  }

  /// Makes a run and publishes it with a deadline of two weeks; the run's id.
  func publish() async throws -> JSON {
    let run = try await test.call("matching.run", ["edition": editionJSON])
    try await test.call(
      "matching.publish", ["run": run["id"] ?? nil, "confirmBy": "2020-09-15"])
    return run
  }

  func places(_ state: String? = nil) async throws -> [JSON] {
    var input: [String: JSON] = ["edition": editionJSON]
    if let state { input["state"] = .string(state) }
    return try await test.call("matching.places", .object(input))["items"]?.items ?? []
  }

  var editionJSON: JSON { .string(Self.edition.description) }

  static func sampleEdition() throws -> Edition {
    try JSON.object([
      "id": .string(edition.description), "programme": .string(edition.description),
      "name": "2020", "theme": "Inequalities", "territory": "La Défense", "zone": "Europe/Paris",
      "format": "on-site", "starts": "2020-03-02", "ends": "2021-08-31", "state": "open",
    ]).decoded(as: Edition.self)
  }
}

/// A fixed identifier for tests.
func sampleID<Entity>(_ type: ID<Entity>.Type, _ number: Int) -> ID<Entity> {
  let digits = String(number)
  let text = "00000000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  return ID<Entity>(text) ?? .sample
}

func key(_ text: String) -> Key { Key(text) ?? .sample }

func brief(
  _ number: Int, skill: String = "fundraising", level: Int = 3, seats: Int = 1,
  halfDays: [HalfDayID] = [MatchingScene.morning]
) -> Brief {
  Brief(
    id: sampleID(BriefID.self, 100 + number), edition: MatchingScene.edition,
    organisation: MatchingScene.organisation, title: Name("Mission \(number)") ?? .sample,
    missionType: key("fundraising-plan"), context: Paragraph("Context") ?? .sample,
    deliverable: .sample,
    roles: [
      BriefRole(
        id: sampleID(MissionRoleID.self, 200 + number), title: Name("Role \(number)") ?? .sample,
        skill: key(skill), level: SkillLevel(level) ?? .sample, niceToHave: [key("design")],
        seats: Whole(seats) ?? .sample)
    ], halfDays: halfDays, format: .onSite, languages: [.fr])
}

func volunteer(
  _ number: Int, skill: String = "fundraising", level: Int = 3, regime: Regime = .ownTime,
  halfDays: [HalfDayID] = [MatchingScene.morning, MatchingScene.afternoon],
  formats: [Format] = [.onSite], languages: [Language] = [.fr], capacity: Int = 1,
  causes: [Key] = [], conflicts: [OrganisationID] = [], previousEmployers: [OrganisationID] = [],
  partner: PartnerID? = MatchingScene.company
) -> Volunteer {
  Volunteer(
    id: sampleID(VolunteerID.self, 300 + number), edition: MatchingScene.edition,
    contact: Contact(
      name: Name("Volunteer \(number)") ?? .sample,
      email: EmailAddress("v\(number)@exemple.example") ?? .sample,
      language: .fr),
    partner: partner, regime: regime,
    skills: [VolunteerSkill(skill: key(skill), level: SkillLevel(level) ?? .sample)], wishes: [],
    causes: causes, languages: languages, halfDays: halfDays, formats: formats, capacity: capacity,
    conflicts: conflicts, previousEmployers: previousEmployers)
}

/// The identifiers of the numbered volunteers, roles and briefs, as input.
func volunteerJSON(_ number: Int) -> JSON {
  .string(sampleID(VolunteerID.self, 300 + number).description)
}
func roleJSON(_ number: Int) -> JSON {
  .string(sampleID(MissionRoleID.self, 200 + number).description)
}
func briefJSON(_ number: Int) -> JSON { .string(sampleID(BriefID.self, 100 + number).description) }

extension MatchingScene {
  /// Makes a run; its id.
  func run(_ input: [String: JSON] = [:]) async throws -> JSON {
    try await test.call(
      "matching.run", .object(input.merging(["edition": editionJSON]) { _, new in new }))["id"]
      ?? nil
  }

  func lock(_ verb: String, _ volunteer: Int, _ role: Int) async throws {
    try await test.call(
      "matching." + verb,
      [
        "edition": editionJSON, "volunteer": volunteerJSON(volunteer), "role": roleJSON(role),
        "reason": "x",
      ])
  }
}

/// Says what other modules would say.
struct Announcer: Module {
  static let name = "announcer"
  static let summary = Words("says what other modules say")

  private struct About: Codable, Sendable { let volunteer: VolunteerID }
  private struct Team: Codable, Sendable { let brief: BriefID }

  var endpoints: [Endpoint] {
    [
      .command("announcer.arrive", .post, "/arrivals", by: .staff, Words("arrive")) {
        (input: About, transaction) in
        try transaction.emit(
          ProfileCompleted(edition: MatchingScene.edition, volunteer: input.volunteer))
        return Nothing()
      },
      .command("announcer.change", .post, "/changes", by: .staff, Words("change")) {
        (input: About, transaction) in
        try transaction.emit(
          ProfileChanged(edition: MatchingScene.edition, volunteer: input.volunteer))
        return Nothing()
      },
      .command("announcer.leave", .post, "/departures", by: .staff, Words("leave")) {
        (input: About, transaction) in
        try transaction.emit(
          VolunteerWithdrew(edition: MatchingScene.edition, volunteer: input.volunteer))
        return Nothing()
      },
      .command("announcer.publish", .post, "/briefs", by: .staff, Words("publish")) {
        (input: Team, transaction) in
        try transaction.emit(
          BriefPublished(
            edition: MatchingScene.edition, brief: input.brief,
            organisation: MatchingScene.organisation))
        return Nothing()
      },
      .command("announcer.disband", .post, "/disbandments", by: .staff, Words("disband")) {
        (input: Team, transaction) in
        try transaction.emit(
          TeamDisbanded(edition: MatchingScene.edition, brief: input.brief, reason: .sample))
        return Nothing()
      },
      .command("announcer.reopen", .post, "/reopenings", by: .staff, Words("reopen")) {
        (input: Team, transaction) in
        try transaction.emit(TeamReopened(edition: MatchingScene.edition, brief: input.brief))
        return Nothing()
      },
    ]
  }
}

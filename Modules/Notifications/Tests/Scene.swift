import AccompanimentAPI
import AccompanimentFakes
import ApplicationsAPI
import ApplicationsFakes
public import Kernel
import KernelTesting
import MatchingAPI
import MatchingFakes
import MissionsAPI
import MissionsFakes
import Notifications
import NotificationsAPI
import PartnersAPI
import PartnersFakes
import ProgrammesAPI
import ProgrammesFakes
import Synchronization
import Testing

/// An edition with one organisation, one mission and its people; the test says what happens.
struct Scene {
  static let edition: EditionID = anID(1)
  static let organisation: OrganisationID = anID(2)
  static let brief: BriefID = anID(3)
  static let role: MissionRoleID = anID(4)
  static let mission: MissionID = anID(5)
  /// Speaks French.
  static let zoe: VolunteerID = anID(6)
  /// Speaks English.
  static let adam: VolunteerID = anID(7)
  static let partner: PartnerID = anID(8)
  static let reviewer: ReviewerID = anID(9)
  /// Each with an address of their own: `p7000@crowd.example`.
  static func crowd(_ number: Int) -> VolunteerID { anID(7000 + number) }

  let test: TestPlatform
  let mailbox = MemoryMailbox()
  private let script = Script()

  init(
    at start: String = "2020-11-01T09:00:00Z", missions: FakeMissions = .scene,
    sealing seal: LinkSealer? = nil, carrier: (any MailCarrier)? = nil,
    reminding others: [any Module] = [], masthead: Masthead? = nil, owners: [Contact] = []
  ) async throws {
    let (mailbox, script) = (mailbox, script)
    test = try await TestPlatform(at: start) { host in
      [
        NotificationsModule(
          host: host, mailbox: mailbox, carrier: carrier,
          sender: Contact(
            name: "Opérateur Pro Bono", email: "bonjour@operateur.example", language: .fr),
          origin: { seal == nil ? nil : "https://parvis.test" },
          sealing: { try await seal?($0) }, masthead: { masthead }, reminding: others,
          escalatingTo: { owners },
          programmes: FakeProgrammes.scene, applications: FakeApplications.scene,
          accompaniment: FakeAccompaniment.scene, partners: FakePartners.scene,
          matching: FakeMatching.scene, missions: missions),
        Announcer(script: script),
      ]
    }
  }

  /// Lets other modules say facts, and handles them.
  func say(_ events: any Event...) async throws {
    script.lines.withLock { $0 = events }
    try await test.call("announcer.say")
    try await test.platform.deliverEvents()
    #expect(try await parked() == [])
  }

  /// Does what a module does outside transactions, with the context of a call.
  func act(_ action: @escaping @Sendable (Context) async throws -> Void) async throws {
    script.action.withLock { $0 = action }
    try await test.call("announcer.act")
  }

  func run() async throws { try await test.platform.runDueJobs() }

  func pass(seconds: Int64) { test.clock.advance(seconds: seconds) }

  /// The log, or the part of it that a filter picks.
  func log(_ filter: JSON = [:]) async throws -> [JSON] {
    try await test.call("notifications.messages", filter)["items"]?.items ?? []
  }

  func text(of message: JSON?) async throws -> String {
    try await test.call("notifications.message", ["message": message?["id"] ?? .null])["text"]?.text
      ?? ""
  }

  private func parked() async throws -> [String] {
    try await test.host.read { connection in
      try connection.rows("SELECT subscriber, fault FROM kernel_delivery WHERE state <> 'done'")
        .map { "\(try $0.get("subscriber", as: String.self)): \($0["fault"])" }
    }
  }
}

/// Keeps what it is given, and refuses as often as it is told to.
final class MemoryMailbox: Mailbox {
  struct Content: Sendable {
    var messages: [(id: String, bytes: [UInt8], written: Instant)] = []
    var refusals = 0
    /// Takes messages but does not live to say so.
    var isSilent = false
  }
  let content = Mutex(Content())

  func deliver(_ message: OutgoingMessage) async throws {
    try content.withLock { content in
      if content.refusals > 0 {
        content.refusals -= 1
        throw NotificationsError.cannotWrite(folder: "memory", detail: "full")
      }
      content.messages.append((message.id, message.bytes, message.written))
      if content.isSilent { throw NotificationsError.cannotWrite(folder: "memory", detail: "gone") }
    }
  }

  func copies() async throws -> [MailboxCopy] {
    content.withLock { $0.messages.map { MailboxCopy(id: $0.id, written: $0.written) } }
  }
  func remove(_ id: String, written: Instant) async throws {
    content.withLock { content in content.messages.removeAll { $0.id == id } }
  }

  func refuse(_ times: Int) { content.withLock { $0.refusals = times } }
  var count: Int { content.withLock { $0.messages.count } }
  var last: String {
    content.withLock { String(decoding: $0.messages.last?.bytes ?? [], as: UTF8.self) }
  }
}

final class Script: Sendable {
  let lines = Mutex<[any Event]>([])
  let action = Mutex<(@Sendable (Context) async throws -> Void)?>(nil)
}

private struct Announcer: Module {
  static let name = "announcer"
  static let summary = Words("announcer")
  let script: Script

  var endpoints: [Endpoint] {
    [
      .command("announcer.say", .post, "/announcer", by: .staff, Words("say")) {
        (_: Nothing, transaction) in
        for event in script.lines.withLock({ $0 }) { try transaction.emit(event) }
        return Nothing()
      },
      .query(
        "announcer.act", "/announcer", by: .staff, Words("act"),
        asking: { (_: Nothing, context) in
          try await script.action.withLock { $0 }?(context)
        }
      ) { _, _, _ in Nothing() },
    ]
  }
}

func anID<Entity>(_ number: Int, _ type: ID<Entity>.Type = ID<Entity>.self) -> ID<Entity> {
  let digits = String(number)
  let zeros = String(repeating: "0", count: 12 - digits.count)
  return ID("01700000-0000-7000-8000-\(zeros)\(digits)") ?? .sample
}

func aContact(_ name: Name, _ email: EmailAddress, _ language: Language) -> Contact {
  Contact(name: name, email: email, language: language)
}

extension FakeProgrammes {
  static let scene = FakeProgrammes(
    editions: [
      Edition(
        id: Scene.edition, programme: anID(99), name: "2020", theme: "Reducing inequalities",
        territory: "Paris La Défense", zone: .paris, format: .remote, starts: "2020-03-02",
        ends: "2021-08-31", state: .open)
    ],
    days: [
      Scene.edition: [
        HalfDay(id: anID(31), key: "day-1-am", day: "2020-11-17", part: .morning),
        HalfDay(id: anID(32), key: "day-2-pm", day: "2020-12-01", part: .afternoon),
      ]
    ])
}

extension FakeApplications {
  static var scene: FakeApplications {
    var fake = FakeApplications()
    fake.onOrganisation = { id in
      Organisation(
        id: id, name: id == Scene.organisation ? "Kabubu" : "Kodiko", kind: .association,
        causes: [],
        contacts: id == Scene.organisation
          ? [
            aContact("Hélène Été", "helene@kabubu.example", .fr),
            aContact("Tom Ash", "tom@kabubu.example", .en),
          ] : [aContact("Ana Roc", "ana@kodiko.example", .fr)])
    }
    fake.onReviewer = { _ in aContact("Rémi Juste", "remi@jury.example", .fr) }
    fake.onMember = { _, _ in anID(51) }
    fake.onOrganisationOf = { $0 == anID(51) ? Scene.organisation : nil }
    return fake
  }
}

extension FakeAccompaniment {
  static var scene: FakeAccompaniment {
    var fake = FakeAccompaniment()
    fake.onBrief = { id in
      Brief(
        id: id, edition: Scene.edition, organisation: Scene.organisation,
        title: "A communication plan", missionType: "communication", context: "Small.",
        deliverable: "a plan and its calendar",
        roles: [
          BriefRole(
            id: Scene.role, title: "Writer", skill: "writing", level: .sample, niceToHave: [],
            seats: .sample)
        ],
        halfDays: [anID(31), anID(32)], format: .remote, languages: [.fr])
    }
    return fake
  }
}

private func contact(of id: VolunteerID) -> Contact {
  if id == Scene.zoe { return aContact("Zoé Lune", "zoe@tours.example", .fr) }
  let number = Int(id.description.suffix(12)) ?? 0
  guard number >= 7000, let address = EmailAddress("p\(number)@crowd.example") else {
    return aContact("Adam Poe", "adam@agency.example", .en)
  }
  return aContact("Personne", address, .fr)
}

extension FakePartners {
  static var scene: FakePartners {
    var fake = FakePartners()
    fake.onVolunteer = { id in
      Volunteer(
        id: id, edition: Scene.edition,
        contact: contact(of: id),
        partner: Scene.partner, regime: id == Scene.zoe ? .ownTime : .jobSeeker, skills: [],
        wishes: [], causes: [], languages: [], halfDays: [], formats: [], capacity: 1,
        conflicts: [], previousEmployers: [])
    }
    fake.onPartner = { id in
      Partner(
        id: id, name: "Tours et Cie", kind: .company,
        contacts: [aContact("Paul Tour", "paul@tours.example", .fr)])
    }
    fake.onEmploymentAgencies = {
      [
        Partner(
          id: anID(88), name: "Agence", kind: .employmentAgency,
          contacts: [aContact("Adam Poe", "adam@agency.example", .en)])
      ]
    }
    fake.onPartnerOf = { $0 == anID(52) ? Scene.partner : nil }
    return fake
  }
}

extension FakeMatching {
  static var scene: FakeMatching {
    var fake = FakeMatching()
    fake.onPlacesFor = { brief in
      [
        Place(
          id: anID(41), edition: Scene.edition, brief: brief, role: Scene.role,
          volunteer: Scene.zoe, state: .confirmed, confirmBy: Instant(milliseconds: 0))
      ]
    }
    return fake
  }
}

extension FakeMissions {
  static var scene: FakeMissions {
    var fake = FakeMissions()
    fake.onMission = { id in
      Mission(
        id: id, edition: Scene.edition, brief: Scene.brief, organisation: Scene.organisation,
        title: "A communication plan", state: .running, team: [Scene.zoe, Scene.adam])
    }
    fake.onMissionFor = { _ in nil }
    fake.onSessions = { _ in [] }
    return fake
  }
}

extension Text: @retroactive ExpressibleByStringLiteral,
  @retroactive ExpressibleByUnicodeScalarLiteral,
  @retroactive ExpressibleByExtendedGraphemeClusterLiteral
{
  public init(stringLiteral value: String) { self = Text(value) ?? .sample }
}

extension Key: @retroactive ExpressibleByStringLiteral,
  @retroactive ExpressibleByUnicodeScalarLiteral,
  @retroactive ExpressibleByExtendedGraphemeClusterLiteral
{
  public init(stringLiteral value: String) { self = Key(value) ?? .sample }
}

extension Day: @retroactive ExpressibleByStringLiteral,
  @retroactive ExpressibleByUnicodeScalarLiteral,
  @retroactive ExpressibleByExtendedGraphemeClusterLiteral
{
  public init(stringLiteral value: String) { self = Day(value) ?? .sample }
}

extension EmailAddress: @retroactive ExpressibleByStringLiteral,
  @retroactive ExpressibleByUnicodeScalarLiteral,
  @retroactive ExpressibleByExtendedGraphemeClusterLiteral
{
  public init(stringLiteral value: String) { self = EmailAddress(value) ?? .sample }
}

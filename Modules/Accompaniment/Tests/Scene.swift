import Accompaniment
import AccompanimentAPI
import ApplicationsAPI
import ApplicationsFakes
public import Kernel
import KernelTesting
import ProgrammesAPI
import ProgrammesFakes
import Testing

/// An edition with two half-days and a small catalogue, and a module that says what its tests
/// need to be said by Applications.
struct Scene {
  static let edition: EditionID = anID(1)
  static let morning: HalfDayID = anID(2)
  static let afternoon: HalfDayID = anID(3)
  static let kabubu: OrganisationID = anID(11)
  static let kodiko: OrganisationID = anID(12)
  static let kabubuMember = Actor(.member, subject: anID(21, ID<MemberEntity>.self).description)
  static let kodikoMember = Actor(.member, subject: anID(22, ID<MemberEntity>.self).description)

  let test: TestPlatform

  init(catalogue: Catalogue = .small, at start: String = "2020-05-04T09:00:00Z") async throws {
    let programmes = FakeProgrammes(
      editions: [.small], days: [Self.edition: HalfDay.two], catalogue: catalogue)
    var applications = FakeApplications()
    applications.onOrganisation = { organisation in
      Organisation(
        id: organisation, name: organisation == Self.kabubu ? "Kabubu" : "Kodiko",
        kind: .association, causes: [], contacts: [])
    }
    applications.onOrganisationOf = { member in
      member == anID(21) ? Self.kabubu : member == anID(22) ? Self.kodiko : nil
    }
    test = try await TestPlatform(at: start) { [applications] host in
      [
        AccompanimentModule(host: host, programmes: programmes, applications: applications),
        Announcer(),
      ]
    }
  }

  /// Makes a laureate known and gives its journey.
  @discardableResult
  func journey(of organisation: OrganisationID = kabubu) async throws -> JSON {
    try await test.call("announcer.confirm", ["organisation": "\(organisation)"])
    try await test.platform.deliverEvents()
    return try await journeys().first { $0["organisation"] == "\(organisation)" } ?? .null
  }

  func journeys(as actor: Actor = .manager) async throws -> [JSON] {
    try await test.call("accompaniment.journeys", as: actor, ["edition": "\(Self.edition)"])[
      "items"]?
      .items ?? []
  }

  /// A journey with one confirmed need, ready for a brief.
  func ready(
    _ organisation: OrganisationID = kabubu
  ) async throws -> (journey: JSON, need: JSON) {
    let journey = try await journey(of: organisation)["id"] ?? .null
    try await test.call("accompaniment.diagnose", .diagnosis(journey))
    let need = try await test.call("accompaniment.add-need", .need(journey))
    try await test.call("accompaniment.confirm-needs", ["journey": journey])
    return (journey, need["id"] ?? .null)
  }

  /// A draft brief of that organisation.
  func draft(_ organisation: OrganisationID = kabubu) async throws -> JSON {
    let ready = try await ready(organisation)
    return try await test.call("accompaniment.draft-brief", .brief(ready.journey, ready.need))
  }

  /// The events of one kind said so far, as they were written.
  func said(_ name: String) async throws -> [JSON] {
    try await test.host.read { connection in
      try connection.rows("SELECT payload FROM kernel_event WHERE name = \(name) ORDER BY sequence")
        .map { try JSON(parsing: $0.get("payload", as: String.self)) }
    }
  }

  func figure(_ id: String) async throws -> [FigureRow] {
    let figure = try #require(test.platform.figures.first { $0.id == id })
    return try await test.host.read { try figure.checkedEvidence(for: Self.edition, in: $0) }
  }
}

/// Says what Applications would.
private struct Announcer: Module {
  static let name = "announcer"
  static let summary = Words("announcer")
  private struct Part: Codable, Sendable { let applications: [ApplicationID]? }
  private struct Confirm: Codable, Sendable { let organisation: OrganisationID }

  var endpoints: [Endpoint] {
    [
      .command("announcer.confirm", .post, "/announcer", by: .staff, Words("confirm")) {
        (input: Confirm, transaction) in
        try transaction.emit(
          LaureateConfirmed(
            edition: Scene.edition, application: anID(input.organisation == Scene.kabubu ? 31 : 32),
            organisation: input.organisation))
        return Nothing()
      },
      .command("announcer.decline", .post, "/announcer-decline", by: .staff, Words("decline")) {
        (input: Confirm, transaction) in
        try transaction.emit(
          LaureateDeclined(
            edition: Scene.edition, application: anID(input.organisation == Scene.kabubu ? 31 : 32),
            organisation: input.organisation))
        return Nothing()
      },
      .command("announcer.rename", .post, "/announcer-rename", by: .staff, Words("rename")) {
        (input: Confirm, transaction) in
        try transaction.emit(
          OrganisationRenamed(
            organisation: input.organisation, previous: "Kabubu", current: "Renamed"))
        return Nothing()
      },
      .command("announcer.merge", .post, "/announcer-merge", by: .staff, Words("merge")) {
        (_: Nothing, transaction) in
        try transaction.emit(
          OrganisationsMerged(
            merge: anID(41), kept: Scene.kodiko, gone: Scene.kabubu, name: "Kodiko"))
        return Nothing()
      },
      .command("announcer.part", .post, "/announcer-part", by: .staff, Words("part")) {
        (input: Part, transaction) in
        try transaction.emit(
          OrganisationsParted(
            merge: anID(41), kept: Scene.kodiko, back: Scene.kabubu, name: "Kabubu",
            applications: input.applications))
        return Nothing()
      },
    ]
  }
}

func anID<Entity>(_ number: Int, _ type: ID<Entity>.Type = ID<Entity>.self) -> ID<Entity> {
  let digits = String(number)
  let zeros = String(repeating: "0", count: 12 - digits.count)
  return ID("01700000-0000-7000-8000-\(zeros)\(digits)") ?? .sample
}

extension Edition {
  static let small = Edition(
    id: Scene.edition, programme: anID(9), name: "2020", theme: "Reducing inequalities",
    territory: "Paris La Défense", zone: .paris, format: .remote, starts: "2020-03-02",
    ends: "2021-08-31", state: .open)
}

extension HalfDay {
  static let two = [
    HalfDay(id: Scene.morning, key: "day-1-am", day: "2020-11-17", part: .morning),
    HalfDay(id: Scene.afternoon, key: "day-1-pm", day: "2020-11-17", part: .afternoon),
  ]
}

extension Catalogue {
  static let small = Catalogue(
    skills: [
      Skill(key: "writing", name: Words("Writing"), esco: "http://data.europa.eu/esco/skill/1"),
      Skill(key: "budgeting", name: Words("Budgeting"), esco: "http://data.europa.eu/esco/skill/2"),
    ],
    missionTypes: [
      MissionType(
        key: "communication", name: Words(en: "Communication", fr: "Communication"),
        skills: ["writing"])
    ])
}

extension JSON {
  static func diagnosis(_ journey: JSON, version: JSON = .null) -> JSON {
    [
      "journey": journey, "version": version, "strengths": "Many volunteers",
      "difficulties": "Nobody knows us", "ambitions": "A second place",
    ]
  }

  static func need(_ journey: JSON, type: JSON = "communication") -> JSON {
    [
      "journey": journey, "missionType": type, "statement": "Be known by companies", "priority": 1,
    ]
  }

  static func brief(_ journey: JSON, _ need: JSON, changing other: [String: JSON] = [:]) -> JSON {
    .object(
      [
        "journey": journey, "need": need, "title": "A communication plan",
        "context": "We are small.", "deliverable": "A plan and its calendar",
        "roles": [
          [
            "title": "Writer", "skill": "writing", "level": 3, "niceToHave": ["budgeting"],
            "seats": 2,
          ]
        ],
        "halfDays": ["\(Scene.morning)"], "languages": ["fr"],
      ].merging(other) { $1 })
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

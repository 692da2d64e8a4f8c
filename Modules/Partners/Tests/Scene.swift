import ApplicationsAPI
import ApplicationsFakes
import Foundation
import Kernel
import KernelTesting
import Partners
import PartnersAPI
import ProgrammesAPI
import ProgrammesFakes
import Testing

/// One edition with two half-days, a catalogue of two skills and one organisation that is known.
struct Scene {
  let test: TestPlatform
  let module: PartnersModule
  let edition: EditionID
  let morning: HalfDayID
  let afternoon: HalfDayID
  let organisation: OrganisationID

  init(_ state: EditionState = .open) async throws {
    let edition = try #require(EditionID("01700000-0000-7000-8000-000000000001"))
    let morning = try #require(HalfDayID("01700000-0000-7000-8000-000000000002"))
    let afternoon = try #require(HalfDayID("01700000-0000-7000-8000-000000000003"))
    let organisation = try #require(OrganisationID("01700000-0000-7000-8000-000000000004"))
    let programme = try #require(ProgrammeID("01700000-0000-7000-8000-000000000005"))
    let programmes = FakeProgrammes(
      editions: [
        Edition(
          id: edition, programme: programme, name: try #require(Name("2020")),
          theme: try #require(Paragraph("Reducing inequalities")),
          territory: try #require(Name("La Défense")), zone: .paris, format: .onSite,
          starts: try #require(Day("2020-03-02")), ends: try #require(Day("2021-08-31")),
          state: state)
      ],
      days: [
        edition: [
          HalfDay(
            id: morning, key: try #require(Key("am")), day: try #require(Day("2020-11-17")),
            part: .morning),
          HalfDay(
            id: afternoon, key: try #require(Key("pm")), day: try #require(Day("2020-11-17")),
            part: .afternoon),
        ]
      ],
      catalogue: Catalogue(
        skills: try ["writing", "budget"].map {
          Skill(key: try #require(Key($0)), name: Words($0), esco: "http://data.europa.eu/esco/x")
        }, missionTypes: []))
    var applications = FakeApplications()
    let museum = Organisation(
      id: organisation, name: try #require(Name("Carton Plein")), kind: .association, causes: [],
      contacts: [])
    applications.onOrganisation = { id in
      guard id == museum.id else {
        throw Problem.notFound(Words(en: "organisation", fr: "organisation"), id)
      }
      return museum
    }
    let answers = applications
    test = try await TestPlatform {
      [PartnersModule(host: $0, programmes: programmes, applications: answers), Announcer()]
    }
    module = PartnersModule(host: test.host, programmes: programmes, applications: answers)
    self.edition = edition
    self.morning = morning
    self.afternoon = afternoon
    self.organisation = organisation
  }

  var editionJSON: JSON { .string(edition.description) }

  /// A registered partner, and its first contact as an actor.
  func partner(
    _ name: String, _ kind: PartnerKind = .company
  ) async throws -> (id: JSON, contact: Actor) {
    let email = folding(name) + "@partner.example"
    let answer = try await test.call(
      "partners.register",
      [
        "name": .string(name), "kind": .string(kind.rawValue),
        "contact": ["name": "Claude Contact", "email": .string(email), "language": "fr"],
      ])
    return (
      try #require(answer["partner"]),
      Actor(.partner, subject: try #require(answer["contact"]?.text))
    )
  }

  /// A registered volunteer, as an id and an actor.
  func volunteer(
    _ name: String, of partner: JSON? = nil, _ regime: Regime = .ownTime
  ) async throws -> (id: JSON, actor: Actor) {
    let answer = try await test.call("partners.register-volunteer", person(name, partner, regime))
    let id = try #require(answer["id"]?.text)
    return (.string(id), Actor(.volunteer, subject: id))
  }

  func person(_ name: String, _ partner: JSON? = nil, _ regime: Regime = .ownTime) -> JSON {
    [
      "edition": editionJSON, "partner": partner ?? nil, "name": .string(name),
      "email": .string(folding(name) + "@people.example"), "language": "fr",
      "regime": .string(regime.rawValue),
    ]
  }

  func profile(_ volunteer: JSON, _ changes: [String: JSON] = [:]) -> JSON {
    let plain: [String: JSON] = [
      "volunteer": volunteer, "skills": [["skill": "writing", "level": 4]], "wishes": ["budget"],
      "causes": ["youth"], "languages": ["fr"],
      "halfDays": [.string(afternoon.description), .string(morning.description)],
      "formats": ["remote"], "capacity": 1, "conflicts": [.string(organisation.description)],
      "previousEmployers": [], "consent": false,
    ]
    return .object(plain.merging(changes) { _, new in new })
  }

  func roster(_ partner: JSON, _ text: String) -> JSON { roster(partner, Data(text.utf8)) }

  func roster(_ partner: JSON, _ file: Data) -> JSON {
    [
      "partner": partner, "edition": editionJSON, "csv": .string(file.base64EncodedString()),
    ]
  }

  /// The names of everything said so far, in order.
  func events() async throws -> [String] {
    try await test.host.read { connection in
      try connection.rows("SELECT name FROM kernel_event ORDER BY sequence").map {
        try $0.get("name")
      }
    }
  }

  /// The people registered so far, in order.
  func people() async throws -> [String] {
    try await test.host.read { connection in
      try connection.rows("SELECT name FROM partners_volunteer ORDER BY sequence").map {
        try $0.get("name")
      }
    }
  }

  func unknown() -> JSON { "01700000-0000-7000-8000-00000000ffff" }
}

private func folding(_ name: String) -> String {
  name.lowercased().filter { $0.isASCII && $0.isLetter }
}

/// Says what Applications would of two organisations that are one.
private struct Announcer: Module {
  static let name = "announcer"
  static let summary = Words("announcer")

  var endpoints: [Endpoint] { [says(OrganisationsMerged.self), says(OrganisationsParted.self)] }

  private func says<E: Event>(_ type: E.Type) -> Endpoint {
    .command("announcer.\(E.name)", .post, "/announcements/\(E.name)", by: .staff, Words(E.name)) {
      (event: E, transaction) in
      try transaction.emit(event)
      return Nothing()
    }
  }
}

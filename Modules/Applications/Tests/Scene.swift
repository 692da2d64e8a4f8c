import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import ProgrammesAPI
import ProgrammesFakes

/// An edition with an open call, and hands to fill it.
struct Scene {
  static let edition = EditionID("01700000-0000-7000-8000-000000000001")
  let test: TestPlatform
  var call = ""

  /// - Parameter opened: whether the call is open already.
  init(
    at start: String = "2020-03-02T09:00:00Z", zone: String = "Europe/Paris", opened: Bool = true,
    state: EditionState = .open, seed: UInt64? = nil
  ) async throws {
    let programmes = FakeProgrammes(editions: [Scene.edition(zone, state)].compactMap { $0 })
    test = try await TestPlatform(at: start, seed: seed) {
      [ApplicationsModule(host: $0, programmes: programmes)]
    }
    guard state != .closed else { return }
    call = try await test.call("applications.draft-call", Scene.terms())["id"]?.text ?? ""
    if opened { try await test.call("applications.open-call", ["call": id]) }
  }

  var id: JSON { .string(call) }
  static var editionID: JSON { .string(edition?.description ?? "") }

  private static func edition(_ zone: String, _ state: EditionState) -> Edition? {
    guard let id = edition, let programme = ProgrammeID("01700000-0000-7000-8000-000000000002"),
      let name = Name("2020"), let theme = Paragraph("Reducing inequalities"),
      let territory = Name("Paris La Défense"), let zone = Zone(zone),
      let starts = Day("2020-03-02"), let ends = Day("2021-08-31")
    else { return nil }
    return Edition(
      id: id, programme: programme, name: name, theme: theme, territory: territory, zone: zone,
      format: .onSite, starts: starts, ends: ends, state: state)
  }

  /// A call with a text, a number and a choice to answer, and two criteria of weights 3 and 1.
  static func terms(_ changes: [String: JSON] = [:]) -> JSON {
    let terms: [String: JSON] = [
      "edition": editionID, "title": "Call 2020", "opensOn": "2020-03-02",
      "closesOn": "2020-04-15", "places": 2,
      "questions": [
        [
          "key": "project", "label": ["fr": "Votre projet", "en": "Your project"],
          "kind": "text", "required": true, "maximum": 50,
        ],
        [
          "key": "people", "label": ["fr": "Salariés", "en": "Employees"], "kind": "number",
          "required": true, "maximum": 100,
        ],
        [
          "key": "size", "label": ["fr": "Taille", "en": "Size"], "kind": "choice",
          "required": false,
          "choices": [
            ["key": "small", "label": ["fr": "Petite", "en": "Small"]],
            "large",
          ],
        ],
      ],
      "criteria": [
        ["key": "impact", "name": ["fr": "Effet", "en": "Impact"], "weight": 3],
        ["key": "need", "name": ["fr": "Besoin", "en": "Need"], "weight": 1],
      ],
      "eligibility": [
        "territories": ["Île-de-France"], "kinds": ["association", "foundation"],
        "minimumAgeMonths": 12,
      ],
    ]
    return .object(terms.merging(changes) { $1 })
  }

  /// An organisation and its lead.
  struct Registered {
    let id: JSON
    let lead: Actor
  }

  static func organisation(_ name: String, _ changes: [String: JSON] = [:]) -> JSON {
    let email = name.lowercased().filter { $0.isASCII && $0.isLetter } + "@example.org"
    let organisation: [String: JSON] = [
      "name": .string(name), "kind": "association", "causes": ["inclusion"],
      "territory": "Île-de-France", "foundedOn": "2010-01-01",
      "contact": ["name": "Ada Exemple", "email": .string(email), "language": "fr"],
    ]
    return .object(organisation.merging(changes) { $1 })
  }

  func register(_ name: String, _ changes: [String: JSON] = [:]) async throws -> Registered {
    let answer = try await test.call(
      "applications.register-organisation", as: .anyone, Scene.organisation(name, changes))
    return Registered(
      id: answer["organisation"] ?? nil, lead: Actor(.member, subject: answer["member"]?.text))
  }

  static let complete: JSON = ["project": "A project", "people": 4]

  func draft(_ organisation: Registered, answers: JSON? = nil) async throws -> JSON {
    let draft = try await test.call(
      "applications.draft", as: organisation.lead, ["call": id, "organisation": organisation.id])
    if let answers {
      try await test.call(
        "applications.save-answers", as: organisation.lead,
        ["application": draft["id"] ?? nil, "answers": answers])
    }
    return draft["id"] ?? nil
  }

  func submit(_ name: String) async throws -> (organisation: Registered, application: JSON) {
    let organisation = try await register(name)
    let application = try await draft(organisation, answers: Scene.complete)
    try await test.call(
      "applications.submit", as: organisation.lead, ["application": application])
    return (organisation, application)
  }

  func reviewer(_ name: String) async throws -> (id: JSON, actor: Actor) {
    let email = name.lowercased() + "@jury.example.org"
    let answer = try await test.call(
      "applications.register-reviewer",
      ["name": .string(name), "email": .string(email), "language": "fr"])
    return (answer["id"] ?? nil, Actor(.reviewer, subject: answer["id"]?.text))
  }

  /// What a reviewer has to read, as staff see it.
  func reviews(of reviewer: (id: JSON, actor: Actor)) async throws -> [JSON] {
    try await test.call("applications.reviews", ["reviewer": reviewer.id])["items"]?.items ?? []
  }

  /// The day after the deadline.
  func afterDeadline() { set("2020-04-16T08:00:00Z") }

  func set(_ moment: String) {
    if let instant = Instant(moment) { test.clock.set(instant) }
  }

  func deliberate(
    laureates: [JSON], waiting: [JSON] = [], refused: [JSON] = [], confirmBy: JSON = "2020-05-15"
  ) -> JSON {
    [
      "call": id, "laureates": .array(laureates), "waitingList": .array(waiting),
      "refused": .array(
        refused.map {
          ["application": $0, "reason": ["fr": "Trop peu de places.", "en": "Too few places."]]
        }), "confirmBy": confirmBy,
    ]
  }

  func state(_ application: JSON) async throws -> String? {
    try await test.call("applications.application", ["application": application])["state"]?.text
  }

  /// The names of the events said so far, in order.
  func events(_ name: String? = nil) async throws -> [String] {
    try await test.host.read { connection in
      try connection.rows("SELECT name FROM kernel_event ORDER BY sequence").map {
        try $0.get("name", as: String.self)
      }
    }.filter { name == nil || $0 == name }
  }
}

/// An id that nobody has.
let nobody: JSON = "01700000-0000-7000-8000-00000000dead"

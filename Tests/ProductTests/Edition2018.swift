import Foundation
import Kernel
import SQLite
import Testing

@testable import ParvisApp

/// The edition of 2018 as it was in size: 20 associations with 22 missions, two of them with two, and 250
/// volunteers of 15 companies in teams of ten. Names are made up by a rule, so that it is the same each
/// time.
enum Made2018 {
  static let skills = ["communication-plan", "website", "budgeting", "law", "design", "volunteers"]
  static let companies = [
    "Ardoise", "Basalte", "Calcaire", "Dolomie", "Émeri", "Feldspath", "Granit", "Hématite",
    "Ivoire",
    "Jaspe", "Kaolin", "Lave", "Marbre", "Nacre", "Opale",
  ]
  static let associations = [
    "Abricotiers", "Bouleaux", "Cèdres", "Églantiers", "Figuiers", "Genêts", "Hêtres", "Ifs",
    "Jasmins", "Lilas", "Mélèzes", "Noyers", "Oliviers", "Peupliers", "Roseaux", "Saules",
    "Tilleuls",
    "Viornes", "Yuccas", "Zinnias",
  ]
  private static let firsts = [
    "Alix", "Bastien", "Camille", "Denis", "Élodie", "Farid", "Gaëlle", "Hugo", "Inès", "Jules",
    "Karim", "Léa", "Malik", "Nora", "Omar", "Paul", "Rita", "Samir", "Théo", "Ursule", "Victor",
    "Wanda", "Yann", "Zoé", "Anouk",
  ]
  private static let lasts = [
    "Fictif-Ambre", "Fictif-Brume", "Fictif-Craie", "Fictif-Dune", "Fictif-Écume", "Fictif-Fleur",
    "Fictif-Givre", "Fictif-Houle", "Fictif-Île", "Fictif-Jonc",
  ]

  struct Volunteer {
    let number: Int
    let name: String
    let email: String
    /// The company they come from.
    let company: Int
    /// The place of two skills in the list.
    let skills: [Int]
  }

  static let volunteers: [Volunteer] = (0..<250).map { number in
    let name = "\(firsts[number % 25]) \(lasts[number / 25])"
    return Volunteer(
      number: number, name: name, email: "volunteer\(number)@exemple\(number % 15).example",
      company: number % 15, skills: [number % 6, (number / 6 + number) % 6])
  }

  /// The association of each mission: the first two have two.
  static let missions: [Int] = Array(0..<20) + [0, 1]
}

/// The play: use cases as people call them, on a clock that is set.
final class Play2018 {
  let folder: URL
  let clock = SetClock(Instant("2018-03-05T09:00:00Z") ?? .sample)
  let platform: Platform
  private(set) var edition = JSON.null
  private(set) var call = JSON.null
  var halfDays: [JSON] = []
  var associations: [(id: JSON, lead: Actor, application: JSON)] = []
  var journeys: [JSON] = []
  var briefs: [JSON] = []
  var partners: [(id: JSON, contact: Actor)] = []
  /// By number; nil who is not there.
  var people: [JSON] = []

  init() async throws {
    folder = PlayedEdition.newFolder()
    let directory = DataDirectory(path: folder.path)
    try directory.create()
    let database = try SQLiteDatabase(file: directory.database, surviving: .process)
    let host = Kernel.Host(database: database, clock: clock.clock)
    platform = Platform(
      modules: compose(host, in: directory, surviving: .process), database: database,
      clock: clock.clock,
      chance: .seeded(2018), report: { print("unexpected error in \($1): \($0)") })
    try await platform.migrate()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func on(_ day: String) {
    clock.set(Instant(day + "T08:00:00Z") ?? .sample)
  }

  @discardableResult
  func act(_ endpoint: String, as actor: Actor = .manager, _ input: [String: JSON] = [:])
    async throws -> JSON
  {
    clock.advance(seconds: 1)
    switch await answer(endpoint, actor, input) {
    case .success(let answer): return answer
    case .failure(let problem):
      let fields = problem.fields.map { "\($0.field): \($0.message.en)" }
      throw Stopped(what: "\(endpoint): \(problem.code) \(problem.detail.en) \(fields)")
    }
  }

  func problem(
    _ endpoint: String, as actor: Actor = .manager, _ input: [String: JSON]
  ) async -> Problem? {
    switch await answer(endpoint, actor, input) {
    case .success: return nil
    case .failure(let problem): return problem
    }
  }

  private func answer(
    _ endpoint: String, _ actor: Actor, _ input: [String: JSON]
  ) async -> Result<JSON, Problem> {
    let request = Request(endpoint, as: actor, .object(input), language: .fr)
    do {
      return .success(try await platform.perform(request))
    } catch {
      return .failure(error)
    }
  }

  struct Stopped: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
  }

  /// Lets what was said be heard.
  func settle() async throws { try await platform.deliverEvents() }

  // MARK: chapters, to teams that are with the volunteers

  func prepare() async throws {
    try await act(
      "programmes.load-catalogue",
      [
        "skills": .array(
          Made2018.skills.map {
            [
              "key": .string($0), "name": ["fr": .string($0), "en": .string($0)],
              "esco": "http://data.europa.eu/esco/skill/0",
            ]
          }),
        "missionTypes": [
          [
            "key": "plan", "name": ["fr": "Plan", "en": "Plan"],
            "skills": .array(Made2018.skills.map { .string($0) }),
          ]
        ],
      ])
    let programme = try await act("programmes.create", ["name": "Rencontres pro bono"])
    edition =
      try await act(
        "programmes.plan-edition",
        [
          "programme": programme["id"] ?? nil, "name": "Édition 2018", "theme": "Inégalités",
          "territory": "La Défense", "zone": "Europe/Paris", "format": "on-site",
          "starts": "2018-03-05", "ends": "2019-06-30",
        ])["id"] ?? nil
    try await calendar(days: ["2018-11-13", "2018-11-14", "2018-11-15", "2018-11-16"])
    // A day nobody will use goes again.
    try await calendar(days: ["2018-11-13", "2018-11-14", "2018-11-15"])
    try await act("programmes.open-edition", ["edition": edition])
  }

  private func calendar(days: [String]) async throws {
    let wanted: [JSON] = days.flatMap { day in
      ["morning", "afternoon"].map { part in
        ["key": .string("d\(day.suffix(2))-\(part)"), "day": .string(day), "part": .string(part)]
      }
    }
    halfDays = try await act(
      "programmes.set-calendar", ["edition": edition, "halfDays": .array(wanted)]
    ).items.map { $0["id"] ?? nil }
  }

  func select() async throws {
    on("2018-03-12")
    call =
      try await act(
        "applications.draft-call",
        [
          "edition": edition, "title": "Appel 2018", "opensOn": "2018-03-12",
          "closesOn": "2018-04-15", "places": 20,
          "questions": [
            [
              "key": "project", "label": ["fr": "Projet", "en": "Project"], "kind": "text",
              "required": true,
            ]
          ],
          "criteria": [["key": "need", "name": ["fr": "Besoin", "en": "Need"], "weight": 1]],
        ])["id"] ?? nil
    try await act("applications.open-call", ["call": call])
    for (number, name) in Made2018.associations.enumerated() {
      // Nobody knows them yet: each registers for the call, and its draft is there.
      let registered = try await act(
        "applications.register-organisation", as: .anyone,
        [
          "name": .string("Les \(name) d’Exemple"), "kind": "association", "causes": ["inclusion"],
          "territory": "Île-de-France", "foundedOn": "2001-02-03", "call": call,
          "contact": [
            "name": .string("Responsable Fictif-\(name)"),
            "email": .string("lead\(number)@association\(number).example"), "language": "fr",
          ],
        ])
      let lead = Actor(.member, subject: registered["member"]?.text)
      let application = registered["application"] ?? nil
      associations.append((registered["organisation"] ?? nil, lead, application))
      try await act(
        "applications.save-answers", as: lead,
        ["application": application, "answers": ["project": "Grandir"]])
      try await act("applications.submit", as: lead, ["application": application])
    }
    on("2018-04-20")
    try await act(
      "applications.deliberate",
      [
        "call": call, "confirmBy": "2018-05-20", "waitingList": [], "refused": [],
        "laureates": .array(associations.map(\.application)),
      ])
    for association in associations {
      try await act(
        "applications.confirm", as: association.lead, ["application": association.application])
    }
    try await settle()
  }

  /// Every mission but the last, which comes after the teams are published.
  func accompany() async throws {
    on("2018-06-01")
    let all = try await act("accompaniment.journeys", ["edition": edition])["items"] ?? nil
    journeys = associations.map { association in
      all.items.first { $0["organisation"] == association.id }?["id"] ?? nil
    }
    for journey in journeys {
      try await act(
        "accompaniment.diagnose",
        ["journey": journey, "strengths": "S", "difficulties": "D", "ambitions": "A"])
    }
    for mission in 0..<21 { briefs.append(try await draftBrief(mission)) }
    for brief in briefs { try await act("accompaniment.publish-brief", ["brief": brief]) }
    try await settle()
  }

  func draftBrief(_ mission: Int) async throws -> JSON {
    let association = Made2018.missions[mission]
    let journey = journeys[association]
    let need = try await act(
      "accompaniment.add-need", as: associations[association].lead,
      ["journey": journey, "missionType": "plan", "statement": "Un plan", "priority": 3])
    try await act("accompaniment.confirm-needs", ["journey": journey])
    let roles: [JSON] = [mission % 6, (mission + 2) % 6].map { skill in
      [
        "title": .string("Rôle \(Made2018.skills[skill])"),
        "skill": .string(Made2018.skills[skill]), "level": 3, "seats": 5,
      ]
    }
    return try await act(
      "accompaniment.draft-brief",
      [
        "journey": journey, "need": need["id"] ?? nil,
        "title": .string("Mission \(mission + 1)"), "context": "Le contexte",
        "deliverable": "Un plan", "roles": .array(roles), "languages": ["fr"],
        "halfDays": [halfDays[mission % halfDays.count]],
      ])["id"] ?? nil
  }

  func recruit() async throws {
    on("2018-09-03")
    for (number, name) in Made2018.companies.enumerated() {
      let registered = try await act(
        "partners.register",
        [
          "name": .string("\(name) Exemple SA"), "kind": "company",
          "contact": [
            "name": .string("Contact Fictif-\(name)"),
            "email": .string("contact@exemple\(number).example"), "language": "fr",
          ],
        ])
      let partner = registered["partner"] ?? nil
      partners.append((partner, Actor(.partner, subject: registered["contact"]?.text)))
      try await act(
        "partners.sign-agreement",
        [
          "partner": partner, "edition": edition, "signedOn": "2018-09-03",
          "regimes": ["patronage-service", "own-time"],
        ])
      let lines = Made2018.volunteers.filter { $0.company == number && $0.number < 249 }.map {
        "\($0.name);\($0.email);fr;patronage-service"
      }
      let csv = (["nom;email;langue;regime"] + lines).joined(separator: "\n")
      try await act(
        "partners.import-roster", as: partners[number].contact,
        [
          "partner": partner, "edition": edition,
          "csv": .string(Data(csv.utf8).base64EncodedString()),
        ])
    }
    let listed = try await act("partners.volunteers", ["edition": edition, "limit": 500])
    var ids: [String: JSON] = [:]
    for row in listed["items"]?.items ?? [] { ids[row["email"]?.text ?? ""] = row["id"] }
    people = Made2018.volunteers.map { ids[$0.email] ?? nil }
    for volunteer in Made2018.volunteers where volunteer.number < 245 {
      try await complete(volunteer.number)
    }
    try await settle()
  }

  func complete(_ number: Int) async throws {
    let volunteer = Made2018.volunteers[number]
    try await act(
      "partners.complete-profile", as: Actor(.volunteer, subject: people[number].text),
      [
        "volunteer": people[number],
        "skills": .array(
          Set(volunteer.skills).sorted().map {
            ["skill": .string(Made2018.skills[$0]), "level": 4]
          }),
        "wishes": [], "causes": [], "languages": ["fr"], "halfDays": .array(halfDays),
        "formats": ["on-site", "remote"], "capacity": 1, "conflicts": [], "previousEmployers": [],
        "consent": true,
      ])
  }

  func matchTeams() async throws {
    on("2018-10-01")
    let run = try await act("matching.run", ["edition": edition, "timeLimitSeconds": 3])
    try await act(
      "matching.publish", ["run": run["id"] ?? nil, "confirmBy": "2018-10-15"])
    on("2018-10-03")
    for place in try await places("offered") {
      try await act(
        "matching.confirm", as: Actor(.volunteer, subject: place["volunteer"]?.text),
        ["place": place["id"] ?? nil])
    }
    try await settle()
  }

  func places(_ state: String) async throws -> [JSON] {
    let page = try await act(
      "matching.places", ["edition": edition, "state": .string(state), "limit": 500])
    return page["items"]?.items ?? []
  }

  func mission(of brief: JSON) async throws -> JSON {
    let page = try await act("missions.list", ["edition": edition, "limit": 500])
    return page["items"]?.items.first { $0["brief"] == brief } ?? nil
  }
}

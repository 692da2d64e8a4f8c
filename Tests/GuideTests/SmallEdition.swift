import Kernel
import KernelTesting
import Testing

/// An edition with one mission for one volunteer, played through the use cases of whatever modules
/// are installed.
struct SmallEdition {
  let test: TestPlatform
  let edition: JSON
  let halfDay: JSON

  /// Plans and opens the edition with its catalogue and one kick-off half-day.
  init(_ modules: (Host) -> [any Module]) async throws {
    test = try await TestPlatform(modules: modules)
    try await test.call(
      "programmes.load-catalogue",
      [
        "skills": [["key": "writing", "name": ["fr": "Rédiger", "en": "Writing"], "esco": "x"]],
        "missionTypes": [
          [
            "key": "communication", "name": ["fr": "Communication", "en": "Communication"],
            "skills": ["writing"],
          ]
        ],
      ])
    let programme = try await test.call("programmes.create", ["name": "Pro bono"])
    edition = try id(
      await test.call(
        "programmes.plan-edition",
        [
          "programme": id(programme), "name": "2020", "theme": "Reducing inequalities",
          "territory": "Paris La Défense", "format": "remote", "starts": "2020-03-02",
          "ends": "2021-08-31",
        ]))
    try await test.call("programmes.open-edition", ["edition": edition])
    halfDay = try id(
      await test.call(
        "programmes.set-calendar",
        [
          "edition": edition,
          "halfDays": [["key": "kick-off", "day": "2020-11-17", "part": "morning"]],
        ]
      ).items.first ?? .null)
  }

  /// From the first journey that began to a running mission with its team.
  func goOn() async throws -> JSON {
    try await test.platform.deliverEvents()
    let journey = try id(
      await test.call("accompaniment.journeys", ["edition": edition])["items"]?.items.first ?? .null
    )
    try await publishBrief(for: journey)
    try await registerVolunteer()
    let run = try id(await test.call("matching.run", ["edition": edition]))
    try await test.call("matching.publish", ["run": run, "confirmBy": "2020-11-01"])
    let places = try await test.call("matching.places", ["edition": edition])
    for place in places["items"]?.items ?? [] {
      try await test.call("matching.confirm", ["place": id(place)])
    }
    try await test.platform.deliverEvents()
    let mission = try id(
      await test.call("missions.list", ["edition": edition])["items"]?.items.first ?? .null)
    return try await test.call("missions.start", ["mission": mission])
  }

  /// Deliveries that nobody could make.
  func undelivered() async throws -> Int {
    try await test.host.read { connection in
      try connection.rows("SELECT COUNT(*) AS n FROM kernel_delivery WHERE state <> 'done'").first?
        .get("n") ?? 0
    }
  }

  private func publishBrief(for journey: JSON) async throws {
    try await test.call(
      "accompaniment.diagnose",
      [
        "journey": journey, "strengths": "Many volunteers", "difficulties": "Nobody knows us",
        "ambitions": "A second place",
      ])
    let need = try id(
      await test.call(
        "accompaniment.add-need",
        [
          "journey": journey, "missionType": "communication", "priority": 1,
          "statement": "Be known by companies",
        ]))
    try await test.call("accompaniment.confirm-needs", ["journey": journey])
    let brief = try id(
      await test.call(
        "accompaniment.draft-brief",
        [
          "journey": journey, "need": need, "title": "A communication plan",
          "context": "We are small.", "deliverable": "A plan and its calendar",
          "roles": [
            ["title": "Writer", "skill": "writing", "level": 2, "niceToHave": [], "seats": 1]
          ],
          "halfDays": [halfDay], "languages": ["fr"],
        ]))
    try await test.call("accompaniment.publish-brief", ["brief": brief])
    try await test.platform.deliverEvents()
  }

  private func registerVolunteer() async throws {
    let volunteer = try id(
      await test.call(
        "partners.register-volunteer",
        [
          "edition": edition, "name": "Ada Exemple", "email": "ada@example.org",
          "language": "fr", "regime": "own-time",
        ]))
    try await test.call(
      "partners.complete-profile",
      [
        "volunteer": volunteer, "skills": [["skill": "writing", "level": 3]], "wishes": [],
        "causes": [], "languages": ["fr"], "halfDays": [halfDay], "formats": ["remote"],
        "capacity": 1, "conflicts": [], "previousEmployers": [], "consent": true,
      ])
    try await test.platform.deliverEvents()
  }
}

func id(_ answer: JSON) throws -> JSON { try #require(answer["id"]) }

import Kernel
import KernelTesting
import MatchingAPI
import Pages
import Testing

/// Everybody who has not answered an offer, written to again at once.
@Suite struct OfferReminderTests {
  private func scene() async throws -> MatchingScene {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 3)], volunteers: (1...3).map { volunteer($0) })
    _ = try await scene.publish()
    return scene
  }

  private func said(_ scene: MatchingScene) async throws -> Int {
    try await scene.test.host.read {
      try $0.rows("SELECT id FROM kernel_event WHERE name = 'matching.offer-reminded'").count
    }
  }

  private func remind(_ scene: MatchingScene, _ places: [JSON?]? = nil) async throws -> JSON {
    var input: [String: JSON] = ["edition": scene.editionJSON]
    if let places { input["places"] = .array(places.compactMap { $0 }) }
    return try await scene.test.call("matching.remind-offers", .object(input))
  }

  @Test func `whoever has not answered is reminded, once a day, and not on the day of the offer`()
    async throws
  {
    let scene = try await scene()
    let places = try await scene.places("offered")
    try await scene.test.call("matching.decline", ["place": places[0]["id"] ?? nil])
    // The offer itself came today.
    let same = try await remind(scene)
    #expect(same["reminded"] == 0 && same["writtenToToday"] == 2)
    scene.test.clock.advance(seconds: 86_400)
    let listed =
      try await scene.test.call(
        "matching.open-offers", ["edition": scene.editionJSON])["items"]?.items ?? []
    #expect(listed.map { $0["isDue"] } == [true, true])
    // One of them gets a letter for another reason.
    try await scene.test.call("matching.resend-offer", ["place": places[1]["id"] ?? nil])
    let first = try await remind(scene)
    #expect(first["reminded"] == 1 && first["writtenToToday"] == 1)
    let again = try await remind(scene)
    #expect(again["reminded"] == 0 && again["writtenToToday"] == 2)
    #expect(try await said(scene) == 1)
    scene.test.clock.advance(seconds: 86_400)
    #expect(try await remind(scene, [places[2]["id"]])["reminded"] == 1)
    #expect(try await remind(scene)["reminded"] == 1)
    #expect(try await said(scene) == 3)
  }

  @Test func `the audit has each offer of which somebody was reminded`() async throws {
    let scene = try await scene()
    scene.test.clock.advance(seconds: 86_400)
    _ = try await remind(scene)
    let rows = try await scene.test.host.read {
      try $0.rows(
        """
        SELECT r.row_id FROM kernel_audit a JOIN kernel_audit_row r ON r.sequence = a.sequence
        WHERE a.endpoint = 'matching.remind-offers' AND r.kind = 'matching_offer_letter'
        """
      ).map { try $0.get("row_id", as: String.self) }
    }
    let places = try await scene.places("offered").compactMap { $0["id"]?.text }
    #expect(Set(rows) == Set(places))
  }

  @Test func `a line of staff's own goes with what they send to many`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 1)], volunteers: (1...2).map { volunteer($0) })
    func lines(_ name: String) async throws -> [String?] {
      try await scene.test.host.read { connection in
        try connection.rows("SELECT payload FROM kernel_event WHERE name = \(name)").map {
          try JSON(parsing: $0.get("payload", as: String.self))["personalLine"]?.text
        }
      }
    }
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    try await scene.test.call(
      "matching.publish",
      ["run": run["id"] ?? nil, "confirmBy": "2020-09-15", "personalLine": "Welcome, all of you."])
    #expect(try await lines("matching.place-offered") == ["Welcome, all of you."])
    #expect(try await lines("matching.volunteer-waiting") == ["Welcome, all of you."])
    scene.test.clock.advance(seconds: 86_400)
    try await scene.test.call(
      "matching.remind-offers", ["edition": scene.editionJSON, "personalLine": "Still there?"])
    #expect(try await lines("matching.offer-reminded") == ["Still there?"])
    let blank = await scene.test.problem(
      "matching.remind-offers", ["edition": scene.editionJSON, "personalLine": ""])
    #expect(blank?.fields.map(\.field) == ["personalLine"])
  }

  @Test func `what cannot be reminded of is refused by its place in the list`() async throws {
    let scene = try await scene()
    let place = try await scene.places("offered")[0]["id"] ?? nil
    try await scene.test.call("matching.decline", ["place": place])
    let wrong = await scene.test.problem(
      "matching.remind-offers", ["edition": scene.editionJSON, "places": [place]])
    #expect(wrong?.fields.map(\.field) == ["places[0]"])
    for actor in [Actor(.volunteer), Actor(.partner), .anyone] {
      let no = await scene.test.problem(
        "matching.remind-offers", as: actor, ["edition": scene.editionJSON])
      #expect(no?.status == 403 || no?.status == 401)
    }
    // Past its term nobody is reminded of it.
    scene.test.clock.set(Instant("2020-12-01T09:00:00Z") ?? .sample)
    #expect(try await remind(scene)["reminded"] == 0)
  }

  @Test func `the page lists who gets a letter before it leaves`() async throws {
    let scene = try await scene()
    func page() async throws -> PageContent {
      try await scene.test.platform.content(
        of: "matching.open-offers", as: .manager, ["edition": scene.editionJSON])
    }
    #expect(try await page().forms.isEmpty)
    scene.test.clock.advance(seconds: 86_400)
    let now = try await page()
    #expect(now.forms.map(\.endpoint) == ["matching.remind-offers"])
    #expect(now.forms.first?.confirmation != nil)
    let tables = now.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    #expect(tables.first?.rows.count == 3)
  }
}

import Foundation
import Kernel
@testable import ParvisApp
import SQLite
import Testing

/// A site with two editions, each with somebody of one company.
private struct House {
  let site: Site
  var editions: [String] = []
  var people: [String] = []
  let partner: String
  let contact: String

  init() async throws {
    site = try await Site()
    let platform = site.platform
    func ask(_ name: String, _ input: JSON) async throws -> JSON {
      try await platform.perform(Kernel.Request(name, as: .manager, input))
    }
    let made = try await ask(
      "partners.register",
      [
        "name": "Company", "kind": "company",
        "contact": ["name": "Claude", "email": "claude@partner.example", "language": "fr"],
      ])
    (partner, contact) = (made["partner"]?.text ?? "", made["contact"]?.text ?? "")
    let programme = try await ask("programmes.create", ["name": "Programme"])["id"] ?? .null
    for name in ["One", "Two"] as [JSON] {
      let edition = try await ask(
        "programmes.plan-edition",
        [
          "programme": programme, "name": name, "theme": "Theme", "territory": "Paris",
          "format": "remote", "starts": "2020-03-02", "ends": "2021-03-01",
        ])["id"]
      let id = edition ?? .null
      _ = try await ask("programmes.open-edition", ["edition": id])
      _ = try await ask(
        "partners.sign-agreement",
        [
          "partner": .string(partner), "edition": id, "signedOn": "2020-03-02",
          "regimes": ["own-time"],
        ])
      let person = try await ask(
        "partners.register-volunteer",
        [
          "edition": id, "partner": .string(partner), "name": "Personne Fictive",
          "email": "personne@partner.example", "language": "fr", "regime": "own-time",
        ])
      editions.append(id.text ?? "")
      people.append(person["id"]?.text ?? "")
    }
  }

  func get(_ path: String, _ token: String) async throws -> Site.Reply {
    try await site.send("GET", path, token: token)
  }
}

@Test func `a token limited to an edition reaches what is of it, and nothing of another`()
  async throws
{
  let house = try await House()
  let (one, two) = (house.editions[0], house.editions[1])
  let token = try await house.site.token("manager", edition: one).secret
  let all = try await house.site.token("manager").secret
  for (path, own, other) in [
    ("/v1/editions/", one, two), ("/v1/volunteers/", house.people[0], house.people[1]),
  ] {
    #expect(try await house.get(path + own, token).status == 200)
    #expect(try await house.get(path + other, all).status == 200)
    let hidden = try await house.get(path + other, token)
    #expect(hidden.status == 404, "\(hidden.text)")
    #expect(try await house.get(path + other.uppercased(), token).status == 404)
  }
  let listed = try await house.get("/v1/editions/\(one)/volunteers", token)
  #expect(listed.status == 200 && listed.text.contains(house.people[0]))
  #expect(!listed.text.contains(house.people[1]))
  #expect(try await house.get("/v1/editions/\(two)/volunteers", token).status == 404)
  #expect(try await house.get("/v1/calls?edition=\(one)", token).status == 200)
  #expect(try await house.get("/v1/calls?edition=\(two)", token).status == 404)
  let nobody = "01700000-0000-4000-8000-000000000001"
  #expect(try await house.get("/v1/calls?edition=\(nobody)", token).status == 404)
  #expect(try await house.get("/v1/volunteers/\(nobody)", token).problem == "beyond-edition")
}

@Test func `what is about all editions, or the house, is beyond a token limited to one`()
  async throws
{
  let house = try await House()
  let (one, two) = (house.editions[0], house.editions[1])
  let manager = try await house.site.token("manager", edition: one).secret
  for path in ["/v1/editions", "/v1/status", "/v1/partners/\(house.partner)", "/v1/me/tasks"] {
    let reply = try await house.get(path, manager)
    #expect(reply.status == 403 && reply.problem == "beyond-edition", "\(path): \(reply.text)")
  }
  let administrator = try await house.site.token("administrator", edition: one).secret
  for path in ["/v1/tokens", "/v1/webhooks", "/v1/mail-settings"] {
    #expect(try await house.get(path, administrator).problem == "beyond-edition")
  }
  for body: JSON in [
    ["role": "administrator", "label": "More"],
    ["role": "administrator", "label": "More", "edition": .string(one)],
  ] {
    let made = try await house.site.send(
      "POST", "/v1/tokens", token: administrator, body: body)
    #expect(made.problem == "beyond-edition")
  }
  // Of the one edition, but taking something of the other along.
  let signed = try await house.site.send(
    "POST", "/v1/partners/\(house.partner)/agreements", token: manager,
    body: ["edition": .string(two), "signedOn": "2020-03-02", "regimes": ["own-time"]])
  #expect(signed.status == 404)
}

@Test func `events and their feed are those of the edition a token is limited to`() async throws {
  let house = try await House()
  let (one, two) = (house.editions[0], house.editions[1])
  let rows = try await house.site.database.read { connection in
    try connection.rows("SELECT id, edition_id FROM kernel_event ORDER BY sequence").map {
      (
        id: try $0.get("id", as: String.self),
        edition: try $0.get(ifPresent: "edition_id", as: String.self)
      )
    }
  }
  let own = Set(rows.filter { $0.edition == one }.map(\.id))
  #expect(!own.isEmpty && rows.contains { $0.edition == two })
  let administrator = try await house.site.token("administrator", edition: one).secret
  let listed = try await house.get("/v1/events", administrator)
  #expect(Set(listed.json["items"]?.items.compactMap { $0["id"]?.text } ?? []) == own)
  for row in rows {
    #expect(
      try await house.get("/v1/events/\(row.id)", administrator).status
        == (row.edition == one ? 200 : 404))
  }
  let all = try await house.site.token("manager").secret
  for (role, subject) in [("manager", nil), ("partner", house.contact)] as [(String, String?)] {
    let token = try await house.site.token(role, subject: subject, edition: one).secret
    let feed = try await house.get("/v1/events/feed?limit=500", token)
    let same = try await house.get("/v1/events/feed?limit=500&edition=\(one)", token)
    #expect(feed.status == 200 && feed.json["items"] == same.json["items"])
    #expect(feed.json["items"]?.items.isEmpty == false)
    #expect(feed.json["items"]?.items.allSatisfy { "\($0)".contains(two) } == false)
    #expect(try await house.get("/v1/events/feed?edition=\(two)", token).status == 404)
    #expect(try await house.get("/v1/editions/\(two)", token).status == 404)
  }
  let whole = try await house.get("/v1/events/feed?limit=500", all)
  let limited = try await house.site.token("manager", edition: one).secret
  let part = try await house.get("/v1/events/feed?limit=500", limited)
  #expect((whole.json["items"]?.items.count ?? 0) > (part.json["items"]?.items.count ?? 0))
}

@Test func `a token is limited to an edition there is, and says to which`() async throws {
  let house = try await House()
  let token = try await house.site.token().secret
  func make(_ edition: JSON) async throws -> Site.Reply {
    try await house.site.send(
      "POST", "/v1/tokens", token: token,
      body: ["role": "manager", "label": "CRM", "edition": edition])
  }
  #expect(try await make("01700000-0000-4000-8000-000000000001").status == 404)
  #expect(try await make("last year").fields == ["edition"])
  let made = try await make(.string(house.editions[0]))
  #expect(made.status < 300 && made.json["edition"] == .string(house.editions[0]))
  let listed = try await house.get("/v1/tokens", token)
  #expect(
    listed.json.items.map { $0["edition"] }
      .filter { $0 == .string(house.editions[0]) }.count == 1)
}

@Test func `what belongs to an edition is found by the schema as it is`() async throws {
  let site = try await Site()
  let real = try await site.database.read { connection in
    try connection.rows(
      """
      SELECT m.name AS name FROM sqlite_master m WHERE m.type = 'table'
        AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'edition_id')
        AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'id')
      """
    ).map { try $0.get("name", as: String.self) }
  }
  #expect(Set(site.platform.tablesOfEditions) == Set(real) && real.count > 20)
}

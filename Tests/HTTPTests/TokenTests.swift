import HTTPTypes
import Kernel
@testable import ParvisApp
import SQLite
import Testing

@Test func `without a token, or with one nobody made, one is asked who one is`() async throws {
  let site = try await Site()
  for header in [nil, "Bearer", "Bearer parvis_nonsense", "Basic cGFydmlz", "Bearer a b"] {
    let reply = try await site.send(
      "GET", "/v1/tokens", headers: header.map { ["Authorization": $0] } ?? [:])
    #expect(reply.status == 401)
    #expect(reply.headers[.wwwAuthenticate] != nil)
  }
}

@Test func `a token that expired is worth nothing`() async throws {
  let site = try await Site()
  let token = try await site.token("administrator", days: 1).secret
  #expect(try await site.send("GET", "/v1/tokens", token: token).status == 200)
  site.clock.advance(seconds: 86_399)
  #expect(try await site.send("GET", "/v1/tokens", token: token).status == 200)
  site.clock.advance(seconds: 1)
  #expect(try await site.send("GET", "/v1/tokens", token: token).status == 401)
}

@Test func `a token that was revoked is worth nothing from then on`() async throws {
  let site = try await Site()
  let admin = try await site.token().secret
  let (id, secret) = try await site.token("manager")
  #expect(try await site.send("GET", "/v1/status", token: secret).status == 200)
  let revoked = try await site.send("POST", "/v1/tokens/\(id)/revocation", token: admin)
  #expect(revoked.json["state"] == "revoked")
  #expect(try await site.send("GET", "/v1/status", token: secret).status == 401)
  let again = try await site.send("POST", "/v1/tokens/\(id)/revocation", token: admin)
  #expect(again.json == revoked.json)
}

@Test func `a token that another process revoked, or gave another role, is so at once`()
  async throws
{
  let site = try await Site()
  let (_, secret) = try await site.token("manager")
  for _ in 0..<3 { #expect(try await site.send("GET", "/v1/status", token: secret).status == 200) }
  let other = try SQLiteDatabase(file: DataDirectory(path: site.folder).database)
  try await other.write { try $0.execute("UPDATE token_token SET role = 'administrator'") }
  #expect(try await site.send("GET", "/v1/tokens", token: secret).status == 200)
  try await other.write { try $0.execute("UPDATE token_token SET revoked_at = 1") }
  #expect(try await site.send("GET", "/v1/status", token: secret).status == 401)
  try await other.write { try $0.execute("UPDATE token_token SET revoked_at = NULL") }
  #expect(try await site.send("GET", "/v1/status", token: secret).status == 200)
}

@Test
func `while tokens are revoked under load, none is believed after its revocation was answered`()
  async throws
{
  let site = try await Site()
  let admin = try await site.token().secret
  try await withThrowingTaskGroup(of: Void.self) { group in
    for _ in 0..<8 {
      group.addTask {
        let (id, secret) = try await site.token("manager")
        for _ in 0..<5 {
          #expect(try await site.send("GET", "/v1/status", token: secret).status == 200)
        }
        _ = try await site.send("POST", "/v1/tokens/\(id)/revocation", token: admin)
        #expect(try await site.send("GET", "/v1/status", token: secret).status == 401)
      }
    }
    try await group.waitForAll()
  }
}

@Test func `the wrong role is turned away`() async throws {
  let site = try await Site()
  let contact = try await site.token("partner", subject: site.contact()).secret
  let reply = try await site.send(
    "POST", "/v1/programmes", token: contact, body: ["name": "Mine"])
  #expect(reply.status == 403)
  let manager = try await site.token("manager").secret
  #expect(try await site.send("GET", "/v1/tokens", token: manager).status == 403)
}

@Test func `nobody but the owner’s socket is believed by their word`() async throws {
  let site = try await Site()
  let reply = try await site.send(
    "GET", "/v1/tokens", headers: ["Parvis-Actor": "administrator"])
  #expect(reply.status == 401)
}

@Test func `the secret is shown once and kept nowhere`() async throws {
  let site = try await Site()
  let (_, secret) = try await site.token()
  let list = try await site.send("GET", "/v1/tokens", token: secret)
  #expect(!list.text.contains(secret))
  #expect(!list.text.contains("hash"))
  let stored = try await site.database.read { connection in
    try connection.rows("SELECT hash FROM token_token").map { try $0.get("hash", as: String.self) }
  }
  #expect(stored.allSatisfy { $0.count == 64 && !secret.contains($0) })
  let keyed = try await site.send(
    "POST", "/v1/tokens", token: secret, body: ["role": "manager", "label": "x"],
    headers: ["Idempotency-Key": "k"])
  #expect(keyed.problem == "token/no-key")
}

@Test func `a person’s token names the person, and staff’s names nobody`() async throws {
  let site = try await Site()
  let admin = try await site.token().secret
  let nobody = try await site.send(
    "POST", "/v1/tokens", token: admin, body: ["role": "volunteer", "label": "x"])
  #expect(nobody.fields == ["subject"])
  let staff = try await site.send(
    "POST", "/v1/tokens", token: admin,
    body: [
      "role": "manager", "label": "x", "subject": "01890000-0000-7000-8000-000000000000",
    ])
  #expect(staff.fields == ["subject"])
  let stranger = try await site.send(
    "POST", "/v1/tokens", token: admin,
    body: ["role": "member", "label": "x", "subject": "01890000-0000-7000-8000-000000000000"])
  #expect(stranger.fields == ["subject"])
  let system = try await site.send(
    "POST", "/v1/tokens", token: admin, body: ["role": "system", "label": "x"])
  #expect(system.fields == ["role"])
}

import HTTPTypes
import Kernel
import Testing

private let edition: JSON = [
  "name": "2020", "theme": "Reducing inequalities", "territory": "La Défense",
  "format": "on-site", "starts": "2020-03-02", "ends": "2021-08-31",
]

/// A site with a programme, a planned edition and a manager's token.
private struct Scene {
  let site: Site
  let token: String
  let edition: String

  init() async throws {
    site = try await Site()
    token = try await site.token("manager").secret
    let programme = try await site.send(
      "POST", "/v1/programmes", token: token, body: ["name": "Pro bono"])
    guard case .object(var members) = HTTPTests.edition else { throw Problem.badInput }
    members["programme"] = programme.json["id"]
    let planned = try await site.send("POST", "/v1/editions", token: token, body: .object(members))
    edition = planned.json["id"]?.text ?? ""
  }
}

extension Problem {
  fileprivate static let badInput = Problem.invalid("test", en: "test", fr: "test")
}

@Test func `a use case answers with its output and the version as an entity tag`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send("GET", "/v1/editions/\(scene.edition)", token: scene.token)
  #expect(reply.status == 200)
  #expect(reply.json["name"] == "2020")
  #expect(reply.headers[.eTag] == "\"1\"")
  #expect(reply.headers[.contentType] == "application/json")
}

@Test func `an unknown id is not found, in words`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "GET", "/v1/editions/01890000-0000-7000-8000-000000000000", token: scene.token,
    headers: ["Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"])
  #expect(reply.status == 404)
  #expect(reply.problem == "not-found")
  #expect(reply.headers[.contentType] == "application/problem+json")
  #expect(reply.headers[.contentLanguage] == "fr")
  #expect(reply.json["title"] == "Introuvable")
  #expect(reply.json["advice"]?.text?.isEmpty == false)
}

@Test func `an address that nothing answers is not found, and says so without a token`()
  async throws
{
  let site = try await Site()
  #expect(try await site.send("GET", "/v1/nothing").status == 404)
  #expect(try await site.send("GET", "/elsewhere").status == 404)
  #expect(try await site.send("GET", "/v1/%ff").status == 400)
  #expect(try await site.send("GET", "/v1/editions/%zz").status == 400)
}

@Test func `another method is refused with those that are allowed`() async throws {
  let site = try await Site()
  let reply = try await site.send("DELETE", "/v1/programmes")
  #expect(reply.status == 405)
  #expect(reply.headers[.allow] == "GET, POST")
  #expect(try await site.send("POST", "/health/live").status == 405)
}

@Test func `a stale version is a conflict, in the body or as If-Match`() async throws {
  let scene = try await Scene()
  let path = "/v1/editions/\(scene.edition)/format"
  let first = try await scene.site.send(
    "PUT", path, token: scene.token, body: ["format": "remote", "version": 1])
  #expect(first.status == 200)
  let stale = try await scene.site.send(
    "PUT", path, token: scene.token, body: ["format": "hybrid", "version": 1])
  #expect(stale.status == 409)
  #expect(stale.problem == "stale-version")
  let tagged = try await scene.site.send(
    "PUT", path, token: scene.token, body: ["format": "hybrid"], headers: ["If-Match": "\"1\""])
  #expect(tagged.problem == "stale-version")
}

@Test func `a change of state that cannot be is a conflict`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "POST", "/v1/editions/\(scene.edition)/closure", token: scene.token)
  #expect(reply.status == 409)
  #expect(reply.problem == "programmes/wrong-state")
}

@Test(arguments: ["{\"name\": ", "[1,", "nonsense", "{\"name\": \"x\"} trailing"])
func `malformed JSON is refused`(_ text: String) async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, raw: [UInt8](text.utf8))
  #expect(reply.status == 400)
  #expect(reply.problem == "malformed")
}

@Test func `a document nested without end is refused, and the server lives`() async throws {
  let scene = try await Scene()
  let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
  let reply = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, raw: [UInt8](deep.utf8))
  #expect(reply.status == 400)
}

@Test func `invalid UTF-8 is refused`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token,
    raw: [UInt8]("{\"name\": \"".utf8) + [0xC3, 0x28] + [UInt8]("\"}".utf8))
  #expect(reply.status == 400)
  #expect(reply.json["detail"] == "The text is not valid UTF-8.")
}

@Test func `every wrong field is named at once, with its path`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "PUT", "/v1/editions/\(scene.edition)/calendar", token: scene.token,
    body: [
      "halfDays": [
        ["key": 7, "day": "2020-02-31", "part": "evening"], ["key": "a", "day": "2020-11-17"],
      ], "surplus": true,
    ])
  #expect(reply.status == 422)
  #expect(
    Set(reply.fields).isSuperset(of: [
      "halfDays[0].key", "halfDays[0].part", "halfDays[1].part", "surplus",
    ]))
}

@Test func `an impossible date, an empty name and a body that is no object are refused`()
  async throws
{
  let scene = try await Scene()
  guard case .object(var members) = HTTPTests.edition else { return }
  members["programme"] = "01890000-0000-7000-8000-000000000000"
  members["starts"] = "2020-02-31"
  let date = try await scene.site.send(
    "POST", "/v1/editions", token: scene.token, body: .object(members))
  #expect(date.status == 422)
  #expect(date.fields == ["starts"])
  let blank = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, body: ["name": "   "])
  #expect(blank.fields == ["name"])
  let list = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, body: ["a", "b"])
  #expect(list.status == 422)
}

@Test func `numbers out of range are refused, in the query and in the body`() async throws {
  let site = try await Site()
  let token = try await site.token().secret
  for query in ["limit=0", "limit=501", "limit=many", "limit=1e9", "limit=99999999999999999999"] {
    let reply = try await site.send("GET", "/v1/events?\(query)", token: token)
    #expect(reply.status == 422, "\(query)")
    #expect(reply.fields == ["limit"])
  }
  let days = try await site.send(
    "POST", "/v1/tokens", token: token,
    body: ["role": "manager", "label": "x", "expiresInDays": 731])
  #expect(days.fields == ["expiresInDays"])
  #expect(try await site.send("GET", "/v1/events?limit=2&limit=3", token: token).status == 422)
  #expect(try await site.send("GET", "/v1/events?surplus=1", token: token).fields == ["surplus"])
}

@Test func `another content type is refused`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, raw: [UInt8]("name=x".utf8),
    headers: ["Content-Type": "application/x-www-form-urlencoded"])
  #expect(reply.status == 415)
  let charset = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, raw: [UInt8]("{\"name\":\"y\"}".utf8),
    headers: ["Content-Type": "Application/JSON; charset=utf-8"])
  #expect(charset.status == 200)
}

@Test func `an oversized body is refused, announced or streamed`() async throws {
  let site = try await Site(bodyLimit: 4096)
  let token = try await site.token().secret
  let announced = try await site.send(
    "POST", "/v1/programmes", token: token, raw: [32], headers: ["Content-Length": "5000"])
  #expect(announced.status == 413)
  let streamed = try await site.send(
    "POST", "/v1/programmes", token: token, raw: [UInt8](repeating: 32, count: 1024), chunks: 5)
  #expect(streamed.status == 413)
  #expect(streamed.problem == "too-large")
}

@Test func `a field that address and body give differently is refused`() async throws {
  let scene = try await Scene()
  let reply = try await scene.site.send(
    "PUT", "/v1/editions/\(scene.edition)/format", token: scene.token,
    body: ["edition": "01890000-0000-7000-8000-000000000000", "format": "remote"])
  #expect(reply.status == 422)
  #expect(reply.fields == ["edition"])
}

@Test func `a command sent twice with one key is done once`() async throws {
  let scene = try await Scene()
  let first = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, body: ["name": "Twice"],
    headers: ["Idempotency-Key": "k1"])
  let second = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, body: ["name": "Twice"],
    headers: ["Idempotency-Key": "k1"])
  #expect(first.status == 200)
  #expect(second.json == first.json)
  let other = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, body: ["name": "Other"],
    headers: ["Idempotency-Key": "k1"])
  #expect(other.problem == "idempotency-key-reused")
  let long = try await scene.site.send(
    "POST", "/v1/programmes", token: scene.token, body: ["name": "Long"],
    headers: ["Idempotency-Key": String(repeating: "k", count: 129)])
  #expect(long.status == 400)
}

@Test func `a request keeps its id, unless it would write into the log`() async throws {
  let site = try await Site()
  let kept = try await site.send("GET", "/v1/nothing", headers: ["X-Request-Id": "abc-123"])
  #expect(kept.json["request"] == "abc-123")
  let other = try await site.send(
    "GET", "/v1/nothing", headers: ["X-Request-Id": "abc level=fatal"])
  #expect(other.json["request"] != "abc level=fatal")
}

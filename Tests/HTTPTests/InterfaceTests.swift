import Kernel
@testable import ParvisApp
import SQLite
import Testing

@Test func `health is answered without a token, readiness by asking the database`() async throws {
  let site = try await Site()
  #expect(try await site.send("GET", "/health/live").json == ["status": "live"])
  #expect(try await site.send("GET", "/health/ready").json == ["status": "ready"])
  #expect(try await site.send("HEAD", "/health/live").text.isEmpty)
}

@Test func `the OpenAPI document lists every use case once, and every reference leads somewhere`()
  async throws
{
  let site = try await Site()
  let document = try await site.send("GET", "/openapi.json").json
  #expect(document["openapi"] == "3.1.0")
  guard case .object(let paths)? = document["paths"] else {
    Issue.record("no paths")
    return
  }
  var ids: [String] = []
  for (path, operations) in paths {
    guard case .object(let methods) = operations else { continue }
    for (method, operation) in methods {
      #expect(["get", "post", "put", "delete"].contains(method))
      ids.append(operation["operationId"]?.text ?? "")
      let inPath = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
        String($0.dropFirst().dropLast())
      }
      let declared = (operation["parameters"]?.items ?? []).filter { $0["in"] == "path" }
        .compactMap { $0["name"]?.text }
      #expect(inPath.sorted() == declared.sorted(), "\(path)")
      #expect(operation["responses"]?["200"] != nil)
      #expect(operation["responses"]?["default"] != nil)
    }
  }
  #expect(ids.count == Set(ids).count)
  #expect(Set(ids) == Set(bareEndpoints.map(\.id)))
  for reference in references(in: document) {
    #expect(resolve(reference, in: document) != nil, "\(reference)")
  }
}

@Test func `every field of a path is a field of the input, and every address is answered once`() {
  var seen: Set<String> = []
  for endpoint in bareEndpoints {
    let names = Set(endpoint.input().properties.map(\.name))
    for field in endpoint.pathFields {
      #expect(names.contains(field), "\(endpoint.id) has no field \(field)")
    }
    let shape = endpoint.path.split(separator: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }
    let address = endpoint.method.rawValue + " " + shape.joined(separator: "/")
    #expect(seen.insert(address).inserted, "\(endpoint.id): \(address) is answered twice")
    #expect(endpoint.path.hasPrefix("/"))
  }
}

@Test func `a use case is found by its address, literal parts first`() throws {
  let table = RouteTable(bareEndpoints)
  for endpoint in bareEndpoints {
    let parts = endpoint.path.split(separator: "/").map { $0.hasPrefix("{") ? "value" : String($0) }
    guard case .found(let found, let values) = table.match(endpoint.method.rawValue, parts) else {
      Issue.record("\(endpoint.id) is not found")
      continue
    }
    #expect(found.id == endpoint.id)
    #expect(Set(values.keys) == Set(endpoint.pathFields))
  }
}

@Test(arguments: [
  ("fr", Language.fr), ("fr-CA;q=0.8, en;q=0.9", .en), ("de, fr;q=0.1", .fr), ("", .en),
  ("en;q=0, fr;q=0.2", .fr), ("*", .en),
])
func `the language is the one preferred of the two there are`(_ header: String, _ wanted: Language)
{
  #expect(Language(accepting: header) == wanted)
}

@Test func `the words of every event that failed can be replayed from where it was parked`()
  async throws
{
  let site = try await Site()
  let token = try await site.token().secret
  let manager = try await site.token("manager").secret
  try await site.database.write { connection in
    try connection.execute(
      """
      INSERT INTO kernel_event (id, sequence, name, version, aggregate, payload, actor, request,
        occurred_at)
      VALUES ('01890000-0000-7000-8000-000000000001', 1, 'test.said', 1, 'a', '{}', 'manager', 'r', 0)
      """)
    try connection.execute(
      """
      INSERT INTO kernel_delivery (event_id, sequence, subscriber, aggregate, state, attempts, due_at,
        fault)
      VALUES ('01890000-0000-7000-8000-000000000001', 1, 'test.hears', 'a', 'parked', 5, 0, 'no')
      """)
  }
  let parked = try await site.send("GET", "/v1/events?state=parked", token: token)
  #expect(parked.json["items"]?.items.count == 1)
  let path = "/v1/events/01890000-0000-7000-8000-000000000001"
  let status = try await site.send("GET", "/v1/status", token: manager)
  #expect(status.json["deliveriesParked"] == 1)
  let replay = try await site.send(
    "POST", path + "/replay", token: token, body: ["subscriber": "test.hears"])
  #expect(replay.json["deliveries"]?.items.first?["state"] == "pending")
  let again = try await site.send(
    "POST", path + "/replay", token: token, body: ["subscriber": "test.hears"])
  #expect(again.problem == "events/not-parked")
  let nobody = try await site.send(
    "POST", path + "/replay", token: token, body: ["subscriber": "test.other"])
  #expect(nobody.fields == ["subscriber"])
  let audit = try await site.send("GET", "/v1/audit", token: token)
  #expect(audit.text.contains("events.replay"))
}

private func references(in value: JSON) -> [String] {
  switch value {
  case .object(let members):
    members.flatMap { key, inner in
      key == "$ref" ? [inner.text ?? ""] : references(in: inner)
    }
  case .array(let items): items.flatMap(references)
  default: []
  }
}

private func resolve(_ reference: String, in document: JSON) -> JSON? {
  reference.split(separator: "/").dropFirst().reduce(document as JSON?) { $0?[String($1)] }
}

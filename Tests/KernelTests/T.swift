import Kernel
import KernelTesting
import Testing

struct Thing: Versioned {
  static let table = "toy_thing"
  static let noun = Words(en: "thing", fr: "chose")
  let id: ID<Thing>
  var version: Int
  var fullName: Name
  var tags: [String]
  var email: EmailAddress?
  var state: State
  enum State: String, Codable, CaseIterable { case open, closed }
}
struct ThingMade: Event {
  static let name = "toy.thing-made"
  let thing: ID<Thing>
  var aggregate: String { thing.description }
  var edition: EditionID? { nil }
}
struct Make: Codable, Sendable {
  let fullName: Name
  let tags: [String]?
  let level: Whole<1, 5>
  let state: Thing.State?
}
struct Toy: Module {
  static let name = "toy"
  static let summary = Words("toy")
  var migrations: [Migration] {
    [
      Migration(
        "toy.1-create",
        "CREATE TABLE toy_thing (id TEXT PRIMARY KEY, version INTEGER NOT NULL, full_name TEXT NOT NULL, tags TEXT NOT NULL, email TEXT, state TEXT NOT NULL)",
        "CREATE TABLE toy_heard (id TEXT PRIMARY KEY)")
    ]
  }
  var endpoints: [Endpoint] {
    [
      .command("toy.make", .post, "/things", by: .staff, Words("make")) { (input: Make, tx) in
        var thing = Thing(
          id: tx.newID(), version: 1, fullName: input.fullName, tags: input.tags ?? [], email: nil,
          state: input.state ?? .open)
        try tx.insert(thing)
        try tx.update(&thing)
        try tx.emit(ThingMade(thing: thing.id))
        return thing
      },
      .query("toy.list", "/things", by: .staff, Words("list")) { (_: Nothing, tx) in
        try tx.select(Thing.self, "ORDER BY id")
      },
    ]
  }
  var subscriptions: [Subscription] {
    [
      .on(ThingMade.self, "toy.hear") { event, tx in
        try tx.execute("INSERT INTO toy_heard (id) VALUES (\(event.thing))")
      }
    ]
  }
}

@Test func `a command writes its rows and its event once`() async throws {
  let test = try await TestPlatform { _ in [Toy()] }
  let a: Thing = try await test.call(
    "toy.make", ["fullName": "A b", "level": 2, "tags": ["x"]], key: "k")
  let b: Thing = try await test.call(
    "toy.make", ["fullName": "A b", "level": 2, "tags": ["x"]], key: "k")
  #expect(a.id == b.id)
  #expect(a.version == 2)
  #expect(try await test.platform.deliverEvents() == 1)
  #expect(try await test.call("toy.list", answer: [Thing].self).count == 1)
  let p = await test.problem("toy.make", ["fullName": "", "level": 9, "extra": 1])
  #expect(p?.fields.count == 3)
  print(p as Any)
  print(test.platform.endpoint("toy.make")!.input().document)
}

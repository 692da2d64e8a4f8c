import Kernel

/// A small module that shows every mechanism of the kernel.
struct ToyModule: Module {
  static let name = "toy"
  static let summary = Words(en: "a toy", fr: "un jouet")
  /// Makes the listener fail for things of this name.
  var poison: Name?

  var migrations: [Migration] {
    [
      Migration(
        "toy.1-create",
        """
        CREATE TABLE toy_thing (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, full_name TEXT NOT NULL, tags TEXT NOT NULL,
          email TEXT, state TEXT NOT NULL)
        """,
        "CREATE TABLE toy_heard (id TEXT PRIMARY KEY, position BIGINT NOT NULL, name TEXT NOT NULL)"
      )
    ]
  }

  var endpoints: [Endpoint] {
    makeThing
    closeThing
    fail
    listThings
    listHeard
  }

  var makeThing: UseCase<Make, Thing> {
    .command("toy.make", .post, "/things", by: .staff, Words("Make a thing")) {
      input, transaction in
      let thing = Thing(
        id: transaction.newID(), version: 1, fullName: input.fullName, tags: input.tags ?? [],
        email: nil, state: input.state ?? .open)
      try transaction.insert(thing)
      try transaction.emit(ThingMade(thing: thing.id, name: thing.fullName, edition: nil))
      return thing
    }
  }
  var closeThing: UseCase<Close, Thing> {
    .command("toy.close", .post, "/things/{thing}/closure", by: .staff, Words("Close a thing")) {
      input, transaction in
      var thing = try transaction.get(Thing.self, input.thing)
      try thing.expect(version: input.version)
      thing.state = .closed
      try transaction.update(&thing)
      return thing
    }
  }
  var fail: UseCase<Make, Thing> {
    .command("toy.fail", .post, "/failure", by: .staff, Words("Write, then fail")) {
      _, transaction in
      try transaction.execute("INSERT INTO toy_heard (id, position, name) VALUES ('x', 1, 'x')")
      throw Broken()
    }
  }
  var listThings: UseCase<Nothing, [Thing]> {
    .query("toy.list", "/things", by: .everyone, Words("List the things")) { _, transaction in
      try transaction.select(Thing.self, "ORDER BY id")
    }
  }
  var listHeard: UseCase<Nothing, [String]> {
    .query("toy.heard", "/heard", by: .everyone, Words("List what was heard")) { _, transaction in
      try transaction.rows("SELECT name FROM toy_heard ORDER BY position").map {
        try $0.get("name", as: String.self)
      }
    }
  }

  var subscriptions: [Subscription] {
    [
      .on(ThingMade.self, "toy.hear") { event, transaction in
        if event.name == poison { throw Broken() }
        let position: Int = try transaction.rows("SELECT COUNT(*) AS n FROM toy_heard")[0].get("n")
        try transaction.execute(
          """
          INSERT INTO toy_heard (id, position, name)
          VALUES (\(event.thing), \(position), \(event.name))
          """)
      }
    ]
  }

  struct Make: Codable, Sendable {
    let fullName: Name
    let level: Whole<1, 5>
    let tags: [String]?
    let state: Thing.State?
  }
  struct Close: Codable, Sendable {
    let thing: ID<Thing>
    let version: Int?
  }
  struct Broken: Error {}
}

struct Thing: Versioned, Equatable {
  enum State: String, Codable, CaseIterable {
    case open
    case closed
  }
  static let table = "toy_thing"
  static let noun = Words(en: "thing", fr: "chose")
  let id: ID<Thing>
  var version: Int
  var fullName: Name
  var tags: [String]
  var email: EmailAddress?
  var state: State
}

struct ThingMade: Event {
  static let name = "toy.thing-made"
  let thing: ID<Thing>
  let name: Name
  let edition: EditionID?
  var aggregate: String { thing.description }
}

let make: JSON = ["fullName": "A thing", "level": 2, "tags": ["x", "y"]]

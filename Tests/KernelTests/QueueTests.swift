import Kernel
import KernelTesting
import Testing

/// Says lines on topics, and hears them; a line “bad” cannot be heard.
private struct TalkModule: Module {
  static let name = "talk"
  static let summary = Words(en: "talk", fr: "paroles")

  struct Say: Codable, Sendable {
    let topic: String
    let line: String
  }
  struct Said: Event {
    static let name = "talk.said"
    let topic: String
    let line: String
    var aggregate: String { topic }
    var edition: EditionID? { nil }
  }
  struct Deaf: Error {}

  /// Whether lines are heard together.
  var independent = false

  var migrations: [Migration] {
    [Migration("talk.1-create", "CREATE TABLE talk_heard (position BIGINT, line TEXT)")]
  }
  var endpoints: [Endpoint] {
    [
      .command("talk.say", .post, "/said", by: .staff, Words("Say a line")) {
        (input: Say, transaction) in
        try transaction.emit(Said(topic: input.topic, line: input.line))
        return Nothing()
      },
      .query("talk.heard", "/heard", by: .staff, Words("List what was heard")) {
        (_: Nothing, transaction) in
        try transaction.rows("SELECT line FROM talk_heard ORDER BY position").map {
          try $0.get("line", as: String.self)
        }
      },
    ]
  }
  var subscriptions: [Subscription] {
    [
      .on(Said.self, "talk.hear", independent: independent, asking: { event, _ in event.line }) {
        event, _, transaction in
        guard event.line != "bad" else { throw Deaf() }
        try transaction.execute(
          "INSERT INTO talk_heard SELECT COUNT(*), \(event.line) FROM talk_heard")
      }
    ]
  }
}

@Test(arguments: [false, true])
func `what follows a failure waits for it on its own topic only`(together: Bool) async throws {
  let test = try await TestPlatform { _ in [TalkModule(independent: together)] }
  for (topic, line) in [("a", "bad"), ("a", "after"), ("b", "fine"), ("a", "last")] {
    try await test.call("talk.say", ["topic": .string(topic), "line": .string(line)])
  }
  #expect(try await test.platform.deliverEvents() == 1)
  #expect(try await test.call("talk.heard") == ["fine"])
  for _ in 0..<Platform.attempts {
    test.clock.advance(seconds: 100_000)
    try await test.platform.deliverEvents()
  }
  #expect(try await test.call("talk.heard") == ["fine", "after", "last"])
}

@Test(arguments: [false, true])
func `more events than are looked up at a time are heard in order, once, up to the limit`(
  together: Bool
) async throws {
  let test = try await TestPlatform { _ in [TalkModule(independent: together)] }
  let lines = (1...150).map { "line \($0)" }
  for line in lines { try await test.call("talk.say", ["topic": "a", "line": .string(line)]) }
  #expect(try await test.platform.deliverEvents(limit: 70) == 70)
  #expect(try await test.platform.deliverEvents() == 80)
  #expect(try await test.platform.deliverEvents() == 0)
  #expect(try await test.call("talk.heard") == .array(lines.map { .string($0) }))
}

import Kernel
import KernelTesting
import Synchronization
import Testing

private struct Left: Event {
  static let name = "gate.left"
  var edition: EditionID? { nil }
  var aggregate: String { "gate" }
}

/// People come and leave through it; whoever is let in was asked for before the transaction.
private final class Gate: Module {
  static let name = "gate"
  static let summary = Words("a gate")
  /// Who is there, as another module would know it, and what happens while that is asked.
  let present = Mutex(["ada"])
  let meanwhile = Mutex<(@Sendable () async -> Void)?>(nil)
  let asked = Mutex(0)

  let migrations = [
    Migration("gate.1-create", "CREATE TABLE gate_in (id TEXT PRIMARY KEY)")
  ]

  private struct One: Codable, Sendable { let name: Name }

  private func people() async -> [String] {
    asked.withLock { $0 += 1 }
    let known = present.withLock { $0 }
    let work = meanwhile.withLock { work in
      defer { work = nil }
      return work
    }
    await work?()
    return known
  }

  var endpoints: [Endpoint] {
    [
      .command(
        "gate.let-in", .post, "/in", by: .staff, Words("Let somebody in"),
        relying: Reliance(Left.self), asking: { (_: One, _) in await self.people() }
      ) { (input: One, people, transaction) in
        guard people.contains(input.name.description) else {
          throw Problem.invalid("name", en: "is not there", fr: "n’est pas là")
        }
        try transaction.execute("INSERT INTO gate_in (id) VALUES (\(input.name))")
        return input
      },
      .command("gate.leave", .post, "/out", by: .staff, Words("Leave")) {
        (input: One, transaction) in
        self.present.withLock { $0.removeAll { $0 == input.name.description } }
        try transaction.emit(Left())
        return input
      },
    ]
  }
}

@Test func `what was asked and is untrue at the writing is asked again`() async throws {
  let gate = Gate()
  let test = try await TestPlatform { _ in [gate] }
  gate.meanwhile.withLock { work in
    work = { _ = try? await test.call("gate.leave", ["name": "ada"]) }
  }
  let problem = await test.problem("gate.let-in", ["name": "ada"])
  #expect(problem?.fields.first?.field == "name")
  #expect(gate.asked.withLock { $0 } == 2)
  let inside = try await test.platform.database.read { try $0.rows("SELECT id FROM gate_in").count }
  #expect(inside == 0)
}

@Test func `what stays true is asked once`() async throws {
  let gate = Gate()
  let test = try await TestPlatform { _ in [gate] }
  try await test.call("gate.let-in", ["name": "ada"])
  #expect(gate.asked.withLock { $0 } == 1)
}

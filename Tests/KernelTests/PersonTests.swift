import Kernel
import KernelTesting
import Testing

private let member = Grant(.member, subject: "3f2a0000-0000-4000-8000-000000000001")
private let other = Grant(.member, subject: "3f2a0000-0000-4000-8000-000000000002")
private let manager = Grant(.manager)

private func person(_ name: String) -> Person { Person("person:\(name)") ?? .anyone }

@Test func `somebody who is two things acts as the one that the use case is for`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let both = Actor(person("lea"), as: member, of: [member, manager])
  try await test.call("toy.make", as: both, make)
  let line = try await test.platform.database.read {
    try $0.rows("SELECT person, role, subject FROM kernel_audit").first
  }
  #expect(line?["person"] == .text("person:lea"))
  #expect(line?["role"] == .text("manager"))
  #expect(line?["subject"] == .null)
}

@Test func `where several grants would do, the call must say which`() throws {
  let two = Actor(person("lea"), as: manager, of: [member, other])
  #expect(throws: Problem.self) { try two.implied(for: [.member]) }
  #expect(try two.acting(as: other)?.implied(for: [.member]).subject == other.subject)
  #expect(two.acting(as: Grant(.member, subject: "nobody")) == nil)
  #expect(two.subjects(as: .member, ID<PersonEntity>.self).count == 2)
}

@Test func `two managers with the same key get each their own answer`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let lea = Actor(.manager, person: person("lea"))
  let max = Actor(.manager, person: person("max"))
  let one: Thing = try await test.call("toy.make", as: lea, make, key: "k")
  let two: Thing = try await test.call("toy.make", as: max, make, key: "k")
  #expect(one.id != two.id)
  #expect(try await test.call("toy.make", as: lea, make, key: "k", answer: Thing.self) == one)
}

@Test func `the audit names the rows that were written, with their versions`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let thing: Thing = try await test.call("toy.make", make)
  try await test.call("toy.close", ["thing": .string(thing.id.description)])
  let rows = try await test.platform.database.read {
    try $0.rows(
      """
      SELECT a.endpoint, r.kind, r.row_id, r.version_before, r.version_after
      FROM kernel_audit a JOIN kernel_audit_row r ON r.sequence = a.sequence ORDER BY a.sequence
      """)
  }
  #expect(rows.map { $0["endpoint"] } == [.text("toy.make"), .text("toy.close")])
  #expect(rows.map { $0["kind"] } == [.text("toy_thing"), .text("toy_thing")])
  #expect(rows.map { $0["row_id"] }.allSatisfy { $0 == .text(thing.id.description) })
  #expect(rows.map { $0["version_before"] } == [.null, .integer(1)])
  #expect(rows.map { $0["version_after"] } == [.integer(1), .integer(2)])
}

@Test func `who acts under another’s grant is kept with it`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let behalf = Person.known(as: member)
  try await test.call("toy.make", as: Actor(.owner, as: manager, onBehalfOf: behalf), make)
  let line = try await test.platform.database.read {
    try $0.rows("SELECT person, behalf FROM kernel_audit").first
  }
  #expect(line?["person"] == .text("owner"))
  #expect(line?["behalf"] == .text(behalf.description))
}

@Test func `the audit goes on in order when the clock was set back`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  try await test.call("toy.make", make)
  test.clock.advance(seconds: -86_400)
  try await test.call("toy.make", make)
  let lines = try await test.platform.database.read {
    try $0.rows("SELECT sequence, at FROM kernel_audit ORDER BY sequence")
  }
  #expect(lines.map { $0["sequence"] } == [.integer(1), .integer(2)])
  let moments = try lines.map { try $0.get("at", as: Instant.self) }
  #expect(moments[0] > moments[1])
}

@Test func `a grant and a person are read as they are written`() {
  #expect(Grant("volunteer:abc") == Grant(.volunteer, subject: "abc"))
  #expect(Grant("manager") == Grant(.manager))
  #expect(Grant("system") == nil)
  #expect(Grant("king") == nil)
  #expect(Person("has space") == nil)
  #expect(Person("") == nil)
  #expect(Person.known(as: member).description == member.description)
}

import Kernel
import KernelTesting
import Testing

@Test func `the same key gives the first answer and changes nothing`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let first: Thing = try await test.call("toy.make", make, key: "k")
  let second: Thing = try await test.call("toy.make", make, key: "k")
  #expect(first == second)
  #expect(try await test.call("toy.list", answer: [Thing].self) == [first])
}

@Test func `a key used for another request is refused`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  try await test.call("toy.make", make, key: "k")
  await #expect(throws: Problem.keyReused) {
    try await test.call("toy.make", ["fullName": "Other", "level": 2], key: "k")
  }
}

@Test func `two people may use the same key`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let one: Thing = try await test.call("toy.make", as: .manager, make, key: "k")
  let two: Thing = try await test.call("toy.make", as: .administrator, make, key: "k")
  #expect(one.id != two.id)
}

@Test func `a command that fails leaves nothing behind, and shows no inner detail`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let problem = await test.problem("toy.fail", make)
  #expect(problem?.code == "internal")
  #expect(problem?.detail.en.contains("Broken") == false)
  #expect(try await test.call("toy.heard") == [])
}

@Test func `every fault of an input is told at once`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let problem = await test.problem(
    "toy.make", ["fullName": "  ", "level": 9, "tags": [1], "colour": "red", "state": "lost"])
  #expect(problem?.status == 422)
  #expect(problem?.fields.map(\.field) == ["fullName", "level", "tags[0]", "state", "colour"])
}

@Test func `who may not call is told apart from who has not said who they are`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  #expect(await test.problem("toy.make", as: .anyone, make)?.status == 401)
  #expect(await test.problem("toy.make", as: Actor(.volunteer), make)?.status == 403)
  #expect(await test.problem("toy.unknown")?.status == 404)
}

@Test func `a stale version is refused and overwrites nothing`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  let thing: Thing = try await test.call("toy.make", make)
  let id = JSON.string(thing.id.description)
  try await test.call("toy.close", ["thing": id, "version": 1])
  let stale = await test.problem("toy.close", ["thing": id, "version": 1])
  #expect(stale?.code == "stale-version")
  #expect(stale?.detail.en == "You changed version 1 of this thing; it is at version 2 now.")
}

@Test func `with a seed, the same command draws the same identifiers`() async throws {
  let one = try await TestPlatform(seed: 7) { _ in [ToyModule()] }
  let two = try await TestPlatform(seed: 7) { _ in [ToyModule()] }
  let other = try await TestPlatform(seed: 8) { _ in [ToyModule()] }
  let first: Thing = try await one.call("toy.make", make, key: "k")
  #expect(try await two.call("toy.make", make, key: "k", answer: Thing.self) == first)
  #expect(try await other.call("toy.make", make, key: "k", answer: Thing.self) != first)
}

@Test func `an endpoint’s schema is read off its input type`() throws {
  let schema = JSONSchema.reflecting(ToyModule.Make.self)
  #expect(schema.properties.map(\.name) == ["fullName", "level", "tags", "state"])
  #expect(schema.properties.map(\.required) == [true, true, false, false])
  #expect(
    schema.document["properties"]?["level"]
      == ["type": "integer", "format": "int64", "minimum": 1, "maximum": 5])
  #expect(
    schema.document["properties"]?["state"]
      == ["type": ["string", "null"], "enum": ["open", "closed", nil]])
}

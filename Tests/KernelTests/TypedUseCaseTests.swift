import Kernel
import KernelTesting
import Testing

@Suite struct TypedUseCases {
  let toy = ToyModule()

  private func made() throws -> ToyModule.Make {
    try make.decoded(as: ToyModule.Make.self)
  }

  @Test func `a typed call and a JSON call are the same call`() async throws {
    let test = try await TestPlatform { _ in [toy] }
    let first = try await test.call(toy.makeThing, made(), key: "k")
    // The key of the one gives the answer to the other, both ways.
    #expect(try await test.call("toy.make", make, key: "k", answer: Thing.self) == first)
    let other: Thing = try await test.call("toy.make", make, key: "l")
    #expect(try await test.call(toy.makeThing, made(), key: "l") == other)
    #expect(try await Set(test.call(toy.listThings).map(\.id)) == [first.id, other.id])
  }

  @Test func `a typed call writes its audit line and says its events`() async throws {
    let test = try await TestPlatform { _ in [toy] }
    try await test.call(toy.makeThing, made())
    let lines = try await test.host.read { connection in
      try connection.rows("SELECT endpoint, role FROM kernel_audit").map {
        [try $0.get("endpoint", as: String.self), try $0.get("role")]
      }
    }
    #expect(lines == [["toy.make", "manager"]])
    _ = try await test.platform.deliverEvents()
    #expect(try await test.call(toy.listHeard) == ["A thing"])
  }

  @Test func `a typed call is refused to whom the JSON call is refused`() async throws {
    let test = try await TestPlatform { _ in [toy] }
    #expect(await test.problem(toy.makeThing, as: .anyone, try made())?.status == 401)
    #expect(await test.problem(toy.makeThing, as: Actor(.volunteer), try made())?.status == 403)
  }

  @Test func `a typed call that fails leaves nothing behind, and shows no inner detail`()
    async throws
  {
    let test = try await TestPlatform { _ in [toy] }
    #expect(await test.problem(toy.fail, try made())?.code == "internal")
    #expect(try await test.call(toy.listHeard) == [])
  }
}

import Kernel
import KernelTesting
import Testing

private func named(_ name: String) -> JSON { ["fullName": .string(name), "level": 1] }

@Test func `an event reaches its subscriber once, after the commit`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  try await test.call("toy.make", named("One"))
  #expect(try await test.call("toy.heard") == [])
  #expect(try await test.platform.deliverEvents() == 1)
  #expect(try await test.platform.deliverEvents() == 0)
  #expect(try await test.call("toy.heard") == ["One"])
}

@Test func `events are heard in the order they were said`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  for name in ["One", "Two", "Three"] { try await test.call("toy.make", named(name)) }
  try await test.platform.deliverEvents()
  #expect(try await test.call("toy.heard") == ["One", "Two", "Three"])
}

@Test func `a command that fails says nothing`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  _ = await test.problem("toy.fail", named("One"))
  #expect(try await test.platform.deliverEvents() == 0)
}

@Test func `a poisoned event is tried again, then parked, and holds nobody up`() async throws {
  let test = try await TestPlatform { _ in [ToyModule(poison: Name("Bad"))] }
  for name in ["Bad", "Good"] { try await test.call("toy.make", named(name)) }
  for _ in 0..<Platform.attempts {
    try await test.platform.deliverEvents()
    test.clock.advance(seconds: 100_000)
  }
  #expect(try await test.call("toy.heard") == ["Good"])
  let parked = try await test.host.read {
    try $0.rows("SELECT attempts FROM kernel_delivery WHERE state = 'parked'").map {
      try $0.get("attempts", as: Int.self)
    }
  }
  #expect(parked == [Platform.attempts])
}

@Test func `what was said by a later clock is heard all the same`() async throws {
  let test = try await TestPlatform { _ in [ToyModule(poison: Name("Bad"))] }
  try await test.call("toy.make", named("One"))
  try await test.call("toy.make", named("Bad"))
  // Set right after it had run ahead, or another process with another clock looks.
  test.clock.advance(seconds: -90 * 86_400)
  #expect(try await test.platform.deliverEvents() == 1)
  #expect(try await test.call("toy.heard") == ["One"])
  // What failed does not wait for the day it would have been tried again, either.
  for _ in 0..<Platform.attempts {
    test.clock.advance(seconds: -86_400)
    try await test.platform.deliverEvents()
  }
  let parked = try await test.host.read {
    try $0.rows("SELECT event_id FROM kernel_delivery WHERE state = 'parked'").count
  }
  #expect(parked == 1)
}

@Test func `a job that ran by a later clock runs all the same`() async throws {
  let test = try await TestPlatform { _ in [ToyModule()] }
  func runs() async throws -> [Instant] {
    try await test.host.read {
      try $0.rows("SELECT ran_at FROM kernel_job").map { try $0.get("ran_at") }
    }
  }
  try await test.platform.runDueJobs()
  let first = try await runs()
  #expect(!first.isEmpty)
  test.clock.advance(seconds: -86_400)
  try await test.platform.runDueJobs()
  #expect(try await runs() == first.map { $0.advanced(bySeconds: -86_400) })
}

@Test func `a retry waits longer each time`() async throws {
  let test = try await TestPlatform { _ in [ToyModule(poison: Name("Bad"))] }
  try await test.call("toy.make", named("Bad"))
  try await test.platform.deliverEvents()
  let first = test.clock.clock.now
  let due = try await test.host.read {
    try $0.rows("SELECT due_at FROM kernel_delivery")[0].get("due_at", as: Instant.self)
  }
  #expect(due > first)
}

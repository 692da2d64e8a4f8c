import AccompanimentAPI
import Kernel
import KernelTesting
import Testing

@Test func `organisations are asked once, 6 and 12 months after the edition's end`() async throws {
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  func run(on moment: String) async throws -> [JSON] {
    scene.test.clock.set(try #require(Instant(moment)))
    try await scene.test.platform.runDueJobs()
    return try await scene.said(FollowUpDue.name).compactMap { $0["months"] }
  }
  // The edition ends on 2021-08-31; six months later is the last day of February.
  #expect(try await run(on: "2022-02-27T22:59:00Z") == [])
  let early = await scene.test.problem(
    "accompaniment.follow-up", ["journey": journey, "months": 6, "note": "x"])
  #expect(early?.code == "accompaniment/follow-up-not-asked")
  #expect(try await run(on: "2022-02-27T23:59:00Z") == [6])
  #expect(try await run(on: "2022-03-05T09:00:00Z") == [6])
  #expect(try await run(on: "2022-08-31T09:00:00Z") == [6, 12])

  let answered = try await scene.test.call(
    "accompaniment.follow-up", as: Scene.kabubuMember,
    ["journey": journey, "months": 6, "note": "The plan is in use."])
  #expect(answered["stage"] == "followed-up")
  #expect(answered["followUps"]?.items.map { $0["note"] } == ["The plan is in use.", nil])
}

@Test func `what fell due while the program was down is asked for once`() async throws {
  let scene = try await Scene()
  let journey = try await scene.journey()["id"] ?? .null
  scene.test.clock.set(try #require(Instant("2023-01-10T09:00:00Z")))
  try await scene.test.platform.runDueJobs()
  #expect(try await scene.said(FollowUpDue.name).compactMap { $0["months"] } == [12])
  // Both may still be answered.
  for months: JSON in [6, 12] {
    try await scene.test.call(
      "accompaniment.follow-up", ["journey": journey, "months": months, "note": "In use."])
  }
}

import Kernel
import KernelTesting
import MissionsAPI
import Testing

@Test func `no list of missions or hours asks more of the database for many rows than for few`()
  async throws
{
  let scene = try await Scene.running()
  let mission = try await scene.mission()
  func asked() async throws -> [String: Int] {
    let (ada, whole) = (scene.text(People.ada), scene.text(edition))
    var counts: [String: Int] = [:]
    for (name, actor, input) in [
      ("hours", .manager, ["mission": mission]), ("volunteer-hours", .manager, ["volunteer": ada]),
      ("volunteer-hours", People.actor(People.ada), ["volunteer": ada]),
      ("edition-hours", .manager, ["edition": whole]), ("list", .manager, ["edition": whole]),
      ("mission", .manager, ["mission": mission]), ("my-missions", .manager, ["volunteer": ada]),
    ] as [(String, Actor, JSON)] {
      counts["\(name) as \(actor.role)"] = try await scene.test.counter.statements {
        try await scene.test.call("missions." + name, as: actor, input)
      }.count
    }
    return counts
  }
  _ = try await scene.log(People.ada, "2020-11-18", 15)
  let few = try await asked()
  for minutes: Int64 in [30, 45, 60, 75, 90] {
    _ = try await scene.log(People.ada, "2020-11-18", minutes)
    _ = try await scene.log(People.ben, "2020-11-18", minutes)
  }
  try await scene.publish(2)
  #expect(try await asked() == few)
}

import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import Testing

extension Scene {
  /// What each figure about people comes to, by group.
  fileprivate func sums() async throws -> [String: [String: Int64]] {
    var found: [String: [String: Int64]] = [:]
    for figure in test.platform.figures where figure.id.hasPrefix("missions.") {
      let rows = try await self.figure(figure.id)
      found[figure.id] = Dictionary(grouping: rows) { $0.group?.en ?? "" }.mapValues {
        $0.reduce(0) { $0 + $1.value }
      }
    }
    return found
  }
}

@Test func `hours stay and their sums, but no longer who of those who gave them looked for work`()
  async throws
{
  let scene = try await Scene.running(team: [People.ada, People.ben, People.chloe])
  for (who, minutes) in [(People.ada, 60), (People.ben, 90), (People.chloe, 45)] {
    let entry = try await scene.log(who, "2020-11-18", Int64(minutes))
    try await scene.test.call("missions.validate-hours", ["entry": entry["id"] ?? nil])
  }
  let before = try await scene.sums()
  #expect(before["missions.hours-by-regime"]?["job seeker"] == 45)
  scene.test.clock.set(try #require(Instant("2021-11-30T10:00:00Z")))
  let went = try await scene.test.platform.prune(on: scene.test.host)
  #expect(went.map(\.purpose) == ["job-seeking"] && went.map(\.rows) == [2])
  #expect(try await scene.sums() == before)
  let hours = try await scene.test.call(
    "missions.volunteer-hours", ["volunteer": .string(People.chloe.description)])
  #expect(hours.items.map { $0["minutes"] } == [45])
  #expect(hours.items.map { $0["regime"] } == ["own-time"])
  #expect(hours.items.allSatisfy { $0["partner"] == nil && $0["partnerName"] == nil })
  // The company's people keep what its receipts rest on.
  let ada = try await scene.test.call(
    "missions.volunteer-hours", ["volunteer": .string(People.ada.description)])
  #expect(ada.items.map { $0["regime"] } == ["patronage-service"])
  #expect(try await scene.test.platform.prune(on: scene.test.host).isEmpty)
}

@Test func `whoever gave hours is evidence, whoever did not is none`() async throws {
  let scene = try await Scene.running(team: [People.ada])
  let people = [People.ada, People.dan].map { Grant(.volunteer, subject: $0.description) }
  let module = try #require(scene.test.platform.modules.last)
  let found = try await scene.test.host.read { try module.reliedUpon(among: people, in: $0) }
  #expect(found == [people[0]])
}

@Test func `a partner sees no hours of somebody whose data are restricted`() async throws {
  let scene = try await Scene.running(team: [People.ada])
  let entry = try await scene.log(People.ada, "2020-11-18", 60)
  try await scene.test.call("missions.validate-hours", ["entry": entry["id"] ?? nil])
  let asked: JSON = ["volunteer": .string(People.ada.description)]
  func seen(by actor: Actor) async -> Int? {
    await scene.test.problem("missions.volunteer-hours", as: actor, asked)?.status
  }
  #expect(await seen(by: People.companyContact) == nil)
  try await scene.test.restrict(Grant(.volunteer, subject: People.ada.description))
  #expect(await seen(by: People.companyContact) == 404)
  #expect(await seen(by: People.actor(People.ada)) == nil)
  #expect(await seen(by: .manager) == nil)
}

import Kernel
import KernelTesting
import MissionsAPI
import Testing

@Suite struct WhatWaits {
  private func kinds(_ scene: Scene, _ actor: Actor) async throws -> [String] {
    let module = try #require(
      scene.test.platform.modules.first { type(of: $0).name == "missions" })
    return try await module.tasks(for: actor, at: scene.test.clock.clock.now).map(\.kind)
  }

  @Test func `hours wait for the organisation, then for the volunteer when they come back`()
    async throws
  {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada)["id"] ?? nil
    #expect(try await kinds(scene, People.member) == ["missions.validate-hours"])
    #expect(try await kinds(scene, People.otherMember) == [])
    #expect(try await kinds(scene, People.actor(People.ada)) == [])
    try await scene.test.call(
      "missions.return-hours", as: People.member, ["entry": entry, "remark": "Which day?"])
    #expect(try await kinds(scene, People.member) == [])
    #expect(try await kinds(scene, People.actor(People.ada)) == ["missions.correct-hours"])
    #expect(try await kinds(scene, People.actor(People.dan)) == [])
  }

  @Test func `hours that nobody checks for two weeks wait for staff`() async throws {
    let scene = try await Scene.running()
    _ = try await scene.log(People.ada)
    #expect(try await kinds(scene, .manager).contains("missions.hours-late") == false)
    scene.test.clock.advance(seconds: 15 * 86_400)
    #expect(try await kinds(scene, .manager).contains("missions.hours-late"))
  }
}

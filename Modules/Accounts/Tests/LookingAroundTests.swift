import AccountsAPI
import Foundation
import Kernel
import KernelTesting
import Testing

@testable import Accounts

@Suite struct LookingAroundTests {
  private func secret(_ scene: Scene, roles: [StaffRole] = []) async throws -> Secret {
    let path = try await scene.accounts.lookAroundPath(as: scene.ada, roles: roles)
    return try #require(Secret(String(path.dropFirst(AccountsPath.lookAround.count))))
  }

  @Test func `where people are real there is no such link`() async throws {
    let scene = try await Scene()
    #expect(await scene.error { try await secret(scene) } == .notADemonstration)
    let demonstration = try await Scene(isDemonstration: true)
    let link = try await secret(demonstration)
    #expect(await scene.error { try await scene.accounts.guide(link) } == .guide(.unknown))
    #expect(
      await scene.error { try await scene.accounts.lookAround(link, scene.visit()) }
        == .guide(.unknown))
  }

  @Test func `a link says as whom, and lets in once`() async throws {
    let scene = try await Scene(isDemonstration: true)
    let link = try await secret(scene)
    let guide = try await scene.accounts.guide(link)
    #expect(guide.hats == [Words("Volunteer, 2020")] && guide.name == Name("Ada"))
    let entry = try await scene.accounts.lookAround(link, scene.visit())
    #expect(entry.step == .none)
    let visitor = try await scene.accounts.visitor(of: entry.session)
    #expect(visitor?.actor.role == .volunteer)
    #expect(
      await scene.error { try await scene.accounts.lookAround(link, scene.visit()) }
        == .guide(.used))
    #expect(await scene.error { try await scene.accounts.guide(link) } == .guide(.used))
  }

  @Test func `a newer link ends the older one, and a day ends it too`() async throws {
    let scene = try await Scene(isDemonstration: true)
    let older = try await secret(scene)
    let newer = try await secret(scene)
    #expect(await scene.error { try await scene.accounts.guide(older) } == .guide(.unknown))
    scene.test.clock.advance(seconds: 86_401)
    #expect(
      await scene.error { try await scene.accounts.lookAround(newer, scene.visit()) }
        == .guide(.expired))
  }

  @Test func `staff come in with their role at once`() async throws {
    let scene = try await Scene(isDemonstration: true)
    let entry = try await scene.accounts.lookAround(
      try await secret(scene, roles: [.manager]), scene.visit())
    let visitor = try await scene.accounts.visitor(of: entry.session)
    #expect(visitor?.hats.map(\.grant.role) == [.manager, .volunteer])
  }
}

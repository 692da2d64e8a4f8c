import Foundation
import Kernel
import Pages
@testable import ParvisApp
import Testing

@Suite struct Restricting {
  @Test func `somebody’s data are kept and not used until that is lifted, and they are told`()
    async throws
  {
    let (instance, _, folder) = try await Retained.played(at: "2021-09-01T10:00:00Z")
    defer { try? FileManager.default.removeItem(at: folder) }
    let platform = instance.platform
    @Sendable func call(
      _ endpoint: String, as actor: Actor = .manager, _ input: JSON = [:]
    ) async throws -> JSON {
      try await platform.perform(Request(endpoint, as: actor, input))
    }
    func problem(
      _ endpoint: String, as actor: Actor = .manager, _ input: JSON = [:]
    ) async -> Problem? {
      do {
        _ = try await call(endpoint, as: actor, input)
        return nil
      } catch {
        return error as? Problem
      }
    }
    let edition = try #require(try await call("programmes.editions").items.first?["id"])
    let hours = try await call("missions.edition-hours", ["edition": edition])
    let id = try #require(hours["items"]?.items.first?["volunteer"]?.text)
    let person: JSON = .string("volunteer:\(id)")
    let own = Actor(.volunteer, subject: id)
    func isMarked() async throws -> Bool {
      try await call("partners.volunteer", ["volunteer": .string(id)])["restricted"] == true
    }

    for (input, expected) in [
      (["person": "manager", "reason": "x"] as JSON, 422),
      (["person": "volunteer:00000000-0000-4000-8000-00000000abcd", "reason": "x"], 404),
      (["person": person], 422),
    ] {
      #expect(await problem("privacy.restrict", input)?.status == expected)
    }
    #expect(
      await problem("privacy.lift-restriction", ["person": person, "reason": "x"])?.code
        == "privacy/not-restricted")
    let done = try await call("privacy.restrict", ["person": person, "reason": "They contest it."])
    #expect(done["told"] == true)
    #expect(done["restrictions"]?.items.contains { $0["person"] == person } == true)
    #expect(try await isMarked())
    #expect(
      await problem("privacy.restrict", ["person": person, "reason": "x"])?.code
        == "privacy/already-restricted")
    // What is kept is shown, and the hours are where they were.
    #expect(try await call("privacy.mine", as: own)["records"]?.items.isEmpty == false)
    #expect(try await call("missions.edition-hours", ["edition": edition]) == hours)
    let page = try await platform.content(of: "privacy.my-data", as: own)
    #expect(page.forms.map(\.endpoint) == ["privacy.lift-mine"])
    let staff = try await platform.content(of: "privacy.retention-page", as: .administrator)
    #expect(staff.forms.map(\.endpoint) == ["privacy.set-retention"])

    _ = try await call("privacy.lift-mine", as: own)
    #expect(try await !isMarked())
    #expect(await problem("privacy.lift-mine", as: own)?.code == "privacy/not-restricted")
    _ = try await call("privacy.restrict-mine", as: own)
    #expect(try await call("privacy.restrictions").items.first?["setBy"] == person)
    let lifted = try await call(
      "privacy.lift-restriction", ["person": person, "reason": "Settled."])
    #expect(lifted["told"] == true)
    #expect(try await call("privacy.restrictions").items.isEmpty)
    let kinds = try await call("notifications.messages", ["kind": "restriction-lifted"])
    #expect(kinds["items"]?.items.count == 1)
    let audit = try await call(
      "events.audit", as: .administrator, ["useCase": "privacy.restrict"])
    #expect(audit["items"]?.items.first?["rows"]?.items.contains { $0["row"] == person } == true)
  }
}

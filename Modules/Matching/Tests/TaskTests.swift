import Kernel
import KernelTesting
import Matching
import MatchingAPI
import PartnersAPI
import Testing

@Suite struct WhatWaits {
  private func scene() async throws -> MatchingScene {
    try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2)])
  }
  private func holder(_ number: Int) -> Actor {
    Actor(.volunteer, subject: sampleID(VolunteerID.self, 300 + number).description)
  }

  @Test func `an offer waits for its volunteer alone, until it is answered or runs out`()
    async throws
  {
    let scene = try await scene()
    _ = try await scene.publish()
    let offered = try await scene.places("offered")[0]
    let id = try #require(offered["volunteer"]?.text)
    let actor = Actor(.volunteer, subject: id)
    let now = scene.test.clock.clock.now
    let waiting = try await scene.module.tasks(for: actor, at: now)
    #expect(waiting.map(\.kind) == ["matching.confirm-place"])
    #expect(waiting.first?.page == "/places/\(offered["id"]?.text ?? "")")
    #expect(waiting.first?.due != nil)
    for other in [holder(1), holder(2)] where other != actor {
      #expect(try await scene.module.tasks(for: other, at: now) == [])
    }
    #expect(try await scene.module.tasks(for: actor, at: now.advanced(byDays: 60)) == [])
    try await scene.test.call("matching.confirm", as: actor, ["place": offered["id"] ?? nil])
    #expect(try await scene.module.tasks(for: actor, at: now) == [])
  }

  @Test func `staff see drafts to publish, then offers without an answer`() async throws {
    let scene = try await scene()
    let now = scene.test.clock.clock.now
    _ = try await scene.run()
    let drafts = try await scene.module.tasks(for: .manager, at: now)
    #expect(drafts.map(\.kind) == ["matching.publish"])
    _ = try await scene.publish()
    let open = try await scene.module.tasks(for: .manager, at: now)
    #expect(open.map(\.kind) == ["matching.offers-open"])
    #expect(open.first?.count == 1)
  }
}

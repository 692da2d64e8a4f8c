import Foundation
import Kernel
import KernelTesting
import MatchingAPI
import NotificationsAPI
import PartnersAPI
import Testing

private let offered = PlaceOffered(
  edition: Scene.edition, place: anID(71), brief: Scene.brief, role: Scene.role,
  volunteer: Scene.zoe, confirmBy: Instant("2020-11-10T23:00:00Z") ?? .sample)

@Suite struct LetterDoorTests {
  @Test
  func
    `an offer opens its page without signing in, until its deadline, and the log keeps no such link`()
    async throws
  {
    let scene = try await Scene(sealing: { link in
      #expect(link.page == "/places/\(offered.place)" && link.expires == offered.confirmBy)
      #expect(link.grant == Grant(.volunteer, subject: Scene.zoe.description))
      #expect(link.address.description == "zoe@tours.example")
      return "/a/sealed"
    })
    try await scene.say(offered)
    try await scene.run()
    #expect(scene.letter.contains("https://parvis.test/a/sealed"))
    let text = try await scene.text(of: try await scene.log().first)
    #expect(text.contains("https://parvis.test/places/\(offered.place)"))
    #expect(!text.contains("sealed"))
  }

  @Test func `where one must sign in, or it is too late, the letter leads to the plain page`()
    async throws
  {
    let refused = try await Scene(sealing: { _ in throw NotificationsError.notTaken("no") })
    try await refused.say(offered)
    try await refused.run()
    #expect(refused.letter.contains("https://parvis.test/places/\(offered.place)"))
    let late = try await Scene(sealing: { _ in
      Issue.record("sealed after the deadline")
      return nil
    })
    try await late.say(offered)
    late.pass(seconds: 20 * 86_400)
    try await late.run()
    #expect(late.letter.contains("https://parvis.test/places/\(offered.place)"))
  }

  @Test func `a letter that informs leads to the thing, and signs nobody in`() async throws {
    let scene = try await Scene(sealing: { _ in
      Issue.record("sealed a letter that asks nothing")
      return nil
    })
    try await scene.say(
      PlaceConfirmed(
        edition: Scene.edition, place: anID(71), brief: Scene.brief, role: Scene.role,
        volunteer: Scene.zoe))
    try await scene.run()
    #expect(scene.letter.contains("https://parvis.test/places/\(offered.place)"))
  }

  @Test func `a digest says the address of each thing, and leads home`() async throws {
    let scene = try await Scene(sealing: { _ in nil })
    try await scene.test.call(
      "notifications.set-preferences", as: Actor(.volunteer, subject: Scene.zoe.description),
      ["email": "zoe@tours.example", "digest": "daily"])
    try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: Scene.zoe))
    for _ in 0..<2 {
      scene.pass(seconds: 86_400)
      try await scene.run()
    }
    scene.pass(seconds: 60)
    try await scene.run()
    #expect(scene.letter.contains("https://parvis.test/volunteers/\(Scene.zoe)/profile"))
  }
}

extension Scene {
  /// The last message as a mail program reads it.
  fileprivate var letter: String {
    mailbox.last.replacing("=\r\n", with: "").replacing("=3D", with: "=")
  }
}

import AccompanimentAPI
import ApplicationsAPI
import Foundation
import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
import Synchronization
import Testing

private func prefer(_ choice: JSON, _ email: JSON = "zoe@tours.example") -> JSON {
  ["email": email, "digest": choice]
}

private let zoe = Actor(.volunteer, subject: Scene.zoe.description)
private let normal = ProfileCompleted(edition: Scene.edition, volunteer: Scene.zoe)
private let necessary = VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe)
private let summary = HoursValidated(
  edition: Scene.edition, mission: Scene.mission, entry: anID(68), volunteer: Scene.zoe,
  minutes: 150)

@Test func `necessary messages go at once whatever was chosen`() async throws {
  for choice in ["each", "daily", "none-but-necessary"] as [JSON] {
    let scene = try await Scene()
    try await scene.test.call("notifications.set-preferences", as: zoe, prefer(choice))
    try await scene.say(necessary)
    try await scene.run()
    #expect(scene.mailbox.count == 1, "\(choice)")
  }
}

@Test func `who wants one message a day gets the rest in one digest the next day`() async throws {
  let scene = try await Scene()
  try await scene.test.call("notifications.set-preferences", as: zoe, prefer("daily"))
  try await scene.say(normal, summary)
  try await scene.run()
  #expect(scene.mailbox.count == 0)
  scene.pass(seconds: 86_400)
  try await scene.run()
  scene.pass(seconds: 7200)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  let digest = try await scene.log(["kind": "digest"]).first
  #expect(digest?["subject"] == "Vos 2 messages")
  let text = try await scene.text(of: digest)
  #expect(text.contains("2 h 30 de votre temps sur « A communication plan »"))
  #expect(text.contains("votre profil est complet"))
  #expect(try await scene.log(["state": "digested"]).count == 2)
}

@Test func `who wants necessary messages only gets no others, and the log says so`() async throws {
  let scene = try await Scene()
  try await scene.test.call("notifications.set-preferences", as: zoe, prefer("none-but-necessary"))
  try await scene.say(normal, summary)
  scene.pass(seconds: 86_400)
  try await scene.run()
  #expect(scene.mailbox.count == 0)
  #expect(try await scene.log(["state": "withheld"]).count == 2)
}

@Test func `validated hours are one summary a month that adds them up`() async throws {
  let scene = try await Scene()
  for (number, minutes) in [(81, 150), (82, 90), (83, 60)] {
    try await scene.say(
      HoursValidated(
        edition: Scene.edition, mission: Scene.mission, entry: anID(number), volunteer: Scene.zoe,
        minutes: minutes))
    scene.pass(seconds: 3 * 86_400)
    try await scene.run()
  }
  #expect(scene.mailbox.count == 0)
  scene.pass(seconds: 30 * 86_400)
  try await scene.run()
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  let digest = try await scene.log(["kind": "digest"]).first
  #expect(digest?["subject"] == "5 h validées – A communication plan")
  let text = try await scene.text(of: digest)
  #expect(text.components(separatedBy: "A communication plan").count == 2)
}

@Test func `a kind can be had weekly, or not at all, beside what holds for the rest`() async throws
{
  let scene = try await Scene()
  let choice: JSON = [
    "email": "zoe@tours.example", "kind": "profile-completed", "digest": "weekly",
  ]
  try await scene.test.call("notifications.set-preferences", as: zoe, choice)
  try await scene.say(normal)
  scene.pass(seconds: 3600)
  try await scene.run()
  #expect(scene.mailbox.count == 0)
  // 1 November 2020 was a Sunday.
  scene.pass(seconds: 86_400)
  try await scene.run()
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  let shown = try await scene.test.call(
    "notifications.preferences", as: zoe, ["email": "zoe@tours.example"])
  #expect(shown["digest"] == "each" && shown["kinds"]?.items.first?["digest"] == "weekly")
  for kind in ["volunteer-invitation", "no-such-kind"] as [JSON] {
    let problem = await scene.test.problem(
      "notifications.set-preferences", as: zoe,
      ["email": "zoe@tours.example", "kind": kind, "digest": "daily"])
    #expect(problem?.fields.map(\.field) == ["kind"])
  }
}

@Test func `whoever holds a letter ends its kind with one click, without signing in`() async throws
{
  let scene = try await Scene()
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, ["portal": "https://parvis.example/"])
  try await scene.say(normal, necessary)
  try await scene.run()
  let letters = scene.mailbox.content.withLock { $0.messages }.map {
    String(decoding: $0.bytes, as: UTF8.self)
  }
  let free = try #require(letters.first { $0.contains("List-Unsubscribe-Post:") })
  #expect(letters.count { $0.contains("List-Unsubscribe") } == 1)
  let start = try #require(free.range(of: "<https://parvis.example/v1/unsubscriptions/"))
  let ticket = String(free[start.upperBound...].prefix { $0 != ">" })
  for _ in 1...2 {
    try await scene.test.call(
      "notifications.unsubscribe", as: .anyone, ["ticket": .string(ticket)])
  }
  let shown = try await scene.test.call(
    "notifications.preferences", as: zoe, ["email": "zoe@tours.example"])
  #expect(shown["kinds"]?.items.map { $0["kind"] } == ["profile-completed"])
  let unknown = await scene.test.problem(
    "notifications.unsubscribe", as: .anyone, ["ticket": "x"])
  #expect(unknown?.status == 404)
}

@Test func `going back to each message sets free what was held`() async throws {
  let scene = try await Scene()
  try await scene.test.call("notifications.set-preferences", as: zoe, prefer("daily"))
  try await scene.say(normal)
  try await scene.test.call("notifications.set-preferences", as: zoe, prefer("each"))
  try await scene.run()
  #expect(scene.mailbox.count == 1)
}

@Test func `people read and set their own preferences, staff everybody's`() async throws {
  let scene = try await Scene()
  let shown = try await scene.test.call(
    "notifications.preferences", as: zoe, ["email": "ZOE@tours.example"])
  #expect(shown["digest"] == "each")
  let own: [(Actor, JSON)] = [
    (Actor(.reviewer, subject: Scene.reviewer.description), "remi@jury.example"),
    (Actor(.member, subject: anID(51, ID<MemberEntity>.self).description), "tom@kabubu.example"),
    (
      Actor(.partner, subject: anID(52, ID<PartnerContactEntity>.self).description),
      "paul@tours.example"
    ),
    (.manager, "anybody@example.org"),
  ]
  for (actor, email) in own {
    try await scene.test.call("notifications.set-preferences", as: actor, prefer("daily", email))
    if actor == .manager { continue }
    for endpoint in ["notifications.set-preferences", "notifications.preferences"] {
      let input: JSON =
        endpoint.hasSuffix("set-preferences")
        ? prefer("daily") : ["email": "zoe@tours.example"]
      #expect(await scene.test.problem(endpoint, as: actor, input)?.status == 404)
    }
  }
  #expect(
    await scene.test.problem("notifications.set-preferences", as: .anyone, prefer("daily"))?.status
      == 401)
}

@Test func `a choice or address that is none is refused`() async throws {
  let scene = try await Scene()
  let choice = await scene.test.problem("notifications.set-preferences", prefer("hourly"))
  #expect(choice?.fields.map(\.field) == ["digest"])
  let address = await scene.test.problem(
    "notifications.set-preferences", prefer("daily", "nobody"))
  #expect(address?.status == 422)
}

@Test func `only staff read the log, and an unknown message is not found`() async throws {
  let scene = try await Scene()
  #expect(await scene.test.problem("notifications.messages", as: zoe)?.status == 403)
  let unknown: JSON = ["message": "01700000-0000-7000-8000-000000000099"]
  #expect(await scene.test.problem("notifications.message", unknown)?.status == 404)
  #expect(await scene.test.problem("notifications.retry", unknown)?.status == 404)
}

@Test func `the log is read page by page in the order it was written`() async throws {
  let scene = try await Scene()
  try await scene.say(necessary, normal, summary)
  var kinds: [JSON] = []
  var after: JSON = .null
  repeat {
    let page = try await scene.test.call("notifications.messages", ["limit": 1, "after": after])
    kinds += page["items"]?.items.compactMap { $0["kind"] } ?? []
    after = page["next"] ?? .null
  } while after != .null
  #expect(kinds == ["volunteer-invitation", "profile-completed", "hours-validated"])
}

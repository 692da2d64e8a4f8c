import AccompanimentAPI
import ApplicationsAPI
import Kernel
import KernelTesting
import MissionsAPI
import PartnersAPI
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
  #expect(digest?["subject"] == "Vos 2 messages du jour")
  let text = try await scene.text(of: digest)
  #expect(text.contains("2 h 30 validées – A communication plan"))
  #expect(text.contains("Votre profil est complet"))
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

@Test func `validated hours are never a message of their own`() async throws {
  let scene = try await Scene()
  try await scene.say(summary)
  try await scene.run()
  #expect(scene.mailbox.count == 0)
  scene.pass(seconds: 86_400)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
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
  let choice = await scene.test.problem("notifications.set-preferences", prefer("weekly"))
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

import Kernel
import KernelTesting
import Partners
import PartnersAPI
import Testing

extension Scene {
  fileprivate func departure(_ partner: JSON, _ more: [String: JSON] = [:]) -> JSON {
    let plain: [String: JSON] = [
      "edition": editionJSON, "partner": partner, "reason": "The company is sold.",
      "answerBy": "2020-03-20",
    ]
    return .object(plain.merging(more) { _, new in new })
  }

  /// A company with an agreement and two people, of whom one comes in their own time.
  fileprivate func company() async throws -> (
    id: JSON, contact: Actor, served: (id: JSON, actor: Actor), own: (id: JSON, actor: Actor)
  ) {
    let tours = try await partner("Tours")
    try await test.call(
      "partners.sign-agreement",
      [
        "partner": tours.id, "edition": editionJSON, "signedOn": "2020-03-01",
        "regimes": ["own-time", "patronage-service"],
      ])
    return (
      tours.id, tours.contact, try await volunteer("Ada Service", of: tours.id, .patronageService),
      try await volunteer("Bea Libre", of: tours.id)
    )
  }
}

@Test func `whom it concerns is shown before a partner leaves, and nothing changes`() async throws {
  let scene = try await Scene()
  let tours = try await scene.company()
  let shown = try await scene.test.call(
    "partners.preview-departure", ["edition": scene.editionJSON, "partner": tours.id])
  #expect(shown["people"]?.items.map { $0["becomes"] } == ["asked", "stays"])
  let events = try await scene.events()
  #expect(!events.contains("partners.partner-left"))
}

@Test func `who came on company time is asked, who came in their own time goes on`() async throws {
  let scene = try await Scene()
  let tours = try await scene.company()
  try await scene.test.call("partners.end-agreement", scene.departure(tours.id))
  #expect(
    try await scene.events().suffix(3) == [
      "partners.asked-to-stay", "partners.volunteer-moved", "partners.partner-left",
    ])
  let free = try await scene.test.call("partners.volunteer", ["volunteer": tours.own.id])
  #expect(free["partner"] == nil && free["regime"] == "own-time")
  let tasks = try await scene.module.tasks(
    for: tours.served.actor, at: scene.test.clock.clock.now)
  #expect(tasks.contains { $0.kind == "partners.stay" })
  let stayed = try await scene.test.call(
    "partners.stay", as: tours.served.actor, ["volunteer": tours.served.id])
  #expect(stayed["partner"] == nil && stayed["regime"] == "own-time")
  let after = try await scene.module.tasks(
    for: tours.served.actor, at: scene.test.clock.clock.now)
  #expect(!after.contains { $0.kind == "partners.stay" })
  let twice = await scene.test.problem(
    "partners.stay", as: tours.served.actor, ["volunteer": tours.served.id])
  #expect(twice?.code == "partners/not-asked")
}

@Test func `who does not stay withdraws as anybody does`() async throws {
  let scene = try await Scene()
  let tours = try await scene.company()
  try await scene.test.call("partners.end-agreement", scene.departure(tours.id))
  let left = try await scene.test.call(
    "partners.withdraw", as: tours.served.actor, ["volunteer": tours.served.id])
  #expect(left["state"] == "withdrawn")
  let late = await scene.test.problem("partners.stay", ["volunteer": tours.served.id])
  #expect(late?.code == "partners/not-asked")
}

@Test func `nobody comes under an agreement that ended, until it is signed again`() async throws {
  let scene = try await Scene()
  let tours = try await scene.company()
  try await scene.test.call("partners.end-agreement", scene.departure(tours.id))
  let refused = await scene.test.problem(
    "partners.register-volunteer", scene.person("Zed Tard", tours.id))
  #expect(refused?.fields.map(\.field) == ["regime"])
  let again = await scene.test.problem("partners.end-agreement", scene.departure(tours.id))
  #expect(again?.code == "partners/not-taking-part")
  let list = try await scene.test.call("partners.agreements", ["edition": scene.editionJSON])
  #expect(list.items.first?["endedOn"] == "2020-03-02")
  let narrow = await scene.test.problem(
    "partners.sign-agreement",
    [
      "partner": tours.id, "edition": scene.editionJSON, "signedOn": "2020-03-02",
      "regimes": ["own-time"],
    ])
  #expect(narrow?.code == "partners/regimes-in-use")
  try await scene.test.call(
    "partners.sign-agreement",
    [
      "partner": tours.id, "edition": scene.editionJSON, "signedOn": "2020-03-02",
      "regimes": ["own-time", "patronage-service"],
    ])
  try await scene.test.call("partners.register-volunteer", scene.person("Zed Tard", tours.id))
  // Nobody is asked any more whether they stay.
  let stay = await scene.test.problem("partners.stay", ["volunteer": tours.served.id])
  #expect(stay?.code == "partners/not-asked")
}

@Test func `a departure that cannot be is refused, and only staff end one`() async throws {
  let scene = try await Scene()
  let tours = try await scene.company()
  let past = await scene.test.problem(
    "partners.end-agreement", scene.departure(tours.id, ["answerBy": "2020-03-01"]))
  #expect(past?.fields.map(\.field) == ["answerBy"])
  let silent = await scene.test.problem(
    "partners.end-agreement", scene.departure(tours.id, ["reason": ""]))
  #expect(silent?.fields.map(\.field) == ["reason"])
  let stranger = try await scene.partner("Phares")
  let nothing = await scene.test.problem("partners.end-agreement", scene.departure(stranger.id))
  #expect(nothing?.code == "partners/not-taking-part")
  let unknown = await scene.test.problem(
    "partners.end-agreement", scene.departure(scene.unknown()))
  #expect(unknown?.status == 404)
  let contact = await scene.test.problem(
    "partners.end-agreement", as: tours.contact, scene.departure(tours.id))
  #expect(contact?.status == 403)
  let other = await scene.test.problem(
    "partners.stay", as: tours.own.actor, ["volunteer": tours.served.id])
  #expect(other?.status == 404)
  #expect(try await !scene.events().contains("partners.partner-left"))
}

import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import Testing

/// Four applications, decided on the day after the deadline: two laureates, two waiting.
private struct Decided {
  let scene: Scene
  let organisations: [Scene.Registered]
  let applications: [JSON]

  init(confirmBy: JSON = "2020-05-15") async throws {
    scene = try await Scene()
    var organisations: [Scene.Registered] = []
    var applications: [JSON] = []
    for name in ["Arpents", "Bocage", "Clairière", "Dune"] {
      let (organisation, application) = try await scene.submit(name)
      organisations.append(organisation)
      applications.append(application)
    }
    self.organisations = organisations
    self.applications = applications
    scene.afterDeadline()
    try await scene.test.call(
      "applications.deliberate",
      scene.deliberate(
        laureates: [applications[0], applications[1]], waiting: [applications[3], applications[2]],
        confirmBy: confirmBy))
  }

  func states() async throws -> [String?] {
    var states: [String?] = []
    for application in applications { states.append(try await scene.state(application)) }
    return states
  }

  func rows(_ figure: String) async throws -> [FigureRow] {
    let found = scene.test.platform.figures.first { $0.id == figure }
    guard let edition = Scene.edition, let found else { return [] }
    return try await scene.test.host.read { try found.checkedEvidence(for: edition, in: $0) }
  }
}

@Suite struct DecisionTests {
  @Test func `every submitted application is decided exactly once, or nothing is`() async throws {
    let scene = try await Scene()
    let (_, first) = try await scene.submit("Arpents")
    let (_, second) = try await scene.submit("Bocage")
    let (_, third) = try await scene.submit("Clairière")
    let draft = try await scene.draft(try await scene.register("Dune"))
    let early = await scene.test.problem(
      "applications.deliberate", scene.deliberate(laureates: [first]))
    #expect(early?.code == "applications/closes-later")
    scene.afterDeadline()
    let problem = await scene.test.problem(
      "applications.deliberate",
      scene.deliberate(
        laureates: [first, first, draft], waiting: [nobody], refused: [second],
        confirmBy: "2020-04-15"))
    #expect(
      problem?.fields.map(\.field) == [
        "laureates[1]", "laureates[2]", "waitingList[0]",
        "applications.\(third.text ?? "")", "laureates", "confirmBy",
      ])
    var blank = scene.deliberate(laureates: [first, third])
    if case .object(var members) = blank {
      members["refused"] = [["application": second, "reason": ["fr": "", "en": "No room."]]]
      blank = .object(members)
    }
    let silent = await scene.test.problem("applications.deliberate", blank)
    #expect(silent?.fields.map(\.field) == ["refused[0].reason.fr"])
    #expect(try await scene.state(first) == "submitted")
    #expect(try await scene.events("applications.decided").isEmpty)
  }

  @Test func `decisions are announced to each applicant, and only once`() async throws {
    let decided = try await Decided()
    #expect(try await decided.states() == ["laureate", "laureate", "waiting", "waiting"])
    #expect(try await decided.scene.events("applications.decided").count == 4)
    let again = await decided.scene.test.problem(
      "applications.deliberate", decided.scene.deliberate(laureates: []))
    #expect(again?.code == "applications/call-state")
    let seen = try await decided.scene.test.call(
      "applications.application", as: decided.organisations[2].lead,
      ["application": decided.applications[2]])
    #expect(seen["state"] == "waiting")
    #expect(seen["waitingPosition"] == nil)
  }

  @Test func `a laureate told a day is told the right one`() async throws {
    let decided = try await Decided()
    let payload = try await decided.scene.test.host.read { connection in
      try connection.rows(
        "SELECT payload FROM kernel_event WHERE name = 'applications.decided' ORDER BY sequence"
      ).first?.get("payload", as: String.self)
    }
    let event = try JSON(parsing: payload ?? "").decoded(as: ApplicationDecided.self)
    #expect(event.confirmBy.map { Zone.paris.day(of: $0).description } == "2020-05-15")
    #expect(event.edition == Scene.edition)
  }

  @Test func `a laureate confirms in time, and a second click changes nothing`() async throws {
    let decided = try await Decided()
    let confirm: JSON = ["application": decided.applications[0]]
    decided.scene.set("2020-05-15T21:59:59Z")
    for _ in 1...2 {
      let answer = try await decided.scene.test.call(
        "applications.confirm", as: decided.organisations[0].lead, confirm)
      #expect(answer["state"] == "confirmed")
    }
    #expect(try await decided.scene.events("applications.laureate-confirmed").count == 1)
    decided.scene.set("2020-05-15T22:00:00Z")
    let passed = await decided.scene.test.problem(
      "applications.confirm", as: decided.organisations[1].lead,
      ["application": decided.applications[1]])
    #expect(passed?.code == "applications/confirmation-passed")
    let waiting = await decided.scene.test.problem(
      "applications.confirm", as: decided.organisations[2].lead,
      ["application": decided.applications[2]])
    #expect(waiting?.code == "applications/wrong-state")
  }

  @Test func `one who declines makes room for one: the first on the list`() async throws {
    let decided = try await Decided()
    let decline: JSON = ["application": decided.applications[0], "reason": "No time this year."]
    decided.scene.set("2020-04-20T09:00:00Z")
    for _ in 1...2 {
      try await decided.scene.test.call(
        "applications.decline", as: decided.organisations[0].lead, decline)
    }
    #expect(try await decided.states() == ["declined", "laureate", "waiting", "laureate"])
    let promoted = try await decided.scene.test.call(
      "applications.application", ["application": decided.applications[3]])
    #expect(promoted["decision"] == "laureate")
    // 29 days, as the others had.
    #expect(promoted["confirmBy"] == "2020-05-19")
    #expect(
      try await decided.scene.events().suffix(2)
        == ["applications.laureate-declined", "applications.decided"])
  }

  @Test func `a place nobody confirmed goes to the next, once`() async throws {
    let decided = try await Decided()
    try await decided.scene.test.call(
      "applications.confirm", ["application": decided.applications[0]])
    decided.scene.set("2020-05-15T21:00:00Z")
    try await decided.scene.test.platform.runDueJobs()
    #expect(try await decided.states() == ["confirmed", "laureate", "waiting", "waiting"])
    for moment in ["2020-05-15T22:30:00Z", "2020-05-16T08:00:00Z"] {
      decided.scene.set(moment)
      try await decided.scene.test.platform.runDueJobs()
    }
    #expect(try await decided.states() == ["confirmed", "lapsed", "waiting", "laureate"])
    #expect(try await decided.scene.events("applications.laureate-declined").count == 1)
    let late = await decided.scene.test.problem(
      "applications.confirm", ["application": decided.applications[1]])
    #expect(late?.code == "applications/wrong-state")
  }

  @Test func `who follows has a day at least, however hurried the jury was`() async throws {
    let decided = try await Decided(confirmBy: "2020-04-16")
    try await decided.scene.test.call(
      "applications.decline", ["application": decided.applications[0]])
    let promoted = try await decided.scene.test.call(
      "applications.application", ["application": decided.applications[3]])
    #expect(promoted["confirmBy"] == "2020-04-17")
  }

  @Test func `one who left the waiting list is passed over`() async throws {
    let decided = try await Decided()
    try await decided.scene.test.call(
      "applications.withdraw", as: decided.organisations[3].lead,
      ["application": decided.applications[3]])
    try await decided.scene.test.call(
      "applications.decline", ["application": decided.applications[0]])
    #expect(try await decided.states() == ["declined", "laureate", "laureate", "withdrawn"])
  }

  @Test func `the waiting list is closed when every laureate has answered`() async throws {
    let decided = try await Decided()
    let close: JSON = [
      "call": decided.scene.id,
      "reason": ["fr": "Aucune place ne s’est libérée.", "en": "No place came free."],
    ]
    let early = await decided.scene.test.problem("applications.close-waiting-list", close)
    #expect(early?.code == "applications/answers-pending")
    for application in decided.applications.prefix(2) {
      try await decided.scene.test.call("applications.confirm", ["application": application])
    }
    let closed = try await decided.scene.test.call("applications.close-waiting-list", close)
    #expect(closed.items.count == 2)
    #expect(try await decided.states() == ["confirmed", "confirmed", "refused", "refused"])
    #expect(try await decided.scene.events("applications.decided").count == 6)
  }

  @Test func `confirmed laureates are known to all, by name`() async throws {
    let decided = try await Decided()
    for application in [decided.applications[1], decided.applications[0]] {
      try await decided.scene.test.call("applications.confirm", ["application": application])
    }
    let shown = try await decided.scene.test.call(
      "applications.laureates", as: .anyone, ["edition": Scene.editionID])
    #expect(shown["items"]?.items.map { $0["name"] } == ["Arpents", "Bocage"])
    let module = ApplicationsModule(host: decided.scene.test.host, programmes: unasked())
    let edition = try #require(Scene.edition)
    #expect(
      try await module.laureates(of: edition).map(\.application.description)
        == decided.applications.prefix(2).map { $0.text })
  }

  @Test func `only leads and the operator answer for a laureate`() async throws {
    let decided = try await Decided()
    let added = try await decided.scene.test.call(
      "applications.add-member", as: decided.organisations[0].lead,
      [
        "organisation": decided.organisations[0].id, "name": "Bo", "email": "bo@example.org",
        "language": "fr",
      ])
    let writer = Actor(.member, subject: added["id"]?.text)
    for endpoint in ["applications.confirm", "applications.decline"] {
      let refused = await decided.scene.test.problem(
        endpoint, as: writer, ["application": decided.applications[0]])
      #expect(refused?.code == "applications/role-needed")
      let reviewer = await decided.scene.test.problem(
        endpoint, as: Actor(.reviewer), ["application": decided.applications[0]])
      #expect(reviewer?.status == 403)
    }
  }

  @Test func `the figures can be counted on the fingers`() async throws {
    let decided = try await Decided()
    decided.scene.set("2020-04-20T09:00:00Z")
    try await decided.scene.test.call(
      "applications.decline", ["application": decided.applications[0]])
    for application in [decided.applications[1], decided.applications[3]] {
      try await decided.scene.test.call("applications.confirm", ["application": application])
    }
    let received = try await decided.rows("applications.received")
    // The report names who was chosen, nobody else.
    #expect(received.map(\.label) == ["associations", "Bocage", "associations", "Dune"])
    #expect(Set(received.compactMap { $0.group?.fr }) == ["associations"])
    let decisions = try await decided.rows("applications.decisions")
    #expect(
      decisions.compactMap { $0.group?.en }
        == ["laureates", "laureates", "on the waiting list", "laureates"])
    // From 2 March to 16 April.
    #expect(
      try await decided.rows("applications.days-to-decision").map(\.value) == [45, 45, 45, 45])
    #expect(
      try await decided.rows("applications.organisations").map(\.label) == ["Bocage", "Dune"])
    #expect(try await decided.rows("applications.confirmation-days").map(\.value) == [4, 0])
    #expect(try await decided.rows("applications.replacements").map(\.label) == ["Dune"])
    #expect(try await decided.rows("applications.laureates-answers").count == 3)
  }
}

import ApplicationsAPI
import Kernel
import KernelTesting
import Testing

private let reason: JSON = ["fr": "Une erreur de notre part.", "en": "Our mistake."]

@Suite struct WayBackTests {
  @Test func `a confirmed laureate gives up, and the first on the list moves up`() async throws {
    let scene = try await Scene()
    let (arpents, first) = try await scene.submit("Arpents")
    let (_, second) = try await scene.submit("Bocage")
    scene.afterDeadline()
    try await scene.test.call(
      "applications.deliberate", scene.deliberate(laureates: [first], waiting: [second]))
    try await scene.test.call("applications.confirm", as: arpents.lead, ["application": first])
    try await scene.test.call(
      "applications.decline", as: arpents.lead,
      ["application": first, "reason": "Our director leaves."])
    #expect(try await scene.state(first) == "declined")
    #expect(try await scene.state(second) == "laureate")
    #expect(
      try await scene.test.call("applications.laureates", ["edition": Scene.editionID])["items"]
        == [])
  }

  @Test func `a withdrawal is taken back with its answers, and says why`() async throws {
    let scene = try await Scene()
    let (arpents, application) = try await scene.submit("Arpents")
    scene.afterDeadline()
    try await scene.test.call(
      "applications.withdraw", as: arpents.lead, ["application": application])
    let bare = await scene.test.problem(
      "applications.reinstate", ["application": application, "reason": ["fr": " ", "en": ""]])
    #expect(bare?.fields.isEmpty == false)
    let view = try await scene.test.call(
      "applications.reinstate", ["application": application, "reason": reason])
    #expect(view["state"] == "submitted")
    #expect(view["answers"]?["project"] == "A project")
    #expect(try await scene.events("applications.reinstated").count == 1)
  }

  @Test func `a draft that was withdrawn is not handed in by staff`() async throws {
    let scene = try await Scene()
    let arpents = try await scene.register("Arpents")
    let application = try await scene.draft(arpents)
    try await scene.test.call(
      "applications.withdraw", as: arpents.lead, ["application": application])
    let problem = await scene.test.problem(
      "applications.reinstate", ["application": application, "reason": reason])
    #expect(problem?.code == "applications/wrong-state")
  }

  @Test func `a refusal by mistake waits behind the others, and may be given a free place`()
    async throws
  {
    let scene = try await Scene()
    let (_, a) = try await scene.submit("Arpents")
    let (_, b) = try await scene.submit("Bocage")
    let (_, c) = try await scene.submit("Clairière")
    scene.afterDeadline()
    try await scene.test.call(
      "applications.deliberate", scene.deliberate(laureates: [a, b], refused: [c]))
    let view = try await scene.test.call(
      "applications.reconsider", ["application": c, "reason": reason])
    #expect(view["waitingPosition"] == 1)
    let full = await scene.test.problem("applications.promote", ["application": c])
    #expect(full?.code == "applications/no-place-free")
    try await scene.test.call("applications.promote", ["application": c, "beyond": true])
    #expect(try await scene.state(c) == "laureate")
  }

  @Test func `one organisation may have longer than the others`() async throws {
    let scene = try await Scene()
    let late = try await scene.register("Arpents")
    let other = try await scene.register("Bocage")
    scene.afterDeadline()
    func extend(_ until: JSON) -> JSON {
      ["call": scene.id, "organisation": late.id, "until": until]
    }
    #expect(
      await scene.test.problem("applications.extend-deadline", extend("2020-04-01"))?.fields
        .map(\.field) == ["until"])
    let view = try await scene.test.call("applications.extend-deadline", extend("2020-04-20"))
    let application = view["id"] ?? nil
    try await scene.test.call(
      "applications.save-answers", as: late.lead,
      ["application": application, "answers": Scene.complete])
    try await scene.test.call("applications.submit", as: late.lead, ["application": application])
    #expect(try await scene.state(application) == "submitted")
    let closed = await scene.test.problem(
      "applications.draft", as: other.lead, ["call": scene.id, "organisation": other.id])
    #expect(closed?.code == "applications/deadline-passed")
  }

  @Test func `what was extended ends too`() async throws {
    let scene = try await Scene()
    let late = try await scene.register("Arpents")
    let application = try await scene.draft(late, answers: Scene.complete)
    try await scene.test.call(
      "applications.extend-deadline",
      ["call": scene.id, "organisation": late.id, "until": "2020-04-20"])
    scene.set("2020-04-21T08:00:00Z")
    let problem = await scene.test.problem(
      "applications.submit", as: late.lead, ["application": application])
    #expect(problem?.code == "applications/deadline-passed")
  }
}

@Suite struct PeopleTests {
  @Test func `a reviewer who left is given nothing more, and a stand-in takes over`() async throws {
    let scene = try await Scene()
    for name in ["Arpents", "Bocage", "Clairière"] { _ = try await scene.submit(name) }
    let rosa = try await scene.reviewer("Rosa")
    let sami = try await scene.reviewer("Sami")
    let all: JSON = ["call": scene.id, "perApplication": 1]
    try await scene.test.call("applications.assign-reviews", all)
    let had = try await scene.reviews(of: rosa).count
    let left = try await scene.test.call(
      "applications.retire-reviewer", ["reviewer": rosa.id, "standIn": sami.id])
    #expect(left["handedOver"] == .integer(Int64(had)))
    #expect(try await scene.reviews(of: rosa).isEmpty)
    #expect(try await scene.test.call("applications.assign-reviews", all)["assigned"] == 0)
    #expect(try await scene.reviews(of: sami).count == 3)
    try await scene.test.call("applications.return-reviewer", ["reviewer": rosa.id])
    let two: JSON = ["call": scene.id, "perApplication": 2]
    #expect(try await scene.test.call("applications.assign-reviews", two)["assigned"] == 3)
  }

  @Test func `a reviewer's name and address are corrected, not doubled`() async throws {
    let scene = try await Scene()
    let rosa = try await scene.reviewer("Rosa")
    _ = try await scene.reviewer("Sami")
    func correct(_ email: JSON) -> JSON {
      ["reviewer": rosa.id, "name": "Rosa Neuve", "email": email, "language": "en"]
    }
    let known = await scene.test.problem(
      "applications.update-reviewer", correct("sami@jury.example.org"))
    #expect(known?.code == "applications/reviewer-known")
    let view = try await scene.test.call(
      "applications.update-reviewer", correct("rosa@neuf.example"))
    #expect(view["name"] == "Rosa Neuve")
    #expect(try await scene.events("applications.reviewer-corrected").count == 1)
  }

  @Test func `the only lead changes name, by themselves; a reader corrects nobody else`()
    async throws
  {
    let scene = try await Scene()
    let arpents = try await scene.register("Arpents")
    func rename(_ member: JSON) -> JSON {
      ["member": member, "name": "Ada Neuve", "email": "arpents@example.org", "language": "en"]
    }
    let lead: JSON = .string(arpents.lead.subject ?? "")
    let view = try await scene.test.call(
      "applications.update-member", as: arpents.lead, rename(lead))
    #expect(view["name"] == "Ada Neuve")
    let reader = try await scene.test.call(
      "applications.add-member", as: arpents.lead,
      [
        "organisation": arpents.id, "name": "Rémi", "email": "remi@arpents.example",
        "language": "fr", "role": "reader",
      ])
    let problem = await scene.test.problem(
      "applications.update-member", as: Actor(.member, subject: reader["id"]?.text), rename(lead))
    #expect(problem?.code == "applications/role-needed")
  }

  @Test(arguments: ["arpents+jury@example.org", "ARPENTS@example.org"])
  func `one mailbox on both sides is a conflict`(address: String) async throws {
    let scene = try await Scene()
    _ = try await scene.submit("Arpents")
    try await scene.test.call(
      "applications.register-reviewer",
      ["name": "Somebody", "email": .string(address), "language": "fr"])
    let problem = await scene.test.problem(
      "applications.assign-reviews", ["call": scene.id, "perApplication": 1])
    #expect(problem?.code == "applications/too-few-reviewers")
  }

  @Test(arguments: ["Ada Exemple", "EXEMPLE Ada", "Adà Éxemple", "Ada-Exemple"])
  func `one name on both sides is asked about before anybody reads`(name: String) async throws {
    let scene = try await Scene()
    let (arpents, application) = try await scene.submit("Arpents")
    let jury = try await scene.test.call(
      "applications.register-reviewer",
      ["name": .string(name), "email": "other@jury.example", "language": "fr"])
    let rosa = try await scene.reviewer("Rosa")
    let assigned = try await scene.test.call(
      "applications.assign-reviews", ["call": scene.id, "perApplication": 1])
    #expect(assigned["likelyConflicts"]?.items.count == 1)
    #expect(try await scene.reviews(of: rosa).count == 1)
    let listed = try await scene.test.call("applications.likely-conflicts", ["call": scene.id])
    #expect(listed["items"]?.items.map { $0["reviewer"] } == [jury["id"]])
    let give: JSON = ["application": application, "reviewer": jury["id"] ?? nil]
    #expect(
      await scene.test.problem("applications.assign-review", give)?.code
        == "applications/likely-conflict")
    try await scene.test.call(
      "applications.clear-conflict",
      [
        "reviewer": jury["id"] ?? nil, "organisation": arpents.id,
        "reason": "Two people: we asked both.",
      ])
    try await scene.test.call("applications.assign-review", give)
  }
}

import Applications
import ApplicationsAPI
import Kernel
import KernelTesting
import Testing

@Suite struct ReviewTests {
  private func assign(_ scene: Scene, _ count: JSON) -> JSON {
    ["call": scene.id, "perApplication": count]
  }

  private func reviews(of reviewer: (id: JSON, actor: Actor), in scene: Scene) async throws
    -> [JSON]
  {
    try await scene.test.call(
      "applications.reviews", as: reviewer.actor, ["reviewer": reviewer.id]
    )["items"]?.items ?? []
  }

  @Test func `reviews are shared out evenly, and asking again adds none`() async throws {
    let scene = try await Scene()
    for name in ["Arpents", "Bocage", "Clairière"] { _ = try await scene.submit(name) }
    let jury = [
      try await scene.reviewer("Rosa"), try await scene.reviewer("Sami"),
      try await scene.reviewer("Tess"),
    ]
    let first = try await scene.test.call("applications.assign-reviews", assign(scene, 2))
    #expect(first["assigned"] == 6)
    for reviewer in jury { #expect(try await reviews(of: reviewer, in: scene).count == 2) }
    let second = try await scene.test.call("applications.assign-reviews", assign(scene, 2))
    #expect(second["assigned"] == 0)
    #expect(second["reviews"] == 6)
    #expect(second["reviewers"] == first["reviewers"])
    #expect(first["reviewers"]?.items.map { $0["reviews"] } == [2, 2, 2])
    #expect(try await scene.events("applications.review-assigned").count == 6)
  }

  @Test func `a conflict declared before or after the assignment keeps the reviewer away`()
    async throws
  {
    let scene = try await Scene()
    let (arpents, application) = try await scene.submit("Arpents")
    let (bocage, _) = try await scene.submit("Bocage")
    let rosa = try await scene.reviewer("Rosa")
    let sami = try await scene.reviewer("Sami")
    func conflict(_ organisation: JSON) -> JSON {
      ["reviewer": rosa.id, "organisation": organisation, "reason": "A cousin works there."]
    }
    let declared = try await scene.test.call(
      "applications.declare-conflict", as: rosa.actor, conflict(arpents.id))
    try await scene.test.call("applications.assign-reviews", assign(scene, 1))
    #expect(try await reviews(of: rosa, in: scene).map { $0["organisationName"] } == ["Bocage"])
    let again = try await scene.test.call(
      "applications.declare-conflict", as: rosa.actor, conflict(arpents.id))
    #expect(again["id"] == declared["id"])
    try await scene.test.call("applications.declare-conflict", conflict(bocage.id))
    #expect(try await reviews(of: rosa, in: scene).isEmpty)
    let refilled = try await scene.test.call("applications.assign-reviews", assign(scene, 1))
    #expect(refilled["assigned"] == 1)
    #expect(try await reviews(of: sami, in: scene).count == 2)
    let short = await scene.test.problem("applications.assign-reviews", assign(scene, 2))
    #expect(short?.code == "applications/too-few-reviewers")
    #expect(short?.fields.map(\.field) == ["Arpents", "Bocage"])
    let byHand = await scene.test.problem(
      "applications.assign-review", ["application": application, "reviewer": rosa.id])
    #expect(byHand?.code == "applications/conflict-of-interest")
    let hidden = await scene.test.problem(
      "applications.application", as: rosa.actor, ["application": application])
    #expect(hidden?.code == "not-found")
  }

  @Test func `somebody on both sides is in conflict without saying so`() async throws {
    let scene = try await Scene()
    let organisation = try await scene.register(
      "Arpents",
      ["contact": ["name": "Rosa", "email": "rosa@jury.example.org", "language": "fr"]])
    let application = try await scene.draft(organisation, answers: Scene.complete)
    try await scene.test.call(
      "applications.submit", as: organisation.lead, ["application": application])
    let rosa = try await scene.reviewer("Rosa")
    let problem = await scene.test.problem(
      "applications.assign-review", ["application": application, "reviewer": rosa.id])
    #expect(problem?.code == "applications/conflict-of-interest")
    let short = await scene.test.problem("applications.assign-reviews", assign(scene, 1))
    #expect(short?.code == "applications/too-few-reviewers")
  }

  @Test func `a lifted conflict makes the reviewer eligible again`() async throws {
    let scene = try await Scene()
    let (arpents, application) = try await scene.submit("Arpents")
    let rosa = try await scene.reviewer("Rosa")
    let conflict = try await scene.test.call(
      "applications.declare-conflict", ["reviewer": rosa.id, "organisation": arpents.id])
    let list = try await scene.test.call(
      "applications.conflicts", as: rosa.actor, ["reviewer": rosa.id])
    #expect(list.items.count == 1)
    let id: JSON = conflict["id"] ?? nil
    try await scene.test.call("applications.lift-conflict", ["conflict": id])
    let gone = await scene.test.problem("applications.lift-conflict", ["conflict": id])
    #expect(gone?.code == "not-found")
    let review = try await scene.test.call(
      "applications.assign-review", ["application": application, "reviewer": rosa.id])
    let again = try await scene.test.call(
      "applications.assign-review", ["application": application, "reviewer": rosa.id])
    #expect(again["id"] == review["id"])
    let released = try await scene.test.call(
      "applications.release-review", ["review": review["id"] ?? nil])
    #expect(released["id"] == review["id"])
    #expect(try await reviews(of: rosa, in: scene).isEmpty)
  }

  @Test func `reviews are taken away together, or none of them`() async throws {
    let scene = try await Scene()
    for name in ["Arpents", "Bocage", "Clairière"] { _ = try await scene.submit(name) }
    let rosa = try await scene.reviewer("Rosa")
    try await scene.test.call("applications.assign-reviews", assign(scene, 1))
    let given = try await reviews(of: rosa, in: scene).map { $0["id"] ?? nil }
    try await scene.test.call(
      "applications.score", as: rosa.actor,
      ["review": given[0], "scores": ["impact": 3, "need": 3]])
    let scored = await scene.test.problem(
      "applications.release-reviews", ["reviews": .array([given[1], given[0]])])
    #expect(scored?.fields.map(\.field) == ["reviews[1]"])
    #expect(try await reviews(of: rosa, in: scene).count == 3)
    let none = await scene.test.problem("applications.release-reviews", ["reviews": []])
    #expect(none?.fields.map(\.field) == ["reviews"])
    let released = try await scene.test.call(
      "applications.release-reviews", ["reviews": .array([given[1], given[2], given[1]])])
    #expect(released.items.count == 2)
    #expect(try await reviews(of: rosa, in: scene).count == 1)
  }

  @Test func `reviewers score their own reviews only, blind of the others`() async throws {
    let scene = try await Scene()
    let (_, application) = try await scene.submit("Arpents")
    let rosa = try await scene.reviewer("Rosa")
    let sami = try await scene.reviewer("Sami")
    try await scene.test.call("applications.assign-reviews", assign(scene, 2))
    let review: JSON = try await reviews(of: rosa, in: scene).first?["id"] ?? nil
    func score(_ scores: JSON, version: JSON = nil) -> JSON {
      ["review": review, "scores": scores, "version": version]
    }
    let incomplete = await scene.test.problem(
      "applications.score", as: rosa.actor, score(["impact": 3, "style": 2]))
    #expect(incomplete?.fields.map(\.field) == ["scores.need", "scores.style"])
    let high = await scene.test.problem(
      "applications.score", as: rosa.actor, score(["impact": 6, "need": 1]))
    #expect(high?.fields.map(\.field) == ["scores.impact"])
    let foreign = await scene.test.problem(
      "applications.score", as: sami.actor, score(["impact": 3, "need": 2]))
    #expect(foreign?.code == "not-found")
    let operatorScore = await scene.test.problem(
      "applications.score", score(["impact": 3, "need": 2]))
    #expect(operatorScore?.status == 403)
    let scored = try await scene.test.call(
      "applications.score", as: rosa.actor, score(["impact": 3, "need": 2], version: 1))
    #expect(scored["scores"] == ["impact": 3, "need": 2])
    let stale = await scene.test.problem(
      "applications.score", as: rosa.actor, score(["impact": 1, "need": 1], version: 1))
    #expect(stale?.code == "stale-version")
    let others = await scene.test.problem(
      "applications.reviews", as: sami.actor, ["reviewer": rosa.id])
    #expect(others?.code == "not-found")
    let early = await scene.test.problem(
      "applications.ranking", as: sami.actor, ["call": scene.id])
    #expect(early?.code == "applications/call-state")
    let all = await scene.test.problem(
      "applications.application-reviews", as: sami.actor, ["application": application])
    #expect(all?.status == 403)
    let blind = try await scene.test.call(
      "applications.application", as: sami.actor, ["application": application])
    #expect(blind["awaits"] == "operator")
    #expect(blind["answers"] == Scene.complete)
    let release = await scene.test.problem("applications.release-review", ["review": review])
    #expect(release?.fields.map(\.field) == ["review"])
  }

  @Test func `the ranking is by weighted mean, ties by name, with what is missing`() async throws {
    let scene = try await Scene()
    for name in ["Clairière", "Arpents", "Bocage"] { _ = try await scene.submit(name) }
    let rosa = try await scene.reviewer("Rosa")
    _ = try await scene.reviewer("Sami")
    try await scene.test.call("applications.assign-reviews", assign(scene, 2))
    let marks: [String: JSON] = [
      "Arpents": ["impact": 4, "need": 0], "Bocage": ["impact": 3, "need": 3],
    ]
    for review in try await reviews(of: rosa, in: scene) {
      guard let scores = marks[review["organisationName"]?.text ?? ""] else { continue }
      try await scene.test.call(
        "applications.score", as: rosa.actor, ["review": review["id"] ?? nil, "scores": scores])
    }
    let ranking =
      try await scene.test.call("applications.ranking", ["call": scene.id])["items"]?.items ?? []
    #expect(ranking.map { $0["organisationName"] } == ["Arpents", "Bocage", "Clairière"])
    #expect(ranking.map { $0["score"] } == [300, 300, nil])
    #expect(ranking.map { $0["rank"] } == [1, 1, 3])
    #expect(ranking.map { $0["reviewsMissing"] } == [1, 1, 2])
  }

  @Test func `a ranking is read in pages, and equal scores share a rank across them`() async throws
  {
    let scene = try await Scene()
    let names = ["Arpents", "Bocage", "Clairière", "Dune", "Étang"]
    for name in names { _ = try await scene.submit(name) }
    let rosa = try await scene.reviewer("Rosa")
    try await scene.test.call("applications.assign-reviews", assign(scene, 1))
    let marks: [String: Int64] = ["Arpents": 3, "Bocage": 4, "Clairière": 3, "Dune": 3]
    for review in try await reviews(of: rosa, in: scene) {
      guard let mark = marks[review["organisationName"]?.text ?? ""] else { continue }
      try await scene.test.call(
        "applications.score", as: rosa.actor,
        [
          "review": review["id"] ?? nil,
          "scores": ["impact": .integer(mark), "need": .integer(mark)],
        ])
    }
    var (found, after) = ([JSON](), JSON?.none)
    repeat {
      let page = try await scene.test.call(
        "applications.ranking", ["call": scene.id, "limit": 2, "after": after ?? nil])
      found += page["items"]?.items ?? []
      after = page["next"]
    } while after != nil
    #expect(
      found.map { $0["organisationName"] } == ["Bocage", "Arpents", "Clairière", "Dune", "Étang"])
    #expect(found.map { $0["rank"] } == [1, 2, 2, 2, 5])
  }

  @Test func `what is kept of reviews follows every change of who may count`() async throws {
    let scene = try await Scene()
    let (arpents, application) = try await scene.submit("Arpents")
    let rosa = try await scene.reviewer("Rosa")
    let sami = try await scene.reviewer("Sami")
    try await scene.test.call("applications.assign-reviews", assign(scene, 2))
    for (reviewer, mark) in [(rosa, Int64(5)), (sami, 1)] {
      let review = try await reviews(of: reviewer, in: scene).first?["id"] ?? nil
      try await scene.test.call(
        "applications.score", as: reviewer.actor,
        ["review": review, "scores": ["impact": .integer(mark), "need": .integer(mark)]])
    }
    func score() async throws -> JSON? {
      let ranking = try await scene.test.call("applications.ranking", ["call": scene.id])
      return ranking["items"]?.items.first?["score"]
    }
    #expect(try await score() == 300)
    // Declared, and taken back.
    let conflict = try await scene.test.call(
      "applications.declare-conflict", ["reviewer": sami.id, "organisation": arpents.id])
    #expect(try await score() == 500)
    try await scene.test.call(
      "applications.lift-conflict", ["conflict": conflict["id"] ?? nil])
    #expect(try await score() == 300)
    // A member with the mailbox of a reviewer, who gets another, and leaves.
    let member = try await scene.test.call(
      "applications.add-member",
      [
        "organisation": arpents.id, "name": "R", "email": "rosa+asso@jury.example.org",
        "language": "fr",
      ])
    #expect(try await score() == 100)
    let other: JSON = [
      "member": member["id"] ?? nil, "name": "R", "email": "r@example.org", "language": "fr",
    ]
    try await scene.test.call("applications.update-member", other)
    #expect(try await score() == 300)
    // A reviewer whose corrected address is a member's.
    try await scene.test.call(
      "applications.update-reviewer",
      ["reviewer": sami.id, "name": "Sami", "email": "r@example.org", "language": "fr"])
    #expect(try await score() == 500)
    try await scene.test.call("applications.remove-member", ["member": member["id"] ?? nil])
    #expect(try await score() == 300)
    // Taken back and rewritten: the reviews were of something else.
    let id: JSON = ["application": application]
    try await scene.test.call("applications.withdraw", id)
    try await scene.test.call(
      "applications.draft", ["call": scene.id, "organisation": arpents.id])
    try await scene.test.call("applications.submit", id)
    #expect(try await score() == JSON?.none)
  }

  @Test func `a review stops counting when a merge makes its reader a member, and counts again`()
    async throws
  {
    let scene = try await Scene()
    let (arpents, _) = try await scene.submit("Arpents")
    let rosa = try await scene.reviewer("Rosa")
    try await scene.test.call("applications.assign-reviews", assign(scene, 1))
    let review = try await reviews(of: rosa, in: scene).first?["id"] ?? nil
    try await scene.test.call(
      "applications.score", as: rosa.actor,
      ["review": review, "scores": ["impact": 4, "need": 4]])
    let other = try await scene.register(
      "Bocage",
      ["contact": ["name": "R", "email": "rosa@jury.example.org", "language": "fr"]])
    func score() async throws -> JSON? {
      let ranking = try await scene.test.call("applications.ranking", ["call": scene.id])
      return ranking["items"]?.items.first?["score"]
    }
    #expect(try await score() == 400)
    let merge = try await scene.test.call(
      "applications.merge-organisations", ["organisation": arpents.id, "other": other.id])
    #expect(try await score() == JSON?.none)
    try await scene.test.call("applications.undo-merge", ["merge": merge["id"] ?? nil])
    #expect(try await score() == 400)
  }

  @Test func `after the deliberation a conflict leaves neither a row nor a gap`() async throws {
    let scene = try await Scene()
    let (arpents, first) = try await scene.submit("Arpents")
    let (_, second) = try await scene.submit("Bocage")
    let rosa = try await scene.reviewer("Rosa")
    try await scene.test.call(
      "applications.declare-conflict", ["reviewer": rosa.id, "organisation": arpents.id])
    scene.afterDeadline()
    try await scene.test.call(
      "applications.deliberate", scene.deliberate(laureates: [first], refused: [second]))
    let ranking =
      try await scene.test.call(
        "applications.ranking", as: rosa.actor, ["call": scene.id]
      )["items"]?.items ?? []
    #expect(ranking.map { $0["organisationName"] } == ["Bocage"])
    #expect(ranking.map { $0["rank"] } == [1])
  }

  @Test func `who wrote one of two reviews cannot work out the other, until the scores are opened`()
    async throws
  {
    let scene = try await Scene()
    let (_, bocage) = try await scene.submit("Bocage")
    let rosa = try await scene.reviewer("Rosa")
    let sami = try await scene.reviewer("Sami")
    try await scene.test.call("applications.assign-reviews", assign(scene, 2))
    for (reviewer, mark) in [(rosa, 5), (sami, 1)] {
      for review in try await reviews(of: reviewer, in: scene) {
        try await scene.test.call(
          "applications.score", as: reviewer.actor,
          [
            "review": review["id"] ?? nil,
            "scores": ["impact": .integer(Int64(mark)), "need": .integer(Int64(mark))],
          ])
      }
    }
    let early = await scene.test.problem("applications.open-scores", ["call": scene.id])
    #expect(early?.code == "applications/call-state")
    scene.afterDeadline()
    try await scene.test.call("applications.deliberate", scene.deliberate(laureates: [bocage]))
    func scores(_ actor: Actor) async throws -> [JSON?] {
      let page = try await scene.test.call("applications.ranking", as: actor, ["call": scene.id])
      return page["items"]?.items.map { $0["score"] } ?? []
    }
    #expect(try await scores(rosa.actor) == [nil])
    #expect(try await scores(.manager) == [300])
    for _ in 0..<2 { try await scene.test.call("applications.open-scores", ["call": scene.id]) }
    #expect(try await scores(rosa.actor) == [300])
    let mine = await scene.test.problem(
      "applications.open-scores", as: rosa.actor, ["call": scene.id])
    #expect(mine?.status == 403)
  }

  @Test func `reviewers are registered once, and see the names of applicants`() async throws {
    let scene = try await Scene()
    _ = try await scene.submit("Bocage")
    _ = try await scene.submit("Arpents")
    _ = try await scene.draft(try await scene.register("Clairière"))
    let rosa = try await scene.reviewer("Rosa")
    let twice = await scene.test.problem(
      "applications.register-reviewer",
      ["name": "Rosa", "email": "ROSA@jury.example.org", "language": "en"])
    #expect(twice?.code == "applications/reviewer-known")
    let applicants = try await scene.test.call(
      "applications.applicants", as: rosa.actor, ["call": scene.id])
    #expect(applicants["items"]?.items.map { $0["name"] } == ["Arpents", "Bocage"])
    let own = try await scene.test.call(
      "applications.reviewer", as: rosa.actor, ["reviewer": rosa.id])
    #expect(own["name"] == "Rosa")
    let unknown = await scene.test.problem(
      "applications.declare-conflict", ["reviewer": nobody, "organisation": nobody])
    #expect(unknown?.code == "not-found")
    let module = ApplicationsModule(host: scene.test.host, programmes: unasked())
    let id = try #require(rosa.actor.subject(as: .reviewer, ReviewerID.self))
    #expect(try await module.reviewer(id).email.description == "rosa@jury.example.org")
  }

  @Test func `nobody reviews a call that is not open or is decided`() async throws {
    let scene = try await Scene(opened: false)
    let early = await scene.test.problem("applications.assign-reviews", assign(scene, 1))
    #expect(early?.code == "applications/call-state")
    let range = await scene.test.problem("applications.assign-reviews", assign(scene, 6))
    #expect(range?.fields.map(\.field) == ["perApplication"])
    let other = try await Scene()
    let (_, application) = try await other.submit("Arpents")
    let rosa = try await other.reviewer("Rosa")
    try await other.test.call("applications.assign-reviews", assign(other, 1))
    let review: JSON = try await reviews(of: rosa, in: other).first?["id"] ?? nil
    other.afterDeadline()
    try await other.test.call(
      "applications.deliberate", other.deliberate(laureates: [application]))
    let late = await other.test.problem(
      "applications.score", as: rosa.actor,
      ["review": review, "scores": ["impact": 1, "need": 1]])
    #expect(late?.code == "applications/wrong-state")
    let after = await other.test.problem("applications.assign-reviews", assign(other, 1))
    #expect(after?.code == "applications/call-state")
    let byHand = await other.test.problem(
      "applications.assign-review", ["application": application, "reviewer": rosa.id])
    #expect(byHand?.code == "applications/wrong-state")
  }
}

import Kernel
import KernelTesting
import MatchingAPI
import PartnersAPI
import Testing

@Suite struct Places {
  private func scene(_ count: Int = 3) async throws -> MatchingScene {
    try await MatchingScene(
      briefs: [brief(1)],
      volunteers: (1...count).map { volunteer($0, causes: $0 == 1 ? [key("health")] : []) })
  }

  @Test func `publishing offers each place and tells the others why they wait`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    #expect(try await scene.places("offered").map { $0["volunteerName"] } == ["Volunteer 1"])
    let said = try await scene.test.host.read {
      try $0.rows("SELECT name FROM kernel_event ORDER BY sequence").map {
        try $0.get("name", as: String.self)
      }
    }
    #expect(
      said == [
        "matching.teams-published", "matching.place-offered", "matching.volunteer-waiting",
        "matching.volunteer-waiting",
      ])
  }

  @Test func `what the figures count is what their rows come to`() async throws {
    let scene = try await scene(4)
    _ = try await scene.publish()
    for answer in ["decline", "confirm"] {
      let place = try await scene.places("offered").first?["id"] ?? nil
      scene.test.clock.advance(seconds: 90_000)
      try await scene.test.call("matching." + answer, ["place": place])
      try await scene.test.platform.deliverEvents()
      for figure in scene.test.platform.figures {
        let rows = try await scene.test.host.read {
          try figure.checkedEvidence(for: MatchingScene.edition, in: $0)
        }
        if figure.id == "matching.offers" { #expect(rows.count == 2) }
      }
    }
  }

  @Test func `the audit keeps for whom staff answered an offer`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    let place = try await scene.places("offered")[0]
    try await scene.test.call("matching.confirm", ["place": place["id"] ?? nil])
    let behalf = try await scene.test.host.read {
      try $0.rows("SELECT behalf FROM kernel_audit WHERE endpoint = 'matching.confirm'").first
    }
    let holder = Person.known(as: Grant(.volunteer, subject: place["volunteer"]?.text))
    #expect(behalf?["behalf"] == .text(holder.description))
  }

  @Test func `nothing is worked out for whoever has nothing to do with a place`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    let place = try await scene.places("offered")[0]["id"] ?? nil
    let stranger = Actor(.volunteer, subject: sampleID(VolunteerID.self, 302).description)
    for endpoint in ["matching.decline", "matching.withdraw"] {
      let asked = await scene.test.counter.statements {
        let problem = await scene.test.problem(endpoint, as: stranger, ["place": place])
        #expect(problem?.status == 404)
      }
      // The place.
      #expect(asked.count == 1)
    }
  }

  @Test func `a list of places asks as much for many as for few`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    func asked() async throws -> Int {
      try await scene.test.counter.statements { _ = try await scene.places() }.count
    }
    let few = try await asked()
    let place = try await scene.places("offered").first?["id"] ?? nil
    try await scene.test.call("matching.decline", ["place": place])
    try await scene.test.platform.deliverEvents()
    #expect(try await asked() == few)
  }

  @Test func `a run is published once, and one run of an edition`() async throws {
    let scene = try await scene()
    let run = try await scene.publish()
    let again = await scene.test.problem(
      "matching.publish", ["run": run["id"] ?? nil, "confirmBy": "2020-09-15"])
    #expect(again?.code == "matching/not-draft")
    let other = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    let second = await scene.test.problem(
      "matching.publish", ["run": other["id"] ?? nil, "confirmBy": "2020-09-15"])
    #expect(second?.code == "matching/already-published")
  }

  @Test func `a deadline that has passed is refused`() async throws {
    let scene = try await scene()
    let run = try await scene.test.call("matching.run", ["edition": scene.editionJSON])
    let problem = await scene.test.problem(
      "matching.publish", ["run": run["id"] ?? nil, "confirmBy": "2020-08-31"])
    #expect(problem?.fields.first?.field == "confirmBy")
  }

  @Test func `who declines is followed by the next best, one at a time`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    for expected in ["Volunteer 2", "Volunteer 3"] {
      let offered = try await scene.places("offered")
      #expect(offered.count == 1)
      try await scene.test.call("matching.decline", ["place": offered[0]["id"] ?? nil])
      try await scene.test.platform.deliverEvents()
      #expect(try await scene.places("offered").map { $0["volunteerName"]?.text } == [expected])
    }
    let last = try await scene.places("offered")
    try await scene.test.call("matching.decline", ["place": last[0]["id"] ?? nil])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.places("offered").isEmpty)
  }

  @Test func `an offer runs out at the end of its day and goes to the next`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    scene.test.clock.set(Instant("2020-09-15T21:59:00Z") ?? .sample)
    try await scene.test.platform.runDueJobs()
    #expect(try await scene.places("offered").map { $0["volunteerName"] } == ["Volunteer 1"])
    scene.test.clock.set(Instant("2020-09-15T22:10:00Z") ?? .sample)
    let late = try await scene.places("offered")
    let problem = await scene.test.problem("matching.confirm", ["place": late[0]["id"] ?? nil])
    #expect(problem?.code == "matching/deadline-passed")
    try await scene.test.platform.runDueJobs()
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.places("lapsed").map { $0["volunteerName"] } == ["Volunteer 1"])
    #expect(try await scene.places("offered").map { $0["volunteerName"] } == ["Volunteer 2"])
  }

  @Test func `a confirmed place that is given up goes to the next, with the note kept`()
    async throws
  {
    let scene = try await scene()
    _ = try await scene.publish()
    let place = try await scene.places("offered")[0]["id"] ?? nil
    try await scene.test.call("matching.confirm", ["place": place])
    try await scene.test.call(
      "matching.withdraw", ["place": place, "handover": "The files are in the shared folder."])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.places("withdrawn").count == 1)
    #expect(try await scene.places("offered").map { $0["volunteerName"] } == ["Volunteer 2"])
  }

  @Test func `a place moves through its states in one direction only`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    let place = try await scene.places("offered")[0]["id"] ?? nil
    #expect(
      await scene.test.problem("matching.withdraw", ["place": place])?.code
        == "matching/wrong-place-state")
    try await scene.test.call("matching.confirm", ["place": place])
    for endpoint in ["matching.confirm", "matching.decline"] {
      #expect(await scene.test.problem(endpoint, ["place": place])?.status == 409)
    }
  }

  @Test func `volunteers see and answer their own places only`() async throws {
    let scene = try await scene()
    _ = try await scene.publish()
    let place = try await scene.places("offered")[0]["id"] ?? nil
    let stranger = Actor(.volunteer, subject: sampleID(VolunteerID.self, 302).description)
    let holder = Actor(.volunteer, subject: sampleID(VolunteerID.self, 301).description)
    #expect(
      await scene.test.problem("matching.confirm", as: stranger, ["place": place])?.status == 404)
    #expect(
      try await scene.test.call("matching.places", as: stranger, ["edition": scene.editionJSON])
        == ["items": []])
    let shown = try await scene.test.call("matching.place", as: holder, ["place": place])
    #expect(shown["regime"] == nil)
    try await scene.test.call("matching.confirm", as: holder, ["place": place])
  }

  @Test func `an unknown place is not found`() async throws {
    let scene = try await scene()
    let nowhere = JSON.string(sampleID(PlaceID.self, 999).description)
    for endpoint in ["matching.place", "matching.confirm", "matching.decline", "matching.withdraw"]
    {
      #expect(await scene.test.problem(endpoint, ["place": nowhere])?.status == 404)
    }
  }
}

@Suite struct LeavingMeanwhile {
  @Test func `whoever left cannot take the place any more, heard of or not`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1)])
    _ = try await scene.publish()
    let place = try await scene.places("offered")[0]["id"] ?? nil
    scene.present.withLock { $0 = [] }
    #expect(
      await scene.test.problem("matching.confirm", ["place": place])?.code
        == "matching/wrong-place-state")
  }
}

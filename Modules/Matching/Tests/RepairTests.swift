import Kernel
import KernelTesting
import MatchingAPI
import PartnersAPI
import Testing

/// Teams that are with the volunteers, when somebody leaves or comes.
@Suite struct Repairs {
  private func names(_ places: [JSON]) -> [String?] { places.map { $0["volunteerName"]?.text } }

  private func place(_ number: Int, _ scene: MatchingScene) async throws -> JSON {
    let place = try await scene.places().first {
      $0["volunteer"] == volunteerJSON(number)
        && ["offered", "confirmed"].contains($0["state"]?.text)
    }
    return try #require(place)["id"] ?? nil
  }

  @Test func `who accepted is never moved, even where the teams would gain by it`() async throws {
    // Volunteer 1 alone fits mission 2 too. When 2 gives it up, moving 1 there and seating 3 in
    // mission 1 would fill both seats; but 1 accepted mission 1.
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)],
      volunteers: [
        volunteer(1, level: 5, causes: [key("health")]), volunteer(2, level: 5), volunteer(3),
      ])
    try await scene.lock("pin", 1, 1)
    _ = try await scene.publish()
    for number in [1, 2] {
      try await scene.test.call("matching.confirm", ["place": place(number, scene)])
    }
    try await scene.test.call("matching.withdraw", ["place": place(2, scene)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("confirmed")) == ["Volunteer 1"])
    #expect(try await scene.places("offered").isEmpty)
  }

  @Test func `two who give up at once free two seats, and each goes to one person`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 5)], volunteers: [volunteer(1), volunteer(2, level: 5)])
    _ = try await scene.publish()
    // Volunteer 3 is best for mission 1 while that alone is free, and the only one for mission 2.
    scene.present.withLock {
      $0 += [volunteer(3, level: 5, causes: [key("health")]), volunteer(4)]
    }
    for number in [1, 2] {
      try await scene.test.call("matching.decline", ["place": place(number, scene)])
    }
    try await scene.test.platform.deliverEvents()
    let offered = try await scene.places("offered")
    #expect(Set(names(offered)) == ["Volunteer 3", "Volunteer 4"])
    #expect(Set(offered.map { $0["role"] }) == [roleJSON(1), roleJSON(2)])
    #expect(offered.count == 2)
  }

  @Test func `an offer that was not answered yet stays where it is`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2)], volunteers: [volunteer(1), volunteer(2), volunteer(3)])
    _ = try await scene.publish()
    let before = try await scene.places("offered")
    try await scene.test.call("matching.decline", ["place": before[0]["id"] ?? nil])
    try await scene.test.platform.deliverEvents()
    let after = try await scene.places("offered")
    #expect(after.contains(before[1]))
    #expect(after.count == 2)
  }

  @Test func `whoever declines is not asked for the same role again, but when another is free`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, level: 4)],
      volunteers: [volunteer(1, level: 4), volunteer(2)])
    _ = try await scene.publish()
    try await scene.test.call("matching.decline", ["place": place(1, scene)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("offered")) == ["Volunteer 2"])
    try await scene.test.call("matching.decline", ["place": place(2, scene)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("offered")) == ["Volunteer 1"])
    try await scene.test.call("matching.decline", ["place": place(1, scene)])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.places("offered").isEmpty)
    #expect(try await scene.places().count == 3)
  }

  @Test func `the company cap of the run holds for those who follow`() async throws {
    let other = sampleID(PartnerID.self, 9)
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2)],
      volunteers: [
        volunteer(1, causes: [key("health")]),
        volunteer(2, causes: [key("health")], partner: other), volunteer(3, level: 5),
        volunteer(4, partner: other),
      ])
    let run = try await scene.run(["companyCap": 1])
    try await scene.test.call("matching.publish", ["run": run, "confirmBy": "2020-09-15"])
    try await scene.test.call("matching.decline", ["place": place(2, scene)])
    try await scene.test.platform.deliverEvents()
    // Volunteer 3 fits better, but is of the company that is there already.
    #expect(try await names(scene.places("offered")) == ["Volunteer 1", "Volunteer 4"])
  }

  @Test func `who leaves the edition frees every place, and each is offered again`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1), brief(2, halfDays: [MatchingScene.afternoon])],
      volunteers: [
        volunteer(1, causes: [key("health")]), volunteer(2), volunteer(3),
      ].map { one in
        one.id == sampleID(VolunteerID.self, 301)
          ? volunteer(1, capacity: 2, causes: [key("health")]) : one
      })
    _ = try await scene.publish()
    #expect(try await names(scene.places("offered")) == ["Volunteer 1", "Volunteer 1"])
    scene.present.withLock { $0.removeFirst() }
    try await scene.test.call("announcer.leave", ["volunteer": volunteerJSON(1)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("declined")) == ["Volunteer 1", "Volunteer 1"])
    #expect(try await Set(names(scene.places("offered"))) == ["Volunteer 2", "Volunteer 3"])
  }

  @Test func `who comes after publication is offered an empty seat`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2)], volunteers: [volunteer(1)])
    _ = try await scene.publish()
    scene.present.withLock { $0.append(volunteer(2)) }
    for _ in 1...2 {
      try await scene.test.call("announcer.arrive", ["volunteer": volunteerJSON(2)])
      try await scene.test.platform.deliverEvents()
    }
    #expect(try await names(scene.places("offered")) == ["Volunteer 1", "Volunteer 2"])
  }

  @Test func `who comes is offered an empty seat whatever became of the clock`() async throws {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 2)], volunteers: [volunteer(1)])
    _ = try await scene.publish()
    scene.present.withLock { $0.append(volunteer(2)) }
    try await scene.test.call("announcer.arrive", ["volunteer": volunteerJSON(2)])
    // It ran ahead when they came, and is set right since.
    scene.test.clock.advance(seconds: -30 * 86_400)
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("offered")) == ["Volunteer 1", "Volunteer 2"])
  }

  @Test func `who waits and is free after all is offered an empty seat`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1, level: 1)])
    _ = try await scene.publish()
    scene.present.withLock { $0 = [volunteer(1)] }
    try await scene.test.call("announcer.change", ["volunteer": volunteerJSON(1)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("offered")) == ["Volunteer 1"])
    // Somebody who holds a place stays where they are.
    try await scene.test.call("announcer.change", ["volunteer": volunteerJSON(1)])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.places().count == 1)
  }

  @Test func `who comes to teams that nobody fitted is offered a seat`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1, level: 1)])
    _ = try await scene.publish()
    #expect(try await scene.places().isEmpty)
    scene.present.withLock { $0.append(volunteer(2)) }
    try await scene.test.call("announcer.arrive", ["volunteer": volunteerJSON(2)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("offered")) == ["Volunteer 2"])
  }

  @Test func `who comes when every seat is taken is told once, and follows when one is free`()
    async throws
  {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    _ = try await scene.publish()
    scene.present.withLock { $0.append(volunteer(2)) }
    for _ in 1...2 {
      try await scene.test.call("announcer.arrive", ["volunteer": volunteerJSON(2)])
      try await scene.test.platform.deliverEvents()
    }
    let told = try await scene.test.host.read {
      try $0.rows("SELECT id FROM kernel_event WHERE name = 'matching.volunteer-waiting'").count
    }
    #expect(told == 1)
    let run = try await scene.test.call("matching.runs", ["edition": scene.editionJSON]).items[0]
    let why = try await scene.test.call(
      "matching.explain", ["run": run["id"] ?? nil, "volunteer": volunteerJSON(2)])
    #expect(why["why"]?["en"]?.text?.hasPrefix("On the waiting list for Role 1") == true)
    try await scene.test.call("matching.decline", ["place": place(1, scene)])
    try await scene.test.platform.deliverEvents()
    #expect(try await names(scene.places("offered")) == ["Volunteer 2"])
  }

  @Test func `nobody who comes is told anything before the teams are published`() async throws {
    let scene = try await MatchingScene(briefs: [brief(1)], volunteers: [volunteer(1)])
    _ = try await scene.run()
    try await scene.test.call("announcer.arrive", ["volunteer": volunteerJSON(1)])
    try await scene.test.platform.deliverEvents()
    #expect(try await scene.places().isEmpty)
  }

  @Test func `the next has as long to answer as the first had, and to the end of that day`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1)], volunteers: [volunteer(1), volunteer(2)])
    _ = try await scene.publish()
    let first = try await scene.places("offered")[0]
    scene.test.clock.advance(seconds: 3 * 86_400)
    try await scene.test.call("matching.decline", ["place": first["id"] ?? nil])
    try await scene.test.platform.deliverEvents()
    let next = try await scene.places("offered")[0]
    #expect(first["confirmBy"] == "2020-09-15T22:00:00Z")
    #expect(next["confirmBy"] == "2020-09-19T22:00:00Z")
  }

  @Test func `many who come at once are seated by one repair, worked out outside the transaction`()
    async throws
  {
    let scene = try await MatchingScene(
      briefs: [brief(1, seats: 4)], volunteers: [volunteer(1)])
    _ = try await scene.publish()
    scene.present.withLock { $0 += [volunteer(2), volunteer(3), volunteer(4), volunteer(5)] }
    for number in 2...5 {
      try await scene.test.call("announcer.arrive", ["volunteer": volunteerJSON(number)])
    }
    let asked = await scene.test.counter.statements {
      _ = try? await scene.test.platform.deliverEvents()
    }
    #expect(try await scene.places("offered").count == 4)
    let waiting = try await scene.test.host.read {
      try $0.rows("SELECT id FROM matching_repair_due").count
    }
    #expect(waiting == 0)
    // The places are read for the repair of all, not for each.
    let read = asked.filter {
      $0.contains("FROM matching_place") && $0.contains("ORDER BY number")
    }
    #expect(read.count == 1)
  }
}

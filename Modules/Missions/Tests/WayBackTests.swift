import AccompanimentAPI
import ApplicationsAPI
import Kernel
import KernelTesting
import MatchingAPI
import MissionsAPI
import PartnersAPI
import Testing

@Suite struct HoursWayBackTests {
  @Test func `hours validated by mistake are taken back, and the right ones count once`()
    async throws
  {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada, "2020-11-18", 210)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": entry])
    let bare = await scene.problem("reverse-hours", ["entry": entry])
    #expect(bare?.fields.map(\.field) == ["reason"])
    let counter = try await scene.test.call(
      "missions.reverse-hours", ["entry": entry, "reason": "It was the day before."])
    #expect(counter["minutes"] == -210)
    #expect(counter["counters"] == entry)
    #expect(
      await scene.problem("reverse-hours", ["entry": entry, "reason": "Again."])?.code
        == "missions/hours-reversed")
    #expect(
      await scene.problem("reverse-hours", ["entry": counter["id"] ?? nil, "reason": "No."])?.code
        == "missions/hours-reversed")
    let right = try await scene.log(People.ada, "2020-11-17", 210)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": right])
    for figure in ["missions.hours", "missions.hours-by-regime", "missions.hours-by-partner"] {
      #expect(try await scene.figure(figure).map(\.value).reduce(0, +) == 210)
    }
    let listed = try await scene.test.call("missions.hours", ["mission": scene.mission()]).items
    #expect(listed.first { $0["id"] == entry }?["counteredBy"] == counter["id"])
    #expect(try await scene.said(HoursReversed.self).map(\.minutes) == [210])
  }

  @Test func `what was taken back leaves room under the limits and for another regime`()
    async throws
  {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada, "2020-11-18", 720)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": entry])
    func change() async throws -> JSON {
      [
        "mission": try await scene.mission(), "volunteer": scene.text(People.ada),
        "regime": "own-time", "from": "2020-11-18",
      ]
    }
    #expect(
      await scene.problem("change-regime", try await change())?.code
        == "missions/hours-already-validated")
    try await scene.test.call(
      "missions.reverse-hours", ["entry": entry, "reason": "Her own time."])
    try await scene.test.call("missions.change-regime", change())
    let again = try await scene.log(People.ada, "2020-11-18", 720)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": again])
    let rows = try await scene.figure("missions.hours-by-regime")
    let own = rows.filter { $0.group == Regime.ownTime.label }.map(\.value).reduce(0, +)
    let company = rows.filter { $0.group == Regime.patronageService.label }.map(\.value)
    #expect(own == 720)
    #expect(company.reduce(0, +) == 0)
  }

  @Test func `a second press is told that the hours are in`() async throws {
    let scene = try await Scene.running()
    let hours = try await scene.hours(People.ada, "2020-11-18", 90)
    try await scene.test.call("missions.log-hours", hours)
    #expect(await scene.problem("log-hours", hours)?.code == "missions/hours-logged-already")
    guard case .object(var again) = hours else { return }
    again["again"] = true
    try await scene.test.call("missions.log-hours", .object(again))
    let all = try await scene.test.call("missions.hours", ["mission": scene.mission()])
    #expect(all.items.count == 2)
  }

  @Test func `two notes on one day are two pieces of work, and what is taken back is none`()
    async throws
  {
    let scene = try await Scene.running()
    func hours(_ note: JSON) async throws -> JSON {
      guard case .object(var all) = try await scene.hours(People.ada, "2020-11-18", 60) else {
        return nil
      }
      all["note"] = note
      return .object(all)
    }
    try await scene.test.call("missions.log-hours", hours("Interview"))
    let second = try await scene.test.call("missions.log-hours", hours("Report"))
    try await scene.test.call("missions.withdraw-hours", ["entry": second["id"] ?? nil])
    try await scene.test.call("missions.log-hours", hours("Report"))
    #expect(
      await scene.problem("log-hours", try await hours("Report"))?.code
        == "missions/hours-logged-already")
  }

  @Test func `hours of a reported month need staff and a reason`() async throws {
    let scene = try await Scene.running()
    let waiting = try await scene.log(People.ben, "2020-11-18")["id"] ?? nil
    let ofEdition = scene.text(edition)
    #expect(
      await scene.problem("close-hours", ["edition": ofEdition, "through": "2020-11-19"])?.fields
        .map(\.field) == ["through"])
    try await scene.test.call(
      "missions.close-hours", ["edition": ofEdition, "through": "2020-11-18"])
    let late = try await scene.hours(People.ada, "2020-11-18", 60)
    #expect(
      await scene.problem("log-hours", as: People.actor(People.ada), late)?.code
        == "missions/hours-closed")
    #expect(await scene.problem("log-hours", late)?.code == "missions/hours-closed")
    #expect(
      await scene.problem("validate-hours", as: People.member, ["entry": waiting])?.code
        == "missions/hours-closed")
    guard case .object(var reasoned) = late else { return }
    reasoned["late"] = "The phone was broken."
    let entry = try await scene.test.call("missions.log-hours", .object(reasoned))
    #expect(entry["late"] == "The phone was broken.")
    // What staff let in is validated like any other.
    try await scene.test.call(
      "missions.validate-hours", as: People.member, ["entry": entry["id"] ?? nil])
    try await scene.test.call("missions.reopen-hours", ["edition": ofEdition])
    try await scene.test.call("missions.validate-hours", ["entry": waiting])
  }
}

@Suite struct CancellingTests {
  @Test func `a cancelled mission tells its team, frees it, and forms anew when reopened`()
    async throws
  {
    let scene = try await Scene.running()
    let mission = try await scene.mission()
    let bare = await scene.problem("cancel", ["mission": mission])
    #expect(bare?.fields.map(\.field) == ["reason"])
    let view = try await scene.test.call(
      "missions.cancel", ["mission": mission, "reason": "The association closes."])
    #expect(view["cancelReason"] == "The association closes.")
    #expect(view["team"]?.items.isEmpty == true)
    #expect(try await scene.said(MissionCancelled.self).first?.team.count == 2)
    #expect(try await scene.said(TeamDisbanded.self).count == 1)
    #expect(
      try await scene.figure("missions.missions").map(\.group?.en) == ["Cancelled"])
    let again = try await scene.test.call(
      "missions.reopen", ["mission": mission, "reason": "It does not, after all."])
    #expect(again["state"] == "forming")
    #expect(try await scene.said(TeamReopened.self).count == 1)
  }

  @Test func `a cancelled session is waited for by nobody`() async throws {
    let scene = try await Scene.formed()
    let first = try #require(try await scene.sessions().first)
    try await scene.test.call(
      "missions.cancel-session",
      ["session": scene.text(first.id), "reason": "The tower is closed."])
    #expect(try await scene.sessions().map(\.state) == [.cancelled, .planned])
    scene.test.clock.set(Instant("2020-11-19T09:00:00Z") ?? .sample)
    let open = try await scene.test.call("missions.open-items", ["mission": scene.mission()])
    #expect(open.items.filter { $0["kind"] == "presence-missing" }.count == 1)
    // Its half-day is free for another one.
    try await scene.test.call(
      "missions.plan-session",
      ["mission": scene.mission(), "day": "2020-11-24", "part": "morning"])
  }
}

@Suite struct FollowingTests {
  @Test
  func `a new name shows in teams and new hours; what was validated keeps its own, and says so`()
    async throws
  {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": entry])
    let waiting = try await scene.log(People.ada, "2020-11-17", 60)["id"] ?? nil
    let old = Contact(name: name("Ada Martin"), email: .sample, language: .fr)
    let new = Contact(name: name("Ada Neuve"), email: .sample, language: .en)
    try await scene.announce(
      VolunteerCorrected(edition: edition, volunteer: People.ada, previous: old, current: new))
    let mission = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    #expect(mission["team"]?.items.contains { $0["name"] == "Ada Neuve" } == true)
    let all = try await scene.test.call("missions.hours", ["mission": scene.mission()]).items
    let settled = all.first { $0["id"] == entry }
    #expect(settled?["name"] == "Ada Martin")
    #expect(settled?["presentName"] == "Ada Neuve")
    #expect(all.first { $0["id"] == waiting }?["name"] == "Ada Neuve")
    #expect(try await scene.log(People.ada, "2020-11-17", 90)["name"] == "Ada Neuve")
  }

  @Test func `a renamed company has one row in the report, under its present name`() async throws {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": entry])
    try await scene.announce(
      PartnerRenamed(partner: People.company, previous: name("Orion"), current: name("Sirius")))
    let later = try await scene.log(People.ada, "2020-11-17", 60)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": later])
    #expect(
      try await scene.figure("missions.hours-by-partner").map(\.group?.en) == ["Sirius", "Sirius"])
  }

  @Test func `a renamed association is shown under its present name`() async throws {
    let scene = try await Scene.running()
    try await scene.announce(
      OrganisationRenamed(
        organisation: id(201), previous: name("Association 1"), current: name("Les Prés")))
    let mission = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    #expect(mission["organisationName"] == "Les Prés")
  }

  @Test func `a company registered twice has one row in the report, and two again`() async throws {
    let scene = try await Scene.running()
    let entry = try await scene.log(People.ada)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": entry])
    let other: PartnerID = id(399)
    for _ in 1...2 {
      try await scene.announce(
        PartnersMerged(
          merge: id(900), kept: other, gone: People.company, name: name("Sirius"),
          volunteers: [People.ada]))
    }
    let later = try await scene.log(People.ada, "2020-11-17", 60)["id"] ?? nil
    try await scene.test.call("missions.validate-hours", ["entry": later])
    #expect(
      try await scene.figure("missions.hours-by-partner").map(\.group?.en) == ["Sirius", "Sirius"])
    // What was validated says so under the name it had.
    let hours = try await scene.test.call("missions.hours", ["mission": scene.mission()]).items
    #expect(hours.first { $0["id"] == entry }?["partnerName"] == "Orion")
    for _ in 1...2 {
      try await scene.announce(
        PartnersParted(
          merge: id(900), kept: other, back: People.company, name: name("Orion"),
          volunteers: [People.ada]))
    }
    let first = try await scene.figure("missions.hours-by-partner").map(\.group?.en).first
    #expect(first == "Orion")
  }

  @Test func `an association registered twice has its missions together, and apart again`()
    async throws
  {
    let scene = try await Scene.running()
    let before = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    for _ in 1...2 {
      try await scene.announce(
        OrganisationsMerged(merge: id(901), kept: id(299), gone: id(201), name: name("Les Prés")))
    }
    let merged = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    #expect(merged["organisation"] == .string(id(299, OrganisationID.self).description))
    #expect(merged["organisationName"] == "Les Prés")
    for _ in 1...2 {
      try await scene.announce(
        OrganisationsParted(
          merge: id(901), kept: id(299), back: id(201), name: name("Association 1")))
    }
    let back = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    #expect(back["organisation"] == before["organisation"])
    #expect(back["organisationName"] == before["organisationName"])
  }

  @Test func `a mission begun since a merge is whose its brief is once they are two again`()
    async throws
  {
    let scene = try await Scene.running()
    let mission = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    let brief = try #require(BriefID(mission["brief"]?.text ?? ""))
    try await scene.announce(
      JourneysReturned(organisation: id(299), name: name("Les Prés"), briefs: [brief]))
    let now = try await scene.test.call("missions.mission", ["mission": scene.mission()])
    #expect(now["organisation"] == .string(id(299, OrganisationID.self).description))
    #expect(now["organisationName"] == "Les Prés")
  }

  @Test func `hours logged since a merge of companies go back with whose they are`() async throws {
    let scene = try await Scene.running()
    let other: PartnerID = id(399)
    try await scene.announce(
      PartnersMerged(
        merge: id(902), kept: other, gone: People.company, name: name("Sirius"),
        volunteers: [People.ada]))
    let since = try await scene.log(People.ada)["id"] ?? nil
    try await scene.announce(
      PartnersParted(
        merge: id(902), kept: other, back: People.company, name: name("Orion"),
        volunteers: [People.ada]))
    let hours = try await scene.test.call("missions.hours", ["mission": scene.mission()]).items
    #expect(hours.first { $0["id"] == since }?["partnerName"] == "Orion")
    let row = try await scene.test.host.read {
      try $0.rows("SELECT partner FROM missions_hours").map {
        try $0.get("partner", as: String.self)
      }
    }
    #expect(row == [People.company.description])
  }

  @Test func `hours after a change of employer are the new partner's, those before are not`()
    async throws
  {
    let scene = try await Scene.running()
    let before = try await scene.log(People.ada, "2020-11-17", 60)["id"] ?? nil
    let after = try await scene.log(People.ada, "2020-11-18", 90)["id"] ?? nil
    try await scene.announce(
      VolunteerMoved(
        edition: edition, volunteer: People.ada, previous: People.company, partner: nil,
        regime: .ownTime, from: day("2020-11-18")))
    let all = try await scene.test.call("missions.hours", ["mission": scene.mission()]).items
    #expect(all.first { $0["id"] == before }?["partnerName"] == "Orion")
    #expect(all.first { $0["id"] == after }?["regime"] == "own-time")
    #expect(all.first { $0["id"] == after }?["partnerName"] == nil)
  }
}

import Kernel
import KernelTesting
import MatchingAPI
import MissionsAPI
import PartnersAPI
import Testing

@Test func `a published brief becomes one mission, however often the news comes`() async throws {
  let scene = try await Scene.formed(team: [])
  try await scene.publish(1)
  let page = try await scene.test.call("missions.list", ["edition": scene.text(edition)])
  let all = page["items"]?.items ?? []
  #expect(all.map { $0["title"] } == ["Mission 1"])
  #expect(all.first?["state"] == "forming")
  #expect(all.first?["seats"] == 4)
}

@Test func `who confirms a place is in the team, once`() async throws {
  let scene = try await Scene.formed(team: [People.ada])
  try await scene.confirm(place: 1, brief: 1, role: lead, People.ada)
  let mission = try await scene.test.call("missions.mission", ["mission": scene.mission()])
  #expect(mission["team"]?.items.map { $0["name"] } == ["Ada Martin"])
  #expect(mission["team"]?.items.first?["roleTitle"] == "Lead")
  #expect(try await scene.said(MemberJoined.self).isEmpty)
}

@Test func `a place confirmed before the brief is heard of makes the mission`() async throws {
  let scene = try await Scene()
  try await scene.confirm(place: 1, brief: 1, role: lead, People.ada)
  try await scene.publish(1)
  #expect(try await scene.sessions().count == 2)
  let all = try await scene.test.call("missions.list", ["edition": scene.text(edition)])
  #expect(all["items"]?.items.count == 1)
}

@Test func `somebody who leaves hands over to their successor in the role`() async throws {
  let scene = try await Scene.running(team: [People.ada, People.ben])
  try await scene.withdraw(
    place: 2, brief: 1, role: writer, People.ben, handover: "The draft is in the shared folder.")
  try await scene.confirm(place: 3, brief: 1, role: writer, People.dan)
  #expect(try await scene.said(MemberLeft.self).map(\.volunteer) == [People.ben])
  let joined = try await scene.said(MemberJoined.self)
  #expect(joined.map(\.volunteer) == [People.dan])
  #expect(joined.first?.handover?.description == "The draft is in the shared folder.")
  #expect(try await scene.figure("missions.replacements").map(\.label) == ["Mission 1: Writer"])

  let mine = try await scene.test.call(
    "missions.my-missions", as: People.actor(People.dan), ["volunteer": scene.text(People.dan)])
  let team = mine.items.first?["team"]?.items ?? []
  #expect(
    team.first { $0["name"] == "Dan Roux" }?["handover"] == "The draft is in the shared folder.")
}

@Test func `nobody follows anybody in another role or beside them`() async throws {
  let scene = try await Scene.running(team: [People.ada, People.ben])
  try await scene.withdraw(place: 1, brief: 1, role: lead, People.ada, handover: "note")
  try await scene.confirm(place: 3, brief: 1, role: writer, People.dan)
  #expect(try await scene.said(MemberJoined.self).map(\.handover) == [nil])
  #expect(try await scene.figure("missions.replacements").isEmpty)
}

@Test func `a departure that is heard before the arrival still counts`() async throws {
  let scene = try await Scene.formed(team: [])
  try await scene.withdraw(place: 1, brief: 1, role: lead, People.ada)
  try await scene.confirm(place: 1, brief: 1, role: lead, People.ada)
  let mission = try await scene.test.call("missions.mission", ["mission": scene.mission()])
  #expect(mission["team"]?.items.isEmpty == true)
  #expect(mission["former"]?.items.first?["leaveReason"] == "a new job")
}

@Test func `a mission starts with somebody in its team, and once`() async throws {
  let scene = try await Scene.formed(team: [])
  let mission = try await scene.mission()
  #expect(await scene.problem("start", ["mission": mission])?.code == "missions/empty-team")
  try await scene.confirm(place: 1, brief: 1, role: lead, People.ada)
  #expect(
    await scene.problem("start", ["mission": mission, "version": 9])?.code == "stale-version")
  try await scene.test.call("missions.start", ["mission": mission, "version": 1])
  #expect(await scene.problem("start", ["mission": mission])?.code == "missions/wrong-state")
  #expect(try await scene.said(MissionStarted.self).count == 1)
}

@Test func `places and teams that disagree are found`() async throws {
  func place(_ number: Int, _ who: VolunteerID, _ state: PlaceState) -> Place {
    Place(
      id: id(300 + number), edition: edition, brief: id(101), role: lead, volunteer: who,
      state: state, confirmBy: .sample)
  }
  let scene = try await Scene(places: [
    place(1, People.ada, .withdrawn), place(2, People.ben, .confirmed),
    place(3, People.dan, .declined),
  ])
  try await scene.confirm(place: 1, brief: 1, role: lead, People.ada)
  let faults = try await scene.test.call("missions.check-teams", ["edition": scene.text(edition)])
  #expect(faults["items"]?.items.map { $0["kind"] } == ["not-left", "not-joined"])
}

@Test func `other modules find a mission by its id, its brief and its edition`() async throws {
  let scene = try await Scene.formed(team: [People.ben, People.ada])
  let module = try #require(
    scene.test.platform.modules.compactMap { $0 as? any MissionsAPI }.first)
  let found = try #require(try await module.mission(for: id(101)))
  #expect(found.team == [People.ada, People.ben])
  #expect(try await module.mission(found.id) == found)
  #expect(try await module.missions(of: edition) == [found])
  #expect(try await module.mission(for: id(999)) == nil)
  #expect(try await module.sessions(of: found.id).count == 2)
  await #expect(throws: Problem.self) { try await module.mission(id(999)) }
}

import Kernel
import KernelTesting
import NotificationsAPI
import PartnersAPI
import Testing

/// A scene in which two letters wait, restored from a backup.
private func restored() async throws -> Scene {
  let scene = try await Scene()
  for number in [101, 102] {
    try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: anID(number)))
  }
  try await scene.test.platform.noteRestored(as: .administrator)
  return scene
}

@Test func `after a restore no letter leaves until staff let it go`() async throws {
  let scene = try await restored()
  try await scene.run()
  #expect(scene.mailbox.count == 0)
  let hold = try await scene.test.call("notifications.show-hold")
  #expect(hold["isHeld"] == true && hold["reason"] == "restored" && hold["waiting"] == 2)
  #expect(hold["kinds"]?.items.first?["count"] == 2)
  try await scene.test.call("notifications.let-go", as: .manager, ["all": true])
  scene.pass(seconds: 5)
  try await scene.run()
  #expect(scene.mailbox.count == 2)
  #expect(try await scene.test.call("notifications.show-hold")["isHeld"] == false)
}

@Test func `some letters go, others never, and the hold stays`() async throws {
  let scene = try await restored()
  let waiting = try await scene.log(["state": "waiting"])
  try await scene.test.call(
    "notifications.let-go", as: .manager, ["messages": [waiting[0]["id"] ?? .null]])
  try await scene.test.call(
    "notifications.withhold", as: .manager, ["messages": [waiting[1]["id"] ?? .null]])
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: anID(103)))
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  let states = try await scene.log().map { $0["state"]?.text ?? "" }
  #expect(states == ["sent", "withheld", "waiting"])
  let hold = try await scene.test.call("notifications.show-hold")
  #expect(hold["isHeld"] == true && hold["waiting"] == 1)
}

@Test func `staff hold letters back and let those of a kind go`() async throws {
  let scene = try await Scene()
  #expect(try await scene.test.call("notifications.hold")["reason"] == "paused")
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: anID(101)))
  try await scene.run()
  #expect(scene.mailbox.count == 0)
  let kind = try await scene.log().first?["kind"] ?? .null
  let other = await scene.test.problem(
    "notifications.let-go", as: .manager, ["kind": "no-such-kind"])
  #expect(other?.code == "notifications/nothing-waits")
  try await scene.test.call("notifications.let-go", as: .manager, ["kind": kind])
  scene.pass(seconds: 5)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  let tasks = try await scene.tasks(as: .manager)
  #expect(tasks.map(\.kind) == ["notifications.held"])
  #expect(try await scene.tasks(as: Actor(.volunteer, subject: Scene.zoe.description)).isEmpty)
}

@Test(arguments: [[:], ["messages": []], ["all": false], ["all": true, "kind": "x"]] as [JSON])
func `which letters are meant must be said once`(_ input: JSON) async throws {
  let scene = try await restored()
  for endpoint in ["notifications.let-go", "notifications.withhold"] {
    let problem = await scene.test.problem(endpoint, as: .manager, input)
    #expect(problem?.fields.map(\.field) == ["messages"])
  }
  #expect(try await scene.test.call("notifications.show-hold")["waiting"] == 2)
}

extension Scene {
  fileprivate func tasks(as actor: Actor) async throws -> [WaitingTask] {
    var tasks: [WaitingTask] = []
    for module in test.platform.modules {
      tasks += try await module.tasks(for: actor, at: test.clock.clock.now)
    }
    return tasks
  }
}

import Foundation
import Kernel
import KernelTesting
import MatchingAPI
import Notifications
import NotificationsAPI
import PartnersAPI
import Synchronization
import Testing

private let day: Int64 = 86_400
private let welcome = VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe)

/// What waits for Zoé, as a module would say it.
final class Duties: Sendable {
  let tasks = Mutex<[WaitingTask]>([])
  let address = Mutex("zoe@tours.example" as EmailAddress)
  func wait(_ tasks: WaitingTask...) { self.tasks.withLock { $0 = tasks } }

  static func task(
    _ kind: String = "matching.confirm-place", since: Instant, due: Instant? = nil,
    page: String = "/places/1"
  ) -> WaitingTask {
    WaitingTask(
      kind, title: Words(en: "Confirm your place", fr: "Confirmer votre place"), since: since,
      due: due, page: page)
  }
}

struct Waiter: Module {
  static let name = "waiter"
  static let summary = Words("waiter")
  let duties: Duties
  var endpoints: [Endpoint] { [] }

  func hats(of address: EmailAddress) async throws -> [Hat] {
    address == duties.address.withLock { $0 }
      ? [Hat(Grant(.volunteer, subject: Scene.zoe.description), label: Words("Volunteer"))] : []
  }
  func tasks(for actor: Actor, at now: Instant) async throws -> [WaitingTask] {
    actor.role == .volunteer ? duties.tasks.withLock { $0 } : []
  }
}

/// A scene in which Zoé was written to once; reminders leave from nine.
private func scene() async throws -> (Scene, Duties) {
  let duties = Duties()
  let scene = try await Scene(reminding: [Waiter(duties: duties)])
  try await scene.set(["reminderHour": 9])
  try await scene.say(welcome)
  try await scene.run()
  return (scene, duties)
}

extension Scene {
  fileprivate func set(_ settings: JSON) async throws {
    try await test.call("notifications.change-settings", as: .administrator, settings)
  }
  fileprivate var now: Instant { test.clock.clock.now }
  fileprivate func reminders() async throws -> [JSON] {
    try await log(["kind": "reminder"])
  }
  /// Lets days pass as they do: the worker wakes now and then.
  fileprivate func pass(days: Int) async throws {
    for _ in 0..<days * 4 {
      pass(seconds: day / 4)
      try await run()
    }
  }
}

@Test func `what waits is said again in its rhythm, and stops when it is done`() async throws {
  let (scene, duties) = try await scene()
  duties.wait(Duties.task(since: scene.now))
  try await scene.pass(days: 4)
  #expect(try await scene.reminders().isEmpty)
  try await scene.pass(days: 2)
  let first = try #require(try await scene.reminders().first)
  #expect(first["subject"] == "Rappel : Confirmer votre place" && first["state"] == "sent")
  try await scene.pass(days: 7)
  #expect(try await scene.reminders().count == 2)
  duties.wait()
  try await scene.pass(days: 30)
  #expect(try await scene.reminders().count == 2)
  #expect(try await scene.test.call("notifications.reminders")["items"]?.items.isEmpty == true)
}

@Test func `a digest ends with what waits for its reader, what ends first before the rest`()
  async throws
{
  let duties = Duties()
  let scene = try await Scene(reminding: [Waiter(duties: duties)])
  try await scene.test.call(
    "notifications.set-preferences", as: Actor(.volunteer, subject: Scene.zoe.description),
    ["email": "zoe@tours.example", "digest": "daily"])
  duties.wait(
    WaitingTask(
      "missions.log-hours", title: Words(en: "Log your hours", fr: "Déclarer vos heures"),
      since: scene.now, page: "/hours"),
    Duties.task(since: scene.now, due: scene.now.advanced(byDays: 3)))
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: Scene.zoe))
  try await scene.run()
  try await scene.pass(days: 2)
  let text = try await scene.text(of: try await scene.log(["kind": "digest"]).first)
  let ending = try #require(text.components(separatedBy: "Ceci vous attend :").last)
  let first = try #require(ending.range(of: "- Confirmer votre place (jusqu’au "))
  let second = try #require(ending.range(of: "- Déclarer vos heures"))
  #expect(first.upperBound < second.lowerBound)
}

@Test func `said often enough without effect, it is the staff's to see to`() async throws {
  let (scene, duties) = try await scene()
  duties.wait(Duties.task(since: scene.now))
  try await scene.pass(days: 60)
  #expect(try await scene.reminders().count == 3)
  let module: NotificationsModule = try scene.test.module()
  let tasks = try await module.tasks(for: .manager, at: scene.now)
  #expect(tasks.map(\.kind) == ["notifications.escalated"])
  duties.wait()
  try await scene.pass(days: 1)
  #expect(try await module.tasks(for: .manager, at: scene.now).isEmpty)
}

@Test func `a corrected address goes on where the old one was, and holds nobody up`() async throws {
  for address in ["aaa@tours.example", "zzz@tours.example"] as [EmailAddress] {
    let (scene, duties) = try await scene()
    duties.wait(Duties.task(since: scene.now))
    try await scene.pass(days: 6)
    #expect(try await scene.reminders().count == 1)
    let zoe = try await scene.test.host.read {
      try $0.rows("SELECT recipient_name FROM notifications_reminder").first?
        .get("recipient_name", as: Name.self)
    }
    let previous = Contact(
      name: try #require(zoe), email: "zoe@tours.example", language: .fr)
    try await scene.say(
      VolunteerCorrected(
        edition: Scene.edition, volunteer: Scene.zoe, previous: previous,
        current: Contact(name: previous.name, email: address, language: .fr)))
    duties.address.withLock { $0 = address }
    try await scene.pass(days: 30)
    #expect(try await scene.reminders().count == 3)
    #expect(try await scene.test.call("notifications.reminders")["items"]?.items.count == 1)
  }
}

@Test func `whatever waits, it is one letter, and never two on one day`() async throws {
  let (scene, duties) = try await scene()
  duties.wait(
    Duties.task(since: scene.now), Duties.task("missions.evaluate", since: scene.now, page: "/m"))
  try await scene.pass(days: 6)
  let letters = try await scene.reminders()
  #expect(letters.map { $0["subject"] } == ["Rappel : 2 choses vous attendent"])
  let text = try await scene.text(of: letters.first)
  #expect(text.components(of: "  - Confirmer votre place") == 2)
  // Something else falls due on the same day.
  duties.wait(Duties.task("partners.stay", since: Instant(milliseconds: 0), page: "/p"))
  for _ in 0..<3 {
    scene.pass(seconds: 900)
    try await scene.run()
  }
  #expect(try await scene.reminders().count == 1)
}

extension String {
  fileprivate func components(of part: String) -> Int { split(separator: part).count - 1 }
}

@Test func `a term that comes near is said once more, whatever the rhythm`() async throws {
  let (scene, duties) = try await scene()
  try await scene.test.call(
    "notifications.change-rhythm", as: .administrator, ["firstDays": 30, "everyDays": 30])
  let task = Duties.task(since: scene.now, due: scene.now.advanced(byDays: 10))
  duties.wait(task)
  try await scene.pass(days: 7)
  #expect(try await scene.reminders().isEmpty)
  try await scene.pass(days: 2)
  #expect(try await scene.reminders().count == 1)
  #expect(
    try await scene.text(of: scene.reminders().first).contains("jusqu’au mercredi 11 novembre"))
}

@Test func `a kind that is off is never said, and one may refuse all of them`() async throws {
  let (scene, duties) = try await scene()
  try await scene.test.call(
    "notifications.change-rhythm", as: .administrator,
    ["kind": "matching.confirm-place", "never": true])
  duties.wait(
    Duties.task(since: scene.now),
    Duties.task("missions.validate-hours", since: scene.now, page: "/h"))
  try await scene.pass(days: 20)
  #expect(try await scene.reminders().isEmpty)
  try await scene.test.call(
    "notifications.change-rhythm", as: .administrator,
    ["kind": "matching.confirm-place", "initial": true])
  try await scene.test.call(
    "notifications.set-preferences",
    ["email": "zoe@tours.example", "kind": "reminder", "digest": "none-but-necessary"])
  try await scene.pass(days: 40)
  #expect(try await scene.reminders().isEmpty)
  let module: NotificationsModule = try scene.test.module()
  #expect(
    try await module.tasks(for: .manager, at: scene.now).map(\.kind) == ["notifications.escalated"])
}

@Test func `nobody is reminded before the hour, while letters are held, or unless it is set`()
  async throws
{
  let (scene, duties) = try await scene()
  duties.wait(Duties.task(since: Instant(milliseconds: 0)))
  try await scene.set(["reminderHour": 12])
  scene.pass(seconds: day)
  try await scene.run()
  #expect(try await scene.reminders().isEmpty)
  try await scene.test.call("notifications.hold")
  scene.pass(seconds: 6 * 3600)
  try await scene.run()
  #expect(try await scene.reminders().isEmpty)
  try await scene.test.call("notifications.let-go", ["all": true])
  try await scene.set(["noReminders": true])
  try await scene.pass(days: 3)
  #expect(try await scene.reminders().isEmpty)
  try await scene.set(["reminderHour": 9])
  try await scene.pass(days: 1)
  #expect(try await scene.reminders().count == 1)
}

@Test func `in quiet hours only what is necessary leaves`() async throws {
  let scene = try await Scene(at: "2020-11-01T20:30:00Z")
  try await scene.set(["quietFrom": 21, "quietUntil": 7])
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: Scene.adam))
  try await scene.say(
    PlaceOffered(
      edition: Scene.edition, place: anID(41), brief: Scene.brief, role: Scene.role,
      volunteer: Scene.zoe, confirmBy: Zone.paris.end(of: "2020-11-10")))
  try await scene.run()
  #expect(try await scene.log(["state": "sent"]).map { $0["kind"] } == ["place-offered"])
  scene.pass(seconds: 10 * 3600)
  try await scene.run()
  #expect(try await scene.log(["state": "waiting"]).isEmpty)
}

@Test func `a busy day is as many letters as are set, and one the next day`() async throws {
  let scene = try await Scene()
  try await scene.set(["dailyCap": 1])
  for mission in 70..<74 {
    try await scene.say(
      ProfileCompleted(edition: Scene.edition, volunteer: anID(mission)))
  }
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  scene.pass(seconds: day)
  try await scene.run()
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(scene.mailbox.count == 2)
  #expect(try await scene.log(["state": "digested"]).count == 3)
}

private let impossible: [(JSON, String)] = [
  ([:], "kind"), (["never": true, "initial": true], "kind"),
  (["everyDays": 0], "everyDays"), (["most": 21], "most"), (["firstDays": 366], "firstDays"),
  (["never": true, "most": 2], "kind"), (["kind": "everything", "never": true], "kind"),
  (["kind": "matching.", "never": true], "kind"),
]

@Test(arguments: impossible)
func `a rhythm that cannot be is refused`(_ input: JSON, field: String) async throws {
  let scene = try await Scene()
  let problem = await scene.test.problem(
    "notifications.change-rhythm", as: .administrator, input)
  #expect(problem?.fields.map(\.field) == [field])
  #expect(await scene.test.problem("notifications.change-rhythm", ["most": 2])?.status == 403)
  for settings: JSON in [["quietFrom": 3], ["quietFrom": 3, "quietUntil": 3]] {
    let problem = await scene.test.problem(
      "notifications.change-settings", as: .administrator, settings)
    #expect(problem?.fields.map(\.field) == ["quietUntil"])
  }
}

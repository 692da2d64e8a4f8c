import Kernel
import KernelTesting
import MatchingAPI
import Notifications
import NotificationsAPI
import PartnersAPI
import Testing

private let day: Int64 = 86_400
private let maud = aContact("Maud Pilote", "maud@operateur.example", .fr)
private let owen = aContact("Owen Deputy", "owen@operateur.example", .en)

/// A scene in which something waits for Zoé that she does not do; reminders leave from nine.
private func scene(
  owners: [Contact], masthead: Masthead? = nil
) async throws -> (Scene, Duties) {
  let duties = Duties()
  let scene = try await Scene(
    reminding: [Waiter(duties: duties)], masthead: masthead, owners: owners)
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, ["reminderHour": 9])
  try await scene.say(VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe))
  try await scene.run()
  duties.wait(Duties.task(since: scene.test.clock.clock.now))
  return (scene, duties)
}

extension Scene {
  fileprivate func pass(days: Int) async throws {
    for _ in 0..<days * 4 {
      pass(seconds: day / 4)
      try await run()
    }
  }
  fileprivate func letters(to address: String) async throws -> [JSON] {
    try await log(["kind": "reminder", "limit": 200]).filter { $0["recipient"]?.text == address }
  }
}

@Test func `what reminders did not help is told to those who run the programme, once`() async throws
{
  let (scene, duties) = try await scene(owners: [maud, owen])
  try await scene.pass(days: 25)
  #expect(try await scene.letters(to: "zoe@tours.example").count == 3)
  #expect(try await scene.letters(to: "maud@operateur.example").isEmpty)
  try await scene.pass(days: 2)
  let told = try await scene.letters(to: "maud@operateur.example")
  #expect(told.map { $0["subject"] } == ["Rappels sans effet : Zoé Lune"])
  let text = try await scene.text(of: told.first)
  #expect(
    text.contains(
      "Zoé Lune : « Confirmer votre place », en attente depuis le dimanche 1er novembre 2020"))
  let english = try await scene.letters(to: "owen@operateur.example")
  #expect(english.map { $0["subject"] } == ["Reminders did not help: Zoé Lune"])
  try await scene.pass(days: 40)
  #expect(try await scene.letters(to: "maud@operateur.example").count == 1)
  // Something else, later, is told again.
  duties.wait(
    Duties.task("missions.evaluate", since: scene.test.clock.clock.now, page: "/missions/1"))
  try await scene.pass(days: 30)
  #expect(try await scene.letters(to: "maud@operateur.example").count == 2)
}

@Test func `whoever is reminded themselves that day has both in one letter`() async throws {
  // Zoé runs the programme, too.
  let (scene, duties) = try await scene(
    owners: [aContact("Zoé Lune", "zoe@tours.example", .fr)])
  let now = scene.test.clock.clock.now
  try await scene.pass(days: 21)
  // Due for the first time on the day the other has been said often enough.
  duties.wait(
    Duties.task(since: now),
    Duties.task("missions.evaluate", since: now.advanced(byDays: 22), page: "/missions/1"))
  try await scene.pass(days: 10)
  let letters = try await scene.letters(to: "zoe@tours.example")
  let days = letters.compactMap { $0["createdAt"]?.text?.prefix(10) }
  #expect(days.count == Set(days).count)
  let texts = try await letters.asyncMap { try await scene.text(of: $0) }
  #expect(
    texts.contains { $0.contains("Ceci vous attend encore") && $0.contains("et n’est pas fait") })
}

@Test func `where nobody is known to run the programme, it is told to the house`() async throws {
  let (scene, _) = try await scene(
    owners: [], masthead: Masthead(name: "La Maison", email: "maison@operateur.example"))
  try await scene.pass(days: 30)
  #expect(try await scene.letters(to: "maison@operateur.example").count == 1)
}

@Test func `who refused reminders is not told, and what nobody was told is told later`()
  async throws
{
  let (scene, _) = try await scene(owners: [maud])
  func choose(_ digest: String) async throws {
    try await scene.test.call(
      "notifications.set-preferences",
      ["email": "maud@operateur.example", "kind": "reminder", "digest": .string(digest)])
  }
  try await choose("none-but-necessary")
  try await scene.pass(days: 40)
  #expect(try await scene.letters(to: "maud@operateur.example").isEmpty)
  let module: NotificationsModule = try scene.test.module()
  #expect(
    try await module.tasks(for: .manager, at: scene.test.clock.clock.now).map(\.kind)
      == ["notifications.escalated"])
  try await choose("each")
  try await scene.pass(days: 2)
  #expect(try await scene.letters(to: "maud@operateur.example").count == 1)
}

@Test func `nothing is escalated by letter once it is done`() async throws {
  let (scene, duties) = try await scene(owners: [maud])
  try await scene.pass(days: 25)
  duties.wait()
  try await scene.pass(days: 20)
  #expect(try await scene.letters(to: "maud@operateur.example").isEmpty)
}

extension Array {
  fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async rethrows -> [T] {
    var found: [T] = []
    for element in self { found.append(try await transform(element)) }
    return found
  }
}

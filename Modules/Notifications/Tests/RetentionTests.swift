import Foundation
import Kernel
import KernelTesting
import Notifications
import NotificationsAPI
import PartnersAPI
import Testing

private let welcome = VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe)
private let day: Int64 = 86_400

/// A letter that left, and its kind.
private func sent() async throws -> (Scene, kind: String) {
  let scene = try await Scene()
  try await scene.say(welcome)
  try await scene.run()
  return (scene, try #require(try await scene.log().first?["kind"]?.text))
}

extension Scene {
  /// Sets a time as the operator does; of a kind, or of all.
  fileprivate func keep(_ purpose: String, _ part: String? = nil, days: Int) async throws {
    let now = test.clock.clock.now
    try await test.host.database.write {
      try $0.takeOverRetention(purpose, part: part, days: days, setAt: now)
    }
  }

  @discardableResult
  fileprivate func prune(trying: Bool = false) async throws -> [String: Int] {
    Dictionary(
      try await test.platform.prune(on: test.host, trying: trying).map { ($0.purpose, $0.rows) }
    ) { first, _ in first }
  }
}

@Test func `a text goes when its time is over, its line stays, the folder's copy goes with it`()
  async throws
{
  let (scene, kind) = try await sent()
  try await scene.keep("letters", kind, days: 30)
  scene.pass(seconds: 29 * day)
  try await scene.prune()
  #expect(try await scene.log().first?["subject"] != "")
  #expect(try await scene.text(of: scene.log().first).contains("Zoé"))
  #expect(scene.mailbox.count == 1)
  scene.pass(seconds: 2 * day)
  try await scene.prune()
  let line = try #require(try await scene.log().first)
  #expect(line["subject"] == "" && line["recipient"] == "zoe@tours.example")
  #expect(try await scene.text(of: line).contains("pas gardé"))
  #expect(scene.mailbox.count == 0)
}

@Test func `a time for all kinds holds for those that have none of their own`() async throws {
  let (scene, kind) = try await sent()
  try await scene.keep("letters", days: 10)
  try await scene.keep("letters", kind, days: 30)
  scene.pass(seconds: 29 * day)
  #expect(try await scene.prune()["letters"] == nil)
  try await scene.keep("letters", kind, days: 5)
  #expect(try await scene.prune()["letters"] == 2)
}

@Test func `the log forgets a letter when its own time is over`() async throws {
  let (scene, _) = try await sent()
  try await scene.keep("letters-log", days: 400)
  scene.pass(seconds: 399 * day)
  try await scene.prune()
  #expect(try await scene.log().count == 1)
  scene.pass(seconds: 2 * day)
  try await scene.prune()
  #expect(try await scene.log().isEmpty)
}

@Test func `a dry run says what would go and takes nothing`() async throws {
  let (scene, _) = try await sent()
  scene.pass(seconds: 500 * day)
  // The text, and its copy in the folder.
  #expect(try await scene.prune(trying: true) == ["letters": 2])
  #expect(scene.mailbox.count == 1)
  #expect(try await scene.log().first?["subject"] != "")
  #expect(try await scene.prune() == ["letters": 2])
  #expect(try await scene.prune() == [:])
}

@Test func `letters that name an agency go with the status of whom it sent`() async throws {
  let (scene, _) = try await sent()
  try await scene.say(VolunteerRegistered(edition: Scene.edition, volunteer: Scene.adam))
  scene.pass(seconds: 60)
  try await scene.run()
  // The edition ended on 2021-08-31; letters of this kind are kept for a year after they left.
  try await scene.keep("letters", days: 3650)
  scene.pass(seconds: 395 * day)
  // With its copy in the folder, behind which no text stands any more.
  #expect(try await scene.prune() == ["job-seeking": 1, "letters": 1])
  let lines = try await scene.log()
  #expect(lines.map { $0["subject"] == "" } == [false, true])
}

@Test func `whoever is restricted is written nothing more, and what waits is withheld`()
  async throws
{
  let scene = try await Scene()
  let post = DirectLetter(
    id: anID(77), kind: "sign-in", to: aContact("Zoé Lune", "zoe@tours.example", .fr),
    subject: Words("subject"), paragraphs: [Words("text")])
  try await scene.say(welcome)
  try await scene.test.platform.transact(as: .manager) { transaction in
    let subject = try transaction.context.dataSubject(
      DataSubject(
        grants: [Grant(.volunteer, subject: Scene.zoe.description)], names: ["Zoé Lune"],
        addresses: ["zoe@tours.example"]), in: transaction)
    try transaction.restrict(subject, because: "They contest it.")
  }
  #expect(try await scene.log().map { $0["state"] } == ["withheld"])
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: Scene.zoe))
  try await scene.run()
  #expect(try await scene.log().count == 1 && scene.mailbox.count == 0)
  // Under another address, too.
  try await scene.say(
    VolunteerCorrected(
      edition: Scene.edition, volunteer: Scene.zoe,
      previous: aContact("Zoé Lune", "zoe@tours.example", .fr),
      current: aContact("Zoé Lune", "zoe@lune.example", .fr)))
  let rows = try await scene.test.host.read {
    try $0.rows("SELECT address FROM notifications_restricted ORDER BY address").map {
      try $0.get("address", as: String.self)
    }
  }
  #expect(rows == ["zoe@lune.example", "zoe@tours.example"])
  // Whoever asks to sign in is answered.
  try await scene.act { try await scene.test.module(NotificationsModule.self).send(post, as: $0) }
  #expect(scene.mailbox.count == 1)
  try await scene.test.platform.transact(as: .manager) {
    _ = try $0.liftRestriction(of: Grant(.volunteer, subject: Scene.zoe.description))
  }
  try await scene.say(ProfileReminded(edition: Scene.edition, volunteer: Scene.zoe))
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(try await scene.log().filter { $0["state"] == "sent" }.count == 2)
  // What was withheld is news no more.
  #expect(try await scene.log().first?["state"] == "withheld")
}

@Test func `what may still be sent keeps its text, however old`() async throws {
  let scene = try await Scene()
  try await scene.test.call("notifications.hold")
  try await scene.say(welcome)
  scene.pass(seconds: 2000 * day)
  try await scene.prune()
  #expect(try await scene.log().first?["subject"] != "")
}

@Test func `a letter that failed and whose text is gone cannot be sent again`() async throws {
  let scene = try await Scene()
  scene.mailbox.refuse(1000)
  try await scene.say(welcome)
  for _ in 1...8 {
    try await scene.run()
    scene.pass(seconds: day)
  }
  scene.pass(seconds: 400 * day)
  try await scene.prune()
  let line = try #require(try await scene.log().first)
  let problem = await scene.test.problem("notifications.retry", ["message": line["id"] ?? .null])
  #expect(line["state"] == "failed" && problem?.code == "notifications/text-gone")
}

@Test func `copies that no text stands behind leave the folder after a day`() async throws {
  let scene = try await Scene()
  try await scene.test.call(
    "notifications.test", as: .administrator, ["address": "zoe@tours.example"])
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  scene.pass(seconds: day + 1)
  try await scene.prune()
  #expect(scene.mailbox.count == 0)
}

@Test func `a folder lists what is in it, with and without a moment in the name`() async throws {
  let folder = NSTemporaryDirectory() + "parvis-copies-\(UInt64.random(in: 0...UInt64.max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let mailbox = FileMailbox(folder)
  #expect(try await mailbox.copies().isEmpty)
  let written = Instant(milliseconds: 1_604_221_200_123)
  try await mailbox.deliver(
    OutgoingMessage(
      id: "a-1", from: "bonjour@operateur.example", to: "zoe@tours.example", written: written,
      bytes: []))
  for name in ["b-2.eml", "notes.txt", "Ünknown.eml"] {
    try Data().write(to: URL(filePath: "\(folder)/\(name)"))
  }
  #expect(
    try await Set(mailbox.copies()) == [
      MailboxCopy(id: "a-1", written: written),
      MailboxCopy(id: "b-2", written: Instant(milliseconds: 0)),
    ])
  for copy in try await mailbox.copies() {
    try await mailbox.remove(copy.id, written: copy.written)
  }
  #expect(
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == [
      "notes.txt", "Ünknown.eml",
    ])
}

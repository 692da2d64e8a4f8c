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

@Test func `a text goes when its time is over, its line stays, the folder's copy goes with it`()
  async throws
{
  let (scene, kind) = try await sent()
  try await scene.test.call(
    "notifications.change-retention", as: .administrator,
    ["kind": .string(kind), "keepDays": 30])
  scene.pass(seconds: 29 * day)
  try await scene.run()
  #expect(try await scene.log().first?["subject"] != "")
  #expect(try await scene.text(of: scene.log().first).contains("Zoé"))
  #expect(scene.mailbox.count == 1)
  scene.pass(seconds: 2 * day)
  try await scene.run()
  let line = try #require(try await scene.log().first)
  #expect(line["subject"] == "" && line["recipient"] == "zoe@tours.example")
  #expect(try await scene.text(of: line).contains("pas gardé"))
  #expect(scene.mailbox.count == 0)
}

@Test func `the log forgets a letter when its own time is over`() async throws {
  let (scene, _) = try await sent()
  try await scene.test.call(
    "notifications.change-retention", as: .administrator, ["lineDays": 400])
  scene.pass(seconds: 399 * day)
  try await scene.run()
  #expect(try await scene.log().count == 1)
  scene.pass(seconds: 2 * day)
  try await scene.run()
  #expect(try await scene.log().isEmpty)
}

@Test func `a dry run says what would go and takes nothing`() async throws {
  let (scene, kind) = try await sent()
  scene.pass(seconds: 500 * day)
  let tried = try await scene.test.call(
    "notifications.prune", as: .administrator, ["dryRun": true])
  #expect(tried["texts"] == 1 && tried["copies"] == 1 && tried["lines"] == 0)
  #expect(tried["kinds"]?.items.first?["kind"] == .string(kind))
  #expect(scene.mailbox.count == 1)
  #expect(try await scene.log().first?["subject"] != "")
  let done = try await scene.test.call("notifications.prune", as: .administrator)
  #expect(done["texts"] == 1 && done["copies"] == 1 && done["dryRun"] == false)
  let again = try await scene.test.call("notifications.prune", as: .administrator)
  #expect(again["texts"] == 0 && again["copies"] == 0)
}

@Test func `what may still be sent keeps its text, however old`() async throws {
  let scene = try await Scene()
  try await scene.test.call("notifications.hold")
  try await scene.say(welcome)
  scene.pass(seconds: 2000 * day)
  try await scene.run()
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
  try await scene.run()
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
  try await scene.run()
  #expect(scene.mailbox.count == 0)
}

private let impossible: [(JSON, String)] = [
  ([:], "kind"), (["kind": "no-such-kind", "keepDays": 3], "kind"),
  (["kind": "digest"], "keepDays"), (["kind": "digest", "keepDays": 0], "keepDays"),
  (["kind": "digest", "keepDays": 4000], "keepDays"),
  (["keepDays": 3, "initial": true], "keepDays"),
  (["kind": "digest", "keepDays": 3, "initial": true], "keepDays"), (["lineDays": 3], "lineDays"),
]

@Test(arguments: impossible)
func `a time that cannot be is refused where it is`(_ input: JSON, field: String) async throws {
  let scene = try await Scene()
  let problem = await scene.test.problem(
    "notifications.change-retention", as: .administrator, input)
  #expect(problem?.fields.map(\.field) == [field])
}

@Test func `times are shown by kind and taken back, and only administrators set them`()
  async throws
{
  let scene = try await Scene()
  func days() async throws -> JSON? {
    try await scene.test.call("notifications.retention")["kinds"]?.items.first {
      $0["kind"] == "digest"
    }?["days"]
  }
  #expect(try await days() == 90)
  try await scene.test.call(
    "notifications.change-retention", as: .administrator, ["kind": "digest", "keepDays": 7])
  #expect(try await days() == 7)
  try await scene.test.call(
    "notifications.change-retention", as: .administrator, ["kind": "digest", "initial": true])
  #expect(try await days() == 90)
  try await scene.test.call(
    "notifications.change-retention", as: .administrator, ["keepDays": 700])
  #expect(try await days() == 700)
  try await scene.test.call(
    "notifications.change-retention", as: .administrator, ["initial": true])
  #expect(try await days() == 90)
  for endpoint in ["notifications.change-retention", "notifications.prune"] {
    #expect(await scene.test.problem(endpoint, as: .manager)?.status == 403)
  }
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

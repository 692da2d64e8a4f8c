import Foundation
import Kernel
import KernelTesting
import Notifications
import NotificationsAPI
import PartnersAPI
import Synchronization
import Testing

private let welcome = VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe)

@Test func `what waits is delivered once and marked`() async throws {
  let scene = try await Scene()
  try await scene.say(welcome)
  try await scene.run()
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  let message = try await scene.log().first
  #expect(message?["state"] == "sent")
  #expect(scene.mailbox.last.contains("To: =?UTF-8?Q?Zo=C3=A9_Lune?= <zoe@tours.example>\r\n"))
}

@Test func `a refused message is tried again, later each time`() async throws {
  let scene = try await Scene()
  scene.mailbox.refuse(2)
  try await scene.say(welcome)
  try await scene.run()
  #expect(try await scene.log().first?["fault"]?.text?.contains("full") == true)
  scene.pass(seconds: 59)
  try await scene.run()
  #expect(try await scene.log().first?["attempts"] == 1)
  scene.pass(seconds: 10)
  try await scene.run()
  #expect(try await scene.log().first?["attempts"] == 2)
  // Pauses are up to a tenth longer.
  scene.pass(seconds: 331)
  try await scene.run()
  #expect(try await scene.log().first?["state"] == "sent")
  #expect(scene.mailbox.count == 1)
}

@Test func `what was taken but not marked is delivered again as the same bytes under the same id`()
  async throws
{
  let scene = try await Scene()
  scene.mailbox.content.withLock { $0.isSilent = true }
  try await scene.say(welcome)
  try await scene.run()
  scene.mailbox.content.withLock { $0.isSilent = false }
  scene.pass(seconds: 3600)
  try await scene.run()
  let taken = scene.mailbox.content.withLock { $0.messages }
  #expect(taken.count == 2)
  #expect(Set(taken.map(\.id)).count == 1 && Set(taken.map(\.bytes)).count == 1)
}

@Test func `a message that keeps being refused fails for good, is announced, and can be retried`()
  async throws
{
  let scene = try await Scene()
  scene.mailbox.refuse(6)
  try await scene.say(welcome)
  for _ in 1...8 {
    try await scene.run()
    scene.pass(seconds: 86_400)
  }
  let failed = try #require(try await scene.log().first)
  #expect(failed["state"] == "failed")
  let said = try await scene.test.host.read { connection in
    try connection.rows("SELECT payload FROM kernel_event WHERE name = \(DeliveryFailed.name)")
      .count
  }
  #expect(said == 1)
  try await scene.test.call("notifications.retry", ["message": failed["id"] ?? .null])
  try await scene.run()
  #expect(try await scene.log().first?["state"] == "sent")
  let again = await scene.test.problem("notifications.retry", ["message": failed["id"] ?? .null])
  #expect(again?.code == "notifications/not-failed")
}

@Test func `a mailbox that takes nothing is left alone after a few refusals`() async throws {
  let scene = try await Scene()
  scene.mailbox.refuse(1000)
  for number in 100..<112 {
    try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: anID(number)))
  }
  try await scene.run()
  let tried = try await scene.log().filter { $0["attempts"] == 1 }
  #expect(tried.count == 5)
}

@Test func `a folder holds one whole file for a message, however often it is delivered`()
  async throws
{
  let folder = NSTemporaryDirectory() + "parvis-mailbox-\(UInt64.random(in: 0...UInt64.max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let moment = "1970-01-01T00-00-01.000Z"
  let mailbox = FileMailbox(folder)
  try await mailbox.deliver(outgoing("first", id: "a-1"))
  try await mailbox.deliver(outgoing("second", id: "a-1"))
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["\(moment)-a-1.eml"])
  #expect(try String(contentsOfFile: folder + "/\(moment)-a-1.eml", encoding: .utf8) == "second")
  await #expect(throws: NotificationsError.self) {
    try await mailbox.deliver(outgoing("", id: "../outside"))
  }
  await #expect(throws: (any Error).self) {
    try await FileMailbox("/proc/nowhere").deliver(outgoing("", id: "a"))
  }
}

private func outgoing(_ text: String, id: String) -> OutgoingMessage {
  OutgoingMessage(
    id: id, from: "bonjour@operateur.example", to: "zoe@tours.example",
    written: Instant(milliseconds: 1000), bytes: Array(text.utf8))
}

@Test func `other modules are told how much waits`() async throws {
  let scene = try await Scene()
  try await scene.say(welcome)
  let module = scene.test.platform.modules.compactMap { $0 as? any NotificationsAPI }.first
  #expect(try await module?.waiting() == 1)
  try await scene.run()
  #expect(try await module?.waiting() == 0)
}

@Test func `the figure counts what was sent by kind, without names of people`() async throws {
  let scene = try await Scene()
  try await scene.say(welcome)
  let figure = try #require(scene.test.platform.figures.first { $0.id == "notifications.sent" })
  func rows() async throws -> [FigureRow] {
    try await scene.test.host.read { try figure.checkedEvidence(for: Scene.edition, in: $0) }
  }
  #expect(try await rows().isEmpty)
  try await scene.run()
  #expect(
    try await rows().map(\.group) == [
      Words(en: "invitation of a volunteer", fr: "invitation d’un volontaire")
    ])
  #expect(try await rows().allSatisfy { !$0.label.contains("Zoé") })
}

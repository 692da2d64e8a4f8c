import Foundation
import Kernel
import KernelTesting
import NotificationsAPI
import Synchronization
import Testing

private let secret = "https://parvis.example/in/7f3a"

/// Sends a letter as a module's job would.
private func send(_ scene: Scene, id: MessageID = anID(71)) async throws {
  let module = try #require(
    scene.test.platform.modules.compactMap { $0 as? any NotificationsAPI }.first)
  let letter = DirectLetter(
    id: id, kind: "sign-in", to: aContact("Zoé Lune", "zoe@tours.example", .fr),
    subject: Words(en: "Sign in", fr: "Votre lien de connexion"),
    paragraphs: [Words(en: "Your code: 123 456", fr: "Votre code : 123 456")],
    button: DirectLetter.Button(Words(en: "Sign in", fr: "Se connecter"), address: secret))
  try await scene.act { try await module.send(letter, as: $0) }
}

@Test func `a direct letter leaves at once, and neither database nor log keeps what it says`()
  async throws
{
  let scene = try await Scene()
  try await scene.test.call(
    "notifications.set-preferences", ["email": "zoe@tours.example", "digest": "daily"])
  try await send(scene)
  #expect(scene.mailbox.count == 1)
  let bytes = scene.mailbox.content.withLock { $0.messages.first?.bytes } ?? []
  #expect(String(decoding: bytes, as: UTF8.self).contains("7f3a"))
  let line = try #require(try await scene.log().first)
  #expect(line["kind"] == "sign-in" && line["state"] == "sent")
  let kept = try await scene.test.host.read { connection in
    try connection.rows("SELECT * FROM notifications_message").map { "\($0.values)" }.joined()
  }
  for word in ["7f3a", "123 456", "connexion"] { #expect(!kept.contains(word)) }
  #expect(try await scene.text(of: line).contains("pas gardé"))
}

@Test func `a direct letter that is not taken says so, and can be handed over again`() async throws
{
  let scene = try await Scene()
  scene.mailbox.refuse(1)
  await #expect(throws: Problem.self) { try await send(scene) }
  #expect(try await scene.log().isEmpty)
  try await send(scene)
  try await send(scene)
  #expect(try await scene.log().count == 1)
  #expect(scene.mailbox.content.withLock { Set($0.messages.map(\.id)).count } == 1)
}

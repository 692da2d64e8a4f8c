import Kernel
import KernelTesting
import NotificationsAPI
import PartnersAPI
import Synchronization
import Testing

private let smtp: JSON = [
  "transport": "smtp", "host": "mail.example.org", "port": 465, "security": "tls",
  "user": "parvis", "password": "sésame ouvre-toi", "replyTo": "equipe@operateur.example",
]

@Test func `settings are kept, and the password is never shown`() async throws {
  let scene = try await Scene()
  let initial = try await scene.test.call("notifications.show-settings", as: .administrator)
  #expect(initial["transport"] == "folder" && initial["hasPassword"] == false)
  let changed = try await scene.test.call(
    "notifications.change-settings", as: .administrator, smtp)
  let shown = try await scene.test.call("notifications.show-settings", as: .administrator)
  #expect(shown == changed && shown["transport"] == "smtp" && shown["hasPassword"] == true)
  #expect(!"\(shown)".contains("sésame"))
  let back = try await scene.test.call(
    "notifications.change-settings", as: .administrator,
    ["transport": "folder", "anonymous": true])
  #expect(back["transport"] == "folder" && back["hasPassword"] == false && back["port"] == 465)
}

/// Inputs that cannot be, and the field that is wrong.
private let impossible: [(JSON, String)] = [
  (["transport": "smtp"], "host"), (["host": "a b"], "host"), (["host": "a/b"], "host"),
  (["port": 0], "port"), (["security": "ssl"], "security"),
  (["portal": "parvis.example"], "portal"), (["portal": "https:///x"], "portal"),
  (["portal": "https://a.example/?q"], "portal"), (["replyTo": "nobody"], "replyTo"),
  (["perMinute": 0], "perMinute"), (["connections": 0], "connections"),
  (["connections": 21], "connections"),
]

@Test(arguments: impossible)
func `settings that cannot be are refused where they are`(_ input: JSON, field: String)
  async throws
{
  let scene = try await Scene()
  let problem = await scene.test.problem(
    "notifications.change-settings", as: .administrator, input)
  #expect(problem?.fields.map(\.field) == [field])
}

@Test func `a stale change of the settings is refused, and only administrators make one`()
  async throws
{
  let scene = try await Scene()
  try await scene.test.call("notifications.change-settings", as: .administrator, smtp)
  try await scene.test.call("notifications.change-settings", as: .administrator, ["port": 25])
  let stale = await scene.test.problem(
    "notifications.change-settings", as: .administrator, ["version": 1, "port": 587])
  #expect(stale?.status == 409)
  for endpoint in ["notifications.change-settings", "notifications.show-settings"] {
    #expect(await scene.test.problem(endpoint, as: .manager)?.status == 403)
  }
  let test = await scene.test.problem(
    "notifications.test", as: .manager, ["address": "a@b.example"])
  #expect(test?.status == 403)
}

@Test func `a test letter goes where the settings say, and the log is not told`() async throws {
  let scene = try await Scene()
  let trial = try await scene.test.call(
    "notifications.test", as: .administrator, ["address": "zoe@tours.example"])
  #expect(trial["delivered"] == true && scene.mailbox.count == 1)
  scene.mailbox.refuse(1)
  let refused = try await scene.test.call(
    "notifications.test", as: .administrator, ["address": "zoe@tours.example"])
  #expect(refused["delivered"] == false && refused["fault"]?.text?.contains("full") == true)
  #expect(try await scene.log().isEmpty)
}

@Test func `no more leave in a minute than the settings allow`() async throws {
  let scene = try await Scene()
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, ["perMinute": 3])
  for number in 100..<110 {
    try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: anID(number)))
  }
  for (seconds, sent) in [(0, 3), (30, 3), (31, 6)] as [(Int64, Int)] {
    scene.pass(seconds: seconds)
    try await scene.run()
    #expect(scene.mailbox.count == sent)
  }
}

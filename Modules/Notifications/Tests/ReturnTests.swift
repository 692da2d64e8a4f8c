import ApplicationsAPI
import Foundation
import Kernel
import KernelTesting
import MatchingAPI
import Notifications
import NotificationsAPI
import PartnersAPI
import Testing

private let offer = PlaceOffered(
  edition: Scene.edition, place: anID(41), brief: Scene.brief, role: Scene.role,
  volunteer: Scene.zoe, confirmBy: Zone.paris.end(of: "2020-11-10"))
private let zoe = "zoe@tours.example"

/// A scene in which Zoé was offered a place by letter, and the letter's id.
private func offered() async throws -> (Scene, letter: String) {
  let scene = try await Scene()
  try await scene.say(offer)
  try await scene.run()
  return (scene, try #require(try await scene.log().first?["id"]?.text))
}

extension Scene {
  @discardableResult
  fileprivate func takeIn(_ message: String) async throws -> JSON {
    try await takeIn(bytes: Array(message.replacing("\n", with: "\r\n").utf8))
  }
  @discardableResult
  fileprivate func takeIn(bytes: [UInt8]) async throws -> JSON {
    try await test.call(
      "notifications.take-return", as: .administrator,
      ["message": .string(Data(bytes).base64EncodedString())])
  }
  fileprivate func address(_ email: String) async throws -> JSON? {
    try await test.call("notifications.addresses")["items"]?.items.first {
      $0["email"] == .string(email)
    }
  }
  fileprivate func tasks(of actor: Actor) async throws -> [String] {
    let module: NotificationsModule = try test.module()
    return try await module.tasks(for: actor, at: test.clock.clock.now).map(\.kind)
  }
}

private func bounce(
  _ letter: String, to address: String = zoe, status: String = "5.1.1", action: String = "failed"
) -> String {
  """
  From: MAILER-DAEMON@mx.example.net
  Subject: Undelivered Mail Returned to Sender
  MIME-Version: 1.0
  Content-Type: multipart/report; report-type=delivery-status;
   boundary="A.B/1"

  --A.B/1
  Content-Type: text/plain; charset=us-ascii

  I'm sorry to have to inform you.

  --A.B/1
  Content-Type: message/delivery-status

  Reporting-MTA: dns; mx.example.net

  Final-Recipient: rfc822; \(address)
  Action: \(action)
  Status: \(status)
  Diagnostic-Code: smtp; 550 \(status) <\(address)>: no such user

  --A.B/1
  Content-Type: message/rfc822

  Subject: whatever
  Message-ID: <\(letter)@operateur.example>

  The letter.
  --A.B/1--

  """
}

@Test
func `a letter that comes back for good marks its address, and later ones wait until it is right`()
  async throws
{
  let (scene, letter) = try await offered()
  let taken = try await scene.takeIn(bounce(letter))
  #expect(taken["kind"] == "hard-bounce" && taken["messages"]?.items == [.string(letter)])
  let address = try await scene.address(zoe)
  #expect(address?["state"] == "unreachable" && address?["hard"] == 1)
  #expect(address?["fault"]?.text?.contains("no such user") == true)
  #expect(try await scene.log().first?["returned"] == "hard-bounce")
  try await scene.say(VolunteerRegistered(edition: Scene.edition, volunteer: Scene.zoe))
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(scene.mailbox.count == 1)
  try await scene.test.call("notifications.trust-address", ["email": .string(zoe)])
  scene.pass(seconds: 60)
  try await scene.run()
  #expect(scene.mailbox.count == 2)
  #expect(try await scene.address(zoe) == nil)
}

@Test func `read twice, a return counts once`() async throws {
  let (scene, letter) = try await offered()
  try await scene.takeIn(bounce(letter, status: "4.2.2", action: "delayed"))
  let again = try await scene.takeIn(bounce(letter, status: "4.2.2", action: "delayed"))
  #expect(again["kind"] == "again")
  let address = try await scene.address(zoe)
  #expect(address?["soft"] == 1 && address?["state"] == "good")
}

/// What a server said, and whether nothing will ever arrive there.
private let statuses: [(String, String, hard: Bool)] = [
  ("5.1.1", "failed", true), ("5.1.10", "failed", true), ("5.2.1", "failed", true),
  ("5.0.0", "failed", true), ("5.2.2", "failed", false), ("5.7.1", "failed", false),
  ("5.1.8", "failed", false), ("4.4.1", "failed", false), ("5.1.1", "delayed", false),
  ("nonsense", "failed", true),
]

@Test(arguments: statuses)
func `what is full or against a policy may be otherwise tomorrow`(
  _ status: String, _ action: String, hard: Bool
) async throws {
  let (scene, letter) = try await offered()
  let taken = try await scene.takeIn(bounce(letter, status: status, action: action))
  #expect(taken["kind"] == (hard ? "hard-bounce" : "soft-bounce"))
}

@Test func `a bounce about a letter we did not send, or not to there, changes nothing`()
  async throws
{
  let (scene, letter) = try await offered()
  let forged = "01700000-0000-4000-8000-000000000abc"
  for message in [
    bounce(forged), bounce(letter, to: "adam@agency.example"), bounce("../../etc/passwd"),
    bounce(letter, to: "not an address"), bounce(letter, action: "delivered"),
  ] {
    #expect(try await scene.takeIn(message)["kind"] == "unknown")
  }
  #expect(try await scene.address(zoe) == nil)
  #expect(try await scene.address("adam@agency.example") == nil)
}

@Test func `a bounce that is no report is recognised when it names its final recipient`()
  async throws
{
  let (scene, letter) = try await offered()
  let taken = try await scene.takeIn(
    """
    From: postmaster@old.example
    Subject: failure notice
    Content-Type: text/plain

    Hi. This is the program at old.example.
      Final-Recipient: rfc822;ZOE@Tours.example
      Action: failed
      Status: 5.1.1

    --- Below is a copy.
    Message-ID: <\(letter)@operateur.example>
    """)
  #expect(taken["kind"] == "hard-bounce")
}

@Test func `a complaint ends the letters that need not be, and no others`() async throws {
  let (scene, letter) = try await offered()
  let taken = try await scene.takeIn(
    """
    From: feedback@provider.example
    MIME-Version: 1.0
    Content-Type: multipart/report; report-type=feedback-report; boundary=x

    --x
    Content-Type: text/plain

    This is an abuse report.
    --x
    Content-Type: message/feedback-report

    Feedback-Type: abuse
    User-Agent: Provider/1.0
    Version: 1

    --x
    Content-Type: text/rfc822-headers

    Message-ID: <\(letter)@operateur.example>
    --x--
    """)
  #expect(taken["kind"] == "complaint")
  let choice = try await scene.test.call(
    "notifications.preferences", ["email": .string(zoe)])
  #expect(choice["digest"] == "none-but-necessary")
  let address = try await scene.address(zoe)
  #expect(address?["complaints"] == 1 && address?["state"] == "good")
}

private func answer(to letter: String, from: String = zoe, _ more: String = "", text: String)
  -> String
{
  """
  From: Zoé <\(from)>
  In-Reply-To: <\(letter)@operateur.example>
  \(more)Content-Type: text/plain; charset=iso-8859-1
  Content-Transfer-Encoding: quoted-printable

  \(text)
  """
}

@Test func `an answer is kept with the person for staff, and is nobody's consent`() async throws {
  let (scene, letter) = try await offered()
  let before = try await scene.test.host.read { try $0.rows("SELECT id FROM kernel_event").count }
  let taken = try await scene.takeIn(
    answer(
      to: letter,
      text: "Oui, avec plaisir =C0 bient=F4t=\n !\n> Pouvez-vous confirmer ?\n\u{1B}[31m"))
  #expect(taken["kind"] == "answer")
  let kept = try #require(try await scene.test.call("notifications.answers")["items"]?.items.first)
  #expect(kept["text"] == "Oui, avec plaisir À bientôt !\n[31m")
  #expect(kept["sender"] == .string(zoe) && kept["message"] == .string(letter))
  #expect(try await scene.tasks(of: .manager) == ["notifications.answers"])
  let after = try await scene.test.host.read { try $0.rows("SELECT id FROM kernel_event").count }
  #expect(before == after)
  try await scene.test.call("notifications.read-answer", ["answer": kept["id"] ?? .null])
  #expect(try await scene.tasks(of: .manager).isEmpty)
  #expect(
    try await scene.test.call("notifications.answers", ["unread": true])["items"]?.items.isEmpty
      == true)
  let unknown = await scene.test.problem("notifications.read-answer", ["answer": .string(letter)])
  #expect(unknown?.status == 404)
}

@Test func `a mail program that refuses by mail is obeyed, by the ticket of the letter`()
  async throws
{
  let scene = try await Scene()
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: Scene.zoe))
  try await scene.run()
  let line = scene.mailbox.last.split(separator: "\r\n").first {
    $0.hasPrefix("List-Unsubscribe: <mailto:")
  }
  let ticket = try #require(line?.split(separator: "%20").last?.prefix(36))
  let taken = try await scene.takeIn(
    "From: anybody@elsewhere.example\nSubject: unsubscribe \(ticket)\n\n")
  #expect(taken["kind"] == "refusal")
  let kinds = try await scene.test.call("notifications.preferences", ["email": .string(zoe)])[
    "kinds"]
  #expect(kinds?.items.first?["digest"] == "none-but-necessary")
  let guess = try await scene.takeIn(
    "From: anybody@elsewhere.example\nSubject: unsubscribe \(anID(999, MessageID.self))\n\n")
  #expect(guess["kind"] == "unknown")
}

@Test func `a machine's answer, and one from somebody else, are not kept`() async throws {
  let (scene, letter) = try await offered()
  let away = try await scene.takeIn(
    answer(to: letter, "Auto-Submitted: auto-replied\n", text: "I am away."))
  #expect(away["kind"] == "automatic")
  let other = try await scene.takeIn(
    answer(to: letter, from: "eve@elsewhere.example", text: "I confirm."))
  #expect(other["kind"] == "unknown")
  #expect(try await scene.test.call("notifications.answers")["items"]?.items.isEmpty == true)
}

@Test func `whoever owns the contact has the task, and it ends when the address changes`()
  async throws
{
  let (scene, letter) = try await offered()
  try await scene.takeIn(bounce(letter))
  let partner = Actor(.partner, subject: anID(52, PartnerContactID.self).description)
  let member = Actor(.member, subject: anID(51, MemberID.self).description)
  #expect(try await scene.tasks(of: .manager) == ["notifications.unreachable"])
  #expect(try await scene.tasks(of: partner) == ["notifications.correct-address"])
  #expect(try await scene.tasks(of: member).isEmpty)
  let stranger = await scene.test.problem(
    "notifications.trust-address", as: member, ["email": .string(zoe)])
  #expect(stranger?.status == 404)
  try await scene.say(
    VolunteerCorrected(
      edition: Scene.edition, volunteer: Scene.zoe,
      previous: aContact("Zoé Lune", "zoe@tours.example", .fr),
      current: aContact("Zoé Lune", "zoe.lune@tours.example", .fr)))
  #expect(try await scene.tasks(of: .manager).isEmpty)
  #expect(try await scene.tasks(of: partner).isEmpty)
}

@Test func `a mail server hands in with its key, and nobody without`() async throws {
  let (scene, letter) = try await offered()
  let message = JSON.string(
    Data(bounce(letter).utf8).base64EncodedString())
  func handIn(_ key: JSON) async -> Problem? {
    await scene.test.problem(
      "notifications.hand-in-return", as: .anyone, ["key": key, "message": message])
  }
  #expect(await handIn("guessed")?.status == 404)
  let key = try await scene.test.call("notifications.returns-key", as: .administrator)["key"]
  #expect(await handIn("guessed")?.status == 404)
  #expect(await handIn(key ?? .null) == nil)
  #expect(try await scene.address(zoe)?["state"] == "unreachable")
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, ["noReturns": true])
  #expect(await handIn(key ?? .null)?.status == 404)
}

/// What anybody may send: nothing of it may fail, or take long.
private let hostile: [[UInt8]] = {
  func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
  var nested = "Content-Type: multipart/mixed; boundary=b0\n\n"
  for depth in 0..<300 {
    nested += "--b\(depth)\nContent-Type: multipart/mixed; boundary=b\(depth + 1)\n\n"
  }
  let many = String(repeating: "--b\nContent-Type: message/delivery-status\n\n", count: 5000)
  return [
    [], [0], [10], bytes(":"), bytes("\n\n\n"), Array(repeating: 0xFF, count: 300_000),
    bytes(nested), bytes("Content-Type: multipart/report; boundary=b\n\n" + many),
    bytes(String(repeating: "X: y\n", count: 200_000)),
    bytes("From: " + String(repeating: "<", count: 200_000)),
    bytes("References: " + String(repeating: "<a@b>", count: 50_000) + "\n\nx"),
    bytes("Content-Type: text/plain; charset=\"\\\n\nFinal-Recipient: ;;;\nStatus: 9.9.9.9"),
    bytes("Content-Type: multipart/report; boundary=\"\"\n\n--\n--\n"),
    bytes("Content-Transfer-Encoding: base64\nContent-Type: message/delivery-status\n\n!!!="),
    bytes("Content-Transfer-Encoding: quoted-printable\n\n=\n==ZZ=4") + [61],
    bytes("Content-Type: message/feedback-report\n\n") + Array(repeating: 0, count: 100_000),
    bytes("Subject: unsubscribe " + String(repeating: "\0", count: 36) + "\n\n"),
    bytes("Subject: unsubscribe 00000000-0000-0000-0000-00000000000'\n\n"),
  ]
}()

@Test(arguments: hostile.indices)
func `whatever is sent is taken for what it is: nothing`(_ index: Int) async throws {
  let (scene, _) = try await offered()
  #expect(try await scene.takeIn(bytes: hostile[index])["kind"] == "unknown")
}

@Test func `a folder is read by the clock, each message once, and set aside`() async throws {
  let (scene, letter) = try await offered()
  let folder = NSTemporaryDirectory() + "parvis-returns-\(UInt64.random(in: 0...UInt64.max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try FileManager.default.createDirectory(
    atPath: folder + "/inner", withIntermediateDirectories: true)
  try bounce(letter).write(toFile: folder + "/1.eml", atomically: true, encoding: .utf8)
  try FileManager.default.createSymbolicLink(
    atPath: folder + "/2.eml", withDestinationPath: "/etc/passwd")
  try await scene.test.call(
    "notifications.change-settings", as: .administrator, ["returns": .string(folder)])
  scene.pass(seconds: 61)
  try await scene.run()
  #expect(try await scene.address(zoe)?["state"] == "unreachable")
  let left = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  #expect(left == ["2.eml", "inner", "read"])
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/read") == ["1.eml"])
  for path in ["relative/folder", "/var/../etc", "/var/mail/.."] {
    let problem = await scene.test.problem(
      "notifications.change-settings", as: .administrator, ["returns": .string(path)])
    #expect(problem?.fields.map(\.field) == ["returns"])
  }
}

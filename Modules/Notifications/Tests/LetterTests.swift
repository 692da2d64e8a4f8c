import Foundation
import Kernel
import MissionsAPI
import PartnersAPI
import ProgrammesAPI
import Synchronization
import Testing

@testable import Notifications

private func letter(
  _ body: String, door: LetterText.Link? = nil, choice: String? = nil, _ language: Language = .fr
) -> String {
  HTMLLetter.text(
    of: LetterText(body: body, door: door, choice: choice), subject: "Sujet",
    to: aContact("Zoé <b>", "zoe@tours.example", language),
    from: aHead("Opérateur"))
}

private func aHead(_ name: Name, colour: String? = nil) -> Letterhead {
  Letterhead(
    from: aContact(name, "bonjour@operateur.example", .fr), replyTo: "equipe@operateur.example",
    portal: nil, address: "1 rue de l’Exemple\n75000 Paris", colour: colour)
}

@Test func `a letter ends with who runs the instance, in the operator's colour`() {
  let html = HTMLLetter.text(
    of: LetterText(body: "Texte", door: nil, choice: nil), subject: "S",
    to: aContact("Zoé", "zoe@tours.example", .fr), from: aHead("Opérateur", colour: "#123456"))
  #expect(html.contains("Opérateur</p>") && html.contains("1 rue de l’Exemple<br>75000 Paris"))
  #expect(html.contains(".b{background:#123456}"))
  #expect(!letter("Texte").contains("#123456"))
}

@Test func `a letter as HTML says its language, loads nothing and runs nothing`() {
  let html = letter("Bonjour & <script>alert(1)</script> \"x\"")
  #expect(html.contains("<html lang=\"fr\">") && html.contains("color-scheme"))
  for forbidden in ["<script", "<img", "src=", "url(", "<b>"] { #expect(!html.contains(forbidden)) }
  #expect(html.contains("Bonjour &amp; &lt;script&gt;"))
}

@Test func `lists, tables and addresses of the plain text are lists, tables and links`() {
  let html = letter(
    "Les dates :\n  - mardi\n  - mercredi\n\n  Quand : mardi\n  Où :    https://visio.example/a.\n\nFin"
  )
  #expect(html.contains("<ul>\n<li>mardi</li>\n<li>mercredi</li>\n</ul>"))
  #expect(html.contains("<th scope=\"row\">Quand</th><td>mardi</td>"))
  #expect(html.contains("<a href=\"https://visio.example/a\">https://visio.example/a</a>."))
  #expect(html.contains("<p>Fin</p>"))
}

@Test func `one button leads to the one thing to do, and its address is said in words`() {
  let door = LetterText.Link(words: "Répondre", address: "https://parvis.example/offers/1?a=1&b=2")
  let html = letter("Texte", door: door)
  #expect(html.components(separatedBy: "class=\"b\"").count == 2)
  #expect(html.contains("<p class=\"s\">https://parvis.example/offers/1?a=1&amp;b=2</p>"))
  let plain = PlainLetter.text(
    of: LetterText(body: "Texte", door: door, choice: nil),
    to: aContact("Zoé", "zoe@tours.example", .fr), from: aHead("O"))
  #expect(plain.contains("Répondre :\nhttps://parvis.example/offers/1?a=1&b=2"))
}

@Test func `a subject is at most 70 characters and ends after a word`() {
  #expect(Subject.fitted("Court") == "Court")
  let long = Subject.fitted("Date : " + String(repeating: "éléphant ", count: 20))
  #expect(long.count <= 70 && long.hasSuffix("éléphant…"))
  #expect(Subject.fitted(String(repeating: "x", count: 200)).count == 70)
}

@Test func `an edition is not told twice that it is one, and names keep their elision`() {
  #expect(Wording.de("Arpejeh") == "d’Arpejeh" && Wording.de("Élan") == "d’Élan")
  #expect(Wording.de("Kabubu") == "de Kabubu" && Wording.de("Handicap") == "de Handicap")
}

@Test func `days of digests come when they are said to`() {
  #expect(("2020-11-01" as Day).nextMonday == "2020-11-02")
  #expect(("2020-11-02" as Day).nextMonday == "2020-11-09")
  #expect(("2020-12-31" as Day).firstOfNextMonth == "2021-01-01")
  #expect(("2020-02-29" as Day).firstOfNextMonth == "2020-03-01")
}

private func scheduled(_ revision: Int, day: Day = "2020-11-17") -> SessionScheduled {
  SessionScheduled(
    edition: Scene.edition, mission: Scene.mission, session: anID(67), revision: revision,
    startsAt: Zone.paris.moment(on: day, minute: 540),
    endsAt: Zone.paris.moment(on: day, minute: 750), format: .remote,
    place: "https://visio.example/kabubu;a,b")
}

@Test func `a session is a date for the calendar, and moved it is the same one, later`()
  async throws
{
  let scene = try await Scene()
  try await scene.say(scheduled(1), scheduled(2, day: "2020-11-24"))
  try await scene.run()
  let mails = scene.mailbox.content.withLock { $0.messages }.map {
    // Undo the soft line ends of the quoted-printable text.
    String(decoding: $0.bytes, as: UTF8.self).replacing("=\r\n", with: "")
      .replacing("=3D", with: "=").replacing("\r\n ", with: "")
  }
  #expect(mails.count == 8 && mails.allSatisfy { $0.contains("METHOD:REQUEST\r\n") })
  let first = mails.filter { $0.contains("SEQUENCE:0\r\n") }
  let moved = mails.filter { $0.contains("SEQUENCE:1\r\n") }
  #expect(first.count == 4 && moved.count == 4)
  let uid = "UID:\(anID(67, SessionID.self))@operateur.example\r\n"
  #expect(
    mails.allSatisfy {
      $0.contains(uid) && $0.contains("LOCATION:https://visio.example/kabubu\\;a\\,b")
    })
  // Winter time, in UTC.
  #expect(moved.allSatisfy { $0.contains("DTSTART:20201124T080000Z\r\nDTEND:20201124T113000Z") })
  #expect(first.allSatisfy { $0.contains("method=REQUEST") })
}

@Test func `letters about one mission are one conversation, answered by people`() async throws {
  let scene = try await Scene()
  try await scene.say(scheduled(1), MissionStarted(edition: Scene.edition, mission: Scene.mission))
  try await scene.run()
  let mails = scene.mailbox.content.withLock { $0.messages }.map {
    String(decoding: $0.bytes, as: UTF8.self)
  }
  let thread = "References: <missions.\(Scene.mission)@operateur.example>\r\n"
  #expect(mails.count == 8 && mails.allSatisfy { $0.contains(thread) })
  #expect(mails.allSatisfy { $0.contains("Reply-To: bonjour@operateur.example\r\n") })
  #expect(mails.allSatisfy { !$0.contains("List-Unsubscribe") })
}

@Test func `a letter that need not come says how to have fewer, whoever reads it`() async throws {
  let scene = try await Scene()
  try await scene.say(ProfileCompleted(edition: Scene.edition, volunteer: Scene.zoe))
  try await scene.run()
  #expect(
    scene.mailbox.last.contains(
      "List-Unsubscribe: <mailto:bonjour@operateur.example?subject=unsubscribe%20"))
  #expect(!scene.mailbox.last.contains("List-Unsubscribe-Post"))
  #expect(try await scene.text(of: scene.log().first).contains("répondez à celui-ci"))
}

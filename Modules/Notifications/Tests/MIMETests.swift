import Kernel
import Testing

@testable import Notifications

private func lines(_ message: MIMEMessage) -> [String] {
  String(decoding: message.bytes, as: UTF8.self).components(by: "\r\n")
}

extension String {
  fileprivate func components(by separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}

private func message(
  subject: String = "Hello", text: String = "Hello", name: Name = "Tom Ash"
) -> MIMEMessage {
  MIMEMessage(
    id: "m-1",
    head: Letterhead(
      from: aContact("Opérateur", "bonjour@operateur.example", .fr),
      replyTo: "equipe@operateur.example", portal: nil),
    to: aContact(name, "tom@example.org", .en), subject: subject,
    text: LetterText(body: text, door: nil, choice: nil),
    date: Instant("2020-03-02T09:05:00Z") ?? Instant(milliseconds: 0))
}

@Test func `headers are those of a mail that a program wrote`() {
  let all = lines(message())
  #expect(all.contains("Date: Mon, 02 Mar 2020 09:05:00 +0000"))
  #expect(all.contains("To: \"Tom Ash\" <tom@example.org>"))
  #expect(all.contains("Message-ID: <m-1@operateur.example>"))
  #expect(all.contains("Auto-Submitted: auto-generated"))
}

@Test(arguments: [
  "Hello", "Été à la campagne", String(repeating: "réponse ", count: 40),
  String(repeating: "x", count: 500), "Émoji 👩‍👩‍👧‍👦 et suite", "=?UTF-8?Q?fake?=", "",
])
func `no line is longer than 76 columns and every line ends in CRLF`(_ text: String) {
  let name = Name(String(text.prefix(200))) ?? "Tom"
  let bytes = message(subject: text, text: text, name: name).bytes
  let whole = String(decoding: bytes, as: UTF8.self)
  #expect(whole.unicodeScalars.allSatisfy { $0.isASCII })
  #expect(whole.components(by: "\r\n").allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") })
  #expect(whole.hasSuffix("\r\n"))
}

@Test func `a line end in a title cannot make a header`() {
  let all = lines(message(subject: "Plan\r\nBcc: all@example.org", name: "Tom\nBcc: x@example.org"))
  #expect(!all.contains { $0.hasPrefix("Bcc") })
}

@Test func `a name with a quotation mark or a comma stays one name`() {
  let all = lines(message(name: "Ash, Tom \"T\""))
  #expect(all.contains("To: \"Ash, Tom \\\"T\\\"\" <tom@example.org>"))
}

@Test func `space at the end of a line and equal signs survive`() {
  let body = String(decoding: QuotedPrintable.encode("a = b \nc"), as: UTF8.self)
  #expect(body == "a =3D b=20\r\nc\r\n")
}

import DKIM
import Foundation
import Testing

private let message = Array(
  """
  From: =?UTF-8?Q?Op=C3=A9rateur?= <bonjour@parvis.example>\r
  To: "Zoé" <zoe@tours.example>\r
  Subject: Folded  and\r
   spaced\t out\r
  Date: Mon, 02 Mar 2020 09:05:00 +0000\r
  Message-ID: <m-1@parvis.example>\r
  List-Unsubscribe: <mailto:a@parvis.example>,\r
   <https://parvis.example/v1/unsubscriptions/x>\r
  List-Unsubscribe-Post: List-Unsubscribe=One-Click\r
  \r
  Two  spaces and a tab\there. \r
  \r
  .dot\r
  \r
  \r

  """.utf8)

@Suite(.enabled(if: MailServer.isThere, MailServer.how)) struct Signatures {
  @Test func `both signatures are good, and a changed subject spoils them`() async throws {
    let keys = [
      try DKIMKey.rsa(domain: "parvis.example", selector: "a-rsa"),
      DKIMKey.ed25519(domain: "parvis.example", selector: "a-ed25519"),
    ]
    let records = Dictionary(uniqueKeysWithValues: keys.map { ($0.recordName, $0.record) })
    let json = String(decoding: try JSONEncoder().encode(records), as: UTF8.self)
    for text in [message, Array("From: <bonjour@parvis.example>\r\nSubject: x\r\n\r\n".utf8)] {
      let signed = try DKIMSignature.sign(text, with: keys, at: 1_583_139_900)
      let outcome = try await MailServer.check("dkim", Data(signed), json)
      #expect(outcome.good)
    }
  }
}

@Test func `a key is read back from its file as it was`() throws {
  for key in [
    try DKIMKey.rsa(domain: "parvis.example", selector: "a"),
    DKIMKey.ed25519(domain: "parvis.example", selector: "b"),
  ] {
    let read = try #require(DKIMKey(file: key.file))
    #expect(read.record == key.record && read.recordName == key.recordName)
  }
  for text in ["", "rsa\n", "rsa a b\nnothing", "ed25519 a b\n####", "dsa a b\nAAAA"] {
    #expect(DKIMKey(file: text) == nil)
  }
}

@testable import ParvisApp
import Testing

private func verdicts(
  _ sender: String, server: String? = "mail.house.org", portal: String = "https://parvis.house.org",
  keys: [String] = ["house.org"]
) -> [String: Finding.Verdict] {
  let setup = MailSetup(
    sender: sender, server: server, portal: portal,
    keys: keys.map { ($0, "parvis._domainkey.\($0)") })
  return Dictionary(setup.findings().map { ($0.check, $0.verdict) }) { first, _ in first }
}

@Suite struct MailSetups {
  @Test func `letters from a domain of one's own, signed, are fine`() {
    #expect(
      verdicts("hello@house.org") == ["sender": .fine, "dkim": .fine, "spf-dmarc": .fine])
  }

  @Test(arguments: ["parvis@parvis.example", "a@example.org", "a@gmail.com", "a@orange.fr"])
  func `a sender that receivers refuse is wrong`(_ sender: String) {
    #expect(verdicts(sender)["sender"] == .wrong)
  }

  @Test func `what is missing is said: a key, a server, an address for links`() {
    #expect(verdicts("hello@house.org", keys: ["other.org"])["dkim"] == .mind)
    #expect(verdicts("hello@house.org", server: nil) == ["mail": .mind])
    #expect(verdicts("hello@house.org", portal: "http://127.0.0.1:8080")["portal"] == .mind)
  }
}

import Foundation
import Testing

/// The built program with a real mail server.
@Suite(.enabled(if: MailServer.isThere, MailServer.how), .serialized) struct ProgramMail {
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "parvis").path
  private let mail: MailServer
  private let folder: URL

  init() async throws {
    mail = try await MailServer.shared.value
    folder = FileManager.default.temporaryDirectory.appending(path: "posted-\(UUID().uuidString)")
    #expect(try await parvis("init").good)
  }

  private func parvis(_ words: String...) async throws -> (good: Bool, output: Data) {
    try await MailServer.run(Self.program, words + ["--data", folder.path])
  }

  private func settings(_ port: String, _ more: String...) async throws -> Bool {
    let words =
      ["notifications", "change-settings", "--transport", "smtp", "--host", "localhost"]
      + ["--port", "\(mail.port(port))", "--trusted", mail.trusted]
      + ["--sender-address", "bonjour@parvis.example", "--data", folder.path] + more
    return try await MailServer.run(Self.program, words).good
  }

  @Test func `a test letter says each step, arrives signed, and the password is never shown`()
    async throws
  {
    let keys = try await parvis(
      "notifications", "dkim", "new", "--domain", "parvis.example", "--json")
    struct Record: Decodable {
      let name: String
      let text: String
    }
    let records = try JSONDecoder().decode([Record].self, from: keys.output)
    #expect(
      try await settings(
        "starttls", "--security", "starttls", "--user", "parvis", "--password", "sésame"))
    let before = try mail.taken().count
    let trial = try await parvis("notifications", "test", "zoe@tours.example")
    let said = String(decoding: trial.output, as: UTF8.self)
    #expect(trial.good && said.contains("STARTTLS") && said.contains("DATA"))
    let letters = try mail.taken()
    #expect(letters.count == before + 1)
    let letter = try #require(
      letters.last { String(decoding: $0, as: UTF8.self).contains("DKIM-Signature") })
    let json = String(
      decoding: try JSONEncoder().encode(
        Dictionary(uniqueKeysWithValues: records.map { ($0.name, $0.text) })), as: UTF8.self)
    #expect(try await MailServer.check("dkim", letter, json).good)
    #expect(try await MailServer.check("parse", letter).good)
    let shown = try await parvis("notifications", "show-settings", "--json")
    let text = String(decoding: shown.output + trial.output, as: UTF8.self)
    #expect(text.contains("\"hasPassword\"") && !text.contains("sésame"))
    #expect(try await !parvis("notifications", "dkim", "new", "--domain", "parvis.example").good)
    #expect(try await !parvis("notifications", "dkim", "new", "--domain", "../x").good)
  }

  @Test func `what the server said is shown where a test letter is refused`() async throws {
    #expect(try await settings("plain", "--security", "none"))
    let trial = try await parvis("notifications", "test", "never@tours.example", "--json")
    let text = String(decoding: trial.output, as: UTF8.self)
    #expect(text.contains("Nobody of that name lives here"))
  }
}

import Foundation
import Testing

/// The built program with programs that follow it: webhooks and calendars, read by other people's libraries.
@Suite(.enabled(if: MailServer.isThere, MailServer.how), .serialized) struct Integrators {
  private static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "parvis").path
  private let mail: MailServer
  private let folder: URL

  init() async throws {
    mail = try await MailServer.shared.value
    folder = FileManager.default.temporaryDirectory.appending(path: "told-\(UUID().uuidString)")
    #expect(try await parvis("init").good)
  }

  private func parvis(_ words: String...) async throws -> (good: Bool, output: Data) {
    try await MailServer.run(Self.program, words + ["--data", folder.path])
  }

  private struct Made: Decodable {
    let id: String
    let secret: String
  }
  private struct Hook: Decodable {
    let path: String
    let headers: [String: String]
    let body: String
  }

  private func webhook(_ path: String, _ more: String...) async throws -> Made {
    let words =
      ["webhooks", "create", "--address", "http://127.0.0.1:\(mail.port("hook"))\(path)"]
      + ["--label", "Test", "--json", "--data", folder.path] + more
    let made = try await MailServer.run(Self.program, words)
    return try JSONDecoder().decode(Made.self, from: made.output)
  }

  /// What came to a path.
  private func hooks(at path: String) throws -> [Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: mail.folder.path)
    return try names.filter { $0.hasPrefix("hook-") }.sorted().map {
      try Data(contentsOf: mail.folder.appending(path: $0))
    }.filter { try JSONDecoder().decode(Hook.self, from: $0).path == path }
  }

  /// Has a webhook tried: with the command itself, where the job has not just run.
  private func test(_ webhook: Made) async throws {
    try await Task.sleep(for: .seconds(5.2))
    #expect(try await parvis("webhooks", "test", webhook.id).good)
  }

  @Test func `webhooks are believed by another library, with one secret, two, and a public key`()
    async throws
  {
    #expect(try await parvis("webhooks", "change-settings", "--allow-private").good)
    let path = "/ok-\(UUID().uuidString.lowercased())"
    let shared = try await webhook(path)
    try await test(shared)
    let first = try #require(try hooks(at: path).first)
    #expect(try await MailServer.check("webhook", first, shared.secret).good)
    #expect(
      try await !MailServer.check("webhook", first, "whsec_" + String(repeating: "A", count: 44))
        .good)
    struct Rotated: Decodable { let secret: String }
    let rotated = try await parvis("webhooks", "rotate-secret", shared.id, "--json")
    let second = try JSONDecoder().decode(Rotated.self, from: rotated.output).secret
    try await test(shared)
    let both = try #require(try hooks(at: path).last)
    #expect(try await MailServer.check("webhook", both, shared.secret, second).good)
    let open = try await webhook(path + "-key", "--signing", "ed25519")
    try await test(open)
    let signed = try #require(try hooks(at: path + "-key").first)
    #expect(open.secret.hasPrefix("whpk_"))
    #expect(try await MailServer.check("webhook", signed, open.secret).good)
  }

  @Test
  func `no redirect is followed, little is read, gone is gone, and nothing private is reached`()
    async throws
  {
    #expect(try await parvis("webhooks", "change-settings", "--allow-private").good)
    let before = try hooks(at: "/elsewhere").count
    for path in ["/redirect", "/big", "/gone"] { try await test(try await webhook(path)) }
    #expect(try hooks(at: "/elsewhere").count == before)
    struct Shown: Decodable {
      let address: String
      let state: String
    }
    let list = try await parvis("webhooks", "list", "--json")
    let shown = try JSONDecoder().decode([Shown].self, from: list.output)
    #expect(shown.count == 3)
    for webhook in shown {
      #expect((webhook.state == "disabled") == webhook.address.hasSuffix("/gone"), "\(webhook)")
    }
    let refused = "/private-\(UUID().uuidString.lowercased())"
    let made = try await webhook(refused)
    #expect(
      try await parvis("webhooks", "change-settings", "--input", "{\"allowPrivate\":false}").good)
    try await test(made)
    #expect(try hooks(at: refused).isEmpty)
  }

  @Test func `calendars are read the same by two other programs`() async throws {
    let play = FileManager.default.temporaryDirectory.appending(path: "play-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: play) }
    let seeds = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "seeds/la-defense-2020").path
    let played = try await MailServer.run(
      Self.program, ["demo", "--data", play.path, "--seeds", seeds, "--no-serve"])
    #expect(played.good)
    func ask(_ words: [String]) async throws -> Data {
      let outcome = try await MailServer.run(
        Self.program, words + ["--json", "--data", play.path])
      return outcome.output
    }
    struct Thing: Decodable { let id: String }
    struct Calendar: Decodable { let path: String }
    struct File: Decodable { let text: String }
    let editions = try await ask(["programmes", "editions"])
    let edition = try #require(try JSONDecoder().decode([Thing].self, from: editions).first)
    let made = try JSONDecoder().decode(
      Calendar.self,
      from: try await ask(["notifications", "create-calendar", "--edition", edition.id]))
    let key = String(made.path.dropFirst("/calendar/".count).dropLast(".ics".count))
    let file = try JSONDecoder().decode(
      File.self, from: try await ask(["notifications", "read-calendar", key]))
    let checked = try await MailServer.check("calendar", Data(file.text.utf8))
    #expect(checked.good, "\(String(decoding: checked.output, as: UTF8.self))")
    print(String(decoding: checked.output, as: UTF8.self))
  }
}

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
    let address = "zoe-\(UUID().uuidString.lowercased())@tours.example"
    let trial = try await parvis("notifications", "test", address)
    let said = String(decoding: trial.output, as: UTF8.self)
    #expect(trial.good && said.contains("STARTTLS") && said.contains("DATA"))
    // Others use the same server meanwhile.
    let letters = try mail.taken().filter { String(decoding: $0, as: UTF8.self).contains(address) }
    #expect(letters.count == 1)
    let letter = try #require(letters.first)
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

  /// A roster of this many people, imported while one letter at most may leave.
  private func invite(_ people: Int) async throws {
    let seeds = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "seeds/la-defense-2020").path
    #expect(try await parvis("seed", "load", seeds).good)
    struct Thing: Decodable {
      let id: String?
      let partner: String?
    }
    func read(_ output: Data) throws -> Thing {
      try JSONDecoder().decode(Thing.self, from: output)
    }
    let editions = try await parvis("programmes", "editions", "--json")
    let edition = try #require(
      try JSONDecoder().decode([Thing].self, from: editions.output).first?.id)
    #expect(try await parvis("programmes", "open-edition", edition).good)
    let partner = try await parvis(
      "partners", "register", "--json", "--input",
      """
      {"name":"Exemple Alpha","kind":"company",
      "contact":{"name":"Contact","email":"rh@alpha.example","language":"fr"}}
      """)
    let company = try #require(try read(partner.output).partner)
    #expect(
      try await parvis(
        "partners", "sign-agreement", "--input",
        """
        {"partner":"\(company)","edition":"\(edition)",
        "regimes":["own-time"],"signedOn":"2020-03-01"}
        """
      ).good)
    let lines = (1...people).map { "Personne \($0),p\($0)@slowly.example,own-time,fr" }
    let roster = (["name,email,regime,language"] + lines).joined(separator: "\n")
    let imported = try await parvis(
      "partners", "import-roster", "--json", "--input",
      """
      {"partner":"\(company)","edition":"\(edition)",
      "csv":"\(Data(roster.utf8).base64EncodedString())"}
      """)
    #expect(imported.good, "\(String(decoding: imported.output, as: UTF8.self))")
  }

  @Test func `killed again and again, no letter is lost, and what may be there twice is said`()
    async throws
  {
    #expect(try await settings("plain", "--security", "none", "--per-minute", "1"))
    let people = 480
    try await invite(people)
    // The job that delivers has run with the import, and runs every five seconds.
    try await Task.sleep(for: .seconds(6))
    var kills = 0
    while kills < 50 {
      let process = Process()
      process.executableURL = URL(filePath: Self.program)
      process.arguments = [
        "notifications", "change-settings", "--per-minute", "100000", "--data", folder.path,
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await Task.sleep(for: .milliseconds(Int.random(in: 100...900)))
      guard process.isRunning else { break }
      kill(process.processIdentifier, SIGKILL)
      while process.isRunning { try await Task.sleep(for: .milliseconds(2)) }
      kills += 1
    }
    try await Task.sleep(for: .seconds(6))
    #expect(
      try await parvis("notifications", "change-settings", "--per-minute", "100000").good)
    struct Log: Decodable {
      struct Line: Decodable {
        let id: String
        let recipient: String
        let state: String
        let fault: String?
      }
      let items: [Line]
    }
    let list = try await parvis("notifications", "messages", "--limit", "500", "--json")
    let lines = try JSONDecoder().decode(Log.self, from: list.output).items.filter {
      $0.recipient.hasSuffix("@slowly.example")
    }
    #expect(lines.count == people && lines.allSatisfy { $0.state == "sent" })
    let letters = try mail.taken().map { String(decoding: $0, as: UTF8.self) }
    var twice = 0
    for line in lines {
      let copies = letters.count { $0.contains("Message-ID: <\(line.id)@") }
      #expect(copies >= 1, "\(line.recipient)")
      #expect(copies <= 1 || line.fault?.contains("may have been sent") == true)
      if copies > 1 { twice += 1 }
    }
    // A few are on their way when the program dies: what four connections have in hand, and a commit's worth.
    #expect(twice <= kills * 8)
    print("\(kills) kills: \(people) letters, \(twice) of them twice, and said so")
  }

  @Test func `every letter of an edition is read without a fault by another program`() async throws
  {
    let play = FileManager.default.temporaryDirectory.appending(path: "play-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: play) }
    let seeds = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "seeds/la-defense-2020").path
    let played = try await MailServer.run(
      Self.program, ["demo", "--data", play.path, "--seeds", seeds, "--no-serve"])
    #expect(played.good)
    let outcome = try await MailServer.run(
      MailServer.python ?? "",
      [MailServer.script("check.py"), "folder", play.appending(path: "mailbox").path])
    struct Found: Decodable {
      let letters: Int
      let dates: Int
    }
    let found = try JSONDecoder().decode(Found.self, from: outcome.output)
    #expect(outcome.good && found.letters > 1000 && found.dates >= 16)
    print(String(decoding: outcome.output, as: UTF8.self))
  }
}

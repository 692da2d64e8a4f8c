import Foundation
import Kernel
@testable import ParvisApp
import Testing

/// A configuration file, as lines.
private func file(_ lines: String...) throws -> ConfigurationFile {
  try ConfigurationFile(path: "/etc/x.conf", text: lines.joined(separator: "\n"))
}

private func problem(_ body: () throws -> Void) -> Problem? {
  do {
    try body()
    return nil
  } catch {
    return (error as? any UserFacing)?.problem
  }
}

@Suite struct `What is configured` {
  @Test func `a flag goes before the environment, that before the file, that before the default`()
    throws
  {
    let shop = try Workshop()
    let path = shop.folder + "/parvis.conf"
    try "# for people\n\nport = 1001\nhost=::1\n  log-format =  json \nmetrics-port = 9464\n".write(
      toFile: path, atomically: true, encoding: .utf8)
    let configuration = try ServerConfiguration(
      flags: [.port: "1003"], file: path,
      environment: ["PARVIS_PORT": "1002", "PARVIS_LOG_FORMAT": "text", "PARVIS_ORIGIN": ""])
    func said(_ key: ConfigurationKey) -> ServerConfiguration.Value? {
      configuration.values.first { $0.key == key }
    }
    #expect(configuration.port == 1003 && said(.port)?.source == .flag)
    #expect(configuration.logFormat == .text && said(.logFormat)?.source == .environment)
    #expect(configuration.host == "::1" && said(.host)?.source == .file(line: 4))
    #expect(configuration.metricsPort == 9464 && said(.metricsPort)?.source == .file(line: 6))
    #expect(configuration.bodyLimit == 1 << 20 && said(.maxBody)?.source == .standard)
    #expect(configuration.origin == nil && said(.origin)?.source == .standard)
  }

  @Test func `every fault of a file is named with its line, in both languages`() throws {
    let found = problem {
      _ = try file(
        "# ours", "prot = 80", "port = 80800", "host", "log = loud", "log = info", "data = here",
        "origin = parvis.example.org", "max-body =", "port = 80")
    }
    #expect(
      found?.fields.map(\.field) == [2, 3, 4, 5, 6, 7, 8, 9, 10].map { "line \($0)" })
    #expect(ExitStatus(found ?? .badKey) == .configuration)
    let text = found?.fields.map(\.message) ?? []
    #expect(text.first?.en.contains("“port”") == true, "\(text)")
    #expect(text.first?.fr.contains("« port »") == true, "\(text)")
    #expect(text.allSatisfy { $0.en != $0.fr })
  }

  @Test func `a wrong flag or variable is named, and nothing holds`() {
    let flag = problem { _ = try ServerConfiguration(flags: [.metricsPort: "x"], environment: [:]) }
    #expect(flag?.code == "usage" && flag?.detail.en.contains("--metrics-port") == true)
    let variable = problem {
      _ = try ServerConfiguration(environment: ["PARVIS_MAX_BODY": "7"])
    }
    #expect(variable?.detail.en.contains("PARVIS_MAX_BODY") == true)
    #expect(variable?.detail.fr.contains("PARVIS_MAX_BODY") == true)
    let missing = problem { _ = try ServerConfiguration(file: "/nowhere.conf", environment: [:]) }
    #expect(missing?.code == "configuration/unreadable")
  }

  @Test func `a password in a database’s URL is refused, and not repeated`() {
    let url = "postgres://parvis:canary@db.example.org/parvis"
    for found in [
      problem { _ = try file("database = \(url)") },
      problem { _ = try ServerConfiguration(environment: ["PARVIS_DATABASE": url]) },
      problem { _ = try ServerConfiguration(flags: [.database: url], environment: [:]) },
    ] {
      #expect(found != nil)
      #expect(!"\(String(describing: found))".contains("canary"))
    }
  }

  @Test func `config shows each value and who says it, in both languages and as JSON`() async throws
  {
    let shop = try Workshop()
    let path = shop.folder + "/parvis.conf"
    try "\nport = 1001\n".write(toFile: path, atomically: true, encoding: .utf8)
    let words = ["config", "--host", "0.0.0.0"]
    let environment = ["PARVIS_CONFIG": path]
    func told(_ more: String...) async throws -> Workshop.Outcome {
      try await shop.start(words + more, environment: environment).outcome()
    }
    let english = try await told("--lang", "en").output
    #expect(english.contains("\(path), line 2"), "\(english)")
    #expect(english.contains("flag --host") && english.contains("environment PARVIS_DATA"))
    let french = try await told("--lang", "fr").output
    #expect(french.contains("\(path), ligne 2") && french.contains("par défaut"), "\(french)")
    let json = try await told("--json").json
    #expect(json["values"]?.items.count == ConfigurationKey.allCases.count)
    #expect(json["values"]?.items.contains { $0["key"] == "port" && $0["line"] == 2 } == true)
    #expect(try await told("port").output == "1001\n")
  }

  @Test func `a command finds the data where the file says, and refuses with a wrong file`()
    async throws
  {
    let shop = try Workshop()
    try await shop.parvis("init")
    let path = shop.folder + "/parvis.conf"
    let environment = ["PARVIS_DATA": "", "PARVIS_CONFIG": path]
    try "data = \(shop.data)\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try await shop.parvis("status", environment: environment).status == 0)
    try "data = \(shop.data)\nports = 1\n".write(toFile: path, atomically: true, encoding: .utf8)
    for words in [["status"], ["serve", "--port", "0"], ["doctor"], ["init"]] {
      let refused = try await shop.start(words, environment: environment).outcome()
      #expect(refused.status == 78 && refused.error.contains("line 2"), "\(refused)")
    }
  }

  @Test func `a server does as its file says, and logs one object a line`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init")
    let path = shop.folder + "/parvis.conf"
    try "port = 0\nlog-format = json\nmetrics-port = 0\norigin = https://parvis.example.org/\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    let (server, address) = try await shop.serve("--config", path)
    _ = try await shop.parvis("programmes", "create", "--name", "Canary")
    _ = try await shop.parvis("api", "GET", "/programmes/canary", "--url", address)
    let outcome = try await server.stop()
    #expect(outcome.status == 0, "\(outcome.error)")
    let lines = outcome.error.split(separator: "\n").filter { $0.hasPrefix("{") }
    #expect(outcome.error.contains("Metrics and health are at http://127.0.0.1:"))
    #expect(lines.count >= 2, "\(outcome.error)")
    for line in lines {
      let json = try JSON(parsing: String(line))
      #expect(json["time"] != nil && json["level"] != nil && json["message"] != nil)
    }
    #expect(!outcome.error.contains("Canary") && !outcome.error.contains("canary"))
  }

  @Test func `a metrics port that is taken is said`() async throws {
    let shop = try Workshop()
    let other = try Workshop()
    try await shop.parvis("init")
    try await other.parvis("init")
    let (server, address) = try await shop.serve()
    let port = address.split(separator: ":").last.map(String.init) ?? ""
    let refused = try await other.parvis("serve", "--port", "0", "--metrics-port", port)
    #expect(refused.status == 69 && refused.error.contains("--metrics-port"), "\(refused.error)")
    _ = try await server.stop()
  }
}

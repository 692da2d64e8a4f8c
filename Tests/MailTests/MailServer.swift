import Foundation
import SMTP
import Testing

/// The mail servers of server.py, started once for all tests. `make test-mail` makes the Python they
/// need and names it; without it the tests are skipped, and say so.
struct MailServer: Sendable {
  static let python = ProcessInfo.processInfo.environment["PARVIS_MAIL_PYTHON"]
  static let isThere: Bool = python?.isEmpty == false
  static let how: Comment =
    "make test-mail runs these: they need aiosmtpd, dkimpy, icalendar, trustme"

  private struct Hello: Decodable {
    let ports: [String: Int]
    let trusted: String
  }

  let folder: URL
  let trusted: String
  private let ports: [String: Int]
  private let process: Process

  static let shared = Task { try await MailServer() }

  init() async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "mail-\(UUID().uuidString)")
    let output = Pipe()
    process = Process()
    process.executableURL = URL(filePath: Self.python ?? "")
    process.arguments = [Self.script("server.py"), folder.path]
    process.standardOutput = output
    // It ends with us: nobody else holds the other end.
    process.standardInput = Pipe()
    try process.run()
    var line = Data()
    while !line.contains(10) {
      let more = output.fileHandleForReading.availableData
      try #require(!more.isEmpty, "server.py did not start")
      line += more
    }
    let hello = try JSONDecoder().decode(Hello.self, from: line)
    ports = hello.ports
    trusted = hello.trusted
  }

  static func script(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: name).path
  }

  func port(_ name: String) -> Int { ports[name] ?? 0 }

  /// One of the servers, as the client is told of it.
  func server(
    _ name: String, _ security: SMTPServer.Security, user: String? = nil,
    password: String? = nil, host: String = "localhost"
  ) -> SMTPServer {
    var timeouts = Timeouts()
    (timeouts.greeting, timeouts.command, timeouts.final) = (2, 2, 2)
    return SMTPServer(
      host: host, port: port(name), security: security, user: user, password: password,
      hello: "parvis.example", trusted: trusted, timeouts: timeouts)
  }

  /// What was taken so far, by anybody.
  func taken() throws -> [Data] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".eml")
    }.sorted().map { try Data(contentsOf: folder.appending(path: $0)) }
  }

  /// How often a message with this mark was taken.
  func copies(of mark: String) throws -> Int {
    try taken().count { String(decoding: $0, as: UTF8.self).contains(mark) }
  }

  /// What check.py says of a message: its output, and whether all is well.
  static func check(_ what: String, _ message: Data, _ more: String...) async throws -> (
    good: Bool, output: Data
  ) {
    let file = FileManager.default.temporaryDirectory.appending(
      path: "letter-\(UUID().uuidString).eml")
    try message.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await run(python ?? "", [script("check.py"), what, file.path] + more)
  }

  static func run(_ program: String, _ arguments: [String]) async throws -> (
    good: Bool, output: Data
  ) {
    let output = FileManager.default.temporaryDirectory.appending(
      path: "output-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    return (process.terminationStatus == 0, try Data(contentsOf: output))
  }
}

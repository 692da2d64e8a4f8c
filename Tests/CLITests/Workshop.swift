import Foundation
import Kernel

/// A data directory in a folder of its own, and the real program at work on it.
final class Workshop: Sendable {
  let folder: String
  var data: String { folder + "/data" }

  init() throws {
    folder = NSTemporaryDirectory() + "/parvis-cli-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let error: String

    var json: JSON { (try? JSON(parsing: output)) ?? .null }
  }

  /// The program, built beside the tests.
  static let program: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: tests).deletingLastPathComponent().path + "/parvis"
  }()

  /// Runs the program with these words to its end.
  @discardableResult
  func parvis(
    _ words: String..., input: String? = nil, environment: [String: String] = [:],
    before launcher: [String] = []
  ) async throws -> Outcome {
    try await start(words, input: input, environment: environment, before: launcher).outcome()
  }

  func start(
    _ words: [String], input: String? = nil, environment: [String: String] = [:],
    before launcher: [String] = []
  ) throws -> Running {
    let line = launcher + [Self.program] + words
    let process = Process()
    process.executableURL = URL(fileURLWithPath: line[0])
    process.arguments = Array(line.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    // Whatever is installed on this machine is not meant.
    var variables = [
      "PARVIS_DATA": data, "PARVIS_CONFIG": "/dev/null", "LANG": "C",
      "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
    ]
    variables.merge(environment) { _, new in new }
    process.environment = variables
    let name = folder + "/run-\(UInt64.random(in: 0 ... .max))"
    for end in [".in", ".out", ".err"] {
      try Data((end == ".in" ? input ?? "" : "").utf8).write(to: URL(fileURLWithPath: name + end))
    }
    process.standardInput = FileHandle(forReadingAtPath: name + ".in")
    process.standardOutput = FileHandle(forWritingAtPath: name + ".out")
    process.standardError = FileHandle(forWritingAtPath: name + ".err")
    try process.run()
    return Running(process: process, name: name)
  }

  /// Starts a server on a free port and waits until it answers.
  func serve(_ words: String...) async throws -> (server: Running, address: String) {
    let server = try start(["serve", "--port", "0"] + words)
    for _ in 0..<200 {
      if let end = server.error.range(of: "Parvis answers at ") {
        let address = server.error[end.upperBound...].prefix { !$0.isWhitespace }
        return (server, String(address))
      }
      guard server.process.isRunning else { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Problem.invalid("serve", en: server.error, fr: server.error)
  }
}

/// A process that was started.
struct Running: @unchecked Sendable {
  let process: Process
  fileprivate let name: String

  var error: String { text(".err") }
  private func text(_ end: String) -> String {
    String(decoding: FileManager.default.contents(atPath: name + end) ?? Data(), as: UTF8.self)
  }

  func outcome() async throws -> Workshop.Outcome {
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    return Workshop.Outcome(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: text(".out"), error: error)
  }

  func stop(_ signal: Int32 = SIGTERM) async throws -> Workshop.Outcome {
    kill(process.processIdentifier, signal)
    return try await outcome()
  }
}

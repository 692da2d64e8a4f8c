import Foundation
import Testing

/// Runs of matching that take long, on the played edition.
@Suite struct LongRuns {
  /// A copy of the played edition, to change at will.
  private func copy() async throws -> URL {
    let folder = PlayedEdition.newFolder()
    try FileManager.default.copyItem(
      at: try await PlayedEdition.reference.value.untouched, to: folder)
    return folder
  }

  private func json(_ folder: URL, _ words: String...) async throws -> [String: Any] {
    let outcome = try await Program.run(words + ["--json", "--data", folder.path])
    return try JSONSerialization.jsonObject(with: outcome.output) as? [String: Any] ?? [:]
  }

  /// Rules that take seconds at least to prove.
  private let hard = [
    "--background", "--company-cap", "1", "--seeker-penalty", "40", "--minimum-team", "9",
  ]

  private func serve(_ folder: URL) async throws -> Process {
    let server = try Program.start(
      ["serve", "--port", "0", "--data", folder.path], output: URL(filePath: "/dev/null"))
    while server.isRunning,
      !FileManager.default.fileExists(atPath: folder.appending(path: "parvis.sock").path)
    {
      try await Task.sleep(for: .milliseconds(10))
    }
    return server
  }

  /// Whether the process wants to hear of Ctrl-C by now.
  private func listens(_ process: Process) -> Bool {
    let path = "/proc/\(process.processIdentifier)/status"
    let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
    let caught = lines.first { $0.hasPrefix("SigCgt:") }?.split(separator: "\t").last
    return (caught.flatMap { UInt64($0, radix: 16) } ?? 0) & (1 << UInt64(SIGINT - 1)) != 0
  }

  @Test func `a server killed in the middle of a run finds it again, and it can be stopped`()
    async throws
  {
    let folder = try await copy()
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try await serve(folder)
    let asked = try await Program.run(
      ["matching", "run"] + hard + ["--json", "--data", folder.path])
    let run =
      try JSONSerialization.jsonObject(with: asked.output) as? [String: Any] ?? [:]
    let id = try #require(run["id"] as? String)
    #expect(run["state"] as? String == "computing")
    kill(first.processIdentifier, SIGKILL)
    await Program.ended(first)
    try? FileManager.default.removeItem(at: folder.appending(path: "parvis.sock"))

    let second = try await serve(folder)
    // It is found again within seconds, and begun from the start.
    while try await json(folder, "matching", "run-progress", id)["permille"] as? Int == 0 {
      try await Task.sleep(for: .milliseconds(50))
    }
    _ = try await Program.run("matching", "cancel-run", id, "--data", folder.path)
    let shown = try await json(folder, "matching", "show-run", id)
    let kept = shown["run"] as? [String: Any]
    #expect(kept?["state"] as? String == "draft")
    #expect((shown["placed"] as? [Any])?.isEmpty == false)
    kill(second.processIdentifier, SIGTERM)
    await Program.ended(second)
  }

  @Test func `without a server the command itself works the run out; Ctrl-C takes the best so far`()
    async throws
  {
    let folder = try await copy()
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = FileManager.default.temporaryDirectory.appending(
      path: "parvis-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    let process = try Program.start(
      ["matching", "run"] + hard + ["--json", "--data", folder.path], output: output)
    while process.isRunning, !listens(process) { try await Task.sleep(for: .milliseconds(10)) }
    kill(process.processIdentifier, SIGINT)
    await Program.ended(process)
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 0)
    let run =
      try JSONSerialization.jsonObject(with: Data(contentsOf: output)) as? [String: Any]
    #expect(run?["state"] as? String == "draft")
    #expect((run?["result"] as? [String: Any])?["filled"] as? Int ?? 0 > 0)
  }
}

import Foundation
import KernelTesting
import Testing

/// The built program, run as a person would run it.
enum Program {
  /// The `parvis` beside the running test bundle.
  static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "parvis").path

  static let seeds = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "seeds/la-defense-2020").path

  struct Outcome {
    let status: Int32
    let output: Data
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Starts it with its standard output in a file.
  static func start(_ arguments: [String], output: URL) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    // Written through, never replaced: it may be a device.
    let file = open(output.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    try #require(file >= 0, "\(output.path) cannot be written")
    process.standardOutput = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// Runs it to its end.
  static func run(_ arguments: String...) async throws -> Outcome {
    try await run(arguments)
  }

  static func run(_ arguments: [String]) async throws -> Outcome {
    let output = FileManager.default.temporaryDirectory.appending(
      path: "parvis-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: output) }
    let process = try start(arguments, output: output)
    await ended(process)
    return Outcome(status: process.terminationStatus, output: try Data(contentsOf: output))
  }

  static func ended(_ process: Process) async {
    while process.isRunning { try? await Task.sleep(for: .milliseconds(10)) }
  }
}

/// A play of the whole edition in a folder of its own.
struct PlayedEdition {
  let folder: URL

  var reports: URL { folder.appending(path: "reports/latest") }
  var mailbox: URL { folder.appending(path: "mailbox") }
  /// The same folder as it was right after the play. Nobody opens it, so that it can be copied at any
  /// time: SQLite's side files come and go while others look at `folder`.
  var untouched: URL { folder.appendingPathExtension("untouched") }

  static func arguments(_ folder: URL, _ more: String...) -> [String] {
    ["demo", "--data", folder.path, "--seeds", Program.seeds, "--no-serve", "--lang", "en"] + more
      + database
  }

  /// Where the play is kept: in its folder, or on the server that tests are to run on.
  private static var database: [String] {
    guard TestDatabase.isPostgres, let url = try? TestDatabase.schemaURL() else { return [] }
    return ["--database", url]
  }

  static func newFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "parvis-play-\(UUID().uuidString)")
  }

  /// Played once for all the tests that only look at it.
  static let reference = Task {
    let played = PlayedEdition(folder: newFolder())
    let outcome = try await Program.run(arguments(played.folder, "--fresh"))
    try #require(outcome.status == 0, "\(outcome.text)")
    try FileManager.default.copyItem(at: played.folder, to: played.untouched)
    return played
  }

  /// Every file below a folder, by its path there.
  static func files(in folder: URL) throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    var found: [String: Data] = [:]
    for name in names {
      var isFolder: ObjCBool = false
      let path = folder.appending(path: name).path
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if !isFolder.boolValue { found[name] = try Data(contentsOf: URL(filePath: path)) }
    }
    return found
  }
}

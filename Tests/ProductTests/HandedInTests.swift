import Foundation
import Kernel
import Testing

/// The edition after its play, in a folder of its own.
private struct House {
  let folder: URL

  init() async throws {
    let played = try await PlayedEdition.reference.value
    folder = PlayedEdition.newFolder()
    try FileManager.default.copyItem(at: played.untouched, to: folder)
  }

  func run(_ words: [String]) async throws -> Program.Outcome {
    try await Program.run(words + ["--data", folder.path, "--json"])
  }
  func parvis(_ words: String...) async throws -> JSON {
    let outcome = try await run(words)
    try #require(outcome.status == 0, "\(words): \(outcome.text)")
    return (try? JSON(parsing: outcome.text)) ?? .string(outcome.text)
  }
  func file(_ name: String, _ text: String) throws -> String {
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }
  func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }
}

@Suite struct HandedIn {
  @Test func `a file is handed in, downloaded, backed up, and goes with who is erased`()
    async throws
  {
    let house = try await House()
    defer { try? FileManager.default.removeItem(at: house.folder) }
    let edition = try #require(
      try await house.parvis("programmes", "editions").items.first?["id"]?.text)
    let missions = try await house.parvis("missions", "list", edition)
    let mission = try #require(missions.items.first { $0["team"]?.items.isEmpty == false })
    let id = try #require(mission["id"]?.text)
    if mission["state"] == "closed" {
      _ = try await house.parvis("missions", "reopen", id, "--reason", "One more page.")
    }
    let volunteer = try #require(mission["team"]?.items.first?["volunteer"]?.text)
    let secret = "%PDF-1.7 what nobody else wrote"
    let plan = try house.file("plan.pdf", secret)
    let handedIn = try await house.parvis(
      "missions", "submit-deliverable", id, "--title", "Plan", "--summary", "Pages", "--file", plan,
      "--as", "volunteer:\(volunteer)")
    let deliverable = try #require(handedIn["id"]?.text)
    let page = try house.file("page.pdf", "<html>")
    let refused = try await house.run(["missions", "add-file", deliverable, "--file", page])
    #expect(refused.status != 0)
    _ = try await house.parvis(
      "missions", "add-file", deliverable, "--file", try house.file("notes.txt", "Notes"))

    let files = try await house.parvis("missions", "files", deliverable)
    #expect(files.items.map { $0["name"] } == ["plan.pdf", "notes.txt"])
    let first = try #require(files.items.first?["id"]?.text)
    let target = house.folder.path + "/got.pdf"
    _ = try await house.parvis("missions", "file", first, "--to", target)
    #expect(house.text(target) == secret)
    // What is there is not written over.
    #expect(try await house.run(["missions", "file", first, "--to", target]).status != 0)
    let check = try await house.parvis("files", "check")
    #expect(check["missing"]?.items.isEmpty == true && check["kept"] == 3)

    let backup = try #require(
      try await house.parvis("backup", "--to", house.folder.path + "/copies")["file"]?.text)
    let early = house.folder.path + "/early"
    #expect(try await Program.run("restore", backup, "--data", early).status == 0)
    let restored = try await Program.run(
      "missions", "file", first, "--data", early, "--to", "-")
    #expect(restored.text == secret)

    _ = try await house.parvis("partners", "withdraw", volunteer)
    _ = try await house.parvis(
      "privacy", "erase", "--person", "volunteer:\(volunteer)", "--reason", "They asked.")
    let left = try await house.parvis("missions", "files", deliverable)
    #expect(left.items.map { $0["name"] } == ["notes.txt"])
    func holdsSecret(_ folder: String) throws -> Bool {
      try PlayedEdition.files(in: URL(filePath: folder)).values.contains {
        $0.range(of: Data(secret.utf8)) != nil
      }
    }
    #expect(try !holdsSecret(house.folder.path + "/files"))
    // A backup of before erases again when it is restored, files as well.
    let late = house.folder.path + "/late"
    #expect(try await Program.run("restore", backup, "--data", late).status == 0)
    #expect(try !holdsSecret(late + "/files"))
  }

  @Test func `a backup says which files were lost before it was made`() async throws {
    let house = try await House()
    defer { try? FileManager.default.removeItem(at: house.folder) }
    let edition = try #require(
      try await house.parvis("programmes", "editions").items.first?["id"]?.text)
    let mission = try #require(
      try await house.parvis("missions", "list", edition).items.first)
    let id = try #require(mission["id"]?.text)
    if mission["state"] == "closed" {
      _ = try await house.parvis("missions", "reopen", id, "--reason", "One more page.")
    }
    let handedIn = try await house.parvis(
      "missions", "submit-deliverable", id, "--title", "Plan", "--summary", "Pages", "--file",
      try house.file("plan.pdf", "%PDF-1.7"))
    let kept = try PlayedEdition.files(in: house.folder.appending(path: "files"))
    for name in kept.keys {
      try FileManager.default.removeItem(at: house.folder.appending(path: "files/" + name))
    }
    let made = try await house.parvis("backup", "--to", house.folder.path + "/copies")
    #expect(made["missing"]?.items.count == 2)
    let file = try #require(made["file"]?.text)
    #expect(try await Program.run("verify", file).status == 0)
    #expect(try await house.run(["doctor"]).status != 0)
    let files = try await house.parvis("missions", "files", handedIn["id"]?.text ?? "")
    let lost = try await house.run(["missions", "file", files.items.first?["id"]?.text ?? ""])
    #expect(lost.status != 0)
  }
}

import Foundation
import Kernel
import Testing

/// Backups of data on PostgreSQL, where `scripts/test-postgres.sh` has started a server.
@Suite(.enabled(if: server != nil)) struct DumpTests {
  @Test func `a backup of data on PostgreSQL restores into an empty database`() async throws {
    let shop = try Workshop()
    let origin = try await database()
    try await shop.parvis("init", "--database", origin)
    let (server, _) = try await shop.serve()
    try await shop.parvis("programmes", "create", "--name", "Before")
    try Data("To: nobody@example.org\n".utf8).write(
      to: URL(fileURLWithPath: shop.data + "/mailbox/a.eml"))
    let file = try await backUp(shop)
    try await shop.parvis("programmes", "create", "--name", "After")
    _ = try await server.stop()
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try await shop.parvis("verify", file).status == 0)
    let doctor = try await shop.parvis("doctor")
    #expect(doctor.output.contains("The last good backup is of"), "\(doctor.output)")

    let target = shop.folder + "/restored"
    let empty = try await database()
    let restored = try await shop.parvis("restore", file, "--data", target, "--database", empty)
    #expect(restored.status == 0, "\(restored.error)")
    #expect(restored.output.contains("No letter leaves yet"))
    let list = try await shop.parvis("programmes", "list", "--data", target, "--json")
    #expect(list.json.items.compactMap { $0["name"]?.text } == ["Before"])
    #expect(FileManager.default.contents(atPath: target + "/mailbox/a.eml")?.count == 23)
    #expect(try await shop.parvis("doctor", "--data", target).status == 0)
    let hold = try await shop.parvis("notifications", "show-hold", "--data", target, "--json")
    #expect(hold.json["isHeld"] == true)
  }

  @Test func `what is there is not written over, and where it goes must be said`() async throws {
    let shop = try Workshop()
    let origin = try await database()
    try await shop.parvis("init", "--database", origin)
    let file = try await backUp(shop)
    let target = shop.folder + "/restored"
    let unsaid = try await shop.parvis("restore", file, "--data", target)
    #expect(unsaid.status == 64 && unsaid.error.contains("--database"), "\(unsaid.error)")
    let taken = try await shop.parvis("restore", file, "--data", target, "--database", origin)
    #expect(taken.status == 65 && taken.error.contains("not empty"), "\(taken.error)")
    let other = try await database() + "&options=-csearch_path%3Dother"
    let schema = try await shop.parvis(
      "restore", file, "--data", target, "--database", other, "--lang", "fr")
    #expect(schema.status == 65 && schema.error.contains("public"), "\(schema.error)")
    #expect(!FileManager.default.fileExists(atPath: target))
    // A backup of a folder goes into a folder.
    let folder = shop.folder + "/folder"
    try await shop.parvis("init", "--data", folder)
    let plain = try await shop.parvis(
      "backup", "--data", folder, "--to", shop.folder + "/copies", "--json")
    let plainFile = try #require(plain.json["file"]?.text)
    let wrong = try await shop.parvis(
      "restore", plainFile, "--data", target, "--database", try await database())
    #expect(wrong.status == 64, "\(wrong.error)")
  }

  @Test func `an archive that was touched is refused without its checksum, too`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init", "--database", try await database())
    let file = try await backUp(shop)
    try FileManager.default.removeItem(atPath: file + ".sha256")
    var data = try Data(contentsOf: URL(fileURLWithPath: file))
    let archive = try #require(data.range(of: Data("PGDMP".utf8)))
    data[archive.upperBound + 3000] ^= 0x40
    try data.write(to: URL(fileURLWithPath: file))
    let verified = try await shop.parvis("verify", file)
    #expect(verified.status == 65 && verified.error.contains("damaged"), "\(verified.error)")
    let empty = try await database()
    let target = shop.folder + "/restored"
    #expect(
      try await shop.parvis("restore", file, "--data", target, "--database", empty).status == 65)
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test func `nothing but the backup and its checksum is left`() async throws {
    let shop = try Workshop()
    try await shop.parvis("init", "--database", try await database())
    let file = try await backUp(shop)
    let copies = (file as NSString).deletingLastPathComponent
    let names = Set(try FileManager.default.contentsOfDirectory(atPath: copies))
    let name = (file as NSString).lastPathComponent
    #expect(names == [name, name + ".sha256"], "\(names)")
  }

  private func backUp(_ shop: Workshop) async throws -> String {
    let made = try await shop.parvis("backup", "--to", shop.folder + "/copies", "--json")
    try #require(made.status == 0, "\(made.error)")
    return try #require(made.json["file"]?.text)
  }

  /// The URL of a new database.
  private func database() async throws -> String {
    let server = try #require(server)
    let name = "d" + UUID().uuidString.lowercased().replacing("-", with: "")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["psql", server, "-qc", "CREATE DATABASE \(name)"]
    try process.run()
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    try #require(process.terminationStatus == 0)
    return server.replacing("/parvis?", with: "/\(name)?")
  }
}

private let server = ProcessInfo.processInfo.environment["PARVIS_TEST_POSTGRES"].flatMap {
  $0.isEmpty ? nil : $0
}

import Foundation
import Kernel
import Testing

extension Workshop {
  /// A backup of this workshop's instance, in a folder of its own.
  fileprivate func backUp(_ words: String...) async throws -> String {
    let made = try await start(["backup", "--to", folder + "/copies", "--json"] + words).outcome()
    try #require(made.status == 0, "\(made.error)")
    return try #require(made.json["file"]?.text)
  }

  fileprivate func programmes(in data: String) async throws -> [String] {
    try await parvis("programmes", "list", "--data", data, "--json").json.items.compactMap {
      $0["name"]?.text
    }
  }

  fileprivate func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  /// Changes one byte of a file.
  fileprivate func spoil(_ path: String, at place: Int) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    data[place] ^= 0x40
    try data.write(to: URL(fileURLWithPath: path))
  }
}

@Test func `a backup made while the server serves restores into a new folder`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let (server, _) = try await shop.serve()
  try await shop.parvis("programmes", "create", "--name", "Before")
  let letter = shop.data + "/mailbox/a.eml"
  try Data("To: nobody@example.org\n".utf8).write(to: URL(fileURLWithPath: letter))
  let file = try await shop.backUp()
  try await shop.parvis("programmes", "create", "--name", "After")
  _ = try await server.stop()
  #expect(try shop.mode(file) == 0o600)
  #expect(try await shop.parvis("verify", file).status == 0)
  let noted = try String(contentsOfFile: file + ".sha256", encoding: .utf8)
  #expect(noted.hasSuffix("  \((file as NSString).lastPathComponent)\n"))
  let target = shop.folder + "/restored"
  let restored = try await shop.parvis("restore", file, "--data", target)
  #expect(restored.status == 0, "\(restored.error)")
  #expect(restored.output.contains("No letter leaves yet"))
  #expect(try await shop.programmes(in: target) == ["Before"])
  #expect(FileManager.default.contents(atPath: target + "/mailbox/a.eml")?.count == 23)
  #expect(try shop.mode(target) == 0o700)
  #expect(try await shop.parvis("doctor", "--data", target).status == 0)
  let hold = try await shop.parvis("notifications", "show-hold", "--data", target, "--json")
  #expect(hold.json["isHeld"] == true)
  let audit = try await shop.parvis("events", "audit", "--data", target, "--json")
  #expect(audit.output.contains("platform.restored"))
}

@Test func `nothing that is there is written over`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let file = try await shop.backUp()
  let own = try await shop.parvis("restore", file)
  #expect(own.status == 73 && own.error.contains("not empty"), "\(own.error)")
  let other = shop.folder + "/other"
  try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
  try Data("mine".utf8).write(to: URL(fileURLWithPath: other + "/letter.txt"))
  #expect(try await shop.parvis("restore", file, "--data", other).status == 73)
  #expect(try FileManager.default.contentsOfDirectory(atPath: other) == ["letter.txt"])
}

@Test func `what a restore that died has left does not hinder the next`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis("programmes", "create", "--name", "P")
  let file = try await shop.backUp()
  let target = shop.folder + "/restored"
  try FileManager.default.createDirectory(
    atPath: target + "/.restoring", withIntermediateDirectories: true)
  try Data("half".utf8).write(to: URL(fileURLWithPath: target + "/.restoring/parvis.sqlite"))
  #expect(try await shop.parvis("status", "--data", target).status == 78)
  #expect(try await shop.parvis("restore", file, "--data", target).status == 0)
  #expect(try await shop.programmes(in: target) == ["P"])
}

@Test func `a backup that is not as it was written is refused and says why`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let letter = String(repeating: "A line of a letter.\n", count: 2000)
  try Data(letter.utf8).write(to: URL(fileURLWithPath: shop.data + "/mailbox/a.eml"))
  let file = try await shop.backUp()
  let size = try #require(FileManager.default.contents(atPath: file)).count
  try shop.spoil(file, at: size / 2)
  let spoilt = try await shop.parvis("verify", file)
  #expect(spoilt.status == 65 && spoilt.error.contains("checksum"), "\(spoilt.error)")
  // Without its checksum the contents still tell.
  try FileManager.default.removeItem(atPath: file + ".sha256")
  var data = try #require(FileManager.default.contents(atPath: file))
  let place = try #require(data.range(of: Data("A line of a letter.".utf8)))
  data[place.lowerBound] ^= 1
  try data.write(to: URL(fileURLWithPath: file))
  let target = shop.folder + "/restored"
  let refused = try await shop.parvis("restore", file, "--data", target)
  #expect(refused.status == 65, "\(refused.error)")
  #expect(!FileManager.default.fileExists(atPath: target + "/parvis.sqlite"))
  for content in ["", "no database", String(repeating: "SQLite format 3\0", count: 99)] {
    let wrong = shop.folder + "/wrong"
    try Data(content.utf8).write(to: URL(fileURLWithPath: wrong))
    #expect(try await shop.parvis("verify", wrong, "--lang", "fr").status == 65, "\(content)")
  }
  #expect(try await shop.parvis("verify", "nowhere").status == 66)
  #expect(try await shop.parvis("verify", shop.data + "/parvis.sqlite").status == 65)
}

@Test func `so many are kept as was asked, and nothing else goes`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let copies = shop.folder + "/copies"
  try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
  try Data().write(to: URL(fileURLWithPath: copies + "/notes.txt"))
  var files: [String] = []
  for _ in 0..<4 { files.append(try await shop.backUp("--keep", "2")) }
  let left = try FileManager.default.contentsOfDirectory(atPath: copies).sorted()
  let names = files.suffix(2).map { ($0 as NSString).lastPathComponent }
  #expect(left == (["notes.txt"] + names.flatMap { [$0, $0 + ".sha256"] }).sorted())
  let doctor = try await shop.parvis("doctor")
  #expect(doctor.output.contains(files[3]))
}

@Test func `keys are kept apart and sealed`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  try await shop.parvis("notifications", "dkim", "new", "--domain", "example.org")
  let secret = shop.folder + "/secret"
  try Data("a long passphrase\n".utf8).write(to: URL(fileURLWithPath: secret))
  let keys = shop.folder + "/keys.sealed"
  let file = try await shop.backUp("--keys-to", keys, "--passphrase-file", secret)
  #expect(try shop.mode(keys) == 0o600)
  let names = try FileManager.default.contentsOfDirectory(atPath: shop.data + "/keys").sorted()
  #expect(names.count == 2)
  let target = shop.folder + "/restored"
  #expect(
    try await shop.parvis("restore", file, "--data", target, "--keys-from", keys).status == 64)
  let wrong = shop.folder + "/wrong"
  try Data("another passphrase".utf8).write(to: URL(fileURLWithPath: wrong))
  let refused = try await shop.parvis(
    "restore", file, "--data", target, "--keys-from", keys, "--passphrase-file", wrong)
  #expect(refused.status == 65 && refused.error.contains("passphrase"), "\(refused.error)")
  let opened = try await shop.parvis(
    "restore", file, "--data", target, "--keys-from", keys, "--passphrase-file", secret)
  #expect(opened.status == 0, "\(opened.error)")
  for name in names {
    #expect(
      FileManager.default.contents(atPath: target + "/keys/" + name)
        == FileManager.default.contents(atPath: shop.data + "/keys/" + name))
  }
}

@Test func `bad words of backup and restore are refused before anything is done`() async throws {
  let shop = try Workshop()
  #expect(try await shop.parvis("backup").status == 78)
  try await shop.parvis("init")
  for words in [
    ["--keep", "0"], ["--every", "6"], ["--every", "0h"], ["--every", "soon"], ["--keep", "x"],
    ["--keys-to", shop.folder + "/k", "--passphrase-file", "/nowhere"],
  ] {
    let outcome = try await shop.start(["backup"] + words).outcome()
    #expect(outcome.status == 64, "\(words)")
  }
  let folder = try await shop.parvis("backup", "--to", "/proc/nowhere")
  #expect(folder.status == 73, "\(folder.error)")
  #expect(try FileManager.default.contentsOfDirectory(atPath: shop.data + "/backups").isEmpty)
}

@Test func `each backup under load is a moment between its beginning and its end`() async throws {
  let shop = try Workshop()
  try await shop.parvis("init")
  let (server, _) = try await shop.serve()
  let writer = Task {
    var written = 0
    while !Task.isCancelled {
      let made = try await shop.parvis("programmes", "create", "--name", "P\(written)")
      if made.status == 0 { written += 1 }
    }
    return written
  }
  for number in 0..<4 {
    let before = try await shop.programmes(in: shop.data).count
    let file = try await shop.backUp()
    let after = try await shop.programmes(in: shop.data).count
    let target = shop.folder + "/restored-\(number)"
    try #require(try await shop.parvis("restore", file, "--data", target).status == 0)
    let held = Set(try await shop.programmes(in: target))
    #expect((before...(after + 1)).contains(held.count))
    #expect(held == Set((0..<held.count).map { "P\($0)" }), "no gap")
  }
  writer.cancel()
  _ = await writer.result
  _ = try await server.stop()
}

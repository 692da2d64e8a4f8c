import Foundation
import HTTPTypes
import Kernel
@testable import ParvisApp
import SQLite
import Testing

@Test func `a full disk is said, and nothing of the request is written`() async throws {
  let site = try await Site()
  let token = try await site.token("manager").secret
  try await site.database.write { connection in
    let pages: Int = try connection.rows("PRAGMA page_count").first?.get("page_count") ?? 0
    _ = try connection.rows(SQL(stringLiteral: "PRAGMA max_page_count = 1"))
    #expect(pages > 1)
  }
  var refused: Site.Reply?
  for number in 0..<200 where refused == nil {
    let reply = try await site.send(
      "POST", "/v1/programmes", token: token,
      body: ["name": .string("\(number) " + String(repeating: "x", count: 190))])
    if reply.status != 200 { refused = reply }
  }
  #expect(refused?.status == 507)
  #expect(refused?.problem == "storage/disk-full")
  let list = try await site.send("GET", "/v1/programmes", token: token)
  #expect(list.status == 200)
  let ready = try await site.send("GET", "/health/ready")
  #expect(ready.status == 200)
}

@Test func `a damaged database file is said, not read`() async throws {
  let folder = NSTemporaryDirectory() + "/parvis-damaged-\(UInt64.random(in: 0 ... .max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let directory = DataDirectory(path: folder)
  try directory.create()
  try Data(repeating: 0x58, count: 8192).write(to: URL(fileURLWithPath: directory.database))
  do {
    _ = try await Instance.create(directory)
    Issue.record("it was opened")
  } catch let error as any UserFacing {
    #expect(error.problem.code == "storage/damaged")
    #expect(ExitStatus(error.problem) == .inputOutput)
  }
}

@Test func `data of a newer version is refused and left alone`() async throws {
  let folder = NSTemporaryDirectory() + "/parvis-newer-\(UInt64.random(in: 0 ... .max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let directory = DataDirectory(path: folder)
  do {
    let instance = try await Instance.create(directory)
    try await instance.database.write { connection in
      try connection.execute(
        """
        INSERT INTO kernel_migration (id, fingerprint, applied_at)
        VALUES ('missions.99-tomorrow', 'x', 0)
        """)
    }
  }
  do {
    _ = try await Instance.create(directory)
    Issue.record("it was opened")
  } catch let error as any UserFacing {
    #expect(error.problem.code == "schema/newer")
    #expect(ExitStatus(error.problem) == .configuration)
  }
  let findings = await Examination(directory: directory).findings()
  #expect(findings.contains { $0.check == "schema" && $0.verdict == .wrong })
}

@Test func `a copy is made before the schema changes`() async throws {
  let folder = NSTemporaryDirectory() + "/parvis-copy-\(UInt64.random(in: 0 ... .max))"
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let directory = DataDirectory(path: folder)
  do {
    let instance = try await Instance.create(directory)
    try await instance.database.write { connection in
      try connection.execute("DROP TABLE token_token")
      try connection.execute("DELETE FROM kernel_migration WHERE id = 'token.1-create'")
    }
  }
  do { _ = try await Instance.create(directory) }
  let copies = try FileManager.default.contentsOfDirectory(atPath: directory.backups)
  #expect(copies.count == 1)
  #expect(copies.allSatisfy { $0.hasPrefix("before-migration-") })
}

@Test func `the report is served, and nothing beside it`() async throws {
  let site = try await Site()
  #expect(try await site.send("GET", "/").text.contains("<h1>Parvis</h1>"))
  let latest = site.folder + "/reports/latest"
  try FileManager.default.createDirectory(
    atPath: latest + "/figures", withIntermediateDirectories: true)
  try Data("<p>report</p>".utf8).write(to: URL(fileURLWithPath: latest + "/index.html"))
  try Data("a,b".utf8).write(to: URL(fileURLWithPath: latest + "/figures/a.csv"))
  try Data("secret".utf8).write(to: URL(fileURLWithPath: latest + "/.hidden"))
  try FileManager.default.createSymbolicLink(
    atPath: latest + "/link", withDestinationPath: site.folder + "/parvis.sqlite")
  #expect(try await site.send("GET", "/").headers[.location] == "/report/")
  #expect(try await site.send("GET", "/report/").text == "<p>report</p>")
  #expect(try await site.send("GET", "/report/figures/a.csv").text == "a,b")
  for path in [
    "/report/../parvis.sqlite", "/report/%2e%2e/%2e%2e/parvis.sqlite",
    "/report/..%2f..%2fparvis.sqlite",
    "/report/link", "/report/.hidden", "/report//etc/passwd", "/report/figures", "/report/%00",
  ] {
    let reply = try await site.send("GET", path)
    #expect(reply.status == 404 || reply.status == 400, "\(path)")
  }
}

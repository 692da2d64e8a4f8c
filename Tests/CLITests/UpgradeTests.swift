import Foundation
@testable import Kernel
import SQLite
import Testing

/// Schemas of releases with some rows, as `scripts/keep-schema.py` has kept them.
private let schemas: [String] = {
  let folder = (#filePath as NSString).deletingLastPathComponent + "/Schemas"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(".sql") }.sorted().map { folder + "/" + $0 }
}()

@Suite struct UpgradeTests {
  @Test func `there is a schema to migrate`() { #expect(!schemas.isEmpty) }

  @Test(arguments: schemas)
  func `data of each release come to this program's schema with every row`(schema: String)
    async throws
  {
    let shop = try Workshop()
    let before = try await make(shop, schema)
    let doctor = try await shop.parvis("doctor")
    #expect(doctor.status == 0, "\(doctor.output)")
    let list = try await shop.parvis("programmes", "list", "--json")
    #expect(list.json.items.compactMap { $0["name"]?.text } == ["Programme fictif"])
    let organisations = try await shop.parvis("applications", "organisations", "--json")
    #expect(
      organisations.json.items.compactMap { $0["name"]?.text } == ["Association fictive"])
    let after = try await rows(shop.data + "/parvis.sqlite")
    for table in ["kernel_event", "programmes_programme", "applications_organisation"] {
      #expect(after[table] == before[table], "\(table)")
    }
    #expect(try await shop.parvis("doctor").status == 0)
    // One more program of now writes into it.
    #expect(try await shop.parvis("programmes", "create", "--name", "Suivant").status == 0)
  }

  @Test(arguments: schemas)
  func `a step that fails leaves the data as they were, and a copy of them`(schema: String)
    async throws
  {
    let shop = try Workshop()
    _ = try await make(shop, schema)
    let file = shop.data + "/parvis.sqlite"
    // A step that was not applied, says the database; what it makes stands in its way.
    try await changing(file) {
      _ = try $0.execute("DELETE FROM kernel_migration WHERE id = 'backups.1-create'")
      _ = try $0.execute("DROP TABLE backups_work")
      _ = try $0.execute("CREATE TABLE backups_work (planted TEXT)")
    }
    let (before, steps) = (try await rows(file), try await steps(file))
    let failed = try await shop.parvis("programmes", "create", "--name", "Jamais")
    #expect(failed.status != 0 && failed.status < 128, "\(failed.error)")
    #expect(!failed.error.isEmpty)
    #expect(try await rows(file) == before)
    #expect(try await self.steps(file) == steps)
    let copies = try FileManager.default.contentsOfDirectory(atPath: shop.data + "/backups")
      .filter { $0.hasPrefix("before-migration-") }
    #expect(copies.count == 1, "\(copies)")
    let copy = shop.data + "/backups/" + (copies.first ?? "")
    #expect(try await rows(copy) == before)
    // Once nothing stands in its way it goes on from there.
    try await changing(file) { _ = try $0.execute("DROP TABLE backups_work") }
    #expect(try await shop.parvis("programmes", "create", "--name", "Enfin").status == 0)
    #expect(try await shop.parvis("doctor").status == 0)
  }

  /// An instance with the data that were kept; how many rows each table has.
  private func make(_ shop: Workshop, _ schema: String) async throws -> [String: Int] {
    for folder in ["", "/mailbox", "/reports", "/files", "/backups"] {
      try FileManager.default.createDirectory(
        atPath: shop.data + folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    let file = shop.data + "/parvis.sqlite"
    let text = try String(contentsOfFile: schema, encoding: .utf8)
    try await changing(file) { connection in
      // The rows come before those they refer to.
      _ = try connection.execute("PRAGMA defer_foreign_keys = ON")
      // The tables first: a row may refer to one that the file makes later.
      let statements = text.components(separatedBy: "\n--\n")
      let tables = statements.filter { $0.hasPrefix("CREATE TABLE") }
      for statement in tables + statements.filter({ !$0.hasPrefix("CREATE TABLE") }) {
        _ = try connection.execute(SQL(text: statement, values: []))
      }
    }
    return try await rows(file)
  }

  private func changing(
    _ file: String, _ body: @escaping @Sendable (any Connection) throws -> Void
  ) async throws {
    let database = try SQLiteDatabase(archive: file)
    try await database.write(body)
  }

  private func rows(_ file: String) async throws -> [String: Int] {
    try await SQLiteDatabase(reading: file).rowCounts()
  }

  private func steps(_ file: String) async throws -> [String] {
    try await SQLiteDatabase(reading: file).read {
      try $0.rows("SELECT id FROM kernel_migration ORDER BY id").map { try $0.get("id") }
    }
  }
}

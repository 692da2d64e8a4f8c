import Foundation
@testable import Kernel
@testable import ParvisApp
import SQLite
import Testing

/// Columns that look as if people were in them, and why they are not.
private let nobodys: Set<String> = [
  // Names of organisations, partners, things.
  "accompaniment_brief.organisation_name", "accompaniment_journey.organisation_name",
  "accompaniment_need.mission_type_name", "applications_organisation.name",
  "matching_place.partner_name", "missions_hours.partner_name", "missions_member.partner_name",
  "missions_past.partner_name",
  "missions_mission.organisation_name", "missions_regime_change.partner_name",
  "partners_partner.name", "programmes_edition.name", "programmes_mission_type.name",
  "programmes_programme.name", "programmes_skill.name",
  // Ids, roles and reasons that staff give for things, not for people.
  "kernel_event.name", "kernel_job.name", "kernel_series.name", "kernel_audit.subject",
  "kernel_event.actor", "kernel_delivery.subscriber", "token_token.subject",
  "partners_agreement.end_reason", "accompaniment_brief.cancel_reason",
  "accompaniment_workshop.cancel_reason", "missions_session.cancel_reason",
  "missions_session.override_reason", "notifications_hold.reason", "privacy_erasure.reason",
  "kernel_retention.reason", "kernel_restriction.reason",
  // The operator's own.
  "notifications_settings.sender_name", "notifications_settings.sender_address",
  "notifications_settings.user_name", "settings_operator.name", "settings_operator.address",
  "settings_operator.email",
]

/// What the name of a column of people ends in.
private let telling = [
  "name", "email", "address", "recipient", "comment", "note", "remark", "reason", "body", "payload",
  "answer", "answers", "network", "device", "subject", "diagnosis", "profile", "situation",
  "explanation", "earlier", "invitations",
]

@Suite struct Erasure {
  @Test func `every column that people can be in is named by its module`() async throws {
    let database = try SQLiteDatabase(inMemory: ())
    let platform = Platform(modules: bareModules, database: database)
    try await platform.migrate()
    let columns = try await database.read { connection in
      try connection.rows(
        """
        SELECT m.name AS place, c.name AS field FROM sqlite_schema m, pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.name
        """
      ).map { (try $0.get("place", as: String.self), try $0.get("field", as: String.self)) }
    }
    let tables = bareModules.flatMap(\.personalTables) + kernelPersonalTables
    func isNamed(_ table: String, _ column: String) -> Bool {
      tables.contains { known in
        known.table == table
          && (known.isDeleted || known.mentions.contains(column)
            || known.columns.contains { $0.name == column })
      }
    }
    let open = columns.filter { table, column in
      telling.contains { column == $0 || column.hasSuffix("_" + $0) }
        && !nobodys.contains("\(table).\(column)") && !isNamed(table, column)
    }
    #expect(open.map { "\($0).\($1)" } == [])
    // And what is named is there.
    for table in tables {
      let known = Set(columns.filter { $0.0 == table.table }.map(\.1))
      #expect(!known.isEmpty, "\(table.table)")
      #expect(known.isSuperset(of: table.columns.map(\.name) + table.mentions), "\(table.table)")
    }
  }

  @Test func `somebody who is erased is found nowhere in the data directory, and their hours stay`()
    async throws
  {
    let played = try await PlayedEdition.reference.value
    let folder = PlayedEdition.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: played.untouched, to: folder)
    let data = ["--data", folder.path, "--json"]
    func parvis(_ words: String...) async throws -> JSON {
      let outcome = try await Program.run(words + data)
      try #require(outcome.status == 0, "\(words): \(outcome.text)")
      return try JSON(parsing: outcome.text)
    }
    let edition = try #require(try await parvis("programmes", "editions").items.first?["id"]?.text)
    let hours = try await parvis("missions", "edition-hours", edition)
    let entry = try #require(hours.items.first)
    let id = try #require(entry["volunteer"]?.text)
    let person = try await parvis("partners", "volunteer", id)
    let (name, email) = (try #require(person["name"]?.text), try #require(person["email"]?.text))
    // Whoever still takes part is not erased by a slip.
    let refused = try await Program.run(
      ["privacy", "erase", "--person", "volunteer:\(id)", "--reason", "They asked."] + data)
    #expect(refused.status != 0)
    let export = try await parvis("privacy", "export", "--person", "volunteer:\(id)")
    let places = Set(export["records"]?.items.compactMap { $0["table"]?.text } ?? [])
    #expect(
      places.isSuperset(of: [
        "partners_volunteer", "matching_place", "missions_member", "missions_hours",
        "notifications_message",
      ]))
    let backup = try await parvis("backup", "--to", folder.path + "/copies")
    _ = try await parvis("partners", "withdraw", id)
    _ = try await parvis(
      "privacy", "erase", "--person", "volunteer:\(id)", "--reason", "They asked.")
    let after = try await parvis("missions", "edition-hours", edition)
    let same = after.items.first { $0["id"] == entry["id"] }
    #expect(
      same?["minutes"] == entry["minutes"] && same?["name"]?.text?.hasPrefix("Anonyme") == true)
    // Whoever shares the name, in the seeds, would be found as well.
    let found = try PlayedEdition.files(in: folder).filter { file, bytes in
      !file.hasPrefix("copies/") && !file.hasPrefix("play.journal")
        && (bytes.range(of: Data(email.utf8)) != nil || bytes.range(of: Data(name.utf8)) != nil)
    }
    #expect(found.keys.sorted() == [])
    // And a backup of before brings nobody back.
    let restored = folder.path + "/restored"
    let file = try #require(backup["file"]?.text)
    let outcome = try await Program.run(["restore", file, "--data", restored, "--json"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try JSON(parsing: outcome.text)["erasedAgain"] == 1)
    let back = try await Program.run(
      ["partners", "volunteer", id, "--data", restored, "--json"])
    #expect(try JSON(parsing: back.text)["name"]?.text?.hasPrefix("Anonyme") == true)
  }

  /// What somebody was ever called, or reached by.
  private struct Canary {
    let words: [String]

    /// Where one of them is: files of a folder but for what is set apart, and answers.
    func places(in folder: URL, setting apart: [String] = []) throws -> [String] {
      try PlayedEdition.files(in: folder).filter { file, bytes in
        !apart.contains { file.hasPrefix($0) }
          && words.contains { bytes.range(of: Data($0.utf8)) != nil }
      }.keys.sorted()
    }
    func isIn(_ text: String) -> Bool { words.contains { text.contains($0) } }
  }

  @Test(arguments: ["volunteer", "reviewer"])
  func
    `neither a name nor an address of before is left in data, lists, tables or a restored backup`(
      role: String
    ) async throws
  {
    let played = try await PlayedEdition.reference.value
    let folder = PlayedEdition.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(at: played.untouched, to: folder)
    func run(_ words: [String]) async throws -> String {
      let outcome = try await Program.run(words + ["--data", folder.path, "--json"])
      try #require(outcome.status == 0, "\(words): \(outcome.text)")
      return outcome.text
    }
    func parvis(_ words: String...) async throws -> JSON { try JSON(parsing: try await run(words)) }
    let edition = try #require(try await parvis("programmes", "editions").items.first?["id"]?.text)
    let person: JSON
    if role == "volunteer" {
      let hours = try await parvis("missions", "edition-hours", edition)
      let id = try #require(hours.items.first?["volunteer"]?.text)
      person = try await parvis("partners", "volunteer", id)
    } else {
      person = try #require(try await parvis("applications", "reviewers").items.first)
    }
    let id = try #require(person["id"]?.text)
    let (name, email) = (
      try #require(person["name"]?.text),
      try #require(person["email"]?.text ?? person["contact"]?["email"]?.text)
    )
    // They marry and move before they are erased: rows, events and letters know both.
    let (later, there) = ("Zéphyrine Oiseau-Canari", "canari@zephyr.example")
    _ = try await parvis(
      role == "volunteer" ? "partners" : "applications",
      role == "volunteer" ? "update-contact" : "update-reviewer", id, "--name", later, "--email",
      there, "--language", "fr")
    let canary = Canary(words: [name, email, later, there])
    try #require(try canary.places(in: folder).count > 1)
    let backup = try await parvis("backup", "--to", folder.path + "/copies")
    if role == "volunteer" {
      _ = try await parvis("partners", "withdraw", id)
    } else {
      _ = try await parvis("applications", "retire-reviewer", id)
    }
    _ = try await parvis(
      "privacy", "erase", "--person", "\(role):\(id)", "--reason", "They asked.")
    #expect(try canary.places(in: folder, setting: ["copies/", "play.journal"]) == [])
    // What people and programs are given: lists, tables, the report, its rows, the feed, the audit.
    for words in [
      ["partners", "volunteers", edition, "--limit", "500"],
      ["missions", "edition-hours", edition, "--limit", "500"],
      ["matching", "places", edition], ["notifications", "messages", "--limit", "500"],
      ["applications", "reviewers"], ["events", "feed", "--limit", "500"],
      ["events", "audit", "--limit", "500"], ["report", "show", edition],
      ["report", "document", edition],
      ["privacy", "erasures"],
      ["webhooks", "list"],
    ] {
      #expect(!canary.isIn(try await run(words)), "\(words)")
    }
    // The backup of before holds them, and what is restored from it does not.
    #expect(try !canary.places(in: URL(filePath: folder.path + "/copies")).isEmpty)
    let restored = folder.path + "/restored"
    let file = try #require(backup["file"]?.text)
    let outcome = try await Program.run(["restore", file, "--data", restored, "--json"])
    #expect(outcome.status == 0, "\(outcome.text)")
    #expect(try canary.places(in: URL(filePath: restored)) == [])
  }
}

import Foundation
@testable import Kernel
import Pages
@testable import ParvisApp
import SQLite
import Testing

/// Tables of Parvis itself: no command of anybody writes their rows as things.
private let ownTables: Set<String> = ["accounts_attempt", "files_unnamed"]

@Suite struct AuditWords {
  @Test func `rows of every table have words, and the columns they are read from are there`()
    async throws
  {
    let database = try SQLiteDatabase(inMemory: ())
    let platform = Platform(modules: bareModules, database: database)
    try await platform.migrate()
    let words = bareModules.flatMap(\.rowWords)
    let tables = Set(try await database.rowCounts().keys)
    let open = tables.subtracting(words.map(\.table)).subtracting(ownTables).filter {
      !$0.hasPrefix("kernel_")
        // Days on which reminders went, and where a round began: no things.
        && !["notifications_round", "applications_opened_scores"].contains($0)
    }
    #expect(open.sorted() == [])
    for one in words {
      #expect(tables.contains(one.table), "\(one.table)")
      _ = try await database.read { try $0.named(["x"], as: one) }
    }
  }

  @Test
  func `the audit says who in words, with a way to all they did, and rows by what they are called`()
    async throws
  {
    let database = try SQLiteDatabase(inMemory: ())
    let platform = Platform(
      modules: compose(Host(database: database, clock: .system), in: nil), database: database)
    try await platform.migrate()
    let made = try await platform.perform(
      Request(
        "partners.register", as: .manager,
        [
          "name": "Atelier Exemple", "kind": "company",
          "contact": [
            "name": "Claude Fictif", "email": "claude@partner.example", "language": "fr",
          ],
        ]))
    let contact = try #require(made["contact"]?.text)
    let partner = try #require(made["partner"]?.text)
    _ = try await platform.perform(
      Request(
        "partners.add-contact", as: Actor(.partner, subject: contact),
        [
          "partner": .string(partner), "name": "Dominique Fictif",
          "email": "dominique@partner.example", "language": "fr",
        ]))
    let page = try await platform.content(of: "events.audit-page", as: .administrator)
    let cells = page.blocks.flatMap { block -> [[PageValue]] in
      if case .table(let table) = block { table.rows.map(\.cells) } else { [] }
    }
    let (who, rows) = (try #require(cells.first)[2], try #require(cells.first)[4])
    guard case .link(let link) = who else { throw Problem.invalid("", en: "\(who)", fr: "") }
    #expect(link.words == Words("Claude Fictif"))
    #expect(link.path == "/audit?person=partner%3A\(contact)")
    guard case .list(let named) = rows, case .link(let first) = named[0] else {
      throw Problem.invalid("", en: "\(rows)", fr: "")
    }
    #expect(first.words.fr == "contact « Dominique Fictif »")
    #expect(first.path == "/partners/\(partner)")
    // Nothing on the page is an id alone.
    let texts = cells.joined().flatMap { Speaker(language: .fr).plain($0).split(separator: " ") }
    #expect(texts.allSatisfy { UUID(uuidString: String($0)) == nil })
    let own = try await platform.content(
      of: "events.audit-page", as: .administrator, ["person": .string("partner:\(contact)")])
    #expect(own.title.en == "Audit: Claude Fictif")
    let lines = own.blocks.flatMap { if case .table(let table) = $0 { table.rows } else { [] } }
    #expect(lines.count == 1)
  }
}

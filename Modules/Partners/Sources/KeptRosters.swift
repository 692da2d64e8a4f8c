internal import Foundation
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

enum KeptRosterEntity {}
typealias KeptRosterID = ID<KeptRosterEntity>

/// A file that somebody looks at before its people are registered. Forgotten after a day.
struct KeptRosterRow: Record {
  static let table = "partners_kept_roster"
  static let noun = Words(en: "list", fr: "liste")

  let id: KeptRosterID
  let editionId: EditionID
  let partner: PartnerID
  var csv: Bytes
  let keptAt: Instant

  static let keptForSeconds: Int64 = 86_400
}

extension PartnersModule {
  @UseCases var aboutKeptRosters: [Endpoint] {
    keepRoster
    mendRoster
    importKeptRoster
  }

  struct KeepRoster: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    let csv: Bytes
  }
  struct KeptRoster: Codable, Sendable {
    let id: KeptRosterID
    /// When it is forgotten.
    let until: Instant
  }
  struct MendRoster: Codable, Sendable {
    struct Line: Codable, Sendable {
      let line: Whole<1, 1_000_000>
      /// By place of the column: `c0`. Those left out are empty.
      let cells: [String: Text<1000>]
    }
    let roster: KeptRosterID
    let lines: [Line]
  }
  struct ImportKeptRoster: Codable, Sendable {
    let roster: KeptRosterID
    let alike: AlikeChoice?
  }

  var keepRoster: UseCase<KeepRoster, KeptRoster> {
    .command(
      "partners.keep-roster", .post, "/partners/{partner}/kept-rosters", by: .staff(and: .partner),
      Words(
        en: "Keep a roster for a day, to look at it and mend it before its people are registered",
        fr: "Garder une liste un jour, pour la relire et la corriger avant d’inscrire"),
      problems: ["partners/edition-closed"],
      asking: { input, _ in try await currentEdition(input.edition).id }
    ) { (input: KeepRoster, edition, transaction) in
      let partner = try transaction.partner(input.partner)
      // The last one is the one that counts.
      try transaction.execute(
        """
        DELETE FROM partners_kept_roster
        WHERE partner = \(partner.id) AND edition_id = \(edition)
        """)
      let row = KeptRosterRow(
        id: transaction.newID(), editionId: edition, partner: partner.id, csv: input.csv,
        keptAt: transaction.now)
      try transaction.insert(row)
      return KeptRoster(
        id: row.id, until: row.keptAt.advanced(bySeconds: KeptRosterRow.keptForSeconds))
    }
  }

  var mendRoster: UseCase<MendRoster, KeptRoster> {
    .command(
      "partners.mend-roster", .put, "/kept-rosters/{roster}/lines", by: .staff(and: .partner),
      Words(
        en: "Correct lines of a kept roster", fr: "Corriger des lignes d’une liste gardée")
    ) { (input: MendRoster, transaction) in
      var row = try keptRoster(input.roster, for: transaction.actor, in: transaction)
      var lines = try CSV.records(parsing: [UInt8](row.csv.data))
      for mended in input.lines {
        guard let at = lines.firstIndex(where: { $0.number == mended.line.value }) else {
          throw Problem.invalid(
            "lines", en: "line \(mended.line.value) is not in the file",
            fr: "la ligne \(mended.line.value) n’est pas dans le fichier")
        }
        lines[at] = CSV.Line(
          number: lines[at].number,
          cells: lines[at].cells.indices.map { mended.cells["c\($0)"]?.description ?? "" })
      }
      row.csv = Bytes(Data(file(of: lines).utf8).base64EncodedString()) ?? row.csv
      try transaction.update(row)
      return KeptRoster(
        id: row.id, until: row.keptAt.advanced(bySeconds: KeptRosterRow.keptForSeconds))
    }
  }

  var importKeptRoster: UseCase<ImportKeptRoster, RosterOutcome> {
    .command(
      "partners.import-kept-roster", .post, "/kept-rosters/{roster}/import",
      by: .staff(and: .partner),
      Words(
        en: "Register the people of a kept roster, all of them or none",
        fr: "Inscrire les personnes d’une liste gardée, toutes ou aucune"),
      problems: ["partners/bad-roster", "partners/edition-closed"],
      asking: { input, context in
        let row = try await host.read {
          try keptRoster(input.roster, for: context.actor, in: $0)
        }
        return try await read(
          [UInt8](row.csv.data), of: row.partner, in: row.editionId, for: context.actor)
      }
    ) { (input: ImportKeptRoster, roster, transaction) in
      let row = try keptRoster(input.roster, for: transaction.actor, in: transaction)
      let partner = try transaction.partner(row.partner)
      let plan = try plan(roster, of: partner, in: row.editionId, input.alike ?? .ask, transaction)
      try transaction.delete(KeptRosterRow.self, row.id)
      return try carryOut(plan, of: partner.id, in: row.editionId, transaction)
    }
  }

  var forgetKeptRosters: Job {
    .every(seconds: 3600, "partners.forget-kept-rosters") { transaction in
      let oldest = transaction.now.advanced(bySeconds: -KeptRosterRow.keptForSeconds)
      try transaction.execute("DELETE FROM partners_kept_roster WHERE kept_at < \(oldest)")
    }
  }

  /// The list, for those who may act for its partner. Throws `Problem.notFound`.
  func keptRoster(
    _ id: KeptRosterID, for actor: Actor, in connection: any Connection
  ) throws -> KeptRosterRow {
    guard let row = try connection.find(KeptRosterRow.self, id),
      try PartnersPolicy(actor, in: connection).mayActFor(row.partner)
    else { throw Problem.notFound(KeptRosterRow.noun, id) }
    return row
  }
}

/// The lines as a file again, each where it was: numbers that people were told stay true.
private func file(of lines: [CSV.Line]) -> String {
  var text = ""
  var next = 1
  for line in lines {
    while next < line.number {
      text += "\n"
      next += 1
    }
    text += line.cells.map(quoted).joined(separator: ";") + "\n"
    next = line.number + 1
  }
  return text
}

private func quoted(_ cell: String) -> String {
  // A cell of several lines becomes one line, so that the lines below keep their numbers.
  let flat = cell.split(whereSeparator: \.isNewline).joined(separator: " ")
  guard flat.contains(where: { ";\",".contains($0) }) else { return flat }
  return "\"" + flat.replacing("\"", with: "\"\"") + "\""
}

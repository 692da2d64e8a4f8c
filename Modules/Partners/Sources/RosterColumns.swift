internal import Kernel
internal import PartnersAPI

/// What a heading of a partner's files means, as somebody said once.
struct RosterColumnRow: Record {
  static let table = "partners_roster_column"

  let id: ID<RosterColumnRow>
  let partner: PartnerID
  /// Folded, in the singular or not as the file has it.
  let heading: String
  var meaning: RosterColumn
}

/// What was said about the headings of a partner's files, by their folded form.
func columnMeanings(
  of partner: PartnerID, in connection: any Connection
) throws -> [String: RosterColumn] {
  let rows = try connection.select(
    RosterColumnRow.self, "WHERE partner = \(partner) ORDER BY heading")
  return Dictionary(rows.map { ($0.heading, $0.meaning) }) { _, last in last }
}

/// Keeps what was said for the partner's next file.
func remember(
  _ meanings: [PartnersModule.ColumnMeaning], for partner: PartnerID, in transaction: Transaction
) throws {
  for meaning in meanings {
    let heading = RosterHeading(meaning.heading.description).folded
    let known = try transaction.first(
      RosterColumnRow.self, "WHERE partner = \(partner) AND heading = \(heading)")
    if var known {
      known.meaning = meaning.column
      try transaction.update(known)
    } else {
      try transaction.insert(
        RosterColumnRow(
          id: transaction.newID(), partner: partner, heading: heading, meaning: meaning.column))
    }
  }
}

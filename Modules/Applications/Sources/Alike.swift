internal import ApplicationsAPI
internal import Kernel

/// Which other organisations each of `rows` is likely one with.
func likely(
  _ rows: [OrganisationRow], in connection: any Connection
) throws -> [OrganisationID: [OrganisationID]] {
  guard !rows.isEmpty else { return [:] }
  return likely(
    try connection.select(
      OrganisationRow.self,
      """
      WHERE name_folded IN \(list: rows.map(\.nameFolded))
      OR siren IN \(list: rows.compactMap(\.siren))
      """))
}

/// Which organisations are likely one: the same name however written, or the same SIREN. Shown to staff,
/// who decide; branches of one body and real namesakes exist.
func likely(_ rows: [OrganisationRow]) -> [OrganisationID: [OrganisationID]] {
  var alike: [OrganisationID: Set<OrganisationID>] = [:]
  func note(_ groups: [[OrganisationRow]]) {
    for group in groups where group.count > 1 {
      for row in group { alike[row.id, default: []].formUnion(group.map(\.id)) }
    }
  }
  note(Array(Dictionary(grouping: rows, by: \.nameFolded).values))
  note(Array(Dictionary(grouping: rows.filter { $0.siren != nil }, by: \.siren).values))
  return Dictionary(
    uniqueKeysWithValues: alike.map { id, others in (id, others.subtracting([id]).sorted()) })
}

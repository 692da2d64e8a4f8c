internal import ApplicationsAPI
internal import Kernel

/// Which other organisations each of `rows` is likely one with.
func likely(
  _ rows: [OrganisationRow], in connection: any Connection
) throws -> [OrganisationID: [OrganisationID]] {
  guard !rows.isEmpty else { return [:] }
  let others = try connection.select(
    OrganisationRow.self,
    """
    WHERE name_folded IN \(list: rows.map(\.nameFolded))
    OR siren IN \(list: rows.compactMap(\.siren))
    OR rna IN \(list: rows.compactMap(\.rna))
    """)
  return likely(others, apart: try toldApart(in: connection))
}

/// Which organisations are likely one: the same name however written, the same SIREN, or the
/// same RNA. Shown to staff,
/// who decide; branches of one body and real namesakes exist, and those that were told apart are two.
func likely(
  _ rows: [OrganisationRow], apart: Set<String>
) -> [OrganisationID: [OrganisationID]] {
  var alike: [OrganisationID: Set<OrganisationID>] = [:]
  func note(
    _ groups: [[OrganisationRow]], unless differ: (OrganisationRow, OrganisationRow) -> Bool
  ) {
    for group in groups where group.count > 1 {
      for row in group {
        for other in group
        where other.id != row.id && !apart.contains(ToldApartRow.name(row.id, other.id))
          && !differ(row, other)
        { alike[row.id, default: []].insert(other.id) }
      }
    }
  }
  note(Array(Dictionary(grouping: rows, by: \.nameFolded).values), unless: { _, _ in false })
  // Establishments of one body that both say which they are, are two.
  note(
    Array(Dictionary(grouping: rows.filter { $0.siren != nil }, by: \.siren).values),
    unless: { one, other in
      guard let mine = one.nic, let theirs = other.nic else { return false }
      return mine != theirs
    })
  note(
    Array(Dictionary(grouping: rows.filter { $0.rna != nil }, by: \.rna).values),
    unless: { _, _ in false })
  return alike.mapValues { $0.sorted() }
}

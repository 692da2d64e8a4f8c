internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  @UseCases var aboutDuplicates: [Endpoint] {
    listDuplicates
  }

  struct Duplicates: Codable, Sendable {
    struct PartnerLine: Codable, Sendable {
      let id: PartnerID
      let name: Name
      let siren: Siren?
    }
    struct PersonLine: Codable, Sendable {
      let id: VolunteerID
      let name: Name
      let email: EmailAddress
      let partner: PartnerID?
      let state: VolunteerState
    }
    /// Partners that are likely one, in groups.
    let partners: [[PartnerLine]]
    /// People of the edition who are likely one, in groups; real namesakes exist.
    let volunteers: [[PersonLine]]
  }

  var listDuplicates: UseCase<OfEdition, Duplicates> {
    .query(
      "partners.duplicates", "/editions/{edition}/duplicates", by: .staff,
      Words(
        en: "List partners, and people of an edition, that are likely the same",
        fr: "Lister les partenaires, et les personnes d’une édition, qui sont sans doute les mêmes"
      ),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (_: OfEdition, edition, transaction) in
      Duplicates(
        partners: try likelyPartners(in: transaction).map { group in
          group.map { Duplicates.PartnerLine(id: $0.id, name: $0.name, siren: $0.siren) }
        },
        volunteers: try likelyVolunteers(of: edition, in: transaction).map { group in
          group.map {
            Duplicates.PersonLine(
              id: $0.id, name: $0.name, email: $0.email, partner: $0.partner, state: $0.state)
          }
        })
    }
  }
}

/// Partners with one name however it is written, or with a contact in common.
func likelyPartners(in connection: any Connection) throws -> [[PartnerRow]] {
  let rows = try connection.select(PartnerRow.self, "WHERE merged_into IS NULL").alphabetical {
    $0.name
  }
  let addresses = Dictionary(
    grouping: try connection.select(PartnerContactRow.self), by: \.partner
  ).mapValues { $0.map(\.email.description) }
  let apart = try toldApart(in: connection)
  return groups(of: rows) { row in
    ["name " + Folded.organisation(row.name)] + (addresses[row.id] ?? [])
  }.filter { group in !pairs(of: group.map(\.id)).allSatisfy(apart.contains) }
}

/// People of an edition with one name however it is written, or one mailbox but for what stands behind a
/// plus sign.
func likelyVolunteers(
  of edition: EditionID, in connection: any Connection
) throws -> [[VolunteerRow]] {
  let rows = try connection.select(
    VolunteerRow.self,
    """
    WHERE edition_id = \(edition) AND claim_of IS NULL AND withdrawn_at IS NULL ORDER BY sequence
    """
  ).alphabetical { $0.name }
  let apart = try toldApart(in: connection)
  return groups(of: rows) { row in
    ["name " + Folded.person(row.name), mailbox(of: row.email)]
  }.filter { group in !pairs(of: group.map(\.id)).allSatisfy(apart.contains) }
}

/// `zoe+parvis@x.fr` is read by whoever reads `zoe@x.fr`.
private func mailbox(of address: EmailAddress) -> String {
  let parts = address.description.split(separator: "@")
  let local = parts.first?.prefix { $0 != "+" } ?? ""
  return "\(local)@\(parts.last ?? "")"
}

/// Those that share a mark, directly or by way of others; in the order they came, and nobody alone.
private func groups<Item>(of items: [Item], by marks: (Item) -> [String]) -> [[Item]] {
  var group = Array(items.indices)
  func root(_ index: Int) -> Int {
    var index = index
    while group[index] != index { index = group[index] }
    return index
  }
  var first: [String: Int] = [:]
  for (index, item) in items.enumerated() {
    for mark in marks(item) {
      let other = first[mark] ?? index
      first[mark] = other
      let (a, b) = (root(other), root(index))
      group[max(a, b)] = min(a, b)
    }
  }
  return Dictionary(grouping: items.indices, by: root).filter { $0.value.count > 1 }
    .sorted { $0.key < $1.key }.map { $0.value.sorted().map { items[$0] } }
}

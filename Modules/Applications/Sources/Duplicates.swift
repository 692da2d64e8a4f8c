internal import ApplicationsAPI
internal import Kernel

/// Two organisations that look like one and are not, as staff said.
struct ToldApartRow: Record {
  static let table = "applications_told_apart"

  /// Both ids, the smaller first.
  let id: String
  let toldAt: Instant

  static func name(_ one: OrganisationID, _ other: OrganisationID) -> String {
    "\(min(one, other))/\(max(one, other))"
  }
}

extension ApplicationsModule {
  @UseCases var aboutDuplicates: [Endpoint] {
    listDuplicates
    tellOrganisationsApart
  }

  /// Organisations that are likely one.
  struct DuplicateGroup: Codable, Sendable {
    struct Line: Codable, Sendable {
      let id: OrganisationID
      let name: Name
      let siren: Siren?
      let siret: Siret?
      let rna: RNA?
      let territory: Name
      let registeredAt: Instant
    }
    let organisations: [Line]
  }
  struct TellApart: Codable, Sendable {
    let organisations: [OrganisationID]
  }
  struct ToldApart: Codable, Sendable {
    /// Pairs that no longer show as likely the same.
    let pairs: Int
  }

  var listDuplicates: UseCase<PageOfAll, Page<DuplicateGroup>> {
    .query(
      "applications.duplicates", "/organisation-duplicates", by: .staff,
      Words(
        en: "List organisations that are likely the same",
        fr: "Lister les organisations qui sont sans doute les mêmes")
    ) { (input: PageOfAll, transaction) in
      try Page(
        of: likelyGroups(in: transaction), after: input.after, limit: input.limit
      ).map { group in
        DuplicateGroup(
          organisations: group.map {
            DuplicateGroup.Line(
              id: $0.id, name: $0.name, siren: $0.siren, siret: $0.siret, rna: $0.rna,
              territory: $0.territory, registeredAt: $0.registeredAt)
          })
      }
    }
  }

  var tellOrganisationsApart: UseCase<TellApart, ToldApart> {
    .command(
      "applications.tell-apart", .post, "/organisation-namesakes", by: .staff,
      Words(
        en: "Say that organisations that look like one are not: branches, or namesakes",
        fr: "Dire que des organisations qui se ressemblent sont distinctes : antennes, homonymes")
    ) { (input: TellApart, transaction) in
      let ids = Set(try input.organisations.prefix(31).map { try transaction.organisation($0).id })
        .sorted()
      guard (2...30).contains(ids.count) else {
        throw Problem.invalid(
          "organisations", en: "name two at least, and 30 at most",
          fr: "indiquez-en deux au moins, et 30 au plus")
      }
      let pairs = ids.indices.flatMap { first in
        ids[(first + 1)...].map { ToldApartRow.name(ids[first], $0) }
      }
      for pair in pairs where try transaction.find(ToldApartRow.self, pair) == nil {
        try transaction.insert(ToldApartRow(id: pair, toldAt: transaction.now))
      }
      return ToldApart(pairs: pairs.count)
    }
  }

  /// What is likely registered twice, for staff to look at.
  func duplicateTasks(in connection: any Connection) throws -> [WaitingTask] {
    let groups = try likelyGroups(in: connection)
    // It was seen to be two when the second came.
    let since = groups.compactMap { $0.map(\.registeredAt).max() }.min()
    guard let since else { return [] }
    return [
      WaitingTask(
        "applications.duplicates",
        title: Words(
          en: "Look at organisations that are likely registered twice: \(groups.count)",
          fr: "Regarder les organisations sans doute inscrites deux fois : \(groups.count)"),
        since: since, page: "/organisation-duplicates", count: groups.count)
    ]
  }
}

/// Organisations that are likely one, those that share a mark with a third together; by name.
func likelyGroups(in connection: any Connection) throws -> [[OrganisationRow]] {
  let rows = try connection.select(
    OrganisationRow.self,
    """
    WHERE name_folded IN (SELECT name_folded FROM applications_organisation
        GROUP BY name_folded HAVING COUNT(*) > 1)
      OR siren IN (SELECT siren FROM applications_organisation WHERE siren IS NOT NULL
        GROUP BY siren HAVING COUNT(*) > 1)
      OR rna IN (SELECT rna FROM applications_organisation WHERE rna IS NOT NULL
        GROUP BY rna HAVING COUNT(*) > 1)
    ORDER BY name_order, registered_at, id
    """)
  guard !rows.isEmpty else { return [] }
  let alike = likely(rows, apart: try toldApart(in: connection))
  var seen: Set<OrganisationID> = []
  let known = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
  return rows.compactMap { row in
    guard seen.insert(row.id).inserted else { return nil }
    var group = [row]
    var next = 0
    while next < group.count {
      for id in alike[group[next].id] ?? [] where seen.insert(id).inserted {
        if let other = known[id] { group.append(other) }
      }
      next += 1
    }
    return group.count > 1 ? group : nil
  }
}

/// What staff said is not one.
func toldApart(in connection: any Connection) throws -> Set<String> {
  Set(try connection.select(ToldApartRow.self).map(\.id))
}

internal import Kernel
internal import PartnersAPI

/// Two rows that look like one and are not, as staff said.
struct ToldApartRow: Record {
  static let table = "partners_told_apart"

  /// Both ids, the smaller first.
  let id: String
  let toldAt: Instant
}

extension PartnersModule {
  @UseCases var aboutTellingApart: [Endpoint] {
    tellApart
  }

  struct Tell: Codable, Sendable {
    let volunteers: [VolunteerID]?
    let partners: [PartnerID]?
  }
  struct Told: Codable, Sendable {
    /// Pairs that no longer show as likely the same.
    let pairs: Int
  }

  var tellApart: UseCase<Tell, Told> {
    .command(
      "partners.tell-apart", .post, "/partner-namesakes", by: .staff,
      Words(
        en: "Say that people or partners who look like one are not; they no longer show as such",
        fr: "Dire que des personnes ou partenaires qui se ressemblent sont distincts")
    ) { (input: Tell, transaction) in
      for id in input.volunteers ?? [] {
        _ = try visibleVolunteer(id, to: transaction.actor, in: transaction)
      }
      for id in input.partners ?? [] { _ = try transaction.partner(id) }
      let pairs = pairs(of: input.volunteers ?? []) + pairs(of: input.partners ?? [])
      guard !pairs.isEmpty, pairs.count <= 500 else {
        throw Problem.invalid(
          "volunteers", en: "name at least two, of volunteers or of partners, and at most 30",
          fr: "indiquez-en au moins deux, volontaires ou partenaires, et au plus 30")
      }
      for pair in pairs where try transaction.find(ToldApartRow.self, pair) == nil {
        try transaction.insert(ToldApartRow(id: pair, toldAt: transaction.now))
      }
      return Told(pairs: pairs.count)
    }
  }
}

/// Every two of the ids, as `ToldApartRow` names them.
func pairs<Entity>(of ids: [ID<Entity>]) -> [String] {
  let sorted = Set(ids).sorted()
  return sorted.indices.flatMap { first in
    sorted[(first + 1)...].map { "\(sorted[first])/\($0)" }
  }
}

/// What staff said is not one.
func toldApart(in connection: any Connection) throws -> Set<String> {
  Set(try connection.select(ToldApartRow.self).map(\.id))
}

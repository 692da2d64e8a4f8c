internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

struct PledgeRow: Versioned {
  static let table = "partners_pledge"
  static let noun = Words(en: "pledge", fr: "engagement")

  let id: ID<PledgeRow>
  var version: Int
  let editionId: EditionID
  let partner: PartnerID
  var people: Int
  var days: Int
}

extension PartnersModule {
  @UseCases var aboutPledges: [Endpoint] {
    pledge
    listPledges
  }

  struct Pledge: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    let version: Int?
    let people: Whole<0, 100_000>
    let days: Whole<0, 1_000_000>
  }
  /// What a partner promised, and what came of it.
  struct Fulfilment: Codable, Sendable {
    let partner: PartnerID
    let name: Name
    /// Absent when the partner sends people without having pledged any.
    let version: Int?
    let pledgedPeople: Int
    let pledgedDays: Int
    /// Everybody who registered, those included who withdrew since.
    let registered: Int
    /// Those who take part and whose profile is complete.
    let complete: Int
    let withdrawn: Int
    /// How many people are still to come for the pledge to be kept.
    let missing: Int

    init(_ partner: PartnerRow, _ pledge: PledgeRow?, _ people: Headcount) {
      self.partner = partner.id
      name = partner.name
      version = pledge?.version
      pledgedPeople = pledge?.people ?? 0
      pledgedDays = pledge?.days ?? 0
      registered = people.registered
      complete = people.complete
      withdrawn = people.withdrawn
      missing = max(0, pledgedPeople - (people.registered - people.withdrawn))
    }
  }
  struct Headcount {
    var registered = 0
    var complete = 0
    var withdrawn = 0
  }

  var pledge: UseCase<Pledge, Fulfilment> {
    .command(
      "partners.pledge", .post, "/partners/{partner}/pledges", by: .staff(and: .partner),
      Words(
        en: "Pledge people and days for an edition; pledged again, it replaces the pledge",
        fr: "S’engager sur des personnes et des jours ; un nouvel engagement remplace l’ancien"),
      problems: ["partners/edition-closed"],
      asking: { input, _ in try await currentEdition(input.edition).id }
    ) { (input: Pledge, edition, transaction) in
      let partner = try transaction.partner(input.partner)
      let known = try transaction.first(
        PledgeRow.self, "WHERE edition_id = \(edition) AND partner = \(partner.id)")
      var row =
        known
        ?? PledgeRow(
          id: transaction.newID(), version: 1, editionId: edition, partner: partner.id,
          people: input.people.value, days: input.days.value)
      if known == nil {
        try transaction.insert(row)
      } else {
        try row.expect(version: input.version)
        row.people = input.people.value
        row.days = input.days.value
        try transaction.update(&row)
      }
      let isStaff = transaction.actor.isStaff
      let people = try headcount(of: edition, forStaff: isStaff, in: transaction)[partner.id]
      return Fulfilment(partner, row, people ?? Headcount())
    }
  }

  var listPledges: UseCase<OfEdition, [Fulfilment]> {
    .query(
      "partners.pledges", "/editions/{edition}/pledges", by: .staff(and: .partner),
      Words(
        en: "What partners pledged for an edition, and how many people registered and are ready",
        fr: "Ce que les partenaires ont promis, et combien de personnes sont inscrites et prêtes"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (_: OfEdition, edition, transaction) in
      let policy = try PartnersPolicy(transaction)
      let people = try headcount(of: edition, forStaff: policy.isStaff, in: transaction)
      let pledges = Dictionary(
        try transaction.select(PledgeRow.self, "WHERE edition_id = \(edition)")
          .map { ($0.partner, $0) }
      ) { first, _ in first }
      return try transaction.select(PartnerRow.self, "WHERE merged_into IS NULL")
        .alphabetical { $0.name }.compactMap { partner in
          guard policy.mayActFor(partner.id),
            pledges[partner.id] != nil || people[partner.id] != nil
          else { return nil as Fulfilment? }
          return Fulfilment(partner, pledges[partner.id], people[partner.id] ?? Headcount())
        }
    }
  }

  /// Contacts count whom they claimed among their people; staff know better.
  func headcount(
    of edition: EditionID, forStaff: Bool, in connection: any Connection
  ) throws -> [PartnerID: Headcount] {
    let whose: SQL = forStaff ? "claim_of IS NULL" : "1 = 1"
    let rows = try connection.rows(
      """
      SELECT partner, COUNT(*) AS registered, COUNT(withdrawn_at) AS withdrawn,
        SUM(CASE WHEN withdrawn_at IS NULL AND completed_at IS NOT NULL THEN 1 ELSE 0 END)
          AS complete
      FROM partners_volunteer WHERE edition_id = \(edition) AND partner IS NOT NULL
        AND \(part: whose)
      GROUP BY partner
      """)
    var counts: [PartnerID: Headcount] = [:]
    for row in rows {
      counts[try row.get("partner")] = Headcount(
        registered: try row.get("registered"), complete: try row.get("complete"),
        withdrawn: try row.get("withdrawn"))
    }
    return counts
  }
}

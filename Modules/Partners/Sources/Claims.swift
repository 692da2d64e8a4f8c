internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

// A partner's contact who registers somebody that takes part another way is answered as if nobody
// knew them: whether an address takes part is not theirs to learn. What they said is kept as a claim, a
// row that only they see among their people; it is never written to nor matched. Staff see the claim
// beside the person, and settle it.

extension VolunteerRow {
  /// Makes this row a claim on somebody who is registered already.
  mutating func claim(_ person: VolunteerID) {
    claimOf = person
    claimedEmail = email
    // An address registers once in an edition; this one goes nowhere (RFC 2606).
    email = EmailAddress("claim-\(id)@claim.invalid") ?? email
  }
}

extension PartnersModule {
  @UseCases var aboutClaims: [Endpoint] {
    listClaims
    settleClaim
  }

  struct List: Codable, Sendable {
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  struct Settle: Codable, Sendable {
    let claim: VolunteerID
    /// Whether the person is the claiming partner's from now on. Their consent is asked anew.
    let move: Bool
  }
  struct Claim: Codable, Sendable {
    let claim: VolunteerID
    let name: Name
    let email: EmailAddress
    let partner: PartnerID?
    let partnerName: Name?
    /// Who has that address.
    let volunteer: VolunteerID?
    let registeredName: Name?
    let registeredPartner: PartnerID?
  }

  var listClaims: UseCase<List, Page<Claim>> {
    .query(
      "partners.claims", "/editions/{edition}/claims", by: .staff,
      Words(
        en: "List whom partners registered though they take part another way",
        fr: "Lister les personnes inscrites par un partenaire alors qu’elles participent autrement"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: List, edition, transaction) in
      try transaction.page(
        VolunteerRow.self,
        where: "edition_id = \(edition) AND claim_of IS NOT NULL AND withdrawn_at IS NULL",
        by: "sequence", after: input.after, limit: input.limit
      ).map { try claim($0, in: transaction) }
    }
  }

  var settleClaim: UseCase<Settle, Claim> {
    .command(
      "partners.settle-claim", .post, "/claims/{claim}/settlement", by: .staff,
      Words(
        en: "Settle whose somebody is whom two partners registered, or a partner and nobody",
        fr: "Trancher de qui relève une personne inscrite deux fois")
    ) { (input: Settle, transaction) in
      guard var row = try transaction.find(VolunteerRow.self, input.claim),
        let about = row.claimOf, row.withdrawnAt == nil
      else { throw Problem.notFound(Words(en: "claim", fr: "demande"), input.claim) }
      let answer = try claim(row, in: transaction)
      guard input.move else {
        row.withdrawnAt = transaction.now
        try transaction.update(&row)
        return answer
      }
      var person = try transaction.get(VolunteerRow.self, about)
      let partner = try row.partner.flatMap { try transaction.find(PartnerRow.self, $0) }
      let agreed = try row.partner.flatMap {
        try agreement(of: $0, for: row.editionId, in: transaction)
      }
      if let words = objection(to: row.regime, sentBy: partner, under: agreed) {
        throw Problem.invalid("claim", en: words.en, fr: words.fr)
      }
      person.partner = row.partner
      person.regime = row.regime
      if let service = row.service { person.service = service }
      // Consent was given to the partner of that time.
      person.profile?.consent = false
      try transaction.delete(VolunteerRow.self, row.id)
      try transaction.update(&person)
      return answer
    }
  }

  func claim(_ row: VolunteerRow, in connection: any Connection) throws -> Claim {
    let partner = try row.partner.flatMap { try connection.find(PartnerRow.self, $0) }
    let person = try row.claimOf.flatMap { try connection.find(VolunteerRow.self, $0) }
    return Claim(
      claim: row.id, name: row.name, email: row.address, partner: row.partner,
      partnerName: partner?.name, volunteer: person?.id, registeredName: person?.name,
      registeredPartner: person?.partner)
  }
}

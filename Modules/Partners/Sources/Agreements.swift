internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

struct AgreementRow: Versioned {
  static let table = "partners_agreement"
  static let noun = Words(en: "agreement", fr: "convention")

  let id: ID<AgreementRow>
  var version: Int
  let editionId: EditionID
  let partner: PartnerID
  let signedOn: Day
  var regimes: [Regime]
  /// Given by the company or absent; never worked out here, since a receipt may come of it.
  var hourlyCostCents: Int?
  /// The day the partner left the edition; nobody comes under it from then on.
  var endedOn: Day?
  var endReason: Paragraph?
}

/// Up to 10,000 € an hour.
typealias HourlyCost = Whole<1, 1_000_000>

extension PartnersModule {
  @UseCases var aboutAgreements: [Endpoint] {
    signAgreement
    amendAgreement
    listAgreements
  }

  struct Sign: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    let signedOn: Day
    let regimes: [Regime]
    let hourlyCostCents: HourlyCost?
  }
  struct Amend: Codable, Sendable {
    let agreement: ID<AgreementRow>
    let version: Int?
    let regimes: [Regime]
    let hourlyCostCents: HourlyCost?
  }
  struct ListAgreements: Codable, Sendable {
    let edition: EditionID
    let partner: PartnerID?
  }
  struct Agreement: Codable, Sendable {
    let id: ID<AgreementRow>
    let version: Int
    let edition: EditionID
    let partner: PartnerID
    let partnerName: Name
    let signedOn: Day
    let regimes: [Regime]
    let hourlyCostCents: Int?
    let endedOn: Day?

    init(_ row: AgreementRow, with partner: PartnerRow) {
      id = row.id
      version = row.version
      edition = row.editionId
      self.partner = row.partner
      partnerName = partner.name
      signedOn = row.signedOn
      regimes = row.regimes
      hourlyCostCents = row.hourlyCostCents
      endedOn = row.endedOn
    }
  }

  var signAgreement: UseCase<Sign, Agreement> {
    .command(
      "partners.sign-agreement", .post, "/partners/{partner}/agreements", by: .staff,
      Words(
        en: "Record the agreement a partner signed for an edition",
        fr: "Enregistrer la convention signée par un partenaire pour une édition"),
      problems: ["partners/already-signed", "partners/regimes-in-use", "partners/edition-closed"],
      asking: { input, _ in try await currentEdition(input.edition) }
    ) { (input: Sign, edition, transaction) in
      let partner = try transaction.partner(input.partner)
      var faults = regimeListFaults(input.regimes, of: partner)
      if input.signedOn > edition.zone.day(of: transaction.now) {
        faults.append(
          FieldProblem("signedOn", en: "is still to come", fr: "est encore à venir"))
      }
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      if var ended = try agreement(of: partner.id, for: edition.id, in: transaction) {
        guard ended.endedOn != nil else { throw PartnersError.alreadySigned }
        // They came back.
        ended.endedOn = nil
        ended.endReason = nil
        ended.regimes = inOrder(input.regimes)
        ended.hourlyCostCents = input.hourlyCostCents?.value
        try refuseUncovered(by: ended, in: transaction)
        try transaction.update(&ended)
        // Whoever has not answered whether they stay comes under it as before.
        try transaction.execute(
          """
          UPDATE partners_volunteer SET asked_to_stay = NULL
          WHERE edition_id = \(edition.id) AND partner = \(partner.id)
          """)
        try transaction.emit(AgreementSigned(edition: edition.id, partner: partner.id))
        return Agreement(ended, with: partner)
      }
      let row = AgreementRow(
        id: transaction.newID(), version: 1, editionId: edition.id, partner: partner.id,
        signedOn: input.signedOn, regimes: inOrder(input.regimes),
        hourlyCostCents: input.hourlyCostCents?.value)
      try refuseUncovered(by: row, in: transaction)
      try transaction.insert(row)
      try transaction.emit(AgreementSigned(edition: edition.id, partner: partner.id))
      return Agreement(row, with: partner)
    }
  }

  var amendAgreement: UseCase<Amend, Agreement> {
    .command(
      "partners.amend-agreement", .put, "/agreements/{agreement}", by: .staff,
      Words(
        en: "Amend the regimes or the hourly cost of an agreement",
        fr: "Modifier les régimes ou le coût horaire d’une convention"),
      problems: ["partners/regimes-in-use"]
    ) { (input: Amend, transaction) in
      var row = try transaction.get(AgreementRow.self, input.agreement)
      try row.expect(version: input.version)
      let partner = try transaction.get(PartnerRow.self, row.partner)
      let faults = regimeListFaults(input.regimes, of: partner)
      guard faults.isEmpty else { throw Problem.invalidInput(faults) }
      row.regimes = inOrder(input.regimes)
      row.hourlyCostCents = input.hourlyCostCents?.value
      try refuseUncovered(by: row, in: transaction)
      try transaction.update(&row)
      return Agreement(row, with: partner)
    }
  }

  var listAgreements: UseCase<ListAgreements, [Agreement]> {
    .query(
      "partners.agreements", "/editions/{edition}/agreements", by: .staff(and: .partner),
      Words(
        en: "List the agreements of an edition; a contact sees their own",
        fr: "Lister les conventions d’une édition ; un contact voit la sienne"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: ListAgreements, edition, transaction) in
      let policy = try PartnersPolicy(transaction)
      let signed = try transaction.select(AgreementRow.self, "WHERE edition_id = \(edition)")
      return try transaction.select(PartnerRow.self, "WHERE merged_into IS NULL")
        .alphabetical { $0.name }.flatMap { partner in
          guard policy.mayActFor(partner.id), (input.partner ?? partner.id) == partner.id else {
            return [Agreement]()
          }
          return signed.filter { $0.partner == partner.id }.map { Agreement($0, with: partner) }
        }
    }
  }

  /// The edition, unless it is over. Throws `Problem.notFound`, `PartnersError.editionClosed`.
  func currentEdition(_ id: EditionID) async throws -> Edition {
    let edition = try await programmes.edition(id)
    guard edition.state != .closed else { throw PartnersError.editionClosed }
    return edition
  }
}

func agreement(
  of partner: PartnerID, for edition: EditionID, in connection: any Connection
) throws -> AgreementRow? {
  try connection.first(
    AgreementRow.self, "WHERE edition_id = \(edition) AND partner = \(partner)")
}

/// Nobody who is registered may find themselves outside the agreement.
private func refuseUncovered(by agreement: AgreementRow, in connection: any Connection) throws {
  let inUse = try connection.rows(
    """
    SELECT DISTINCT regime FROM partners_volunteer
    WHERE edition_id = \(agreement.editionId) AND partner = \(agreement.partner)
    AND withdrawn_at IS NULL AND claim_of IS NULL
    """
  ).compactMap { Regime(rawValue: try $0.get("regime")) }
  let uncovered = inOrder(inUse.filter { !agreement.regimes.contains($0) })
  guard uncovered.isEmpty else { throw PartnersError.regimesInUse(uncovered) }
}

private func regimeListFaults(_ regimes: [Regime], of partner: PartnerRow) -> [FieldProblem] {
  var faults: [FieldProblem] = []
  if regimes.isEmpty {
    faults.append(
      FieldProblem("regimes", en: "name at least one", fr: "indiquez-en au moins un"))
  }
  for (index, regime) in regimes.enumerated()
  where regime == .jobSeeker && partner.kind != .employmentAgency {
    faults.append(
      FieldProblem(
        "regimes[\(index)]", en: "job seekers are sent by employment agencies only",
        fr: "seules les agences de l’emploi envoient des demandeurs d’emploi"))
  }
  return faults
}

/// Each once, in the order of the contract, whatever the order they were given in.
func inOrder(_ regimes: [Regime]) -> [Regime] {
  Regime.allCases.filter { regimes.contains($0) }
}

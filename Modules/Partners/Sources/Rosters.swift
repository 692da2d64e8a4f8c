internal import Foundation
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  private struct ImportRoster: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    /// The file as it is, in base64: its encoding is for Parvis to find out.
    let csv: Bytes
  }
  private struct Imported: Codable, Sendable {
    let imported: Int
    let updated: Int
    let unchanged: Int
    /// People of the file who withdrew from the edition, and were left alone.
    let withdrawn: Int
    let ignoredColumns: [String]
  }

  var importRoster: Endpoint {
    .command(
      "partners.import-roster", .post, "/partners/{partner}/rosters", by: .staff(and: .partner),
      Words(
        en: "Register the people of a partner from a CSV file, all of them or none",
        fr: "Inscrire les personnes d’un partenaire depuis un fichier CSV, toutes ou aucune"),
      problems: ["partners/bad-roster", "partners/edition-closed"],
      asking: { input, context in
        let mayAct = try await host.read {
          try PartnersPolicy(context.actor, in: $0).mayActFor(input.partner)
        }
        guard mayAct else { throw Problem.notFound(PartnerRow.noun, input.partner) }
        _ = try await currentEdition(input.edition)
        return try Roster(reading: [UInt8](input.csv.data))
      }
    ) { (input: ImportRoster, roster, transaction) in
      let partner = try transaction.partner(input.partner)
      var roster = roster
      let known = try registered(in: input.edition, transaction)
      try refuseWhatDoesNotFit(&roster, partner, known, input.edition, transaction)
      guard roster.faults.isEmpty else {
        // Lines first, since what is found in the file and what in the database come apart.
        let inOrder = roster.faults.enumerated().sorted {
          ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
        }
        throw PartnersError.badRoster(inOrder.map(\.element.problem))
      }
      return try write(roster, of: partner.id, known, input.edition, transaction)
    }
  }

  private func refuseWhatDoesNotFit(
    _ roster: inout Roster, _ partner: PartnerRow, _ known: [EmailAddress: KnownPerson],
    _ edition: EditionID, _ transaction: Transaction
  ) throws {
    let agreed = try agreement(of: partner.id, for: edition, in: transaction)
    let objections = Dictionary(
      uniqueKeysWithValues: Regime.allCases.map {
        ($0, objection(to: $0, sentBy: partner, under: agreed))
      })
    let isStaff = try PartnersPolicy(transaction).isStaff
    for person in roster.people {
      if case .some(.some(let words)) = objections[person.regime] {
        roster.note(person.line, .regime, en: words.en, fr: words.fr)
      }
      // A contact may not claim somebody who came another way: they would then see their profile.
      guard let other = known[person.email], other.partner != partner.id,
        !(isStaff && other.partner == nil)
      else { continue }
      roster.note(
        person.line, .email,
        en: "“\(person.email)” cannot be put on this roster; ask the programme manager",
        fr:
          "« \(person.email) » ne peut figurer sur cette liste ; adressez-vous au responsable de programme"
      )
    }
  }

  private func write(
    _ roster: Roster, of partner: PartnerID, _ known: [EmailAddress: KnownPerson],
    _ edition: EditionID, _ transaction: Transaction
  ) throws -> Imported {
    var (imported, updated, unchanged, withdrawn) = (0, 0, 0, 0)
    for person in roster.people {
      if let old = known[person.email] {
        if old.withdrawnAt != nil {
          withdrawn += 1
        } else if old.agrees(with: person, of: partner) {
          unchanged += 1
        } else {
          try update(old.id, with: person, of: partner, transaction)
          updated += 1
        }
        continue
      }
      let row = VolunteerRow(
        id: transaction.newID(), version: 1, editionId: edition,
        sequence: try nextSequence(of: edition, in: transaction), partner: partner,
        name: person.name, email: person.email, language: person.language,
        regime: person.regime, service: person.service ?? nil, registeredAt: transaction.now)
      try transaction.insert(row)
      try transaction.emit(VolunteerRegistered(edition: edition, volunteer: row.id))
      imported += 1
    }
    return Imported(
      imported: imported, updated: updated, unchanged: unchanged, withdrawn: withdrawn,
      ignoredColumns: roster.ignored)
  }

  private func update(
    _ id: VolunteerID, with person: Roster.Person, of partner: PartnerID,
    _ transaction: Transaction
  ) throws {
    var row = try transaction.get(VolunteerRow.self, id)
    // Consent was given to the partner of that time.
    if row.partner != partner { row.profile?.consent = false }
    row.partner = partner
    row.name = person.name
    row.language = person.language
    row.regime = person.regime
    if let service = person.service { row.service = service }
    try transaction.update(&row)
  }
}

/// As much of a volunteer as a roster says: profiles stay in the database.
private struct KnownPerson: Decodable {
  let id: VolunteerID
  let email: EmailAddress
  let partner: PartnerID?
  let name: Name
  let language: Language
  let regime: Regime
  let service: Name?
  let withdrawnAt: Instant?

  func agrees(with person: Roster.Person, of partner: PartnerID) -> Bool {
    self.partner == partner && name == person.name && language == person.language
      && regime == person.regime && (person.service ?? service) == service
  }
}

/// The people of an edition by their address, in one query however long the roster is.
private func registered(
  in edition: EditionID, _ connection: any Connection
) throws -> [EmailAddress: KnownPerson] {
  let rows = try connection.rows(
    """
    SELECT id, email, partner, name, language, regime, service, withdrawn_at
    FROM partners_volunteer WHERE edition_id = \(edition)
    """)
  var known: [EmailAddress: KnownPerson] = [:]
  known.reserveCapacity(rows.count)
  for row in rows {
    let person = try row.decoded(as: KnownPerson.self)
    known[person.email] = person
  }
  return known
}

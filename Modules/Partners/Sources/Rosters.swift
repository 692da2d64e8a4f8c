internal import Foundation
internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  @UseCases var aboutRosters: [Endpoint] {
    previewRoster
    importRoster
  }

  /// Who a line is that looks like somebody registered under another address.
  enum AlikeChoice: String, Codable, CaseIterable, Sendable {
    /// Leave them out, and say so.
    case ask
    /// The same person: their address is changed.
    case same
    /// Somebody else of that name: they are registered.
    case other
  }
  struct ColumnMeaning: Codable, Sendable {
    let heading: Name
    let column: RosterColumn
  }
  struct RosterInput: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    /// The file as it is, in base64: its encoding is for Parvis to find out.
    let csv: Bytes
    /// What headings of the file mean beyond those that are known; kept for the partner's next file.
    let columns: [ColumnMeaning]?
    let alike: AlikeChoice?
  }

  var previewRoster: UseCase<RosterInput, RosterOutcome> {
    .command(
      "partners.preview-roster", .post, "/partners/{partner}/roster-previews",
      by: .staff(and: .partner),
      Words(
        en: "Say what a roster would change, and change nothing",
        fr: "Dire ce qu’une liste changerait, sans rien changer"),
      problems: ["partners/bad-roster", "partners/edition-closed"],
      asking: { input, context in
        try await read(
          [UInt8](input.csv.data), of: input.partner, in: input.edition,
          columns: input.columns ?? [], for: context.actor)
      }
    ) { (input: RosterInput, roster, transaction) in
      let partner = try transaction.partner(input.partner)
      return try plan(
        roster, of: partner, in: input.edition, input.alike ?? .ask, transaction
      ).outcome
    }
  }

  var importRoster: UseCase<RosterInput, RosterOutcome> {
    .command(
      "partners.import-roster", .post, "/partners/{partner}/rosters", by: .staff(and: .partner),
      Words(
        en: "Register the people of a partner from a CSV file, all of them or none",
        fr: "Inscrire les personnes d’un partenaire depuis un fichier CSV, toutes ou aucune"),
      problems: ["partners/bad-roster", "partners/edition-closed"],
      asking: { input, context in
        try await read(
          [UInt8](input.csv.data), of: input.partner, in: input.edition,
          columns: input.columns ?? [], for: context.actor)
      }
    ) { (input: RosterInput, roster, transaction) in
      let partner = try transaction.partner(input.partner)
      let plan = try plan(
        roster, of: partner, in: input.edition, input.alike ?? .ask, transaction)
      try remember(input.columns ?? [], for: partner.id, in: transaction)
      return try carryOut(plan, of: partner.id, in: input.edition, transaction)
    }
  }

  func read(
    _ bytes: [UInt8], of partner: PartnerID, in edition: EditionID, columns: [ColumnMeaning] = [],
    for actor: Actor
  ) async throws -> Roster {
    let remembered = try await host.read { connection in
      guard try PartnersPolicy(actor, in: connection).mayActFor(partner) else {
        throw Problem.notFound(PartnerRow.noun, partner)
      }
      return try columnMeanings(of: partner, in: connection)
    }
    _ = try await currentEdition(edition)
    let said = columns.map {
      (RosterHeading($0.heading.description).folded, $0.column)
    }
    let mapping = remembered.merging(said) { _, new in new }
    return try Roster(reading: bytes, mapping: mapping)
  }

  /// Sorts the people of a file into what is to be done with them. Throws `PartnersError.badRoster`
  /// with every fault, in the order of the lines.
  func plan(
    _ roster: Roster, of partner: PartnerRow, in edition: EditionID, _ alike: AlikeChoice,
    _ transaction: Transaction
  ) throws -> RosterPlan {
    let isStaff = try PartnersPolicy(transaction).isStaff
    if alike == .same && !isStaff {
      throw Problem.invalid(
        "alike", en: "is for the programme manager: only they change somebody’s address",
        fr: "revient au responsable de programme : lui seul change l’adresse d’une personne")
    }
    let known = try RegisteredPeople(of: edition, for: partner.id, in: transaction)
    var roster = roster
    try refuseRegimes(&roster, partner, edition, transaction)
    var plan = RosterPlan(roster, partner.id, known, alike)
    for person in plan.takenElsewhere {
      // A contact does not learn that the address takes part already: it becomes a claim, for staff.
      if isStaff, person.known.partner == nil {
        plan.attach(person)
      } else if isStaff {
        roster.note(
          person.person.line, .email,
          en: "“\(person.person.email)” is registered under another partner",
          fr: "« \(person.person.email) » est inscrit sous un autre partenaire")
      } else {
        plan.claim(person)
      }
    }
    guard roster.faults.isEmpty else {
      // Lines first, since what is found in the file and what in the database come apart.
      let inOrder = roster.faults.enumerated().sorted {
        ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
      }
      throw PartnersError.badRoster(inOrder.map(\.element.problem))
    }
    return plan
  }

  private func refuseRegimes(
    _ roster: inout Roster, _ partner: PartnerRow, _ edition: EditionID, _ transaction: Transaction
  ) throws {
    let agreed = try agreement(of: partner.id, for: edition, in: transaction)
    let objections = Dictionary(
      uniqueKeysWithValues: Regime.allCases.map {
        ($0, objection(to: $0, sentBy: partner, under: agreed))
      })
    for person in roster.people {
      if case .some(.some(let words)) = objections[person.regime] {
        roster.note(person.line, .regime, en: words.en, fr: words.fr)
      }
    }
  }
}

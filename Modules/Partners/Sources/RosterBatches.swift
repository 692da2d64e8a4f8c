internal import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

enum RosterBatchEntity {}
typealias RosterBatchID = ID<RosterBatchEntity>

/// One import of a roster.
struct RosterBatchRow: Record {
  static let table = "partners_batch"
  static let noun = Words(en: "import", fr: "import")

  let id: RosterBatchID
  let editionId: EditionID
  let partner: PartnerID
  let importedAt: Instant
  let imported: Int
  let updated: Int
  var undoneAt: Instant?
}

/// Somebody an import registered or changed.
struct RosterBatchLineRow: Record {
  static let table = "partners_batch_line"

  let id: ID<RosterBatchLineRow>
  let batch: RosterBatchID
  let volunteer: VolunteerID
  /// What the row was before; absent for somebody who was registered.
  let earlier: Earlier?
  /// The version the import left: another one means that somebody did something since.
  let version: Int

  struct Earlier: Codable, Sendable {
    let partner: PartnerID?
    let name: Name
    let email: EmailAddress
    let language: Language
    let regime: Regime
    let service: Name?
    let consent: Bool?
  }
}

extension PartnersModule {
  @UseCases var aboutRosterBatches: [Endpoint] {
    listRosters
    undoRoster
  }

  struct ListBatches: Codable, Sendable {
    let partner: PartnerID
    let edition: EditionID
    let after: PageMark?
    let limit: PageSize?
  }
  struct OneBatch: Codable, Sendable {
    let batch: RosterBatchID
  }
  struct Batch: Codable, Sendable {
    let id: RosterBatchID
    let partner: PartnerID
    let edition: EditionID
    let importedAt: Instant
    let imported: Int
    let updated: Int
    let undoneAt: Instant?
  }
  struct UndoneRoster: Codable, Sendable {
    let batch: RosterBatchID
    /// Who was registered and had not been written to: they are gone.
    let removed: Int
    /// Who had been written to: they are withdrawn, and told.
    let withdrawn: Int
    /// Whose row is again what it was.
    let restored: Int
  }

  var listRosters: UseCase<ListBatches, Page<Batch>> {
    .query(
      "partners.rosters", "/partners/{partner}/rosters", by: .staff(and: .partner),
      Words(
        en: "List the rosters a partner imported for an edition, the last one first",
        fr: "Lister les listes importées par un partenaire pour une édition, la dernière d’abord"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (input: ListBatches, edition, transaction) in
      try transaction.page(
        RosterBatchRow.self,
        where: "partner = \(transaction.partner(input.partner).id) AND edition_id = \(edition)",
        by: "imported_at", "id", descending: true, after: input.after, limit: input.limit
      ).map {
        Batch(
          id: $0.id, partner: $0.partner, edition: $0.editionId, importedAt: $0.importedAt,
          imported: $0.imported, updated: $0.updated, undoneAt: $0.undoneAt)
      }
    }
  }

  var undoRoster: UseCase<OneBatch, UndoneRoster> {
    .command(
      "partners.undo-roster", .delete, "/rosters/{batch}", by: .staff(and: .partner),
      Words(
        en: "Take an imported roster back, while nobody in it has done anything since",
        fr: "Annuler une liste importée, tant que personne n’y a rien fait depuis"),
      problems: ["partners/roster-in-use", "partners/roster-undone"]
    ) { (input: OneBatch, transaction) in
      guard var batch = try transaction.find(RosterBatchRow.self, input.batch),
        try PartnersPolicy(transaction).mayActFor(batch.partner)
      else { throw Problem.notFound(RosterBatchRow.noun, input.batch) }
      guard batch.undoneAt == nil else { throw PartnersError.rosterUndone }
      let lines = try transaction.select(
        RosterBatchLineRow.self, "WHERE batch = \(batch.id) ORDER BY id")
      let rows = try lines.map { line in
        (line, try transaction.find(VolunteerRow.self, line.volunteer))
      }
      let inTheWay = rows.filter { line, row in row?.version != line.version }
      guard inTheWay.isEmpty else {
        throw PartnersError.rosterInUse(inTheWay.compactMap { $0.1?.name }.alphabetical { $0 })
      }
      var counts = (removed: 0, withdrawn: 0, restored: 0)
      for case (let line, var row?) in rows {
        if let earlier = line.earlier {
          row.restore(earlier)
          try transaction.update(&row)
          counts.restored += 1
        } else if row.inviteAt != nil {
          try transaction.delete(VolunteerRow.self, row.id)
          counts.removed += 1
        } else {
          try withdraw(&row, Paragraph("The roster was taken back."), in: transaction)
          counts.withdrawn += 1
        }
      }
      batch.undoneAt = transaction.now
      try transaction.update(batch)
      return UndoneRoster(
        batch: batch.id, removed: counts.removed, withdrawn: counts.withdrawn,
        restored: counts.restored)
    }
  }

  /// Writes what a plan says, as one batch.
  func carryOut(
    _ plan: RosterPlan, of partner: PartnerID, in edition: EditionID, _ transaction: Transaction
  ) throws -> RosterOutcome {
    var outcome = plan.outcome
    guard !plan.newcomers.isEmpty || !plan.changes.isEmpty else { return outcome }
    let batch = RosterBatchRow(
      id: transaction.newID(), editionId: edition, partner: partner, importedAt: transaction.now,
      imported: outcome.imported, updated: outcome.updated)
    try transaction.insert(batch)
    outcome.batch = batch.id
    for met in plan.changes {
      var row = try transaction.get(VolunteerRow.self, met.known.id)
      let earlier = RosterBatchLineRow.Earlier(row)
      row.take(met.person, of: partner)
      try transaction.update(&row)
      try transaction.insert(
        RosterBatchLineRow(
          id: transaction.newID(), batch: batch.id, volunteer: row.id, earlier: earlier,
          version: row.version))
    }
    let inviteAt = try invitationTime(of: edition, in: transaction)
    outcome.added = []
    for (person, claimOf) in plan.newcomers {
      var row = VolunteerRow(
        id: transaction.newID(), version: 1, editionId: edition,
        sequence: try nextSequence(of: edition, in: transaction), partner: partner,
        name: person.name, email: person.email, language: person.language,
        regime: person.regime, service: person.service ?? nil, registeredAt: transaction.now)
      row.inviteAt = inviteAt
      if let claimOf { row.claim(claimOf) }
      try transaction.insert(row)
      try announce(row, in: transaction)
      try transaction.insert(
        RosterBatchLineRow(
          id: transaction.newID(), batch: batch.id, volunteer: row.id, earlier: nil, version: 1))
      if outcome.added.count < 500 { outcome.added.append(.init(person, row.id)) }
    }
    if !plan.newcomers.isEmpty { outcome.invitationsAt = inviteAt }
    return outcome
  }
}

extension RosterBatchLineRow.Earlier {
  init(_ row: VolunteerRow) {
    partner = row.partner
    name = row.name
    email = row.email
    language = row.language
    regime = row.regime
    service = row.service
    consent = row.profile?.consent
  }
}

extension VolunteerRow {
  fileprivate mutating func restore(_ earlier: RosterBatchLineRow.Earlier) {
    partner = earlier.partner
    name = earlier.name
    email = earlier.email
    language = earlier.language
    regime = earlier.regime
    service = earlier.service
    if let consent = earlier.consent { profile?.consent = consent }
  }

  fileprivate mutating func take(_ person: Roster.Person, of partner: PartnerID) {
    // Consent was given to the partner of that time.
    if self.partner != partner { profile?.consent = false }
    self.partner = partner
    name = person.name
    language = person.language
    regime = person.regime
    if claimOf == nil { email = person.email } else { claimedEmail = person.email }
    if let service = person.service { self.service = service }
  }
}

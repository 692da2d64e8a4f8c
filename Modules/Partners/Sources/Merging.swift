internal import Kernel
internal import PartnersAPI

typealias MergeID = PartnerMergeID

/// Two rows that were one: what was moved and what was there before, so that it can be taken back.
struct MergeRow: Record {
  static let table = "partners_merge"
  static let noun = Words(en: "merge", fr: "fusion")
  static let daysToUndo: Int64 = 30

  let id: MergeID
  /// The partner or volunteer that is left, and the one that went.
  let kept: String
  let gone: String
  let partners: MergedPartner?
  let volunteer: VolunteerRow?
  let mergedAt: Instant
  var undoneAt: Instant?

  /// What the one that went was called.
  var goneName: Name? { volunteer?.name ?? partners?.gone.name }
}

/// The latest first.
func undoableMerges(in transaction: Transaction) throws -> [MergeRow] {
  let since = transaction.now.advanced(byDays: -Int64(MergeRow.daysToUndo))
  return try transaction.select(
    MergeRow.self,
    "WHERE undone_at IS NULL AND merged_at > \(since) ORDER BY merged_at DESC, id DESC")
}

extension PartnersModule {
  @UseCases var aboutMerging: [Endpoint] {
    mergeVolunteers
    undoMerge
  }

  struct Volunteers: Codable, Sendable {
    let volunteer: VolunteerID
    /// The one that goes: registered, without a profile.
    let other: VolunteerID
  }
  struct Undo: Codable, Sendable {
    let merge: MergeID
    /// Whose each is who came to a partner since the merge.
    let destinations: [PartnerDestination]?
  }
  /// A contact or a volunteer, and one of the two partners.
  struct PartnerDestination: Codable, Sendable {
    let contact: PartnerContactID?
    let volunteer: VolunteerID?
    let partner: PartnerID
  }
  struct UndoneMerge: Codable, Sendable {
    let id: MergeID
    let merge: MergeID
    let kept: String
    let back: String
  }
  struct Merged: Codable, Sendable {
    let id: MergeID
    let merge: MergeID
    let kept: String
    let gone: String
    /// Until when it can be taken back.
    let undoableUntil: Instant

    init(_ row: MergeRow) {
      id = row.id
      merge = row.id
      kept = row.kept
      gone = row.gone
      undoableUntil = row.mergedAt.advanced(byDays: MergeRow.daysToUndo)
    }
  }

  var mergeVolunteers: UseCase<Volunteers, Merged> {
    .command(
      "partners.merge-volunteers", .post, "/volunteers/{volunteer}/merges", by: .staff,
      Words(
        en: "Make one of somebody who was registered twice; the one without a profile goes",
        fr: "Réunir une personne inscrite deux fois ; l’inscription sans profil disparaît"),
      problems: ["partners/not-mergeable"]
    ) { (input: Volunteers, transaction) in
      let kept = try visibleVolunteer(input.volunteer, to: transaction.actor, in: transaction)
      let gone = try visibleVolunteer(input.other, to: transaction.actor, in: transaction)
      guard kept.id != gone.id, kept.editionId == gone.editionId else {
        throw Problem.invalid(
          "other", en: "must be another registration in the same edition",
          fr: "doit être une autre inscription de la même édition")
      }
      // Whoever has no profile was never matched, so nothing elsewhere points to them.
      guard gone.completedAt == nil else { throw PartnersError.notMergeable(gone.name) }
      let row = MergeRow(
        id: transaction.newID(), kept: kept.id.description, gone: gone.id.description,
        partners: nil, volunteer: gone, mergedAt: transaction.now)
      try transaction.delete(VolunteerRow.self, gone.id)
      try transaction.execute(
        """
        UPDATE partners_volunteer SET claim_of = \(kept.id) WHERE claim_of = \(gone.id)
        """)
      try transaction.insert(row)
      return Merged(row)
    }
  }

  var undoMerge: UseCase<Undo, UndoneMerge> {
    .command(
      "partners.undo-merge", .delete, "/partner-merges/{merge}", by: .staff,
      Words(
        en: "Take a merge back, within \(MergeRow.daysToUndo) days",
        fr: "Défaire une fusion, dans les \(MergeRow.daysToUndo) jours"),
      problems: ["partners/merge-over", "partners/came-since"]
    ) { (input: Undo, transaction) in
      guard var row = try transaction.find(MergeRow.self, input.merge) else {
        throw Problem.notFound(MergeRow.noun, input.merge)
      }
      guard row.undoneAt == nil,
        transaction.now < row.mergedAt.advanced(byDays: MergeRow.daysToUndo)
      else {
        throw PartnersError.mergeOver
      }
      if let volunteer = row.volunteer {
        let taken = try transaction.count(
          VolunteerRow.self,
          "WHERE edition_id = \(volunteer.editionId) AND email = \(volunteer.email)")
        guard taken == 0 else { throw PartnersError.alreadyRegistered(volunteer.email) }
        try transaction.insert(volunteer)
      }
      if let partners = row.partners {
        // What went on in a later merge is not here to go back: that one is taken back first.
        let later = try transaction.count(
          MergeRow.self,
          """
          WHERE partners IS NOT NULL AND undone_at IS NULL AND id <> \(row.id)
            AND (gone = \(row.kept) OR kept = \(row.kept) AND merged_at > \(row.mergedAt))
          """)
        guard later == 0 else { throw PartnersError.mergeOver }
        let since = try SincePartnerMerge(partners, in: transaction)
        let going = try since.going(by: input.destinations ?? [])
        try partners.restore(in: transaction)
        try since.move(going, in: transaction)
        try transaction.emit(
          PartnersParted(
            merge: row.id, kept: partners.kept, back: partners.gone.id, name: partners.gone.name,
            volunteers: partners.volunteers + going.volunteers))
      }
      row.undoneAt = transaction.now
      try transaction.update(row)
      return UndoneMerge(id: row.id, merge: row.id, kept: row.kept, back: row.gone)
    }
  }
}

/// Who somebody is who was merged into another; nil where nobody was.
func survivor<Entity>(of id: ID<Entity>, in connection: any Connection) throws -> ID<Entity>? {
  try connection.first(
    MergeRow.self, "WHERE gone = \(id) AND undone_at IS NULL"
  ).flatMap { ID<Entity>($0.kept) }
}

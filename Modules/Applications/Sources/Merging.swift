internal import ApplicationsAPI
internal import Kernel

/// Two organisations that were one: what was moved and what was there before, so that it can be taken back.
struct MergeRow: Record {
  static let table = "applications_merge"
  static let noun = Words(en: "merge", fr: "fusion")
  static let daysToUndo: Int64 = 30

  let id: OrganisationMergeID
  /// The organisation that is left, and the one that went.
  let kept: OrganisationID
  let gone: OrganisationID
  let moved: MovedOrganisation
  let mergedAt: Instant
  var undoneAt: Instant?

  var undoableUntil: Instant { mergedAt.advanced(byDays: Self.daysToUndo) }
}

/// When a merge was.
private struct MergeHead: Record {
  static let table = MergeRow.table
  static let columns: StaticString = "id, merged_at"

  let id: OrganisationMergeID
  let mergedAt: Instant
}

/// What bears another id since a merge: an organisation, a member, an application.
struct FormerRow: Record {
  static let table = "applications_former"

  let id: String
  let present: String
  let merge: OrganisationMergeID
}

extension Connection {
  /// The id that stands for `id` now: itself, unless it was merged into another.
  func present<Entity>(_ id: ID<Entity>) throws -> ID<Entity> {
    var id = id
    // What a merge left may have gone in a later one; never in a circle, since what went is not there
    // to be kept.
    while let former = try find(FormerRow.self, id.description),
      let next = ID<Entity>(former.present)
    { id = next }
    return id
  }

  /// The organisation, also under an id it had before a merge. Throws `Problem.notFound`.
  func organisation(_ id: OrganisationID) throws -> OrganisationRow {
    if let row = try find(OrganisationRow.self, id) { return row }
    guard let row = try find(OrganisationRow.self, present(id)) else {
      throw Problem.notFound(OrganisationRow.noun, id)
    }
    return row
  }

  /// The member, also under an id they had before a merge.
  func member(_ id: MemberID) throws -> MemberRow? {
    try find(MemberRow.self, id) ?? find(MemberRow.self, present(id))
  }
}

extension ApplicationsModule {
  @UseCases var aboutMerging: [Endpoint] {
    mergeOrganisations
    undoMerge
    listMerges
  }

  struct Organisations: Codable, Sendable {
    let organisation: OrganisationID
    /// The one that goes.
    let other: OrganisationID
  }
  struct OneMerge: Codable, Sendable {
    let merge: OrganisationMergeID
  }
  struct UndoOrganisationMerge: Codable, Sendable {
    let merge: OrganisationMergeID
    /// Whose is what came since the merge, each of it.
    let destinations: [Destination]?
  }
  /// An application or a member, and one of the two organisations.
  struct Destination: Codable, Sendable {
    let application: ApplicationID?
    let member: MemberID?
    let organisation: OrganisationID
  }
  struct MergeView: Codable, Sendable {
    let id: OrganisationMergeID
    let kept: OrganisationID
    let gone: OrganisationID
    /// What the one that went was called.
    let goneName: Name
    let mergedAt: Instant
    /// Until when it can be taken back.
    let undoableUntil: Instant

    init(_ row: MergeRow) {
      id = row.id
      kept = row.kept
      gone = row.gone
      goneName = row.moved.gone.name
      mergedAt = row.mergedAt
      undoableUntil = row.undoableUntil
    }
  }

  var mergeOrganisations: UseCase<Organisations, MergeView> {
    .command(
      "applications.merge-organisations", .post, "/organisations/{organisation}/merges",
      by: .staff,
      Words(
        en: "Make one of an organisation that was registered twice: people and applications move",
        fr: "Réunir une organisation inscrite deux fois : membres et candidatures suivent"),
      problems: ["applications/both-apply"]
    ) { (input: Organisations, transaction) in
      let kept = try transaction.organisation(input.organisation)
      let gone = try transaction.organisation(input.other)
      guard kept.id != gone.id else {
        throw Problem.invalid(
          "other", en: "must be another organisation", fr: "doit être une autre organisation")
      }
      let id: OrganisationMergeID = transaction.newID()
      let moved = try MovedOrganisation(gone, into: kept, in: transaction)
      let row = MergeRow(
        id: id, kept: kept.id, gone: gone.id, moved: moved, mergedAt: transaction.now)
      try transaction.insert(row)
      for (former, present) in moved.former {
        try transaction.insert(FormerRow(id: former, present: present, merge: id))
      }
      try moved.move(in: transaction)
      try keepStandings(of: kept.id, in: transaction)
      try transaction.emit(
        OrganisationsMerged(merge: id, kept: kept.id, gone: gone.id, name: kept.name))
      return MergeView(row)
    }
  }

  var undoMerge: UseCase<UndoOrganisationMerge, MergeView> {
    .command(
      "applications.undo-merge", .delete, "/organisation-merges/{merge}", by: .staff,
      Words(
        en: "Take a merge of organisations back, within \(MergeRow.daysToUndo) days",
        fr: "Défaire une fusion d’organisations, dans les \(MergeRow.daysToUndo) jours"),
      problems: [
        "applications/merge-over", "applications/came-since",
      ]
    ) { (input: UndoOrganisationMerge, transaction) in
      guard let head = try transaction.find(MergeHead.self, input.merge) else {
        throw Problem.notFound(MergeRow.noun, input.merge)
      }
      // What an old one moved is no longer kept.
      guard head.mergedAt.advanced(byDays: MergeRow.daysToUndo) > transaction.now,
        var row = try transaction.find(MergeRow.self, input.merge)
      else { throw ApplicationsError.mergeOver }
      // Where the kept one went in a later merge, that one is taken back first; so is a later one into it.
      let later = try transaction.count(
        MergeRow.self,
        """
        WHERE kept = \(row.kept) AND undone_at IS NULL
          AND (merged_at > \(row.mergedAt) OR merged_at = \(row.mergedAt) AND id > \(row.id))
        """)
      guard row.undoneAt == nil, transaction.now < row.undoableUntil, later == 0,
        let kept = try transaction.find(OrganisationRow.self, row.kept)
      else { throw ApplicationsError.mergeOver }
      let since = try SinceMerge(row, in: transaction)
      let going = try since.going(by: input.destinations ?? [])
      try transaction.execute("DELETE FROM applications_former WHERE merge = \(row.id)")
      try row.moved.restore(from: kept, in: transaction)
      try going.move(to: row.moved.gone, in: transaction)
      try keepStandings(of: kept.id, in: transaction)
      try keepStandings(of: row.gone, in: transaction)
      row.undoneAt = transaction.now
      try transaction.update(row)
      try transaction.emit(
        OrganisationsParted(
          merge: row.id, kept: row.kept, back: row.gone, name: row.moved.gone.name,
          applications: try transaction.applications(of: row.gone).map(\.id)))
      return MergeView(row)
    }
  }

  var listMerges: UseCase<Nothing, [MergeView]> {
    .query(
      "applications.merges", "/organisation-merges", by: .staff,
      Words(
        en: "List the merges of organisations that can still be taken back",
        fr: "Lister les fusions d’organisations encore réversibles")
    ) { (_: Nothing, transaction) in try undoableMerges(in: transaction).map(MergeView.init) }
  }
}

/// The latest first.
func undoableMerges(in transaction: Transaction) throws -> [MergeRow] {
  let since = transaction.now.advanced(byDays: -Int64(MergeRow.daysToUndo))
  return try transaction.select(
    MergeRow.self,
    "WHERE undone_at IS NULL AND merged_at > \(since) ORDER BY merged_at DESC, id DESC")
}

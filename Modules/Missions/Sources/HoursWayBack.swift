internal import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

/// Up to which day the hours of an edition were reported, and are closed.
struct ClosedHoursRow: Record {
  static let table = "missions_closed_hours"

  let id: EditionID
  let through: Day
  let closedAt: Instant
}

extension MissionsModule {
  @UseCases var aboutHoursWayBack: [Endpoint] {
    reverseHours
    closeHours
    reopenHours
    showClosedHours
  }

  struct Reverse: Codable, Sendable {
    let entry: HoursEntryID
    let version: Int?
    let reason: Paragraph
  }
  struct CloseHours: Codable, Sendable {
    let edition: EditionID
    /// The last day that is closed.
    let through: Day
  }
  struct Closed: Codable, Sendable {
    let edition: EditionID
    /// Nil while every day is open.
    let through: Day?
  }

  var reverseHours: UseCase<Reverse, HoursView> {
    .command(
      "missions.reverse-hours", .post, "/hours/{entry}/reversal", by: .staff,
      Words(
        en:
          "Take validated hours back by an entry that counters them; the right ones are logged anew",
        fr: "Reprendre du temps validé par une écriture inverse ; le bon temps se saisit à nouveau"),
      problems: ["missions/hours-state", "missions/hours-reversed"],
      asking: { _, context in try await viewer(of: context) }
    ) { (input: Reverse, viewer, transaction) in
      var row = try transaction.get(HoursRow.self, input.entry)
      try row.expect(version: input.version)
      guard row.state == .validated else { throw MissionsError.hoursState(row.state) }
      let known = try transaction.count(HoursRow.self, "WHERE counters = \(row.id)")
      guard row.counters == nil, known == 0 else { throw MissionsError.hoursReversed }
      // Moves the version on: of two who take it back at once, one is told.
      try transaction.update(&row)
      var counter = HoursRow(
        id: transaction.newID(), editionId: row.editionId, version: 1, mission: row.mission,
        volunteer: row.volunteer, name: row.name, regime: row.regime, partner: row.partner,
        partnerName: row.partnerName, day: row.day, minutes: -row.minutes, note: row.note,
        state: .validated, remark: input.reason, loggedBy: viewer.actor.description,
        loggedAt: transaction.now, decidedBy: viewer.actor.description, decidedAt: transaction.now)
      counter.counters = row.id
      if try transaction.isClosed(row.day, in: row.editionId) { counter.late = input.reason }
      try transaction.insert(counter)
      try transaction.emit(
        HoursReversed(
          edition: row.editionId, mission: row.mission, entry: row.id, volunteer: row.volunteer,
          minutes: row.minutes, day: row.day, reason: input.reason))
      return HoursView(counter, for: viewer)
    }
  }

  var closeHours: UseCase<CloseHours, Closed> {
    .command(
      "missions.close-hours", .put, "/editions/{edition}/closed-hours", by: .staff,
      Words(
        en: "Close the hours up to a day that was reported; later entries for it need staff",
        fr: "Arrêter les heures jusqu’à un jour déclaré ; ensuite, l’équipe seule en ajoute"),
      asking: { input, _ in try await programmes.edition(input.edition) }
    ) { (input: CloseHours, edition, transaction) in
      guard input.through < edition.zone.day(of: transaction.now) else {
        throw Problem.invalid(
          "through", en: "is not over yet", fr: "n’est pas encore passé")
      }
      try transaction.delete(ClosedHoursRow.self, edition.id)
      try transaction.insert(
        ClosedHoursRow(id: edition.id, through: input.through, closedAt: transaction.now))
      return Closed(edition: edition.id, through: input.through)
    }
  }

  var reopenHours: UseCase<OfEdition, Closed> {
    .command(
      "missions.reopen-hours", .delete, "/editions/{edition}/closed-hours", by: .staff,
      Words(
        en: "Open every day of an edition to hours again",
        fr: "Rouvrir à la saisie tous les jours d’une édition"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (_: OfEdition, edition, transaction) in
      try transaction.delete(ClosedHoursRow.self, edition)
      return Closed(edition: edition, through: nil)
    }
  }

  var showClosedHours: UseCase<OfEdition, Closed> {
    .query(
      "missions.closed-hours", "/editions/{edition}/closed-hours",
      by: .staff(and: .member, .volunteer),
      Words(
        en: "Show up to which day the hours of an edition are closed",
        fr: "Montrer jusqu’à quel jour les heures d’une édition sont arrêtées"),
      asking: { input, _ in try await programmes.edition(input.edition).id }
    ) { (_: OfEdition, edition, transaction) in
      Closed(edition: edition, through: try transaction.find(ClosedHoursRow.self, edition)?.through)
    }
  }
}

extension Connection {
  func isClosed(_ day: Day, in edition: EditionID) throws -> Bool {
    try find(ClosedHoursRow.self, edition).map { day <= $0.through } ?? false
  }

  /// Entries as their viewer may see them, with what became of them and of the names they keep.
  func hoursViews(_ rows: [HoursRow], for viewer: Viewer) throws -> [HoursView] {
    let counters = Dictionary(
      try select(
        HoursRow.self, "WHERE counters IN \(list: rows.map(\.id)) ORDER BY id"
      ).compactMap { row in row.counters.map { ($0, row.id) } }
    ) { first, _ in first }
    let names = Dictionary(
      try select(MemberRow.self, "WHERE volunteer IN \(list: rows.map(\.volunteer))")
        .map { ($0.volunteer, $0.name) }
    ) { first, _ in first }
    return rows.map {
      HoursView(
        $0, for: viewer, presentName: names[$0.volunteer], counteredBy: counters[$0.id])
    }
  }
}

extension Transaction {
  /// Refuses an entry for a day whose hours were closed, unless staff say why it comes late; returns
  /// why, when it was needed.
  func letIn(
    _ row: HoursRow, because reason: Paragraph?, _ viewer: Viewer
  ) throws -> Paragraph? {
    guard let closed = try find(ClosedHoursRow.self, row.editionId), row.day <= closed.through
    else { return nil }
    guard viewer.actor.isStaff, let reason else {
      throw MissionsError.hoursClosed(through: closed.through)
    }
    return reason
  }
}

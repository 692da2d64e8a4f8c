internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel

/// What a merge of organisations moved here.
struct MovedRow: Record {
  static let table = "accompaniment_moved"

  let id: OrganisationMergeID
  let journeys: [JourneyID]
  let briefs: [BriefID]
  /// Nil for one of before that was noted.
  var movedAt: Instant?
}

extension AccompanimentModule {
  /// Journeys and briefs are the organisation's that is left.
  var followMerge: Subscription {
    .on(OrganisationsMerged.self, "accompaniment.follow-merge") { event, transaction in
      guard try transaction.find(MovedRow.self, event.merge) == nil else { return }
      let theirs = try journeys(of: event.gone, in: transaction)
      let own = try journeys(of: event.kept, in: transaction)
      // An organisation has one journey an edition. Where both had one, one of the two is over: it stays
      // under the id that went, and under the name that is left.
      let moving = theirs.filter { row in
        own.first { $0.editionId == row.editionId }.map { $0.endedAt != nil } ?? true
      }
      let over = own.filter { row in moving.contains { $0.editionId == row.editionId } }
      let row = MovedRow(
        id: event.merge, journeys: moving.map(\.id),
        briefs: try transaction.select(
          BriefRow.self, "WHERE journey IN \(list: moving.map(\.id)) ORDER BY id"
        ).map(\.id), movedAt: transaction.now)
      try transaction.insert(row)
      try exchange(over, of: event.gone, moving, of: event.kept, in: transaction)
      for table: SQL in ["accompaniment_journey", "accompaniment_brief"] {
        try transaction.execute(
          """
          UPDATE \(part: table) SET organisation_name = \(event.name),
            organisation_order = \(SortKey(event.name).stored)
          WHERE organisation IN \(list: [event.kept, event.gone])
          """)
      }
    }
  }

  /// What was moved goes back; so does what began since, where it came of an application that is the
  /// other’s.
  var followParting: Subscription {
    .on(OrganisationsParted.self, "accompaniment.follow-parting") { event, transaction in
      guard let moved = try transaction.find(MovedRow.self, event.merge) else { return }
      let moving = try transaction.select(
        JourneyRow.self,
        """
        WHERE id IN \(list: moved.journeys)
          OR organisation = \(event.kept) AND application IN \(list: event.applications ?? [])
        ORDER BY id
        """)
      // What the one that was kept had before comes back to it.
      let waiting = try journeys(of: event.back, in: transaction).filter { row in
        moving.contains { $0.editionId == row.editionId && $0.id != row.id }
      }
      try exchange(waiting, of: event.kept, moving, of: event.back, in: transaction)
      for table: SQL in ["accompaniment_journey", "accompaniment_brief"] {
        try transaction.execute(
          """
          UPDATE \(part: table) SET organisation_name = \(event.name),
            organisation_order = \(SortKey(event.name).stored)
          WHERE organisation = \(event.back)
          """)
      }
      try transaction.execute("DELETE FROM accompaniment_moved WHERE id = \(event.merge)")
      let briefs = try transaction.select(
        BriefRow.self, "WHERE journey IN \(list: moving.map(\.id)) ORDER BY id")
      try transaction.emit(
        JourneysReturned(
          organisation: event.back, name: event.name, briefs: briefs.map(\.id)))
    }
  }

  /// Gives the journeys of two organisations to one another, where an edition may have one of each.
  private func exchange(
    _ first: [JourneyRow], of other: OrganisationID, _ second: [JourneyRow],
    of one: OrganisationID, in transaction: Transaction
  ) throws {
    for row in first {
      // Under its own id for a moment: nothing else is called so.
      try transaction.execute(
        "UPDATE accompaniment_journey SET organisation = \(row.id) WHERE id = \(row.id)")
    }
    for (rows, owner) in [(second, one), (first, other)] {
      let ids = rows.map(\.id)
      try transaction.execute(
        "UPDATE accompaniment_journey SET organisation = \(owner) WHERE id IN \(list: ids)")
      try transaction.execute(
        "UPDATE accompaniment_brief SET organisation = \(owner) WHERE journey IN \(list: ids)")
    }
  }

  private func journeys(
    of organisation: OrganisationID, in connection: any Connection
  ) throws -> [JourneyRow] {
    try connection.select(
      JourneyRow.self, "WHERE organisation = \(organisation) ORDER BY started_at, id")
  }
}

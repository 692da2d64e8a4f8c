internal import AccompanimentAPI
internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI

/// What a merge of organisations or partners moved here: the ids of rows, by table.
struct MovedRow: Record {
  static let table = "missions_moved"

  /// The merge.
  let id: String
  let rows: [String: [String]]
  /// Nil for one of before that was noted.
  var movedAt: Instant?
}

// Two organisations or partners that became one are one here, too: what was validated under the name
// that went is counted with the other, and keeps that name.
extension MissionsModule {
  var followingMerges: [Subscription] {
    [
      .on(OrganisationsMerged.self, "missions.follow-organisation-merge") { event, transaction in
        try transaction.move(
          from: event.gone.description, to: event.kept.description, event.name,
          because: event.merge.description, Self.ofOrganisations)
      },
      .on(OrganisationsParted.self, "missions.follow-organisation-parting") { event, transaction in
        try transaction.moveBack(
          from: event.kept.description, to: event.back.description, event.name,
          because: event.merge.description, Self.ofOrganisations)
      },
      // Those that began since the merge are whose their briefs are.
      .on(JourneysReturned.self, "missions.follow-journeys-returned") { event, transaction in
        try transaction.execute(
          """
          UPDATE missions_mission
          SET organisation = \(event.organisation), organisation_name = \(event.name)
          WHERE brief IN \(list: event.briefs)
          """)
      },
      .on(PartnersMerged.self, "missions.follow-partner-merge") { event, transaction in
        try transaction.move(
          from: event.gone.description, to: event.kept.description, event.name,
          because: event.merge.description, Self.ofPartners, people: event.volunteers)
      },
      .on(PartnersParted.self, "missions.follow-partner-parting") { event, transaction in
        try transaction.moveBack(
          from: event.kept.description, to: event.back.description, event.name,
          because: event.merge.description, Self.ofPartners, people: event.volunteers)
      },
    ]
  }

  private static let ofOrganisations = [
    Copy("missions_mission", "organisation", "organisation_name")
  ]
  private static let ofPartners = [
    Copy("missions_member", "partner", "partner_name"),
    Copy("missions_regime_change", "partner", "partner_name"),
    Copy("missions_hours", "partner", "partner_name", keeps: "state = 'validated'"),
  ]
}

/// Where an id stands beside the name it had.
private struct Copy: Sendable {
  let table: StaticString
  let column: SQL
  let nameColumn: SQL
  /// Rows that keep the name they have.
  let keeps: SQL

  init(_ table: StaticString, _ column: SQL, _ nameColumn: SQL, keeps: SQL = "1 = 0") {
    self.table = table
    self.column = column
    self.nameColumn = nameColumn
    self.keeps = keeps
  }

  var name: SQL { SQL(stringLiteral: table) }
  /// Under which rows are noted that the one that is kept had itself.
  var ownKey: String { "\(table) before" }
}

extension Transaction {
  fileprivate func move(
    from gone: String, to kept: String, _ name: Name, because merge: String, _ copies: [Copy],
    people: [VolunteerID]? = nil
  ) throws {
    guard try find(MovedRow.self, merge) == nil else { return }
    var moved: [String: [String]] = [:]
    for copy in copies {
      let ids = try rows(
        "SELECT id FROM \(part: copy.name) WHERE \(part: copy.column) = \(gone) ORDER BY id"
      ).map { try $0.get("id", as: String.self) }
      moved["\(copy.table)"] = ids
      if let people { moved[copy.ownKey] = try rows(of: kept, about: people, in: copy) }
      try give(ids, of: gone, to: kept, name, in: copy)
    }
    try insert(MovedRow(id: merge, rows: moved, movedAt: now))
  }

  /// `people` go back: what was written about them since the merge goes with them.
  fileprivate func moveBack(
    from kept: String, to back: String, _ name: Name, because merge: String, _ copies: [Copy],
    people: [VolunteerID] = []
  ) throws {
    guard let moved = try find(MovedRow.self, merge) else { return }
    // What went on to somebody else meanwhile stays there.
    for copy in copies {
      var ids = moved.rows["\(copy.table)"] ?? []
      // Where it was not noted what they had with the one that was kept, nobody can tell.
      if let own = moved.rows[copy.ownKey] {
        let known = Set(own + ids)
        ids += try rows(of: kept, about: people, in: copy).filter { !known.contains($0) }
      }
      try give(ids, of: kept, to: back, name, in: copy)
    }
    try execute("DELETE FROM missions_moved WHERE id = \(merge)")
  }

  /// The ids of the rows about some people that name a partner.
  private func rows(
    of partner: String, about people: [VolunteerID], in copy: Copy
  ) throws -> [String] {
    try stride(from: 0, to: people.count, by: 1000).flatMap { start in
      try rows(
        """
        SELECT id FROM \(part: copy.name) WHERE \(part: copy.column) = \(partner)
          AND volunteer IN \(list: Array(people[start..<min(start + 1000, people.count)])) ORDER BY id
        """
      ).map { try $0.get("id", as: String.self) }
    }
  }

  private func give(
    _ ids: [String], of former: String, to owner: String, _ name: Name, in copy: Copy
  ) throws {
    for start in stride(from: 0, to: ids.count, by: 1000) {
      let part = Array(ids[start..<min(start + 1000, ids.count)])
      try execute(
        """
        UPDATE \(part: copy.name) SET \(part: copy.column) = \(owner),
          \(part: copy.nameColumn) = CASE WHEN \(part: copy.keeps) THEN \(part: copy.nameColumn)
            ELSE \(name) END
        WHERE id IN \(list: part) AND \(part: copy.column) = \(former)
        """)
    }
  }
}

internal import ApplicationsAPI
internal import Kernel
internal import PartnersAPI

/// What a merge of organisations or partners moved here: the ids of rows, by table.
struct MovedRow: Record {
  static let table = "missions_moved"

  /// The merge.
  let id: String
  let rows: [String: [String]]
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
      .on(PartnersMerged.self, "missions.follow-partner-merge") { event, transaction in
        try transaction.move(
          from: event.gone.description, to: event.kept.description, event.name,
          because: event.merge.description, Self.ofPartners)
      },
      .on(PartnersParted.self, "missions.follow-partner-parting") { event, transaction in
        try transaction.moveBack(
          from: event.kept.description, to: event.back.description, event.name,
          because: event.merge.description, Self.ofPartners)
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
}

extension Transaction {
  fileprivate func move(
    from gone: String, to kept: String, _ name: Name, because merge: String, _ copies: [Copy]
  ) throws {
    guard try find(MovedRow.self, merge) == nil else { return }
    var moved: [String: [String]] = [:]
    for copy in copies {
      let ids = try rows(
        "SELECT id FROM \(part: copy.name) WHERE \(part: copy.column) = \(gone) ORDER BY id"
      ).map { try $0.get("id", as: String.self) }
      moved["\(copy.table)"] = ids
      try give(ids, of: gone, to: kept, name, in: copy)
    }
    try insert(MovedRow(id: merge, rows: moved))
  }

  fileprivate func moveBack(
    from kept: String, to back: String, _ name: Name, because merge: String, _ copies: [Copy]
  ) throws {
    guard let moved = try find(MovedRow.self, merge) else { return }
    // What went on to somebody else meanwhile stays there.
    for copy in copies {
      try give(moved.rows["\(copy.table)"] ?? [], of: kept, to: back, name, in: copy)
    }
    try execute("DELETE FROM missions_moved WHERE id = \(merge)")
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

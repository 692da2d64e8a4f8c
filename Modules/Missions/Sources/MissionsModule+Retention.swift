public import Kernel
internal import MissionsAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension MissionsModule {
  /// What goes when. Names in the ledger go with their people, whom Partners forgets.
  public var retentions: [Retention] { [jobSeeking, merges] }

  public var keptTables: [KeptTable] {
    let ledger = Words(
      en: "The ledger of what was given and done; names go with their people.",
      fr: "Le registre de ce qui fut donné et fait ; les noms partent avec leurs personnes.")
    let mission = Words(
      en: "What a mission was: evidence for backers, as long as its edition is told.",
      fr: "Ce que fut une mission : preuve pour les financeurs, tant que l’édition est racontée.")
    let setting = Words(en: "A setting.", fr: "Un réglage.")
    return [
      ("missions_presence", ledger), ("missions_evaluation", ledger), ("missions_past", ledger),
      ("missions_mission", mission), ("missions_session", mission),
      ("missions_milestone", mission), ("missions_risk", mission),
      ("missions_deliverable", mission), ("missions_file", mission), ("missions_rule", setting),
      ("missions_closed_hours", setting),
    ].map { KeptTable($0.0, en: $0.1.en, fr: $0.1.fr) }
  }

  /// Those who were on a team or gave hours: others rely on it.
  public func reliedUpon(
    among people: [Grant], in connection: any Connection
  ) throws -> Set<Grant> {
    let volunteers = people.filter { $0.role == .volunteer }
    var found: Set<String> = []
    for start in stride(from: 0, to: volunteers.count, by: 500) {
      let part = volunteers[start..<min(start + 500, volunteers.count)].compactMap(\.subject)
      for table: SQL in ["missions_member", "missions_hours"] {
        found.formUnion(
          try connection.rows(
            "SELECT DISTINCT volunteer FROM \(part: table) WHERE volunteer IN \(list: part)"
          ).map { try $0.get("volunteer", as: String.self) })
      }
    }
    return Set(volunteers.filter { $0.subject.map(found.contains) ?? false })
  }

  private var jobSeeking: Retention {
    .rows(
      .jobSeeking, of: ["missions_member", "missions_regime_change", "missions_hours"],
      goes: Words(
        en: "The regime “job seeker” and the agency beside people and their hours.",
        fr:
          "Le régime « en recherche d’emploi » et l’agence à côté des personnes et de leurs heures."
      ),
      stays: Words(
        en: "Every hour, as given in their own time; the sums by regime and partner.",
        fr: "Chaque heure, donnée sur le temps personnel ; les sommes par régime et partenaire."),
      asking: { term, _ in
        (
          editions: try await programmes.editions().filter { term.isOver(since: $0.ends) }
            .map(\.id),
          agencies: try await partners.employmentAgencies().map(\.id)
        )
      },
      due: { over, _, connection in
        let rows = try Self.sought.map { table in
          try connection.due(in: table, where: seeking(over.agencies, in: over.editions)).rows
        }
        return Retention.Due(rows: rows.reduce(0, +))
      },
      prune: { over, _, _, transaction in
        try forgetSeeking(over.agencies, in: over.editions, transaction)
      })
  }

  private static let sought: [SQL] = [
    "missions_member", "missions_regime_change", "missions_hours",
  ]

  /// One edition at a time: what it counts and what it forgets is of one moment. Returns how many rows.
  private func forgetSeeking(
    _ agencies: [PartnerID], in editions: [EditionID], _ transaction: Transaction
  ) throws -> Int {
    for edition in editions {
      let which = seeking(agencies, in: [edition])
      let people = try transaction.rows(
        """
        SELECT regime, partner, partner_name, COUNT(*) AS n, 0 AS minutes
        FROM (SELECT edition_id, regime, partner, partner_name, ROW_NUMBER() OVER (
            PARTITION BY volunteer ORDER BY joined_at, id) AS place
          FROM missions_member WHERE edition_id = \(edition)) AS joined
        WHERE place = 1 AND \(part: which)
        GROUP BY regime, partner, partner_name ORDER BY regime, partner_name
        """)
      let hours = try transaction.rows(
        """
        SELECT regime, partner, partner_name, COUNT(*) AS n, CAST(SUM(minutes) AS BIGINT) AS minutes
        FROM missions_hours WHERE state = 'validated' AND \(part: which)
        GROUP BY regime, partner, partner_name ORDER BY regime, partner_name
        """)
      for (what, rows) in [(PastRow.What.people, people), (.hours, hours)] {
        for row in rows {
          let partner: PartnerID? = try row.get(ifPresent: "partner")
          let isOfAgency = partner.map(agencies.contains) ?? false
          try transaction.insert(
            PastRow(
              id: transaction.newID(), editionId: edition, what: what,
              regime: Regime(rawValue: try row.get("regime")) ?? .ownTime,
              partner: isOfAgency ? partner : nil,
              partnerName: isOfAgency ? try row.get(ifPresent: "partner_name") : nil,
              number: try row.get("n"), minutes: try row.get("minutes")))
        }
      }
      var changed = 0
      for table in Self.sought {
        changed += try transaction.execute(
          """
          UPDATE \(part: table) SET
            regime = CASE WHEN regime = \(Regime.jobSeeker.rawValue)
              THEN \(Regime.ownTime.rawValue) ELSE regime END,
            partner_name = CASE WHEN partner IN \(list: agencies) THEN NULL ELSE partner_name END,
            partner = CASE WHEN partner IN \(list: agencies) THEN NULL ELSE partner END
          WHERE \(part: which)
          """)
      }
      if changed > 0 { return changed }
    }
    return 0
  }

  private var merges: Retention {
    .rows(
      .merges, of: ["missions_moved"],
      goes: Words(en: "Which rows a merge moved.", fr: "Quelles lignes une fusion a déplacées."),
      stays: Words(en: "The rows where they are.", fr: "Les lignes là où elles sont."),
      due: { term, connection in
        try connection.due(
          in: "missions_moved", since: "moved_at", where: "moved_at < \(term.cut)")
      },
      prune: { term, _, transaction in
        // Those of before their time was noted count from now.
        try transaction.execute(
          "UPDATE missions_moved SET moved_at = \(term.now) WHERE moved_at IS NULL")
        return try transaction.execute("DELETE FROM missions_moved WHERE moved_at < \(term.cut)")
      })
  }
}

enum PastEntity {}

/// What a regime or a partner came to of which it is no longer kept whose it was.
struct PastRow: Record {
  static let table = "missions_past"

  enum What: String, Codable, Sendable, SQLConvertible {
    case people, hours
  }

  let id: ID<PastEntity>
  let editionId: EditionID
  let what: What
  let regime: Regime
  let partner: PartnerID?
  let partnerName: Name?
  let number: Int
  let minutes: Int64
}

extension Connection {
  /// How figures tell what is no longer kept of each: by who sent them, and by regime.
  func past(
    _ what: PastRow.What, in edition: EditionID
  ) throws -> (senders: [Regrouped], regimes: [Regrouped]) {
    let rows = try select(
      PastRow.self, "WHERE edition_id = \(edition) AND what = \(what.rawValue) ORDER BY id")
    func regrouped(_ row: PastRow, from: Words, to: Words) -> Regrouped {
      Regrouped(row.number, sum: what == .hours ? row.minutes : nil, from: from, to: to)
    }
    return (
      rows.filter { $0.partner != nil }.map {
        regrouped($0, from: sender(nil), to: sender($0.partnerName))
      },
      rows.filter { $0.regime == .jobSeeker }.map {
        regrouped($0, from: Regime.ownTime.label, to: Regime.jobSeeker.label)
      }
    )
  }
}

private func seeking(_ agencies: [PartnerID], in editions: [EditionID]) -> SQL {
  """
  edition_id IN \(list: editions)
    AND (regime = \(Regime.jobSeeker.rawValue) OR partner IN \(list: agencies))
  """
}

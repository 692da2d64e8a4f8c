public import Kernel
internal import MatchingAPI
internal import PartnersAPI
internal import ProgrammesAPI

extension MatchingModule {
  /// What goes when.
  public var retentions: [Retention] { [jobSeeking, evidenceOfRuns, drafts, waiting] }

  public var keptTables: [KeptTable] {
    let setting = Words(en: "A setting.", fr: "Un réglage.")
    let places = Words(
      en: "Who had which seat: evidence beside the hours; names go with their people.",
      fr: "Qui eut quelle place : preuve à côté des heures ; les noms partent avec leurs personnes."
    )
    return [
      ("matching_done_team", places), ("matching_weights", setting),
      ("matching_team_rules", setting),
    ].map { KeptTable($0.0, en: $0.1.en, fr: $0.1.fr) }
  }

  private func editions(over term: Term) async throws -> [EditionID] {
    try await programmes.editions().filter { term.isOver(since: $0.ends) }.map(\.id)
  }

  private var jobSeeking: Retention {
    .rows(
      .jobSeeking, of: ["matching_place", "matching_basis", "matching_proposal"],
      goes: Words(
        en: "The regime and the agency beside a seat; what runs looked at, and why of each.",
        fr:
          "Le régime et l’agence à côté d’une place ; ce que les appariements ont examiné, et leurs pourquoi."
      ),
      stays: Words(
        en: "Who had which seat; what each run came to.",
        fr: "Qui eut quelle place ; ce que chaque appariement a donné."),
      asking: { term, _ in
        (
          editions: try await editions(over: term),
          agencies: try await partners.employmentAgencies().map(\.name)
        )
      },
      due: { over, _, connection in
        let places = try connection.due(
          in: "matching_place", since: "offered_at",
          where: seeking(over.agencies, in: over.editions))
        let others = try [
          connection.due(in: "matching_basis", where: "edition_id IN \(list: over.editions)"),
          connection.due(in: "matching_proposal", where: explained(in: over.editions)),
        ].reduce(0) { $0 + $1.rows }
        return Retention.Due(rows: places.rows + others, oldest: places.oldest)
      },
      prune: { over, _, limit, transaction in
        let places = try transaction.execute(
          """
          UPDATE matching_place SET
            regime = CASE WHEN regime = \(Regime.jobSeeker.rawValue)
              THEN \(Regime.ownTime.rawValue) ELSE regime END,
            partner_name = CASE WHEN partner_name IN \(list: over.agencies) THEN NULL
              ELSE partner_name END
          WHERE id IN (SELECT id FROM matching_place
            WHERE \(part: seeking(over.agencies, in: over.editions)) LIMIT \(limit))
          """)
        // Everybody's regime is in it, whatever the run was for.
        let bases = try transaction.execute(
          "DELETE FROM matching_basis WHERE edition_id IN \(list: over.editions)")
        let explanations = try transaction.execute(
          """
          UPDATE matching_proposal SET explanation = NULL
          WHERE id IN (SELECT id FROM matching_proposal
            WHERE \(part: explained(in: over.editions)) LIMIT \(limit))
          """)
        return places + bases + explanations
      })
  }

  private static let runs = Purpose(
    "matching-runs",
    Words(en: "how teams were worked out", fr: "comment les équipes ont été calculées"),
    because: Words(
      en:
        "Whoever asks why they were placed, or not, is answered (GDPR art. 15.1.h); not for ever.",
      fr:
        "Qui demande pourquoi il fut placé, ou non, a une réponse (RGPD art. 15.1.h) ; pas pour toujours."
    ),
    from: Words(en: "the end of the edition", fr: "la fin de l’édition"), days: 180,
    allowing: 30...1095)

  private var evidenceOfRuns: Retention {
    .rows(
      Self.runs, of: ["matching_basis", "matching_lock", "matching_computation"],
      goes: Words(
        en: "What runs looked at, locks, runs that failed.",
        fr: "Ce que les appariements ont examiné, les verrous, les calculs échoués."),
      stays: Words(
        en: "The published run and its seats.", fr: "L’appariement publié et ses places."),
      asking: { term, _ in try await editions(over: term) },
      due: { editions, _, connection in
        Retention.Due(
          rows: try Self.evidence.reduce(0) { sum, table in
            try sum + connection.due(in: table, where: "edition_id IN \(list: editions)").rows
          })
      },
      prune: { editions, _, _, transaction in
        try Self.evidence.reduce(0) { sum, table in
          try sum
            + transaction.execute(
              "DELETE FROM \(part: table) WHERE edition_id IN \(list: editions)")
        }
      })
  }

  private static let evidence: [SQL] = [
    "matching_basis", "matching_lock", "matching_computation",
  ]

  private var drafts: Retention {
    .rows(
      Self.runs, of: ["matching_run", "matching_proposal", "matching_vacancy"],
      goes: Words(
        en: "Runs that were never published, with all they proposed.",
        fr: "Les appariements jamais publiés, avec tout ce qu’ils proposaient."),
      stays: Words(
        en: "The published run, with what it proposed.",
        fr: "L’appariement publié, avec ce qu’il proposait."),
      asking: { term, _ in try await editions(over: term) },
      due: { editions, _, connection in
        try connection.due(in: "matching_run", since: "made_at", where: draft(in: editions))
      },
      prune: { editions, _, _, transaction in
        // A run has thousands of lines: a few at a time.
        let ids = try transaction.rows(
          "SELECT id FROM matching_run WHERE \(part: draft(in: editions)) ORDER BY made_at, id LIMIT 5"
        ).map { try $0.get("id", as: RunID.self) }
        for table: SQL in ["matching_proposal", "matching_vacancy"] {
          try transaction.execute("DELETE FROM \(part: table) WHERE run IN \(list: ids)")
        }
        try transaction.execute("DELETE FROM matching_basis WHERE id IN \(list: ids)")
        return try transaction.execute("DELETE FROM matching_run WHERE id IN \(list: ids)")
      })
  }

  private var waiting: Retention {
    .rows(
      Self.runs, of: ["matching_repair_due", "matching_offer_letter"],
      goes: Words(
        en: "Who waited for a seat, and when an offer was written about again.",
        fr: "Qui attendait une place, et quand une offre fut rappelée."),
      stays: Words(en: "What became of the seats.", fr: "Ce que les places sont devenues."),
      asking: { term, _ in try await editions(over: term) },
      due: { editions, _, connection in
        Retention.Due(
          rows: try Self.past.reduce(0) { sum, table in
            try sum + connection.due(in: table, where: "edition_id IN \(list: editions)").rows
          })
      },
      prune: { editions, _, _, transaction in
        try Self.past.reduce(0) { sum, table in
          try sum
            + transaction.execute(
              "DELETE FROM \(part: table) WHERE edition_id IN \(list: editions)")
        }
      })
  }

  private static let past: [SQL] = ["matching_repair_due", "matching_offer_letter"]
}

private func seeking(_ agencies: [Name], in editions: [EditionID]) -> SQL {
  """
  edition_id IN \(list: editions)
    AND (regime = \(Regime.jobSeeker.rawValue) OR partner_name IN \(list: agencies))
  """
}

private func explained(in editions: [EditionID]) -> SQL {
  "edition_id IN \(list: editions) AND explanation IS NOT NULL"
}

private func draft(in editions: [EditionID]) -> SQL {
  "edition_id IN \(list: editions) AND state = \(RunState.draft.rawValue)"
}

public import Kernel
internal import PartnersAPI
internal import ProgrammesAPI

extension PartnersModule {
  /// What goes when.
  public var retentions: [Retention] {
    [jobSeeking, profiles, withoutMission, namesInLedger, rosters, keptRosters, merges, moved]
  }

  public var keptTables: [KeptTable] {
    [
      KeptTable(
        "partners_partner", en: "Companies, backers and agencies: who took part is told for good.",
        fr: "Entreprises, financeurs, agences : qui a participé se dit pour toujours."),
      KeptTable(
        "partners_contact", en: "Who speaks for a partner now; those who no longer do are removed.",
        fr: "Qui parle pour un partenaire ; qui ne le fait plus en est retiré."),
      KeptTable(
        "partners_agreement", en: "Agreements are evidence of what was given.",
        fr: "Les conventions prouvent ce qui fut donné."),
      KeptTable(
        "partners_pledge", en: "What partners promised, one row each edition.",
        fr: "Ce que les partenaires ont promis, une ligne par édition."),
      KeptTable(
        "partners_batch", en: "How many an import brought: numbers.",
        fr: "Combien un import a apporté : des nombres."),
      KeptTable(
        "partners_past", en: "Counts of an edition, of nobody.",
        fr: "Des décomptes d’édition, de personne."),
      KeptTable(
        "partners_roster_column", en: "How a partner heads the columns of its lists.",
        fr: "Comment un partenaire nomme les colonnes de ses listes."),
      KeptTable(
        "partners_invitation_delay", en: "A setting, one row an edition.",
        fr: "Un réglage, une ligne par édition."),
      KeptTable(
        "partners_told_apart", en: "Ids of two who are not one, so that nobody asks again.",
        fr: "Les identifiants de deux qui ne font pas un, pour ne pas redemander."),
    ]
  }

  /// The editions whose end is so long ago.
  private func editions(over term: Term) async throws -> [EditionID] {
    try await programmes.editions().filter { term.isOver(since: $0.ends) }.map(\.id)
  }

  private var jobSeeking: Retention {
    .rows(
      .jobSeeking, of: ["partners_volunteer", "partners_batch_line", "partners_merge"],
      goes: Words(
        en: "The regime “job seeker”, the agency, former employers, and who was in its lists.",
        fr:
          "Le régime « en recherche d’emploi », l’agence, les anciens employeurs, et qui était dans ses listes."
      ),
      stays: Words(
        en: "The person, as somebody who came in their own time; how many there were.",
        fr: "La personne, venue sur son temps personnel ; combien elles étaient."),
      asking: { term, _ in try await editions(over: term) },
      due: { editions, _, connection in
        try connection.due(
          in: "partners_volunteer", since: "registered_at", where: seeking(in: editions))
      },
      prune: { editions, _, limit, transaction in
        try forgetSeeking(in: editions, upTo: limit, transaction)
      })
  }

  private func forgetSeeking(
    in editions: [EditionID], upTo limit: Int, _ transaction: Transaction
  ) throws -> Int {
    let rows = try transaction.select(
      VolunteerRow.self,
      "WHERE \(part: seeking(in: editions)) ORDER BY edition_id, sequence LIMIT \(limit)")
    guard !rows.isEmpty else { return 0 }
    let agencies: [PartnerID] = try transaction.rows(
      "SELECT id FROM partners_partner WHERE kind = \(PartnerKind.employmentAgency.rawValue)"
    ).map { try $0.get("id") }
    let counted = Dictionary(grouping: rows.filter { $0.claimOf == nil }) {
      Past(edition: $0.editionId, partner: $0.partner, regime: $0.regime)
    }
    for (past, people) in counted.sorted(by: { $0.key.order < $1.key.order }) {
      // A partner that stays with the person stays with their row.
      let partner = past.partner.flatMap { agencies.contains($0) ? $0 : nil }
      try transaction.insert(
        PastRow(
          id: transaction.newID(), editionId: past.edition, partner: partner, regime: past.regime,
          people: people.count))
    }
    for var row in rows {
      if row.regime == .jobSeeker { row.regime = .ownTime }
      if let partner = row.partner, agencies.contains(partner) {
        row.partner = nil
        row.service = nil
      }
      row.profile?.previousEmployers = []
      row.profile?.consent = false
      try transaction.update(&row)
    }
    let ids = rows.map(\.id.description)
    try transaction.execute("DELETE FROM partners_batch_line WHERE volunteer IN \(list: ids)")
    let past = transaction.now.advanced(byDays: -MergeRow.daysToUndo)
    try transaction.execute(
      """
      UPDATE partners_merge SET partners = NULL, volunteer = NULL WHERE merged_at < \(past)
        AND (kept IN \(list: ids) OR kept IN \(list: agencies) OR gone IN \(list: agencies))
      """)
    try transaction.forgetEvents(
      named: [VolunteerMoved.name, AskedToStay.name], about: ids)
    try transaction.forgetWriting(of: VolunteerRow.table, rows: ids, by: .partner)
    return rows.count
  }

  private var profiles: Retention {
    .rows(
      .profiles, of: ["partners_volunteer"],
      goes: Words(
        en: "Skills, wishes, half-days, conflicts, service, and why somebody left.",
        fr:
          "Compétences, souhaits, demi-journées, conflits, service, et pourquoi quelqu’un est parti."
      ),
      stays: Words(
        en: "Who took part, for which partner, from when.",
        fr: "Qui a participé, pour quel partenaire, depuis quand."),
      asking: { term, _ in try await editions(over: term) },
      due: { editions, _, connection in
        try connection.due(
          in: "partners_volunteer", since: "registered_at", where: profiled(in: editions))
      },
      prune: { editions, _, limit, transaction in
        try transaction.execute(
          """
          UPDATE partners_volunteer SET profile = NULL, service = NULL, withdrawal_reason = NULL
          WHERE id IN (SELECT id FROM partners_volunteer
            WHERE \(part: profiled(in: editions)) LIMIT \(limit))
          """)
      })
  }

  private var withoutMission: Retention {
    .people(
      .volunteers, of: ["partners_volunteer"], goes: Self.names,
      stays: Words(
        en:
          "That somebody registered, for the figures. Whoever was on a team is under another purpose.",
        fr:
          "Que quelqu’un s’est inscrit, pour les chiffres. Qui fut dans une équipe relève d’une autre finalité."
      ), sparingEvidence: true,
      asking: { term, _ in try await editions(over: term) }, who: named(in:_:))
  }

  private var namesInLedger: Retention {
    .people(
      .ledger, of: ["partners_volunteer"], goes: Self.names,
      stays: Words(
        en: "The ledger: hours, places and presences, as somebody’s of whom nothing is known.",
        fr: "Le registre : heures, places et présences, de quelqu’un dont on ne sait plus rien."),
      sparingEvidence: false,
      asking: { term, _ in try await editions(over: term) }, who: named(in:_:))
  }

  private static let names = Words(
    en: "Name and address, everywhere, as in an erasure.",
    fr: "Nom et adresse, partout, comme lors d’un effacement.")

  private var rosters: Retention {
    .rows(
      Purpose(
        "rosters", Words(en: "imported lists", fr: "listes importées"),
        because: Words(
          en: "A list is taken back while nobody did anything since: soon or never.",
          fr: "Une liste s’annule tant que personne n’a agi depuis : tôt ou jamais."),
        from: Words(en: "the import", fr: "l’import"), days: 90, allowing: 7...730),
      of: ["partners_batch_line"],
      goes: Words(
        en: "Who was in it and what they were before; it is taken back no more.",
        fr: "Qui y était et ce qu’ils étaient avant ; elle ne s’annule plus."),
      stays: Words(en: "How many it brought.", fr: "Combien elle a apporté."),
      due: { term, connection in
        try connection.due(in: "partners_batch_line", where: imported(before: term.cut))
      },
      prune: { term, limit, transaction in
        try transaction.execute(
          """
          DELETE FROM partners_batch_line WHERE id IN (SELECT id FROM partners_batch_line
            WHERE \(part: imported(before: term.cut)) LIMIT \(limit))
          """)
      })
  }

  /// The hourly job takes them after a day; this only says so.
  private var keptRosters: Retention {
    .deleting(
      Purpose(
        "rosters-in-preview", Words(en: "lists that are looked at", fr: "listes en relecture"),
        because: Words(
          en: "Whoever looks at a list before its import does so the same day.",
          fr: "Qui relit une liste avant l’import le fait le jour même."),
        from: Words(en: "the upload", fr: "l’envoi"), days: 1, allowing: 1...1),
      from: "partners_kept_roster", since: "kept_at",
      goes: Words(en: "The file.", fr: "Le fichier."), stays: Words(en: "Nothing.", fr: "Rien.")
    ) { "kept_at < \($0.cut)" }
  }

  private var merges: Retention {
    .rows(
      .merges, of: ["partners_merge"],
      goes: Words(en: "What was moved, names among it.", fr: "Ce qui fut déplacé, noms compris."),
      stays: Words(
        en: "Which id leads to which: old links still arrive.",
        fr: "Quel identifiant mène où : les anciens liens mènent encore au but."),
      due: { term, connection in
        try connection.due(
          in: "partners_merge", since: "merged_at", where: merged(before: term.cut))
      },
      prune: { term, limit, transaction in
        try transaction.execute(
          """
          UPDATE partners_merge SET partners = NULL, volunteer = NULL
          WHERE id IN (SELECT id FROM partners_merge
            WHERE \(part: merged(before: term.cut)) LIMIT \(limit))
          """)
      })
  }

  private var moved: Retention {
    .rows(
      .merges, of: ["partners_moved_profile"],
      goes: Words(
        en: "What profiles said of organisations that became one.",
        fr: "Ce que des profils disaient de structures réunies."),
      stays: Words(en: "What they say now.", fr: "Ce qu’ils disent désormais."),
      due: { _, connection in
        try connection.due(in: "partners_moved_profile", where: withoutProfile)
      },
      prune: { _, limit, transaction in
        try transaction.execute(
          """
          DELETE FROM partners_moved_profile WHERE id IN (SELECT id FROM partners_moved_profile
            WHERE \(part: withoutProfile) LIMIT \(limit))
          """)
      })
  }
}

enum PastEntity {}

/// Of how many people of an edition it is no longer kept who sent them, or under which regime.
struct PastRow: Record {
  static let table = "partners_past"

  let id: ID<PastEntity>
  let editionId: EditionID
  let partner: PartnerID?
  let regime: Regime
  let people: Int
}

private struct Past: Hashable {
  let edition: EditionID
  let partner: PartnerID?
  let regime: Regime

  var order: String { "\(edition)/\(partner?.description ?? "")/\(regime.rawValue)" }
}

/// Whose rows say that they look for work.
private func seeking(in editions: [EditionID]) -> SQL {
  """
  edition_id IN \(list: editions) AND (regime = \(Regime.jobSeeker.rawValue)
    OR partner IN (SELECT id FROM partners_partner
      WHERE kind = \(PartnerKind.employmentAgency.rawValue)))
  """
}

private func profiled(in editions: [EditionID]) -> SQL {
  """
  edition_id IN \(list: editions)
    AND (profile IS NOT NULL OR service IS NOT NULL OR withdrawal_reason IS NOT NULL)
  """
}

private func imported(before cut: Instant) -> SQL {
  "batch IN (SELECT id FROM partners_batch WHERE imported_at < \(cut))"
}

private func merged(before cut: Instant) -> SQL {
  "merged_at < \(cut) AND (partners IS NOT NULL OR volunteer IS NOT NULL)"
}

/// The profile itself went: nothing of it is to be put back.
private let withoutProfile: SQL = """
  volunteer NOT IN (SELECT id FROM partners_volunteer WHERE profile IS NOT NULL)
  """

/// Who of some editions is still called by a name.
private func named(in editions: [EditionID], _ connection: any Connection) throws -> [Grant] {
  try connection.rows(
    """
    SELECT id FROM partners_volunteer WHERE edition_id IN \(list: editions)
      AND email NOT LIKE '%@erased.invalid' ORDER BY edition_id, sequence
    """
  ).map { Grant(.volunteer, subject: try $0.get("id")) }
}

internal import Kernel

// The kernel's own tables: what was said between modules, and who did what.
extension EventsModule {
  var retentions: [Retention] { [deliveries, outbox, audit, runs, keys] }

  var keptTables: [KeptTable] {
    let own = Words(
      en: "A few rows by which the program knows where it stands.",
      fr: "Quelques lignes par lesquelles le programme sait où il en est.")
    return [
      ("kernel_job", own), ("kernel_series", own), ("kernel_migration", own), ("kernel_turn", own),
      (
        "kernel_old_id",
        Words(
          en: "Ids of before: links in letters of then still arrive. It grows no more.",
          fr: "Identifiants d’avant : les liens d’alors mènent encore au but. Elle ne croît plus.")
      ),
      (
        "kernel_retention",
        Words(
          en: "Who set which time from when: what went is explained by it.",
          fr: "Qui a fixé quelle durée, dès quand : ce qui est parti s’explique ainsi.")
      ),
      (
        "kernel_restriction",
        Words(en: "It goes when it is lifted.", fr: "Part à la levée de la limitation.")
      ),
      (
        "events_past_audit",
        Words(en: "Counts by month: of nobody.", fr: "Des décomptes par mois : de personne.")
      ),
    ].map { KeptTable($0.0, en: $0.1.en, fr: $0.1.fr) }
  }

  static let auditPurpose = Purpose(
    "audit", Words(en: "who did what", fr: "qui a fait quoi"),
    because: Words(
      en: "What was done may be contested for five years (art. 2224 of the Civil Code).",
      fr: "Ce qui fut fait peut se contester cinq ans (art. 2224 du Code civil)."),
    from: Words(en: "the day it was done", fr: "le jour même"), days: 1825, allowing: 180...3650)

  private var deliveries: Retention {
    .rows(
      Purpose(
        "deliveries", Words(en: "deliveries that are done", fr: "remises faites"),
        because: Words(
          en: "Whether a module heard something is asked while something looks wrong.",
          fr: "Si un module a bien entendu se demande quand quelque chose cloche."),
        from: Words(en: "the day it was said", fr: "le jour de l’émission"), days: 90,
        allowing: 7...1095),
      of: ["kernel_delivery"],
      goes: Words(en: "That it was handed over.", fr: "Qu’il fut remis."),
      stays: Words(
        en: "What is on its way or parked; the event.",
        fr: "Ce qui est en route ou mis de côté ; l’événement."),
      due: { term, connection in
        try connection.due(in: "kernel_delivery", since: "due_at", where: handed(before: term.cut))
      },
      prune: { term, limit, transaction in
        let ids = try transaction.rows(
          """
          SELECT event_id FROM kernel_delivery WHERE \(part: handed(before: term.cut))
          ORDER BY sequence LIMIT \(limit)
          """
        ).map { try $0.get("event_id", as: String.self) }
        return try transaction.execute(
          """
          DELETE FROM kernel_delivery
          WHERE event_id IN \(list: ids) AND \(part: handed(before: term.cut))
          """)
      })
  }

  private var outbox: Retention {
    .rows(
      Purpose(
        "events", Words(en: "what was said between modules", fr: "ce que les modules se sont dit"),
        because: Words(
          en:
            "Integrators read on from where they stopped; an erasure finds former names there, so it outlasts the log of letters.",
          fr:
            "Les intégrateurs reprennent où ils s’étaient arrêtés ; un effacement y retrouve les anciens noms, d’où une durée au moins égale au journal des lettres."
        ), from: Words(en: "the day it was said", fr: "le jour de l’émission"), days: 1095,
        allowing: 90...3650, outlasting: ["letters-log"]),
      of: ["kernel_event", "kernel_delivery"],
      goes: Words(
        en: "What was said, and who said it; a reader who stopped before is told so.",
        fr: "Ce qui fut dit, et par qui ; un lecteur arrêté avant en est averti."),
      stays: Words(
        en:
          "What not everybody has heard yet; of each kind the first and the last of an edition, without what they said, for the timeline of reports.",
        fr:
          "Ce que tous n’ont pas encore entendu ; de chaque genre, le premier et le dernier d’une édition, sans leur contenu, pour la chronologie des rapports."
      ),
      due: { term, connection in
        guard let end = try lastToGo(term, connection) else { return Retention.Due(rows: 0) }
        return try connection.due(
          in: "kernel_event", since: "occurred_at",
          where: "\(part: said(upTo: end)) AND \(part: isInBetween)")
      },
      prune: { term, limit, transaction in
        guard let end = try lastToGo(term, transaction) else { return 0 }
        let ids = try transaction.rows(
          """
          SELECT id FROM kernel_event WHERE \(part: said(upTo: end)) AND \(part: isInBetween)
          ORDER BY sequence LIMIT \(limit)
          """
        ).map { try $0.get("id", as: String.self) }
        try transaction.execute("DELETE FROM kernel_delivery WHERE event_id IN \(list: ids)")
        let went = try transaction.execute("DELETE FROM kernel_event WHERE id IN \(list: ids)")
        guard ids.count < limit else { return went }
        // What is left of the time tells when it was, and no more.
        try transaction.execute(
          """
          UPDATE kernel_event SET payload = '{}', actor = 'parvis', person = NULL, request = ''
          WHERE \(part: said(upTo: end)) AND payload <> '{}'
          """)
        try transaction.noteForgotten(upTo: end)
        return went
      })
  }

  /// The last number that may go: nothing at or before it is young, or still to be told to integrators. Events
  /// that were recorded later with an earlier date wait for what was said before them.
  private func lastToGo(_ term: Term, _ connection: any Connection) throws -> Int64? {
    let young = try connection.rows(
      "SELECT MIN(sequence) AS first FROM kernel_event WHERE occurred_at >= \(term.cut)"
    ).first?.get(ifPresent: "first", as: Int64.self)
    let last = try connection.rows("SELECT MAX(sequence) AS last FROM kernel_event").first?.get(
      ifPresent: "last", as: Int64.self)
    guard let end = young.map({ $0 - 1 }) ?? last, end > 0 else { return nil }
    return min(end, try toldUpTo(connection) ?? end)
  }

  private var audit: Retention {
    .rows(
      Self.auditPurpose, of: ["kernel_audit", "kernel_audit_row"],
      goes: Words(
        en: "Who did what to which rows.", fr: "Qui a fait quoi, sur quelles lignes."),
      stays: Words(
        en: "How often each was done in a month, and as what.",
        fr: "Combien de fois chaque chose fut faite dans un mois, et à quel titre."),
      due: { term, connection in
        try connection.due(in: "kernel_audit", since: "at", where: done(before: term.cut))
      },
      prune: { term, limit, transaction in
        let lines = try transaction.rows(
          """
          SELECT sequence, at, endpoint, role FROM kernel_audit
          WHERE \(part: done(before: term.cut)) ORDER BY sequence LIMIT \(limit)
          """)
        try transaction.count(lines)
        let numbers = try lines.map { try $0.get("sequence", as: Int64.self) }
        try transaction.execute("DELETE FROM kernel_audit_row WHERE sequence IN \(list: numbers)")
        return try transaction.execute(
          "DELETE FROM kernel_audit WHERE sequence IN \(list: numbers)")
      })
  }

  private var runs: Retention {
    .deleting(
      Self.auditPurpose, from: "kernel_pruned", since: "at",
      goes: Words(en: "How much went on a day.", fr: "Combien est parti un jour."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { "at < \($0.cut)" }
  }

  private var keys: Retention {
    .rows(
      Purpose(
        "answers-by-key",
        Words(en: "answers for whoever asks twice", fr: "réponses à qui demande deux fois"),
        because: Words(
          en: "Whoever sends something again does so within days.",
          fr: "Qui renvoie une demande le fait sous quelques jours."),
        from: Words(en: "the answer", fr: "la réponse"), days: 30, allowing: 1...30),
      of: ["kernel_idempotency"],
      goes: Words(en: "The key and the answer.", fr: "La clé et la réponse."),
      stays: Words(en: "Nothing.", fr: "Rien."),
      due: { term, connection in
        try connection.due(
          in: "kernel_idempotency", since: "created_at", where: "created_at < \(term.cut)")
      },
      prune: { term, _, transaction in
        try transaction.execute("DELETE FROM kernel_idempotency WHERE created_at < \(term.cut)")
      })
  }

  var migrations: [Migration] {
    [
      Migration(
        "events.1-past-audit",
        """
        CREATE TABLE events_past_audit (
          id TEXT PRIMARY KEY, month TEXT NOT NULL, use_case TEXT NOT NULL, role TEXT NOT NULL,
          number BIGINT NOT NULL)
        """,
        "CREATE INDEX events_past_audit_month ON events_past_audit (month, use_case, role)")
    ]
  }

  var rowWords: [RowWords] {
    [
      RowWords("events_past_audit", Words(en: "count of the audit", fr: "décompte du journal")),
      RowWords("kernel_retention", Words(en: "time things are kept", fr: "durée de conservation")),
      RowWords("kernel_restriction", Words(en: "restriction", fr: "limitation")),
    ]
  }
}

/// How often something was done in a month, of which the lines are gone.
struct PastAuditRow: Record {
  static let table = "events_past_audit"

  let id: String
  /// `2020-11`.
  let month: String
  let useCase: String
  let role: Role
  let number: Int
}

extension EventsModule {
  @UseCases var aboutPastAudit: [Endpoint] { pastAudit }

  struct PastAudit: Codable, Sendable {
    let after: PageMark?
    let limit: PageSize?
  }

  var pastAudit: UseCase<PastAudit, Page<PastAuditRow>> {
    .query(
      "events.past-audit", "/audit/past", by: [.administrator],
      Words(
        en: "Count, by month, what was done so long ago that the audit names it no more",
        fr: "Compter, par mois, ce qui fut fait il y a trop longtemps pour que le journal le nomme")
    ) { (input: PastAudit, transaction) in
      try transaction.page(
        PastAuditRow.self, where: "1 = 1", by: "month", "id", descending: true, after: input.after,
        limit: input.limit)
    }
  }
}

extension Transaction {
  fileprivate func count(_ lines: [Row]) throws {
    var counts: [PastAuditRow.ID: (month: String, useCase: String, role: String, number: Int)] = [:]
    for line in lines {
      let month = String(try line.get("at", as: Instant.self).description.prefix(7))
      let (useCase, role): (String, String) = (try line.get("endpoint"), try line.get("role"))
      counts["\(month)/\(useCase)/\(role)", default: (month, useCase, role, 0)].number += 1
    }
    for (id, count) in counts.sorted(by: { $0.key < $1.key }) {
      try execute(
        """
        INSERT INTO events_past_audit (id, month, use_case, role, number)
        VALUES (\(id), \(count.month), \(count.useCase), \(count.role), \(count.number))
        ON CONFLICT (id) DO UPDATE SET number = events_past_audit.number + excluded.number
        """)
    }
  }

  fileprivate func noteForgotten(upTo sequence: Int64) throws {
    try execute(
      """
      INSERT INTO kernel_series (name, last) VALUES (\(forgottenEvents), \(sequence))
      ON CONFLICT (name) DO UPDATE SET last = CASE WHEN excluded.last > kernel_series.last
        THEN excluded.last ELSE kernel_series.last END
      """)
  }
}

private let forgottenEvents = "kernel.event-forgotten"

extension Connection {
  /// The number up to which what was said is no longer kept; 0 where all is. Throws `StorageError`.
  func eventsForgotten() throws -> Int64 {
    try rows("SELECT last FROM kernel_series WHERE name = \(forgottenEvents)").first?.get("last")
      ?? 0
  }
}

extension Problem {
  /// Somebody reads on from what is no longer kept.
  static func cursorTooOld(_ cursor: Int64, first: Int64) -> Problem {
    Problem(
      "events/cursor-too-old", status: 410,
      title: Words(en: "That part is no longer kept", fr: "Cette partie n’est plus gardée"),
      detail: Words(
        en: "You read up to \(cursor); what was said up to \(first) has had its time.",
        fr: "Vous aviez lu jusqu’à \(cursor) ; ce qui fut dit jusqu’à \(first) a fait son temps."),
      advice: Words(
        en: "Read the lists anew to know how things stand, then follow from the cursor \(first).",
        fr: "Relisez les listes pour savoir où l’on en est, puis suivez depuis le curseur \(first)."
      ))
  }
}

private func handed(before cut: Instant) -> SQL { "state = 'done' AND due_at < \(cut)" }

private func done(before cut: Instant) -> SQL { "COALESCE(recorded_at, at) < \(cut)" }

private func said(upTo end: Int64) -> SQL {
  """
  sequence <= \(end) AND NOT EXISTS (SELECT 1 FROM kernel_delivery d
    WHERE d.event_id = kernel_event.id AND d.state <> 'done')
  """
}

/// Neither the first nor the last of its kind in its edition.
private let isInBetween: SQL = """
  (edition_id IS NULL OR (
    occurred_at > (SELECT MIN(f.occurred_at) FROM kernel_event f
      WHERE f.edition_id = kernel_event.edition_id AND f.name = kernel_event.name)
    AND occurred_at < (SELECT MAX(f.occurred_at) FROM kernel_event f
      WHERE f.edition_id = kernel_event.edition_id AND f.name = kernel_event.name)))
  """

internal import Kernel
internal import NotificationsAPI
internal import PartnersAPI
internal import ProgrammesAPI

// How long what was written is kept: as long as somebody may come back to it, no longer.
extension NotificationsModule {
  /// Texts of letters, each kind with a time of its own: what had to be done by a date is asked about
  /// longest.
  var texts: Purpose {
    let kinds =
      mails.map { ($0.kind, $0.name, $0.weight) }
      + [digestKind, reminderKind].map { ($0, name(of: $0), .summary) }
    return Purpose(
      "letters", Words(en: "texts of letters", fr: "textes des lettres"),
      because: Words(
        en: "Whoever asks what they were told, and until when, is answered.",
        fr: "Qui demande ce qu’on lui a dit, et jusqu’à quand, a une réponse."),
      from: Words(en: "the day the letter left", fr: "le départ de la lettre"), days: 90,
      allowing: 1...3650, parts: kinds.map { Purpose.Part($0, $1, days: initialDays($2)) })
  }

  static let log = Purpose(
    "letters-log", Words(en: "the log of letters", fr: "le journal des lettres"),
    because: Words(
      en: "That somebody was told by a date may have to be proved: to whom, of which kind, when.",
      fr: "Il peut falloir prouver que quelqu’un fut averti à temps : qui, de quoi, quand."),
    from: Words(en: "the day the letter left", fr: "le départ de la lettre"), days: 1095,
    allowing: 30...3650)

  static let returns = Purpose(
    "letters-returned", Words(en: "what came back by mail", fr: "ce qui revient par courriel"),
    because: Words(
      en: "A return is not to be read twice; servers send none after so long.",
      fr: "Un retour ne se lit pas deux fois ; aucun serveur n’en envoie si tard."),
    from: Words(en: "the day it came", fr: "le jour de sa venue"), days: 90, allowing: 30...365)

  /// A copy in the folder that no text of the log stands behind: a test, a letter that signed somebody in.
  private static let daysOfStrayCopies: Int64 = 1

  var retentionOfLetters: [Retention] {
    [jobSeeking, copies, lettersTexts, answers, lines, addresses, returned]
  }

  private var lettersTexts: Retention {
    .rows(
      texts, of: ["notifications_message"],
      goes: Words(en: "What a letter said.", fr: "Ce que disait une lettre."),
      stays: Words(
        en: "Its line in the log. What may still be sent keeps its text.",
        fr: "Sa ligne au journal. Ce qui peut encore partir garde son texte."),
      due: { term, connection in
        try connection.due(
          in: "notifications_message", since: "created_at",
          where: over(try connection.kindsOfTexts(), term))
      },
      prune: { term, limit, transaction in
        try transaction.emptyTexts(
          where: over(try transaction.kindsOfTexts(), term), upTo: limit)
      })
  }

  /// Removes copies in the folder before the texts: a crash in between leaves nothing nobody looks for.
  private var copies: Retention {
    .outside(
      texts,
      goes: Words(en: "Its copy in the folder.", fr: "Sa copie dans le dossier."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { term, trying in
      let young = term.now.advanced(byDays: -Self.daysOfStrayCopies)
      let old = try await mailbox.copies().filter { $0.written < young }
      var count = 0
      for start in stride(from: 0, to: old.count, by: 1000) {
        let batch = old[start..<min(start + 1000, old.count)]
        let kept = try await host.read { connection in
          let over = over(try connection.kindsOfTexts(), term)
          return Set(
            try connection.rows(
              """
              SELECT id FROM notifications_message
              WHERE id IN \(list: batch.map(\.id)) AND body <> '' AND NOT (\(part: over))
              """
            ).map { try $0.get("id", as: String.self) })
        }
        for copy in batch where !kept.contains(copy.id) {
          if !trying { try await mailbox.remove(copy.id, written: copy.written) }
          count += 1
        }
      }
      return count
    }
  }

  private var answers: Retention {
    .rows(
      texts, of: ["notifications_answer"],
      goes: Words(en: "What people wrote back.", fr: "Ce qui fut répondu."),
      stays: Words(
        en: "Nothing: it goes with the letter it answers.",
        fr: "Rien : cela part avec la lettre à laquelle on répond."),
      due: { term, connection in
        try connection.due(
          in: "notifications_answer", since: "at", where: try connection.answered(before: term))
      },
      prune: { term, limit, transaction in
        try transaction.execute(
          """
          DELETE FROM notifications_answer WHERE id IN (SELECT id FROM notifications_answer
            WHERE \(part: try transaction.answered(before: term)) LIMIT \(limit))
          """)
      })
  }

  private var lines: Retention {
    .deleting(
      Self.log, from: "notifications_message", since: "created_at",
      goes: Words(en: "The line itself.", fr: "La ligne elle-même."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { term in
      """
      \(part: isDone) AND created_at < \(term.cut) AND COALESCE(sent_at, created_at) < \(term.cut)
      """
    }
  }

  private var addresses: Retention {
    .deleting(
      Self.log, from: "notifications_address", since: "since",
      goes: Words(
        en: "Whether letters to an address arrived.", fr: "Si les lettres à une adresse arrivaient."
      ),
      stays: Words(
        en: "Addresses that the log still knows.", fr: "Les adresses que le journal connaît encore."
      )
    ) { term in
      """
      since < \(term.cut) AND NOT EXISTS (SELECT 1 FROM notifications_message m
        WHERE m.recipient = notifications_address.id)
      """
    }
  }

  private var returned: Retention {
    .deleting(
      Self.returns, from: "notifications_return", since: "at",
      goes: Words(en: "That a return was read.", fr: "Qu’un retour fut lu."),
      stays: Words(
        en: "What came of it, at the address.", fr: "Ce qui en est venu, à l’adresse.")
    ) { "at < \($0.cut)" }
  }

  /// Letters that name an agency, or went to one, say who is out of work.
  private var jobSeeking: Retention {
    .rows(
      .jobSeeking, of: ["notifications_message"],
      goes: Words(
        en: "Texts of letters to employment agencies, and those that name one.",
        fr: "Les textes des lettres aux agences de l’emploi, et de celles qui en nomment une."),
      stays: Words(en: "Their lines in the log.", fr: "Leurs lignes au journal."),
      asking: { term, _ in
        let editions = try await directory.programmes.editions().filter {
          term.isOver(since: $0.ends)
        }
        return naming(
          try await directory.partners.employmentAgencies(), in: editions.map(\.id))
      },
      due: { which, _, connection in
        try connection.due(in: "notifications_message", since: "created_at", where: which)
      },
      prune: { which, _, limit, transaction in
        try transaction.emptyTexts(where: which, upTo: limit)
      })
  }

  private func naming(_ agencies: [Partner], in editions: [EditionID]) -> SQL {
    let addresses = agencies.flatMap(\.contacts).map(\.email)
    let named = agencies.reduce("recipient IN \(list: addresses)" as SQL) { sql, agency in
      let pattern = "%\(agency.name)%"
      return sql + "OR body LIKE \(pattern) OR subject LIKE \(pattern)"
    }
    return """
      body <> '' AND \(part: isDone) AND edition_id IN \(list: editions) AND (\(part: named))
      """
  }

  /// Days a kind is kept until somebody sets others.
  private func initialDays(_ weight: Weight) -> Int {
    switch weight {
    case .necessary: 365
    case .normal: 180
    case .summary: 90
    }
  }
}

private let isDone: SQL = "state IN ('sent', 'digested', 'withheld', 'failed')"

/// Letters of `kinds` whose text has had its time: they have left, or never will.
private func over(_ kinds: [String], _ term: Term) -> SQL {
  let parts = kinds.map { kind -> SQL in
    let cut = term.cut(of: kind)
    return "(kind = \(kind) AND created_at < \(cut) AND COALESCE(sent_at, created_at) < \(cut))"
  }
  guard let first = parts.first else { return "1 = 0" }
  let any = parts.dropFirst().reduce(first) { $0 + "OR" + $1 }
  return "body <> '' AND \(part: isDone) AND (\(part: any))"
}

extension Connection {
  fileprivate func kindsOfTexts() throws -> [String] {
    try rows("SELECT DISTINCT kind FROM notifications_message WHERE body <> '' ORDER BY kind")
      .map { try $0.get("kind") }
  }

  /// An answer is kept as long as the letter it answers.
  fileprivate func answered(before term: Term) throws -> SQL {
    let kinds = try rows("SELECT DISTINCT kind FROM notifications_answer ORDER BY kind").map {
      try $0.get("kind", as: String.self)
    }
    return kinds.reduce("1 = 0" as SQL) {
      $0 + "OR (kind = \($1) AND at < \(term.cut(of: $1)))"
    }
  }
}

extension Transaction {
  fileprivate func emptyTexts(where condition: SQL, upTo limit: Int) throws -> Int {
    try execute(
      """
      UPDATE notifications_message SET subject = '', body = '', door = NULL, invitations = NULL,
        about = NULL
      WHERE id IN (SELECT id FROM notifications_message WHERE \(part: condition) LIMIT \(limit))
      """)
  }
}

internal import ApplicationsAPI
public import Kernel

extension ApplicationsModule {
  /// What goes when.
  public var retentions: [Retention] { [notChosen, drafts, merges] }

  public var keptTables: [KeptTable] {
    let call = Words(
      en: "What was called for and how it was judged: about nobody.",
      fr: "Ce qui fut demandé et comment on a jugé : cela ne concerne personne.")
    let people = Words(
      en:
        "Who speaks for an organisation or reads; colleagues and staff take them out, an erasure does.",
      fr:
        "Qui parle pour une structure ou relit ; collègues et équipe les retirent, un effacement aussi."
    )
    let ids = Words(
      en: "Ids only, so that old links arrive and nobody is asked twice.",
      fr:
        "Des identifiants seuls, pour que les anciens liens mènent au but et qu’on ne redemande pas."
    )
    return [
      ("applications_call", call), ("applications_opened_scores", call),
      (
        "applications_staged_decision",
        Words(en: "Gone when decisions are published.", fr: "Part à la publication des décisions.")
      ), ("applications_organisation", people), ("applications_member", people),
      ("applications_reviewer", people), ("applications_conflict", people),
      ("applications_cleared_conflict", people), ("applications_former", ids),
      ("applications_told_apart", ids),
    ].map { KeptTable($0.0, en: $0.1.en, fr: $0.1.fr) }
  }

  private var notChosen: Retention {
    .rows(
      Purpose(
        "applications-not-chosen",
        Words(
          en: "applications that were refused or withdrawn",
          fr: "candidatures refusées ou retirées"),
        because: Words(
          en: "An applicant may contest a decision, or apply again with what they wrote.",
          fr: "Une structure peut contester une décision, ou repartir de ce qu’elle avait écrit."),
        from: Words(en: "the decision, or the withdrawal", fr: "la décision, ou le retrait"),
        days: 730, allowing: 90...1825),
      of: ["applications_application", "applications_review"],
      goes: Words(
        en: "The answers, why a place was declined, and what reviewers wrote.",
        fr: "Les réponses, le motif d’un refus de place, et ce que les relecteurs ont écrit."),
      stays: Words(
        en: "That it was there, its scores and the decision, for the figures.",
        fr: "Qu’elle a existé, ses notes et la décision, pour les chiffres."),
      due: { term, connection in
        try connection.due(
          in: "applications_application", since: "drafted_at", where: chosenNot(before: term.cut))
      },
      prune: { term, limit, transaction in
        let ids = try transaction.rows(
          """
          SELECT id FROM applications_application WHERE \(part: chosenNot(before: term.cut))
          ORDER BY id LIMIT \(limit)
          """
        ).map { try $0.get("id", as: String.self) }
        guard !ids.isEmpty else { return 0 }
        try transaction.execute(
          "UPDATE applications_review SET comment = NULL WHERE application_id IN \(list: ids)")
        return try transaction.execute(
          """
          UPDATE applications_application SET answers = '{}', decline_reason = NULL
          WHERE id IN \(list: ids)
          """)
      })
  }

  private var drafts: Retention {
    let zone = host.clock.zone
    return .rows(
      Purpose(
        "drafts", Words(en: "drafts that were never sent", fr: "brouillons jamais déposés"),
        because: Words(
          en:
            "What was not handed in is of use to nobody but its authors, and to them for a while.",
          fr: "Ce qui ne fut pas déposé ne sert qu’à ses auteurs, et pour un temps."),
        from: Words(en: "the close of the call", fr: "la clôture de l’appel"), days: 180,
        allowing: 30...730),
      of: ["applications_application", "applications_review"],
      goes: Words(en: "The whole draft.", fr: "Le brouillon entier."),
      stays: Words(en: "The organisation.", fr: "La structure."),
      due: { term, connection in
        try connection.due(
          in: "applications_application", since: "drafted_at",
          where: unsent(before: zone.day(of: term.cut)))
      },
      prune: { term, limit, transaction in
        let ids = try transaction.rows(
          """
          SELECT id FROM applications_application
          WHERE \(part: unsent(before: zone.day(of: term.cut))) ORDER BY id LIMIT \(limit)
          """
        ).map { try $0.get("id", as: String.self) }
        guard !ids.isEmpty else { return 0 }
        try transaction.execute(
          "DELETE FROM applications_review WHERE application_id IN \(list: ids)")
        try transaction.execute(
          "DELETE FROM applications_staged_decision WHERE id IN \(list: ids)")
        return try transaction.execute(
          "DELETE FROM applications_application WHERE id IN \(list: ids)")
      })
  }

  private var merges: Retention {
    .rows(
      .merges, of: ["applications_merge"],
      goes: Words(en: "What was moved, names among it.", fr: "Ce qui fut déplacé, noms compris."),
      stays: Words(
        en: "Which id leads to which: old links still arrive.",
        fr: "Quel identifiant mène où : les anciens liens mènent encore au but."),
      due: { term, connection in
        try connection.due(
          in: "applications_merge", since: "merged_at", where: mergedLongAgo(before: term.cut))
      },
      prune: { term, limit, transaction in
        try transaction.execute(
          """
          UPDATE applications_merge SET moved = '{}' WHERE id IN (SELECT id FROM applications_merge
            WHERE \(part: mergedLongAgo(before: term.cut)) LIMIT \(limit))
          """)
      })
  }
}

private func mergedLongAgo(before cut: Instant) -> SQL { "merged_at < \(cut) AND moved <> '{}'" }

/// Whoever still waits on the list so long after waits for nothing.
private func chosenNot(before cut: Instant) -> SQL {
  """
  state IN ('refused', 'withdrawn', 'declined', 'lapsed', 'waiting')
    AND COALESCE(answered_at, withdrawn_at, promoted_at, decided_at, drafted_at) < \(cut)
    AND (answers <> '{}' OR decline_reason IS NOT NULL OR EXISTS (
      SELECT 1 FROM applications_review r
      WHERE r.application_id = applications_application.id AND r.comment IS NOT NULL))
  """
}

private func unsent(before day: Day) -> SQL {
  """
  state = 'draft' AND COALESCE(extended_until, '1900-01-01') < \(day)
    AND call_id IN (SELECT id FROM applications_call WHERE closes_on < \(day))
  """
}

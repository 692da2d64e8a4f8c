public import Kernel

extension AccountsModule {
  /// What goes when; letters to sign in, codes and attempts go after a day by the hourly job.
  public var retentions: [Retention] {
    [sessions, signIns, failures, invitations, unused]
  }

  public var keptTables: [KeptTable] {
    let short = Words(
      en: "Gone a day after they are of no use, every hour.",
      fr: "Parti un jour après n’être plus utile, chaque heure.")
    let staff = Words(
      en: "Who is staff: as long as they are.", fr: "Qui est de l’équipe : tant qu’il en est.")
    return [
      ("accounts_link", short), ("accounts_challenge", short), ("accounts_attempt", short),
      ("accounts_guide", short), ("accounts_grant", staff),
      (
        "accounts_founding",
        Words(en: "The first administrator’s link: one row.", fr: "Le lien du premier : une ligne.")
      ),
      (
        "accounts_key",
        Words(
          en: "Keys that seal links; each goes once it is believed no more.",
          fr: "Clés qui scellent les liens ; chacune part quand on ne la croit plus.")
      ),
    ].map { KeptTable($0.0, en: $0.1.en, fr: $0.1.fr) }
  }

  private var sessions: Retention {
    .deleting(
      Purpose(
        "sessions", Words(en: "sessions that ended", fr: "sessions terminées"),
        because: Words(
          en: "Somebody looks at what just ended; then the list of sign-ins says enough.",
          fr: "On regarde ce qui vient de finir ; ensuite la liste des connexions suffit."),
        from: Words(en: "its end", fr: "sa fin"), days: 1, allowing: 1...90),
      from: "accounts_session", since: "began_at",
      goes: Words(en: "Device, network, what was worn.", fr: "Appareil, réseau, rôle porté."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { "expires_at < \($0.cut) OR ended_at < \($0.cut)" }
  }

  private static let logs = Purpose(
    "sign-ins", Words(en: "who signed in, and failures", fr: "connexions, et échecs"),
    because: Words(
      en:
        "Misuse is found out by looking back; the CNIL holds six months to a year to be enough (decision 2021-122).",
      fr:
        "On découvre un abus en regardant en arrière ; la CNIL juge six mois à un an suffisants (délibération 2021-122)."
    ), from: Words(en: "the day it was", fr: "le jour même"), days: 365, allowing: 30...1095)

  private var signIns: Retention {
    .deleting(
      Self.logs, from: "accounts_sign_in", since: "at",
      goes: Words(
        en: "When, how and from where somebody came in.",
        fr: "Quand, comment et d’où quelqu’un est entré."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { "at < \($0.cut)" }
  }

  private var failures: Retention {
    let zone = host.clock.zone
    return .deleting(
      Self.logs, from: "accounts_failure",
      goes: Words(en: "How many failed on a day.", fr: "Combien ont échoué un jour."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { "on_day < \(zone.day(of: $0.cut))" }
  }

  private var invitations: Retention {
    .deleting(
      Purpose(
        "invitations", Words(en: "invitations of staff", fr: "invitations dans l’équipe"),
        because: Words(
          en: "Who was invited by whom is asked soon after; the audit keeps that it was done.",
          fr: "Qui a invité qui se demande peu après ; le journal garde que ce fut fait."),
        from: Words(en: "its end", fr: "sa fin"), days: 90, allowing: 7...730),
      from: "accounts_invitation", since: "created_at",
      goes: Words(en: "Name and address.", fr: "Nom et adresse."),
      stays: Words(en: "Nothing.", fr: "Rien.")
    ) { "expires_at < \($0.cut)" }
  }

  private var unused: Retention {
    .rows(
      Purpose(
        "accounts", Words(en: "accounts nobody uses", fr: "comptes que personne n’utilise"),
        because: Words(
          en: "An account comes back with the next letter that signs in (GDPR art. 5.1.e).",
          fr: "Un compte renaît à la prochaine lettre de connexion (RGPD art. 5.1.e)."),
        from: Words(en: "the last sign-in", fr: "la dernière connexion"), days: 1095,
        allowing: 180...3650),
      of: ["accounts_person", "accounts_address", "accounts_factor", "accounts_recovery"],
      goes: Words(
        en: "Name, addresses, second factors. Staff’s stay.",
        fr: "Nom, adresses, seconds facteurs. Ceux de l’équipe restent."),
      stays: Words(
        en: "What modules keep of the person, under purposes of their own.",
        fr: "Ce que les modules gardent de la personne, pour leurs propres finalités."),
      due: { term, connection in
        try connection.due(
          in: "accounts_person", since: "created_at", where: unseen(since: term.cut))
      },
      prune: { term, limit, transaction in
        let ids = try transaction.rows(
          "SELECT id FROM accounts_person WHERE \(part: unseen(since: term.cut)) ORDER BY id LIMIT \(limit)"
        ).map { try $0.get("id", as: String.self) }
        guard !ids.isEmpty else { return 0 }
        for table: SQL in [
          "accounts_session", "accounts_guide", "accounts_factor", "accounts_recovery",
          "accounts_address",
        ] {
          try transaction.execute("DELETE FROM \(part: table) WHERE person IN \(list: ids)")
        }
        return try transaction.execute("DELETE FROM accounts_person WHERE id IN \(list: ids)")
      })
  }
}

private func unseen(since cut: Instant) -> SQL {
  """
  COALESCE(seen_at, created_at) < \(cut) AND created_at < \(cut)
    AND NOT EXISTS (SELECT 1 FROM accounts_grant g WHERE g.person = accounts_person.id)
    AND NOT EXISTS (SELECT 1 FROM accounts_session s
      WHERE s.person = accounts_person.id AND s.ended_at IS NULL AND s.expires_at >= \(cut))
  """
}

public import Kernel

extension AccountsModule {
  public var rules: [Rule] {
    [
      Rule(
        "accounts.a-letter",
        Words(
          en:
            "A sign-in letter works once, for \(Lifetime.link / 60) minutes; \(Limits.codesALink) wrong codes end it, and so does a newer letter.",
          fr:
            "Une lettre de connexion sert une fois, \(Lifetime.link / 60) minutes ; \(Limits.codesALink) codes faux y mettent fin, une lettre plus récente aussi."
        ),
        refusedWith: "accounts/wrong-code"),
      Rule(
        "accounts.attempts",
        Words(
          en:
            "Attempts are counted for \(Limits.window / 60) minutes; beyond the limit one waits, and nothing is locked.",
          fr:
            "Les essais se comptent sur \(Limits.window / 60) minutes ; au-delà on attend, rien n’est bloqué."
        ),
        refusedWith: "accounts/too-many-attempts"),
      Rule(
        "accounts.second-factor",
        Words(
          en:
            "Staff and reviewers act after a second factor only; their last one cannot be removed.",
          fr:
            "L’équipe et les relecteurs n’agissent qu’après un second facteur ; le dernier ne se retire pas."
        ),
        refusedWith: "accounts/second-factor-needed"),
      Rule(
        "accounts.sessions",
        Words(
          en:
            "A session ends after \(Lifetime.idle / 86_400) days unused and \(Lifetime.absolute / 86_400) in all; for staff, after \(Lifetime.staffIdle / 3600) hours and \(Lifetime.staffAbsolute / 3600).",
          fr:
            "Une session finit après \(Lifetime.idle / 86_400) jours sans usage et \(Lifetime.absolute / 86_400) en tout ; pour l’équipe, après \(Lifetime.staffIdle / 3600) heures et \(Lifetime.staffAbsolute / 3600)."
        ),
        refusedWith: "accounts/signed-out"),
      Rule(
        "accounts.an-administrator",
        Words(
          en: "An instance keeps at least one administrator.",
          fr: "Une instance garde au moins un administrateur."),
        refusedWith: "accounts/last-administrator"),
    ]
  }
}

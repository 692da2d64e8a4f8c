public import Kernel

extension MissionsModule {
  public var rules: [Rule] {
    [
      Rule(
        "missions.stages",
        Words(
          en: "A mission forms, then runs once started, then is closed; staff can reopen it.",
          fr: "Une mission se forme, démarre, puis est close ; l’équipe peut la rouvrir."),
        refusedWith: "missions/wrong-state"),
      Rule(
        "missions.a-team",
        Words(
          en: "A mission starts when at least one place in it is confirmed.",
          fr: "Une mission démarre quand une place au moins y est confirmée."),
        refusedWith: "missions/empty-team"),
      Rule(
        "missions.half-days",
        Words(
          en:
            "A session is a half-day, from 09:00 to 12:30 or from 13:30 to 17:00, by the clocks of the edition. Nobody is in two on one half-day, unless staff give a reason.",
          fr:
            "Une séance est une demi-journée, de 9 h à 12 h 30 ou de 13 h 30 à 17 h, à l’heure de l’édition. Personne n’est à deux le même moment, sauf raison de l’équipe."
        ),
        refusedWith: "missions/double-booking"),
      Rule(
        "missions.presence",
        Words(
          en: "Who is there is recorded once the session has begun; then it no longer moves.",
          fr: "Les présents se notent une fois la séance commencée ; elle ne bouge alors plus."),
        refusedWith: "missions/too-early"),
      Rule(
        "missions.hours-in-the-team",
        Words(
          en:
            "Hours count from joining the team to leaving it, in quarters of an hour, not in the future.",
          fr:
            "Le temps compte de l’arrivée au départ de l’équipe, au quart d’heure, pas dans le futur."
        ),
        refusedWith: "missions/not-in-team"),
      Rule(
        "missions.longest-day",
        Words(
          en:
            "No more is logged for a day than the limit of that day; 12 hours until staff set another.",
          fr:
            "On ne saisit pas plus par jour que la limite de ce jour ; 12 heures tant que l’équipe n’en fixe pas d’autre."
        ),
        refusedWith: "missions/daily-limit"),
      Rule(
        "missions.job-seekers-week",
        Words(
          en:
            "A job seeker logs no more in a week, Monday to Sunday, than the limit; 15 hours until staff set another.",
          fr:
            "Une personne en recherche d’emploi ne saisit pas plus par semaine, du lundi au dimanche, que la limite ; 15 heures tant que l’équipe n’en fixe pas d’autre."
        ),
        refusedWith: "missions/weekly-limit"),
      Rule(
        "missions.logged-once",
        Words(
          en: "The same time on the same day is logged once, unless it is said on purpose.",
          fr: "Le même temps le même jour se saisit une fois, sauf à le dire exprès."),
        refusedWith: "missions/hours-logged-already"),
      Rule(
        "missions.somebody-else-checks",
        Words(
          en: "Nobody validates hours they logged themselves.",
          fr: "Personne ne valide le temps qu’il a lui-même saisi."),
        refusedWith: "missions/own-hours"),
      Rule(
        "missions.validated-stays",
        Words(
          en:
            "Validated hours are never changed: staff take them back by an entry that counters them.",
          fr: "Le temps validé ne change jamais : l’équipe le reprend par une écriture inverse."),
        refusedWith: "missions/hours-state"),
      Rule(
        "missions.closed-days",
        Words(
          en: "Hours for a day that was reported are added by staff only, with a reason.",
          fr: "Le temps d’un jour déclaré n’est ajouté que par l’équipe, avec une raison."),
        refusedWith: "missions/hours-closed"),
      Rule(
        "missions.regime-of-the-day",
        Words(
          en:
            "An entry keeps the regime and the partner that held on its day; a change never reaches validated hours.",
          fr:
            "Une écriture garde le régime et le partenaire de son jour ; un changement n’atteint jamais du temps validé."
        ),
        refusedWith: "missions/hours-already-validated"),
      Rule(
        "missions.one-evaluation",
        Words(
          en: "Each side evaluates a mission once.",
          fr: "Chacun évalue une mission une fois."),
        refusedWith: "missions/already-evaluated"),
      Rule(
        "missions.closing",
        Words(
          en: "A mission closes when its deliverable is accepted and no hours wait.",
          fr: "Une mission se clôt quand son livrable est accepté et qu’aucun temps n’attend."),
        refusedWith: "missions/still-open"),
    ]
  }
}

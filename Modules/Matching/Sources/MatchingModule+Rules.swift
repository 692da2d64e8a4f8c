public import Kernel

extension MatchingModule {
  public var rules: [Rule] {
    [
      Rule(
        "matching.hard-rules",
        Words(
          en:
            "Skill and level, half-days, format, language, conflicts of interest and a job seeker’s previous employer rule people out; a lock never overrides them.",
          fr:
            "Compétence et niveau, demi-journées, format, langue, conflits d’intérêts et ancien employeur excluent ; un verrou ne passe jamais outre."
        ),
        refusedWith: "matching/not-eligible"),
      Rule(
        "matching.company-mix",
        Words(
          en:
            "A team takes two people of one company at most, more only where too few companies take part; where every team has six seats or more, it has three people at least where that is possible. Staff set other numbers for an edition, or for a run.",
          fr:
            "Une équipe prend au plus deux personnes d’une entreprise, davantage seulement si trop peu d’entreprises participent ; là où chaque équipe a six places ou plus, elle compte au moins trois personnes si c’est possible. L’équipe du programme fixe d’autres nombres pour une édition, ou un appariement."
        )),
      Rule(
        "matching.one-publication",
        Words(
          en:
            "Teams of an edition are published once; afterwards free seats are offered one by one.",
          fr:
            "Les équipes d’une édition se publient une fois ; ensuite les places libres se proposent une à une."
        ),
        refusedWith: "matching/already-published"),
      Rule(
        "matching.fresh-draft",
        Words(
          en: "A draft that no longer fits what is known is not published.",
          fr: "Un brouillon qui ne correspond plus à ce qu’on sait ne se publie pas."),
        refusedWith: "matching/outdated"),
      Rule(
        "matching.offer",
        Words(
          en:
            "An offer is confirmed or declined until its term; then it lapses and the next best is asked.",
          fr:
            "Une offre se confirme ou se décline jusqu’à son terme ; ensuite elle tombe et la personne suivante est sollicitée."
        ),
        refusedWith: "matching/deadline-passed"),
      Rule(
        "matching.one-reminder",
        Words(
          en: "Nobody is reminded of an offer on a day on which they were written to about it.",
          fr:
            "Personne ne reçoit de rappel d’une offre un jour où une lettre à son sujet est déjà partie."
        )),
      Rule(
        "matching.holders-stay",
        Words(
          en: "Nobody who holds a place is moved when others leave.",
          fr: "Qui tient une place n’est pas déplacé quand d’autres partent.")),
      Rule(
        "matching.one-place",
        Words(
          en: "Nobody holds two places in one team.",
          fr: "Personne ne tient deux places dans une équipe.")),
    ]
  }
}

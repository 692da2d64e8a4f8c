public import Kernel

extension AccompanimentModule {
  public var rules: [Rule] {
    [
      Rule(
        "accompaniment.diagnosis-first",
        Words(
          en: "Needs are confirmed after the diagnosis.",
          fr: "Les besoins se confirment après le diagnostic."),
        refusedWith: "accompaniment/diagnosis-missing"),
      Rule(
        "accompaniment.confirmed-need",
        Words(
          en: "A confirmed need no longer changes; another is added.",
          fr: "Un besoin confirmé ne change plus ; on en ajoute un autre."),
        refusedWith: "accompaniment/need-settled"),
      Rule(
        "accompaniment.brief-for-a-need",
        Words(
          en: "A brief answers a confirmed need.",
          fr: "Un cahier des charges répond à un besoin confirmé."),
        refusedWith: "accompaniment/need-not-confirmed"),
      Rule(
        "accompaniment.published-brief",
        Words(
          en:
            "A published brief no longer changes, since a team is matched to it; staff correct or cancel it, with a reason.",
          fr:
            "Un cahier des charges publié ne change plus, puisqu’une équipe s’y apparie ; l’équipe le corrige ou l’annule, avec une raison."
        ),
        refusedWith: "accompaniment/brief-published"),
      Rule(
        "accompaniment.attendance",
        Words(
          en: "Who came to a workshop is recorded on its day or later.",
          fr: "Les présents d’un atelier se notent le jour même ou après."),
        refusedWith: "accompaniment/workshop-to-come"),
      Rule(
        "accompaniment.held-workshop",
        Words(
          en: "A workshop whose attendance is recorded is not cancelled.",
          fr: "Un atelier dont les présents sont notés ne s’annule pas."),
        refusedWith: "accompaniment/workshop-held"),
      Rule(
        "accompaniment.follow-ups",
        Words(
          en: "6 and 12 months after the edition ends, each organisation is asked what stayed.",
          fr: "6 et 12 mois après la fin de l’édition, chaque association dit ce qui en reste."),
        refusedWith: "accompaniment/follow-up-not-asked"),
    ]
  }
}

public import Kernel

extension ApplicationsModule {
  public var rules: [Rule] {
    [
      Rule(
        "applications.deadline",
        Words(
          en:
            "A call takes applications until the end of its last day, by the clocks of the edition; drafts can be saved after that.",
          fr:
            "Un appel reçoit les candidatures jusqu’à la fin de son dernier jour, à l’heure de l’édition ; un brouillon se garde encore ensuite."
        ),
        refusedWith: "applications/deadline-passed"),
      Rule(
        "applications.closing-early",
        Words(
          en: "A call closes before its deadline only when staff say so on purpose.",
          fr: "Un appel ne se clôt avant son échéance que si l’équipe le dit exprès."),
        refusedWith: "applications/closes-later"),
      Rule(
        "applications.one-application",
        Words(
          en: "An organisation has one application to a call; asked again, what there is is given.",
          fr:
            "Une association a une candidature par appel ; redemandée, celle qui existe est rendue."
        )),
      Rule(
        "applications.complete",
        Words(
          en: "An application is handed in when every required answer is there.",
          fr: "Une candidature se dépose quand toute réponse obligatoire y est."),
        refusedWith: "applications/incomplete"),
      Rule(
        "applications.eligible",
        Words(
          en: "Only who meets the conditions of the call can hand in.",
          fr: "Seul qui remplit les conditions de l’appel peut déposer."),
        refusedWith: "applications/not-eligible"),
      Rule(
        "applications.a-lead",
        Words(
          en: "An organisation keeps at least one lead.",
          fr: "Une association garde au moins un responsable."),
        refusedWith: "applications/last-lead"),
      Rule(
        "applications.no-conflict",
        Words(
          en:
            "Nobody reviews an organisation they have a conflict of interest with; a conflict declared later takes the review away with its scores.",
          fr:
            "Personne ne relit une association avec laquelle il a un conflit d’intérêts ; déclaré après coup, il retire la relecture et ses notes."
        ),
        refusedWith: "applications/conflict-of-interest"),
      Rule(
        "applications.likely-conflict",
        Words(
          en:
            "Where a reviewer may have a conflict, no review is given until it is declared or cleared.",
          fr:
            "Là où un conflit est probable, nulle relecture n’est confiée avant qu’il soit déclaré ou écarté."
        ),
        refusedWith: "applications/likely-conflict"),
      Rule(
        "applications.whole-decision",
        Words(
          en: "A deliberation decides on every application handed in, or on none.",
          fr: "Une délibération décide de toutes les candidatures déposées, ou d’aucune.")),
      Rule(
        "applications.confirmation",
        Words(
          en:
            "A laureate who does not confirm in time gives way to the first of the waiting list, who has as many days.",
          fr:
            "Un lauréat qui ne confirme pas à temps cède sa place au premier de la liste d’attente, qui a autant de jours."
        ),
        refusedWith: "applications/confirmation-passed"),
      Rule(
        "applications.places",
        Words(
          en: "No more laureates than places, unless staff say so on purpose.",
          fr: "Pas plus de lauréats que de places, sauf si l’équipe le dit exprès."),
        refusedWith: "applications/no-place-free"),
      Rule(
        "applications.waiting-list",
        Words(
          en: "The waiting list is closed once every laureate has answered.",
          fr: "La liste d’attente se ferme quand tout lauréat a répondu."),
        refusedWith: "applications/answers-pending"),
      Rule(
        "applications.merging",
        Words(
          en:
            "Two organisations that were one are made one by staff; not while both have an application to one call, or a place in one edition.",
          fr:
            "L’équipe réunit deux organisations qui n’en font qu’une ; pas tant que toutes deux candidatent au même appel, ou ont une place dans la même édition."
        ),
        refusedWith: "applications/both-apply"),
      Rule(
        "applications.undoing-a-merge",
        Words(
          en: "A merge is taken back within \(MergeRow.daysToUndo) days, the latest one first.",
          fr:
            "Une fusion se défait dans les \(MergeRow.daysToUndo) jours, la plus récente d’abord."),
        refusedWith: "applications/merge-over"),
    ]
  }
}

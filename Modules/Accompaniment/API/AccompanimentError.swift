public import Kernel

/// What Accompaniment refuses, and what to do about it.
public enum AccompanimentError: UserFacing, Equatable {
  /// Needs are confirmed after the diagnosis, and there is none.
  case diagnosisMissing
  /// No need of the journey is only proposed.
  case nothingToConfirm
  /// The need is confirmed or dropped.
  case needSettled(NeedState)
  /// A brief is for a confirmed need; carries where the need is.
  case needNotConfirmed(NeedState)
  /// The brief is published: only its texts are corrected.
  case briefPublished
  /// The brief is cancelled, and nothing is done with it until it is restored.
  case briefCancelled
  /// It was not cancelled.
  case briefStands
  /// The workshop is cancelled; another one is planned.
  case workshopCancelled
  /// Who came is recorded.
  case workshopHeld
  /// Who came is recorded on this day or later.
  case workshopToCome(Day)
  /// Nobody asked what stayed after that many months.
  case followUpNotAsked(months: Int)

  public var problem: Problem {
    switch self {
    case .briefCancelled:
      Problem(
        "accompaniment/brief-cancelled", status: 409,
        title: Words(en: "This brief is cancelled", fr: "Ce cahier des charges est annulé"),
        detail: Words(
          en: "It was cancelled, and its mission is not carried out.",
          fr: "Il a été annulé, et sa mission n’aura pas lieu."),
        advice: Words(
          en: "Staff can take that back (restore-brief), or draft another brief.",
          fr: "L’équipe peut revenir dessus (restore-brief), ou préparez-en un autre."))
    case .briefStands:
      Problem(
        "accompaniment/brief-stands", status: 409,
        title: Words(en: "It was not cancelled", fr: "Il n’a pas été annulé"),
        detail: Words(en: "This brief stands.", fr: "Ce cahier des charges tient toujours."),
        advice: Words(en: "There is nothing to do.", fr: "Il n’y a rien à faire."))
    case .workshopCancelled:
      Problem(
        "accompaniment/workshop-cancelled", status: 409,
        title: Words(en: "It is cancelled", fr: "Il est annulé"),
        detail: Words(
          en: "This workshop was cancelled, and those invited were told.",
          fr: "Cet atelier a été annulé, et les organisations invitées prévenues."),
        advice: Words(en: "Plan another one.", fr: "Prévoyez-en un autre."))
    case .workshopHeld:
      Problem(
        "accompaniment/workshop-held", status: 409,
        title: Words(en: "It took place", fr: "Il a eu lieu"),
        detail: Words(
          en: "Who came to this workshop is recorded.",
          fr: "Les présents de cet atelier sont notés."),
        advice: Words(
          en: "Correct who came with record-attendance.",
          fr: "Corrigez les présents avec record-attendance."))
    case .diagnosisMissing:
      Problem(
        "accompaniment/diagnosis-missing", status: 409,
        title: Words(en: "The diagnosis comes first", fr: "Le diagnostic d’abord"),
        detail: Words(
          en: "The needs cannot be confirmed yet: this journey has no diagnosis.",
          fr:
            "Les besoins ne peuvent pas encore être confirmés : ce parcours n’a pas de diagnostic."
        ),
        advice: Words(
          en: "Write down strengths, difficulties and ambitions, then confirm the needs.",
          fr: "Notez les forces, les difficultés et les ambitions, puis confirmez les besoins."))
    case .nothingToConfirm:
      Problem(
        "accompaniment/nothing-to-confirm", status: 409,
        title: Words(en: "Nothing to confirm", fr: "Rien à confirmer"),
        detail: Words(
          en: "This journey has no need that waits to be confirmed.",
          fr: "Ce parcours n’a aucun besoin en attente de confirmation."),
        advice: Words(
          en: "Add a need first; those already confirmed stay so.",
          fr: "Ajoutez d’abord un besoin ; ceux déjà confirmés le restent."))
    case .needSettled(let state):
      Problem(
        "accompaniment/need-settled", status: 409,
        title: Words(en: "This need is settled", fr: "Ce besoin est arrêté"),
        detail: Words(
          en: "The need is \(state.rawValue) and no longer changes.",
          fr: "Le besoin est à l’état « \(state.rawValue) » et ne change plus."),
        advice: Words(
          en: "Add another need, and confirm it.", fr: "Ajoutez un autre besoin et confirmez-le."))
    case .needNotConfirmed(let state):
      Problem(
        "accompaniment/need-not-confirmed", status: 409,
        title: Words(en: "The need is not confirmed", fr: "Le besoin n’est pas confirmé"),
        detail: Words(
          en: "A brief answers a confirmed need; this one is \(state.rawValue).",
          fr:
            "Un cahier des charges répond à un besoin confirmé ; celui-ci est à l’état « \(state.rawValue) »."
        ),
        advice: Words(
          en: "Confirm the needs of the journey, then write the brief.",
          fr: "Confirmez les besoins du parcours, puis rédigez le cahier des charges."))
    case .briefPublished:
      Problem(
        "accompaniment/brief-published", status: 409,
        title: Words(en: "The brief is published", fr: "Le cahier des charges est publié"),
        detail: Words(
          en: "A published brief no longer changes: a team is matched to it.",
          fr: "Un cahier des charges publié ne change plus : une équipe y est appariée."),
        advice: Words(
          en: "For something else, draft another brief.",
          fr: "Pour autre chose, préparez un autre cahier des charges."))
    case .workshopToCome(let day):
      Problem(
        "accompaniment/workshop-to-come", status: 409,
        title: Words(en: "Not held yet", fr: "Pas encore tenu"),
        detail: Words(
          en: "This workshop takes place on \(day).", fr: "Cet atelier a lieu le \(day)."),
        advice: Words(
          en: "Record who came on that day or later.",
          fr: "Notez les présences ce jour-là ou après."
        ))
    case .followUpNotAsked(let months):
      Problem(
        "accompaniment/follow-up-not-asked", status: 409,
        title: Words(en: "Not asked yet", fr: "Pas encore demandé"),
        detail: Words(
          en: "Nobody asked for a follow-up at \(months) months.",
          fr: "Aucun suivi à \(months) mois n’a été demandé."),
        advice: Words(
          en: "The journey shows the follow-ups that were asked for.",
          fr: "Le parcours montre les suivis demandés."))
    }
  }
}

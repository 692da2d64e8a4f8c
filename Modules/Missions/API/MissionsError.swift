public import Kernel

/// What Missions refuses, and what to do about it.
public enum MissionsError: UserFacing, Equatable {
  /// The mission is not at the stage this needs; carries the stage it is at.
  case wrongState(MissionState)
  /// Nobody is in the team, so it cannot start.
  case emptyTeam
  /// The person was not in the team on that day, or never.
  case notInTeam
  /// Some are expected in two places on one half-day; each line says who and where else.
  case doubleBooking([FieldProblem])
  /// The session took place, so it neither moves nor is cancelled.
  case sessionHeld
  /// The session was cancelled, so nothing is recorded of it.
  case sessionCancelled
  /// The session begins at this moment: who is there is recorded from then on.
  case tooEarly(Instant)
  /// `minutes` is the day's limit, `logged` what is in for it already, in all missions.
  case dailyLimit(minutes: Int, logged: Int)
  /// As `dailyLimit`, for a job seeker's week from Monday to Sunday.
  case weeklyLimit(minutes: Int, logged: Int)
  /// The entry is not where this needs it; carries where it is.
  case hoursState(HoursState)
  /// Whoever would check the hours logged them.
  case ownHours
  /// The same time is in already: a second press, or worked twice?
  case loggedAlready(minutes: Int, Day)
  /// The entry was taken back before, or is itself what takes one back.
  case hoursReversed
  /// Up to this day, included, only staff let hours in, with a reason.
  case hoursClosed(through: Day)
  /// Hours of this day, the last one, are validated: a change of regime begins later.
  case hoursAlreadyValidated(Day)
  /// The deliverable was answered before; carries how.
  case deliverableState(DeliverableState)
  /// The milestone was reached before.
  case milestoneReached
  /// The risk was closed before.
  case riskClosed
  /// This side gave its evaluation; each gives one.
  case alreadyEvaluated
  /// What stands between a mission and its closing.
  case stillOpen([FieldProblem])

  public var problem: Problem {
    switch self {
    case .wrongState(let state): missionStateProblem(state)
    case .emptyTeam:
      refusal(
        "empty-team", title: Words(en: "Nobody in the team yet", fr: "Équipe encore vide"),
        detail: Words(
          en: "No volunteer has confirmed a place in this mission.",
          fr: "Aucun volontaire n’a confirmé sa place dans cette mission."),
        advice: Words(
          en: "Start it when at least one place is confirmed; `matching places` shows them.",
          fr: "Démarrez-la dès qu’une place est confirmée ; `matching places` les montre."))
    case .notInTeam:
      refusal(
        "not-in-team", title: Words(en: "Not in the team then", fr: "Pas dans l’équipe alors"),
        detail: Words(
          en: "This person was not in the team of this mission on that day.",
          fr: "Cette personne n’était pas dans l’équipe de la mission ce jour-là."),
        advice: Words(
          en: "Check the mission and the day: hours count from joining the team to leaving it.",
          fr:
            "Vérifiez la mission et le jour : le temps compte de l’arrivée au départ de l’équipe."))
    case .doubleBooking(let clashes): doubleBookingProblem(clashes)
    case .sessionHeld:
      refusal(
        "session-held", title: Words(en: "It took place", fr: "Elle a eu lieu"),
        detail: Words(
          en: "Presence is recorded for this session, so it can no longer be moved.",
          fr: "Les présences de cette séance sont notées : elle ne peut plus être déplacée."),
        advice: Words(
          en: "Plan another session instead.", fr: "Prévoyez plutôt une autre séance."))
    case .tooEarly(let start):
      refusal(
        "too-early", title: Words(en: "Not begun yet", fr: "Pas encore commencée"),
        detail: Words(
          en: "This session begins at \(start.description).",
          fr: "Cette séance commence à \(start.description)."),
        advice: Words(
          en: "Record who is there once it has begun.",
          fr: "Notez les présents une fois qu’elle a commencé."))
    case .dailyLimit(let minutes, let logged):
      limit("daily-limit", minutes, logged, Words(en: "for one day", fr: "pour une journée"))
    case .weeklyLimit(let minutes, let logged):
      limit(
        "weekly-limit", minutes, logged,
        Words(en: "for one week, in this participation", fr: "par semaine, pour ce parcours"))
    case .hoursState(let state): hoursStateProblem(state)
    case .ownHours:
      Problem(
        "missions/own-hours", status: 403,
        title: Words(en: "Somebody else checks", fr: "Quelqu’un d’autre vérifie"),
        detail: Words(
          en: "Nobody checks the hours they logged themselves.",
          fr: "Personne ne valide le temps qu’il a lui-même saisi."),
        advice: Words(
          en: "Ask the organisation or the programme manager.",
          fr: "Demandez à l’association ou au responsable de programme."))
    case .sessionCancelled:
      refusal(
        "session-cancelled", title: Words(en: "It is cancelled", fr: "Elle est annulée"),
        detail: Words(
          en: "This session was cancelled, and those concerned were told.",
          fr: "Cette séance a été annulée, et les personnes concernées prévenues."),
        advice: Words(en: "Plan another session.", fr: "Prévoyez une autre séance."))
    case .loggedAlready(let minutes, let day):
      refusal(
        "hours-logged-already", title: Words(en: "Already logged", fr: "Déjà saisi"),
        detail: Words(
          en: "\(inHours(minutes)) of this mission are logged for \(day) already.",
          fr: "\(inHours(minutes)) de cette mission sont déjà saisies pour le \(day)."),
        advice: Words(
          en: "There is nothing to do. If it was worked twice, say so with `again`.",
          fr: "Il n’y a rien à faire. Si c’était deux fois, dites-le avec `again`."))
    case .hoursReversed:
      refusal(
        "hours-reversed", title: Words(en: "Taken back already", fr: "Déjà repris"),
        detail: Words(
          en: "These hours were taken back, and count no longer.",
          fr: "Ce temps a été repris et ne compte plus."),
        advice: Words(en: "Log the right hours anew.", fr: "Saisissez à nouveau le bon temps."))
    case .hoursClosed(let day):
      refusal(
        "hours-closed", title: Words(en: "These days are closed", fr: "Ces jours sont arrêtés"),
        detail: Words(
          en: "The hours up to \(day) were reported and are closed.",
          fr: "Les heures jusqu’au \(day) ont été déclarées et sont arrêtées."),
        advice: Words(
          en: "Write to the programme manager: staff can let it in with a reason (`late`).",
          fr: "Écrivez au responsable : l’équipe peut l’ajouter avec une raison (`late`)."))
    case .hoursAlreadyValidated(let day):
      refusal(
        "hours-already-validated",
        title: Words(en: "Hours are in the ledger", fr: "Temps déjà au registre"),
        detail: Words(
          en: "Hours of \(day) are validated under the rules that held then.",
          fr: "Du temps du \(day) est validé sous les règles d’alors."),
        advice: Words(
          en: "Let the change take effect after that day, or take those hours back first.",
          fr: "Faites prendre effet au changement après ce jour, ou reprenez d’abord ce temps."))
    case .deliverableState(let state): deliverableStateProblem(state)
    case .milestoneReached:
      refusal(
        "milestone-reached", title: Words(en: "Already reached", fr: "Déjà atteint"),
        detail: Words(
          en: "This milestone was reached before.", fr: "Ce jalon a déjà été atteint."),
        advice: Words(en: "There is nothing to do.", fr: "Il n’y a rien à faire."))
    case .riskClosed:
      refusal(
        "risk-closed", title: Words(en: "Already closed", fr: "Déjà clos"),
        detail: Words(en: "This risk was closed before.", fr: "Ce risque a déjà été clos."),
        advice: Words(
          en: "Raise a new one if it is back.", fr: "Signalez-en un nouveau s’il revient."))
    case .alreadyEvaluated:
      refusal(
        "already-evaluated", title: Words(en: "Already told", fr: "Avis déjà donné"),
        detail: Words(
          en: "The evaluation is in: each side gives one per mission.",
          fr: "L’évaluation est enregistrée : chacun en donne une par mission."),
        advice: Words(
          en: "Write to the programme manager to add something.",
          fr: "Écrivez au responsable de programme pour compléter."))
    case .stillOpen(let items): stillOpenProblem(items)
    }
  }

  private func refusal(_ code: String, title: Words, detail: Words, advice: Words) -> Problem {
    Problem("missions/" + code, status: 409, title: title, detail: detail, advice: advice)
  }
}

private func missionStateProblem(_ state: MissionState) -> Problem {
  let now =
    switch state {
    case .forming: Words(en: "its team is still forming", fr: "son équipe se forme encore")
    case .running: Words(en: "it is running", fr: "elle est en cours")
    case .closed: Words(en: "it is closed", fr: "elle est close")
    }
  return Problem(
    "missions/wrong-state", status: 409,
    title: Words(en: "Not at this stage", fr: "Pas à ce stade"),
    detail: Words(
      en: "This cannot be done with the mission as it is: \(now.en).",
      fr: "La mission ne le permet pas à ce stade : \(now.fr)."),
    advice: Words(
      en: "A mission forms, then runs once started, then is closed; staff can reopen it.",
      fr: "Une mission se forme, démarre, puis est close ; l’équipe peut la rouvrir."))
}

private func doubleBookingProblem(_ clashes: [FieldProblem]) -> Problem {
  Problem(
    "missions/double-booking", status: 409,
    title: Words(en: "Expected in two places", fr: "Attendu à deux endroits"),
    detail: Words(
      en: "On that half-day there is another session for somebody concerned.",
      fr: "Cette demi-journée, une autre séance attend quelqu’un de concerné."),
    advice: Words(
      en: "Choose another half-day, or let the staff go ahead with `overrideReason`.",
      fr: "Choisissez une autre demi-journée, ou l’équipe passe outre avec `overrideReason`."),
    fields: clashes)
}

private func limit(_ code: String, _ minutes: Int, _ logged: Int, _ span: Words) -> Problem {
  Problem(
    "missions/" + code, status: 409,
    title: Words(en: "More than the limit", fr: "Au-delà de la limite"),
    detail: Words(
      en: "At most \(inHours(minutes)) may be logged \(span.en); \(inHours(logged)) are already.",
      fr: "On peut saisir \(inHours(minutes)) au plus \(span.fr) ; \(inHours(logged)) y sont déjà."
    ),
    advice: Words(
      en: "Correct the day or the time. If the work was really done, write to the manager.",
      fr: "Corrigez le jour ou la durée. Si le travail est réel, écrivez au responsable."))
}

private func inHours(_ minutes: Int) -> String {
  let rest = minutes % 60
  return "\(minutes / 60) h" + (rest == 0 ? "" : " \(rest < 10 ? "0" : "")\(rest)")
}

private func hoursStateProblem(_ state: HoursState) -> Problem {
  let now =
    switch state {
    case .waiting: Words(en: "waiting to be checked", fr: "en attente de validation")
    case .validated: Words(en: "validated", fr: "validé")
    case .returned: Words(en: "with its author for correction", fr: "chez son auteur, à corriger")
    case .withdrawn: Words(en: "taken back by its author", fr: "retiré par son auteur")
    }
  return Problem(
    "missions/hours-state", status: 409,
    title: Words(en: "Not possible any more", fr: "Ce n’est plus possible"),
    detail: Words(en: "This entry is \(now.en).", fr: "Ce temps est \(now.fr)."),
    advice: Words(
      en: "What waits is checked; what is not validated is corrected; staff reverse what is.",
      fr: "On valide ce qui attend, on corrige le reste ; l’équipe reprend ce qui est validé."))
}

private func deliverableStateProblem(_ state: DeliverableState) -> Problem {
  let now =
    switch state {
    case .submitted: Words(en: "waiting for the organisation", fr: "en attente de l’association")
    case .accepted: Words(en: "accepted", fr: "accepté")
    case .returned: Words(en: "sent back for changes", fr: "renvoyé pour modification")
    }
  return Problem(
    "missions/deliverable-state", status: 409,
    title: Words(en: "Already answered", fr: "Déjà répondu"),
    detail: Words(en: "This deliverable is \(now.en).", fr: "Ce livrable est \(now.fr)."),
    advice: Words(
      en: "The team submits a new one after changes.",
      fr: "L’équipe en remet un nouveau après modification."))
}

private func stillOpenProblem(_ items: [FieldProblem]) -> Problem {
  Problem(
    "missions/still-open", status: 409,
    title: Words(en: "Something is still open", fr: "Il reste à faire"),
    detail: Words(
      en: "The mission can be closed once what is listed is settled.",
      fr: "La mission pourra être close quand ce qui suit sera réglé."),
    advice: Words(
      en: "Settle each line, then close the mission again.",
      fr: "Réglez chaque ligne, puis clôturez à nouveau."), fields: items)
}

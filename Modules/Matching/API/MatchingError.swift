public import Kernel

/// What Matching refuses, in words for the person who asked.
public enum MatchingError: UserFacing, Equatable {
  /// No strategy has that name; carries those there are.
  case unknownStrategy(String, known: [String])
  /// No brief of the edition is published; says so in words.
  case nothingToMatch(Words)
  /// Locks that no teams can keep together.
  case contradictoryLocks(Words)
  /// The run is no draft: it is published already.
  case notDraft
  /// Another run of the edition is published.
  case alreadyPublished
  /// A draft that no longer fits what the volunteers and organisations say of themselves: what
  /// happened since.
  case outdated(RunID, [Words])
  /// The day to confirm by is over already.
  case deadlinePast(Day)
  /// The place is not where this needs it; carries where it is.
  case wrongPlaceState(PlaceState)
  /// The time to answer the offer is over.
  case deadlinePassed(Instant)
  /// Hard rules that keep the person from the role; no reason overrides them.
  case notEligible([Words])
  /// Rules that give way to a reason, and none was given.
  case ruleBroken([Words])
  /// The role has nobody left to take.
  case seatTaken(Name)
  /// There are no teams yet.
  case notPublished
  /// The run is not worked out yet.
  case stillComputing
  /// The run ended without teams.
  case failed(Words)
  /// There is nothing to stop.
  case notComputing
  /// The run was made before evidence was kept.
  case noEvidence

  public var problem: Problem {
    switch self {
    case .unknownStrategy(let name, let known):
      let list = known.joined(separator: ", ")
      return Problem.invalid(
        "strategy", en: "“\(name)” is not one of: \(list)",
        fr: "« \(name) » n’est pas parmi : \(list)")
    case .nothingToMatch(let what):
      return Problem(
        "matching/nothing-to-match", status: 409,
        title: Words(en: "Nothing to match yet", fr: "Rien à apparier"), detail: what,
        advice: Words(
          en: "Publish briefs and have volunteers complete their profiles first.",
          fr: "Publiez d’abord les cahiers des charges et faites compléter les profils."))
    case .contradictoryLocks(let detail):
      return Problem(
        "matching/contradictory-locks", status: 409,
        title: Words(en: "The locks contradict each other", fr: "Les verrous se contredisent"),
        detail: detail,
        advice: Words(
          en: "Remove one of them with `parvis matching unlock`, then run again.",
          fr: "Retirez-en un avec `parvis matching unlock`, puis relancez."))
    case .ruleBroken(let rules):
      return Problem(
        "matching/rule-broken", status: 409,
        title: Words(en: "A rule would be broken", fr: "Une règle serait enfreinte"),
        detail: Words(
          en: "This person: \(rules.map(\.en).joined(separator: "; ")).",
          fr: "Cette personne : \(rules.map(\.fr).joined(separator: " ; "))."),
        advice: Words(
          en: "Choose somebody else, or say why all the same (despite).",
          fr: "Choisissez quelqu’un d’autre, ou dites pourquoi malgré tout (despite)."))
    case .seatTaken(let role):
      return Problem(
        "matching/seat-taken", status: 409,
        title: Words(en: "No empty seat", fr: "Aucune place vide"),
        detail: Words(
          en: "All seats of “\(role)” are offered or taken.",
          fr: "Toutes les places de « \(role) » sont proposées ou prises."),
        advice: Words(
          en: "Let two people change seats (matching swap), or wait for an answer.",
          fr: "Échangez deux personnes (matching swap), ou attendez une réponse."))
    case .notPublished:
      return Problem(
        "matching/not-published", status: 409,
        title: Words(en: "No teams yet", fr: "Pas encore d’équipes"),
        detail: Words(
          en: "No run of this edition is published.",
          fr: "Aucun appariement de cette édition n’est publié."),
        advice: Words(
          en: "Before publication, keep somebody in a role with matching pin, and run again.",
          fr: "Avant publication, gardez quelqu’un sur un rôle avec matching pin, puis relancez."))
    case .notDraft:
      return Problem(
        "matching/not-draft", status: 409,
        title: Words(en: "Not a draft any more", fr: "N’est plus un brouillon"),
        detail: Words(
          en: "This run is published.", fr: "Cet appariement est publié."),
        advice: Words(en: "Make a new run.", fr: "Lancez un nouvel appariement."))
    case .alreadyPublished:
      return Problem(
        "matching/already-published", status: 409,
        title: Words(en: "Teams are published already", fr: "Équipes déjà publiées"),
        detail: Words(
          en: "A run of this edition is published; its offers are with the volunteers.",
          fr: "Un appariement de cette édition est publié ; ses offres sont chez les volontaires."),
        advice: Words(
          en: "Seats that become free are offered to the next best one by one.",
          fr: "Les places qui se libèrent sont proposées une à une aux suivants."))
    case .outdated(let run, let clauses):
      return Problem(
        "matching/outdated", status: 409,
        title: Words(en: "The draft is out of date", fr: "Le brouillon n’est plus à jour"),
        detail: Words(
          en: "Since it was made, \(clauses.map(\.en).joined(separator: "; ")).",
          fr: "Depuis, \(clauses.map(\.fr).joined(separator: " ; "))."),
        advice: Words(
          en: "Nothing was offered. `parvis matching run --from \(run)` makes a draft that keeps "
            + "everybody who can stay; look at it and publish that.",
          fr:
            "Rien n’a été proposé. `parvis matching run --from \(run)` fait un brouillon qui garde "
            + "tous ceux qui peuvent rester ; regardez-le et publiez-le."))
    case .deadlinePast(let day):
      return Problem.invalid(
        "confirmBy", en: "\(day) is not in the future", fr: "le \(day) n’est pas à venir")
    case .wrongPlaceState(let state):
      let words = state.words
      return Problem(
        "matching/wrong-place-state", status: 409,
        title: Words(en: "Not possible any more", fr: "Plus possible"),
        detail: Words(en: "This place is \(words.en).", fr: "Cette place est \(words.fr)."),
        advice: Words(
          en: "An offer can be confirmed or declined; a confirmed place can be given up.",
          fr: "Une offre se confirme ou se décline ; une place confirmée peut se libérer."))
    case .deadlinePassed(let moment):
      return Problem(
        "matching/deadline-passed", status: 409,
        title: Words(en: "The offer ran out", fr: "L’offre a expiré"),
        detail: Words(
          en: "It could be confirmed until \(moment).", fr: "Elle se confirmait jusqu’à \(moment)."),
        advice: Words(
          en: "Write to the programme manager: a place may still be free.",
          fr: "Écrivez au responsable de programme : une place est peut-être encore libre."))
    case .stillComputing:
      return Problem(
        "matching/still-computing", status: 409,
        title: Words(en: "Not worked out yet", fr: "Calcul en cours"),
        detail: Words(
          en: "The teams of this run are being worked out.",
          fr: "Les équipes de cet appariement sont en cours de calcul."),
        advice: Words(
          en:
            "`parvis matching run-progress` says how far it is; `cancel-run` takes the best so far.",
          fr:
            "`parvis matching run-progress` dit où il en est ; `cancel-run` prend le meilleur trouvé."
        ))
    case .failed(let fault):
      return Problem(
        "matching/run-failed", status: 409,
        title: Words(en: "This run has no teams", fr: "Appariement sans équipes"), detail: fault,
        advice: Words(en: "Make a new run.", fr: "Lancez un nouvel appariement."))
    case .notComputing:
      return Problem(
        "matching/not-computing", status: 409,
        title: Words(en: "Nothing to stop", fr: "Rien à arrêter"),
        detail: Words(
          en: "This run is not being worked out.",
          fr: "Cet appariement n’est pas en cours de calcul."
        ),
        advice: Words(
          en: "`parvis matching show-run` shows its teams.",
          fr: "`parvis matching show-run` montre ses équipes."))
    case .noEvidence:
      return Problem(
        "matching/no-evidence", status: 409,
        title: Words(en: "Nothing to work it out from", fr: "Rien pour le calculer"),
        detail: Words(
          en: "This run was made by a version of Parvis that did not keep what it looked at.",
          fr: "Cet appariement date d’une version de Parvis qui ne gardait pas ses données."),
        advice: Words(
          en: "Make a new run and ask about that.",
          fr: "Lancez un nouvel appariement et interrogez celui-là."))
    case .notEligible(let reasons):
      return Problem(
        "matching/not-eligible", status: 422,
        title: Words(en: "This pair is ruled out", fr: "Ce rapprochement est exclu"),
        detail: Words(
          en: reasons.map(\.en).joined(separator: "; "),
          fr: reasons.map(\.fr).joined(separator: " ; ")),
        advice: Words(
          en: "A hard rule is never overridden by a lock.",
          fr: "Un verrou ne passe jamais outre une règle."))
    }
  }
}

extension PlaceState {
  /// The state, for people.
  public var words: Words {
    switch self {
    case .offered: Words(en: "offered", fr: "proposée")
    case .confirmed: Words(en: "confirmed", fr: "confirmée")
    case .declined: Words(en: "declined", fr: "déclinée")
    case .lapsed: Words(en: "lapsed", fr: "expirée")
    case .withdrawn: Words(en: "given up", fr: "libérée")
    }
  }

  /// Whether the seat is taken or held for somebody.
  public var isActive: Bool {
    switch self {
    case .offered, .confirmed: true
    case .declined, .lapsed, .withdrawn: false
    }
  }
}

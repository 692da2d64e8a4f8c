public import Kernel

/// What Programmes refuses, and what to do about it.
public enum ProgrammesError: UserFacing, Equatable {
  /// The edition is not at the stage this needs; carries the stage it is at.
  case wrongState(EditionState)
  /// Mission types name skills that the loaded catalogue lacks.
  case unknownSkills([Key])
  /// The edition is open, and these half-days would move or go.
  case halfDaysInUse([Key])
  /// The last day would be before the first one.
  case endsBeforeStart
  /// The edition has this format already; nobody was told anything.
  case sameFormat(Format)
  /// What is still open in the edition, and nobody said why it closes all the same.
  case unfinished([Unfinished])

  public var problem: Problem {
    switch self {
    case .wrongState(let state):
      Problem(
        "programmes/wrong-state", status: 409,
        title: Words(en: "Not at this stage", fr: "Pas à ce stade"),
        detail: Words(
          en: "The edition is \(state.rawValue).",
          fr: "L’édition est à l’état « \(state.rawValue) »."),
        advice: Words(
          en: "An edition is planned, then open, then closed.",
          fr: "Une édition est prévue, puis ouverte, puis close."))
    case .unknownSkills(let keys):
      Problem(
        "programmes/unknown-skills", status: 422,
        title: Words(en: "Unknown skills", fr: "Compétences inconnues"),
        detail: Words(
          en: "The catalogue has no skill \(keys.map(\.description).joined(separator: ", ")).",
          fr:
            "Le catalogue n’a pas la compétence \(keys.map(\.description).joined(separator: ", "))."
        ),
        advice: Words(
          en: "Add them to the catalogue first, or correct the key.",
          fr: "Ajoutez-les d’abord au catalogue, ou corrigez la clé."))
    case .halfDaysInUse(let keys):
      Problem(
        "programmes/half-days-in-use", status: 409,
        title: Words(en: "The calendar is in use", fr: "Le calendrier est utilisé"),
        detail: Words(
          en: "The edition is open; these half-days cannot move or go: \(list(keys)).",
          fr:
            "L’édition est ouverte ; ces demi-journées ne peuvent ni changer ni partir : \(list(keys))."
        ),
        advice: Words(
          en: "Keep them and add others; a mission’s session is moved in Missions.",
          fr: "Gardez-les et ajoutez-en d’autres ; une séance se déplace dans Missions."))
    case .endsBeforeStart:
      Problem.invalid("ends", en: "must not be before the start", fr: "ne peut précéder le début")
    case .unfinished(let open):
      Problem(
        "programmes/unfinished", status: 409,
        title: Words(en: "Something is still open", fr: "Quelque chose reste ouvert"),
        detail: Words(
          en:
            "Still open in this edition: \(open.map { "\($0.title.en) (\($0.count))" }.joined(separator: "; ")).",
          fr:
            "Encore ouvert dans cette édition : \(open.map { "\($0.title.fr) (\($0.count))" }.joined(separator: " ; "))."
        ),
        advice: Words(
          en:
            "Finish it, or close the edition all the same and say why (despite). It can be reopened.",
          fr:
            "Terminez-le, ou closez l’édition malgré tout en disant pourquoi (despite). Elle peut être rouverte."
        ))
    case .sameFormat(let format):
      Problem(
        "programmes/same-format", status: 409,
        title: Words(en: "Nothing to change", fr: "Rien à changer"),
        detail: Words(
          en: "The edition is already \(format.rawValue); nobody was written to.",
          fr: "L’édition est déjà en format « \(format.rawValue) » ; personne n’a été prévenu."))
    }
  }
}

private func list(_ keys: [Key]) -> String { keys.map(\.description).joined(separator: ", ") }

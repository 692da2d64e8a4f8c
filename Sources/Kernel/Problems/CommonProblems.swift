// The problems that every use case may meet, whatever its module.
extension Problem {
  /// A text that came is not UTF-8 throughout.
  public static let notUTF8 = Problem(
    "malformed", status: 400, title: Words(en: "Unreadable request", fr: "Requête illisible"),
    detail: Words(en: "The text is not valid UTF-8.", fr: "Le texte n’est pas de l’UTF-8 valide."),
    advice: Words(en: "Send it encoded as UTF-8.", fr: "Envoyez-le en UTF-8."))

  /// A text that came is not JSON; `place` says where it breaks, or what was in it twice.
  public static func malformedJSON(_ place: String) -> Problem {
    Problem(
      "malformed", status: 400, title: Words(en: "Unreadable request", fr: "Requête illisible"),
      detail: Words(en: "This is not JSON: \(place)", fr: "Ce n’est pas du JSON : \(place)"),
      advice: Words(en: "Correct it and send it again.", fr: "Corrigez et renvoyez."))
  }

  /// Everything that is wrong with an input, at once.
  public static func invalidInput(_ fields: [FieldProblem]) -> Problem {
    let count = fields.count
    return Problem(
      "invalid-input", status: 422, title: Words(en: "Invalid input", fr: "Saisie invalide"),
      detail: Words(
        en: count == 1 ? "One field needs attention." : "\(count) fields need attention.",
        fr: count == 1 ? "Un champ est à revoir." : "\(count) champs sont à revoir."),
      advice: Words(
        en: "Nothing was written. Correct what is listed and send it again.",
        fr: "Rien n’a été enregistré. Corrigez ce qui est indiqué et renvoyez."), fields: fields)
  }

  /// One field that passes its type but not a rule.
  public static func invalid(_ field: String, en: String, fr: String) -> Problem {
    invalidInput([FieldProblem(field, en: en, fr: fr)])
  }

  /// There is no such thing, or it is not the caller's to see: both answer the same.
  public static func notFound(_ what: Words, _ id: some CustomStringConvertible) -> Problem {
    Problem(
      "not-found", status: 404, title: Words(en: "Not found", fr: "Introuvable"),
      detail: Words(
        en: "There is no \(what.en) “\(id)”, or it is not yours to see.",
        fr: "Il n’y a pas de \(what.fr) « \(id) », ou vous n’y avez pas accès."),
      advice: Words(
        en: "Check the identifier; the list shows those you may see.",
        fr: "Vérifiez l’identifiant ; la liste montre ceux que vous pouvez voir."))
  }

  /// Nothing answers at a path, or no use case has this id.
  public static func noSuchEndpoint(_ path: String) -> Problem {
    Problem(
      "not-found", status: 404, title: Words(en: "Not found", fr: "Introuvable"),
      detail: Words(en: "Nothing answers at \(path).", fr: "Rien ne répond à \(path)."),
      advice: Words(en: "/openapi.json lists what does.", fr: "/openapi.json donne la liste."))
  }

  /// The path is right, the method is not; carries those that are.
  public static func methodNotAllowed(_ allowed: [String]) -> Problem {
    let list = allowed.joined(separator: ", ")
    return Problem(
      "method-not-allowed", status: 405,
      title: Words(en: "Method not allowed", fr: "Méthode non permise"),
      detail: Words(
        en: "This address answers to: \(list).", fr: "Cette adresse répond à : \(list)."))
  }

  /// The caller did not show who they are, and must to do this.
  public static let unauthenticated = Problem(
    "unauthenticated", status: 401,
    title: Words(en: "Who is asking?", fr: "Qui demande ?"),
    detail: Words(
      en: "The token is missing, unknown, expired or revoked.",
      fr: "Le jeton manque, est inconnu, expiré ou révoqué."),
    advice: Words(
      en: "Send `Authorization: Bearer …` with a token made by `parvis token create`.",
      fr: "Envoyez `Authorization: Bearer …` avec un jeton fait par `parvis token create`."))

  /// The role may not do this at all, whatever the row.
  public static let forbidden = Problem(
    "forbidden", status: 403, title: Words(en: "Not allowed", fr: "Non autorisé"),
    detail: Words(
      en: "Your role does not allow this.", fr: "Votre rôle ne permet pas cette action."),
    advice: Words(
      en: "Ask the programme manager.", fr: "Adressez-vous au responsable de programme."))

  /// A token is limited to an edition, and what was asked for is not of one, or of all.
  static let beyondEdition = Problem(
    "beyond-edition", status: 403,
    title: Words(en: "Beyond the edition", fr: "Au-delà de l’édition"),
    detail: Words(
      en: "Your token is limited to one edition, and this is not about that edition alone.",
      fr: "Votre jeton est limité à une édition, et cela ne concerne pas cette seule édition."),
    advice: Words(
      en:
        "Name the edition, or ask for a thing of it; for more, ask an administrator for another token.",
      fr:
        "Nommez l’édition, ou demandez une chose qui en relève ; pour davantage, demandez un autre jeton à l’administrateur."
    ))

  /// A write named a version that is no longer there; nothing was written.
  public static func stale(_ what: Words, expected: Int, found: Int) -> Problem {
    Problem(
      "stale-version", status: 409,
      title: Words(en: "Changed in the meantime", fr: "Modifié entre-temps"),
      detail: Words(
        en: "You changed version \(expected) of this \(what.en); it is at version \(found) now.",
        fr:
          "Vous modifiez la version \(expected) de : \(what.fr) ; la version en vigueur est la \(found)."
      ),
      advice: Words(
        en: "Nothing was overwritten. Read it again and apply your change to what is there now.",
        fr: "Rien n’a été écrasé. Relisez et reportez votre changement sur l’état actuel."))
  }

  /// The key was used for another use case or another input.
  public static let keyReused = Problem(
    "idempotency-key-reused", status: 422,
    title: Words(en: "Key already used", fr: "Clé déjà utilisée"),
    detail: Words(
      en: "This idempotency key was used before, for another request.",
      fr: "Cette clé d’idempotence a déjà servi, pour une autre requête."),
    advice: Words(
      en: "Use a new key for a new request.",
      fr: "Prenez une nouvelle clé pour une nouvelle requête."))

  /// `limit` is in bytes.
  public static func tooLarge(limit: Int) -> Problem {
    Problem(
      "too-large", status: 413, title: Words(en: "Too large", fr: "Trop volumineux"),
      detail: Words(
        en: "The request is larger than \(limit) bytes.", fr: "La requête dépasse \(limit) octets."),
      advice: Words(en: "Send less at a time.", fr: "Envoyez-en moins à la fois."))
  }

  /// What nobody foresaw; the log has it under the reference.
  public static func internalError(reference: String) -> Problem {
    Problem(
      "internal", status: 500,
      title: Words(en: "Something broke here", fr: "Une erreur est survenue"),
      detail: Words(
        en: "It is our fault, and it is logged under \(reference).",
        fr: "C’est de notre fait ; c’est consigné sous \(reference)."),
      advice: Words(
        en: "Try again; if it persists, give the administrator this reference.",
        fr: "Réessayez ; si cela persiste, donnez cette référence à l’administrateur."))
  }
}

extension Problem {
  /// Somebody cannot be erased while something rests on them.
  public static func stillNeeded(en: String, fr: String) -> Problem {
    Problem(
      "privacy/still-needed", status: 409,
      title: Words(
        en: "Something rests on this person", fr: "Quelque chose repose sur cette personne"),
      detail: Words(en: en, fr: fr),
      advice: Words(
        en: "Nothing was erased. Do that, then erase them.",
        fr: "Rien n’a été effacé. Faites-le, puis effacez-la."))
  }
}

/// What a database driver could not do. Drivers translate their own errors into these.
public enum StorageError: UserFacing, Equatable {
  case busy
  case full
  case readOnly
  case damaged(String)
  case unavailable(String)
  /// A rule of the schema was broken; the text names it.
  case constraint(String)
  /// A stored value is not what the code reads it as.
  case unreadable(column: String)
  case statement(String)

  /// Whether the same work can succeed later without anybody changing it.
  var isPassing: Bool {
    switch self {
    case .busy, .full, .readOnly, .unavailable: true
    case .damaged, .constraint, .unreadable, .statement: false
    }
  }

  public var problem: Problem {
    switch self {
    case .busy:
      storage(
        503, "busy", en: "The database stayed busy for too long.",
        fr: "La base est restée occupée trop longtemps.", adviceEn: "Try again in a moment.",
        adviceFr: "Réessayez dans un instant.")
    case .full:
      storage(
        507, "disk-full", en: "The disk is full; nothing of this request was written.",
        fr: "Le disque est plein ; rien de cette demande n’a été écrit.",
        adviceEn: "Free some space, then send it again.",
        adviceFr: "Libérez de la place, puis renvoyez.")
    case .readOnly:
      storage(
        503, "read-only", en: "The data directory cannot be written; nothing was changed.",
        fr: "Le dossier de données n’est pas modifiable ; rien n’a changé.",
        adviceEn: "Check the permissions and the disk: `parvis doctor` says more.",
        adviceFr: "Vérifiez les droits et le disque : `parvis doctor` en dit plus.")
    case .damaged(let detail):
      storage(
        500, "damaged", en: "The database file is damaged or not a database (\(detail)).",
        fr: "Le fichier de la base est abîmé ou n’en est pas une (\(detail)).",
        adviceEn: "Do not write to it. Run `parvis doctor`, then restore the last backup.",
        adviceFr: "N’y écrivez plus. Lancez `parvis doctor`, puis restaurez la dernière sauvegarde."
      )
    case .unavailable(let detail):
      storage(
        503, "unavailable", en: "The database cannot be opened (\(detail)).",
        fr: "La base ne s’ouvre pas (\(detail)).", adviceEn: "`parvis doctor` says more.",
        adviceFr: "`parvis doctor` en dit plus.")
    case .constraint(let detail):
      // The driver's words name tables; people are told what it means for them.
      Problem(
        "conflict", status: 409,
        title: Words(en: "It contradicts what is there", fr: "Contradiction"),
        detail: detail.hasPrefix("UNIQUE") || detail.hasPrefix("duplicate")
          ? Words(
            en: "Something of the same name or for the same people is there already.",
            fr: "Il existe déjà quelque chose de ce nom ou pour les mêmes personnes.")
          : Words(
            en: "A rule of the data does not allow one of the values.",
            fr: "Une règle des données n’admet pas l’une des valeurs."),
        advice: Words(
          en: "Nothing was written. Look at the list, or correct the values.",
          fr: "Rien n’a été écrit. Voyez la liste, ou corrigez les valeurs."))
    case .unreadable, .statement:
      Problem.internalError(reference: "storage")
    }
  }

  private func storage(
    _ status: Int, _ code: String, en: String, fr: String, adviceEn: String, adviceFr: String
  ) -> Problem {
    Problem(
      "storage/" + code, status: status, title: Words(en: "Storage", fr: "Stockage"),
      detail: Words(en: en, fr: fr), advice: Words(en: adviceEn, fr: adviceFr))
  }
}

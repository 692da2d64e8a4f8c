/// What a database driver could not do. Drivers translate their own errors into these.
public enum StorageError: UserFacing, Equatable {
  /// Another writer held on for too long. Nothing was written; try again.
  case busy
  /// The disk is full. Nothing was written.
  case full
  /// The data may not be written. Nothing was.
  case readOnly
  /// The file is damaged, or is no database; the text is the driver's.
  case damaged(String)
  /// The database cannot be opened, or is closed; the text is the driver's.
  case unavailable(String)
  /// The database server at a place does not let us in, or does not answer.
  case unreachable(server: String, reason: String)
  /// The connection was lost while the end of a transaction was under way: nobody knows how it ended.
  case uncertain
  /// A rule of the schema was broken; the text names it.
  case constraint(String)
  /// A stored value is not what the code reads it as.
  case unreadable(column: String)
  /// The database does not understand a statement of ours; the text is the driver's.
  case statement(String)

  /// Whether the same work can succeed later without anybody changing it.
  var isPassing: Bool {
    switch self {
    case .busy, .full, .readOnly, .unavailable, .unreachable, .uncertain: true
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
    case .unreachable(let server, let reason):
      storage(
        503, "unreachable", en: "PostgreSQL at \(server) cannot be reached (\(reason)).",
        fr: "PostgreSQL n’est pas joignable à \(server) (\(reason)).",
        adviceEn:
          "Check the address, whether the server runs and lets this machine in (pg_hba.conf), and the password: in PGPASSWORD, or in the file that PGPASSFILE names.",
        adviceFr:
          "Vérifiez l’adresse, que le serveur fonctionne et admet cette machine (pg_hba.conf), et le mot de passe : dans PGPASSWORD, ou dans le fichier que nomme PGPASSFILE."
      )
    case .uncertain:
      storage(
        503, "uncertain", en: "The database was lost while it kept this; it may be there or not.",
        fr: "La base a été perdue au moment d’enregistrer : c’est fait, ou non.",
        adviceEn: "Look before you send it again; with the same key it is safe to send it again.",
        adviceFr: "Regardez avant de renvoyer ; avec la même clé, renvoyer est sans risque.")
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

public import Kernel

// What is kept about volunteers, and for what; the modules that keep some of it declare their rows under
// the same purpose.
extension Purpose {
  /// That somebody is out of work, or was sent by an employment agency, which says the same.
  public static let jobSeeking = Purpose(
    "job-seeking",
    Words(en: "who is or was looking for work", fr: "qui est ou était en recherche d’emploi"),
    because: Words(
      en:
        "It is needed to keep to art. L. 5425-8 of the Labour Code, to compose teams, and for the report to the public backer. Then it is of no use, and it can harm.",
      fr:
        "Il faut le savoir pour respecter l’art. L. 5425-8 du Code du travail, composer les équipes et rendre compte au financeur public. Ensuite cela ne sert plus, et peut nuire."
    ), from: Words(en: "the end of the edition", fr: "la fin de l’édition"), days: 90,
    allowing: 1...730, overwriting: true)

  /// What somebody said they can do, wish and may not be asked for.
  public static let profiles = Purpose(
    "profiles", Words(en: "volunteers’ profiles", fr: "profils des volontaires"),
    because: Words(
      en: "Teams are composed from profiles; a new edition asks anew (GDPR art. 5.1.e).",
      fr:
        "Les équipes se composent à partir des profils ; une nouvelle édition redemande (RGPD art. 5.1.e)."
    ),
    from: Words(en: "the end of the edition", fr: "la fin de l’édition"), days: 365,
    allowing: 30...1095)

  /// Names and addresses of people who never were on a team.
  public static let volunteers = Purpose(
    "volunteers",
    Words(en: "volunteers who had no mission", fr: "volontaires sans mission"),
    because: Words(
      en:
        "They may be asked again for a while; nothing they did has to be proved (GDPR art. 5.1.e).",
      fr:
        "On peut les solliciter encore un temps ; rien n’est à prouver pour eux (RGPD art. 5.1.e)."),
    from: Words(en: "the end of the edition", fr: "la fin de l’édition"), days: 730,
    allowing: 90...3650, overwriting: true)

  /// Names beside hours that were given: the ledger itself stays for good.
  public static let ledger = Purpose(
    "ledger",
    Words(en: "names of those who gave hours", fr: "noms de ceux qui ont donné des heures"),
    because: Words(
      en:
        "Hours are accounting and tax evidence of associations and companies, to be kept ten years (art. L. 123-22 of the Commercial Code).",
      fr:
        "Les heures sont des pièces comptables et fiscales des associations et des entreprises, à garder dix ans (art. L. 123-22 du Code de commerce)."
    ), from: Words(en: "the end of the edition", fr: "la fin de l’édition"), days: 3650,
    allowing: 2190...5475, overwriting: true)
}

internal import Kernel

extension FilesModule {
  /// A backup that began before still finds them.
  static let unnamed = Purpose(
    "unnamed-files", Words(en: "files nobody refers to", fr: "fichiers que rien ne nomme"),
    because: Words(
      en: "A backup that began before still looks for them.",
      fr: "Une sauvegarde commencée avant les cherche encore."),
    from: Words(en: "the hour it was found so", fr: "l’heure du constat"), days: 1, allowing: 1...30
  )

  var retentions: [Retention] {
    [
      .rows(
        Self.unnamed, of: ["files_unnamed"],
        goes: Words(
          en: "The contents, by the hourly job.", fr: "Le contenu, par la tâche horaire."),
        stays: Words(
          en: "What a row names, whoever handed it in.",
          fr: "Ce qu’une ligne nomme, qui que ce soit qui l’ait remis."),
        due: { term, connection in
          try connection.due(in: "files_unnamed", since: "since", where: "since <= \(term.cut)")
        }, prune: { _, _, _ in 0 })
    ]
  }
}

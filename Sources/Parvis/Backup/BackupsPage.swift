internal import Kernel
internal import Pages

// What is saved, and what it is good for.
extension BackupsModule: PortalModule {
  var pages: [PortalPage] { [backupsPage] }

  private var backupsPage: PortalPage {
    PortalPage(
      "backups.page", "/backups", by: [.administrator],
      Words(en: "Backups", fr: "Sauvegardes"), inMenu: true
    ) { (_: Nothing, transaction) in
      let overview = try overview(in: transaction)
      let isAtWork = overview.work.contains {
        $0.state == .waiting && $0.askedAt > transaction.now.advanced(bySeconds: -3600)
      }
      return PageContent(
        title: Words(en: "Backups", fr: "Sauvegardes"),
        lead: Words(
          en: "Everything of this instance at one moment, in one checked file.",
          fr: "Tout ce que contient cette instance à un moment donné, dans un fichier vérifié.")
      ) {
        state(of: overview, isAtWork)
        Block.actions(
          .form(
            Form(
              "backups.make", button: Words(en: "Make one now", fr: "En faire une maintenant"),
              then: .here(
                Words(
                  en: "A backup is being made. Open the page again in a moment.",
                  fr: "Une sauvegarde est en cours. Rouvrez la page dans un instant.")))))
        table(of: overview)
        failures(in: overview)
        meaning
      }
    }
  }

  private func state(of overview: Overview, _ isAtWork: Bool) -> [Block] {
    var blocks: [Block] = []
    if isAtWork {
      blocks.append(
        .notice(
          .info, Words(en: "One is being made or looked at", fr: "Une est en cours"),
          Words(
            en: "Open the page again in a moment to see what came of it.",
            fr: "Rouvrez la page dans un instant pour voir le résultat.")))
    }
    blocks.append(
      .facts([
        Fact(
          en: "Last good one", fr: "Dernière bonne",
          .optional(overview.lastGoodAt) { .moment($0, host.clock.zone) }),
        Fact(en: "It is in", fr: "Elle est dans", .optional(overview.lastGood) { .text($0) }),
      ]))
    return blocks
  }

  private func table(of overview: Overview) -> Block {
    .table(
      Table(
        Words(
          en: "Backups in the data directory", fr: "Sauvegardes dans le dossier de données"),
        columns: [
          Column(en: "File", fr: "Fichier"), Column(en: "Made", fr: "Faite le"),
          Column(en: "Size (KiB)", fr: "Taille (Kio)", number: true),
          Column(en: "Checked", fr: "Vérifiée"), Column(en: "To do", fr: "À faire"),
        ],
        rows: overview.backups.map { backup in
          TableRow([
            .text(backup.name), .optional(backup.at) { .moment($0, host.clock.zone) },
            .number(backup.bytes / 1024), checked(backup),
            .button(
              Form(
                "backups.check", fixed: ["name": .string(backup.name.description)],
                button: Words(en: "Check \(backup.name)", fr: "Vérifier \(backup.name)"),
                then: .here(
                  Words(
                    en: "It is being looked at. Open the page again in a moment.",
                    fr: "Vérification en cours. Rouvrez la page dans un instant.")))),
          ])
        },
        empty: Words(
          en: "None here. Backups made with --to are where they were put.",
          fr: "Aucune ici. Celles faites avec --to sont là où on les a mises.")))
  }

  private func checked(_ backup: BackupView) -> PageValue {
    if let at = backup.checkedAt, let isGood = backup.isGood {
      return .list([
        isGood
          ? .tag(Words(en: "good", fr: "bonne"), .good)
          : .tag(Words(en: "not good", fr: "mauvaise"), .bad), .moment(at, host.clock.zone),
      ])
    }
    return backup.hasChecksum
      ? .tag(Words(en: "when it was made", fr: "lorsqu’elle fut faite"), .good)
      : .tag(Words(en: "never", fr: "jamais"), .warning)
  }

  private func failures(in overview: Overview) -> [Block] {
    // What failed and was not done since.
    guard let last = overview.work.first, last.state == .failed else { return [] }
    return [
      .notice(
        .bad,
        last.kind == .make
          ? Words(en: "The last one could not be made", fr: "La dernière n’a pas pu être faite")
          : Words(en: "The last one checked is not good", fr: "La dernière vérifiée est mauvaise"),
        last.fault)
    ]
  }

  private var meaning: Block {
    .section(Words(en: "What restoring means", fr: "Ce que restaurer veut dire"), id: "restoring") {
      Block.paragraph(
        en:
          "Restoring is done at a terminal, with the server stopped, into a new or empty folder: parvis restore FILE --data FOLDER. Nothing that is there is written over.",
        fr:
          "On restaure au terminal, serveur arrêté, dans un dossier neuf ou vide : parvis restore FICHIER --data DOSSIER. Rien de ce qui est là n’est écrasé."
      )
      Block.paragraph(
        en:
          "What is restored is of an earlier moment: what was done since is not in it. No letter leaves until staff have looked at those that wait, everybody signs in again, and whoever was erased since is erased again.",
        fr:
          "Ce qui est restauré date d’un moment antérieur : ce qui fut fait depuis n’y est pas. Aucune lettre ne part avant que l’équipe ait regardé celles qui attendent, chacun se reconnecte, et qui fut effacé depuis l’est à nouveau."
      )
      Block.paragraph(
        en:
          "A backup holds everything, secrets of second factors too, but not the keys that sign letters. Copy it off the machine, and guard it like the data: parvis backup --to FOLDER --keep 14 puts it elsewhere, best every night.",
        fr:
          "Une sauvegarde contient tout, y compris les secrets des seconds facteurs, mais pas les clés qui signent les lettres. Copiez-la hors de la machine, et gardez-la comme les données : parvis backup --to DOSSIER --keep 14 la place ailleurs, au mieux chaque nuit."
      )
    }
  }
}

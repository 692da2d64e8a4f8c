public import Kernel

extension AccompanimentModule {
  /// What goes when.
  public var retentions: [Retention] {
    [
      .rows(
        .merges, of: ["accompaniment_moved"],
        goes: Words(en: "Which rows a merge moved.", fr: "Quelles lignes une fusion a déplacées."),
        stays: Words(en: "The rows where they are.", fr: "Les lignes là où elles sont."),
        due: { term, connection in
          try connection.due(
            in: "accompaniment_moved", since: "moved_at", where: "moved_at < \(term.cut)")
        },
        prune: { term, _, transaction in
          // Those of before their time was noted count from now.
          try transaction.execute(
            "UPDATE accompaniment_moved SET moved_at = \(term.now) WHERE moved_at IS NULL")
          return try transaction.execute(
            "DELETE FROM accompaniment_moved WHERE moved_at < \(term.cut)")
        })
    ]
  }

  public var keptTables: [KeptTable] {
    [
      "accompaniment_journey", "accompaniment_need", "accompaniment_workshop",
      "accompaniment_invitation", "accompaniment_brief", "accompaniment_follow_up",
    ].map {
      KeptTable(
        $0,
        en:
          "How an organisation was accompanied: its own record and the backer’s evidence; it is about organisations.",
        fr:
          "Comment une structure fut accompagnée : sa mémoire et la preuve du financeur ; il s’agit de structures."
      )
    }
  }
}

internal import Kernel
internal import NotificationsAPI

/// How long letters are kept.
struct RetentionView: Codable, Sendable {
  struct OfKind: Codable, Sendable {
    let kind: String
    let name: Words
    /// How long its texts are kept.
    let days: Int
    let isInitial: Bool
    /// Texts there are now.
    let texts: Int
    let oldest: Instant?
  }
  /// How long the log remembers that there was a letter, of which kind and to whom.
  let lineDays: Int
  let kinds: [OfKind]
}

extension NotificationsModule {
  @UseCases var aboutRetention: [Endpoint] {
    showRetention
    changeRetention
  }

  struct Keep: Codable, Sendable, Labelled {
    let kind: Key?
    let keepDays: Whole<1, 3650>?
    let lineDays: Whole<30, 3650>?
    /// Back to how long it is without a word of the operator's.
    let initial: Bool?

    static let labels = [
      "keepDays": Label(
        en: "Keep its texts for", fr: "Garder ses textes",
        hint: Words(en: "Days after the letter left.", fr: "Jours après le départ de la lettre.")),
      "kind": Label(
        en: "Kind", fr: "Genre",
        hint: Words(
          en: "Without one: all kinds that have no days of their own.",
          fr: "Sans lui : tous les genres qui n’ont pas leur propre durée.")),
      "lineDays": Label(
        en: "Keep the log for", fr: "Garder le journal",
        hint: Words(
          en: "Days, for all kinds: then the line that says there was a letter goes too.",
          fr: "Jours, pour tous les genres : ensuite la ligne du journal disparaît aussi.")),
      "initial": Label(en: "As it was at first", fr: "Comme au début"),
    ]
  }

  var showRetention: UseCase<Nothing, RetentionView> {
    .query(
      "notifications.retention", "/mail-retention", by: .staff,
      Words(
        en: "Show how long letters are kept, by kind",
        fr: "Montrer combien de temps les lettres sont gardées, par genre")
    ) { (_: Nothing, transaction) in try retentionView(in: transaction) }
  }

  var changeRetention: UseCase<Keep, RetentionView> {
    .command(
      "notifications.change-retention", .put, "/mail-retention", by: [.administrator],
      Words(
        en: "Change how long the texts of a kind of letter are kept, or the lines of the log",
        fr:
          "Changer combien de temps sont gardés les textes d’un genre de lettre, ou les lignes du journal"
      )
    ) { (input: Keep, transaction) in
      let changes = try input.changes()
      for (id, days) in changes {
        if input.kind?.description == id { try checkIsKept(id, in: transaction) }
        try transaction.execute("DELETE FROM notifications_retention WHERE id = \(id)")
        if let days {
          try transaction.insert(RetentionRow(id: id, days: days, setAt: transaction.now))
        }
      }
      return try retentionView(in: transaction)
    }
  }

  /// Throws a `Problem` for a kind of letter there neither is nor was.
  private func checkIsKept(_ kind: String, in connection: any Connection) throws {
    guard kind != digestKind, kind != reminderKind, !mails.contains(where: { $0.kind == kind })
    else { return }
    let known = try connection.count(MessageRow.self, "WHERE kind = \(kind) AND body <> ''")
    guard known == 0 else { return }
    throw Problem.invalid("kind", en: "is no kind of message", fr: "n’est pas un genre de message")
  }

  private func retentionView(in connection: any Connection) throws -> RetentionView {
    let retention = try retention(in: connection)
    let kept = try connection.keptTexts()
    let kinds = Set(mails.map(\.kind)).union([digestKind, reminderKind]).union(kept.map(\.kind))
      .sorted()
    return RetentionView(
      lineDays: retention.daysOfLines,
      kinds: kinds.map { kind in
        let there = kept.first { $0.kind == kind }
        return RetentionView.OfKind(
          kind: kind, name: name(of: kind), days: retention.days(of: kind),
          isInitial: retention.chosen[kind] == nil, texts: there?.count ?? 0, oldest: there?.oldest)
      })
  }
}

extension NotificationsModule.Keep {
  /// What is set, nil days taking it back. Throws a `Problem` where nothing is, or too much.
  fileprivate func changes() throws -> [(String, Int?)] {
    var changes: [(String, Int?)] = []
    if keepDays != nil, initial == true {
      throw Problem.invalid(
        "keepDays", en: "say how many days, or initial", fr: "dites combien de jours, ou initial")
    }
    if kind != nil || keepDays != nil || (initial == true && lineDays == nil) {
      guard keepDays != nil || initial == true else {
        throw Problem.invalid(
          "keepDays", en: "say how many days, or initial", fr: "dites combien de jours, ou initial")
      }
      changes.append((kind?.description ?? RetentionRow.others, keepDays?.value))
    }
    if let lineDays { changes.append((RetentionRow.lines, lineDays.value)) }
    if kind == nil, initial == true { changes.append((RetentionRow.lines, nil)) }
    guard !changes.isEmpty else {
      throw Problem.invalid("kind", en: "say what to change", fr: "dites quoi changer")
    }
    return changes
  }
}

internal import Kernel
internal import NotificationsAPI

/// Something somebody is reminded of.
struct ReminderLine: Codable, Sendable {
  let recipient: EmailAddress
  let recipientName: Name
  let kind: String
  let title: String
  let page: String
  let since: Instant
  let due: Instant?
  let count: Int
  let lastAt: Instant?
  /// Since when it is staff's to see to.
  let escalatedAt: Instant?

  init(_ row: ReminderRow, in language: Language) {
    recipient = row.recipient
    recipientName = row.recipientName
    kind = row.kind
    title = row.title[language]
    page = row.page
    since = row.since
    due = row.due
    count = row.count
    lastAt = row.lastAt
    escalatedAt = row.escalatedAt
  }
}

/// How people are reminded.
struct RhythmView: Codable, Sendable {
  struct OfKind: Codable, Sendable {
    let kind: String
    /// Nil: never.
    let rhythm: Rhythm?
  }
  /// From which hour of the day; nil: nobody is reminded.
  let hour: Int?
  /// Of what has no rhythm of its own; nil: never.
  let others: Rhythm?
  let kinds: [OfKind]
}

extension NotificationsModule {
  @UseCases var aboutReminders: [Endpoint] {
    listReminders
    showRhythms
    changeRhythm
  }

  struct Reminders: Codable, Sendable, Labelled {
    let recipient: EmailAddress?
    let escalated: Bool?
    let after: PageMark?
    let limit: PageSize?
    static let labels = [
      "escalated": Label(
        en: "Only what reminders did not help",
        fr: "Seulement ce que les rappels n’ont pas fait avancer"),
      "after": Label(en: "After", fr: "Après"),
    ]
  }
  struct Remember: Codable, Sendable, Labelled {
    let kind: Name?
    let firstDays: Whole<0, 365>?
    let everyDays: Whole<1, 365>?
    let most: Whole<1, 20>?
    let never: Bool?
    let initial: Bool?
    static let labels = [
      "kind": Label(
        en: "Kind of task", fr: "Genre de tâche",
        hint: Words(
          en: "Such as matching.confirm-place; without one, of all others.",
          fr: "Tel que matching.confirm-place ; sans lui, de toutes les autres.")),
      "firstDays": Label(en: "Days before the first", fr: "Jours avant le premier"),
      "everyDays": Label(en: "Days in between", fr: "Jours entre deux"),
      "most": Label(
        en: "At most", fr: "Au plus",
        hint: Words(
          en: "After so many it is the staff's.", fr: "Ensuite, c’est à l’équipe de voir.")),
      "never": Label(en: "Never", fr: "Jamais"),
      "initial": Label(en: "As it was at first", fr: "Comme au début"),
    ]
  }

  var listReminders: UseCase<Reminders, Page<ReminderLine>> {
    .query(
      "notifications.reminders", "/reminders", by: .staff,
      Words(
        en: "List what people are reminded of, as of the last round",
        fr: "Lister ce qui est rappelé à chacun, au dernier passage")
    ) { (input: Reminders, transaction) in
      var condition: SQL = "1 = 1"
      if let recipient = input.recipient { condition = condition + "AND recipient = \(recipient)" }
      if input.escalated == true { condition = condition + "AND escalated_at IS NOT NULL" }
      return try transaction.page(
        ReminderRow.self, where: condition, by: "id", after: input.after, limit: input.limit
      ).map { ReminderLine($0, in: transaction.context.language) }
    }
  }

  var showRhythms: UseCase<Nothing, RhythmView> {
    .query(
      "notifications.rhythms", "/reminder-settings", by: .staff,
      Words(en: "Show how often people are reminded", fr: "Montrer la fréquence des rappels")
    ) { (_: Nothing, transaction) in try transaction.rhythmView() }
  }

  var changeRhythm: UseCase<Remember, RhythmView> {
    .command(
      "notifications.change-rhythm", .put, "/reminder-settings", by: [.administrator],
      Words(
        en: "Change how often people are reminded of a kind of task, or of all others",
        fr: "Changer la fréquence des rappels d’un genre de tâche, ou de tous les autres")
    ) { (input: Remember, transaction) in
      let id = input.kind?.description ?? RhythmRow.others
      let row = try input.row(id, before: transaction.rhythms(), at: transaction.now)
      try transaction.execute("DELETE FROM notifications_rhythm WHERE id = \(id)")
      if let row { try transaction.insert(row) }
      return try transaction.rhythmView()
    }
  }
}

extension NotificationsModule.Remember {
  /// What is to be kept; nil where it is as at first. Throws a `Problem` where one thing is not said.
  fileprivate func row(_ id: String, before: Rhythms, at now: Instant) throws -> RhythmRow? {
    let parts = id.split(separator: ".", omittingEmptySubsequences: false)
    guard
      id == RhythmRow.others
        || parts.count == 2 && parts.allSatisfy({ !$0.isEmpty && Key(String($0)) != nil })
    else {
      throw Problem.invalid(
        "kind", en: "is no kind of task, such as matching.confirm-place",
        fr: "n’est pas un genre de tâche, tel que matching.confirm-place")
    }
    let says = firstDays != nil || everyDays != nil || most != nil
    guard [says, never == true, initial == true].filter({ $0 }).count == 1 else {
      throw Problem.invalid(
        "kind", en: "say a rhythm, or never, or initial",
        fr: "dites un rythme, ou never, ou initial")
    }
    if initial == true { return nil }
    let old = before.rhythm(of: id) ?? .initial
    return RhythmRow(
      id: id, firstDays: firstDays?.value ?? old.firstDays,
      everyDays: everyDays?.value ?? old.everyDays, most: most?.value ?? old.most,
      isOff: never == true, setAt: now)
  }
}

extension Connection {
  fileprivate func rhythmView() throws -> RhythmView {
    let rhythms = try rhythms()
    let kinds = Set(rhythms.chosen.keys).union(Rhythm.initiallyOff)
      .subtracting([RhythmRow.others]).sorted()
    return RhythmView(
      hour: try mailSettings().reminderHour, others: rhythms.rhythm(of: RhythmRow.others),
      kinds: kinds.map { RhythmView.OfKind(kind: $0, rhythm: rhythms.rhythm(of: $0)) })
  }
}

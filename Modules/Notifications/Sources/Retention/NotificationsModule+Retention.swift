public import Kernel

extension NotificationsModule {
  /// What goes when.
  public var retentions: [Retention] { retentionOfLetters }

  public var keptTables: [KeptTable] {
    let setting = Words(en: "A setting.", fr: "Un réglage.")
    let wish = Words(
      en: "What somebody wishes: kept as long as they do.",
      fr: "Ce que quelqu’un souhaite : gardé tant qu’il le veut.")
    return [
      ("notifications_settings", setting), ("notifications_hold", setting),
      ("notifications_rhythm", setting), ("notifications_choice", wish),
      ("notifications_calendar", wish),
      (
        "notifications_reminder",
        Words(en: "What waits; it goes once it is done.", fr: "Ce qui attend ; part une fois fait.")
      ),
      (
        "notifications_round",
        Words(en: "The day of the last round: one row.", fr: "Le jour du dernier tour : une ligne.")
      ),
      (
        "notifications_moved",
        Words(
          en: "Where somebody whose address changed is written to: one row each.",
          fr: "Où écrire à qui a changé d’adresse : une ligne chacun.")
      ),
      (
        "notifications_restricted",
        Words(
          en: "It goes when the restriction is lifted.", fr: "Part à la levée de la limitation.")
      ),
      (
        "notifications_retention",
        Words(en: "Empty: the times are the kernel’s now.", fr: "Vide : les durées sont au noyau.")
      ),
    ].map { KeptTable($0.0, en: $0.1.en, fr: $0.1.fr) }
  }
}

/// The times that were set by kind are set as those of all purposes are.
let takeOverTimes: @Sendable (any Connection) throws -> Void = { connection in
  for row in try connection.rows("SELECT id, days, set_at FROM notifications_retention ORDER BY id")
  {
    let kind: String = try row.get("id")
    let part: String? = kind == "*" || kind == "others" ? nil : kind
    try connection.takeOverRetention(
      kind == "*" ? "letters-log" : "letters", part: part, days: try row.get("days"),
      setAt: try row.get("set_at"))
  }
  try connection.execute("DELETE FROM notifications_retention")
}

public import Kernel

extension NotificationsModule {
  /// What people call this module’s rows.
  public var rowWords: [RowWords] {
    [
      RowWords("notifications_message", MessageRow.noun, by: "subject", at: "/letters/{id}"),
      RowWords(MailSettingsRow.self),
      RowWords("notifications_reminder", ReminderRow.noun, by: "title", at: "/reminders"),
      RowWords("notifications_calendar", CalendarRow.noun, at: "/my-letters"),
      RowWords("notifications_address", AddressRow.noun, at: "/mail-addresses"),
      RowWords("notifications_answer", AnswerRow.noun, by: "sender_name", at: "/mail-answers"),
      RowWords("notifications_hold", Words(en: "hold of letters", fr: "retenue des lettres")),
      RowWords("notifications_choice", Words(en: "choice of letters", fr: "choix des lettres")),
      RowWords("notifications_rhythm", Words(en: "rhythm of reminders", fr: "rythme des rappels")),
      RowWords("notifications_restricted", Words(en: "nobody writes to", fr: "personne n’écrit à")),
      RowWords("notifications_retention", Words(en: "time letters are kept", fr: "durée de garde")),
      RowWords("notifications_return", Words(en: "returned letter", fr: "lettre revenue")),
      RowWords("notifications_moved", Words(en: "changed address", fr: "adresse changée")),
    ]
  }
}

internal import Kernel
internal import Pages

// What reminders did not help: staff's to see to.
extension NotificationsModule {
  private struct FromReminder: Codable, Sendable {
    let after: PageMark?
  }

  var remindersPage: PortalPage {
    PortalPage(
      "notifications.reminders", "/reminders", by: .staff, Words(en: "Reminders", fr: "Rappels")
    ) { (input: FromReminder, transaction) in
      let shown = try transaction.page(
        ReminderRow.self, where: "escalated_at IS NOT NULL", by: "id", after: input.after,
        limit: PageSize(50))
      return PageContent(
        title: Words(en: "Reminders", fr: "Rappels"),
        lead: Words(
          en: "What people were reminded of as often as is set, and have not done.",
          fr: "Ce qui a été rappelé autant de fois que prévu, et n’est pas fait."),
        trail: [Link(Words(en: "Letters", fr: "Lettres"), "/letters")]
      ) {
        Block.table(
          Table(
            Words(en: "Not done in spite of reminders", fr: "Pas fait malgré les rappels"),
            columns: [
              Column(en: "What", fr: "Quoi"), Column(en: "Who", fr: "Qui"),
              Column(en: "Since", fr: "Depuis"), Column(en: "Reminders", fr: "Rappels"),
              Column(en: "Last", fr: "Dernier"),
            ],
            rows: shown.items.map { row in
              TableRow(
                [
                  .words(row.title), .text("\(row.recipientName) <\(row.recipient)>"),
                  .moment(row.since, zone), .number(row.count),
                  .optional(row.lastAt) { .moment($0, zone) },
                ])
            },
            empty: Words(
              en: "Everything people were reminded of is done, or will be said again.",
              fr: "Tout ce qui a été rappelé est fait, ou le sera encore."),
            next: shown.next))
      }
    }
  }
}

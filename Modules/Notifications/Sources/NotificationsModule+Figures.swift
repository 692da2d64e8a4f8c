public import Kernel

extension NotificationsModule {
  public var figures: [Figure] {
    let names = Dictionary(
      mails.map { ($0.kind, $0.name) } + [(digestKind, digestName), (reminderKind, reminderName)],
      uniquingKeysWith: { first, _ in first })
    return [
      Figure(
        "notifications.sent", title: Words(en: "Messages sent", fr: "Messages envoyés"),
        by: Words(en: "kind of message", fr: "type de message"),
        tallies: { edition, connection in
          try connection.rows(
            """
            SELECT kind, COUNT(*) AS n FROM notifications_message
            WHERE edition_id = \(edition) AND state = 'sent' GROUP BY kind
            """
          ).map { row in
            let kind: String = try row.get("kind")
            return (names[kind] ?? Words(kind), row)
          }.tallied(sum: nil)
        }
      ) { edition, connection in
        try connection.rows(
          """
          SELECT id, kind FROM notifications_message
          WHERE edition_id = \(edition) AND state = 'sent'
          ORDER BY kind, created_at, recipient, subject, id
          """
        ).map { row in
          let kind: String = try row.get("kind")
          // Neither the recipient nor the subject, which may name somebody: a report has readers of
          // its own.
          return FigureRow(
            names[kind]?.fr ?? kind, group: names[kind] ?? Words(kind),
            source: try row.get("id", as: String.self))
        }
      }
    ]
  }
}

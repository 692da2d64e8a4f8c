public import Kernel

extension NotificationsModule {
  public var figures: [Figure] {
    let names = Dictionary(
      mails.map { ($0.kind, $0.name) } + [(digestKind, digestName)],
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
        try connection.select(
          MessageRow.self,
          """
          WHERE edition_id = \(edition) AND state = 'sent'
          ORDER BY kind, created_at, recipient, subject, id
          """
        ).map { row in
          // Neither the recipient nor the subject, which may name somebody: a report has readers of
          // its own.
          FigureRow(
            names[row.kind]?.fr ?? row.kind, group: names[row.kind] ?? Words(row.kind),
            source: row.id)
        }
      }
    ]
  }
}

public import Kernel

extension NotificationsModule {
  public var migrations: [Migration] {
    [
      Migration(
        "notifications.1-create",
        """
        CREATE TABLE notifications_message (
          id TEXT PRIMARY KEY, position BIGINT NOT NULL UNIQUE, edition_id TEXT,
          kind TEXT NOT NULL, occasion TEXT NOT NULL, recipient TEXT NOT NULL,
          recipient_name TEXT NOT NULL, language TEXT NOT NULL, subject TEXT NOT NULL,
          body TEXT NOT NULL,
          weight TEXT NOT NULL CHECK (weight IN ('necessary', 'normal', 'summary')),
          state TEXT NOT NULL CHECK (state IN (
            'waiting', 'sent', 'failed', 'held', 'digested', 'withheld')),
          attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, fault TEXT,
          created_at BIGINT NOT NULL, sent_at BIGINT, digest TEXT,
          UNIQUE (occasion, recipient))
        """,
        """
        CREATE INDEX notifications_message_open ON notifications_message (state, due_at, position)
        WHERE state IN ('waiting', 'held')
        """,
        "CREATE INDEX notifications_message_recipient ON notifications_message (recipient)",
        "CREATE INDEX notifications_message_edition ON notifications_message (edition_id, kind)",
        """
        CREATE TABLE notifications_preference (
          id TEXT PRIMARY KEY, digest TEXT NOT NULL
            CHECK (digest IN ('each', 'daily', 'none-but-necessary')), set_at BIGINT NOT NULL)
        """)
    ]
  }
}

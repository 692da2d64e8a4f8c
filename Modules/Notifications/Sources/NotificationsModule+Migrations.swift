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
        """),
      Migration(
        "notifications.2-letters",
        "ALTER TABLE notifications_message ADD COLUMN thread TEXT",
        "ALTER TABLE notifications_message ADD COLUMN door TEXT",
        "ALTER TABLE notifications_message ADD COLUMN invitations TEXT",
        "ALTER TABLE notifications_message ADD COLUMN amount INTEGER",
        "ALTER TABLE notifications_message ADD COLUMN about TEXT",
        "ALTER TABLE notifications_message ADD COLUMN ticket TEXT",
        "ALTER TABLE notifications_message ADD COLUMN handed_at BIGINT",
        "CREATE INDEX notifications_message_ticket ON notifications_message (ticket)",
        "CREATE INDEX notifications_message_sent ON notifications_message (sent_at)",
        """
        CREATE TABLE notifications_choice (
          id TEXT PRIMARY KEY, recipient TEXT NOT NULL, kind TEXT NOT NULL, digest TEXT NOT NULL
            CHECK (digest IN ('each', 'daily', 'weekly', 'none-but-necessary')),
          set_at BIGINT NOT NULL, UNIQUE (recipient, kind))
        """,
        """
        INSERT INTO notifications_choice (id, recipient, kind, digest, set_at)
        SELECT id || '/*', id, '*', digest, set_at FROM notifications_preference
        """,
        "DROP TABLE notifications_preference",
        """
        CREATE TABLE notifications_settings (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, host TEXT, port INTEGER NOT NULL,
          security TEXT NOT NULL
            CHECK (security IN ('tls', 'starttls', 'opportunistic', 'none')),
          user_name TEXT, password TEXT, trusted TEXT, per_minute INTEGER, per_domain INTEGER,
          sender_name TEXT, sender_address TEXT, reply_to TEXT, portal TEXT)
        """),
      Migration(
        "notifications.3-hold",
        "CREATE TABLE notifications_hold (id TEXT PRIMARY KEY, since BIGINT NOT NULL, reason TEXT NOT NULL)",
        "ALTER TABLE notifications_message ADD COLUMN let_go BIGINT"),
      // What the figures of an edition count, without its rows; and the log of one, in its order.
      Migration(
        "notifications.3-figures",
        """
        CREATE INDEX notifications_message_counted
        ON notifications_message (edition_id, state, kind)
        """,
        """
        CREATE INDEX notifications_message_of_edition
        ON notifications_message (edition_id, position)
        """,
        "DROP INDEX notifications_message_edition"),
      Migration(
        "notifications.4-retention",
        """
        CREATE TABLE notifications_retention (
          id TEXT PRIMARY KEY, days INTEGER NOT NULL CHECK (days > 0), set_at BIGINT NOT NULL)
        """,
        // Few where texts go in time.
        """
        CREATE INDEX notifications_message_text ON notifications_message (kind, created_at)
        WHERE body <> ''
        """),
      Migration(
        "notifications.5-returns",
        """
        CREATE TABLE notifications_address (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, standing TEXT,
          state TEXT NOT NULL CHECK (state IN ('good', 'unreachable')), since BIGINT NOT NULL,
          hard INTEGER NOT NULL, soft INTEGER NOT NULL, complaints INTEGER NOT NULL, fault TEXT)
        """,
        """
        CREATE INDEX notifications_address_unreachable ON notifications_address (since, id)
        WHERE state = 'unreachable'
        """,
        """
        CREATE TABLE notifications_return (
          id TEXT PRIMARY KEY, kind TEXT NOT NULL, message TEXT, at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE notifications_answer (
          id TEXT PRIMARY KEY, message TEXT NOT NULL, edition_id TEXT, kind TEXT NOT NULL, page TEXT,
          sender TEXT NOT NULL, sender_name TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL,
          read_at BIGINT)
        """,
        "CREATE INDEX notifications_answer_at ON notifications_answer (at, id)",
        "CREATE INDEX notifications_answer_sender ON notifications_answer (sender)",
        "ALTER TABLE notifications_message ADD COLUMN returned TEXT",
        "ALTER TABLE notifications_settings ADD COLUMN returns TEXT",
        "ALTER TABLE notifications_settings ADD COLUMN returns_key TEXT"),
      Migration(
        "notifications.6-reminders",
        """
        CREATE TABLE notifications_rhythm (
          id TEXT PRIMARY KEY, first_days INTEGER NOT NULL, every_days INTEGER NOT NULL,
          most INTEGER NOT NULL, is_off INTEGER NOT NULL, set_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE notifications_reminder (
          id TEXT PRIMARY KEY, recipient TEXT NOT NULL, recipient_name TEXT NOT NULL,
          kind TEXT NOT NULL, title TEXT NOT NULL, page TEXT NOT NULL, since BIGINT NOT NULL,
          due BIGINT, count INTEGER NOT NULL, last_at BIGINT, escalated_at BIGINT)
        """,
        "CREATE INDEX notifications_reminder_of ON notifications_reminder (recipient)",
        """
        CREATE INDEX notifications_reminder_escalated ON notifications_reminder (id)
        WHERE escalated_at IS NOT NULL
        """,
        "CREATE TABLE notifications_round (day TEXT PRIMARY KEY)",
        """
        CREATE TABLE notifications_moved (
          id TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL)
        """,
        "ALTER TABLE notifications_settings ADD COLUMN reminder_hour INTEGER",
        "ALTER TABLE notifications_settings ADD COLUMN quiet_from INTEGER",
        "ALTER TABLE notifications_settings ADD COLUMN quiet_until INTEGER",
        "ALTER TABLE notifications_settings ADD COLUMN daily_cap INTEGER"),
      Migration(
        "notifications.7-calendars",
        """
        CREATE TABLE notifications_calendar (
          id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, role TEXT NOT NULL, subject TEXT,
          mission TEXT, edition_id TEXT, language TEXT NOT NULL, created_at BIGINT NOT NULL)
        """,
        "CREATE INDEX notifications_calendar_of ON notifications_calendar (role, subject)"),
      Migration(
        "notifications.8-connections",
        "ALTER TABLE notifications_settings ADD COLUMN connections INTEGER NOT NULL DEFAULT 4"),
      Migration(
        "notifications.9-escalation",
        "ALTER TABLE notifications_reminder ADD COLUMN told_at BIGINT"),
      Migration("notifications.10-times-of-all-purposes", mending: takeOverTimes),
      // Whom nobody writes to while what is kept about them is not to be used.
      Migration(
        "notifications.11-restricted",
        """
        CREATE TABLE notifications_restricted (
          id TEXT PRIMARY KEY, person TEXT NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL)
        """,
        "CREATE INDEX notifications_restricted_address ON notifications_restricted (address)"),
    ]
  }
}

public import Kernel

extension MissionsModule {
  public var migrations: [Migration] {
    [
      Migration(
        "missions.1-create",
        """
        CREATE TABLE missions_mission (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          brief TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL, organisation_name TEXT NOT NULL,
          title TEXT NOT NULL, mission_type TEXT NOT NULL, deliverable TEXT NOT NULL,
          zone TEXT NOT NULL, seats INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('forming', 'running', 'closed')),
          formed_at BIGINT NOT NULL, started_at BIGINT, closed_at BIGINT)
        """,
        "CREATE INDEX missions_mission_edition ON missions_mission (edition_id, title)",
        """
        CREATE TABLE missions_member (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), place TEXT NOT NULL UNIQUE,
          role TEXT NOT NULL, role_title TEXT NOT NULL, volunteer TEXT NOT NULL, name TEXT NOT NULL,
          language TEXT NOT NULL, partner TEXT, partner_name TEXT, regime TEXT NOT NULL,
          joined_at BIGINT NOT NULL, left_at BIGINT, leave_reason TEXT, handover_note TEXT,
          handover TEXT, replaces TEXT)
        """,
        "CREATE INDEX missions_member_mission ON missions_member (mission, joined_at)",
        "CREATE INDEX missions_member_volunteer ON missions_member (volunteer)",
        """
        CREATE TABLE missions_regime_change (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, mission TEXT NOT NULL,
          volunteer TEXT NOT NULL, from_day TEXT NOT NULL, regime TEXT NOT NULL, partner TEXT,
          partner_name TEXT, UNIQUE (mission, volunteer, from_day))
        """,
        """
        CREATE TABLE missions_session (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id),
          kind TEXT NOT NULL CHECK (kind IN ('kick-off', 'working')), half_day TEXT,
          day TEXT NOT NULL, part TEXT NOT NULL CHECK (part IN ('morning', 'afternoon')),
          starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
          format TEXT NOT NULL CHECK (format IN ('on-site', 'remote', 'hybrid')),
          place TEXT NOT NULL, revision INTEGER NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('planned', 'held')), override_reason TEXT)
        """,
        "CREATE INDEX missions_session_mission ON missions_session (mission, starts_at)",
        "CREATE INDEX missions_session_edition ON missions_session (edition_id, day, part)",
        """
        CREATE TABLE missions_presence (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          session TEXT NOT NULL REFERENCES missions_session (id), volunteer TEXT NOT NULL,
          recorded_at BIGINT NOT NULL, UNIQUE (session, volunteer))
        """,
        """
        CREATE TABLE missions_milestone (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), title TEXT NOT NULL,
          due TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('planned', 'reached')),
          reached_at BIGINT)
        """,
        "CREATE INDEX missions_milestone_mission ON missions_milestone (mission, due)",
        """
        CREATE TABLE missions_risk (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), text TEXT NOT NULL,
          severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 3),
          state TEXT NOT NULL CHECK (state IN ('open', 'closed')), raised_at BIGINT NOT NULL,
          outcome TEXT, closed_at BIGINT)
        """,
        "CREATE INDEX missions_risk_mission ON missions_risk (mission, raised_at)",
        """
        CREATE TABLE missions_hours (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), volunteer TEXT NOT NULL,
          name TEXT NOT NULL, regime TEXT NOT NULL, partner TEXT, partner_name TEXT,
          day TEXT NOT NULL, minutes INTEGER NOT NULL CHECK (minutes BETWEEN 15 AND 720),
          note TEXT,
          state TEXT NOT NULL CHECK (state IN ('waiting', 'validated', 'returned', 'withdrawn')),
          remark TEXT, logged_by TEXT NOT NULL, logged_at BIGINT NOT NULL,
          decided_by TEXT, decided_at BIGINT)
        """,
        "CREATE INDEX missions_hours_mission ON missions_hours (mission, day)",
        "CREATE INDEX missions_hours_volunteer ON missions_hours (volunteer, day)",
        "CREATE INDEX missions_hours_edition ON missions_hours (edition_id, state)",
        """
        CREATE TABLE missions_deliverable (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), title TEXT NOT NULL,
          summary TEXT NOT NULL, link TEXT,
          state TEXT NOT NULL CHECK (state IN ('submitted', 'accepted', 'returned')),
          submitted_at BIGINT NOT NULL, remark TEXT, decided_at BIGINT)
        """,
        "CREATE INDEX missions_deliverable_mission ON missions_deliverable (mission, submitted_at)",
        """
        CREATE TABLE missions_evaluation (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), author TEXT NOT NULL,
          side TEXT NOT NULL CHECK (side IN ('organisation', 'volunteer')),
          satisfaction INTEGER NOT NULL CHECK (satisfaction BETWEEN 1 AND 5), comment TEXT,
          given_at BIGINT NOT NULL, UNIQUE (mission, author))
        """,
        """
        CREATE TABLE missions_rule (
          id TEXT PRIMARY KEY, rule TEXT NOT NULL, effective_from TEXT NOT NULL,
          minutes INTEGER NOT NULL CHECK (minutes >= 0), UNIQUE (rule, effective_from))
        """,
        // Where the operator has set nothing: 12 hours a day for anybody, 15 hours a week for job
        // seekers. Both are the operator's to change, with a date of effect.
        """
        INSERT INTO missions_rule (id, rule, effective_from, minutes) VALUES
          ('daily-minutes@1900-01-01', 'daily-minutes', '1900-01-01', 720),
          ('job-seeker-weekly-minutes@1900-01-01', 'job-seeker-weekly-minutes', '1900-01-01', 900)
        """),
      // The hours of an edition are paged in the order of days, with or without a state.
      Migration(
        "missions.2-hours-by-day",
        "CREATE INDEX missions_hours_by_day ON missions_hours (edition_id, day, name, id)",
        """
        CREATE INDEX missions_hours_by_state ON missions_hours (edition_id, state, day, name, id)
        """,
        "DROP INDEX missions_hours_edition"),
      // Hours that were validated by mistake are taken back by an entry that counters them, and hours
      // of a closed period are let in late; what is cancelled stays, with its reason.
      Migration(
        "missions.3-way-back",
        """
        CREATE TABLE missions_ledger (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id), volunteer TEXT NOT NULL,
          name TEXT NOT NULL, regime TEXT NOT NULL, partner TEXT, partner_name TEXT,
          day TEXT NOT NULL,
          minutes INTEGER NOT NULL CHECK (minutes BETWEEN -720 AND 720 AND minutes <> 0),
          note TEXT,
          state TEXT NOT NULL CHECK (state IN ('waiting', 'validated', 'returned', 'withdrawn')),
          remark TEXT, logged_by TEXT NOT NULL, logged_at BIGINT NOT NULL,
          decided_by TEXT, decided_at BIGINT, counters TEXT UNIQUE, late TEXT,
          CHECK ((minutes < 0) = (counters IS NOT NULL)))
        """,
        """
        INSERT INTO missions_ledger SELECT id, edition_id, version, mission, volunteer, name, regime,
          partner, partner_name, day, minutes, note, state, remark, logged_by, logged_at, decided_by,
          decided_at, NULL, NULL FROM missions_hours
        """,
        "DROP TABLE missions_hours",
        "ALTER TABLE missions_ledger RENAME TO missions_hours",
        "CREATE INDEX missions_hours_mission ON missions_hours (mission, day)",
        "CREATE INDEX missions_hours_volunteer ON missions_hours (volunteer, day)",
        "CREATE INDEX missions_hours_by_day ON missions_hours (edition_id, day, name, id)",
        """
        CREATE INDEX missions_hours_by_state ON missions_hours (edition_id, state, day, name, id)
        """,
        """
        CREATE TABLE missions_closed_hours (
          id TEXT PRIMARY KEY, through TEXT NOT NULL, closed_at BIGINT NOT NULL)
        """,
        "ALTER TABLE missions_mission ADD COLUMN cancelled_at BIGINT",
        "ALTER TABLE missions_mission ADD COLUMN cancel_reason TEXT",
        "ALTER TABLE missions_session ADD COLUMN cancelled_at BIGINT",
        "ALTER TABLE missions_session ADD COLUMN cancel_reason TEXT"),
      // Missions in the order of the alphabet, a page at a time; what the figures of an edition count,
      // without its rows.
      Migration(
        "missions.4-lists",
        "ALTER TABLE missions_mission ADD COLUMN title_order TEXT NOT NULL DEFAULT ''",
        """
        CREATE INDEX missions_mission_by_title
        ON missions_mission (edition_id, title_order, organisation_name, id)
        """,
        """
        CREATE INDEX missions_mission_by_state
        ON missions_mission (edition_id, state, title_order, organisation_name, id)
        """,
        "DROP INDEX missions_mission_edition",
        """
        CREATE INDEX missions_hours_sums
        ON missions_hours (edition_id, state, regime, partner, partner_name, minutes)
        """,
        """
        CREATE INDEX missions_member_edition ON missions_member
          (edition_id, volunteer, joined_at, partner_name, name, role_title, regime)
        """,
        "CREATE INDEX missions_deliverable_edition ON missions_deliverable (edition_id, state, mission)",
        """
        CREATE INDEX missions_evaluation_edition
        ON missions_evaluation (edition_id, side, satisfaction)
        """,
        "CREATE INDEX missions_presence_edition ON missions_presence (edition_id, session, volunteer)",
        mending: orderMissions),
      // What a merge of organisations or partners moved, to be moved back when it is undone.
      Migration(
        "missions.5-merges",
        """
        CREATE TABLE missions_moved (id TEXT PRIMARY KEY, rows TEXT NOT NULL)
        """),
      // What is handed in can be files; their contents are kept by their hash, outside the database.
      Migration(
        "missions.6-files",
        """
        CREATE TABLE missions_file (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, version INTEGER NOT NULL,
          mission TEXT NOT NULL REFERENCES missions_mission (id),
          deliverable TEXT NOT NULL REFERENCES missions_deliverable (id), name TEXT NOT NULL,
          type TEXT NOT NULL, bytes BIGINT NOT NULL CHECK (bytes > 0), content TEXT NOT NULL,
          volunteer TEXT, added_at BIGINT NOT NULL)
        """,
        "CREATE INDEX missions_file_deliverable ON missions_file (deliverable, added_at)",
        "CREATE INDEX missions_file_content ON missions_file (content)",
        "CREATE INDEX missions_file_volunteer ON missions_file (volunteer)"),
      // What a report counts is read off indexes in the order it is counted in.
      Migration(
        "missions.5-counted",
        """
        CREATE INDEX missions_member_first ON missions_member
          (edition_id, volunteer, joined_at, id, partner_name, regime)
        """,
        "DROP INDEX missions_member_edition",
        """
        CREATE INDEX missions_member_replacing ON missions_member (edition_id)
        WHERE replaces IS NOT NULL
        """),
      Migration("missions.7-moved-at", "ALTER TABLE missions_moved ADD COLUMN moved_at BIGINT"),
      // What a regime or a partner came to of which it is no longer kept whose it was.
      Migration(
        "missions.8-past",
        """
        CREATE TABLE missions_past (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          what TEXT NOT NULL CHECK (what IN ('people', 'hours')), regime TEXT NOT NULL,
          partner TEXT, partner_name TEXT, number INTEGER NOT NULL, minutes BIGINT NOT NULL)
        """,
        "CREATE INDEX missions_past_edition ON missions_past (edition_id, what)"),
    ]
  }
}

/// Gives missions that are there the place of their titles in the alphabet.
private let orderMissions: @Sendable (any Connection) throws -> Void = { connection in
  for row in try connection.rows("SELECT id, title FROM missions_mission") {
    try connection.execute(
      """
      UPDATE missions_mission SET title_order = \(SortKey(try row.get("title", as: Name.self)).stored)
      WHERE id = \(row.get("id", as: String.self))
      """)
  }
}

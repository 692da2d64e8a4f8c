public import Kernel

extension AccompanimentModule {
  public var migrations: [Migration] {
    [
      Migration(
        "accompaniment.1-create",
        """
        CREATE TABLE accompaniment_journey (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          application TEXT NOT NULL UNIQUE, organisation TEXT NOT NULL,
          organisation_name TEXT NOT NULL,
          stage TEXT NOT NULL CHECK (stage IN (
            'started', 'diagnosed', 'needs-confirmed', 'briefed', 'followed-up')),
          diagnosis TEXT, action_plan TEXT NOT NULL, started_at BIGINT NOT NULL,
          UNIQUE (edition_id, organisation))
        """,
        """
        CREATE TABLE accompaniment_need (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          journey TEXT NOT NULL REFERENCES accompaniment_journey (id), position INTEGER NOT NULL,
          mission_type TEXT NOT NULL, mission_type_name TEXT NOT NULL, statement TEXT NOT NULL,
          priority INTEGER NOT NULL CHECK (priority BETWEEN 1 AND 5),
          state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'dropped')),
          UNIQUE (journey, position))
        """,
        """
        CREATE TABLE accompaniment_workshop (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          title TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('workshop', 'peer-exchange')),
          day TEXT NOT NULL)
        """,
        "CREATE INDEX accompaniment_workshop_edition ON accompaniment_workshop (edition_id, day)",
        """
        CREATE TABLE accompaniment_invitation (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          workshop TEXT NOT NULL REFERENCES accompaniment_workshop (id),
          journey TEXT NOT NULL REFERENCES accompaniment_journey (id),
          present INTEGER CHECK (present IN (0, 1)), UNIQUE (workshop, journey))
        """,
        "CREATE INDEX accompaniment_invitation_journey ON accompaniment_invitation (journey)",
        """
        CREATE TABLE accompaniment_brief (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          journey TEXT NOT NULL REFERENCES accompaniment_journey (id),
          organisation TEXT NOT NULL, organisation_name TEXT NOT NULL,
          need TEXT NOT NULL REFERENCES accompaniment_need (id), mission_type TEXT NOT NULL,
          title TEXT NOT NULL, context TEXT NOT NULL, deliverable TEXT NOT NULL,
          roles TEXT NOT NULL, half_days TEXT NOT NULL,
          format TEXT NOT NULL CHECK (format IN ('on-site', 'remote', 'hybrid')),
          languages TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
          position INTEGER, published_at BIGINT, UNIQUE (edition_id, position),
          CHECK ((state = 'published') = (position IS NOT NULL)))
        """,
        "CREATE INDEX accompaniment_brief_journey ON accompaniment_brief (journey)",
        """
        CREATE TABLE accompaniment_follow_up (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          journey TEXT NOT NULL REFERENCES accompaniment_journey (id),
          months INTEGER NOT NULL CHECK (months > 0), asked_at BIGINT NOT NULL, note TEXT,
          answered_at BIGINT, UNIQUE (journey, months))
        """),
      // What is cancelled stays, with its day and reason.
      Migration(
        "accompaniment.2-cancelling",
        "ALTER TABLE accompaniment_brief ADD COLUMN cancelled_at BIGINT",
        "ALTER TABLE accompaniment_brief ADD COLUMN cancel_reason TEXT",
        "ALTER TABLE accompaniment_workshop ADD COLUMN cancelled_at BIGINT",
        "ALTER TABLE accompaniment_workshop ADD COLUMN cancel_reason TEXT",
        "ALTER TABLE accompaniment_journey ADD COLUMN ended_at BIGINT"),
      // What a merge of organisations moved, to be moved back when it is undone.
      Migration(
        "accompaniment.3-merges",
        """
        CREATE TABLE accompaniment_moved (
          id TEXT PRIMARY KEY, journeys TEXT NOT NULL, briefs TEXT NOT NULL)
        """),
      // Lists in the order of the alphabet, a page at a time.
      Migration(
        "accompaniment.3-lists",
        "ALTER TABLE accompaniment_journey ADD COLUMN organisation_order TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE accompaniment_brief ADD COLUMN organisation_order TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE accompaniment_brief ADD COLUMN title_order TEXT NOT NULL DEFAULT ''",
        """
        CREATE INDEX accompaniment_journey_by_name
        ON accompaniment_journey (edition_id, organisation_order, id)
        """,
        """
        CREATE INDEX accompaniment_brief_by_name
        ON accompaniment_brief (edition_id, organisation_order, title_order, id)
        """,
        mending: orderByName),
      Migration(
        "accompaniment.4-moved-at", "ALTER TABLE accompaniment_moved ADD COLUMN moved_at BIGINT"),
    ]
  }
}

/// Gives journeys and briefs that are there the place of their names in the alphabet.
private let orderByName: @Sendable (any Connection) throws -> Void = { connection in
  for row in try connection.rows("SELECT id, organisation_name FROM accompaniment_journey") {
    let order = SortKey(try row.get("organisation_name", as: Name.self)).stored
    try connection.execute(
      """
      UPDATE accompaniment_journey SET organisation_order = \(order)
      WHERE id = \(row.get("id", as: String.self))
      """)
  }
  for row in try connection.rows("SELECT id, organisation_name, title FROM accompaniment_brief") {
    let order = SortKey(try row.get("organisation_name", as: Name.self)).stored
    let title = SortKey(try row.get("title", as: Name.self)).stored
    try connection.execute(
      """
      UPDATE accompaniment_brief SET organisation_order = \(order), title_order = \(title)
      WHERE id = \(row.get("id", as: String.self))
      """)
  }
}

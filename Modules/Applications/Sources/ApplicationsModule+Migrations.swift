public import Kernel

extension ApplicationsModule {
  // Organisations, members, reviewers and their conflicts outlive editions, so they carry none.
  public var migrations: [Migration] {
    [
      Migration(
        "applications.1-create",
        """
        CREATE TABLE applications_call (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          zone TEXT NOT NULL, title TEXT NOT NULL, opens_on TEXT NOT NULL,
          closes_on TEXT NOT NULL CHECK (closes_on >= opens_on),
          places INTEGER NOT NULL CHECK (places > 0), questions TEXT NOT NULL,
          criteria TEXT NOT NULL, eligibility TEXT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'decided')),
          confirmation_days INTEGER, UNIQUE (edition_id, title))
        """,
        """
        CREATE TABLE applications_organisation (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('association', 'foundation', 'federation', 'other')),
          causes TEXT NOT NULL, siren TEXT UNIQUE, siren_status TEXT NOT NULL, rna TEXT UNIQUE,
          rna_status TEXT NOT NULL, territory TEXT NOT NULL, founded_on TEXT NOT NULL,
          registered_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE applications_member (
          id TEXT PRIMARY KEY,
          organisation_id TEXT NOT NULL REFERENCES applications_organisation (id),
          position INTEGER NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL,
          language TEXT NOT NULL,
          role TEXT NOT NULL CHECK (role IN ('lead', 'writer', 'reader')),
          UNIQUE (organisation_id, email))
        """,
        """
        CREATE TABLE applications_application (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          call_id TEXT NOT NULL REFERENCES applications_call (id),
          organisation_id TEXT NOT NULL REFERENCES applications_organisation (id),
          state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'withdrawn', 'laureate',
            'waiting', 'refused', 'confirmed', 'declined', 'lapsed')),
          answers TEXT NOT NULL, drafted_at BIGINT NOT NULL, submitted_at BIGINT,
          withdrawn_at BIGINT, decided_at BIGINT, decision TEXT, reason TEXT,
          waiting_position INTEGER, promoted_at BIGINT, confirm_by TEXT, answered_at BIGINT,
          decline_reason TEXT, UNIQUE (call_id, organisation_id))
        """,
        """
        CREATE INDEX applications_application_edition ON applications_application (edition_id, state)
        """,
        """
        CREATE INDEX applications_application_organisation
        ON applications_application (organisation_id)
        """,
        """
        CREATE TABLE applications_reviewer (
          id TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE, name TEXT NOT NULL,
          email TEXT NOT NULL UNIQUE, language TEXT NOT NULL)
        """,
        """
        CREATE TABLE applications_conflict (
          id TEXT PRIMARY KEY, reviewer_id TEXT NOT NULL REFERENCES applications_reviewer (id),
          organisation_id TEXT NOT NULL REFERENCES applications_organisation (id), reason TEXT,
          declared_at BIGINT NOT NULL, UNIQUE (reviewer_id, organisation_id))
        """,
        """
        CREATE TABLE applications_review (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          call_id TEXT NOT NULL REFERENCES applications_call (id),
          application_id TEXT NOT NULL REFERENCES applications_application (id),
          reviewer_id TEXT NOT NULL REFERENCES applications_reviewer (id), scores TEXT,
          comment TEXT, assigned_at BIGINT NOT NULL, scored_at BIGINT,
          UNIQUE (application_id, reviewer_id))
        """,
        "CREATE INDEX applications_review_reviewer ON applications_review (reviewer_id, call_id)",
        "CREATE INDEX applications_review_call ON applications_review (call_id)"),
      // Branches share a SIREN, so it is no longer the number of one row only. The old column keeps its
      // rule and nothing else: taking it away means another table on SQLite.
      Migration(
        "applications.2-branches",
        "ALTER TABLE applications_organisation RENAME COLUMN siren TO siren_once",
        "ALTER TABLE applications_organisation ADD COLUMN siren TEXT",
        "UPDATE applications_organisation SET siren = siren_once",
        "UPDATE applications_organisation SET siren_once = NULL",
        "ALTER TABLE applications_organisation ADD COLUMN nic TEXT",
        "ALTER TABLE applications_organisation ADD COLUMN local_register TEXT",
        "CREATE INDEX applications_organisation_siren ON applications_organisation (siren)"),
      Migration(
        "applications.3-opened-scores",
        """
        CREATE TABLE applications_opened_scores (
          call_id TEXT PRIMARY KEY REFERENCES applications_call (id), opened_at BIGINT NOT NULL)
        """),
      Migration(
        "applications.2-members-by-address",
        "CREATE INDEX applications_member_email ON applications_member (email)"),
      // A way back from what was done by mistake or came otherwise, for people and applications.
      Migration(
        "applications.2-way-back",
        "ALTER TABLE applications_reviewer ADD COLUMN retired_at BIGINT",
        "ALTER TABLE applications_application ADD COLUMN extended_until TEXT",
        """
        CREATE TABLE applications_cleared_conflict (
          id TEXT PRIMARY KEY, reviewer_id TEXT NOT NULL REFERENCES applications_reviewer (id),
          organisation_id TEXT NOT NULL REFERENCES applications_organisation (id),
          reason TEXT NOT NULL, cleared_at BIGINT NOT NULL, UNIQUE (reviewer_id, organisation_id))
        """),
      Migration(
        "applications.4-staged-decisions",
        """
        CREATE TABLE applications_staged_decision (
          id TEXT PRIMARY KEY REFERENCES applications_application (id),
          call_id TEXT NOT NULL REFERENCES applications_call (id),
          decision TEXT NOT NULL CHECK (decision IN ('laureate', 'waiting-list', 'refused')),
          reason TEXT, waiting_rank INTEGER, staged_at BIGINT NOT NULL)
        """,
        "CREATE INDEX applications_staged_decision_call ON applications_staged_decision (call_id)"),
      // Lists in the order of the alphabet, a page at a time; what the figures of an edition count,
      // without its rows; and who waits in a call.
      Migration(
        "applications.4-lists",
        "ALTER TABLE applications_organisation ADD COLUMN name_order TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE applications_organisation ADD COLUMN name_folded TEXT NOT NULL DEFAULT ''",
        """
        ALTER TABLE applications_application
        ADD COLUMN organisation_order TEXT NOT NULL DEFAULT ''
        """,
        """
        CREATE INDEX applications_organisation_by_name
        ON applications_organisation (name_order, registered_at, id)
        """,
        "CREATE INDEX applications_organisation_folded ON applications_organisation (name_folded)",
        """
        CREATE INDEX applications_application_by_name
        ON applications_application (call_id, organisation_order, drafted_at, id)
        """,
        """
        CREATE INDEX applications_application_by_state
        ON applications_application (call_id, state, organisation_order, drafted_at, id)
        """,
        """
        CREATE INDEX applications_application_counted ON applications_application
          (edition_id, state, decision, organisation_id, call_id, submitted_at, decided_at,
           promoted_at, answered_at)
        """,
        "DROP INDEX applications_application_edition",
        "CREATE INDEX applications_call_edition ON applications_call (edition_id)",
        "CREATE INDEX applications_review_open ON applications_review (application_id, scored_at)",
        mending: orderOrganisations),
      // Organisations that were two and are one, what they were before, and those that stay two.
      Migration(
        "applications.5-merges",
        """
        CREATE TABLE applications_merge (
          id TEXT PRIMARY KEY, kept TEXT NOT NULL, gone TEXT NOT NULL, moved TEXT NOT NULL,
          merged_at BIGINT NOT NULL, undone_at BIGINT)
        """,
        """
        CREATE TABLE applications_former (
          id TEXT PRIMARY KEY, present TEXT NOT NULL,
          merge TEXT NOT NULL REFERENCES applications_merge (id))
        """,
        "CREATE INDEX applications_former_merge ON applications_former (merge)",
        """
        CREATE TABLE applications_told_apart (
          id TEXT PRIMARY KEY, told_at BIGINT NOT NULL)
        """),
      // What the reviews come to is kept beside the application; a ranking is read in its order.
      Migration(
        "applications.5-standings",
        """
        ALTER TABLE applications_application ADD COLUMN behind INTEGER NOT NULL DEFAULT 501
        """,
        "ALTER TABLE applications_application ADD COLUMN reviews INTEGER NOT NULL DEFAULT 0",
        """
        ALTER TABLE applications_application
        ADD COLUMN reviews_missing INTEGER NOT NULL DEFAULT 0
        """,
        """
        CREATE INDEX applications_application_ranked ON applications_application
          (call_id, behind, organisation_order, id, state, organisation_id)
        WHERE state NOT IN ('draft', 'withdrawn')
        """,
        """
        CREATE INDEX applications_application_waiting ON applications_application
          (call_id, state, reviews_missing, extended_until, drafted_at, submitted_at, decided_at,
           promoted_at, withdrawn_at, answered_at)
        """,
        """
        CREATE INDEX applications_application_edition_by_name ON applications_application
          (edition_id, state, organisation_order, drafted_at, id)
        """,
        mending: { try keepStandings(where: "1 = 1", in: $0) }),
      // Whoever registers learns from no refusal who is here: a number may be given twice until staff look.
      // The old column keeps its rule and nothing else, as that of the SIREN.
      Migration(
        "applications.6-numbers-given-twice",
        "ALTER TABLE applications_organisation RENAME COLUMN rna TO rna_once",
        "ALTER TABLE applications_organisation ADD COLUMN rna TEXT",
        "UPDATE applications_organisation SET rna = rna_once",
        "UPDATE applications_organisation SET rna_once = NULL",
        "CREATE INDEX applications_organisation_rna ON applications_organisation (rna)"),
    ]
  }
}

/// Gives organisations that are there, and their applications, the place of their names in the alphabet.
private let orderOrganisations: @Sendable (any Connection) throws -> Void = { connection in
  for row in try connection.rows("SELECT id, name FROM applications_organisation") {
    let id: String = try row.get("id")
    let name: Name = try row.get("name")
    let order = SortKey(name).stored
    try connection.execute(
      """
      UPDATE applications_organisation SET name_order = \(order),
        name_folded = \(Folded.organisation(name).description) WHERE id = \(id)
      """)
    try connection.execute(
      """
      UPDATE applications_application SET organisation_order = \(order)
      WHERE organisation_id = \(id)
      """)
  }
}

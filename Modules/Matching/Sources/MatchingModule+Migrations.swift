public import Kernel

extension MatchingModule {
  public var migrations: [Migration] {
    [
      Migration(
        "matching.1-create",
        """
        CREATE TABLE matching_run (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          number INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
          strategy TEXT NOT NULL, seed BIGINT NOT NULL, rules TEXT NOT NULL, weights TEXT NOT NULL,
          made_at BIGINT NOT NULL, result TEXT NOT NULL, UNIQUE (edition_id, number))
        """,
        // Whatever publishes at the same moment, one run of an edition is published.
        """
        CREATE UNIQUE INDEX matching_run_published ON matching_run (edition_id)
        WHERE state = 'published'
        """,
        """
        CREATE TABLE matching_proposal (
          id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES matching_run (id),
          edition_id TEXT NOT NULL, position INTEGER NOT NULL, volunteer TEXT NOT NULL,
          volunteer_name TEXT NOT NULL, brief TEXT, brief_title TEXT, role TEXT, role_title TEXT,
          affinity INTEGER NOT NULL, reason TEXT NOT NULL)
        """,
        "CREATE INDEX matching_proposal_run ON matching_proposal (run, position)",
        """
        CREATE TABLE matching_vacancy (
          id TEXT PRIMARY KEY, run TEXT NOT NULL REFERENCES matching_run (id),
          edition_id TEXT NOT NULL, position INTEGER NOT NULL, brief TEXT NOT NULL,
          brief_title TEXT NOT NULL, role TEXT NOT NULL, role_title TEXT NOT NULL,
          seats INTEGER NOT NULL, reason TEXT NOT NULL)
        """,
        """
        CREATE TABLE matching_lock (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, volunteer TEXT NOT NULL,
          role TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('pinned', 'forbidden')),
          reason TEXT NOT NULL, UNIQUE (edition_id, volunteer, role))
        """,
        """
        CREATE TABLE matching_place (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          number INTEGER NOT NULL, brief TEXT NOT NULL, brief_title TEXT NOT NULL,
          role TEXT NOT NULL, role_title TEXT NOT NULL, volunteer TEXT NOT NULL,
          volunteer_name TEXT NOT NULL, partner_name TEXT, regime TEXT NOT NULL,
          half_days TEXT NOT NULL, affinity INTEGER NOT NULL, reason TEXT NOT NULL,
          state TEXT NOT NULL
            CHECK (state IN ('offered', 'confirmed', 'declined', 'lapsed', 'withdrawn')),
          offered_at BIGINT NOT NULL, confirm_by BIGINT NOT NULL, answered_at BIGINT,
          replaces TEXT, remark TEXT, handover TEXT, UNIQUE (edition_id, number))
        """,
        // Nobody holds two places in one team, whoever acts at the same moment.
        """
        CREATE UNIQUE INDEX matching_place_once ON matching_place (volunteer, brief)
        WHERE state IN ('offered', 'confirmed')
        """,
        "CREATE INDEX matching_place_edition ON matching_place (edition_id, state)",
        "CREATE TABLE matching_done_team (id TEXT PRIMARY KEY, edition_id TEXT NOT NULL)",
        """
        CREATE TABLE matching_weights (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, weights TEXT NOT NULL)
        """),
      Migration(
        "matching.2-evidence",
        // What a run looked at, so that it can be asked about later.
        """
        CREATE TABLE matching_basis (
          id TEXT PRIMARY KEY REFERENCES matching_run (id), edition_id TEXT NOT NULL,
          situation TEXT NOT NULL, rules TEXT NOT NULL, weights TEXT NOT NULL,
          locks TEXT NOT NULL, previous TEXT NOT NULL, keeps TEXT NOT NULL, answer TEXT NOT NULL)
        """,
        "ALTER TABLE matching_proposal ADD COLUMN explanation TEXT",
        // Runs that are not worked out yet, or could not be.
        """
        CREATE TABLE matching_computation (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, number INTEGER NOT NULL,
          strategy TEXT NOT NULL, seed BIGINT NOT NULL, rules TEXT NOT NULL,
          time_limit_seconds INTEGER, from_run TEXT, asked_at BIGINT NOT NULL, begun_at BIGINT,
          attempts INTEGER NOT NULL, is_to_stop INTEGER NOT NULL, fault TEXT,
          UNIQUE (edition_id, number))
        """),
      // The places of an edition in their order, in whatever state; what its figures count, without its
      // rows.
      Migration(
        "matching.3-figures",
        """
        CREATE INDEX matching_place_counted ON matching_place
          (edition_id, state, replaces, brief_title, offered_at, answered_at)
        """,
        "DROP INDEX matching_place_edition",
        "CREATE INDEX matching_place_by_state ON matching_place (edition_id, state, number)",
        "CREATE INDEX matching_place_volunteer ON matching_place (volunteer)",
        "CREATE INDEX matching_place_brief ON matching_place (brief)"),
      // What waits for the engine: places given up, people who came.
      Migration(
        "matching.4-repairs",
        """
        CREATE TABLE matching_repair_due (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, number BIGINT NOT NULL, place TEXT,
          newcomer TEXT)
        """,
        "CREATE INDEX matching_repair_due_edition ON matching_repair_due (edition_id, number)"),
      // What staff chose for the teams of an edition.
      Migration(
        "matching.5-team-rules",
        """
        CREATE TABLE matching_team_rules (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, company_cap INTEGER, minimum_team INTEGER)
        """),
      // When somebody was written to again about an offer: not twice on one day.
      Migration(
        "matching.6-offer-letters",
        """
        CREATE TABLE matching_offer_letter (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, sent_at BIGINT NOT NULL)
        """),
      // How far a computation is, for those whom another program answers than the one that computes.
      Migration("matching.7-progress", "ALTER TABLE matching_computation ADD COLUMN progress TEXT"),
    ]
  }
}

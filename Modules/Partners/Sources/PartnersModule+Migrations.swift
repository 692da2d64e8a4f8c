public import Kernel

extension PartnersModule {
  public var migrations: [Migration] {
    [
      Migration(
        "partners.1-create",
        """
        CREATE TABLE partners_partner (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
          kind TEXT NOT NULL CHECK (kind IN ('company', 'public-backer', 'employment-agency')),
          siren TEXT UNIQUE)
        """,
        """
        CREATE TABLE partners_contact (
          id TEXT PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners_partner (id),
          position INTEGER NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL,
          language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
          UNIQUE (partner, email), UNIQUE (partner, position))
        """,
        """
        CREATE TABLE partners_agreement (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          partner TEXT NOT NULL REFERENCES partners_partner (id), signed_on TEXT NOT NULL,
          regimes TEXT NOT NULL, hourly_cost_cents INTEGER CHECK (hourly_cost_cents > 0),
          UNIQUE (edition_id, partner))
        """,
        """
        CREATE TABLE partners_pledge (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          partner TEXT NOT NULL REFERENCES partners_partner (id),
          people INTEGER NOT NULL CHECK (people >= 0), days INTEGER NOT NULL CHECK (days >= 0),
          UNIQUE (edition_id, partner))
        """,
        """
        CREATE TABLE partners_volunteer (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, edition_id TEXT NOT NULL,
          sequence INTEGER NOT NULL, partner TEXT REFERENCES partners_partner (id),
          name TEXT NOT NULL, email TEXT NOT NULL,
          language TEXT NOT NULL CHECK (language IN ('fr', 'en')),
          regime TEXT NOT NULL CHECK (
            regime IN ('patronage-service', 'patronage-secondment', 'own-time', 'job-seeker')),
          service TEXT, profile TEXT, registered_at BIGINT NOT NULL, completed_at BIGINT,
          withdrawn_at BIGINT, withdrawal_reason TEXT,
          UNIQUE (edition_id, email), UNIQUE (edition_id, sequence))
        """,
        "CREATE INDEX partners_volunteer_partner ON partners_volunteer (partner, edition_id)"),
      Migration(
        "partners.2-rosters",
        "ALTER TABLE partners_volunteer ADD COLUMN claim_of TEXT",
        "ALTER TABLE partners_volunteer ADD COLUMN claimed_email TEXT",
        "ALTER TABLE partners_volunteer ADD COLUMN invite_at BIGINT",
        "CREATE INDEX partners_volunteer_invite ON partners_volunteer (invite_at)",
        """
        CREATE TABLE partners_invitation_delay (
          id TEXT PRIMARY KEY, minutes INTEGER NOT NULL CHECK (minutes >= 0))
        """,
        """
        CREATE TABLE partners_roster_column (
          id TEXT PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners_partner (id),
          heading TEXT NOT NULL, meaning TEXT NOT NULL, UNIQUE (partner, heading))
        """,
        """
        CREATE TABLE partners_batch (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          partner TEXT NOT NULL REFERENCES partners_partner (id), imported_at BIGINT NOT NULL,
          imported INTEGER NOT NULL, updated INTEGER NOT NULL, undone_at BIGINT)
        """,
        "CREATE INDEX partners_batch_partner ON partners_batch (partner, edition_id)",
        """
        CREATE TABLE partners_batch_line (
          id TEXT PRIMARY KEY, batch TEXT NOT NULL REFERENCES partners_batch (id),
          volunteer TEXT NOT NULL, earlier TEXT, version INTEGER NOT NULL)
        """,
        "CREATE INDEX partners_batch_line_batch ON partners_batch_line (batch)"),
      Migration(
        "partners.3-merges",
        "ALTER TABLE partners_partner ADD COLUMN merged_into TEXT",
        """
        CREATE TABLE partners_merge (
          id TEXT PRIMARY KEY, kept TEXT NOT NULL, gone TEXT NOT NULL, partners TEXT,
          volunteer TEXT, merged_at BIGINT NOT NULL, undone_at BIGINT)
        """,
        "CREATE INDEX partners_merge_gone ON partners_merge (gone)",
        "CREATE TABLE partners_told_apart (id TEXT PRIMARY KEY, told_at BIGINT NOT NULL)"),
      Migration(
        "partners.2-people-by-address",
        "CREATE INDEX partners_volunteer_email ON partners_volunteer (email)",
        "CREATE INDEX partners_contact_email ON partners_contact (email)"),
      Migration(
        "partners.4-departures",
        "ALTER TABLE partners_agreement ADD COLUMN ended_on TEXT",
        "ALTER TABLE partners_agreement ADD COLUMN end_reason TEXT",
        "ALTER TABLE partners_volunteer ADD COLUMN asked_to_stay TEXT"),
      Migration(
        "partners.5-kept-rosters",
        """
        CREATE TABLE partners_kept_roster (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL,
          partner TEXT NOT NULL REFERENCES partners_partner (id), csv TEXT NOT NULL,
          kept_at BIGINT NOT NULL)
        """),
      // What the figures of an edition count, without its rows.
      Migration(
        "partners.4-figures",
        """
        CREATE INDEX partners_volunteer_figures
        ON partners_volunteer (edition_id, claim_of, partner, regime)
        """,
        "CREATE INDEX partners_pledge_edition ON partners_pledge (edition_id, partner, people)"),
      // What profiles said of organisations that became one, to be said again when they are two.
      Migration(
        "partners.6-merged-organisations",
        """
        CREATE TABLE partners_moved_profile (
          id TEXT PRIMARY KEY, merge TEXT NOT NULL, volunteer TEXT NOT NULL,
          conflicts TEXT NOT NULL, previous_employers TEXT NOT NULL)
        """,
        "CREATE INDEX partners_moved_profile_merge ON partners_moved_profile (merge)"),
      Migration(
        "partners.7-claims",
        """
        CREATE INDEX partners_volunteer_claims ON partners_volunteer (edition_id, sequence)
        WHERE claim_of IS NOT NULL
        """),
      // How many people of an edition a partner had sent, and under which regime, once that is no longer
      // kept of each of them.
      Migration(
        "partners.8-past",
        """
        CREATE TABLE partners_past (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL, partner TEXT, regime TEXT NOT NULL,
          people INTEGER NOT NULL CHECK (people > 0))
        """,
        "CREATE INDEX partners_past_edition ON partners_past (edition_id)"),
    ]
  }
}

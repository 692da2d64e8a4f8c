public import Kernel

extension AccountsModule {
  // What is here belongs to people, not to editions.
  public var migrations: [Migration] {
    [
      Migration(
        "accounts.1-create",
        """
        CREATE TABLE accounts_person (
          id TEXT PRIMARY KEY, name TEXT, language TEXT NOT NULL, created_at BIGINT NOT NULL,
          disabled_at BIGINT)
        """,
        """
        CREATE TABLE accounts_address (
          id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
          position INTEGER NOT NULL, proved_at BIGINT)
        """,
        "CREATE INDEX accounts_address_person ON accounts_address (person)",
        """
        CREATE TABLE accounts_grant (
          id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
          role TEXT NOT NULL CHECK (role IN ('administrator', 'manager')),
          granted_at BIGINT NOT NULL, UNIQUE (person, role))
        """,
        """
        CREATE TABLE accounts_invitation (
          id TEXT PRIMARY KEY, address TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL,
          language TEXT NOT NULL, invited_by TEXT NOT NULL, created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL, hash TEXT UNIQUE, used_at BIGINT, ended_at BIGINT)
        """,
        """
        CREATE TABLE accounts_founding (
          id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, expires_at BIGINT NOT NULL,
          used_at BIGINT)
        """,
        """
        CREATE TABLE accounts_link (
          id TEXT PRIMARY KEY, address TEXT NOT NULL, browser_hash TEXT NOT NULL, person TEXT,
          origin TEXT NOT NULL, language TEXT NOT NULL, asked_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL, secret_hash TEXT UNIQUE, code_hash TEXT,
          attempts INTEGER NOT NULL, used_at BIGINT, replaced_at BIGINT)
        """,
        "CREATE INDEX accounts_link_address ON accounts_link (address)",
        "CREATE INDEX accounts_link_browser ON accounts_link (browser_hash, asked_at)",
        """
        CREATE TABLE accounts_session (
          id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE,
          person TEXT NOT NULL REFERENCES accounts_person (id),
          strength TEXT NOT NULL CHECK (strength IN ('letter', 'strong')), network TEXT NOT NULL,
          device TEXT, language TEXT NOT NULL, hat TEXT, is_short INTEGER NOT NULL,
          began_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
          ended_at BIGINT)
        """,
        "CREATE INDEX accounts_session_person ON accounts_session (person, began_at)",
        """
        CREATE TABLE accounts_sign_in (
          id TEXT PRIMARY KEY, at BIGINT NOT NULL, person TEXT NOT NULL, way TEXT NOT NULL,
          strength TEXT NOT NULL, network TEXT NOT NULL, device TEXT)
        """,
        "CREATE INDEX accounts_sign_in_at ON accounts_sign_in (at, id)",
        """
        CREATE TABLE accounts_factor (
          id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
          kind TEXT NOT NULL CHECK (kind IN ('passkey', 'totp')), name TEXT NOT NULL,
          material TEXT NOT NULL, credential TEXT UNIQUE, algorithm INTEGER,
          counter BIGINT NOT NULL, created_at BIGINT NOT NULL, confirmed_at BIGINT, used_at BIGINT)
        """,
        "CREATE INDEX accounts_factor_person ON accounts_factor (person)",
        """
        CREATE TABLE accounts_recovery (
          id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
          hash TEXT NOT NULL UNIQUE)
        """,
        "CREATE INDEX accounts_recovery_person ON accounts_recovery (person)",
        """
        CREATE TABLE accounts_challenge (
          id TEXT PRIMARY KEY, purpose TEXT NOT NULL, holder_hash TEXT NOT NULL,
          expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX accounts_challenge_holder ON accounts_challenge (holder_hash)",
        """
        CREATE TABLE accounts_attempt (
          id TEXT PRIMARY KEY, number INTEGER NOT NULL, began_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE accounts_failure (
          id TEXT PRIMARY KEY, on_day TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL)
        """,
        """
        CREATE TABLE accounts_key (
          id INTEGER PRIMARY KEY, secret TEXT NOT NULL, created_at BIGINT NOT NULL,
          retired_at BIGINT)
        """),
      Migration(
        "accounts.2-look-around",
        """
        CREATE TABLE accounts_guide (
          id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES accounts_person (id),
          hash TEXT NOT NULL UNIQUE, expires_at BIGINT NOT NULL, used_at BIGINT)
        """),
      // When somebody came in last: what says so besides goes sooner than an account.
      Migration(
        "accounts.3-last-seen", "ALTER TABLE accounts_person ADD COLUMN seen_at BIGINT",
        """
        UPDATE accounts_person SET seen_at = (
          SELECT MAX(at) FROM accounts_sign_in s WHERE s.person = accounts_person.id)
        """),
    ]
  }
}

/// The tables every module leans on.
let kernelMigrations = [
  Migration(
    "kernel.1-create",
    """
    CREATE TABLE kernel_event (
      id TEXT PRIMARY KEY, sequence BIGINT NOT NULL UNIQUE, name TEXT NOT NULL,
      version INTEGER NOT NULL, aggregate TEXT NOT NULL, edition_id TEXT, payload TEXT NOT NULL,
      actor TEXT NOT NULL, request TEXT NOT NULL, occurred_at BIGINT NOT NULL)
    """,
    """
    CREATE TABLE kernel_delivery (
      event_id TEXT NOT NULL REFERENCES kernel_event (id), sequence BIGINT NOT NULL,
      subscriber TEXT NOT NULL, aggregate TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'done', 'parked')),
      attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, fault TEXT,
      PRIMARY KEY (event_id, subscriber))
    """,
    """
    CREATE INDEX kernel_delivery_open ON kernel_delivery (sequence, subscriber)
    WHERE state = 'pending'
    """,
    """
    CREATE TABLE kernel_idempotency (
      key TEXT NOT NULL, actor TEXT NOT NULL, endpoint TEXT NOT NULL, fingerprint TEXT NOT NULL,
      answer TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (key, actor))
    """,
    """
    CREATE TABLE kernel_audit (
      id TEXT PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, endpoint TEXT NOT NULL,
      request TEXT NOT NULL)
    """,
    "CREATE TABLE kernel_job (name TEXT PRIMARY KEY, ran_at BIGINT NOT NULL)"),
  Migration(
    "kernel.2-identifiers-without-time",
    "CREATE TABLE kernel_old_id (old TEXT PRIMARY KEY, new TEXT NOT NULL)",
    mending: replaceTimedIdentifiers),
  Migration(
    "kernel.3-persons",
    "CREATE TABLE kernel_series (name TEXT PRIMARY KEY, last BIGINT NOT NULL)",
    """
    INSERT INTO kernel_series (name, last)
    SELECT 'kernel.event', MAX(sequence) FROM kernel_event HAVING MAX(sequence) IS NOT NULL
    """,
    """
    INSERT INTO kernel_series (name, last)
    SELECT 'kernel.audit', COUNT(*) FROM kernel_audit HAVING COUNT(*) > 0
    """,
    "ALTER TABLE kernel_audit RENAME TO kernel_audit_1",
    """
    CREATE TABLE kernel_audit (
      sequence BIGINT PRIMARY KEY, at BIGINT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
      subject TEXT, edition_id TEXT, behalf TEXT, endpoint TEXT NOT NULL, request TEXT NOT NULL)
    """,
    // Before, the audit knew what somebody was, not who.
    """
    INSERT INTO kernel_audit (sequence, at, person, role, subject, endpoint, request)
    SELECT ROW_NUMBER() OVER (ORDER BY at, id), at, actor,
      CASE WHEN actor LIKE '%:%' THEN SUBSTR(actor, 1, LENGTH(actor) - 37) ELSE actor END,
      CASE WHEN actor LIKE '%:%' THEN SUBSTR(actor, LENGTH(actor) - 35) END, endpoint, request
    FROM kernel_audit_1
    """,
    "DROP TABLE kernel_audit_1",
    "CREATE INDEX kernel_audit_person ON kernel_audit (person, sequence)",
    "CREATE INDEX kernel_audit_endpoint ON kernel_audit (endpoint, sequence)",
    "CREATE INDEX kernel_audit_at ON kernel_audit (at, sequence)",
    """
    CREATE TABLE kernel_audit_row (
      sequence BIGINT NOT NULL REFERENCES kernel_audit (sequence), kind TEXT NOT NULL,
      row_id TEXT NOT NULL, version_before INTEGER, version_after INTEGER)
    """,
    "CREATE INDEX kernel_audit_row_of ON kernel_audit_row (sequence)",
    "CREATE INDEX kernel_audit_row_id ON kernel_audit_row (row_id, sequence)",
    "ALTER TABLE kernel_idempotency RENAME COLUMN actor TO person",
    "ALTER TABLE kernel_event ADD COLUMN person TEXT"),
  Migration(
    "kernel.4-flat-queues",
    // Which queues are held up by a delivery that failed: few, however many wait.
    """
    CREATE INDEX kernel_delivery_failed ON kernel_delivery (subscriber, aggregate, sequence)
    WHERE state = 'pending' AND attempts > 0
    """,
    """
    CREATE INDEX kernel_delivery_parked ON kernel_delivery (sequence, subscriber)
    WHERE state = 'parked'
    """,
    "CREATE INDEX kernel_event_edition ON kernel_event (edition_id, name, occurred_at)",
    "CREATE INDEX kernel_idempotency_age ON kernel_idempotency (created_at)"),
  // When an entry was made whose time was told, because what it says happened earlier.
  Migration(
    "kernel.5-recorded-later", "ALTER TABLE kernel_audit ADD COLUMN recorded_at BIGINT"),
  // How long things are kept, as somebody set it from a day on; what went when, as numbers.
  Migration(
    "kernel.6-retention",
    """
    CREATE TABLE kernel_retention (
      id TEXT PRIMARY KEY, purpose TEXT NOT NULL, part TEXT NOT NULL,
      days INTEGER CHECK (days > 0), from_day TEXT NOT NULL, set_at BIGINT NOT NULL,
      set_by TEXT NOT NULL, reason TEXT)
    """,
    "CREATE INDEX kernel_retention_of ON kernel_retention (purpose, from_day)",
    """
    CREATE TABLE kernel_pruned (
      id TEXT PRIMARY KEY, purpose TEXT NOT NULL, at BIGINT NOT NULL, number BIGINT NOT NULL,
      oldest BIGINT)
    """,
    "CREATE INDEX kernel_pruned_at ON kernel_pruned (at)"),
  // Whose data are kept and not used, until that is lifted.
  Migration(
    "kernel.7-restrictions",
    """
    CREATE TABLE kernel_restriction (
      id TEXT PRIMARY KEY, batch TEXT NOT NULL, reason TEXT NOT NULL, since BIGINT NOT NULL,
      set_by TEXT NOT NULL)
    """),
]

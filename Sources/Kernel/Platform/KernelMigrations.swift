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
]

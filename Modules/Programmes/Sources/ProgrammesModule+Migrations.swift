public import Kernel

extension ProgrammesModule {
  public var migrations: [Migration] {
    [
      Migration(
        "programmes.1-create",
        "CREATE TABLE programmes_programme (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
        """
        CREATE TABLE programmes_edition (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL,
          programme TEXT NOT NULL REFERENCES programmes_programme (id), name TEXT NOT NULL,
          theme TEXT NOT NULL, territory TEXT NOT NULL, zone TEXT NOT NULL,
          format TEXT NOT NULL CHECK (format IN ('on-site', 'remote', 'hybrid')),
          starts TEXT NOT NULL, ends TEXT NOT NULL CHECK (ends >= starts),
          state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed')),
          UNIQUE (programme, name))
        """,
        """
        CREATE TABLE programmes_half_day (
          id TEXT PRIMARY KEY, edition_id TEXT NOT NULL REFERENCES programmes_edition (id),
          key TEXT NOT NULL, day TEXT NOT NULL,
          part TEXT NOT NULL CHECK (part IN ('morning', 'afternoon')), UNIQUE (edition_id, key))
        """,
        """
        CREATE TABLE programmes_skill (
          id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, esco TEXT NOT NULL)
        """,
        """
        CREATE TABLE programmes_mission_type (
          id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, skills TEXT NOT NULL)
        """)
    ]
  }
}

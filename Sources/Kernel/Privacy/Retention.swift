/// Rows that go when their purpose is over, declared by the module whose they are. What is declared nowhere
/// grows for ever: a test refuses a table that is neither here nor kept with a reason.
public struct Retention: Sendable {
  /// What is due, or went.
  public struct Due: Sendable {
    /// How many rows, files or people.
    public let rows: Int
    /// From when the oldest is; nil where nothing tells.
    public let oldest: Instant?

    public init(rows: Int, oldest: Instant? = nil) {
      self.rows = rows
      self.oldest = oldest
    }
  }

  /// What the rows are kept for.
  public let purpose: Purpose
  /// Whose rows go or change.
  public let tables: [String]
  /// What goes.
  public let goes: Words
  /// What stays, and why.
  public let stays: Words
  let prepare: @Sendable (Term, Context) async throws -> Work

  /// What there is to do at a moment, once others were asked.
  struct Work: Sendable {
    var due: @Sendable (any Connection) throws -> Due = { _ in Due(rows: 0) }
    var prune: @Sendable (Int, Transaction) throws -> Int = { _, _ in 0 }
    /// What is outside the database; true only looks. Returns how much.
    var outside: @Sendable (Bool) async throws -> Int = { _ in 0 }
    var people: (@Sendable (any Connection) throws -> [Grant])?
  }

  private init(
    purpose: Purpose, tables: [String], goes: Words, stays: Words,
    prepare: @escaping @Sendable (Term, Context) async throws -> Work
  ) {
    self.purpose = purpose
    self.tables = tables
    self.goes = goes
    self.stays = stays
    self.prepare = prepare
  }

  /// Rows that need others to be asked first: `due` counts them, `prune` takes away, or empties, at most as
  /// many as it is told and returns how many. Done again, it does no harm.
  public static func rows<Answers: Sendable>(
    _ purpose: Purpose, of tables: [String], goes: Words, stays: Words,
    asking: @escaping @Sendable (Term, Context) async throws -> Answers,
    due: @escaping @Sendable (Answers, Term, any Connection) throws -> Due,
    prune: @escaping @Sendable (Answers, Term, Int, Transaction) throws -> Int
  ) -> Retention {
    Retention(purpose: purpose, tables: tables, goes: goes, stays: stays) { term, context in
      let answers = try await asking(term, context)
      return Work(
        due: { try due(answers, term, $0) }, prune: { try prune(answers, term, $0, $1) })
    }
  }

  /// The same for rows that tell by themselves.
  public static func rows(
    _ purpose: Purpose, of tables: [String], goes: Words, stays: Words,
    due: @escaping @Sendable (Term, any Connection) throws -> Due,
    prune: @escaping @Sendable (Term, Int, Transaction) throws -> Int
  ) -> Retention {
    Retention(purpose: purpose, tables: tables, goes: goes, stays: stays) { term, _ in
      Work(due: { try due(term, $0) }, prune: { try prune(term, $0, $1) })
    }
  }

  /// Whole rows of one table that a condition picks. `key` and `since` are columns: its key, and when the
  /// row began to wait; nil where none says so.
  public static func deleting(
    _ purpose: Purpose, from table: StaticString, key: StaticString = "id",
    since: StaticString? = nil, goes: Words, stays: Words,
    where condition: @escaping @Sendable (Term) -> SQL
  ) -> Retention {
    let (name, key) = (SQL(stringLiteral: table), SQL(stringLiteral: key))
    let oldest = since.map { SQL(stringLiteral: $0) }
    return rows(purpose, of: [name.text], goes: goes, stays: stays) { term, connection in
      try connection.due(in: name, since: oldest, where: condition(term))
    } prune: { term, limit, transaction in
      try transaction.execute(
        """
        DELETE FROM \(part: name) WHERE \(part: key) IN (
          SELECT \(part: key) FROM \(part: name) WHERE \(part: condition(term)) LIMIT \(limit))
        """)
    }
  }

  /// What is kept outside the database: `prune` takes away what had its time, or only counts it.
  public static func outside(
    _ purpose: Purpose, goes: Words, stays: Words,
    prune: @escaping @Sendable (Term, _ trying: Bool) async throws -> Int
  ) -> Retention {
    Retention(purpose: purpose, tables: [], goes: goes, stays: stays) { term, _ in
      Work(outside: { try await prune(term, $0) })
    }
  }

  /// People who are taken out of all rows, as an erasure does it: what they did stays, as somebody's of whom
  /// nothing is known. Those of whom a module keeps evidence (`Module.reliedUpon`) are left alone where
  /// `sparingEvidence`.
  public static func people(
    _ purpose: Purpose, of tables: [String], goes: Words, stays: Words,
    sparingEvidence: Bool,
    asking: @escaping @Sendable (Term, Context) async throws -> [EditionID],
    who: @escaping @Sendable ([EditionID], any Connection) throws -> [Grant]
  ) -> Retention {
    Retention(purpose: purpose, tables: tables, goes: goes, stays: stays) { term, context in
      let editions = try await asking(term, context)
      let modules = context.routes.modules
      return Work(people: { connection in
        let found = try who(editions, connection)
        guard sparingEvidence, !found.isEmpty else { return found }
        let needed = try modules.reduce(into: Set<String>()) { needed, module in
          needed.formUnion(try module.reliedUpon(among: found, in: connection).map(\.description))
        }
        return found.filter { !needed.contains($0.description) }
      })
    }
  }
}

/// A table whose rows stay, and why.
public struct KeptTable: Sendable {
  /// Its name in the schema.
  public let table: String
  /// Why nothing of it goes by its age.
  public let reason: Words

  /// A table, and why its rows stay, in both languages.
  public init(_ table: String, en: String, fr: String) {
    self.table = table
    reason = Words(en: en, fr: fr)
  }
}

extension Connection {
  /// How many rows a condition picks, and from when the oldest is. Throws `StorageError`.
  public func due(
    in table: SQL, since: SQL? = nil, where condition: SQL
  ) throws -> Retention.Due {
    let oldest = since ?? "NULL"
    let row = try rows(
      """
      SELECT COUNT(*) AS n, MIN(\(part: oldest)) AS oldest FROM \(part: table)
      WHERE \(part: condition)
      """
    ).first
    return Retention.Due(
      rows: try row?.get("n") ?? 0, oldest: since == nil ? nil : try row?.get(ifPresent: "oldest"))
  }
}

extension Module {
  /// None: nothing of it goes by its age.
  public var retentions: [Retention] { [] }
  /// None: it has no tables.
  public var keptTables: [KeptTable] { [] }
  /// Nobody: it keeps no evidence of what people did.
  public func reliedUpon(among people: [Grant], in connection: any Connection) throws -> Set<Grant>
  {
    []
  }
}

extension Database {
  /// Puts every row of `other` into this database, whose tables are the same and whose own rows go; then
  /// reads both and compares them row by row. The rows of each table, by its name. Throws `CopyError`
  /// where they differ, and `StorageError`; nothing is kept of a copy that failed before its comparison.
  public func takeEverything(from other: any Database) async throws -> [String: Int] {
    let tables = try await other.tableNames()
    guard try await tableNames() == tables else { throw CopyError.otherTables }
    let content = try await other.contents(of: tables)
    let dialect = dialect
    try await write { connection in
      try connection.execute(dialect.agreeingAtTheEnd)
      for table in tables { try connection.execute(SQL(text: "DELETE FROM \(table)", values: [])) }
      for (table, rows) in content {
        guard let columns = rows.first?.columns.names else { continue }
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let text = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
        for row in rows { try connection.execute(SQL(text: text, values: row.values)) }
      }
    }
    // Read again from both, as anybody will.
    let copied = try await contents(of: tables)
    let origin = try await other.contents(of: tables)
    for (one, two) in zip(origin, copied) where Self.sorted(one.rows) != Self.sorted(two.rows) {
      throw CopyError.different(table: one.table)
    }
    return Dictionary(uniqueKeysWithValues: copied.map { ($0.table, $0.rows.count) })
  }

  /// All rows of some tables, at one moment. Names are out of the schema, which is ours.
  private func contents(of tables: [String]) async throws -> [(table: String, rows: [Row])] {
    try await read { connection in
      try tables.map { ($0, try connection.rows(SQL(text: "SELECT * FROM \($0)", values: []))) }
    }
  }

  /// The values of each row by the name of their column, in an order that both databases have.
  private static func sorted(_ rows: [Row]) -> [String] {
    rows.map { row in
      zip(row.columns.names, row.values).map { "\($0)=\($1)" }.sorted().joined(separator: "\u{1F}")
    }.sorted()
  }
}

/// Why everything could not be taken from one database to another.
public enum CopyError: UserFacing, Equatable {
  /// One has tables that the other has not: they are of different versions. Nothing was copied.
  case otherTables
  /// What was read back of this table is not what was written; the copy is to be dropped.
  case different(table: String)

  public var problem: Problem {
    let what: Words
    switch self {
    case .otherTables:
      what = Words(
        en: "The two databases do not have the same tables.",
        fr: "Les deux bases n’ont pas les mêmes tables.")
    case .different(let table):
      what = Words(
        en: "The rows of \(table) differ after they were copied.",
        fr: "Les lignes de \(table) diffèrent après la copie.")
    }
    return Problem(
      "data/not-copied", status: 500, title: Words(en: "Not moved", fr: "Déplacement impossible"),
      detail: what,
      advice: Words(
        en: "The instance uses the database it had. Drop the copy, and try again.",
        fr: "L’instance utilise la base qu’elle avait. Supprimez la copie, puis recommencez."))
  }
}

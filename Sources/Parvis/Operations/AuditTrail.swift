internal import Kernel

/// One command that somebody carried out.
struct AuditLine: Codable, Sendable {
  struct Written: Codable, Sendable {
    let kind: String
    let row: String
    let before: Int?
    let after: Int?
  }

  let sequence: Int64
  let at: Instant
  let person: Person
  let role: Role
  let subject: String?
  let edition: EditionID?
  /// For whom, where that is somebody else.
  let behalf: Person?
  let useCase: String
  let request: String
  /// When it was written down, where that was later: the history of an edition that is past.
  let recordedAt: Instant?
  /// What it wrote; at most 100 rows, `rowCount` says how many there were.
  let rows: [Written]
  let rowCount: Int
}

/// How many of the rows of one command a line shows.
private let rowsShown = 100

extension EventsModule {
  @UseCases var aboutAudit: [Endpoint] { listAudit }

  struct Which: Codable, Sendable {
    let person: Person?
    let role: Role?
    let useCase: Name?
    /// An identifier of whatever was written.
    let row: Name?
    /// Commands for somebody else only.
    let behalf: Person?
    let since: Instant?
    let until: Instant?
    let after: Int64?
    let limit: PageSize?
  }

  var listAudit: UseCase<Which, Page<AuditLine>> {
    .query(
      "events.audit", "/audit", by: [.administrator],
      Words(
        en: "List who did what to which rows, when, as what and for whom",
        fr: "Lister qui a fait quoi sur quelles lignes, quand, à quel titre et pour qui")
    ) { (input: Which, transaction) in
      let size = input.limit?.value ?? 100
      var condition: SQL = "a.sequence > \(input.after ?? 0)"
      if let person = input.person { condition = condition + "AND a.person = \(person)" }
      if let role = input.role { condition = condition + "AND a.role = \(role.rawValue)" }
      if let useCase = input.useCase { condition = condition + "AND a.endpoint = \(useCase)" }
      if let behalf = input.behalf { condition = condition + "AND a.behalf = \(behalf)" }
      if let since = input.since { condition = condition + "AND a.at >= \(since)" }
      if let until = input.until { condition = condition + "AND a.at < \(until)" }
      if let row = input.row {
        condition =
          condition
          + "AND a.sequence IN (SELECT r.sequence FROM kernel_audit_row r WHERE r.row_id = \(row))"
      }
      let found = try transaction.rows(
        """
        SELECT a.* FROM kernel_audit a WHERE \(part: condition)
        ORDER BY a.sequence LIMIT \(size + 1)
        """)
      let shown = found.prefix(size)
      let lines = try shown.map { try line($0, in: transaction) }
      return Page(
        items: lines, next: found.count > size ? lines.last.map { String($0.sequence) } : nil)
    }
  }

  /// The newest lines first, from before a sequence on.
  func latestLines(
    as role: Role?, by person: Person? = nil, doing useCase: Name?, before: Int64?, limit: Int,
    in connection: any Connection
  ) throws -> Page<AuditLine> {
    var condition: SQL = "a.sequence < \(before ?? .max)"
    if let role { condition = condition + "AND a.role = \(role.rawValue)" }
    if let person { condition = condition + "AND a.person = \(person)" }
    if let useCase { condition = condition + "AND a.endpoint = \(useCase)" }
    let found = try connection.rows(
      """
      SELECT a.* FROM kernel_audit a WHERE \(part: condition)
      ORDER BY a.sequence DESC LIMIT \(limit + 1)
      """)
    let lines = try found.prefix(limit).map { try line($0, in: connection) }
    return Page(
      items: lines, next: found.count > limit ? lines.last.map { String($0.sequence) } : nil)
  }

  private func line(_ row: Row, in connection: any Connection) throws -> AuditLine {
    let sequence: Int64 = try row.get("sequence")
    let count: Int =
      try connection.rows(
        "SELECT COUNT(*) AS n FROM kernel_audit_row WHERE sequence = \(sequence)"
      ).first?.get("n") ?? 0
    let written = try connection.rows(
      """
      SELECT kind, row_id, version_before, version_after FROM kernel_audit_row
      WHERE sequence = \(sequence) ORDER BY kind, row_id LIMIT \(rowsShown)
      """
    ).map { row in
      AuditLine.Written(
        kind: try row.get("kind"), row: try row.get("row_id"),
        before: try row.get(ifPresent: "version_before"),
        after: try row.get(ifPresent: "version_after"))
    }
    return AuditLine(
      sequence: sequence, at: try row.get("at"), person: try row.get("person"),
      role: Role(rawValue: try row.get("role")) ?? .anyone,
      subject: try row.get(ifPresent: "subject"), edition: try row.get(ifPresent: "edition_id"),
      behalf: try row.get(ifPresent: "behalf"), useCase: try row.get("endpoint"),
      request: try row.get("request"), recordedAt: try row.get(ifPresent: "recorded_at"),
      rows: written, rowCount: count)
  }
}

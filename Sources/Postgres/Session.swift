internal import CLibPQ
internal import Kernel

/// A connection to PostgreSQL with the statements it has met.
///
/// Unchecked because the compiler knows nothing of a connection of the C library: whoever holds one
/// (`Readers`, `Writer`, `Listener`) is its only user at that time, and hands it on when done.
final class Session: Connection, @unchecked Sendable {
  /// How many statements are prepared: more than the program has, fewer than would burden the server.
  private static let capacity = 500

  private let server: PostgresAddress
  private let connection: OpaquePointer
  private var statements: [StatementKey: Statement] = [:]
  private var prepared = 0
  /// The first failure since the transaction began: whatever a body makes of it, the server has given
  /// the transaction up.
  private(set) var failure: Failure?
  /// Whether a statement of this transaction has changed anything.
  private(set) var hasChanged = false

  /// Connects. Throws `Failure`.
  init(_ server: PostgresAddress) throws {
    self.server = server
    // What stands before the URL holds unless the URL says otherwise.
    let options = [
      ("application_name", "parvis"), ("connect_timeout", "5"), ("client_encoding", "UTF8"),
      ("keepalives_idle", "30"), ("tcp_user_timeout", "30000"), ("dbname", server.url),
    ]
    let opened = withStrings(options.map(\.0)) { names in
      withStrings(options.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
    }
    guard let opened else { throw Failure(lost: "no memory", at: server) }
    connection = opened
    guard PQstatus(opened) == CONNECTION_OK else {
      throw Failure(nil, opened, at: server)
    }
    // Notices are for whoever types.
    PQsetNoticeProcessor(opened, { _, _ in }, nil)
    try command(Self.settings)
  }

  deinit { PQfinish(connection) }

  /// Limits that hold unless the URL, the role or the database say others; and the server notices within
  /// seconds that this machine is gone, which may hold the turn or the lead.
  private static let settings = """
    SELECT set_config('statement_timeout', '60s', false)
    WHERE current_setting('statement_timeout') = '0';
    SELECT set_config('lock_timeout', '10s', false) WHERE current_setting('lock_timeout') = '0';
    SELECT set_config('idle_in_transaction_session_timeout', '30s', false)
    WHERE current_setting('idle_in_transaction_session_timeout') = '0';
    SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3
    """

  var process: Int32 { PQbackendPID(connection) }
  var isAlive: Bool { PQstatus(connection) == CONNECTION_OK }
  /// The server ends a session by itself where it must; until something is asked nobody is told.
  var isIdle: Bool { PQtransactionStatus(connection) == PQTRANS_IDLE }

  // MARK: - Statements

  func rows(_ sql: SQL) throws -> [Row] {
    let (result, statement) = try answer(to: sql)
    defer { PQclear(result) }
    return RowsOfResult(result, statement).rows()
  }

  func execute(_ sql: SQL) throws -> Int {
    let (result, _) = try answer(to: sql)
    defer { PQclear(result) }
    return changes(in: result)
  }

  /// Several statements without values, one after the other; the first column of the last one’s first row.
  @discardableResult
  func command(_ text: String) throws -> String? {
    let result = PQexec(connection, text)
    defer { PQclear(result) }
    try check(result)
    return result.flatMap { PQntuples($0) > 0 ? PQgetvalue($0, 0, 0) : nil }.map {
      String(cString: $0)
    }
  }

  // MARK: - Transactions

  func begin(_ text: String) throws -> String? {
    failure = nil
    hasChanged = false
    return try command(text)
  }

  /// Ends the transaction, in either way. Throws `Failure`.
  func commit(_ text: String = "COMMIT") throws {
    if let failure { throw failure }
    try command(text)
  }

  func rollBack(_ text: String = "ROLLBACK") throws {
    failure = nil
    try command(text)
  }

  // MARK: - Listening

  /// Waits for notifications up to so many milliseconds; the processes they are from. Throws `Failure`
  /// when the connection is lost.
  func notifications(within milliseconds: Int32) throws -> [Int32] {
    let socket = PQsocket(connection)
    guard socket >= 0 else { throw Failure(nil, connection, at: server) }
    // What came with an answer is there already.
    let present = takenNotifications()
    guard present.isEmpty else { return present }
    waitToRead(socket, milliseconds)
    guard PQconsumeInput(connection) == 1 else { throw Failure(nil, connection, at: server) }
    return takenNotifications()
  }

  private func takenNotifications() -> [Int32] {
    var processes: [Int32] = []
    while let notice = PQnotifies(connection) {
      processes.append(notice.pointee.be_pid)
      PQfreemem(notice)
    }
    return processes
  }

  // MARK: - Asking

  private func answer(to sql: SQL) throws -> (OpaquePointer, Statement) {
    do {
      let values = try BoundValues(sql.values)
      let statement = statement(sql.text, values.types)
      guard statement.places == sql.values.count else {
        throw StorageError.statement("a statement needs as many values as it has places")
      }
      // What is asked once is not worth preparing.
      if statement.name == nil, statement.wasAsked { try prepare(statement, values.types) }
      let result = values.withPointers { types, values, lengths, formats, count in
        if let name = statement.name {
          PQexecPrepared(connection, name, count, values, lengths, formats, 0)
        } else {
          PQexecParams(
            connection, statement.text, count, types, values, lengths, formats, 0)
        }
      }
      statement.wasAsked = true
      do {
        try check(result)
      } catch {
        PQclear(result)
        throw error
      }
      guard let result else { throw Failure(nil, connection, at: server) }
      if changes(in: result) > 0 || isSchemaChange(result) { hasChanged = true }
      return (result, statement)
    } catch let failure as Failure {
      throw failure.error
    }
  }

  private func statement(_ text: String, _ types: [Oid]) -> Statement {
    let key = StatementKey(text: text, types: types)
    if let known = statements[key] { return known }
    if statements.count >= Self.capacity { forgetStatements() }
    let statement = Statement(Dialect.postgres.worded(text))
    statements[key] = statement
    return statement
  }

  private func forgetStatements() {
    statements = [:]
    PQclear(PQexec(connection, "DEALLOCATE ALL"))
  }

  private func prepare(_ statement: Statement, _ types: [Oid]) throws {
    prepared += 1
    let name = "s\(prepared)"
    let result = PQprepare(connection, name, statement.text, Int32(types.count), types)
    defer { PQclear(result) }
    try check(result)
    statement.name = name
  }

  private func check(_ result: OpaquePointer?) throws {
    switch result.map(PQresultStatus) {
    case PGRES_TUPLES_OK?, PGRES_COMMAND_OK?: return
    default:
      let found = Failure(result, connection, at: server)
      if failure == nil { failure = found }
      throw found
    }
  }
}

/// A statement with the types of its values: with others it is another.
private struct StatementKey: Hashable {
  let text: String
  let types: [Oid]
}

/// A statement as this session knows it.
final class Statement {
  let text: String
  let places: Int
  var name: String?
  var wasAsked = false
  /// The columns of its results, once they are known; a prepared statement has the same each time.
  var columns: Row.Columns?

  init(_ worded: Dialect.Worded) {
    text = worded.text
    places = worded.places
  }
}

private func changes(in result: OpaquePointer) -> Int {
  guard PQresultStatus(result) == PGRES_COMMAND_OK || !isSelection(result) else { return 0 }
  return PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
}

private func isSelection(_ result: OpaquePointer) -> Bool {
  status(of: result).hasPrefix("SELECT")
}

private func isSchemaChange(_ result: OpaquePointer) -> Bool {
  ["CREATE", "ALTER", "DROP"].contains(where: status(of: result).hasPrefix)
}

private func status(of result: OpaquePointer) -> String {
  PQcmdStatus(result).map { String(cString: $0) } ?? ""
}

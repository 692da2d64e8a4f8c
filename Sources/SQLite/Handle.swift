internal import GRDBSQLite
internal import Kernel
internal import Synchronization

/// A connection to SQLite with the statements it has met: each is prepared once, and its columns are known.
///
/// Unchecked because the compiler knows nothing of a connection of the C library: whoever holds one
/// (`Readers`, `WriteQueue`) is its only user at that time, and hands it on when done.
final class Handle: Connection, @unchecked Sendable {
  /// How many statements are kept: more than the program has, fewer than a list that grows would make.
  private static let capacity = 500

  private let connection: OpaquePointer
  private let isOurs: Bool
  private var statements: [String: Statement] = [:]

  /// A connection that somebody else opened and closes, after this value is gone or before.
  init(_ connection: OpaquePointer) {
    self.connection = connection
    isOurs = false
  }

  /// Opens a file that is there for reading. Throws `StorageError`.
  init(reading path: String) throws {
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let opened else {
      let error = StorageError(code, opened)
      sqlite3_close_v2(opened)
      throw error
    }
    connection = opened
    isOurs = true
    sqlite3_busy_timeout(opened, 5000)
  }

  deinit {
    statements.removeAll()
    if isOurs { sqlite3_close_v2(connection) }
  }

  /// Whether a transaction is open. SQLite ends one by itself where the disk is full or gone.
  var isInTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }

  func rows(_ sql: SQL) throws -> [Row] {
    let statement = try statement(sql.text)
    try statement.bind(sql.values)
    defer { statement.rest() }
    var rows: [Row] = []
    while try statement.step() { rows.append(statement.row()) }
    return rows
  }

  func execute(_ sql: SQL) throws -> Int {
    let statement = try statement(sql.text)
    try statement.bind(sql.values)
    defer { statement.rest() }
    while try statement.step() {}
    return Int(sqlite3_changes(connection))
  }

  private func statement(_ text: String) throws -> Statement {
    if let known = statements[text] { return known }
    let statement = try Statement(text, on: connection)
    if statements.count >= Self.capacity { statements.removeAll() }
    statements[text] = statement
    return statement
  }
}

/// One prepared statement.
private final class Statement {
  private let connection: OpaquePointer
  private let pointer: OpaquePointer
  private var columns: Row.Columns?
  /// How often SQLite had prepared it anew when its columns were read.
  private var preparations: Int32 = 0

  init(_ text: String, on connection: OpaquePointer) throws {
    self.connection = connection
    var text = text
    var prepared: OpaquePointer?
    var hasMore = false
    let code = text.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { signs in
        var rest: UnsafePointer<CChar>?
        let code = sqlite3_prepare_v3(
          connection, signs.baseAddress, Int32(signs.count), UInt32(SQLITE_PREPARE_PERSISTENT),
          &prepared, &rest)
        if let rest, let start = signs.baseAddress {
          hasMore = signs[(rest - start)...].contains { $0 > 0x20 }
        }
        return code
      }
    }
    guard code == SQLITE_OK else { throw StorageError(code, connection) }
    guard let prepared, !hasMore else {
      sqlite3_finalize(prepared)
      throw StorageError.statement("expected one statement")
    }
    pointer = prepared
  }

  deinit { sqlite3_finalize(pointer) }

  func bind(_ values: [SQLValue]) throws {
    guard sqlite3_bind_parameter_count(pointer) == values.count else {
      throw StorageError.statement("a statement needs as many values as it has places")
    }
    for (index, value) in values.enumerated() {
      let code = try bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw StorageError(code, connection) }
    }
  }

  private func bind(_ value: SQLValue, at place: Int32) throws -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(pointer, place)
    case .integer(let number): return sqlite3_bind_int64(pointer, place, number)
    case .real(let number): return sqlite3_bind_double(pointer, place, number)
    case .text(var text):
      return try text.withUTF8 { utf8 in
        // SQLite would keep the text up to the NUL only, PostgreSQL refuses it: so do we.
        guard !utf8.contains(0) else {
          throw StorageError.constraint("a text holds a NUL character")
        }
        guard let start = utf8.baseAddress else {
          return sqlite3_bind_text(pointer, place, "", 0, copied)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
          sqlite3_bind_text64(
            pointer, place, $0, UInt64(utf8.count), copied, UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      return bytes.withUnsafeBytes { buffer in
        buffer.isEmpty
          ? sqlite3_bind_zeroblob(pointer, place, 0)
          : sqlite3_bind_blob64(
            pointer, place, buffer.baseAddress, UInt64(buffer.count), copied)
      }
    }
  }

  /// Whether there is a row. Throws `StorageError`.
  func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw StorageError(code, connection)
    }
  }

  func row() -> Row {
    let columns = currentColumns()
    let count = columns.names.count
    let values = [SQLValue](unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count {
        buffer.initializeElement(at: index, to: value(at: Int32(index)))
        filled = index + 1
      }
    }
    return Row(columns: columns, values: values)
  }

  private func value(at index: Int32) -> SQLValue {
    switch sqlite3_column_type(pointer, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(pointer, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(pointer, index))
    case SQLITE_TEXT:
      guard let start = sqlite3_column_text(pointer, index) else { return .text("") }
      let length = Int(sqlite3_column_bytes(pointer, index))
      return .text(
        String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self))
    case SQLITE_BLOB:
      guard let start = sqlite3_column_blob(pointer, index) else { return .blob([]) }
      let length = Int(sqlite3_column_bytes(pointer, index))
      return .blob([UInt8](UnsafeRawBufferPointer(start: start, count: length)))
    default: return .null
    }
  }

  /// The columns of the row at hand: those of the last, unless the schema has changed since.
  private func currentColumns() -> Row.Columns {
    let preparations = sqlite3_stmt_status(pointer, Int32(SQLITE_STMTSTATUS_REPREPARE), 0)
    if let columns, preparations == self.preparations { return columns }
    let names = (0..<sqlite3_column_count(pointer)).map { index in
      sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
    }
    let columns = Row.Columns.of(names)
    self.columns = columns
    self.preparations = preparations
    return columns
  }

  /// Lets go of what it holds, so that it blocks nobody and can be run again.
  func rest() {
    sqlite3_reset(pointer)
    sqlite3_clear_bindings(pointer)
  }
}

/// Tells SQLite to copy what it is given.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

extension StorageError {
  /// What SQLite says went wrong, in the words of the port.
  init(_ code: Int32, _ connection: OpaquePointer?) {
    let detail = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "no detail"
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: self = .busy
    case SQLITE_FULL: self = .full
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged(detail)
    case SQLITE_CANTOPEN, SQLITE_IOERR: self = .unavailable(detail)
    case SQLITE_CONSTRAINT: self = .constraint(detail)
    default: self = .statement(detail)
    }
  }
}

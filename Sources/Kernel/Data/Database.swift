import Synchronization

/// The port every module stores through. Bodies are synchronous and run on the driver's own
/// threads: nothing awaits inside a transaction.
public protocol Database: Sendable {
  /// What SQL it speaks beyond what all share.
  var dialect: Dialect { get }

  /// Runs `body` on one consistent state. Throws `StorageError`, or what `body` throws.
  func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// The same for a body that is over in a moment: it may run on the thread of whoever asks, which costs
  /// less than handing it to another. Throws `StorageError`, or what `body` throws.
  func readBriefly<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// Where the data stands: another number whenever anybody, in this process or another, has committed
  /// something since. Nil where the driver cannot tell, and then nothing may be remembered of what was
  /// read. Throws `StorageError`.
  func commitMark() throws -> Int64?

  /// How many changes wait for the writer now; nil where the driver cannot tell.
  var writesWaiting: Int? { get }

  /// Calls `heard` whenever another process has committed something, as far as the driver is told.
  func onCommitElsewhere(_ heard: @escaping @Sendable () -> Void)

  /// Runs `body` in one transaction that is committed when it returns and undone when it throws. Others
  /// may share its commit; what they do in it is undone or kept apart from this. Where the database could
  /// not let it stand beside what others did, or was lost before the end, `body` is run again from the
  /// start: it changes nothing but rows.
  @discardableResult
  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T

  /// Whether this program is, of all that share the database, the one that does `what`: it becomes so where
  /// no other is, and stays so until it ends or loses the database. Throws `StorageError`.
  func leads(_ what: String) async throws -> Bool

  /// Whether it was so when this program last asked: for whoever watches, and changes nothing by looking.
  func wasLeading(_ what: String) -> Bool

  /// Throws `LeadLost` unless this program is the one that does `what` in the moment of this transaction:
  /// one that lost the database for a while may not know yet that another has taken over.
  func requireLead(_ what: String, in connection: any Connection) throws

  /// Overwrites what changed and deleted rows left behind in free space: whoever was erased is not
  /// there either. Takes as long as copying everything. Throws `StorageError`.
  func scrub() async throws

  /// What the driver's own integrity check finds; empty when all is well.
  /// Throws `StorageError` where it cannot be read at all.
  func integrityFaults() async throws -> [String]
}

extension Database {
  /// Does nothing: for databases that leave nothing behind.
  public func scrub() async throws {}

  /// How many rows each table holds, by its name. Throws `StorageError`.
  public func rowCounts() async throws -> [String: Int] {
    let tables = try await tableNames()
    return try await read { connection in
      var counts: [String: Int] = [:]
      for table in tables {
        // It may be somebody else's, with any name.
        let name = table.replacing("\"", with: "\"\"")
        counts[table] =
          try connection.rows(SQL(text: "SELECT COUNT(*) AS n FROM \"\(name)\"", values: [])).first?
          .get("n") ?? 0
      }
      return counts
    }
  }

  /// The names of its tables, in order. Throws `StorageError`.
  public func tableNames() async throws -> [String] {
    let dialect = dialect
    return try await read {
      try $0.rows(dialect.tables).map { try $0.get("name", as: String.self) }.sorted()
    }
  }
  /// As `read`: for drivers that gain nothing from shortness.
  public func readBriefly<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await read(body)
  }
  /// Nil: nothing may be remembered.
  public func commitMark() throws -> Int64? { nil }
  /// Nil: nobody knows.
  public var writesWaiting: Int? { nil }
  /// Hears nothing.
  public func onCommitElsewhere(_ heard: @escaping @Sendable () -> Void) {}
  /// It always does: nobody shares it.
  public func leads(_ what: String) async throws -> Bool { true }
  /// It always was.
  public func wasLeading(_ what: String) -> Bool { true }
  /// Nobody else could.
  public func requireLead(_ what: String, in connection: any Connection) throws {}
  /// SQLite's, which the tests speak.
  public var dialect: Dialect { .sqlite }
}

/// Another program does now what this one did for all.
public struct LeadLost: Error {
  public init() {}
}

/// One connection inside a transaction; not to be kept.
public protocol Connection {
  /// The rows a statement gives. Throws `StorageError`.
  func rows(_ sql: SQL) throws -> [Row]
  /// Runs a statement and returns how many rows it changed. Throws `StorageError`.
  @discardableResult func execute(_ sql: SQL) throws -> Int
  /// Told of each row that is written: in a command, the audit names them. Records say so by
  /// themselves; whoever writes by a statement of their own says it here.
  func touched(_ touch: @autoclosure () -> Touch)
}

extension Connection {
  /// Tells nobody: for connections outside commands.
  public func touched(_ touch: @autoclosure () -> Touch) {}
}

/// One row of a result.
public struct Row: Sendable {
  /// The names of a result's columns, shared by its rows.
  public final class Columns: Sendable {
    /// As the database says them, in the order of the values.
    public let names: [String]
    let positions: [String: Int]
    /// Where the columns of properties are, found out at the first row that is read as a type.
    private let properties = Mutex<[String: Int?]>([:])
    /// How types are read from these columns.
    private let plans = Mutex<[ObjectIdentifier: RowPlan]>([:])

    /// The columns of these names, the same for all results, so that how a type is read from them is
    /// found out once.
    public static func of(_ names: [String]) -> Columns {
      known.withLock { known in
        if let columns = known[names] { return columns }
        let columns = Columns(names)
        known[names] = columns
        return columns
      }
    }
    private static let known = Mutex<[[String]: Columns]>([:])

    /// Columns of this one result; `of` gives those that other results share.
    public init(_ names: [String]) {
      self.names = names
      positions = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// The position of the column that a property is stored in; nil when there is none.
    func position(of property: String) -> Int? {
      properties.withLock { known in
        if let position = known[property] { return position }
        let position = positions[columnName(property)]
        known[property] = .some(position)
        return position
      }
    }

    func plan(for type: ObjectIdentifier) -> RowPlan? { plans.withLock { $0[type] } }
    func keep(_ plan: RowPlan, for type: ObjectIdentifier) {
      plans.withLock { $0[type] = plan }
    }
  }

  /// Shared with the other rows of the result.
  public let columns: Columns
  /// As many as `columns` has names, in their order.
  public let values: [SQLValue]

  public init(columns: Columns, values: [SQLValue]) {
    self.columns = columns
    self.values = values
  }

  /// The value of a column; `.null` when there is no such column.
  public subscript(column: String) -> SQLValue {
    columns.positions[column].map { values[$0] } ?? .null
  }

  /// The value of a column as `T`. Throws `StorageError.unreadable`.
  public func get<T: SQLConvertible>(_ column: String, as type: T.Type = T.self) throws -> T {
    guard let value = T(sqlValue: self[column]) else {
      throw StorageError.unreadable(column: column)
    }
    return value
  }

  /// The value of a column as `T`, or nil for a null. Throws `StorageError.unreadable`.
  public func get<T: SQLConvertible>(ifPresent column: String, as type: T.Type = T.self) throws
    -> T?
  {
    self[column] == .null ? nil : try get(column)
  }
}

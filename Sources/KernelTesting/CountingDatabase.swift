public import Kernel
internal import Synchronization

/// A database that counts the statements it is asked, so that a test can say that a use case asks no more
/// of them for many rows than for few.
public final class CountingDatabase: Database {
  private let base: any Database
  private let asked = Mutex<[String]>([])

  public init(_ base: any Database) { self.base = base }

  /// What `body` asks for while nobody else uses the database: each statement, in order.
  public func statements(of body: () async throws -> Void) async rethrows -> [String] {
    asked.withLock { $0 = [] }
    try await body()
    return asked.withLock { $0 }
  }

  public func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await base.read { try body(self.counting($0)) }
  }
  public func readBriefly<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await base.readBriefly { try body(self.counting($0)) }
  }
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await base.write { try body(self.counting($0)) }
  }
  public var dialect: Dialect { base.dialect }
  public func scrub() async throws { try await base.scrub() }
  public func onCommitElsewhere(_ heard: @escaping @Sendable () -> Void) {
    base.onCommitElsewhere(heard)
  }
  public func commitMark() throws -> Int64? { try base.commitMark() }
  public func leads(_ what: String) async throws -> Bool { try await base.leads(what) }
  public func requireLead(_ what: String, in connection: any Connection) throws {
    try base.requireLead(what, in: (connection as? CountingConnection)?.base ?? connection)
  }
  public func integrityFaults() async throws -> [String] { try await base.integrityFaults() }

  private func counting(_ connection: any Connection) -> any Connection {
    CountingConnection(base: connection) { text in self.asked.withLock { $0.append(text) } }
  }
}

private struct CountingConnection: Connection {
  let base: any Connection
  let note: (String) -> Void

  func rows(_ sql: SQL) throws -> [Row] {
    note(sql.text)
    return try base.rows(sql)
  }
  func execute(_ sql: SQL) throws -> Int {
    note(sql.text)
    return try base.execute(sql)
  }
  func touched(_ touch: @autoclosure () -> Touch) { base.touched(touch()) }
}

internal import Foundation
internal import Kernel
internal import Synchronization

/// What this program does for all that share a schema: advisory locks, which last as long as the session that
/// took them. A program that dies, or loses the server, loses them with it, and the next to ask has them.
final class Leads: Sendable {
  private struct State {
    var session: Session?
    /// The server's process behind it.
    var process: Int32?
    var held: Set<String> = []
    /// When the server last proved that the session lives.
    var provedAt: ContinuousClock.Instant?
    /// What another program had a moment ago.
    var refused: [String: ContinuousClock.Instant] = [:]
  }
  private let server: PostgresAddress
  /// Tells the locks of one schema from those of others in the database.
  private let schema: Int64
  private let thread: OperationQueue
  private let state = Mutex(State())

  /// Those who ask more often are told what was so a moment ago: what they write is held to it anyway.
  private static let patience = Duration.milliseconds(500)
  /// So long somebody who was refused need not ask again.
  private static let pause = Duration.milliseconds(200)

  init(_ server: PostgresAddress, schema: String) {
    self.server = server
    self.schema = Self.key(schema)
    thread = OperationQueue()
    thread.name = "parvis.postgres.leads"
    thread.maxConcurrentOperationCount = 1
  }

  /// Whether this program does `what`; it does from now on where nobody else does. Throws `StorageError`.
  func has(_ what: String) async throws -> Bool {
    if isProved(what) { return true }
    let refusedAt = state.withLock { $0.refused[what] }
    if let refusedAt, ContinuousClock.now - refusedAt < Self.pause { return false }
    return try await withCheckedThrowingContinuation { continuation in
      thread.addOperation {
        continuation.resume(with: Result { try self.take(what) })
      }
    }
  }

  /// Whether the session that took `what` holds it in this moment. Throws `StorageError`.
  func has(_ what: String, in connection: any Connection) throws -> Bool {
    let process = state.withLock { $0.held.contains(what) ? $0.process : nil }
    guard let process else { return false }
    return try !connection.rows(
      """
      SELECT 1 AS one FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND pid = \(Int64(process)) AND CAST(classid AS BIGINT) = \(schema)
        AND CAST(objid AS BIGINT) = \(Self.key(what))
      """
    ).isEmpty
  }

  /// Whether this program held `what` when it last asked, without asking.
  func held(_ what: String) -> Bool { state.withLock { $0.held.contains(what) } }

  private func isProved(_ what: String) -> Bool {
    state.withLock { state in
      guard state.held.contains(what), let provedAt = state.provedAt else { return false }
      return ContinuousClock.now - provedAt < Self.patience
    }
  }

  /// On the one thread that uses the session.
  private func take(_ what: String) throws -> Bool {
    if isProved(what) { return true }
    do {
      return try takeOnce(what)
    } catch let failure as Failure where failure.remedy == .anew {
      // The session was lost, and with it whatever it held: another may get it again.
      do { return try takeOnce(what) } catch let failure as Failure { throw failure.error }
    } catch let failure as Failure {
      throw failure.error
    }
  }

  /// Throws `Failure`; then nothing is held any more.
  private func takeOnce(_ what: String) throws -> Bool {
    do {
      let session = try opened()
      let now = ContinuousClock.now
      if state.withLock({ $0.held.contains(what) }) {
        try session.command("SELECT 1")
        state.withLock { $0.provedAt = now }
        return true
      }
      let got = try session.command(
        "SELECT pg_try_advisory_lock(\(schema)::int4, \(Self.key(what))::int4)")
      guard got == "t" else {
        state.withLock { $0.refused[what] = now }
        return false
      }
      state.withLock { state in
        state.held.insert(what)
        state.provedAt = now
      }
      return true
    } catch {
      state.withLock { $0 = State() }
      throw error
    }
  }

  /// Throws `Failure`.
  private func opened() throws -> Session {
    if let session = state.withLock({ $0.session }), session.isAlive { return session }
    state.withLock { $0 = State() }
    let opened = try Session(server)
    let process = opened.process
    state.withLock { state in
      state.session = opened
      state.process = process
    }
    return opened
  }

  /// A name as the positive number that a lock has (FNV-1a).
  private static func key(_ name: String) -> Int64 {
    let hash = name.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    return Int64(hash & 0x7FFF_FFFF)
  }
}

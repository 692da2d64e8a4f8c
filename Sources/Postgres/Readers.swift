internal import Foundation
internal import Kernel
internal import Synchronization

/// The sessions that read, each used by one thread at a time. Every reading sees one state: the one that
/// was committed when it began.
final class Readers: Sendable {
  private static let attempts = 7

  private let server: PostgresAddress
  private let idle: Mutex<[Session]> = Mutex([])
  private let threads: OperationQueue

  init(_ server: PostgresAddress, atOnce: Int) {
    self.server = server
    threads = OperationQueue()
    threads.name = "parvis.postgres.readers"
    threads.maxConcurrentOperationCount = atOnce
  }

  func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      threads.addOperation {
        continuation.resume(with: Result { try self.readHere(body) })
      }
    }
  }

  /// Does something on one of the threads, with a session of its own. Throws `StorageError`.
  func apart(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
      threads.addOperation {
        continuation.resume(
          with: Result {
            do { try body() } catch let failure as Failure { throw failure.error }
          })
      }
    }
  }

  private func readHere<T>(_ body: (any Connection) throws -> T) throws -> T {
    var last: any Error = StorageError.busy
    for attempt in 0..<Self.attempts {
      // A session that was idle may have been ended by the server: another is tried at once.
      if attempt > 1 { Thread.sleep(forTimeInterval: min(1, 0.05 * Double(1 << attempt))) }
      do {
        return try readOnce(body, fresh: attempt > 0)
      } catch let failure as Failure {
        last = failure.error
        if failure.remedy == .none { break }
      }
    }
    throw last
  }

  /// Throws `Failure` where it is the database’s, or what `body` throws.
  private func readOnce<T>(_ body: (any Connection) throws -> T, fresh: Bool) throws -> T {
    if fresh { idle.withLock { $0 = [] } }
    let session = try idle.withLock { $0.popLast() } ?? Session(server)
    _ = try session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    let result = Result { try body(session) }
    if let failure = session.failure, failure.remedy != .none { throw failure }
    // Nothing was written: how it ends is all the same.
    try session.rollBack()
    idle.withLock { $0.append(session) }
    return try result.get()
  }
}

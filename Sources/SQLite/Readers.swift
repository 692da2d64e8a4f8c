internal import Foundation
internal import Kernel
internal import Synchronization

/// The connections a file is read through. Any number may read at the same time as one writes; each sees
/// the state that was committed when it began.
final class Readers: Sendable {
  /// How many long questions are worked on at a time; short ones do not wait for them.
  private static let longAtOnce = 4
  /// How many connections are kept for the next question.
  private static let kept = 8

  private let path: String
  private let idle: Mutex<[Handle]>
  private let watcher: Mutex<Handle>
  private let threads: OperationQueue

  /// Throws `StorageError`.
  init(_ path: String) throws {
    self.path = path
    idle = Mutex([try Handle(reading: path)])
    watcher = Mutex(try Handle(reading: path))
    threads = OperationQueue()
    threads.name = "parvis.sqlite.readers"
    threads.maxConcurrentOperationCount = Self.longAtOnce
  }

  /// Reads on the thread of whoever asks.
  func readHere<T>(_ body: (any Connection) throws -> T) throws -> T {
    let handle = try idle.withLock { $0.popLast() } ?? Handle(reading: path)
    defer { idle.withLock { if $0.count < Self.kept { $0.append(handle) } } }
    _ = try handle.execute("BEGIN DEFERRED TRANSACTION")
    defer { if handle.isInTransaction { _ = try? handle.execute("COMMIT TRANSACTION") } }
    return try body(handle)
  }

  /// Reads on a thread of its own.
  func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      threads.addOperation {
        continuation.resume(with: Result { try self.readHere(body) })
      }
    }
  }

  /// A number that is another after each commit, whoever made it: SQLite tells each connection of the
  /// commits of all others, and this one makes none.
  func commitMark() throws -> Int64? {
    try watcher.withLock { handle in
      try handle.rows("PRAGMA data_version").first?.get("data_version")
    }
  }
}

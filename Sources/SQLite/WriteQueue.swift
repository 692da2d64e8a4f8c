internal import GRDB
internal import Kernel
internal import Synchronization

/// The line of those who want to write. Whoever waits when the writer is free is taken along: their
/// changes share one commit, and so one wait for the disk. Each is kept apart from the others by a
/// savepoint; nobody is answered before the commit is safe.
final class WriteQueue: Sendable {
  /// How many share a commit at most.
  private static let together = 64

  private struct State {
    var waiting: [any Job] = []
    var isAtWork = false
  }

  /// The writer's connection, used on its queue only.
  private let handle: Mutex<Handle?> = Mutex(nil)
  private let state = Mutex(State())
  private let writer: any DatabaseWriter

  init(_ writer: any DatabaseWriter) { self.writer = writer }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let job = WriteJob(body: body, continuation: continuation)
      let isFirst = state.withLock { state in
        state.waiting.append(job)
        defer { state.isAtWork = true }
        return !state.isAtWork
      }
      guard isFirst else { return }
      writer.asyncWriteWithoutTransaction { database in self.work(on: database) }
    }
  }

  /// The statements of the writer's connection. Only on its queue.
  func statements(of database: GRDB.Database) throws -> Handle {
    try handle.withLock { known in
      if let known { return known }
      guard let connection = database.sqliteConnection else {
        throw StorageError.unavailable("the database is closed")
      }
      let handle = Handle(connection)
      known = handle
      return handle
    }
  }

  private func work(on database: GRDB.Database) {
    while true {
      let jobs = state.withLock { state in
        let jobs = Array(state.waiting.prefix(Self.together))
        state.waiting.removeFirst(jobs.count)
        if jobs.isEmpty { state.isAtWork = false }
        return jobs
      }
      guard !jobs.isEmpty else { return }
      do {
        try commit(jobs, on: statements(of: database))
      } catch {
        for job in jobs { job.finish(with: error) }
      }
    }
  }

  /// Does the jobs in one transaction, and tells each how it ended. Throws where none could be done.
  private func commit(_ jobs: [any Job], on handle: Handle) throws {
    _ = try handle.execute("BEGIN IMMEDIATE TRANSACTION")
    var rest = jobs[...]
    var done: [any Job] = []
    do {
      if jobs.count == 1 {
        try jobs[0].run(on: handle)
        done = [jobs[0]]
        rest = []
      }
      while let job = rest.first {
        _ = try handle.execute("SAVEPOINT job")
        do {
          try job.run(on: handle)
        } catch {
          // Where SQLite has given the whole transaction up, the others are undone as well.
          guard handle.isInTransaction else { throw error }
          _ = try handle.execute("ROLLBACK TRANSACTION TO SAVEPOINT job")
          _ = try handle.execute("RELEASE SAVEPOINT job")
          job.finish(with: error)
          rest.removeFirst()
          continue
        }
        _ = try handle.execute("RELEASE SAVEPOINT job")
        done.append(job)
        rest.removeFirst()
      }
      _ = try handle.execute("COMMIT TRANSACTION")
    } catch {
      if handle.isInTransaction { _ = try? handle.execute("ROLLBACK TRANSACTION") }
      for job in done + rest { job.finish(with: error) }
      return
    }
    for job in done { job.finish(with: nil) }
  }
}

/// One who wants to write, and waits for the answer.
private protocol Job: Sendable {
  func run(on connection: any Connection) throws
  /// Answers: with what `run` gave when there is no error.
  func finish(with error: (any Error)?)
}

private final class WriteJob<T: Sendable>: Job {
  private let body: @Sendable (any Connection) throws -> T
  private let continuation: CheckedContinuation<T, any Error>
  private let result = Mutex<T?>(nil)

  init(
    body: @escaping @Sendable (any Connection) throws -> T,
    continuation: CheckedContinuation<T, any Error>
  ) {
    self.body = body
    self.continuation = continuation
  }

  func run(on connection: any Connection) throws {
    let made = try body(connection)
    result.withLock { $0 = made }
  }

  func finish(with error: (any Error)?) {
    if let error {
      continuation.resume(throwing: error)
    } else if let made = result.withLock({ $0 }) {
      continuation.resume(returning: made)
    } else {
      continuation.resume(throwing: StorageError.unavailable("nothing was done"))
    }
  }
}

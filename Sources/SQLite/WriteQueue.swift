internal import GRDB
internal import Kernel
internal import Synchronization

/// The line of those who want to write. Whoever waits when the writer is free is taken along: their
/// changes share one commit, and so one wait for the disk. Each is kept apart from the others by a
/// savepoint; nobody is answered before the commit is safe.
final class WriteQueue: Sendable {
  /// The writer's connection, used on its queue only.
  private let handle: Mutex<Handle?> = Mutex(nil)
  private let line = WritingLine(together: 64)
  private let writer: any DatabaseWriter

  init(_ writer: any DatabaseWriter) { self.writer = writer }

  var count: Int { line.count }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await line.join(
      begin: { writer.asyncWriteWithoutTransaction { database in self.work(on: database) } }, body)
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
      let jobs = line.take()
      guard !jobs.isEmpty else { return }
      do {
        try commit(jobs, on: statements(of: database))
      } catch {
        for job in jobs { job.finish(with: error) }
      }
    }
  }

  /// Does the jobs in one transaction, and tells each how it ended. Throws where none could be done.
  private func commit(_ jobs: [any WaitingWrite], on handle: Handle) throws {
    _ = try handle.execute("BEGIN IMMEDIATE TRANSACTION")
    var rest = jobs[...]
    var done: [any WaitingWrite] = []
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

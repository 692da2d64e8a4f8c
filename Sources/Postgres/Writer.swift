internal import Foundation
internal import Kernel
internal import Synchronization

/// The line of those who want to write: those of this process share commits as with SQLite, and between
/// processes a lock is taken before anything is looked at. Commands are numbered in the order of their
/// commits, so two at a time would only undo each other. The transactions are serializable all the same:
/// whoever writes by another way cannot break a rule that spans rows.
final class Writer: Sendable {
  private let server: PostgresAddress
  private let line = WritingLine(together: 32)
  private let thread: OperationQueue
  private let session: Mutex<Session?> = Mutex(nil)
  /// Told of every commit that changed something, before those who wrote are answered.
  private let onCommit: @Sendable () -> Void
  private let process: OwnProcess
  /// What listeners are told through.
  private let channel: String
  private let beginning: String

  init(
    _ server: PostgresAddress, channel: String, process: OwnProcess,
    guarding writeGuard: WriteGuard, onCommit: @escaping @Sendable () -> Void
  ) {
    self.server = server
    self.channel = channel
    self.process = process
    beginning = Self.beginning(writeGuard)
    self.onCommit = onCommit
    thread = OperationQueue()
    thread.name = "parvis.postgres.writer"
    thread.maxConcurrentOperationCount = 1
  }

  var count: Int { line.count }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await line.join(begin: { thread.addOperation { self.work() } }, body)
  }

  private func work() {
    while true {
      let jobs = line.take()
      guard !jobs.isEmpty else { return }
      commit(jobs)
    }
  }

  /// How often the same work is tried, and how long before a server that is gone is given up: about
  /// as long as one takes to start again.
  private static let attempts = 9

  /// Does the jobs in one transaction, and tells each how it ended.
  private func commit(_ jobs: [any WaitingWrite]) {
    var rest = jobs
    var last: StorageError = .busy
    for attempt in 0..<Self.attempts {
      if attempt > 0 { pause(after: attempt) }
      do {
        try tryCommit(&rest)
        return
      } catch let failure as Failure {
        last = failure.error
        switch failure.remedy {
        case .none:
          for job in rest { job.finish(with: failure.error) }
          return
        case .again: _ = try? current()?.rollBack()
        case .anew: session.withLock { $0 = nil }
        }
      } catch {
        for job in rest { job.finish(with: error) }
        return
      }
    }
    for job in rest { job.finish(with: last) }
  }

  /// From 10 milliseconds to a second, and never the same as another’s.
  private func pause(after attempt: Int) {
    let most = min(1.0, 0.01 * Double(1 << attempt))
    Thread.sleep(forTimeInterval: Double.random(in: most / 2...most))
  }

  /// Does the jobs that are left, and answers them. Throws `Failure` where all of those are to be done
  /// again, or cannot be.
  private func tryCommit(_ rest: inout [any WaitingWrite]) throws {
    let session = try opened()
    let transaction = try session.begin(beginning)
    let isAlone = rest.count == 1
    var done: [any WaitingWrite] = []
    var waiting = rest[...]
    while let job = waiting.first {
      if !isAlone { try session.command(done.isEmpty ? "SAVEPOINT job" : Self.nextJob) }
      do {
        try job.run(on: session)
        // Whatever the work made of it, what failed is undone.
        if let failure = session.failure { throw failure.error }
      } catch {
        if let failure = session.failure, failure.remedy != .none { throw failure }
        guard !isAlone else {
          try session.rollBack()
          job.finish(with: error)
          rest = []
          return
        }
        try session.rollBack("ROLLBACK TO SAVEPOINT job")
        job.finish(with: error)
        waiting.removeFirst()
        rest = done + waiting
        continue
      }
      done.append(job)
      waiting.removeFirst()
    }
    try end(session, transaction)
    rest = []
    for job in done { job.finish(with: nil) }
  }

  private static func beginning(_ writeGuard: WriteGuard) -> String {
    let (level, turn) =
      switch writeGuard {
      case .turns: ("SERIALIZABLE", "LOCK TABLE kernel_turn IN EXCLUSIVE MODE; ")
      case .serializable: ("SERIALIZABLE", "")
      case .nothing: ("READ COMMITTED", "")
      }
    return "BEGIN ISOLATION LEVEL \(level); \(turn)SELECT pg_current_xact_id()"
  }
  private static let nextJob = "RELEASE SAVEPOINT job; SAVEPOINT job"

  /// Commits. Where the connection is lost meanwhile, another is asked how it ended. Throws `Failure`.
  private func end(_ session: Session, _ transaction: String?) throws {
    let hasChanged = session.hasChanged
    do {
      try session.commit(hasChanged ? "NOTIFY \"\(channel)\"; COMMIT" : "COMMIT")
    } catch let failure as Failure where failure.remedy == .anew && !session.isAlive {
      self.session.withLock { $0 = nil }
      guard hasChanged, let transaction else { throw failure }
      guard try wasCommitted(transaction) else { throw failure }
    }
    if hasChanged { onCommit() }
  }

  /// How a transaction ended whose session is gone. Throws `StorageError.uncertain` where nobody says.
  private func wasCommitted(_ transaction: String) throws -> Bool {
    for attempt in 1..<Self.attempts {
      pause(after: attempt)
      guard let session = try? opened() else { continue }
      switch try? session.command("SELECT pg_xact_status('\(transaction)'::xid8)") {
      case "committed": return true
      case "aborted": return false
      // The server has not noticed yet.
      default: if !session.isAlive { self.session.withLock { $0 = nil } }
      }
    }
    // It may have been, and what was remembered may be of before.
    onCommit()
    throw StorageError.uncertain
  }

  private func current() -> Session? { session.withLock { $0 } }

  private func opened() throws -> Session {
    if let session = current() {
      if session.isIdle { return session }
      self.session.withLock { $0 = nil }
    }
    let opened = try Session(server)
    process.become(opened.process)
    session.withLock { $0 = opened }
    return opened
  }
}

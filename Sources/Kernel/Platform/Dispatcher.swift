internal import Synchronization

private struct HandledElsewhere: Error {}

/// Hands events to their subscribers: at least once, in order for each aggregate and subscriber. An
/// event that keeps failing is parked, visible and replayable, and holds nobody else up.
extension Platform {
  /// How often a failing delivery is tried before it is parked.
  public static let attempts = 5

  /// How many seconds a delivery that failed so often before waits.
  private static func pause(after attempts: Int) -> Int64 { 1 << Int64(attempts * 2) }

  /// How many deliveries are looked up at a time.
  private static let batch = 64

  /// Whether this program is, of all that share the database, the one that delivers events and does
  /// periodic work. Throws `StorageError`.
  public func leads() async throws -> Bool { try await database.leads(behindRequests) }

  /// Whether it was when it last tried to: for whoever watches.
  public var wasLeading: Bool { database.wasLeading(behindRequests) }

  /// Delivers whatever is due until nothing is. Returns how many deliveries succeeded: none where another
  /// program does it for all. Throws `StorageError` where that may pass; what a subscriber throws is kept
  /// with the delivery.
  @discardableResult
  public func deliverEvents(limit: Int = .max) async throws -> Int {
    guard try await leads() else { return 0 }
    var delivered = 0
    while delivered < limit {
      let batch = try await dueDeliveries(upTo: min(Self.batch, limit - delivered))
      guard !batch.isEmpty else { break }
      // One that failed holds back the later ones of its queue.
      var held: Set<Queue> = []
      for run in runs(of: batch) {
        let run = run.filter { !held.contains($0.queue) }
        if run.count > 1, await deliverTogether(run) {
          delivered += run.count
          continue
        }
        for due in run where !held.contains(due.queue) {
          if try await deliver(due) { delivered += 1 } else { held.insert(due.queue) }
        }
      }
    }
    return delivered
  }

  /// The deliveries in order, those together that may share a transaction.
  private func runs(of batch: [Due]) -> [[Due]] {
    var runs: [[Due]] = []
    var isOpen = false
    for due in batch {
      let joins = routes.subscription(named: due.subscriber)?.isIndependent == true
      if joins, isOpen {
        runs[runs.count - 1].append(due)
      } else {
        runs.append([due])
      }
      isOpen = joins
    }
    return runs
  }

  /// Delivers all or, when anything goes wrong, none; then each is to be delivered by itself.
  private func deliverTogether(_ run: [Due]) async -> Bool {
    do {
      var works: [(due: Due, check: Check, work: Subscription.Work)] = []
      for due in run {
        guard let subscription = routes.subscription(named: due.subscriber) else { return false }
        let mark = try await subscription.relying.mark(in: database)
        works.append(
          (
            due, { try subscription.relying.require(nothingSince: mark, in: $0) },
            try await subscription.prepare(due.payload, due.version, context(of: due))
          ))
      }
      let ready = works
      try await database.write { connection in
        for (due, check, work) in ready {
          try check(connection)
          try work(connection)
          try self.markDone(due, in: connection)
        }
      }
      return true
    } catch {
      return false
    }
  }

  private typealias Check = @Sendable (any Connection) throws -> Void

  private func context(of due: Due) -> Context {
    context(.system, key: due.event + due.subscriber, event: due.event)
  }

  private func markDone(_ due: Due, in connection: any Connection) throws {
    let marked = try connection.execute(
      """
      UPDATE kernel_delivery SET state = 'done', fault = NULL
      WHERE event_id = \(due.event) AND subscriber = \(due.subscriber) AND state = 'pending'
      """)
    // Somebody else handled it in the meantime: undo what was done here.
    guard marked == 1 else { throw HandledElsewhere() }
  }

  /// Deliveries that must stay in order.
  private struct Queue: Hashable, Sendable {
    let subscriber: String
    let aggregate: String
  }

  private struct Due: Sendable {
    let event: String
    let queue: Queue
    let payload: String
    let version: Int
    let attempts: Int
    var subscriber: String { queue.subscriber }
  }

  /// The oldest due deliveries, in order, but for those behind one that failed and is not due again:
  /// only a delivery that failed is due later than it was said. The clock may have gone back since
  /// (it was set right, or another process has another): what was said by a later clock is due all the
  /// same, and nothing that failed waits longer than it ever has to.
  private func dueDeliveries(upTo limit: Int) async throws -> [Due] {
    let now = clock.now
    let latest = now.advanced(bySeconds: Self.pause(after: Self.attempts - 1))
    return try await database.read { connection in
      try connection.rows(
        """
        SELECT d.event_id, d.subscriber, d.aggregate, d.attempts, e.payload, e.version
        FROM kernel_delivery d JOIN kernel_event e ON e.id = d.event_id
        WHERE d.state = 'pending'
          AND (d.attempts = 0 OR d.due_at <= \(now) OR d.due_at > \(latest)) AND NOT EXISTS (
          SELECT 1 FROM kernel_delivery o
          WHERE o.state = 'pending' AND o.attempts > 0
          AND o.due_at > \(now) AND o.due_at <= \(latest)
          AND o.subscriber = d.subscriber AND o.aggregate = d.aggregate AND o.sequence < d.sequence)
        ORDER BY d.sequence, d.subscriber LIMIT \(limit)
        """
      ).map { row in
        Due(
          event: try row.get("event_id"),
          queue: Queue(
            subscriber: try row.get("subscriber"), aggregate: try row.get("aggregate")),
          payload: try row.get("payload"), version: try row.get("version"),
          attempts: try row.get("attempts"))
      }
    }
  }

  private func deliver(_ due: Due) async throws -> Bool {
    let now = clock.now
    guard let subscription = routes.subscription(named: due.subscriber) else {
      // The subscriber was taken out of the composition; the event stays on record.
      try await park(due, "no subscriber of that name is installed", at: now)
      return false
    }
    do {
      try await database.write(
        relyingOn: subscription.relying,
        asking: { try await subscription.prepare(due.payload, due.version, context(of: due)) }
      ) { work, connection in
        try work(connection)
        try self.markDone(due, in: connection)
      }
      return true
    } catch is HandledElsewhere {
      return false
    } catch let error as StorageError where error.isPassing {
      // The event is sound; the disk or the lock is not. It waits without losing its turn.
      throw error
    } catch {
      report(error, due.event)
      let fault = (error as? any UserFacing)?.problem.detail.en ?? "unexpected error, see the log"
      guard due.attempts + 1 < Self.attempts else {
        try await park(due, fault, at: now)
        return false
      }
      let delay = Self.pause(after: due.attempts)
      try await database.write { connection in
        try connection.execute(
          """
          UPDATE kernel_delivery SET attempts = attempts + 1, fault = \(fault),
            due_at = \(now.advanced(bySeconds: delay))
          WHERE event_id = \(due.event) AND subscriber = \(due.subscriber) AND state = 'pending'
          """)
      }
      return false
    }
  }

  private func park(_ due: Due, _ fault: String, at now: Instant) async throws {
    try await database.write { connection in
      try connection.execute(
        """
        UPDATE kernel_delivery SET state = 'parked', attempts = attempts + 1, fault = \(fault)
        WHERE event_id = \(due.event) AND subscriber = \(due.subscriber) AND state = 'pending'
        """)
    }
  }

  /// Runs the periodic work that is due, where no other program does it for all. A job that fails is
  /// reported and tried next time. Throws `StorageError` where it cannot be told what is due.
  public func runDueJobs() async throws {
    guard try await leads() else { return }
    for job in [forgetKeys] + modules.flatMap(\.jobs) {
      let now = clock.now
      // What runs all the time need not be known after a restart: no commit each time for nothing.
      let isFrequent = job.everySeconds < 60
      let last =
        isFrequent
        ? frequentRuns.withLock { $0[job.name] }
        : try await database.readBriefly { connection in
          try connection.rows("SELECT ran_at FROM kernel_job WHERE name = \(job.name)").first?
            .get("ran_at", as: Instant.self)
        }
      // One that ran later than now ran by another clock: it is due.
      if let last, last <= now, last.advanced(bySeconds: job.everySeconds) > now { continue }
      do {
        try await job.run(database, context(.system, key: "\(job.name)@\(now)"))
      } catch is LeadLost {
        return
      } catch {
        report(error, job.name)
      }
      if isFrequent {
        frequentRuns.withLock { $0[job.name] = now }
        continue
      }
      try await database.write { connection in
        try self.database.requireLead(behindRequests, in: connection)
        try connection.execute(
          """
          INSERT INTO kernel_job (name, ran_at) VALUES (\(job.name), \(now))
          ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at
          """)
      }
    }
  }
}

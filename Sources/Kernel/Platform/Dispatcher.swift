/// Hands events to their subscribers: at least once, in order for each aggregate and subscriber. An
/// event that keeps failing is parked, visible and replayable, and holds nobody else up.
extension Platform {
  /// How often a failing delivery is tried before it is parked.
  public static let attempts = 5

  /// Delivers whatever is due until nothing is. Returns how many deliveries succeeded.
  @discardableResult
  public func deliverEvents(limit: Int = .max) async throws -> Int {
    var delivered = 0
    while delivered < limit, let due = try await nextDelivery() {
      if try await deliver(due) { delivered += 1 }
    }
    return delivered
  }

  private struct Due: Sendable {
    let event: String
    let subscriber: String
    let payload: String
    let attempts: Int
  }

  private func nextDelivery() async throws -> Due? {
    let now = clock.now
    return try await database.read { connection in
      // The oldest due delivery that no older one of its subscriber and aggregate stands before.
      try connection.rows(
        """
        SELECT d.event_id, d.subscriber, d.attempts, e.payload
        FROM kernel_delivery d JOIN kernel_event e ON e.id = d.event_id
        WHERE d.state = 'pending' AND d.due_at <= \(now) AND NOT EXISTS (
          SELECT 1 FROM kernel_delivery o WHERE o.state = 'pending'
          AND o.subscriber = d.subscriber AND o.aggregate = d.aggregate AND o.sequence < d.sequence)
        ORDER BY d.sequence, d.subscriber LIMIT 1
        """
      ).first.map { row in
        Due(
          event: try row.get("event_id"), subscriber: try row.get("subscriber"),
          payload: try row.get("payload"), attempts: try row.get("attempts"))
      }
    }
  }

  private func deliver(_ due: Due) async throws -> Bool {
    let now = clock.now
    let done: @Sendable (any Connection) throws -> Void = { connection in
      try connection.execute(
        """
        UPDATE kernel_delivery SET state = 'done', fault = NULL
        WHERE event_id = \(due.event) AND subscriber = \(due.subscriber)
        """)
    }
    guard let subscription = routes.subscription(named: due.subscriber) else {
      // The subscriber was taken out of the composition; the event stays on record.
      try await park(due, "no subscriber of that name is installed", at: now)
      return false
    }
    let context = context(.system, key: due.event + due.subscriber, event: due.event)
    do {
      try await subscription.handle(due.payload, database, context, done)
      return true
    } catch let error as StorageError where error == .full || error == .readOnly {
      throw error
    } catch {
      report(error, due.event)
      let fault = (error as? any UserFacing)?.problem.detail.en ?? "unexpected error, see the log"
      guard due.attempts + 1 < Self.attempts else {
        try await park(due, fault, at: now)
        return false
      }
      let delay: Int64 = 1 << Int64(due.attempts * 2)
      try await database.write { connection in
        try connection.execute(
          """
          UPDATE kernel_delivery SET attempts = attempts + 1, fault = \(fault),
            due_at = \(now.advanced(bySeconds: delay))
          WHERE event_id = \(due.event) AND subscriber = \(due.subscriber)
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
        WHERE event_id = \(due.event) AND subscriber = \(due.subscriber)
        """)
    }
  }

  /// Runs the periodic work that is due. A job that fails is reported and tried next time.
  public func runDueJobs() async throws {
    for job in modules.flatMap(\.jobs) {
      let now = clock.now
      let last = try await database.read { connection in
        try connection.rows("SELECT ran_at FROM kernel_job WHERE name = \(job.name)").first?
          .get("ran_at", as: Instant.self)
      }
      if let last, last.advanced(bySeconds: job.everySeconds) > now { continue }
      do {
        try await job.run(database, context(.system, key: "\(job.name)@\(now)"))
      } catch {
        report(error, job.name)
      }
      try await database.write { connection in
        try connection.execute(
          """
          INSERT INTO kernel_job (name, ran_at) VALUES (\(job.name), \(now))
          ON CONFLICT (name) DO UPDATE SET ran_at = excluded.ran_at
          """)
      }
    }
  }
}

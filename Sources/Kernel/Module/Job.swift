/// Periodic work of a module: reminders, deadlines that pass, deliveries. Must be safe to repeat.
public struct Job: Sendable {
  /// `<module>.<what>`: `matching.lapse-offers`.
  public let name: String
  /// How long after one run the next is due, at the earliest.
  public let everySeconds: Int64
  let run: @Sendable (any Database, Context) async throws -> Void

  /// Work inside one transaction.
  public static func every(
    seconds: Int64, _ name: String, _ work: @escaping @Sendable (Transaction) throws -> Void
  ) -> Job {
    Job(name: name, everySeconds: seconds) { database, context in
      try await JobRun(database: database, context: context).write(work)
    }
  }

  /// Work that touches the outside world between transactions.
  public static func every(
    seconds: Int64, _ name: String,
    outside work: @escaping @Sendable (JobRun) async throws -> Void
  ) -> Job {
    Job(name: name, everySeconds: seconds) { database, context in
      try await work(JobRun(database: database, context: context))
    }
  }
}

/// What a job that leaves the database has in hand.
public struct JobRun: Sendable {
  let database: any Database
  /// Parvis itself, and one time throughout the run.
  public let context: Context

  /// Reads on one consistent state. Throws `StorageError`, or what `body` throws.
  public func read<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws
    -> T
  {
    try await database.read { try body(Transaction($0, context)) }
  }
  /// Asks other modules, then writes; asks again where a fact it relies on was said in between.
  /// Throws `StorageError.busy` where that happens too often, or what the two throw.
  public func write<Answers: Sendable, T: Sendable>(
    relyingOn reliance: Reliance, asking: () async throws -> Answers,
    _ body: @escaping @Sendable (Answers, Transaction) throws -> T
  ) async throws -> T {
    try await database.write(relyingOn: reliance, asking: asking) {
      try database.requireLead(behindRequests, in: $1)
      return try body($0, Transaction($1, context))
    }
  }
  /// One transaction of its own, as often as needed. Throws `StorageError`, what `body` throws, or `LeadLost`
  /// where another program does the periodic work by now.
  public func write<T: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> T) async throws
    -> T
  {
    try await database.write {
      try database.requireLead(behindRequests, in: $0)
      return try body(Transaction($0, context))
    }
  }
}

/// What one program does for all that share a database: handing events on, periodic work.
let behindRequests = "behind-requests"

/// What went, or would go, of one purpose in one run.
public struct Pruned: Codable, Sendable {
  /// By its id.
  public let purpose: String
  /// How many rows, files or people.
  public let rows: Int
  /// From when the oldest was; nil where nothing tells.
  public let oldest: Instant?
  /// When it was done, or looked at.
  public let at: Instant

  init(purpose: String, rows: Int, oldest: Instant?, at: Instant) {
    self.purpose = purpose
    self.rows = rows
    self.oldest = oldest
    self.at = at
  }
}

/// How much goes in one transaction, and of one declaration in one run: others have their turn in between,
/// and what is left goes the next day.
private let (batch, mostInRun) = (500, 20_000)
/// To take somebody out of everything means to read everything.
private let mostPeopleInRun = 50

/// Who writes: the job for as long as it does the work of all, or whoever asked.
private struct Writer: Sendable {
  let host: Host
  let context: Context
  let run: JobRun?

  @discardableResult
  func callAsFunction<T: Sendable>(
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    guard let run else { return try await host.write(as: context, body) }
    return try await run.write(body)
  }
}

extension Context {
  /// What goes when its purpose is over, of all modules.
  public var retentions: [Retention] { routes.modules.flatMap(\.retentions) }

  /// The purposes, each once, in the order of the modules.
  public var purposes: [Purpose] {
    var seen: Set<String> = []
    return retentions.map(\.purpose).filter { seen.insert($0.id).inserted }
  }

  /// Takes away what had its time, or only counts it where `trying`; of one purpose where `only` names it. A
  /// purpose that fails keeps none of the others; the first failure is thrown at the end. What went is
  /// written down as numbers. `run` is the job's, where a job does it.
  public func prune(
    on host: Host, trying: Bool, only: String? = nil, within run: JobRun? = nil
  ) async throws -> [Pruned] {
    let write = Writer(host: host, context: self, run: run)
    var done: [Pruned] = []
    var failure: (any Error)?
    for purpose in purposes where only == nil || only == purpose.id {
      do {
        let pruned = try await prune(purpose, on: host, by: write, trying: trying)
        guard pruned.rows > 0 else { continue }
        done.append(pruned)
        if !trying { try await write { try $0.note(pruned) } }
      } catch let lost as LeadLost {
        throw lost
      } catch {
        failure = failure ?? error
      }
    }
    if !trying,
      purposes.contains(where: { one in
        one.isOverwritten && done.contains { $0.purpose == one.id }
      })
    {
      try await host.database.scrub()
    }
    if let failure { throw failure }
    return done
  }

  private func prune(
    _ purpose: Purpose, on host: Host, by write: Writer, trying: Bool
  ) async throws -> Pruned {
    let (now, zone) = (now, host.clock.zone)
    let term = try await host.database.read { try $0.term(of: purpose, at: now, in: zone) }
    var rows = 0
    var oldest: Instant?
    for retention in retentions where retention.purpose.id == purpose.id {
      let work = try await retention.prepare(term, self)
      let due = try await host.database.read(work.due)
      oldest = [oldest, due.oldest].compactMap { $0 }.min()
      rows += try await work.outside(trying)
      if let people = work.people {
        rows += try await take(people, on: host, by: write, trying: trying)
      }
      if trying {
        rows += due.rows
      } else {
        rows += try await take(work.prune, by: write)
      }
    }
    return Pruned(purpose: purpose.id, rows: rows, oldest: oldest, at: now)
  }

  private func take(
    _ prune: @escaping @Sendable (Int, Transaction) throws -> Int, by write: Writer
  ) async throws -> Int {
    var rows = 0
    while rows < mostInRun {
      let went = try await write { try prune(batch, $0) }
      rows += went
      if went == 0 { break }
    }
    return rows
  }

  private func take(
    _ people: @escaping @Sendable (any Connection) throws -> [Grant], on host: Host,
    by write: Writer, trying: Bool
  ) async throws -> Int {
    let found = try await host.database.read(people)
    if trying { return found.count }
    for grant in found.prefix(mostPeopleInRun) {
      let subject = try await host.database.read {
        try dataSubject(DataSubject(grants: [grant]), in: $0).past
      }
      try await eraseOutside(subject)
      try await write { transaction in
        let subject = try transaction.context.dataSubject(
          DataSubject(grants: [grant]), in: transaction
        ).past
        _ = try transaction.erase(subject)
      }
    }
    return min(found.count, mostPeopleInRun)
  }
}

extension Transaction {
  fileprivate func note(_ pruned: Pruned) throws {
    let id: ID<PrunedEntity> = newID()
    try execute(
      """
      INSERT INTO kernel_pruned (id, purpose, at, number, oldest)
      VALUES (\(id), \(pruned.purpose), \(pruned.at), \(pruned.rows), \(pruned.oldest))
      """)
  }
}

extension Connection {
  /// What went since a moment, the latest first: numbers only. Throws `StorageError`.
  public func pruned(since start: Instant, of purpose: String? = nil) throws -> [Pruned] {
    let which: SQL = purpose.map { "AND purpose = \($0)" } ?? ""
    return try rows(
      """
      SELECT purpose, at, number, oldest FROM kernel_pruned WHERE at >= \(start) \(part: which)
      ORDER BY at DESC, purpose
      """
    ).map {
      Pruned(
        purpose: try $0.get("purpose"), rows: try $0.get("number"),
        oldest: try $0.get(ifPresent: "oldest"), at: try $0.get("at"))
    }
  }
}

extension Platform {
  /// Does what the daily job does, as Parvis itself; for tests. Throws what the modules throw.
  @discardableResult
  public func prune(on host: Host, trying: Bool = false) async throws -> [Pruned] {
    try await context(.system, key: nil).prune(on: host, trying: trying)
  }
}

private enum PrunedEntity {}

internal import Kernel
internal import MatchingAPI
internal import MatchingEngine

/// A run that is asked for and not worked out yet, or could not be. Its teams, once there, are a
/// `RunRow` of the same id, and this is gone.
struct ComputationRow: Record {
  static let table = "matching_computation"
  let id: RunID
  let editionId: EditionID
  let number: Int
  let strategy: String
  let seed: Int64
  let rules: RunRules
  let timeLimitSeconds: Int?
  /// The run it is to keep as much of as it can.
  let fromRun: RunID?
  let askedAt: Instant
  /// When a process last began to work on it.
  var begunAt: Instant?
  /// How many processes began to work on it.
  var attempts = 0
  /// Somebody wants the best so far.
  var isToStop = false
  /// What the program that works on it noted last.
  var progress: ComputationProgress?
  var fault: Words?
}

extension MatchingModule {
  /// A run is begun again when the program ended in the middle of it, but not for ever.
  private static let mostAttempts = 3

  /// Begins what was asked for, as soon as it is heard.
  var computeRun: Subscription {
    .on(
      RunAsked.self, "matching.compute-run",
      asking: { event, context in begin(event.run, as: context) },
      handle: { _, _, _ in })
  }

  /// Stops what somebody wants stopped.
  var stopRun: Subscription {
    .on(
      RunStopAsked.self, "matching.stop-run",
      asking: { event, context in
        // One that no process works on is begun, and ends with the first teams it has.
        if let handle = desk.handle(of: event.run) {
          handle.stop()
        } else {
          begin(event.run, as: context)
        }
      },
      handle: { _, _, _ in })
  }

  /// Begins again what an earlier process left unfinished.
  var resumeRuns: Job {
    .every(
      seconds: 5, "matching.resume-runs",
      outside: { job in
        guard resumesRuns else { return }
        let open = try await job.read { transaction in
          try transaction.select(ComputationRow.self, "WHERE fault IS NULL ORDER BY asked_at, id")
        }
        for run in open { begin(run.id, as: job.context) }
      })
  }

  /// Waits until no run is being computed in this process any more.
  public func finishComputations() async { await desk.rest() }

  private func begin(_ run: RunID, as context: Context) {
    desk.begin(run) { handle in await compute(run, handle, context) }
  }

  /// Works a run out and keeps its teams, or why there are none. What is wrong with the storage (a full disk,
  /// a lock) leaves it as it was, to be begun again.
  private func compute(_ run: RunID, _ handle: RunDesk.Handle, _ context: Context) async {
    do {
      guard let row = try await taken(run, context) else { return }
      if row.isToStop { handle.stop() }
      let evidence = try await noting(handle, of: run, context) {
        try await self.evidence(for: row, handle)
      }
      // The next process begins it again.
      guard handle.isWanted,
        let sentences = try? await apart({
          try RunSentences(evidence) { handle.isWanted }
        })
      else { return try await release(row, context) }
      try await keep(evidence, sentences, of: row, context)
      desk.remember(evidence, of: run)
    } catch is StorageError {
      return
    } catch is LeadLost {
      // Whoever leads now begins it again.
      return
    } catch {
      let fault =
        (error as? any UserFacing)?.problem.detail
        ?? Words(en: "An unexpected error ended it.", fr: "Une erreur imprévue l’a interrompu.")
      try? await fail(run, fault, context)
    }
  }

  /// Works, and where others share the database notes meanwhile how far it is, for those whom they answer; hears, too,
  /// that somebody wants it stopped, and that another program does it by now.
  private func noting<Result: Sendable>(
    _ handle: RunDesk.Handle, of run: RunID, _ context: Context,
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    guard host.database.dialect == .postgres else { return try await work() }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        var noted: ComputationProgress?
        while true {
          try await Task.sleep(for: .seconds(2))
          do {
            noted = try await note(handle.progress, after: noted, of: run, handle, context)
          } catch is LeadLost {
            handle.abandon()
            return
          } catch {
            // Where it cannot be noted now, the next time tries again.
          }
        }
      }
      defer { group.cancelAll() }
      return try await work()
    }
  }

  /// Notes what is new since `noted`; returns what is noted now.
  private func note(
    _ progress: SolveProgress?, after noted: ComputationProgress?, of run: RunID,
    _ handle: RunDesk.Handle, _ context: Context
  ) async throws -> ComputationProgress? {
    let now = progress.map(ComputationProgress.init)
    let isToStop =
      now == noted
      ? try await host.read { try $0.find(ComputationRow.self, run)?.isToStop ?? false }
      : try await host.writeAsLeader(as: context) { transaction in
        guard var row = try transaction.find(ComputationRow.self, run) else { return false }
        row.progress = now
        try transaction.update(row)
        return row.isToStop
      }
    if isToStop { handle.stop() }
    return now
  }

  /// Notes that this process works on the run; nil when there is nothing to do.
  private func taken(_ run: RunID, _ context: Context) async throws -> ComputationRow? {
    let now = host.clock.now
    return try await host.writeAsLeader(as: context) { transaction in
      guard var row = try transaction.find(ComputationRow.self, run), row.fault == nil else {
        return nil
      }
      guard row.attempts < Self.mostAttempts else {
        row.fault = Words(
          en: "The program ended \(row.attempts) times while it worked on this run. Give it a time "
            + "limit, or more memory.",
          fr: "Le programme s’est arrêté \(row.attempts) fois pendant ce calcul. Donnez-lui une "
            + "limite de temps, ou plus de mémoire.")
        try transaction.update(row)
        return nil
      }
      row.attempts += 1
      row.begunAt = now
      try transaction.update(row)
      return row
    }
  }

  /// This process ends in the middle of it, and means to: that is no attempt that failed.
  private func release(_ row: ComputationRow, _ context: Context) async throws {
    try await host.writeAsLeader(as: context) { transaction in
      guard var now = try transaction.find(ComputationRow.self, row.id) else { return }
      now.attempts = max(0, now.attempts - 1)
      try transaction.update(now)
    }
  }

  private func evidence(
    for row: ComputationRow, _ handle: RunDesk.Handle
  ) async throws -> Evidence {
    guard let strategy = Strategies.named(row.strategy) else {
      throw MatchingError.unknownStrategy(row.strategy, known: Strategies.names)
    }
    let (situation, order, instance) = try await problem(
      of: row.editionId, rules: row.rules, keeping: row.fromRun)
    let options = SolveOptions(
      timeLimit: row.timeLimitSeconds.map(Double.init), seed: UInt64(row.seed))
    return try await apart {
      Evidence(
        situation: situation, order: order, instance: instance,
        solution: try strategy.solve(instance, options: options, progress: handle.goOn))
    }
  }

  private func keep(
    _ evidence: Evidence, _ sentences: RunSentences, of row: ComputationRow, _ context: Context
  ) async throws {
    let now = host.clock.now
    try await host.writeAsLeader(as: context) { transaction in
      // Somebody else may have been quicker.
      guard try transaction.find(ComputationRow.self, row.id) != nil else { return }
      let run = RunRow(
        id: row.id, version: 1, editionId: row.editionId, number: row.number, state: .draft,
        strategy: row.strategy, seed: row.seed, rules: evidence.order.rules,
        weights: evidence.order.weights,
        madeAt: now, result: RunResult(evidence.solution, of: evidence.instance))
      try transaction.delete(ComputationRow.self, row.id)
      try transaction.insert(run)
      try store(evidence, sentences, of: run, in: transaction)
    }
  }

  private func fail(_ run: RunID, _ fault: Words, _ context: Context) async throws {
    try await host.writeAsLeader(as: context) { transaction in
      guard var row = try transaction.find(ComputationRow.self, run) else { return }
      row.fault = fault
      try transaction.update(row)
    }
  }
}

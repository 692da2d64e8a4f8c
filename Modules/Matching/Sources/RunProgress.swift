internal import Kernel
internal import MatchingAPI
internal import MatchingEngine

/// What teams are worth, for people.
struct ScoreView: Codable, Sendable, Hashable {
  let filled: Int
  /// Seats missing below the minimum team sizes.
  let shortfall: Int
  let points: Int64

  init(_ score: Score) {
    filled = score.filled
    shortfall = score.shortfall
    points = score.points
  }
}

/// How far a computation is, as its row keeps it.
struct ComputationProgress: Codable, Sendable, Hashable {
  let phase: SolveProgress.Phase
  /// In thousandths; never all of them, since it is not over.
  let permille: Int
  let best: ScoreView?
  let bound: ScoreView?

  init(_ progress: SolveProgress) {
    phase = progress.phase
    permille = max(0, min(999, Int(progress.fraction * 1000)))
    best = progress.best.map(ScoreView.init)
    bound = progress.bound.map(ScoreView.init)
  }
}

extension MatchingModule {
  /// From the program that computes it, which may be this one.
  func progress(of row: ComputationRow) -> ComputationProgress? {
    desk.handle(of: row.id)?.progress.map(ComputationProgress.init) ?? row.progress
  }
}

/// Where a run stands.
struct RunProgressView: Codable, Sendable {
  let run: RunID
  let state: RunState
  /// Whether there is nothing more to wait for.
  let isOver: Bool
  /// What it is doing.
  let phase: Words?
  /// A guess of how much is done, in thousandths.
  let permille: Int
  /// The best teams so far.
  let best: ScoreView?
  /// No teams are worth more than this.
  let bound: ScoreView?
  /// Since it was begun.
  let seconds: Int
  /// Somebody asked for the best so far.
  let isToStop: Bool
  let fault: Words?
}

extension MatchingModule {
  @UseCases var aboutRunProgress: [Endpoint] {
    runProgress
    cancelRun
  }

  var runProgress: UseCase<OneRun, RunProgressView> {
    .query(
      "matching.run-progress", "/runs/{run}/progress", by: .staff,
      Words(en: "Say how far a run is", fr: "Dire où en est un appariement"), traits: [.isFollowed]
    ) { (input: OneRun, transaction) in
      guard let row = try transaction.find(ComputationRow.self, input.run) else {
        let run = try transaction.get(RunRow.self, input.run)
        return RunProgressView(
          run: run.id, state: run.state, isOver: true, phase: nil, permille: 1000,
          best: ScoreView(
            filled: run.result.filled, points: run.result.affinity - run.result.penalties),
          bound: nil, seconds: 0, isToStop: false, fault: nil)
      }
      let progress = progress(of: row)
      let begun = row.begunAt ?? row.askedAt
      return RunProgressView(
        run: row.id, state: row.fault == nil ? .computing : .failed, isOver: row.fault != nil,
        phase: row.fault == nil ? words(progress?.phase) : nil,
        permille: progress?.permille ?? 0, best: progress?.best, bound: progress?.bound,
        seconds: Int(max(0, transaction.now.milliseconds - begun.milliseconds) / 1000),
        isToStop: row.isToStop, fault: row.fault)
    }
  }

  var cancelRun: UseCase<OneRun, RunSummary> {
    .command(
      "matching.cancel-run", .post, "/runs/{run}/cancellation", by: .staff,
      Words(
        en: "Stop a run that is being worked out; the best teams so far are kept, with their bound",
        fr: "Arrêter un calcul ; les meilleures équipes trouvées sont gardées, avec leur borne"),
      problems: ["matching/not-computing"],
      traits: [.starts(Self.computation), .shown(TeamsForPeople.run)]
    ) { (input: OneRun, transaction) in
      guard var row = try transaction.find(ComputationRow.self, input.run) else {
        _ = try transaction.get(RunRow.self, input.run)
        throw MatchingError.notComputing
      }
      guard row.fault == nil else { throw MatchingError.notComputing }
      if !row.isToStop {
        row.isToStop = true
        try transaction.update(row)
        try transaction.emit(RunStopAsked(edition: row.editionId, run: row.id))
      }
      return RunSummary(row)
    }
  }

  private func words(_ phase: SolveProgress.Phase?) -> Words {
    switch phase {
    case nil: Words(en: "waiting its turn", fr: "en attente")
    case .preparing: Words(en: "preparing", fr: "préparation")
    case .bidding: Words(en: "bidding for seats", fr: "enchères sur les places")
    case .pricing: Words(en: "pricing the rules", fr: "prix des règles")
    case .repairing: Words(en: "repairing teams", fr: "réparation des équipes")
    case .improving: Words(en: "improving teams", fr: "amélioration des équipes")
    case .proving: Words(en: "proving", fr: "preuve")
    case .done: Words(en: "writing down", fr: "enregistrement")
    }
  }
}

extension ScoreView {
  init(filled: Int, points: Int64) {
    self.filled = filled
    shortfall = 0
    self.points = points
  }
}

/// When a run has to end: at its time limit, or when whoever watches its progress says so.
final class SolveClock {
  /// When the run began; nil when nobody will ask.
  private let start: ContinuousClock.Instant?
  /// Wall seconds, nil for no limit.
  let limit: Double?
  private(set) var isCancelled = false
  private let watch: (SolveProgress) -> Bool

  init(limit: Double?, watch: @escaping (SolveProgress) -> Bool) {
    start = limit == nil ? nil : ContinuousClock.now
    self.limit = limit
    self.watch = watch
  }

  private var seconds: Double {
    guard let start else { return 0 }
    let elapsed = ContinuousClock.now - start
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
  }

  /// Whether the run has to end.
  var isOver: Bool { isCancelled || isPast(1) }

  /// Whether that share of the time limit has passed.
  func isPast(_ share: Double) -> Bool { limit.map { seconds >= $0 * share } ?? false }

  /// Tells the watcher; returns whether the run goes on.
  func report(_ progress: SolveProgress) -> Bool {
    if !isCancelled, !watch(progress) { isCancelled = true }
    return !isOver
  }
}

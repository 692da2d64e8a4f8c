#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Seconds on the wall and of all threads' work.
public struct Spent: Sendable, Equatable {
  /// Seconds that passed.
  public var wall: Double
  /// Seconds of work, of all threads together.
  public var cpu: Double

  public init(wall: Double, cpu: Double) {
    self.wall = wall
    self.cpu = cpu
  }
}

/// When a run has to end: at its limit of time, or when whoever watches its progress says so.
final class SolveClock {
  private let start = ContinuousClock.now
  private let startCPU: Double
  /// Whose work counts: that of the thread that runs, or of the whole process where several do.
  private let source: clockid_t
  private let limit: Double?
  private let cpuLimit: Double?
  /// Seconds that are kept back for what comes after the search: checks, proof, sums.
  private var reserve = 0.0
  private(set) var isCancelled = false
  private let watch: (SolveProgress) -> Bool

  init(_ options: SolveOptions, watch: @escaping (SolveProgress) -> Bool) {
    source = options.threads > 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_THREAD_CPUTIME_ID
    startCPU = SolveClock.seconds(of: source)
    limit = options.timeLimit
    cpuLimit = options.cpuLimit
    self.watch = watch
  }

  static func seconds(of source: clockid_t) -> Double {
    var time = timespec()
    guard clock_gettime(source, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// What the run has taken so far.
  var spent: Spent {
    Spent(wall: wall, cpu: SolveClock.seconds(of: source) - startCPU)
  }

  private var wall: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Keeps so many seconds back, but never more than a tenth of the limit.
  func keepBack(_ seconds: Double) { reserve = max(reserve, seconds) }

  /// Whether the run has to end.
  var isOver: Bool {
    if isCancelled { return true }
    if let limit, wall >= limit - min(reserve, limit / 10) { return true }
    guard let cpuLimit else { return false }
    return spent.cpu >= cpuLimit - min(reserve, cpuLimit / 10)
  }

  /// Tells the watcher; returns whether the run goes on.
  func report(_ progress: SolveProgress) -> Bool {
    if !isCancelled, !watch(progress) { isCancelled = true }
    return !isOver
  }
}

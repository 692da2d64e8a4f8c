#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The variants of the problem in one instance file.
public enum InstanceVariant: String, Sendable, CaseIterable {
  /// Seats and capacities only.
  case plain
  /// With the pins, the company cap and the seeker penalty of the file.
  case constrained
}

/// A solve of one instance file, measured as the benchmark measures its peers: reading the file is
/// in none of the times.
public struct SolveReport: Sendable {
  /// The answer, as the strategy gave it.
  public let solution: Solution
  /// Which rules of the file were kept to.
  public let variant: InstanceVariant
  /// From the numbers of the file to a checked instance.
  public let build: Spent
  /// From the instance to the answer.
  public let solve: Spent
  /// The most memory the process held so far, reading included; nil where the system does not say.
  public let peakMiB: Double?

  /// Reads and solves an instance file.
  ///
  /// Throws `InstanceTextError` when the file is damaged, `SolveError` when there is no such
  /// strategy or no answer.
  public static func make(
    text: UnsafeRawBufferPointer, variant: InstanceVariant, strategy name: String,
    options: SolveOptions, progress: (SolveProgress) -> Bool = { _ in true }
  ) throws -> SolveReport {
    guard let strategy = Strategies.named(name) else { throw SolveError.unknownStrategy(name) }
    let (instance, build) = try built(text, variant: variant)
    var clock = Stopwatch()
    let solution = try strategy.solve(instance, options: options, progress: progress)
    return SolveReport(
      solution: solution, variant: variant, build: build, solve: clock.lap(),
      peakMiB: Stopwatch.peakMiB())
  }

  private static func built(
    _ text: UnsafeRawBufferPointer, variant: InstanceVariant
  ) throws -> (Instance, Spent) {
    var fields = try InstanceText.fields(of: text)
    if variant == .plain { fields.rules = Rules() }
    PlainSolver.load()
    var clock = Stopwatch()
    let instance = try fields.instance()
    return (instance, clock.lap())
  }

  /// One JSON object. `bound` is the most points (affinity minus penalties) any answer with as many
  /// filled seats as `boundFilled` can have. `seatGap` is how many seats more an answer could fill at
  /// most, `gap` how many points more it could have with as many seats, as a fraction of the points;
  /// both null when nothing is proved. `stoppedAfter…` is null for a run that came to its end.
  public var json: String {
    let bound = solution.bound
    let members: [(String, String)] = [
      ("strategy", "\"\(solution.strategy)\""),
      ("variant", "\"\(variant.rawValue)\""),
      ("status", "\"\(solution.status.rawValue)\""),
      ("filled", "\(solution.filled)"),
      ("affinity", "\(solution.affinity)"),
      ("penalties", "\(solution.penalties)"),
      ("points", "\(solution.score.points)"),
      ("missionsWithoutSeeker", "\(solution.missionsWithoutSeeker)"),
      ("boundFilled", bound.map { "\($0.filled)" } ?? "null"),
      ("bound", bound.map { "\($0.points)" } ?? "null"),
      ("seatGap", solution.seatGap.map { "\($0)" } ?? "null"),
      ("gap", solution.gap.map { "\($0)" } ?? "null"),
      ("stoppedEarly", "\(solution.stoppedEarly)"),
      ("stoppedAfterSeconds", solution.stoppedAfter.map { "\($0.wall)" } ?? "null"),
      ("stoppedAfterCPUSeconds", solution.stoppedAfter.map { "\($0.cpu)" } ?? "null"),
      ("buildSeconds", "\(build.wall)"),
      ("solveSeconds", "\(solve.wall)"),
      ("buildCPUSeconds", "\(build.cpu)"),
      ("solveCPUSeconds", "\(solve.cpu)"),
      ("peakMiB", peakMiB.map { "\($0)" } ?? "null"),
    ]
    return "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  /// The chosen pairs, one `volunteer role` a line.
  public var assignmentText: String {
    var text = ""
    for pair in solution.assignment { text += "\(pair.volunteer) \(pair.role)\n" }
    return text
  }
}

/// Measures laps.
struct Stopwatch {
  private var wall = ContinuousClock.now
  private var cpu = SolveClock.seconds(of: CLOCK_PROCESS_CPUTIME_ID)

  mutating func lap() -> Spent {
    let nowWall = ContinuousClock.now
    let nowCPU = SolveClock.seconds(of: CLOCK_PROCESS_CPUTIME_ID)
    defer {
      wall = nowWall
      cpu = nowCPU
    }
    return Spent(wall: (nowWall - wall) / .seconds(1), cpu: nowCPU - cpu)
  }

  /// The largest resident size of this process so far.
  static func peakMiB() -> Double? {
    #if os(Linux)
      // Not getrusage: its figure outlives exec, so it can be that of the parent process.
      guard let file = fopen("/proc/self/status", "r") else { return nil }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      while fgets(&line, Int32(line.count), file) != nil {
        let text = String(
          decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard text.hasPrefix("VmHWM:") else { continue }
        return Double(text.filter(\.isNumber)).map { $0 / 1024 }
      }
      return nil
    #else
      var usage = rusage()
      guard getrusage(RUSAGE_SELF, &usage) == 0 else { return nil }
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}

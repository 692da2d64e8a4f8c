/// Solves the problem without rules exactly and proves it.
///
/// A filled seat earns a bonus of a few times the largest affinity. That this puts filled seats
/// first is proved afterwards by a cut: if one more seat could be filled at all, the bonus is raised
/// and the market starts again. A bonus that settles it outright would have to be larger than any
/// sum of affinities, and cost time.
struct PlainSolver {
  let instance: Instance
  let strategy: String
  let clock: SolveClock
  var threads = 1

  /// Has the runtime make the generic types that solving needs. It does so at their first use, for which
  /// it looks through all libraries of the process: a matter of loading the program, whatever is solved.
  static func load() {
    _ = Auction<Int32>.self as AnyObject
    _ = Auction<Int64>.self as AnyObject
  }

  func solve() throws(SolveError) -> Solution {
    let heaviest = Int64(instance.edgeWeight.max() ?? 0)
    let priority = Int64(instance.rules.rolePriority.max() ?? 0)
    let crew = Crew(size: unitCount < Batches<Int32>.worthwhile ? 1 : threads)
    var bonus = 3 * (heaviest + priority) + 3
    while true {
      let top = bonus + heaviest + priority
      if let small = Self.scale(for: Int64(Int32.max), top: top, units: unitCount) {
        let market = Auction<Int32>(
          instance, scale: Int32(small), bonus: bonus, top: top, crew: crew)
        if let solution = run(market, bonus: bonus) { return solution }
      }
      guard let large = Self.scale(for: Int64.max / 8, top: top, units: unitCount) else {
        throw .tooLarge("\(unitCount) volunteers with affinities up to \(heaviest)")
      }
      let market = Auction<Int64>(instance, scale: large, bonus: bonus, top: top, crew: crew)
      if let solution = run(market, bonus: bonus) { return solution }
      bonus *= 8
    }
  }

  private var unitCount: Int { Int(instance.capacity.reduce(0, +)) }

  /// The scale at which amounts up to `top` points fit below `limit`: large enough that a smallest
  /// step for each unit is well below one point, if there is such a scale.
  static func scale(for limit: Int64, top: Int64, units: Int) -> Int64? {
    let wanted = Int64(4 * max(1, units))
    var scale: Int64 = 16
    while scale < wanted, scale <= limit / top / 2 { scale *= 2 }
    // A sixteenth of what is wanted is usually enough; the caller tries a wider word when it is not.
    return scale <= limit / top && scale >= wanted / 16 ? scale : nil
  }

  /// The solution, or nil when the word is too narrow for the proof or the bonus too small.
  private func run<Word>(_ market: Auction<Word>, bonus: Int64) -> Solution? {
    let first = Word(clamping: Int64(market.never) / 4)
    let outcome = market.runPhases(from: first) { _ in
      clock.report(SolveProgress(phase: .bidding, fraction: 0.5))
    }
    if outcome == .unproved, Word.bitWidth < 64 { return nil }
    let fill = market.fillProof()
    if fill == nil, outcome != .stopped { return nil }
    let proved = outcome == .proved
    let certificate = market.certificate(bonus: bonus, fill: fill)
    let pairs = market.pairs()
    var solution = Solution(
      strategy: strategy, status: proved ? .optimal : .feasible, assignment: pairs,
      of: instance, certificate: certificate, stoppedEarly: outcome == .stopped)
    // Weak duality holds for any prices, those of a run stopped early too.
    let distance = max(0, market.dual() - market.primal()) / Int64(market.scale)
    let most = fill == nil ? min(market.unitCount, market.seatCount) : solution.filled
    // What could be better is seats or points; with more seats less of it is points.
    let (points, limit) = (solution.score.points + distance, instance.mostPoints())
    solution.distance = proved ? 0 : max(0, min(points, limit) - solution.score.points)
    solution.bound =
      proved
      ? solution.score
      : max(
        solution.score,
        Score(
          filled: most, points: min(points - bonus * Int64(most - solution.filled), limit)))
    return solution
  }
}

/// Solves the problem with rules: prices for the rules first, then an answer that keeps them, then
/// the proof.
struct ConstrainedSolver {
  let instance: Instance
  let strategy: String
  let proceed: (SolveProgress) -> Bool

  func solve() throws(SolveError) -> Solution {
    let heaviest = Int64(instance.edgeWeight.max() ?? 0)
    let priority = Int64(instance.rules.rolePriority.max() ?? 0)
    let bonus = 3 * (heaviest + priority) + 3
    let top = bonus + heaviest + priority
    var scale: Int64 = 16
    let units = Int64(instance.capacity.reduce(0, +))
    while scale < 4 * units { scale *= 2 }
    let relaxation = Relaxation(ReducedInstance(instance), bonus: bonus, scale: scale, top: top)
    var step = top / 4 * scale
    while true {
      relaxation.market.eps = max(2 * scale, step)
      relaxation.market.checkHolders()
      _ = relaxation.market.forward()
      relaxation.market.prepareReverse()
      _ = relaxation.market.reverse()
      if step <= 2 * scale { break }
      step /= 16
    }
    var round = 0
    let bound = relaxation.descend(rounds: tune("RO", 60), from: 2, to: 0.02) { bound in
      round += 1
      if round % 20 == 0 { print(round, Double(bound) / Double(scale), clock()) }
      return true }
    print(Double(bound) / Double(scale))
    let t = clock()
    relaxation.market.goLive(eps: 1)
    print("exact", Double(relaxation.bound()) / Double(scale), "ticks", clock() - t)
    relaxation.recount()
    let best = Flat<Int64>.filled(0, relaxation.groups.count)
    var q = 0
    let least = relaxation.polish(passes: tune("PO", 150), first: 1, least: .max, best: best) { b in
      q += 1
      if q % 10 == 0 { print(q, Double(b) / Double(scale), clock() - t) }
      return true }
    print("least", Double(least) / Double(scale), clock() - t)
    for group in 0..<relaxation.groups.count { relaxation.reprice(group, at: best[group]) }
    _ = relaxation.takeTouched()
    var pairs: [Pair] = []
    var worth = Int64.min
    var current = relaxation
    for stage in 0..<tune("ST", 6) {
      print("stage", stage, "edges", current.market.edgeCount, "settled", current.reduced.settled.count, "groups", current.groups.count, "quick", Double(current.quickBound) / Double(scale), clock() - t)
      var search = Search(current, best: pairs, worth: worth, nodeLimit: stage == 0 ? 100 : tune("NO", 300))
      var left: Int64? = nil
      if stage < 3 { search.explore(bound: current.bound()) } else {
        search.setLimit(tune("BF", 4000))
        var q = 0
        left = search.exploreBestFirst(bound: current.bound()) { b in q += 1; if q % 100 == 0 { print(q, Double(b) / Double(scale)) }; return true }
        print("left", left.map { Double($0) / Double(scale) } as Any)
        (pairs, worth) = (search.best, search.bestWorth)
        if left == nil { break }
      }
      print("nodes", search.nodes, "best", search.bestWorth, "stopped", search.stopped, clock() - t)
      (pairs, worth) = (search.best, search.bestWorth)
      if !search.stopped { break }
      current = current.kernel(beating: worth)
      let best = Flat<Int64>.filled(0, current.groups.count)
      let least = current.polish(passes: tune("KP", 200), first: 0.3, least: .max, best: best) { _ in true }
      for group in 0..<current.groups.count { current.reprice(group, at: best[group]) }
      _ = current.takeTouched()
      print("kernel", current.market.edgeCount, Double(least) / Double(scale), clock() - t)
    }
    return Solution(
      strategy: strategy, status: .feasible, assignment: pairs, of: instance)
  }
}
import Glibc
func tune(_ name: String, _ value: Int) -> Int { getenv(name).map { Int(String(cString: $0))! } ?? value }

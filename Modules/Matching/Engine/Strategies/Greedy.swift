/// What a person with a sorted list would do: the best pair first, then the best that still fits.
///
/// Pins come first; then, when the run has the seeker rule, the best job seeker of every mission
/// that has none yet; then every pair by affinity (plus role priority). It keeps every hard rule
/// and proves nothing: it is the baseline that the other strategies are shown against.
public struct GreedyStrategy: Strategy {
  public init() {}
  /// What a run names it by; kept with runs.
  public var name: String { "greedy" }

  /// Throws nothing: there is always an answer. `seed` and `threads` are not looked at.
  public func solve(
    _ instance: Instance, options: SolveOptions, progress: (SolveProgress) -> Bool
  ) throws -> Solution {
    var stopped = !progress(SolveProgress(phase: .preparing, fraction: 0))
    var room = GreedyRoom(instance)
    if !stopped {
      let volunteers = instance.edgeVolunteers()
      let order = bestFirst(instance)
      if instance.rules.seekerPenalty > 0 {
        for edge in order where instance.seeker[Int(volunteers[Int(edge)])] {
          let mission = instance.roleMission[Int(instance.edgeRole[Int(edge)])]
          guard !room.missionHasSeeker[Int(mission)] else { continue }
          take(Int(edge), of: volunteers, &room)
        }
      }
      stopped = !progress(SolveProgress(phase: .improving, fraction: 0.5))
      if !stopped { for edge in order { take(Int(edge), of: volunteers, &room) } }
    }
    let solution = Solution(
      strategy: name, status: .feasible, assignment: room.assignment, of: instance,
      stoppedEarly: stopped)
    _ = progress(SolveProgress(phase: .done, best: solution.score, fraction: 1))
    return solution
  }

  private func take(_ edge: Int, of volunteers: [Int32], _ room: inout GreedyRoom) {
    let volunteer = Int(volunteers[edge])
    if room.has(roomFor: edge, of: volunteer) { room.take(edge, of: volunteer) }
  }

  /// The edges by falling points; among equals the first volunteer's first role comes first.
  private func bestFirst(_ instance: Instance) -> [Int32] {
    func points(_ edge: Int) -> Int {
      let role = Int(instance.edgeRole[edge])
      return Int(instance.edgeWeight[edge]) + Int(instance.priority(ofRole: role))
    }
    let most = (0..<instance.edgeCount).reduce(0) { max($0, points($1)) }
    // Counting sort: points are bounded, and there can be tens of millions of edges.
    var place = [Int32](repeating: 0, count: most + 2)
    for edge in 0..<instance.edgeCount { place[most - points(edge) + 1] += 1 }
    for value in 1..<place.count { place[value] += place[value - 1] }
    var order = [Int32](repeating: 0, count: instance.edgeCount)
    for edge in 0..<instance.edgeCount {
      let value = most - points(edge)
      order[Int(place[value])] = Int32(edge)
      place[value] += 1
    }
    return order
  }
}

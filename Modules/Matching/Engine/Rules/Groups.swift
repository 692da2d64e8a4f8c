/// The side constraints of the remaining problem, all of one shape: a set of edges, and either at
/// most so many of them are chosen (company cap) or each one missing below a number costs points
/// (one job seeker per mission, minimum team size).
///
/// Flat arrays; an edge is in at most one group of each kind.
final class Groups {
  let count: Int
  /// Groups `0 ..< capCount` are company caps, the others ask for people.
  let capCount: Int
  /// The edges of group `g` are `edges[start[g] ..< start[g + 1]]`.
  let start: Flat<Int32>
  let edges: Flat<Int32>
  /// How many edges of a cap group may be chosen; how many of the others should be.
  let limit: Flat<Int32>
  /// What each missing edge costs in points; 0 for caps.
  let cost: Flat<Int64>
  let mission: Flat<Int32>
  /// The company of a cap group, -1 for a job-seeker rule, -2 for a minimum team.
  let company: Flat<Int32>
  /// Whether any mission has a minimum team to reach.
  let hasTeams: Bool
  /// The cap group and the seeker group of each edge, or -1.
  let capOf: Flat<Int32>
  let seekerOf: Flat<Int32>
  /// The minimum-team group of each mission, or -1.
  let teamOf: Flat<Int32>
  /// Points lost in any answer: what nobody can satisfy any more.
  let unavoidable: Int64

  init(_ reduced: ReducedInstance, shortfallCost: Int64) {
    let instance = reduced.instance
    capOf = .filled(-1, instance.edgeCount)
    seekerOf = .filled(-1, instance.edgeCount)
    teamOf = .filled(-1, instance.missionCount)
    var maker = GroupMaker(instance)
    defer { maker.deallocate() }
    if let cap = instance.rules.companyCap {
      maker.addCaps(reduced, cap: cap, groupOf: capOf)
    }
    capCount = maker.count
    if instance.rules.seekerPenalty > 0 {
      maker.addSeekers(reduced, penalty: instance.rules.seekerPenalty, groupOf: seekerOf)
    }
    let others = maker.count
    if instance.rules.minimumTeam.contains(where: { $0 > 0 }) {
      maker.addTeams(reduced, cost: shortfallCost, groupOf: teamOf)
    }
    count = maker.count
    hasTeams = count > others
    unavoidable = maker.lost
    start = maker.start.base
    edges = maker.edges.base
    limit = maker.limit.base
    cost = maker.cost.base
    mission = maker.mission.base
    company = maker.company.base
  }

  deinit {
    start.deallocate()
    edges.deallocate()
    limit.deallocate()
    cost.deallocate()
    mission.deallocate()
    company.deallocate()
    capOf.deallocate()
    seekerOf.deallocate()
    teamOf.deallocate()
  }

  func edges(of group: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(
      start: edges + Int(start[group]), count: Int(start[group + 1] - start[group]))
  }
}

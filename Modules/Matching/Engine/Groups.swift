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
  let start: [Int32]
  let edges: [Int32]
  /// How many edges of a cap group may be chosen; how many of the others should be.
  let limit: [Int32]
  /// What each missing edge costs in points; 0 for caps.
  let cost: [Int64]
  let mission: [Int32]
  private let teamCount: Int
  /// The company of a cap group, -1 for a job-seeker rule, -2 for a minimum team.
  let company: [Int32]
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
    var start: [Int32] = [0]
    var cost: [Int64] = []
    var edges: [Int32] = []
    var limit: [Int32] = []
    var missions: [Int32] = []
    var companies: [Int32] = []

    if let cap = instance.rules.companyCap {
      var keys: [(key: Int64, edge: Int32)] = []
      for volunteer in 0..<instance.volunteerCount where instance.company[volunteer] >= 0 {
        let base = Int64(instance.company[volunteer]) * Int64(instance.missionCount)
        for edge in instance.edgeStart[volunteer]..<instance.edgeStart[volunteer + 1] {
          keys.append(
            (base + Int64(instance.roleMission[Int(instance.edgeRole[Int(edge)])]), edge))
        }
      }
      keys.sort { $0.key == $1.key ? $0.edge < $1.edge : $0.key < $1.key }
      var low = 0
      while low < keys.count {
        var high = low + 1
        while high < keys.count, keys[high].key == keys[low].key { high += 1 }
        let team = TeamKey(
          company: Int32(keys[low].key / Int64(instance.missionCount)),
          mission: Int32(keys[low].key % Int64(instance.missionCount)))
        let left = cap - (reduced.usedPlaces[team] ?? 0)
        if high - low > Int(left) {
          for index in low..<high {
            capOf[keys[index].edge] = Int32(limit.count)
            edges.append(keys[index].edge)
          }
          start.append(Int32(edges.count))
          limit.append(left)
          missions.append(team.mission)
          companies.append(team.company)
        }
        low = high
      }
    }
    capCount = limit.count
    cost = Array(repeating: 0, count: capCount)

    var lost: Int64 = 0
    if instance.rules.seekerPenalty > 0 {
      let open = reduced.openToSeekers
      var members = [[Int32]](repeating: [], count: instance.missionCount)
      for volunteer in 0..<instance.volunteerCount
      where instance.seeker[volunteer] && instance.capacity[volunteer] > 0 {
        for edge in instance.edgeStart[volunteer]..<instance.edgeStart[volunteer + 1] {
          let role = Int(instance.edgeRole[Int(edge)])
          if instance.roleSeats[role] > 0 { members[Int(instance.roleMission[role])].append(edge) }
        }
      }
      for mission in 0..<instance.missionCount
      where open[mission] && !reduced.hasSeeker[mission] {
        if members[mission].isEmpty {
          lost += instance.rules.seekerPenalty
          continue
        }
        for edge in members[mission] { seekerOf[edge] = Int32(limit.count) }
        edges.append(contentsOf: members[mission])
        start.append(Int32(edges.count))
        limit.append(1)
        cost.append(instance.rules.seekerPenalty)
        missions.append(Int32(mission))
        companies.append(-1)
      }
    }
    if instance.rules.minimumTeam.contains(where: { $0 > 0 }) {
      var members = [[Int32]](repeating: [], count: instance.missionCount)
      for edge in 0..<instance.edgeCount {
        members[Int(instance.roleMission[Int(instance.edgeRole[edge])])].append(Int32(edge))
      }
      for mission in 0..<instance.missionCount {
        let wanted = Int32(instance.minimumTeam(ofMission: mission)) - reduced.teamSize[mission]
        if wanted <= 0 { continue }
        if members[mission].isEmpty {
          lost += Int64(wanted) * shortfallCost
          continue
        }
        teamOf[mission] = Int32(limit.count)
        edges.append(contentsOf: members[mission])
        start.append(Int32(edges.count))
        limit.append(wanted)
        cost.append(shortfallCost)
        missions.append(Int32(mission))
        companies.append(-2)
      }
    }
    unavoidable = lost
    self.cost = cost
    teamCount = companies.count { $0 == -2 }
    self.count = limit.count
    self.start = start
    self.edges = edges
    self.limit = limit
    self.mission = missions
    self.company = companies
  }

  deinit {
    capOf.deallocate()
    seekerOf.deallocate()
    teamOf.deallocate()
  }

  /// Whether any mission has a minimum team to reach.
  var hasTeams: Bool { teamCount > 0 }

  func edges(of group: Int) -> ArraySlice<Int32> {
    edges[Int(start[group])..<Int(start[group + 1])]
  }
}

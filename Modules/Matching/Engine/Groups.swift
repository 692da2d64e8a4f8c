/// The side constraints of the remaining problem, all of one shape: a set of edges, and either at
/// most so many of them are chosen (company cap) or it costs a penalty when none is (job seeker).
///
/// Flat arrays; an edge is in at most one group of each kind.
final class Groups {
  let count: Int
  /// Groups `0 ..< capCount` are company caps, the others job-seeker rules.
  let capCount: Int
  /// The edges of group `g` are `edges[start[g] ..< start[g + 1]]`.
  let start: [Int32]
  let edges: [Int32]
  /// How many edges of a cap group may be chosen; 1 for the others.
  let limit: [Int32]
  let mission: [Int32]
  /// The company of a cap group, -1 for the others.
  let company: [Int32]
  /// The cap group and the seeker group of each edge, or -1.
  let capOf: Flat<Int32>
  let seekerOf: Flat<Int32>
  /// Points lost in any answer: missions whose job-seeker rule nobody can satisfy any more.
  let unavoidable: Int64

  init(_ reduced: ReducedInstance) {
    let instance = reduced.instance
    capOf = .filled(-1, instance.edgeCount)
    seekerOf = .filled(-1, instance.edgeCount)
    var start: [Int32] = [0]
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

    var lost = 0
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
          lost += 1
          continue
        }
        for edge in members[mission] { seekerOf[edge] = Int32(limit.count) }
        edges.append(contentsOf: members[mission])
        start.append(Int32(edges.count))
        limit.append(1)
        missions.append(Int32(mission))
        companies.append(-1)
      }
    }
    unavoidable = Int64(lost) * instance.rules.seekerPenalty
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
  }

  func edges(of group: Int) -> ArraySlice<Int32> {
    edges[Int(start[group])..<Int(start[group + 1])]
  }
}

/// Collects the groups of a problem: by company and mission, then by mission. Counts first and fills
/// then, so that nothing is sorted but the few groups there are.
struct GroupMaker {
  private let instance: Instance
  private(set) var start: FlatStack<Int32>
  private(set) var edges: FlatStack<Int32>
  private(set) var limit: FlatStack<Int32>
  private(set) var cost: FlatStack<Int64>
  private(set) var mission: FlatStack<Int32>
  private(set) var company: FlatStack<Int32>
  private(set) var lost: Int64 = 0
  /// By mission.
  private let members: Flat<Int32>
  private let next: Flat<Int32>

  init(_ instance: Instance) {
    self.instance = instance
    start = FlatStack(capacity: 64)
    edges = FlatStack(capacity: 64)
    limit = FlatStack(capacity: 64)
    cost = FlatStack(capacity: 64)
    mission = FlatStack(capacity: 64)
    company = FlatStack(capacity: 64)
    members = .filled(0, instance.missionCount)
    next = .filled(-1, instance.missionCount)
    start.push(0)
  }

  /// Leaves what was collected to whoever took it.
  func deallocate() {
    members.deallocate()
    next.deallocate()
  }

  var count: Int { limit.count }

  /// Companies that could send more people to a mission than they may.
  mutating func addCaps(_ reduced: ReducedInstance, cap: Int32, groupOf: Flat<Int32>) {
    let volunteers = byCompany()
    let used = reduced.usedPlaces.filter { $0.key.company >= 0 }.sorted {
      ($0.key.company, $0.key.mission) < ($1.key.company, $1.key.mission)
    }
    var usedAt = 0
    var touched = FlatStack<Int32>(capacity: 256)
    var full: [Int32] = []
    defer { touched.deallocate() }
    var low = 0
    while low < volunteers.count {
      let own = instance.company[Int(volunteers[low])]
      var high = low
      while high < volunteers.count, instance.company[Int(volunteers[high])] == own { high += 1 }
      touched.removeAll()
      for index in low..<high {
        forEachEdge(of: volunteers[index]) { _, mission in
          if members[mission] == 0 { touched.push(mission) }
          members[mission] += 1
        }
      }
      // What the settled pairs take of each cap.
      while usedAt < used.count, used[usedAt].key.company < own { usedAt += 1 }
      let firstUsed = usedAt
      while usedAt < used.count, used[usedAt].key.company == own {
        next[used[usedAt].key.mission] = used[usedAt].value
        usedAt += 1
      }
      full.removeAll(keepingCapacity: true)
      for index in 0..<touched.count {
        let mission = touched[index]
        if members[mission] > cap - max(0, next[mission]) { full.append(mission) }
      }
      full.sort()
      let first = Int32(count)
      for mission in full {
        add(
          limit: cap - max(0, next[mission]), cost: 0, mission: mission, company: own,
          size: members[mission])
      }
      for index in firstUsed..<usedAt { next[used[index].key.mission] = -1 }
      for index in full.indices { next[full[index]] = first + Int32(index) }
      if !full.isEmpty {
        for index in low..<high {
          forEachEdge(of: volunteers[index]) { edge, mission in
            let group = next[mission]
            if group >= 0 {
              groupOf[edge] = group
              fill(group, edge)
            }
          }
        }
      }
      for mission in full { next[mission] = -1 }
      for index in 0..<touched.count { members[touched[index]] = 0 }
      low = high
    }
  }

  /// Missions that should have a job seeker and have none yet.
  mutating func addSeekers(_ reduced: ReducedInstance, penalty: Int64, groupOf: Flat<Int32>) {
    members.update(repeating: 0, count: instance.missionCount)
    forEachSeekerEdge { _, mission in members[mission] += 1 }
    for mission in 0..<instance.missionCount
    where reduced.openToSeekers[mission] && !reduced.hasSeeker[mission] {
      if members[mission] == 0 {
        lost += penalty
        continue
      }
      next[mission] = Int32(count)
      add(limit: 1, cost: penalty, mission: Int32(mission), company: -1, size: members[mission])
    }
    forEachSeekerEdge { edge, mission in
      let group = next[mission]
      if group >= 0 {
        groupOf[edge] = group
        fill(group, edge)
      }
    }
    next.update(repeating: -1, count: instance.missionCount)
  }

  /// Missions below their minimum team.
  mutating func addTeams(_ reduced: ReducedInstance, cost: Int64, groupOf: Flat<Int32>) {
    members.update(repeating: 0, count: instance.missionCount)
    for edge in 0..<instance.edgeCount {
      members[instance.roleMission[Int(instance.edgeRole[edge])]] += 1
    }
    for mission in 0..<instance.missionCount {
      let wanted = Int32(instance.minimumTeam(ofMission: mission)) - reduced.teamSize[mission]
      if wanted <= 0 { continue }
      if members[mission] == 0 {
        lost += Int64(wanted) * cost
        continue
      }
      groupOf[mission] = Int32(count)
      add(limit: wanted, cost: cost, mission: Int32(mission), company: -2, size: members[mission])
    }
    for edge in 0..<instance.edgeCount {
      let group = groupOf[instance.roleMission[Int(instance.edgeRole[edge])]]
      if group >= 0 { fill(group, Int32(edge)) }
    }
  }

  /// The volunteers with a company, by company and number.
  private func byCompany() -> [Int32] {
    var first = [Int32](repeating: 0, count: instance.companyCount + 1)
    for company in instance.company where company >= 0 { first[Int(company) + 1] += 1 }
    for company in 0..<instance.companyCount { first[company + 1] += first[company] }
    var volunteers = [Int32](repeating: 0, count: Int(first[instance.companyCount]))
    for volunteer in 0..<instance.volunteerCount where instance.company[volunteer] >= 0 {
      let company = Int(instance.company[volunteer])
      volunteers[Int(first[company])] = Int32(volunteer)
      first[company] += 1
    }
    return volunteers
  }

  @inline(__always)
  private func forEachEdge(of volunteer: Int32, _ body: (Int32, Int32) -> Void) {
    let range = instance.edgeStart[Int(volunteer)]..<instance.edgeStart[Int(volunteer) + 1]
    for edge in range {
      body(edge, instance.roleMission[Int(instance.edgeRole[Int(edge)])])
    }
  }

  @inline(__always)
  private func forEachSeekerEdge(_ body: (Int32, Int) -> Void) {
    for volunteer in 0..<instance.volunteerCount
    where instance.seeker[volunteer] && instance.capacity[volunteer] > 0 {
      for edge in instance.edgeStart[volunteer]..<instance.edgeStart[volunteer + 1] {
        let role = Int(instance.edgeRole[Int(edge)])
        if instance.roleSeats[role] > 0 { body(edge, Int(instance.roleMission[role])) }
      }
    }
  }

  /// A group of `size` edges, to be filled next.
  private mutating func add(
    limit: Int32, cost: Int64, mission: Int32, company: Int32, size: Int32
  ) {
    self.limit.push(limit)
    self.cost.push(cost)
    self.mission.push(mission)
    self.company.push(company)
    for _ in 0..<size { edges.push(-1) }
    start.push(Int32(edges.count))
  }

  /// Puts the edge behind those the group has; the last place says how many these are.
  @inline(__always)
  private func fill(_ group: Int32, _ edge: Int32) {
    let low = Int(start[Int(group)])
    let last = Int(start[Int(group) + 1]) - 1
    // Until the last edge comes, the last place counts down from -1.
    let held = Int(-1 - edges[last])
    if low + held == last {
      edges.base[last] = edge
    } else {
      edges.base[low + held] = edge
      edges.base[last] -= 1
    }
  }
}

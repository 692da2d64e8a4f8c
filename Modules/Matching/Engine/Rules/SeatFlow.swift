/// How many seats can be filled at all under the company caps: the largest flow from volunteers
/// through the places of their company in a mission to the seats of roles (Ford and Fulkerson 1956).
///
/// Whoever passes through such a place could take any role there that a colleague is eligible for, so
/// that the flow may be larger than any answer; where a mission has one role, it is exact. It sees no
/// affinity, which is why it takes next to no time.
final class SeatFlow {
  private let reduced: ReducedInstance
  private var instance: Instance { reduced.instance }
  private let network: FlowNetwork
  private let groups: Groups
  private let source: Int
  private let sink: Int
  /// The arc that leads from the place of each group to each role of its mission: those of group `g`
  /// begin at `placeStart[g]`.
  private let placeArc: Flat<Int32>
  private let placeStart: Flat<Int32>
  private let placeCount: Int
  /// The first role of each mission; its roles follow each other.
  private let firstRole: [Int32]
  private let volunteerArc: Flat<Int32>
  /// The arc that the cap of each group limits.
  private let capArc: Flat<Int32>
  /// The arc of each edge: to its role, or to the place of its group.
  private let edgeArc: Flat<Int32>
  private let roleArc: Flat<Int32>

  /// More edges than this make the network too large beside what it says.
  static let mostEdges = 6_000_000

  /// `teams` counts seats of missions with a minimum team only, as many as that asks for.
  init(_ reduced: ReducedInstance, groups: Groups, teams: Bool = false) {
    self.reduced = reduced
    self.groups = groups
    let instance = reduced.instance
    let (volunteers, roles, caps) = (
      instance.volunteerCount, instance.roleCount, groups.capCount
    )
    let missions = teams ? instance.missionCount : 0
    let (roleNodes, firstMission) = (volunteers + 2 * caps, volunteers + 2 * caps + roles)
    var missionStart = [Int32](repeating: 0, count: instance.missionCount + 1)
    for mission in instance.roleMission { missionStart[Int(mission) + 1] += 1 }
    for mission in 0..<instance.missionCount { missionStart[mission + 1] += missionStart[mission] }
    firstRole = missionStart
    placeStart = .filled(0, caps + 1)
    for group in 0..<caps {
      let mission = Int(groups.mission[group])
      placeStart[group + 1] = placeStart[group] + missionStart[mission + 1] - missionStart[mission]
    }
    placeCount = Int(placeStart[caps])
    placeArc = .filled(-1, placeCount)
    source = firstMission + missions
    sink = source + 1
    network = FlowNetwork(
      nodes: sink + 1, arcs: instance.edgeCount + firstMission + missions)
    capArc = .filled(-1, caps)
    volunteerArc = .filled(-1, volunteers)
    edgeArc = .filled(-1, instance.edgeCount)
    roleArc = .filled(-1, roles)
    for role in 0..<roles where instance.roleSeats[role] > 0 {
      let mission = Int(instance.roleMission[role])
      if !teams {
        roleArc[role] = add(roleNodes + role, sink, instance.roleSeats[role])
      } else if wanted(mission) > 0 {
        let node = firstMission + mission
        roleArc[role] = add(roleNodes + role, node, instance.roleSeats[role])
      }
    }
    for mission in 0..<missions where wanted(mission) > 0 {
      _ = add(firstMission + mission, sink, wanted(mission))
    }
    for group in 0..<caps {
      capArc[group] = add(volunteers + group, volunteers + caps + group, groups.limit[group])
    }
    for volunteer in 0..<volunteers where instance.capacity[volunteer] > 0 {
      volunteerArc[volunteer] = add(source, volunteer, instance.capacity[volunteer])
      var former: Int32 = -1
      for edge in instance.edges(ofVolunteer: volunteer) {
        let role = instance.edgeRole[edge]
        if roleArc[role] < 0 { continue }
        let group = groups.capOf[edge]
        if group < 0 {
          edgeArc[edge] = add(volunteer, roleNodes + Int(role), 1)
          continue
        }
        // The roles of a mission follow each other.
        if former >= 0, groups.capOf[former] == group {
          edgeArc[edge] = edgeArc[former]
        } else {
          edgeArc[edge] = add(volunteer, volunteers + Int(group), instance.capacity[volunteer])
        }
        former = Int32(edge)
        let at = place(of: group, to: role)
        if placeArc[at] >= 0 {
          network.widen(Int(placeArc[at]), upTo: groups.limit[group])
        } else {
          placeArc[at] = add(volunteers + caps + Int(group), roleNodes + Int(role), 1)
        }
      }
    }
    network.close()
  }

  deinit {
    placeArc.deallocate()
    placeStart.deallocate()
    volunteerArc.deallocate()
    capArc.deallocate()
    edgeArc.deallocate()
    roleArc.deallocate()
  }

  /// Where the arc from the place of the group to the role is.
  @inline(__always)
  private func place(of group: Int32, to role: Int32) -> Int {
    let mission = Int(groups.mission[group])
    return Int(placeStart[group] + role - firstRole[mission])
  }

  private func add(_ tail: Int, _ head: Int, _ room: Int32) -> Int32 {
    Int32(truncatingIfNeeded: network.add(from: tail, to: head, room: room))
  }

  /// How many people the mission still asks for.
  private func wanted(_ mission: Int) -> Int32 {
    max(0, Int32(instance.minimumTeam(ofMission: mission)) - reduced.teamSize[mission])
  }

  /// Starts from the pairs of an answer, which saves most of the way.
  func keep(_ pairs: [Pair]) {
    for pair in pairs {
      guard let edge = instance.edge(of: pair), roleArc[pair.role] >= 0, edgeArc[edge] >= 0 else {
        continue
      }
      var path = [Int(volunteerArc[pair.volunteer]), Int(edgeArc[edge])]
      if groups.capOf[edge] >= 0 {
        let arc = placeArc[place(of: groups.capOf[edge], to: pair.role)]
        path += [Int(capArc[groups.capOf[edge]]), Int(arc)]
      }
      path.append(Int(roleArc[pair.role]))
      _ = network.send(along: path)
    }
  }

  /// Fills the network; returns how much flows, those settled not counted, or nil when stopped first.
  func fill(proceed: () -> Bool) -> Int? {
    guard network.fill(from: source, to: sink, proceed: proceed) else { return nil }
    var filled = 0
    for volunteer in 0..<instance.volunteerCount where volunteerArc[volunteer] >= 0 {
      filled += Int(network.flow(Int(volunteerArc[volunteer])))
    }
    return filled
  }

  /// Pairs that carry the flow, as far as everybody is eligible where it takes them: nearly as many as
  /// flow.
  func pairs() -> [Pair] {
    var pairs: [Pair] = []
    let left = Flat<Int32>.filled(0, placeCount)
    defer { left.deallocate() }
    for at in 0..<placeCount where placeArc[at] >= 0 { left[at] = network.flow(Int(placeArc[at])) }
    for volunteer in 0..<instance.volunteerCount {
      for edge in instance.edges(ofVolunteer: volunteer) where edgeArc[edge] >= 0 {
        if network.flow(Int(edgeArc[edge])) == 0 { continue }
        let role = instance.edgeRole[edge]
        if groups.capOf[edge] >= 0 {
          let at = place(of: groups.capOf[edge], to: role)
          if left[at] == 0 { continue }
          left[at] -= 1
        }
        pairs.append(Pair(volunteer: Int32(volunteer), role: role))
      }
    }
    return pairs
  }
}

/// What no answer can go beyond, whatever its points.
struct Ceiling {
  /// No answer fills more seats.
  var seats: Int
  /// No answer has fewer seats missing below the minimum teams.
  var shortfall: Int
  /// Pairs that fill nearly as many; empty where nothing was worked out.
  var start: [Pair] = []

  /// Whether anything takes time here is up to the size; a clock that is over leaves what is trivial.
  init(_ instance: Instance, keeping known: [Pair], clock: SolveClock) {
    let reduced = ReducedInstance(instance)
    let settled = reduced.settled.count
    let remaining = reduced.instance
    seats = settled + remaining.mostSeatsByRole()
    shortfall = remaining.leastShortfall(reduced)
    if remaining.edgeCount > SeatFlow.mostEdges { return }
    let groups = Groups(reduced, shortfallCost: 0)
    let flow = SeatFlow(reduced, groups: groups)
    flow.keep(known)
    if let filled = flow.fill(proceed: { !clock.isOver }) {
      seats = min(seats, settled + filled)
      start = reduced.settled + flow.pairs()
    }
    if !groups.hasTeams { return }
    let teams = SeatFlow(reduced, groups: groups, teams: true)
    teams.keep(known)
    if let filled = teams.fill(proceed: { !clock.isOver }) {
      let wanted = (0..<remaining.missionCount).reduce(0) {
        $0 + max(0, remaining.minimumTeam(ofMission: $1) - Int(reduced.teamSize[$1]))
      }
      shortfall = max(shortfall, wanted - filled)
    }
  }
}

extension Instance {
  /// The seats that somebody is eligible for, one person counted once in each role.
  fileprivate func mostSeatsByRole() -> Int {
    let volunteers = (0..<volunteerCount).reduce(0) {
      $0 + min(Int(capacity[$1]), edges(ofVolunteer: $1).count)
    }
    var eligible = [Int32](repeating: 0, count: roleCount)
    for role in edgeRole { eligible[Int(role)] += 1 }
    return min(volunteers, (0..<roleCount).reduce(0) { $0 + Int(min(eligible[$1], roleSeats[$1])) })
  }

  /// Seats missing below the minimum teams even when every mission gets all it could.
  fileprivate func leastShortfall(_ reduced: ReducedInstance) -> Int {
    if rules.minimumTeam.isEmpty { return 0 }
    var eligible = [Int32](repeating: 0, count: roleCount)
    for role in edgeRole { eligible[Int(role)] += 1 }
    var reach = reduced.teamSize.map { Int($0) }
    for role in 0..<roleCount {
      reach[Int(roleMission[role])] += Int(min(eligible[role], roleSeats[role]))
    }
    return (0..<missionCount).reduce(0) { $0 + max(0, minimumTeam(ofMission: $1) - reach[$1]) }
  }
}

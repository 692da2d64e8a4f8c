/// What an assignment is worth, counted from the instance.
struct AssignmentFacts {
  var pairs: [Pair] = []
  var affinity: Int64 = 0
  var priorities: Int64 = 0
  var missionsWithoutSeeker = 0
  var penalties: Int64 = 0
  var score = Score(filled: 0, points: 0)

  init(_ chosen: [Pair], of instance: Instance) {
    pairs.reserveCapacity(chosen.count)
    var team = [Int32](repeating: 0, count: instance.missionCount)
    var hasSeeker = [Bool](repeating: false, count: instance.missionCount)
    for pair in chosen.sorted() {
      guard let edge = instance.edge(of: pair) else { continue }
      pairs.append(pair)
      affinity += Int64(instance.edgeWeight[edge])
      priorities += instance.priority(ofRole: Int(pair.role))
      let mission = Int(instance.roleMission[Int(pair.role)])
      team[mission] += 1
      if instance.seeker[Int(pair.volunteer)] { hasSeeker[mission] = true }
    }
    if instance.rules.seekerPenalty > 0 {
      let possible = instance.missionsOpenToSeekers()
      for mission in 0..<instance.missionCount where possible[mission] && !hasSeeker[mission] {
        missionsWithoutSeeker += 1
      }
      penalties = Int64(missionsWithoutSeeker) * instance.rules.seekerPenalty
    }
    var shortfall = 0
    for mission in 0..<instance.missionCount {
      shortfall += max(0, instance.minimumTeam(ofMission: mission) - Int(team[mission]))
    }
    var kept = 0
    if !instance.rules.previous.isEmpty {
      let chosenSet = Set(pairs)
      kept = Set(instance.rules.previous).count { chosenSet.contains($0) }
    }
    score = Score(
      filled: pairs.count, shortfall: shortfall, points: affinity + priorities - penalties,
      kept: kept)
  }
}

extension Instance {
  /// The missions with at least one edge from a job seeker, forbidden or not: the others are exempt
  /// from the seeker rule.
  public func missionsOpenToSeekers() -> [Bool] {
    var open = [Bool](repeating: false, count: missionCount)
    for volunteer in 0..<volunteerCount where seeker[volunteer] {
      for edge in Int(edgeStart[volunteer])..<Int(edgeStart[volunteer + 1]) {
        open[Int(roleMission[Int(edgeRole[edge])])] = true
      }
    }
    return open
  }
}

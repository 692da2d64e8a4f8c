/// Counts over one answer, from which the fairness report is made.
struct FairnessCount {
  private let instance: Instance
  private var rolesHeld: [Int]
  private var teams: [[Int]]
  private(set) var affinities: [Int32] = []
  private(set) var inBestRole = 0
  private var missionAffinity: [Int64]

  init(_ assignment: [Pair], _ instance: Instance) {
    self.instance = instance
    rolesHeld = Array(repeating: 0, count: instance.volunteerCount)
    teams = Array(repeating: [], count: instance.missionCount)
    missionAffinity = Array(repeating: 0, count: instance.missionCount)
    var best = [Bool](repeating: false, count: instance.volunteerCount)
    for pair in assignment {
      guard let edge = instance.edge(of: pair) else { continue }
      let volunteer = Int(pair.volunteer)
      let mission = Int(instance.roleMission[Int(pair.role)])
      let weight = instance.edgeWeight[edge]
      rolesHeld[volunteer] += 1
      teams[mission].append(volunteer)
      missionAffinity[mission] += Int64(weight)
      affinities.append(weight)
      let most = instance.edges(ofVolunteer: volunteer).reduce(0) {
        max($0, instance.edgeWeight[$1])
      }
      if weight == most { best[volunteer] = true }
    }
    inBestRole = best.count { $0 }
  }

  /// Those that can be placed at all by their capacity, and those who are.
  func tally(_ belongs: (Int) -> Bool) -> Tally {
    var tally = Tally(total: 0, reached: 0)
    for volunteer in 0..<instance.volunteerCount
    where instance.capacity[volunteer] > 0 && belongs(volunteer) {
      tally.total += 1
      if rolesHeld[volunteer] > 0 { tally.reached += 1 }
    }
    return tally
  }

  func missionFills() -> [MissionFill] {
    var seats = [Int](repeating: 0, count: instance.missionCount)
    for role in 0..<instance.roleCount {
      seats[Int(instance.roleMission[role])] += Int(instance.roleSeats[role])
    }
    let open = instance.missionsOpenToSeekers()
    return (0..<instance.missionCount).map { mission in
      let team = teams[mission]
      return MissionFill(
        mission: mission, seats: seats[mission], filled: team.count,
        minimumTeam: instance.minimumTeam(ofMission: mission),
        seekers: team.count { instance.seeker[$0] }, couldHaveSeeker: open[mission],
        meanAffinity: team.isEmpty ? nil : Double(missionAffinity[mission]) / Double(team.count),
        largestCompany: perCompany(team).values.max() ?? 0)
    }
  }

  func companyMixes() -> [CompanyMix] {
    var mixes: [Int32: CompanyMix] = [:]
    for volunteer in 0..<instance.volunteerCount
    where instance.company[volunteer] >= 0 && instance.capacity[volunteer] > 0 {
      let company = instance.company[volunteer]
      var mix =
        mixes[company]
        ?? CompanyMix(
          company: Int(company), volunteers: Tally(total: 0, reached: 0), missions: 0,
          mostInOneMission: 0)
      mix.volunteers.total += 1
      if rolesHeld[volunteer] > 0 { mix.volunteers.reached += 1 }
      mixes[company] = mix
    }
    for team in teams {
      for (company, people) in perCompany(team) {
        guard var mix = mixes[company] else { continue }
        mix.missions += 1
        mix.mostInOneMission = max(mix.mostInOneMission, people)
        mixes[company] = mix
      }
    }
    return mixes.values.sorted { $0.company < $1.company }
  }

  private func perCompany(_ team: [Int]) -> [Int32: Int] {
    var counts: [Int32: Int] = [:]
    for volunteer in team where instance.company[volunteer] >= 0 {
      counts[instance.company[volunteer], default: 0] += 1
    }
    return counts
  }
}

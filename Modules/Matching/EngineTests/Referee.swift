import MatchingEngine

/// Judges answers from the rules as they are written; it shares nothing with the solvers.
struct Referee {
  let instance: Instance

  /// The hard rules that the pairs break, in words; empty when they break none.
  func broken(by pairs: [Pair]) -> [String] {
    var found: [String] = []
    let edges = Set(allPairs(of: instance))
    for pair in pairs where !edges.contains(pair) { found.append("\(pair) is not eligible") }
    if Set(pairs).count != pairs.count { found.append("a pair is chosen twice") }
    let perVolunteer = Dictionary(grouping: pairs, by: \.volunteer)
    for (volunteer, own) in perVolunteer where own.count > instance.capacity[Int(volunteer)] {
      found.append("volunteer \(volunteer) has \(own.count) roles")
    }
    for (role, own) in Dictionary(grouping: pairs, by: \.role)
    where own.count > instance.roleSeats[Int(role)] {
      found.append("role \(role) has \(own.count) people")
    }
    for pin in instance.rules.pins where !pairs.contains(pin) { found.append("\(pin) not kept") }
    for pair in instance.rules.forbidden where pairs.contains(pair) {
      found.append("\(pair) is forbidden")
    }
    if let cap = instance.rules.companyCap {
      let employed = pairs.filter { instance.company[Int($0.volunteer)] >= 0 }
      let teams = Dictionary(grouping: employed) { pair in
        [instance.company[Int(pair.volunteer)], instance.roleMission[Int(pair.role)]]
      }
      for (team, own) in teams where own.count > cap {
        found.append("\(own.count) of company \(team[0]) in mission \(team[1])")
      }
    }
    return found
  }

  /// What the pairs are worth, by the rules of the run.
  func score(of pairs: [Pair]) -> Score {
    let rules = instance.rules
    var points: Int64 = 0
    var team = [Int](repeating: 0, count: instance.missionCount)
    var seekers = [Int](repeating: 0, count: instance.missionCount)
    for pair in pairs {
      let edges = Int(instance.edgeStart[Int(pair.volunteer)])..<instance.edgeRole.count
      guard let edge = edges.first(where: { instance.edgeRole[$0] == pair.role }) else { continue }
      points += Int64(instance.edgeWeight[edge])
      if !rules.rolePriority.isEmpty { points += Int64(rules.rolePriority[Int(pair.role)]) }
      let mission = Int(instance.roleMission[Int(pair.role)])
      team[mission] += 1
      if instance.seeker[Int(pair.volunteer)] { seekers[mission] += 1 }
    }
    var shortfall = 0
    for mission in 0..<instance.missionCount {
      if open[mission] && seekers[mission] == 0 { points -= rules.seekerPenalty }
      if !rules.minimumTeam.isEmpty {
        shortfall += max(0, Int(rules.minimumTeam[mission]) - team[mission])
      }
    }
    let kept = Set(rules.previous).intersection(pairs).count
    return Score(filled: pairs.count, shortfall: shortfall, points: points, kept: kept)
  }

  init(_ instance: Instance) {
    self.instance = instance
    open = [Bool](repeating: false, count: instance.missionCount)
    for pair in allPairs(of: instance) where instance.seeker[Int(pair.volunteer)] {
      open[Int(instance.roleMission[Int(pair.role)])] = true
    }
  }

  /// The missions that could have a job seeker.
  private var open: [Bool]
}

/// The best answer by trying them all: obviously right, and slow.
struct Exhaustive {
  private let referee: Referee
  private let pairs: [Pair]
  private var chosen: [Pair] = []
  private var capacity: [Int32]
  private var seats: [Int32]
  private(set) var best: Score?
  private(set) var bestPairs: [Pair] = []

  init(_ instance: Instance) {
    referee = Referee(instance)
    pairs = allPairs(of: instance)
    capacity = instance.capacity
    seats = instance.roleSeats
    search(from: 0)
  }

  private mutating func search(from index: Int) {
    if index == pairs.count {
      guard referee.broken(by: chosen).isEmpty else { return }
      let score = referee.score(of: chosen)
      if let best, !(best < score) { return }
      best = score
      bestPairs = chosen
      return
    }
    let (volunteer, role) = (Int(pairs[index].volunteer), Int(pairs[index].role))
    if capacity[volunteer] > 0, seats[role] > 0 {
      capacity[volunteer] -= 1
      seats[role] -= 1
      chosen.append(pairs[index])
      search(from: index + 1)
      chosen.removeLast()
      capacity[volunteer] += 1
      seats[role] += 1
    }
    search(from: index + 1)
  }
}

extension Instance {
  /// What an answer is worth in points with all bonuses.
  func worth(_ pairs: [Pair], terms: Terms) -> Int64 {
    let facts = AssignmentFacts(pairs, of: self)
    return terms.bonus * Int64(facts.score.filled) + facts.score.points
      - terms.shortfallCost * Int64(facts.score.shortfall)
  }

  /// Whether the pairs keep every hard rule; each pair is an edge.
  func allows(_ pairs: [Pair]) -> Bool {
    var capacity = capacity
    var seats = roleSeats
    var places: [TeamKey: Int32] = [:]
    for pair in pairs {
      let (volunteer, role) = (Int(pair.volunteer), Int(pair.role))
      capacity[volunteer] -= 1
      seats[role] -= 1
      if capacity[volunteer] < 0 || seats[role] < 0 { return false }
      guard let cap = rules.companyCap, company[volunteer] >= 0 else { continue }
      let count = places[
        TeamKey(company: company[volunteer], mission: roleMission[role]), default: 0]
      if count >= cap { return false }
      places[TeamKey(company: company[volunteer], mission: roleMission[role])] = count + 1
    }
    let locked = rules.pins.count + rules.forbidden.count
    if locked == 0 { return true }
    let chosen = Set(pairs)
    return rules.pins.allSatisfy(chosen.contains)
      && !rules.forbidden.contains(where: chosen.contains)
  }

  /// An answer that keeps every hard rule, in one pass: the pins, then the given pairs, then the
  /// previous answer's, then whoever fits best first.
  func firstAnswer(keeping wanted: [Pair] = []) -> [Pair] {
    var capacity = capacity
    var seats = roleSeats
    var places: [TeamKey: Int32] = [:]
    let forbidden = Set(rules.forbidden)
    var chosen: [Pair] = []
    var taken = Set<Pair>()
    func take(_ pair: Pair) {
      let (volunteer, role) = (Int(pair.volunteer), Int(pair.role))
      if capacity[volunteer] == 0 || seats[role] == 0 || forbidden.contains(pair) { return }
      let team = TeamKey(company: company[volunteer], mission: roleMission[role])
      if team.company >= 0, let cap = rules.companyCap {
        if places[team, default: 0] >= cap { return }
      }
      if !taken.insert(pair).inserted { return }
      places[team, default: 0] += 1
      capacity[volunteer] -= 1
      seats[role] -= 1
      chosen.append(pair)
    }
    for pin in rules.pins { take(pin) }
    for pair in wanted { take(pair) }
    for pair in rules.previous where edge(of: pair) != nil { take(pair) }
    for volunteer in 0..<volunteerCount {
      let range = Int(edgeStart[volunteer])..<Int(edgeStart[volunteer + 1])
      for edge in range.sorted(by: { edgeWeight[$0] > edgeWeight[$1] }) {
        if capacity[volunteer] == 0 { break }
        take(Pair(volunteer: Int32(volunteer), role: edgeRole[edge]))
      }
    }
    return chosen
  }
}

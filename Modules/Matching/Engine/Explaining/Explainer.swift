/// Answers "why?" about one solution: why somebody is where they are, why a seat is empty, why a
/// pair is not part of the answer, and what would have to change.
///
/// The figures come from the prices that prove the solution: they lead to the cheapest chain of moves
/// around a volunteer or role, and nothing is solved again. A strategy without a proof (greedy,
/// stable) is explained by its facts alone, without costs.
public struct Explainer: Sendable {
  /// The one the answer is to, with the rules it was made under.
  public let instance: Instance
  /// The answer that is asked about.
  public let solution: Solution
  let context: ExplanationContext
  /// What every answer to the instance holds: what is locked, and what was kept from an earlier answer.
  let pinned: Set<Int>
  private let kept: Set<Int>
  let forbidden: Set<Int>
  /// The edges each volunteer holds.
  let held: [[Int]]
  /// The volunteers in each role.
  let holders: [[(edge: Int, volunteer: Int)]]
  let teams: [TeamKey: Int]
  let byRole: RoleIndex
  private let prices: ExplanationPrices?
  private let chains: ExplanationChains?
  private let shortages: ExplanationShortages

  /// Reads the solution once; afterwards any number of questions can be asked. `kept` are pins that are
  /// no locks: somebody held on to an earlier answer, and is told so.
  public init(
    _ solution: Solution, of instance: Instance, context: ExplanationContext = ExplanationContext(),
    kept: Set<Pair> = []
  ) {
    self.kept = Set(kept.compactMap(instance.edge(of:)))
    self.instance = instance
    self.solution = solution
    self.context = context
    let prices = ExplanationPrices(solution, of: instance)
    self.prices = prices
    pinned = Set(instance.rules.pins.compactMap(instance.edge(of:)))
    forbidden = Set(instance.rules.forbidden.compactMap(instance.edge(of:)))
    var held = [[Int]](repeating: [], count: instance.volunteerCount)
    var holders = [[(edge: Int, volunteer: Int)]](repeating: [], count: instance.roleCount)
    var teams: [TeamKey: Int] = [:]
    for pair in solution.assignment {
      guard let edge = instance.edge(of: pair) else { continue }
      held[Int(pair.volunteer)].append(edge)
      holders[Int(pair.role)].append((edge, Int(pair.volunteer)))
      if let key = instance.team(of: Int(pair.volunteer), role: Int(pair.role)) {
        teams[key, default: 0] += 1
      }
    }
    let byRole = RoleIndex(instance)
    self.held = held
    self.holders = holders
    self.teams = teams
    self.byRole = byRole
    let (pinned, forbidden) = (pinned, forbidden)
    chains = prices.map {
      ExplanationChains(
        instance, $0, held: held, holders: holders, byRole: byRole, pinned: pinned,
        forbidden: forbidden)
    }
    shortages = ExplanationShortages(
      instance, held: held, byRole: byRole, forbidden: forbidden, pinned: pinned)
  }

  /// Why the pair is or is not part of the answer.
  public func pair(_ pair: Pair) -> PairVerdict {
    guard let edge = instance.edge(of: pair) else {
      return .notEligible(context.exclusions(pair))
    }
    let volunteer = Int(pair.volunteer)
    if held[volunteer].contains(edge) { return .chosen(pinned: isLocked(edge)) }
    if forbidden.contains(edge) { return .forbidden }
    return .outbid(
      cost(ofForcing: edge, of: volunteer).cost, candidate(edge, of: volunteer).obstacles)
  }

  private func isLocked(_ edge: Int) -> Bool { pinned.contains(edge) && !kept.contains(edge) }

  /// Why the volunteer got what they got.
  public func volunteer(_ volunteer: Int) -> VolunteerExplanation {
    let edges = instance.edges(ofVolunteer: volunteer)
    let open = edges.filter { !forbidden.contains($0) }
    let own = held[volunteer]
    let others = open.filter { !own.contains($0) }.map { candidate($0, of: volunteer) }
    let spare = own.count < Int(instance.capacity[volunteer])
    return VolunteerExplanation(
      volunteer: volunteer, capacity: Int(instance.capacity[volunteer]),
      placements: own.map { edge in
        Placement(
          role: Int(instance.edgeRole[edge]), affinity: Int(instance.edgeWeight[edge]),
          pinned: isLocked(edge), kept: kept.contains(edge))
      },
      openRoles: open.count, forbiddenRoles: edges.count - open.count,
      contribution: own.isEmpty ? nil : contribution(of: volunteer, holding: own),
      alternative: cheapest(others),
      seatWanted: spare ? seatWanted(by: others) : nil,
      exclusions: open.isEmpty ? exclusions(ofVolunteer: volunteer) : [])
  }

  /// Why seats of the role stay empty; nil when none does.
  public func emptySeats(ofRole role: Int) -> SeatExplanation? {
    let seats = Int(instance.roleSeats[role])
    guard holders[role].count < seats else { return nil }
    let inRole = Set(holders[role].map(\.volunteer))
    var candidates: [Candidate] = []
    var eligible = 0
    for place in byRole.range(of: role) where !forbidden.contains(Int(byRole.edges[place])) {
      eligible += 1
      let volunteer = Int(byRole.volunteers[place])
      guard !inRole.contains(volunteer) else { continue }
      candidates.append(candidate(Int(byRole.edges[place]), of: volunteer))
    }
    let free = candidates.filter {
      held[$0.volunteer].count < Int(instance.capacity[$0.volunteer])
    }
    return SeatExplanation(
      role: role, mission: Int(instance.roleMission[role]), seats: seats,
      empty: seats - holders[role].count, eligible: eligible,
      shortage: shortages.shortage(of: role),
      keptOutByCap: free.filter { !$0.obstacles.isEmpty }.map(\.volunteer),
      cheapestMove: cheapest(candidates), nearMisses: nearMisses(ofRole: role))
  }

  /// The roles with empty seats, ascending.
  public var rolesWithEmptySeats: [Int] {
    (0..<instance.roleCount).filter { holders[$0].count < Int(instance.roleSeats[$0]) }
  }

  /// A pair that might have been, its cost not yet looked for.
  private struct Candidate {
    var edge: Int
    var volunteer: Int
    var role: Int
    var affinity: Int
    var obstacles: [Obstacle]
  }

  private func candidate(_ edge: Int, of volunteer: Int) -> Candidate {
    let role = Int(instance.edgeRole[edge])
    var obstacles: [Obstacle] = []
    let own = held[volunteer]
    if own.count >= Int(instance.capacity[volunteer]) {
      obstacles.append(.volunteerBusy(roles: own.map { Int(instance.edgeRole[$0]) }))
    }
    let others = holders[role]
    if others.count >= Int(instance.roleSeats[role]) {
      obstacles.append(.roleFull(seats: others.count))
    }
    if let cap = instance.rules.companyCap, let key = instance.team(of: volunteer, role: role),
      teams[key, default: 0] >= Int(cap)
    {
      obstacles.append(
        .companyCap(company: Int(key.company), mission: Int(key.mission), cap: Int(cap)))
    }
    return Candidate(
      edge: edge, volunteer: volunteer, role: role, affinity: Int(instance.edgeWeight[edge]),
      obstacles: obstacles)
  }

  /// What having the pair costs the whole, and the same in the unit of the prices.
  private func cost(ofForcing edge: Int, of volunteer: Int) -> (cost: Cost?, loss: Int64) {
    guard let prices else { return (nil, 0) }
    guard let change = chains?.forcing(edge, of: volunteer) else {
      let slack = prices.slack(of: edge, volunteer: volunteer)
      return (prices.leastCost(ofForcing: edge, volunteer: volunteer), slack)
    }
    return (prices.cost(of: change), -change.worth)
  }

  private func contribution(of volunteer: Int, holding own: [Int]) -> Cost? {
    guard let prices else { return nil }
    guard own.count == 1, let change = chains?.leaving(own[0], of: volunteer) else {
      return prices.leastCost(ofLosing: volunteer, holding: own)
    }
    return prices.cost(of: change)
  }

  private func gain(ofSeatIn role: Int) -> Cost? {
    chains?.seat(in: role).flatMap { prices?.cost(of: $0) }
  }

  /// The pair that costs least; without prices the one that fits best. A pair costs no less than its
  /// slack, so that few have to be looked at.
  private func cheapest(_ candidates: [Candidate]) -> Alternative? {
    func slack(_ candidate: Candidate) -> Int64 {
      prices?.slack(of: candidate.edge, volunteer: candidate.volunteer) ?? 0
    }
    let ordered = candidates.map { (candidate: $0, slack: slack($0)) }.sorted { a, b in
      (a.slack, b.candidate.affinity, a.candidate.edge)
        < (b.slack, a.candidate.affinity, b.candidate.edge)
    }
    var best: (candidate: Candidate, cost: Cost?, loss: Int64)?
    for (candidate, slack) in ordered.prefix(Self.mostCompared) {
      if let best, slack >= best.loss { break }
      let (cost, loss) = cost(ofForcing: candidate.edge, of: candidate.volunteer)
      if let known = best, known.loss <= loss { continue }
      best = (candidate, cost, loss)
    }
    return best.map { best in
      Alternative(
        pair: Pair(volunteer: Int32(best.candidate.volunteer), role: Int32(best.candidate.role)),
        affinity: best.candidate.affinity, cost: best.cost, obstacles: best.candidate.obstacles)
    }
  }

  private static let mostCompared = 6

  /// Somebody with capacity left would take a further seat of any of these roles that is full.
  private func seatWanted(by candidates: [Candidate]) -> SeatValue? {
    let full = candidates.filter { candidate in
      candidate.obstacles.count == 1
        && candidate.obstacles.contains { if case .roleFull = $0 { true } else { false } }
    }
    // The dearest seat is the one whose lack costs most.
    let best = full.max { a, b in
      let (first, second) = (prices?.price(of: a.role) ?? 0, prices?.price(of: b.role) ?? 0)
      if first != second { return first < second }
      return a.affinity == b.affinity ? a.edge > b.edge : a.affinity < b.affinity
    }
    return best.map { SeatValue(role: $0.role, gain: gain(ofSeatIn: $0.role)) }
  }

  private func exclusions(ofVolunteer volunteer: Int) -> [ExclusionCount] {
    var counts: [Phrase: Int] = [:]
    for role in 0..<instance.roleCount {
      let pair = Pair(volunteer: Int32(volunteer), role: Int32(role))
      if instance.edge(of: pair) != nil { continue }
      for rule in context.exclusions(pair) { counts[rule, default: 0] += 1 }
    }
    return sorted(counts)
  }

  /// Those with capacity left whom exactly one rule keeps from the role, counted by that rule.
  private func nearMisses(ofRole role: Int) -> [ExclusionCount] {
    var counts: [Phrase: Int] = [:]
    for volunteer in 0..<instance.volunteerCount
    where held[volunteer].count < Int(instance.capacity[volunteer]) {
      let pair = Pair(volunteer: Int32(volunteer), role: Int32(role))
      guard instance.edge(of: pair) == nil else { continue }
      let rules = context.exclusions(pair)
      if rules.count == 1 { counts[rules[0], default: 0] += 1 }
    }
    return sorted(counts)
  }

  private func sorted(_ counts: [Phrase: Int]) -> [ExclusionCount] {
    counts.map { ExclusionCount(rule: $0.key, count: $0.value) }.sorted {
      $0.count == $1.count ? $0.rule.english < $1.rule.english : $0.count > $1.count
    }
  }
}

extension Instance {
  /// The company and mission that the company cap would count the pair for; nil for none.
  func team(of volunteer: Int, role: Int) -> TeamKey? {
    guard company[volunteer] >= 0 else { return nil }
    return TeamKey(company: company[volunteer], mission: roleMission[role])
  }
}

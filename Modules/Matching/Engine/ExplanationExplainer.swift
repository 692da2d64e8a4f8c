/// Answers "why?" about one solution: why somebody is where they are, why a seat is empty, why a
/// pair is not part of the answer, and what would have to change.
///
/// The figures come from the prices that prove the solution: they lead to the cheapest chain of moves
/// around a volunteer or role, and nothing is solved again. A strategy without a proof (greedy,
/// stable) is explained by its facts alone, without costs.
public struct Explainer: Sendable {
  public let instance: Instance
  public let solution: Solution
  let context: ExplanationContext
  let pinned: Set<Int>
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

  /// Reads the solution once; afterwards any number of questions can be asked.
  public init(
    _ solution: Solution, of instance: Instance, context: ExplanationContext = ExplanationContext()
  ) {
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
    if held[volunteer].contains(edge) { return .chosen(pinned: pinned.contains(edge)) }
    if forbidden.contains(edge) { return .forbidden }
    let alternative = alternative(edge, of: volunteer)
    return .outbid(alternative.cost, alternative.obstacles)
  }

  /// Why the volunteer got what they got.
  public func volunteer(_ volunteer: Int) -> VolunteerExplanation {
    let edges = instance.edges(ofVolunteer: volunteer)
    let open = edges.filter { !forbidden.contains($0) }
    let own = held[volunteer]
    let others = open.filter { !own.contains($0) }.map { alternative($0, of: volunteer) }
    let spare = own.count < Int(instance.capacity[volunteer])
    return VolunteerExplanation(
      volunteer: volunteer, capacity: Int(instance.capacity[volunteer]),
      placements: own.map { edge in
        Placement(
          role: Int(instance.edgeRole[edge]), affinity: Int(instance.edgeWeight[edge]),
          pinned: pinned.contains(edge))
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
    var candidates: [Alternative] = []
    var eligible = 0
    for place in byRole.range(of: role) where !forbidden.contains(Int(byRole.edges[place])) {
      eligible += 1
      let volunteer = Int(byRole.volunteers[place])
      guard !inRole.contains(volunteer) else { continue }
      candidates.append(alternative(Int(byRole.edges[place]), of: volunteer))
    }
    let free = candidates.filter { candidate in
      held[Int(candidate.pair.volunteer)].count
        < Int(instance.capacity[Int(candidate.pair.volunteer)])
    }
    return SeatExplanation(
      role: role, mission: Int(instance.roleMission[role]), seats: seats,
      empty: seats - holders[role].count, eligible: eligible,
      shortage: shortages.shortage(of: role),
      keptOutByCap: free.filter { !$0.obstacles.isEmpty }.map { Int($0.pair.volunteer) },
      cheapestMove: cheapest(candidates), nearMisses: nearMisses(ofRole: role))
  }

  /// The roles with empty seats, ascending.
  public var rolesWithEmptySeats: [Int] {
    (0..<instance.roleCount).filter { holders[$0].count < Int(instance.roleSeats[$0]) }
  }

  private func alternative(_ edge: Int, of volunteer: Int) -> Alternative {
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
    return Alternative(
      pair: Pair(volunteer: Int32(volunteer), role: Int32(role)),
      affinity: Int(instance.edgeWeight[edge]),
      cost: cost(ofForcing: edge, of: volunteer), obstacles: obstacles)
  }

  private func cost(ofForcing edge: Int, of volunteer: Int) -> Cost? {
    guard let prices else { return nil }
    guard let change = chains?.forcing(edge, of: volunteer) else {
      return prices.leastCost(ofForcing: edge, volunteer: volunteer)
    }
    return prices.cost(of: change)
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

  /// The alternative that costs least; without prices the one that fits best.
  private func cheapest(_ alternatives: [Alternative]) -> Alternative? {
    alternatives.min { a, b in
      if let first = a.cost, let second = b.cost,
        (first.seats, first.points) != (second.seats, second.points)
      {
        return (first.seats, first.points) < (second.seats, second.points)
      }
      return a.affinity == b.affinity ? a.pair < b.pair : a.affinity > b.affinity
    }
  }

  /// Somebody with capacity left would take a further seat of any of these roles that is full.
  private func seatWanted(by alternatives: [Alternative]) -> SeatValue? {
    let full = alternatives.filter { alternative in
      alternative.obstacles.count == 1
        && alternative.obstacles.contains { if case .roleFull = $0 { true } else { false } }
    }
    // The dearest seat is the one whose lack costs most.
    let best = full.max { a, b in
      let (first, second) = (prices?.price(of: a.role) ?? 0, prices?.price(of: b.role) ?? 0)
      if first != second { return first < second }
      return a.affinity == b.affinity ? a.pair > b.pair : a.affinity < b.affinity
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

extension Alternative {
  fileprivate var role: Int { Int(pair.role) }
}

extension Instance {
  /// The company and mission that the company cap would count the pair for; nil for none.
  func team(of volunteer: Int, role: Int) -> TeamKey? {
    guard company[volunteer] >= 0 else { return nil }
    return TeamKey(company: company[volunteer], mission: roleMission[role])
  }
}

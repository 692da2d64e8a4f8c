import MatchingEngine

/// Recomputes the bound of a certificate from the instance alone: weak duality, written out.
///
/// With prices of 0 or more on seats (p), capacities (u), company places (c), and rewards for job
/// seekers (r) and team members (t), every answer is worth at most
///
///     Σ seats·p + Σ capacity·u + Σ max(0, worth − p − u) + cap·Σ c − Σ min(r, penalty) − Σ team·t
///
/// where the worth of a pair contains what it pays and earns; a pinned pair counts with its sign, and
/// one that can never be chosen (forbidden, or without seat or capacity) not at all.
struct CertificateVerifier {
  let instance: Instance
  let certificate: Certificate

  /// What is wrong with the prices themselves.
  var flaw: String? {
    let c = certificate
    if c.scale < 1 || c.seatBonus < 0 || c.shortfallCost < 0 || c.pointFactor < 1 {
      return "the units are out of range"
    }
    if c.rolePrice.count != instance.roleCount { return "one price per role is needed" }
    if c.volunteerUtility.count != instance.volunteerCount { return "one utility per volunteer" }
    for list in [c.rolePrice, c.volunteerUtility, c.seekerReward, c.teamReward]
    where list.contains(where: { $0 < 0 }) { return "a price is negative" }
    if c.companyPrices.contains(where: { $0.price < 0 }) { return "a company price is negative" }
    if !c.companyPrices.isEmpty, instance.rules.companyCap == nil {
      return "a company pays although there is no cap"
    }
    let teams = c.companyPrices.map { [$0.company, $0.mission] }
    if Set(teams).count != teams.count { return "a company pays twice in one mission" }
    for (name, list) in [("seeker", c.seekerReward), ("team", c.teamReward)]
    where !list.isEmpty && list.count != instance.missionCount {
      return "one \(name) reward per mission, or none"
    }
    return nil
  }

  /// No answer is worth more, in `1 / scale`.
  func bound() -> Int64 {
    let c = certificate
    let rules = instance.rules
    var total: Int64 = 0
    for (seats, price) in zip(instance.roleSeats, c.rolePrice) { total += Int64(seats) * price }
    for (units, price) in zip(instance.capacity, c.volunteerUtility) {
      total += Int64(units) * price
    }
    let pins = Set(rules.pins)
    let forbidden = Set(rules.forbidden)
    for (edge, pair) in allPairs(of: instance).enumerated()
    where !forbidden.contains(pair) && instance.roleSeats[Int(pair.role)] > 0
      && instance.capacity[Int(pair.volunteer)] > 0
    {
      let left =
        worth(of: pair, weight: instance.edgeWeight[edge]) - c.rolePrice[Int(pair.role)]
        - c.volunteerUtility[Int(pair.volunteer)]
      total += pins.contains(pair) ? left : max(0, left)
    }
    for company in c.companyPrices { total += Int64(rules.companyCap ?? 0) * company.price }
    let penalty = rules.seekerPenalty * c.pointFactor * c.scale
    var open = Set<Int32>()
    for pair in allPairs(of: instance) where instance.seeker[Int(pair.volunteer)] {
      open.insert(instance.roleMission[Int(pair.role)])
    }
    for (mission, reward) in c.seekerReward.enumerated() where open.contains(Int32(mission)) {
      total -= min(reward, penalty)
    }
    let missing = c.shortfallCost * c.scale
    for (mission, reward) in c.teamReward.enumerated() {
      let team = rules.minimumTeam.isEmpty ? 0 : Int64(rules.minimumTeam[mission])
      total -= team * min(reward, missing)
    }
    return total
  }

  /// What a score is worth, in `1 / scale`.
  func worth(of score: Score) -> Int64 {
    let c = certificate
    let seats = c.seatBonus * Int64(score.filled) - c.shortfallCost * Int64(score.shortfall)
    return (seats + score.points * c.pointFactor + Int64(score.kept)) * c.scale
  }

  private func worth(of pair: Pair, weight: Int32) -> Int64 {
    let c = certificate
    let rules = instance.rules
    let mission = instance.roleMission[Int(pair.role)]
    var points = Int64(weight)
    if !rules.rolePriority.isEmpty { points += Int64(rules.rolePriority[Int(pair.role)]) }
    var worth = c.seatBonus + points * c.pointFactor
    if rules.previous.contains(pair) { worth += 1 }
    worth *= c.scale
    let company = instance.company[Int(pair.volunteer)]
    if company >= 0, let own = companyPrice[[company, mission]] { worth -= own }
    if instance.seeker[Int(pair.volunteer)], !c.seekerReward.isEmpty {
      worth += c.seekerReward[Int(mission)]
    }
    if !c.teamReward.isEmpty { worth += c.teamReward[Int(mission)] }
    return worth
  }

  init(_ instance: Instance, _ certificate: Certificate) {
    self.instance = instance
    self.certificate = certificate
    var prices: [[Int32]: Int64] = [:]
    for own in certificate.companyPrices { prices[[own.company, own.mission]] = own.price }
    companyPrice = prices
  }

  private let companyPrice: [[Int32]: Int64]

  /// How many seats can be filled at most by the cut, if there is one.
  var cutLimit: Int? {
    guard let cut = certificate.fillProof else { return nil }
    var limit = 0
    for volunteer in 0..<instance.volunteerCount where !cut.nearVolunteers[volunteer] {
      limit += Int(instance.capacity[volunteer])
    }
    for role in 0..<instance.roleCount where cut.nearRoles[role] {
      limit += Int(instance.roleSeats[role])
    }
    for pair in allPairs(of: instance)
    where cut.nearVolunteers[Int(pair.volunteer)] && !cut.nearRoles[Int(pair.role)] { limit += 1 }
    return limit
  }
}

/// The duals of a solution, as costs of changing it.
///
/// For the prices of a certificate, an answer that contains a pair loses at least the pair's slack
/// (price of the seat plus utility of the volunteer minus what the pair is worth) against the
/// bound, and one without a chosen pair at least that pair's surplus. Less the distance from the
/// bound to the answer, this is what the change costs at least: nothing is solved again.
struct ExplanationPrices {
  private let instance: Instance
  private let certificate: Certificate
  private var rolePrice: [Int64]
  private var volunteerUtility: [Int64]
  /// From the bound to the answer, in the unit of the prices.
  private var distance: Int64 = 0
  private let companyPrice: [TeamKey: Int64]
  private let previous: Set<Pair>

  /// Nil for a solution without prices.
  init?(_ solution: Solution, of instance: Instance) {
    guard let certificate = solution.certificate,
      certificate.rolePrice.count == instance.roleCount,
      certificate.volunteerUtility.count == instance.volunteerCount, certificate.scale > 0,
      certificate.pointFactor > 0
    else { return nil }
    self.instance = instance
    self.certificate = certificate
    rolePrice = certificate.rolePrice
    volunteerUtility = certificate.volunteerUtility
    previous = Set(instance.rules.previous)
    var companyPrice: [TeamKey: Int64] = [:]
    for price in certificate.companyPrices {
      companyPrice[TeamKey(company: price.company, mission: price.mission)] = price.price
    }
    self.companyPrice = companyPrice
    raisePricesOfNothing()
    distance = max(0, bound() - worth(of: solution.score))
  }

  /// A role without seats and a volunteer without capacity may cost as much as one likes: enough that
  /// no pair with them looks like a bargain.
  private mutating func raisePricesOfNothing() {
    for volunteer in 0..<instance.volunteerCount {
      for edge in instance.edges(ofVolunteer: volunteer) {
        let role = Int(instance.edgeRole[edge])
        let bargain = -slack(of: edge, volunteer: volunteer)
        guard bargain > 0 else { continue }
        if instance.roleSeats[role] == 0 {
          rolePrice[role] += bargain
        } else if instance.capacity[volunteer] == 0 {
          volunteerUtility[volunteer] += bargain
        }
      }
    }
  }

  /// Nothing but seats, capacities and locks: then the cheapest chain of moves is exact.
  var isUncoupled: Bool {
    let rules = instance.rules
    return rules.companyCap == nil && rules.seekerPenalty == 0
      && rules.minimumTeam.allSatisfy { $0 == 0 } && distance < unit
  }

  func price(of role: Int) -> Int64 { rolePrice[role] }
  func utility(of volunteer: Int) -> Int64 { volunteerUtility[volunteer] }

  /// The loss of a chain of moves.
  func cost(of change: ExplanationChains.Change) -> Cost {
    if isUncoupled {
      return Cost(seats: -change.filled, points: -change.points, certainty: .exact)
    }
    let rest = Int64(change.filled) * seat - change.worth
    return Cost(
      seats: -change.filled, points: (rest + (rest < 0 ? -unit / 2 : unit / 2)) / unit,
      certainty: .about)
  }

  /// What the volunteer's leaving costs the whole at least.
  func leastCost(ofLosing volunteer: Int, holding edges: [Int]) -> Cost {
    let surplus = edges.reduce(0) { $0 + max(0, -slack(of: $1, volunteer: volunteer)) }
    return atLeast(
      volunteerUtility[volunteer] * Int64(instance.capacity[volunteer]) + surplus)
  }

  /// What having the pair costs the whole at least.
  func leastCost(ofForcing edge: Int, volunteer: Int) -> Cost {
    atLeast(max(0, slack(of: edge, volunteer: volunteer)))
  }

  /// Price and utility of both ends less what the pair is worth.
  func slack(of edge: Int, volunteer: Int) -> Int64 {
    let role = Int(instance.edgeRole[edge])
    return rolePrice[role] + volunteerUtility[volunteer]
      - worth(of: edge, volunteer: volunteer)
  }

  /// What is gained when the pair is added.
  func change(byTaking edge: Int, volunteer: Int) -> ExplanationChains.Change {
    let role = Int(instance.edgeRole[edge])
    return ExplanationChains.Change(
      worth: worth(of: edge, volunteer: volunteer), filled: 1,
      points: Int64(instance.edgeWeight[edge]) + instance.priority(ofRole: role))
  }

  /// What a pair scores and earns less what it pays.
  func worth(of edge: Int, volunteer: Int) -> Int64 {
    let role = instance.edgeRole[edge]
    let mission = instance.roleMission[Int(role)]
    let points = Int64(instance.edgeWeight[edge]) + instance.priority(ofRole: Int(role))
    var worth = certificate.seatBonus + points * certificate.pointFactor
    if !previous.isEmpty, previous.contains(Pair(volunteer: Int32(volunteer), role: role)) {
      worth += 1
    }
    worth *= certificate.scale
    if instance.seeker[volunteer], !certificate.seekerReward.isEmpty {
      worth += certificate.seekerReward[Int(mission)]
    }
    if !certificate.teamReward.isEmpty { worth += certificate.teamReward[Int(mission)] }
    if instance.company[volunteer] >= 0, !companyPrice.isEmpty {
      let key = TeamKey(company: instance.company[volunteer], mission: mission)
      worth -= companyPrice[key] ?? 0
    }
    return worth
  }

  /// What no answer is worth more than, by weak duality.
  private func bound() -> Int64 {
    let rules = instance.rules
    var bound: Int64 = 0
    for role in 0..<instance.roleCount {
      bound += Int64(instance.roleSeats[role]) * rolePrice[role]
    }
    let forbidden = Set(rules.forbidden.compactMap(instance.edge(of:)))
    let pinned = Set(rules.pins.compactMap(instance.edge(of:)))
    for volunteer in 0..<instance.volunteerCount {
      bound += Int64(instance.capacity[volunteer]) * volunteerUtility[volunteer]
      for edge in instance.edges(ofVolunteer: volunteer) where !forbidden.contains(edge) {
        let surplus = -slack(of: edge, volunteer: volunteer)
        bound += pinned.contains(edge) ? surplus : max(0, surplus)
      }
    }
    for price in companyPrice.values { bound += Int64(rules.companyCap ?? 0) * price }
    for (reward, isOpen) in zip(certificate.seekerReward, instance.missionsOpenToSeekers())
    where isOpen { bound -= min(reward, rules.seekerPenalty * unit) }
    for (mission, reward) in certificate.teamReward.enumerated() {
      let most = min(reward, certificate.shortfallCost * certificate.scale)
      bound -= most * Int64(instance.minimumTeam(ofMission: mission))
    }
    return bound
  }

  private func worth(of score: Score) -> Int64 {
    var worth = certificate.seatBonus * Int64(score.filled)
    worth -= certificate.shortfallCost * Int64(score.shortfall)
    return (worth + score.points * certificate.pointFactor + Int64(score.kept)) * certificate.scale
  }

  /// A point and a filled seat, in the unit of the prices.
  private var unit: Int64 { certificate.scale * certificate.pointFactor }
  private var seat: Int64 { certificate.scale * max(1, certificate.seatBonus) }

  /// An amount less the distance, as the number of seats it is nearest to and the rest in points.
  private func atLeast(_ amount: Int64) -> Cost {
    let proved = max(0, amount - distance)
    let seats = (proved + seat / 2) / seat
    let rest = proved - seats * seat
    // Points are whole, so a part of one counts as one.
    let points = rest > 0 ? (rest + unit - 1) / unit : rest / unit
    return Cost(seats: Int(seats), points: points, certainty: .atLeast)
  }
}

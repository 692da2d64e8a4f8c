extension Relaxation {
  /// The prices as a certificate of the problem with its rules.
  func certificate(of weighted: WeightedInstance) -> Certificate {
    var certificate = market.certificate(bonus: terms.bonus, fill: nil)
    certificate.pointFactor = weighted.factor
    certificate.shortfallCost = terms.shortfallCost
    let missions = reduced.instance.missionCount
    if reduced.instance.rules.seekerPenalty > 0 {
      certificate.seekerReward = Array(repeating: 0, count: missions)
    }
    if groups.hasTeams { certificate.teamReward = Array(repeating: 0, count: missions) }
    for group in 0..<groups.count where multiplier[group] != 0 {
      let mission = Int(groups.mission[group])
      switch groups.company[group] {
      case -1: certificate.seekerReward[mission] = multiplier[group]
      case -2: certificate.teamReward[mission] = multiplier[group]
      default:
        certificate.companyPrices.append(
          CompanyPrice(
            company: groups.company[group], mission: groups.mission[group],
            price: multiplier[group]))
      }
    }
    raisePricesOfNothing(&certificate, in: weighted.instance)
    return certificate
  }

  /// Where the pins leave no seat of a role or no capacity of a volunteer, the price costs nothing:
  /// it counts once for the seat and against it once for the pin. It has to cover all other edges,
  /// which the market did not see.
  private func raisePricesOfNothing(_ certificate: inout Certificate, in full: Instance) {
    let left = reduced.instance
    let locked = Set(full.rules.forbidden).union(full.rules.pins)
    var companyPrice: [TeamKey: Int64] = [:]
    for own in certificate.companyPrices {
      companyPrice[TeamKey(company: own.company, mission: own.mission)] = own.price
    }
    for volunteer in 0..<full.volunteerCount {
      for edge in Int(full.edgeStart[volunteer])..<Int(full.edgeStart[volunteer + 1]) {
        let role = Int(full.edgeRole[edge])
        if left.roleSeats[role] > 0, left.capacity[volunteer] > 0 { continue }
        if locked.contains(Pair(volunteer: Int32(volunteer), role: Int32(role))) { continue }
        let mission = full.roleMission[role]
        var bargain = points(weight: full.edgeWeight[edge], role: role) * scale
        bargain -= certificate.rolePrice[role] + certificate.volunteerUtility[volunteer]
        bargain -= companyPrice[TeamKey(company: full.company[volunteer], mission: mission)] ?? 0
        if full.seeker[volunteer], !certificate.seekerReward.isEmpty {
          bargain += certificate.seekerReward[Int(mission)]
        }
        if !certificate.teamReward.isEmpty { bargain += certificate.teamReward[Int(mission)] }
        if bargain <= 0 { continue }
        if left.roleSeats[role] == 0 {
          certificate.rolePrice[role] += bargain
        } else {
          certificate.volunteerUtility[volunteer] += bargain
        }
      }
    }
  }
}

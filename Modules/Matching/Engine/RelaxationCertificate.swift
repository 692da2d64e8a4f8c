extension Relaxation {
  /// The prices as a certificate of the problem with its rules. A point counts `factor`.
  func certificate(factor: Int64) -> Certificate {
    var certificate = market.certificate(bonus: terms.bonus, fill: nil)
    certificate.pointFactor = factor
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
    return certificate
  }
}

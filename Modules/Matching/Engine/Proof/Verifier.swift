/// Why a certificate proves nothing.
public struct CertificateFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where prices and instance do not fit, in English.
  public let reason: String
  public var description: String { reason }
}

extension Certificate {
  /// What the prices prove, in points with all bonuses: no answer to the instance is worth more.
  ///
  /// Shares nothing with the solvers: it reads the instance, the prices and weak duality only.
  /// Throws `CertificateFailure` when the prices do not fit the instance.
  public func provedBound(for instance: Instance) throws(CertificateFailure) -> Int64 {
    try checkShape(instance)
    let forbidden = Set(instance.rules.forbidden)
    let pins = Set(instance.rules.pins)
    let previous = pointFactor > 1 ? Set(instance.rules.previous) : []
    var companyPrice: [Int64: Int64] = [:]
    var total: Int64 = 0
    for entry in companyPrices {
      let key = Int64(entry.company) * Int64(instance.missionCount) + Int64(entry.mission)
      guard companyPrice.updateValue(entry.price, forKey: key) == nil else {
        throw CertificateFailure(reason: "two prices for company \(entry.company)")
      }
      total += entry.price * Int64(instance.rules.companyCap ?? 0)
    }
    for role in 0..<instance.roleCount {
      total += rolePrice[role] * Int64(instance.roleSeats[role])
    }
    let open = instance.missionsOpenToSeekers()
    for mission in 0..<instance.missionCount {
      // A mission without a seeker loses the penalty, and its reward is never more than that.
      if !seekerReward.isEmpty, open[mission] { total -= seekerReward[mission] }
      if !teamReward.isEmpty {
        total -= teamReward[mission] * Int64(instance.minimumTeam(ofMission: mission))
      }
    }
    for volunteer in 0..<instance.volunteerCount {
      total += volunteerUtility[volunteer] * Int64(instance.capacity[volunteer])
      for edge in Int(instance.edgeStart[volunteer])..<Int(instance.edgeStart[volunteer + 1]) {
        let role = instance.edgeRole[edge]
        let mission = Int(instance.roleMission[Int(role)])
        let pair = Pair(volunteer: Int32(volunteer), role: role)
        var points = Int64(instance.edgeWeight[edge]) + instance.priority(ofRole: Int(role))
        points *= pointFactor
        if previous.contains(pair) { points += 1 }
        var left = (seatBonus + points) * scale
        left -= rolePrice[Int(role)] + volunteerUtility[volunteer]
        if instance.seeker[volunteer], !seekerReward.isEmpty { left += seekerReward[mission] }
        if !teamReward.isEmpty { left += teamReward[mission] }
        if instance.company[volunteer] >= 0, !companyPrice.isEmpty {
          let key =
            Int64(instance.company[volunteer]) * Int64(instance.missionCount) + Int64(mission)
          left -= companyPrice[key] ?? 0
        }
        if pins.contains(pair) {
          total += left
        } else if left > 0, !forbidden.contains(pair) {
          total += left
        }
      }
    }
    return total >= 0 ? total / scale : -((-total + scale - 1) / scale)
  }

  /// How many seats any answer can fill at most by the cut of `fillProof`, or nil without one.
  public func provedFill(for instance: Instance) throws(CertificateFailure) -> Int? {
    guard let proof = fillProof else { return nil }
    guard proof.nearVolunteers.count == instance.volunteerCount,
      proof.nearRoles.count == instance.roleCount
    else { throw CertificateFailure(reason: "the cut does not fit the instance") }
    var most = 0
    for role in 0..<instance.roleCount where proof.nearRoles[role] {
      most += Int(instance.roleSeats[role])
    }
    for volunteer in 0..<instance.volunteerCount {
      if !proof.nearVolunteers[volunteer] {
        most += Int(instance.capacity[volunteer])
        continue
      }
      for edge in Int(instance.edgeStart[volunteer])..<Int(instance.edgeStart[volunteer + 1])
      where !proof.nearRoles[Int(instance.edgeRole[edge])] {
        most += 1
      }
    }
    return most
  }

  /// Checks that the solution keeps the hard rules of the instance and that no answer is better.
  /// Throws `CertificateFailure` saying what is not proved.
  public static func verify(_ instance: Instance, _ solution: Solution)
    throws(CertificateFailure)
  {
    try checkRules(instance, solution.assignment)
    guard let certificate = solution.certificate else {
      throw CertificateFailure(reason: "there is no certificate")
    }
    let facts = Solution(
      strategy: "", status: .feasible, assignment: solution.assignment, of: instance)
    guard facts.score == solution.score else {
      throw CertificateFailure(reason: "the score is \(facts.score), not \(solution.score)")
    }
    if let fill = try certificate.provedFill(for: instance), fill > facts.score.filled {
      throw CertificateFailure(reason: "\(fill) seats might be filled")
    }
    let worth =
      certificate.seatBonus * Int64(facts.score.filled)
      - certificate.shortfallCost * Int64(facts.score.shortfall)
      + certificate.pointFactor * facts.score.points
      + (certificate.pointFactor > 1 ? Int64(facts.score.kept) : 0)
    let bound = try certificate.provedBound(for: instance)
    guard worth <= bound else {
      throw CertificateFailure(reason: "the answer is worth \(worth), more than its bound \(bound)")
    }
    guard worth == bound else {
      throw CertificateFailure(reason: "up to \(bound - worth) points better might exist")
    }
  }

  private func checkShape(_ instance: Instance) throws(CertificateFailure) {
    let missions = instance.missionCount
    guard scale > 0, pointFactor > 0, rolePrice.count == instance.roleCount,
      volunteerUtility.count == instance.volunteerCount,
      seekerReward.isEmpty || seekerReward.count == missions,
      teamReward.isEmpty || teamReward.count == missions
    else { throw CertificateFailure(reason: "the prices do not fit the instance") }
    let penalty = instance.rules.seekerPenalty * pointFactor * scale
    guard rolePrice.allSatisfy({ $0 >= 0 }), volunteerUtility.allSatisfy({ $0 >= 0 }),
      companyPrices.allSatisfy({ $0.price >= 0 }),
      seekerReward.allSatisfy({ $0 >= 0 && $0 <= penalty }),
      teamReward.allSatisfy({ $0 >= 0 && $0 <= shortfallCost * scale })
    else { throw CertificateFailure(reason: "a price is outside its range") }
    guard companyPrices.isEmpty || instance.rules.companyCap != nil else {
      throw CertificateFailure(reason: "company prices without a company cap")
    }
  }

  private static func checkRules(_ instance: Instance, _ pairs: [Pair])
    throws(CertificateFailure)
  {
    var capacity = instance.capacity
    var seats = instance.roleSeats
    var places: [Int64: Int32] = [:]
    let chosen = Set(pairs)
    guard chosen.count == pairs.count else { throw CertificateFailure(reason: "a pair twice") }
    for pair in pairs {
      guard instance.edge(of: pair) != nil else {
        throw CertificateFailure(reason: "\(pair): not eligible")
      }
      let (volunteer, role) = (Int(pair.volunteer), Int(pair.role))
      capacity[volunteer] -= 1
      seats[role] -= 1
      if capacity[volunteer] < 0 { throw CertificateFailure(reason: "\(pair): over capacity") }
      if seats[role] < 0 { throw CertificateFailure(reason: "\(pair): over seats") }
      if let cap = instance.rules.companyCap, instance.company[volunteer] >= 0 {
        let key =
          Int64(instance.company[volunteer]) * Int64(instance.missionCount)
          + Int64(instance.roleMission[role])
        places[key, default: 0] += 1
        if places[key, default: 0] > cap {
          throw CertificateFailure(reason: "\(pair): over the company cap")
        }
      }
    }
    for pin in instance.rules.pins where !chosen.contains(pin) {
      throw CertificateFailure(reason: "pin \(pin) is not kept")
    }
    for pair in instance.rules.forbidden where chosen.contains(pair) {
      throw CertificateFailure(reason: "\(pair) is forbidden")
    }
  }
}

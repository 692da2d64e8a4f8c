// The checks at the door of `Instance`: after them, solvers may index without asking.

extension Instance {
  func checkShape() throws(InstanceError) {
    try checkCounts()
    try checkRoles()
    try checkVolunteers()
    try checkEdges()
  }

  // Written out rather than over a list: a small instance is checked in less time than the first
  // use of a list of named tuples takes.
  private func checkCounts() throws(InstanceError) {
    try checkCount("volunteers", volunteerCount)
    try checkCount("roles", roleCount)
    try checkCount("missions", missionCount)
    try checkCount("companies", companyCount)
    try checkCount("edges", edgeRole.count)
    try checkLength("roleMission", roleMission.count, roleCount)
    try checkLength("company", company.count, volunteerCount)
    try checkLength("seeker", seeker.count, volunteerCount)
    try checkLength("edgeStart", edgeStart.count, volunteerCount + 1)
    try checkLength("edgeWeight", edgeWeight.count, edgeRole.count)
  }

  private func checkCount(_ name: StaticString, _ count: Int) throws(InstanceError) {
    guard count < 0 || count > Instance.countLimit else { return }
    throw InstanceError(.range, at: "\(name)", "\(count) is outside 0 ... \(Instance.countLimit)")
  }

  private func checkLength(_ name: StaticString, _ count: Int, _ expected: Int)
    throws(InstanceError)
  {
    guard count != expected else { return }
    throw InstanceError(.shape, at: "\(name)", "\(count) entries where \(expected) are needed")
  }

  private func checkRoles() throws(InstanceError) {
    var seen = [Bool](repeating: false, count: missionCount)
    var seats: Int64 = 0
    for role in 0..<roleCount {
      let mission = roleMission[role]
      guard mission >= 0, mission < missionCount else {
        throw InstanceError(.unknown, at: "role \(role)", "there is no mission \(mission)")
      }
      if role == 0 || roleMission[role - 1] != mission {
        if seen[Int(mission)] {
          throw InstanceError(
            .shape, at: "role \(role)", "the roles of mission \(mission) are not consecutive")
        }
        seen[Int(mission)] = true
      }
      guard roleSeats[role] >= 0 else {
        throw InstanceError(.range, at: "role \(role)", "\(roleSeats[role]) seats")
      }
      seats += Int64(roleSeats[role])
    }
    if seats > Int64(Instance.countLimit) {
      throw InstanceError(.range, at: "seats", "\(seats) in all, more than \(Instance.countLimit)")
    }
  }

  private func checkVolunteers() throws(InstanceError) {
    var units: Int64 = 0
    for volunteer in 0..<volunteerCount {
      guard capacity[volunteer] >= 0 else {
        throw InstanceError(
          .range, at: "volunteer \(volunteer)", "capacity \(capacity[volunteer])")
      }
      units += Int64(capacity[volunteer])
      guard company[volunteer] >= -1, company[volunteer] < companyCount else {
        throw InstanceError(
          .unknown, at: "volunteer \(volunteer)", "there is no company \(company[volunteer])")
      }
    }
    if units > Int64(Instance.countLimit) {
      throw InstanceError(
        .range, at: "capacity", "\(units) in all, more than \(Instance.countLimit)")
    }
  }

  private func checkEdges() throws(InstanceError) {
    guard edgeStart[0] == 0, Int(edgeStart[volunteerCount]) == edgeRole.count else {
      throw InstanceError(.shape, at: "edgeStart", "does not span the \(edgeRole.count) edges")
    }
    for volunteer in 0..<volunteerCount {
      let low = Int(edgeStart[volunteer])
      let high = Int(edgeStart[volunteer + 1])
      guard low <= high, high <= edgeRole.count else {
        throw InstanceError(.shape, at: "volunteer \(volunteer)", "edgeStart goes backwards")
      }
      var last: Int32 = -1
      for edge in low..<high {
        let role = edgeRole[edge]
        guard role >= 0, role < roleCount else {
          throw InstanceError(.unknown, at: "volunteer \(volunteer)", "there is no role \(role)")
        }
        guard role > last else {
          throw InstanceError(
            role == last ? .duplicate : .shape, at: "volunteer \(volunteer)",
            role == last ? "role \(role) is listed twice" : "role \(role) is not in ascending order"
          )
        }
        last = role
        guard edgeWeight[edge] >= 0, edgeWeight[edge] <= Instance.weightLimit else {
          throw InstanceError(
            .range, at: "volunteer \(volunteer), role \(role)",
            "affinity \(edgeWeight[edge]) is outside 0 ... \(Instance.weightLimit)")
        }
      }
    }
  }

  func checkRules() throws(InstanceError) {
    if let cap = rules.companyCap, cap < 0 {
      throw InstanceError(.range, at: "company cap", "\(cap) is negative")
    }
    guard rules.seekerPenalty >= 0, rules.seekerPenalty <= Rules.penaltyLimit else {
      throw InstanceError(
        .range, at: "seeker penalty",
        "\(rules.seekerPenalty) is outside 0 ... \(Rules.penaltyLimit)")
    }
    try checkList(rules.minimumTeam, named: "minimum team of mission", count: missionCount)
    try checkList(rules.rolePriority, named: "priority of role", count: roleCount)
    for pair in rules.previous {
      guard pair.volunteer >= 0, pair.volunteer < volunteerCount, pair.role >= 0,
        pair.role < roleCount
      else { throw InstanceError(.unknown, at: "previous \(pair)", "there is no such pair") }
    }
    try checkPairs(rules.forbidden, named: "forbidden", mustExist: false)
    try checkPairs(rules.pins, named: "pin", mustExist: true)
    try checkLocks()
  }

  private func checkList(_ list: [Int32], named name: String, count: Int) throws(InstanceError) {
    guard list.isEmpty || list.count == count else {
      throw InstanceError(.shape, at: name, "\(list.count) entries where \(count) are needed")
    }
    for index in list.indices where list[index] < 0 || list[index] > Int32(Instance.weightLimit) {
      throw InstanceError(
        .range, at: "\(name) \(index)", "\(list[index]) is outside 0 ... \(Instance.weightLimit)")
    }
  }

  private func checkPairs(_ pairs: [Pair], named name: String, mustExist: Bool)
    throws(InstanceError)
  {
    if pairs.isEmpty { return }
    var seen = Set<Pair>()
    for pair in pairs {
      guard pair.volunteer >= 0, pair.volunteer < volunteerCount, pair.role >= 0,
        pair.role < roleCount
      else { throw InstanceError(.unknown, at: "\(name) \(pair)", "there is no such pair") }
      if mustExist, edge(of: pair) == nil {
        throw InstanceError(
          .unknown, at: "\(name) \(pair)", "the volunteer is not eligible for the role")
      }
      if !seen.insert(pair).inserted {
        throw InstanceError(.duplicate, at: "\(name) \(pair)", "listed twice")
      }
    }
  }

  /// Refuses pins that break a rule together, naming them all.
  private func checkLocks() throws(InstanceError) {
    if rules.pins.isEmpty { return }
    let forbidden = Set(rules.forbidden)
    var byVolunteer: [Int32: [Pair]] = [:]
    var byRole: [Int32: [Pair]] = [:]
    var byTeam: [TeamKey: [Pair]] = [:]
    for pin in rules.pins {
      if forbidden.contains(pin) {
        throw InstanceError(
          .contradictoryLocks([pin]), at: "pin \(pin)", "the same pair is also forbidden",
          french: "épingle \(inFrench(pin)) : la même paire est aussi interdite")
      }
      let volunteer = Int(pin.volunteer)
      byVolunteer[pin.volunteer, default: []].append(pin)
      byRole[pin.role, default: []].append(pin)
      let mission = roleMission[Int(pin.role)]
      let team = TeamKey(company: company[volunteer], mission: mission)
      if team.company >= 0 { byTeam[team, default: []].append(pin) }
      try refuse(
        byVolunteer[pin.volunteer], over: capacity[volunteer],
        "pins for volunteer \(volunteer), whose capacity is",
        "épingles du volontaire \(volunteer), dont la capacité est")
      try refuse(
        byRole[pin.role], over: roleSeats[Int(pin.role)],
        "pins for role \(pin.role), whose number of seats is",
        "épingles du rôle \(pin.role), dont le nombre de places est")
      if let cap = rules.companyCap {
        try refuse(
          byTeam[team], over: cap,
          "pins of company \(team.company) in mission \(mission), where the company cap is",
          "épingles de l’entreprise \(team.company) dans la mission \(mission), où le plafond est")
      }
    }
  }

  private func refuse(
    _ pins: [Pair]?, over limit: Int32, _ what: String, _ french: String
  ) throws(InstanceError) {
    guard let pins, pins.count > limit else { return }
    let names = pins.map { "(\($0))" }.joined(separator: ", ")
    let namesInFrench = pins.map { "(\(inFrench($0)))" }.joined(separator: ", ")
    throw InstanceError(
      .contradictoryLocks(pins), at: "pins \(names)", "\(pins.count) \(what) \(limit)",
      french: "épingles \(namesInFrench) : \(pins.count) \(french) \(limit)")
  }

  private func inFrench(_ pair: Pair) -> String {
    "volontaire \(pair.volunteer), rôle \(pair.role)"
  }
}

/// The people of one company in one mission.
struct TeamKey: Hashable {
  var company: Int32
  var mission: Int32
}

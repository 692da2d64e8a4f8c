/// One role of a mission, with what the mission asks of everybody copied in: eligibility is tested
/// tens of millions of times.
struct Role: Sendable {
  var mission: Int32
  var seats: Int
  var skill: Int
  var level: Int
  var nice: SkillSet
  /// The zone, or the number of zones for a remote role.
  var place: Int
  var cause: Int
  var languages: UInt32
  var slots: UInt32
  /// The company nobody of which may take the role, or -1.
  var conflict: Int
  /// The company that sponsors the mission, or -1.
  var sponsor: Int
}

/// The missions, roles and companies of an instance: all that volunteers are matched with.
struct World: Sendable {
  let family: Family
  let seed: UInt64
  let zone: Zipf
  let supply: Zipf
  let employer: Zipf
  private(set) var homeZone: [Int] = []
  private(set) var domainSkills: [[Int]] = []
  private(set) var roles: [Role] = []
  /// Roles by skill and place; the place after the last zone is "remote".
  private var buckets: [[Int32]] = []
  private var sponsored: [Int: [Int32]] = [:]

  init(family: Family, seed: UInt64) {
    self.family = family
    self.seed = seed
    zone = Zipf(count: family.zones, shift: 2)
    supply = Zipf(count: family.skills, shift: 3)
    employer = Zipf(count: family.companies, shift: 1)
    makeCompanies()
    makeMissions()
    indexRoles()
  }

  func bucket(skill: Int, place: Int) -> [Int32] { buckets[skill * (family.zones + 1) + place] }

  func sponsored(by company: Int, skill: Int) -> [Int32] {
    sponsored[company * family.skills + skill] ?? []
  }

  private mutating func makeCompanies() {
    for index in 0..<family.companies {
      var stream = RandomStream(seed: seed, kind: .company, index: index)
      homeZone.append(zone.draw(&stream))
      let first = supply.draw(&stream)
      domainSkills.append([first, supply.draw(&stream)])
    }
  }

  /// Skills by how much missions ask for them: nearly, not quite, in the order in which they are
  /// common among volunteers, so that some are scarce.
  private func skillsInDemand() -> [Int] {
    var stream = RandomStream(seed: seed, kind: .order, index: 0)
    var order = Array(0..<family.skills)
    let window = max(3, family.skills / 4)
    for i in 0..<(family.skills - 1) {
      order.swapAt(i, i + stream.below(min(window, family.skills - i)))
    }
    return order
  }

  private mutating func makeMissions() {
    let order = skillsInDemand()
    let demand = Zipf(count: family.skills, shift: 6)
    for mission in 0..<family.missions {
      var stream = RandomStream(seed: seed, kind: .mission, index: mission)
      let cause = stream.below(12)
      let remote = stream.chance(40)
      let zone = zone.draw(&stream)
      let languages: UInt32 = stream.chance(20) ? 2 << UInt32(stream.below(5)) : 1
      var slots: UInt32 = 0
      for _ in 0..<(3 + stream.below(4)) { slots |= 1 << UInt32(stream.below(14)) }
      let conflict = stream.chance(10) ? employer.draw(&stream) : -1
      let sponsor = stream.chance(40) ? employer.draw(&stream) : -1
      let theme = order[demand.draw(&stream)]
      for number in 0..<(2 + stream.below(5)) {
        let onTheme = number > 0 && stream.chance(25)
        let skill = onTheme ? theme : order[demand.draw(&stream)]
        let level = 1 + stream.pick([30, 65, 90, 100])
        var nice = SkillSet()
        for _ in 0..<stream.below(4) { nice.insert(supply.draw(&stream)) }
        let seats = 1 + stream.pick([33, 58, 76, 88, 95, 100])
        roles.append(
          Role(
            mission: Int32(mission), seats: seats, skill: skill, level: level, nice: nice,
            place: remote ? family.zones : zone, cause: cause, languages: languages, slots: slots,
            conflict: conflict, sponsor: sponsor))
      }
    }
  }

  private mutating func indexRoles() {
    buckets = Array(repeating: [], count: family.skills * (family.zones + 1))
    for (index, role) in roles.enumerated() {
      buckets[role.skill * (family.zones + 1) + role.place].append(Int32(index))
      if role.sponsor >= 0 {
        sponsored[role.sponsor * family.skills + role.skill, default: []].append(Int32(index))
      }
    }
  }
}

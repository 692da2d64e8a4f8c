/// A volunteer as drawn, with the stream from which the search for roles goes on.
struct Volunteer {
  var company: Int
  var seeker: Bool
  var zone: Int
  var remote: Bool
  var onSite: Bool
  /// Skill and level, each skill once.
  var skills: [(skill: Int, level: Int)] = []
  var skillSet = SkillSet()
  var languages: UInt32 = 1
  var slots: UInt32 = 0
  var causes: UInt32 = 0
  var capacity: Int
  /// How many roles are looked for.
  var degree: Int
  var stream: RandomStream

  init(index: Int, world: World) {
    var stream = RandomStream(seed: world.seed, kind: .volunteer, index: index)
    company = stream.chance(35) ? -1 : world.employer.draw(&stream)
    if company >= 0 {
      seeker = false
      zone = stream.chance(60) ? world.homeZone[company] : world.zone.draw(&stream)
    } else {
      seeker = stream.chance(35)
      zone = world.zone.draw(&stream)
    }
    remote = stream.chance(70)
    let comes = stream.chance(80)
    onSite = comes || !remote
    for number in 0..<(1 + stream.pick([15, 45, 75, 90, 100])) {
      let ofDomain = number == 0 && company >= 0 && stream.chance(50)
      let skill =
        ofDomain
        ? world.domainSkills[company][stream.below(2)] : world.supply.draw(&stream)
      let level = 1 + stream.pick([10, 30, 60, 85, 100])
      if let known = skills.firstIndex(where: { $0.skill == skill }) {
        skills[known].level = max(skills[known].level, level)
      } else {
        skills.append((skill, level))
        skillSet.insert(skill)
      }
    }
    for bit in 0..<5 where stream.chance(15) { languages |= 2 << UInt32(bit) }
    for bit in 0..<14 where stream.chance(55) { slots |= 1 << UInt32(bit) }
    for _ in 0..<(1 + stream.below(4)) { causes |= 1 << UInt32(stream.below(12)) }
    let x = stream.below(100)
    capacity = x < 93 ? 1 : x < 99 ? 2 : 3
    let family = world.family
    degree = family.degreeLow + stream.below(family.degreeHigh - family.degreeLow + 1)
    self.stream = stream
  }
}

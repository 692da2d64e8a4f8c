/// The roles that one volunteer is eligible for, found within the volunteer's degree.
struct EligibleRoles {
  private let world: World
  private let volunteer: Volunteer
  private let noise: UInt64
  private var found: [(role: Int32, weight: Int32)] = []

  /// The edges of the volunteer by ascending role.
  static func of(
    _ volunteer: Volunteer, index: Int, world: World
  ) -> [(role: Int32, weight: Int32)] {
    var search = EligibleRoles(volunteer, index: index, world: world)
    var stream = volunteer.stream
    search.lookAmongSponsored(&stream)
    search.lookAmongListed(&stream)
    search.found.sort { $0.role < $1.role }
    if volunteer.capacity > 1 { search.keepHeaviestOfEachMission() }
    return search.found
  }

  private init(_ volunteer: Volunteer, index: Int, world: World) {
    self.world = world
    self.volunteer = volunteer
    noise = RandomStream(seed: world.seed, kind: .noise, index: index).state
  }

  /// Roles of the missions that the volunteer's company sponsors.
  private mutating func lookAmongSponsored(_ stream: inout RandomStream) {
    guard volunteer.company >= 0 else { return }
    for (skill, level) in volunteer.skills {
      let list = world.sponsored(by: volunteer.company, skill: skill)
      guard !list.isEmpty else { continue }
      let start = stream.below(list.count)
      for step in 0..<min(list.count, volunteer.degree / 4) {
        let role = list[(start + step) % list.count]
        let place = world.roles[Int(role)].place
        let reachable =
          place == world.family.zones
          ? volunteer.remote : volunteer.onSite && place == volunteer.zone
        if reachable { consider(role, level: level) }
      }
    }
  }

  /// Roles by skill and place: all of them when they are few, else drawn at random.
  private mutating func lookAmongListed(_ stream: inout RandomStream) {
    var lists: [(roles: [Int32], level: Int)] = []
    for (skill, level) in volunteer.skills {
      if volunteer.onSite {
        lists.append((world.bucket(skill: skill, place: volunteer.zone), level))
      }
      if volunteer.remote {
        lists.append((world.bucket(skill: skill, place: world.family.zones), level))
      }
    }
    lists.removeAll { $0.roles.isEmpty }
    let total = lists.reduce(0) { $0 + $1.roles.count }
    if total <= 3 * volunteer.degree {
      for (roles, level) in lists {
        for role in roles where found.count < volunteer.degree { consider(role, level: level) }
      }
      return
    }
    for _ in 0..<(8 * volunteer.degree) {
      if found.count >= volunteer.degree { return }
      // A role drawn again is found already or still not eligible, so nothing need be remembered.
      var position = stream.below(total)
      var list = 0
      while position >= lists[list].roles.count {
        position -= lists[list].roles.count
        list += 1
      }
      consider(lists[list].roles[position], level: lists[list].level)
    }
  }

  /// Adds the role, once, when the volunteer is eligible.
  private mutating func consider(_ index: Int32, level: Int) {
    let role = world.roles[Int(index)]
    guard level >= role.level, volunteer.languages & role.languages != 0 else { return }
    guard role.conflict < 0 || role.conflict != volunteer.company else { return }
    let overlap = (volunteer.slots & role.slots).nonzeroBitCount
    guard overlap >= 2, !found.contains(where: { $0.role == index }) else { return }
    var weight = 10 + 40 * min(level - role.level, 3)
    weight += 50 * role.nice.countShared(with: volunteer.skillSet)
    if volunteer.causes >> UInt32(role.cause) & 1 == 1 { weight += 200 }
    weight += 40 * min(overlap - 2, 3)
    weight += role.place == world.family.zones ? 40 : 80
    if volunteer.company >= 0 && role.sponsor == volunteer.company { weight += 120 }
    let chance = mix(noise &+ golden &* UInt64(index + 1)) >> 32
    weight += Int((chance &* 200) >> 32)
    found.append((index, Int32(weight)))
  }

  /// Nobody can hold two roles of one mission. `found` is by ascending role, so the edges of a
  /// mission follow each other and the first of equal weight has the lowest role.
  private mutating func keepHeaviestOfEachMission() {
    var kept: [(role: Int32, weight: Int32)] = []
    for edge in found {
      let mission = world.roles[Int(edge.role)].mission
      if let last = kept.last, world.roles[Int(last.role)].mission == mission {
        if edge.weight > last.weight { kept[kept.count - 1] = edge }
      } else {
        kept.append(edge)
      }
    }
    found = kept
  }
}

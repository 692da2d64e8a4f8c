/// Consecutive volunteers with their edges, in flat arrays.
struct VolunteerBlock: Sendable {
  var capacity: [Int32] = []
  var company: [Int32] = []
  var seeker: [Bool] = []
  var degree: [Int32] = []
  var role: [Int32] = []
  var weight: [Int32] = []

  init(_ range: Range<Int>, world: World) {
    capacity.reserveCapacity(range.count)
    for index in range {
      let volunteer = Volunteer(index: index, world: world)
      let edges = EligibleRoles.of(volunteer, index: index, world: world)
      capacity.append(Int32(volunteer.capacity))
      company.append(Int32(volunteer.company))
      seeker.append(volunteer.seeker)
      degree.append(Int32(edges.count))
      for edge in edges {
        role.append(edge.role)
        weight.append(edge.weight)
      }
    }
  }
}

/// A whole instance: its text depends on the family and the seed only, whatever the number of
/// tasks that made it.
struct GeneratedInstance {
  static let companyCap = 3
  static let seekerPenalty = 1_000

  let world: World
  let blocks: [VolunteerBlock]
  /// Volunteer and role, by ascending volunteer.
  private(set) var pins: [(volunteer: Int, role: Int32)] = []

  init(family: Family, seed: UInt64, tasks: Int) async {
    let world = World(family: family, seed: seed)
    self.world = world
    let size = 4_096
    let ranges = stride(from: 0, to: family.volunteers, by: size).map {
      $0..<min($0 + size, family.volunteers)
    }
    blocks = await withTaskGroup(of: (Int, VolunteerBlock).self) { group in
      var made = [VolunteerBlock?](repeating: nil, count: ranges.count)
      var next = 0
      func start() {
        guard next < ranges.count else { return }
        let number = next
        let range = ranges[number]
        next += 1
        group.addTask { (number, VolunteerBlock(range, world: world)) }
      }
      for _ in 0..<max(1, tasks) { start() }
      while let (number, block) = await group.next() {
        made[number] = block
        start()
      }
      return made.compactMap { $0 }
    }
    choosePins()
  }

  var edgeCount: Int { blocks.reduce(0) { $0 + $1.role.count } }

  /// Pins the first edge of every fiftieth volunteer that breaks no rule together with those
  /// pinned before.
  private mutating func choosePins() {
    var free = world.roles.map(\.seats)
    var ofCompany: [Int: Int] = [:]
    var volunteer = 0
    for block in blocks {
      var first = 0
      for (local, degree) in block.degree.enumerated() {
        let edges = first..<(first + Int(degree))
        first += Int(degree)
        defer { volunteer += 1 }
        guard volunteer % 50 == 17 else { continue }
        let company = Int(block.company[local])
        let choice = edges.lazy.map { block.role[$0] }.first { role in
          guard free[Int(role)] > 0 else { return false }
          guard company >= 0 else { return true }
          let key = company * world.family.missions + Int(world.roles[Int(role)].mission)
          return ofCompany[key, default: 0] < Self.companyCap
        }
        guard let role = choice else { continue }
        free[Int(role)] -= 1
        if company >= 0 {
          let key = company * world.family.missions + Int(world.roles[Int(role)].mission)
          ofCompany[key, default: 0] += 1
        }
        pins.append((volunteer, role))
      }
    }
  }
}

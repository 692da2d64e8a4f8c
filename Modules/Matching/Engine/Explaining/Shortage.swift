/// Which roles share which shortage of eligible people.
///
/// From every empty seat it walks to all who are eligible for the role and not in it, from each of
/// them to the roles they hold and are not pinned to, and so on. Where the walk ends without meeting anybody who has
/// capacity left, nobody can be moved so that another of the seats it met is filled.
struct ExplanationShortages {
  /// The shortage each role belongs to; nil for none.
  private var group: [Int?]
  private var groups: [Shortage?] = []

  init(
    _ instance: Instance, held: [[Int]], byRole: RoleIndex, forbidden: Set<Int>, pinned: Set<Int>
  ) {
    group = Array(repeating: nil, count: instance.roleCount)
    var filled = [Int](repeating: 0, count: instance.roleCount)
    var chosen = [Bool](repeating: false, count: instance.edgeCount)
    for edges in held {
      for edge in edges {
        filled[Int(instance.edgeRole[edge])] += 1
        chosen[edge] = true
      }
    }
    var groupOfVolunteer = [Int?](repeating: nil, count: instance.volunteerCount)
    // Walks that meet are one: the later joins the earlier's group.
    var joined = DisjointSets()
    for start in 0..<instance.roleCount
    where filled[start] < Int(instance.roleSeats[start]) && group[start] == nil {
      let number = joined.add()
      group[start] = number
      var waiting = [start]
      while let role = waiting.popLast() {
        for place in byRole.range(of: role) {
          let (edge, volunteer) = (byRole.edges[place], byRole.volunteers[place])
          guard !chosen[Int(edge)], !forbidden.contains(Int(edge)) else { continue }
          if let other = groupOfVolunteer[Int(volunteer)] {
            joined.join(number, other)
            continue
          }
          groupOfVolunteer[Int(volunteer)] = number
          if held[Int(volunteer)].count < Int(instance.capacity[Int(volunteer)]) {
            joined.mark(number)
          }
          for own in held[Int(volunteer)] where !pinned.contains(own) {
            let next = Int(instance.edgeRole[own])
            if let other = group[next] {
              joined.join(number, other)
            } else {
              group[next] = number
              waiting.append(next)
            }
          }
        }
      }
    }
    for (volunteer, edges) in held.enumerated() where groupOfVolunteer[volunteer] == nil {
      for edge in edges {
        if let number = group[Int(instance.edgeRole[edge])] { groupOfVolunteer[volunteer] = number }
      }
    }
    collect(instance, filled: filled, groupOfVolunteer: groupOfVolunteer, joined)
  }

  func shortage(of role: Int) -> Shortage? { group[role].flatMap { groups[$0] } }

  private mutating func collect(
    _ instance: Instance, filled: [Int], groupOfVolunteer: [Int?], _ joined: DisjointSets
  ) {
    groups = (0..<joined.count).map { number in
      joined.isMarked(number)
        ? nil : Shortage(roles: [], seats: 0, volunteers: 0, places: 0)
    }
    for role in group.indices {
      guard let number = group[role].map(joined.root) else { continue }
      group[role] = number
      groups[number]?.roles.append(role)
      groups[number]?.seats += Int(instance.roleSeats[role])
      groups[number]?.places += filled[role]
    }
    for number in groupOfVolunteer.compactMap({ $0 }) {
      groups[joined.root(number)]?.volunteers += 1
    }
  }
}

/// Sets that are joined step by step (Galler and Fischer 1964), some of them marked.
struct DisjointSets {
  private var parent: [Int] = []
  private var marked: [Bool] = []

  var count: Int { parent.count }

  mutating func add() -> Int {
    parent.append(parent.count)
    marked.append(false)
    return parent.count - 1
  }

  func root(_ member: Int) -> Int {
    var member = member
    while parent[member] != member { member = parent[member] }
    return member
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (root(a), root(b))
    guard first != second else { return }
    parent[max(first, second)] = min(first, second)
    marked[min(first, second)] = marked[first] || marked[second]
    shorten(a)
    shorten(b)
  }

  mutating func mark(_ member: Int) { marked[root(member)] = true }

  func isMarked(_ member: Int) -> Bool { marked[root(member)] }

  private mutating func shorten(_ member: Int) {
    let top = root(member)
    var member = member
    while parent[member] != top {
      let next = parent[member]
      parent[member] = top
      member = next
    }
  }
}

/// The edges of each role.
struct RoleIndex {
  private let start: [Int]
  let edges: [Int32]
  let volunteers: [Int32]

  init(_ instance: Instance) {
    var start = [Int](repeating: 0, count: instance.roleCount + 1)
    for role in instance.edgeRole { start[Int(role) + 1] += 1 }
    for role in 0..<instance.roleCount { start[role + 1] += start[role] }
    var next = start
    var edges = [Int32](repeating: 0, count: instance.edgeCount)
    var volunteers = edges
    for volunteer in 0..<instance.volunteerCount {
      for edge in instance.edges(ofVolunteer: volunteer) {
        let place = next[Int(instance.edgeRole[edge])]
        next[Int(instance.edgeRole[edge])] += 1
        edges[place] = Int32(edge)
        volunteers[place] = Int32(volunteer)
      }
    }
    self.start = start
    self.edges = edges
    self.volunteers = volunteers
  }

  func range(of role: Int) -> Range<Int> { start[role]..<start[role + 1] }
}

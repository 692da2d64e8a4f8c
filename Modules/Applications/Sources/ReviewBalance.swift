/// Who reviews what: each application by as many reviewers as it needs, all of them allowed to, the
/// work spread as evenly as the conflicts of interest permit, and always the same for the same input.
///
/// A first pass gives each application to those who have least; then work is passed on along chains
/// of reviewers, from one who has more to one who has at least two less, until there is no such
/// chain. No other spread has a smaller sum of squares then (Harvey, Ladner, Lovász and Tamir,
/// "Semi-matchings for bipartite graphs and load balancing", 2006).
struct ReviewBalance {
  struct Case {
    /// How many reviews are still to be given.
    let needed: Int
    /// The positions of the reviewers who may take it and have it not yet, ascending.
    let allowed: [Int]
  }

  private let cases: [Case]
  private var loads: [Int]
  private var given: [[Int]]

  /// - Parameter loads: how many reviews each reviewer has already.
  private init(_ cases: [Case], loads: [Int]) {
    self.cases = cases
    self.loads = loads
    given = cases.map { _ in [] }
  }

  /// For each case the positions of its new reviewers, ascending. A case that needs more than it is
  /// allowed gets all it may.
  static func assigning(_ cases: [Case], loads: [Int]) -> [[Int]] {
    var balance = ReviewBalance(cases, loads: loads)
    balance.fill()
    while balance.improve() {}
    return balance.given.map { $0.sorted() }
  }

  private mutating func fill() {
    // Those with the least choice choose first.
    let order = cases.indices.sorted {
      (cases[$0].allowed.count, $0) < (cases[$1].allowed.count, $1)
    }
    for index in order {
      let takers = cases[index].allowed.sorted { (loads[$0], $0) < (loads[$1], $1) }
      for reviewer in takers.prefix(cases[index].needed) {
        given[index].append(reviewer)
        loads[reviewer] += 1
      }
    }
  }

  /// Passes one review on along the first chain that evens out; false when there is none.
  private mutating func improve() -> Bool {
    let heaviest = loads.indices.sorted { (-loads[$0], $0) < (-loads[$1], $1) }
    for start in heaviest {
      guard let chain = chain(from: start) else { continue }
      for (index, from, to) in chain {
        given[index].removeAll { $0 == from }
        given[index].append(to)
      }
      loads[start] -= 1
      if let end = chain.last?.2 { loads[end] += 1 }
      return true
    }
    return false
  }

  /// Breadth first from a reviewer to one with at least two reviews less.
  private func chain(from start: Int) -> [(Int, Int, Int)]? {
    var reached: [Int: (index: Int, from: Int)] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let from = queue[next]
      next += 1
      for index in cases.indices where given[index].contains(from) {
        for to in cases[index].allowed
        where to != start && reached[to] == nil && !given[index].contains(to) {
          reached[to] = (index, from)
          if loads[to] <= loads[start] - 2 { return path(to: to, reached) }
          queue.append(to)
        }
      }
    }
    return nil
  }

  private func path(
    to end: Int, _ reached: [Int: (index: Int, from: Int)]
  ) -> [(Int, Int, Int)] {
    var steps: [(Int, Int, Int)] = []
    var current = end
    while let step = reached[current] {
      steps.append((step.index, step.from, current))
      current = step.from
    }
    return steps.reversed()
  }
}

/// A basis near the optimum, read off the prices of the relaxed market: rows without a price keep
/// their sum in the basis, the others are joined by edges that cost their volunteer next to nothing.
///
/// Volunteers and roles with the edges between them are a graph, and what is independent in it is a
/// forest with at most one row without price in each tree (Dantzig 1963, chapter 17).
struct LinearStart {
  private let program: LinearProgram
  private(set) var columns: [Int32] = []
  /// Columns that will hardly be in the best answer.
  private(set) var unpromising: [Bool]
  private var parent: [Int32]
  private var isRooted: [Bool]

  init(_ relaxation: Relaxation, _ program: LinearProgram) {
    self.program = program
    parent = (0..<Int32(program.rowCount)).map { $0 }
    isRooted = Array(repeating: false, count: program.rowCount)
    unpromising = Array(repeating: false, count: program.columnCount)
    columns.reserveCapacity(program.rowCount)
    let market = relaxation.market
    let groups = relaxation.groups
    let nothing = relaxation.scale / 4
    for row in 0..<program.rowCount where program.groupOfRow[row] < 0 {
      let price =
        switch program.owner(ofRow: row) {
        case .volunteer(let volunteer): market.utility[volunteer]
        case .role(let role): market.price[role] - market.floor[role]
        }
      if price <= nothing { root(row) }
    }
    // The dearest choices last.
    var loss: [(loss: Int64, edge: Int32)] = []
    loss.reserveCapacity(program.edgeCount)
    for volunteer in 0..<Int32(market.volunteerCount) {
      let utility = market.utility[volunteer]
      for edge in market.edgeStart[volunteer]..<market.edgeStart[volunteer &+ 1] {
        // Who is somewhere stays there: so the start is nearly an answer, too.
        let isHeld = market.holds(volunteer, edge)
        loss.append((isHeld ? -1 : abs(utility - market.value(edge)), edge))
      }
    }
    loss.sort { $0.loss == $1.loss ? $0.edge < $1.edge : $0.loss < $1.loss }
    var isUsed = [Bool](repeating: false, count: program.edgeCount)
    for (_, edge) in loss where join(edge) { isUsed[Int(edge)] = true }
    for (_, edge) in loss.dropFirst(3 * program.rowCount) where !isUsed[Int(edge)] {
      unpromising[Int(edge)] = true
    }
    for row in 0..<program.rowCount where program.groupOfRow[row] < 0 {
      if !isRooted[Int(find(Int32(row)))] { root(row) }
    }
    // A rule with a price has an edge of its own, the one that costs least.
    var cheapest = [Int32](repeating: -1, count: groups.count)
    for (_, edge) in loss.reversed() where !isUsed[Int(edge)] {
      for group in [groups.capOf[edge], groups.seekerOf[edge]] where group >= 0 {
        cheapest[Int(group)] = edge
      }
    }
    for row in 0..<program.rowCount where program.groupOfRow[row] >= 0 {
      let group = Int(program.groupOfRow[row])
      let price = relaxation.multiplier[group]
      let edge = cheapest[group]
      if group >= groups.capCount, price >= groups.cost[group] * relaxation.scale - nothing {
        columns.append(Int32(program.edgeCount + group - groups.capCount))
      } else if price <= nothing || edge < 0 || isUsed[Int(edge)] {
        columns.append(Int32(program.columnCount + row))
      } else {
        isUsed[Int(edge)] = true
        unpromising[Int(edge)] = false
        columns.append(edge)
      }
    }
  }

  private mutating func find(_ row: Int32) -> Int32 {
    var at = row
    while parent[Int(at)] != at {
      parent[Int(at)] = parent[Int(parent[Int(at)])]
      at = parent[Int(at)]
    }
    return at
  }

  private mutating func root(_ row: Int) {
    isRooted[Int(find(Int32(row)))] = true
    columns.append(Int32(program.columnCount + row))
  }

  /// Takes the edge unless it depends on those taken.
  private mutating func join(_ edge: Int32) -> Bool {
    var ends: [Int32] = []
    for entry in program.columnStart[edge]..<program.columnStart[edge &+ 1] {
      let row = program.columnRow[entry]
      if program.groupOfRow[Int(row)] < 0 { ends.append(find(row)) }
    }
    switch ends.count {
    case 2:
      if ends[0] == ends[1] || (isRooted[Int(ends[0])] && isRooted[Int(ends[1])]) { return false }
      parent[Int(ends[1])] = ends[0]
      if isRooted[Int(ends[1])] { isRooted[Int(ends[0])] = true }
    case 1:
      if isRooted[Int(ends[0])] { return false }
      isRooted[Int(ends[0])] = true
    default: return false
    }
    columns.append(edge)
    return true
  }
}

/// Makes whole answers of split ones: whoever is mostly somewhere stays there, as far as there is room.
struct LinearRounding {
  private let relaxation: Relaxation
  private let program: LinearProgram
  /// Edges by what they are worth, the best first.
  private let byWorth: [Int32]
  private let used: Flat<Int32>
  private let chosen: Flat<Bool>

  init(_ relaxation: Relaxation, _ program: LinearProgram) {
    self.relaxation = relaxation
    self.program = program
    byWorth = (0..<Int32(program.edgeCount)).sorted {
      (program.cost[Int($0)], $0) < (program.cost[Int($1)], $1)
    }
    used = .filled(0, program.rowCount)
    chosen = .filled(false, program.edgeCount)
  }

  func deallocate() {
    used.deallocate()
    chosen.deallocate()
  }

  /// An answer worth more than `worth`, near the present amounts of the columns.
  func round(_ simplex: DualSimplex, beating worth: Int64) -> (edges: [Int32], worth: Int64)? {
    used.update(repeating: 0, count: program.rowCount)
    chosen.update(repeating: false, count: program.edgeCount)
    var split: [(edge: Int32, amount: Double)] = []
    for edge in 0..<Int32(program.edgeCount) {
      let amount = simplex.value(Int(edge))
      if amount > 1 - 1e-6 {
        take(edge)
      } else if amount > 1e-6 {
        split.append((edge, amount))
      }
    }
    split.sort { ($1.amount, $0.edge) < ($0.amount, $1.edge) }
    for (edge, _) in split { take(edge) }
    // Where somebody was dropped there is room again.
    if !split.isEmpty { for edge in byWorth where !chosen[edge] { take(edge) } }
    let found = total()
    if found <= worth { return nil }
    return ((0..<Int32(program.edgeCount)).filter { chosen[$0] }, found)
  }

  private func take(_ edge: Int32) {
    let entries = program.columnStart[edge]..<program.columnStart[edge &+ 1]
    for entry in entries {
      let row = Int(program.columnRow[entry])
      if used[row] >= program.high[program.columnCount + row] { return }
    }
    for entry in entries { used[program.columnRow[entry]] += 1 }
    chosen[edge] = true
  }

  /// What the chosen edges are worth with what is missing.
  private func total() -> Int64 {
    var worth = program.constant
    for edge in 0..<program.edgeCount where chosen[edge] { worth -= program.cost[edge] }
    let groups = relaxation.groups
    for row in 0..<program.rowCount {
      let group = Int(program.groupOfRow[row])
      if group < groups.capCount { continue }
      let missing = groups.limit[group] - used[row]
      if missing > 0 { worth -= groups.cost[group] * Int64(missing) }
    }
    return worth
  }
}

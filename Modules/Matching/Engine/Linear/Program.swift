/// The linear relaxation of what is left of a problem with rules: the same problem in which people may
/// be split between roles.
///
/// Columns are the edges, and for each rule that asks for people one column that counts who is
/// missing. Rows are volunteers, roles and rules; every coefficient is 1. Minimised, with the worth of
/// an edge as negative cost. All columns and the sums of all rows are bounded on both sides.
final class LinearProgram {
  let rowCount: Int
  /// The edges come first, then the columns of those who are missing.
  let columnCount: Int
  let edgeCount: Int
  /// The rows of column `j` are `columnRow[columnStart[j] ..< columnStart[j + 1]]`.
  let columnStart: Flat<Int32>
  let columnRow: Flat<Int32>
  /// The columns of row `i` are `rowColumn[rowStart[i] ..< rowStart[i + 1]]`.
  let rowStart: Flat<Int32>
  let rowColumn: Flat<Int32>
  /// Whole points.
  let cost: Flat<Int64>
  /// Of the columns, then of the sums of the rows.
  let low: Flat<Int32>
  let high: Flat<Int32>
  /// The group of each row that is a rule, -1 for volunteers and roles.
  let groupOfRow: [Int32]
  /// What every answer is worth beyond its columns.
  let constant: Int64

  /// Whom a row that is no rule belongs to; these rows come first.
  enum Owner {
    case volunteer(Int)
    case role(Int)
  }
  private let owners: [Owner]

  func owner(ofRow row: Int) -> Owner { owners[row] }

  init(_ relaxation: Relaxation) {
    let instance = relaxation.instance
    let groups = relaxation.groups
    edgeCount = instance.edgeCount
    columnCount = edgeCount + (groups.count - groups.capCount)
    var rows: [(high: Int32, group: Int32)] = []
    var owners: [Owner] = []
    let volunteerRow = Flat<Int32>.filled(-1, instance.volunteerCount)
    let roleRow = Flat<Int32>.filled(-1, instance.roleCount)
    let demand = Flat<Int32>.filled(0, instance.roleCount)
    defer {
      volunteerRow.deallocate()
      roleRow.deallocate()
      demand.deallocate()
    }
    // Who has no more edges than capacity needs no row; nor does a role with seats for all.
    for volunteer in 0..<instance.volunteerCount {
      let degree = instance.edgeStart[volunteer + 1] - instance.edgeStart[volunteer]
      if degree <= instance.capacity[volunteer] { continue }
      volunteerRow[volunteer] = Int32(rows.count)
      rows.append((instance.capacity[volunteer], -1))
      owners.append(.volunteer(volunteer))
    }
    for edge in 0..<edgeCount { demand[Int(instance.edgeRole[edge])] += 1 }
    for role in 0..<instance.roleCount where demand[role] > instance.roleSeats[role] {
      roleRow[role] = Int32(rows.count)
      rows.append((instance.roleSeats[role], -1))
      owners.append(.role(role))
    }
    let firstGroup = Int32(rows.count)
    for group in 0..<groups.count {
      let size = groups.start[group + 1] - groups.start[group]
      let limit = groups.limit[group]
      rows.append((group < groups.capCount ? limit : size + limit, Int32(group)))
    }
    self.owners = owners
    rowCount = rows.count
    groupOfRow = rows.map(\.group)
    low = .filled(0, columnCount + rowCount)
    high = .filled(1, columnCount + rowCount)
    cost = .filled(0, columnCount)
    for row in 0..<rowCount {
      high[columnCount + row] = rows[row].high
      let group = Int(rows[row].group)
      if group >= groups.capCount { low[columnCount + row] = groups.limit[group] }
    }

    columnStart = .filled(0, columnCount + 1)
    var entries = FlatStack<Int32>(capacity: 4 * columnCount)
    let missionOf = instance.roleMission
    for volunteer in 0..<instance.volunteerCount {
      for edge in Int(instance.edgeStart[volunteer])..<Int(instance.edgeStart[volunteer + 1]) {
        let role = Int(instance.edgeRole[edge])
        cost[edge] = -relaxation.points(edge)
        columnStart[edge] = Int32(entries.count)
        if volunteerRow[volunteer] >= 0 { entries.push(volunteerRow[volunteer]) }
        if roleRow[role] >= 0 { entries.push(roleRow[role]) }
        if groups.capOf[edge] >= 0 { entries.push(firstGroup + groups.capOf[edge]) }
        if groups.seekerOf[edge] >= 0 { entries.push(firstGroup + groups.seekerOf[edge]) }
        if groups.hasTeams, groups.teamOf[missionOf[role]] >= 0 {
          entries.push(firstGroup + groups.teamOf[missionOf[role]])
        }
      }
    }
    for group in groups.capCount..<groups.count {
      let column = edgeCount + group - groups.capCount
      columnStart[column] = Int32(entries.count)
      entries.push(firstGroup + Int32(group))
      cost[column] = groups.cost[group]
      high[column] = groups.limit[group]
    }
    columnStart[columnCount] = Int32(entries.count)
    columnRow = entries.base

    rowStart = .filled(0, rowCount + 1)
    rowColumn = .filled(0, entries.count)
    for entry in 0..<entries.count { rowStart[Int(entries[entry]) + 1] += 1 }
    for row in 0..<rowCount { rowStart[row + 1] += rowStart[row] }
    let next = Flat<Int32>.filled(0, rowCount)
    next.update(from: rowStart, count: rowCount)
    for column in 0..<columnCount {
      for entry in columnStart[column]..<columnStart[column + 1] {
        let row = columnRow[entry]
        rowColumn[next[row]] = Int32(column)
        next[row] += 1
      }
    }
    next.deallocate()
    constant = relaxation.settledWorth / relaxation.scale - groups.unavoidable
  }

  deinit {
    columnStart.deallocate()
    columnRow.deallocate()
    rowStart.deallocate()
    rowColumn.deallocate()
    cost.deallocate()
    low.deallocate()
    high.deallocate()
  }

  /// How finely prices are rounded before they prove anything.
  static var grain: Int64 { 64 }

  /// What no whole answer within the bounds of today is worth more than, whatever the prices: weak
  /// duality in whole numbers, so that no rounding of the search can make it wrong.
  func provedWorth(prices: Flat<Double>, low: Flat<Double>, high: Flat<Double>) -> Int64 {
    let grain = LinearProgram.grain
    let rounded = Flat<Int64>.filled(0, rowCount)
    defer { rounded.deallocate() }
    var sum: Int64 = 0
    for row in 0..<rowCount {
      let price = Int64((prices[row] * Double(grain)).rounded())
      rounded[row] = price
      let column = columnCount + row
      sum -= price * Int64(price < 0 ? low[column] : high[column])
    }
    for column in 0..<columnCount {
      var reduced = cost[column] * grain
      for entry in columnStart[column]..<columnStart[column + 1] {
        reduced -= rounded[columnRow[entry]]
      }
      sum += reduced * Int64(reduced > 0 ? low[column] : high[column])
    }
    // The least cost is at least `sum`, and costs are whole points.
    let worth = -sum
    return (worth >= 0 ? worth / grain : -((-worth + grain - 1) / grain)) + constant
  }
}

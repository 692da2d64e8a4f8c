/// The dual simplex method with bounds on everything (Lemke 1954; Koberstein 2005): prices are always
/// right, and what is out of bounds is put right one by one. So bounds may change at any time and it
/// goes on from where it stands, and its prices prove a bound at every moment.
///
/// Leaving rows are chosen by steepest edge (Forrest and Goldfarb 1992); entering columns by a long
/// step that lets others change sides (Maros 2003). As every column has two bounds, a column whose
/// price turns out wrong just changes sides.
final class DualSimplex {
  enum Outcome { case optimal, infeasible, cutOff, unfinished }

  let program: LinearProgram
  let basis: LinearBasis
  let rowCount: Int
  let columnCount: Int
  var total: Int { columnCount + rowCount }
  /// Where a column is: its position in the basis, or `atLow`, `atHigh`.
  let place: Flat<Int32>
  /// The amount of the column in each position.
  let amount: Flat<Double>
  /// What one more of each column costs beyond its prices.
  let reduced: Flat<Double>
  /// Bounds of today, of columns and then of sums of rows.
  let low: Flat<Double>
  let high: Flat<Double>
  private let cost: Flat<Double>
  let weight: Flat<Double>
  /// The prices of the rows.
  let prices: Flat<Double>

  /// The columns of row `i` that may move are `rowColumn[rowStart[i] ..< rowEnd[i]]`.
  private let rowEnd: Flat<Int32>
  private let rowColumn: Flat<Int32>
  private let row: Flat<Double>
  let rowOfColumns: Flat<Double>
  var touched: FlatStack<Int32>
  private let direction: Flat<Double>
  private let steepest: Flat<Double>
  private let flipped: Flat<Double>
  var candidates: FlatStack<Int32>
  private(set) var iterations = 0
  /// Where it stood when it was marked.
  var mark: DualSimplexMark?
  /// How often the basis has been factored.
  private(set) var factorings = 0

  static var atLow: Int32 { -1 }
  static var atHigh: Int32 { -2 }
  private static var tolerance: Double { 1e-7 }
  let refactorAfter = 64

  /// `wiggle` is how much costs may be changed so that few columns cost the same.
  init(_ program: LinearProgram, wiggle: Double) {
    self.program = program
    basis = LinearBasis(program)
    rowCount = program.rowCount
    columnCount = program.columnCount
    let total = columnCount + rowCount
    place = .filled(DualSimplex.atLow, total)
    amount = .filled(0, rowCount)
    reduced = .filled(0, total)
    low = .filled(0, total)
    high = .filled(0, total)
    cost = .filled(0, total)
    weight = .filled(1, rowCount)
    prices = .filled(0, rowCount)
    rowEnd = .filled(0, rowCount)
    rowEnd.update(from: program.rowStart + 1, count: rowCount)
    let entries = Int(program.rowStart[rowCount])
    rowColumn = .filled(0, entries)
    rowColumn.update(from: program.rowColumn, count: entries)
    row = .filled(0, rowCount)
    rowOfColumns = .filled(0, total)
    touched = FlatStack(capacity: total)
    direction = .filled(0, rowCount)
    steepest = .filled(0, rowCount)
    flipped = .filled(0, rowCount)
    candidates = FlatStack(capacity: 256)
    for column in 0..<columnCount {
      low[column] = Double(program.low[column])
      high[column] = Double(program.high[column])
    }
    for column in columnCount..<total {
      low[column] = -Double(program.high[column])
      high[column] = -Double(program.low[column])
    }
    for column in 0..<columnCount {
      // Spread evenly over 0 ..< wiggle by the golden ratio.
      let share = Double((UInt64(column) &* 0x9E37_79B9_7F4A_7C15) >> 40) / Double(1 << 24)
      cost[column] = Double(program.cost[column]) + wiggle * share
    }
    for position in 0..<rowCount { place[Int(basis.head[position])] = Int32(position) }
    price()
  }

  deinit {
    place.deallocate()
    amount.deallocate()
    reduced.deallocate()
    low.deallocate()
    high.deallocate()
    cost.deallocate()
    weight.deallocate()
    prices.deallocate()
    rowEnd.deallocate()
    rowColumn.deallocate()
    row.deallocate()
    rowOfColumns.deallocate()
    touched.deallocate()
    direction.deallocate()
    steepest.deallocate()
    flipped.deallocate()
    candidates.deallocate()
  }

  /// The amount of a column.
  @inline(__always)
  func value(_ column: Int) -> Double {
    let at = place[column]
    return at >= 0 ? amount[at] : at == DualSimplex.atLow ? low[column] : high[column]
  }

  /// The cost at the prices of today: no answer within the bounds costs less. Every row sums to
  /// nothing, so this is what the columns cost at their amounts.
  func dualCost() -> Double {
    var sum = 0.0
    for column in 0..<columnCount {
      let amount = value(column)
      if amount != 0 { sum += cost[column] * amount }
    }
    return sum
  }

  /// Changes the bounds of a column.
  func bound(_ column: Int, _ least: Double, _ most: Double) {
    low[column] = least
    high[column] = most
  }

  /// Leaves columns that cannot move out of the rows. One in the basis has to come out first.
  func forgetFixed(low: Flat<Double>, high: Flat<Double>) {
    for row in 0..<rowCount {
      var end = program.rowStart[row]
      for entry in program.rowStart[row]..<program.rowStart[row + 1] {
        let column = program.rowColumn[entry]
        if low[column] == high[column], place[column] < 0 { continue }
        rowColumn[end] = column
        end += 1
      }
      rowEnd[row] = end
    }
  }

  /// Goes on until nothing is out of bounds, or the cost exceeds `cutOff`.
  func run(cutOff: Double, limit: Int = .max) -> Outcome {
    settle()
    var steps = 0
    var repairs = 0
    while true {
      if basis.exchanges >= refactorAfter { refactor() }
      if steps & 7 == 7, dualCost() > cutOff { return .cutOff }
      guard let leaving = worstRow() else {
        // What was carried along is checked afresh before it is believed.
        if basis.exchanges == 0 || repairs > 3 {
          return dualCost() > cutOff ? .cutOff : .optimal
        }
        repairs += 1
        refactor()
        if worstRow() == nil { return dualCost() > cutOff ? .cutOff : .optimal }
        continue
      }
      if steps >= limit { return .unfinished }
      steps += 1
      iterations += 1
      switch step(leaving) {
      case .done: break
      case .noEntering: return .infeasible
      case .inexact:
        repairs += 1
        if repairs > 20 { return .unfinished }
        refactor()
      }
    }
  }

  private enum Step { case done, noEntering, inexact }

  /// The position that is furthest out of bounds for the length of its edge.
  private func worstRow() -> Int? {
    var best: Int?
    var most = 0.0
    for position in 0..<rowCount {
      let column = Int(basis.head[position])
      let amount = amount[position]
      var excess = low[column] - amount
      if excess < amount - high[column] { excess = amount - high[column] }
      if excess <= DualSimplex.tolerance { continue }
      let score = excess * excess / weight[position]
      if score > most {
        most = score
        best = position
      }
    }
    return best
  }

  private func step(_ leaving: Int) -> Step {
    let column = Int(basis.head[leaving])
    let isLow = amount[leaving] < low[column]
    let target = isLow ? low[column] : high[column]
    clear(row)
    row[leaving] = 1
    basis.solveTransposed(row)
    spread()
    defer {
      let touched = touched
      for index in 0..<touched.count { rowOfColumns[touched[index]] = 0 }
      self.touched.removeAll()
    }
    guard let entering = enter(isLow: isLow, excess: abs(amount[leaving] - target)) else {
      return .noEntering
    }
    scatter(Int(entering), into: direction)
    basis.solve(direction)
    let pivot = direction[leaving]
    if abs(pivot - rowOfColumns[entering]) > 1e-7 * (1 + abs(pivot)) || abs(pivot) < 1e-7 {
      if basis.exchanges > 0 { return .inexact }
      if abs(pivot) < 1e-9 { return .inexact }
    }
    flipSides(but: entering)
    move(leaving, column, entering, to: target, pivot)
    return .done
  }

  /// The row of the table: what one more of each column outside of the basis does to the leaving one.
  private func spread() {
    let (rowStart, rowEnd, rowColumn) = (program.rowStart, rowEnd, rowColumn)
    let (place, rowOfColumns, row) = (place, rowOfColumns, row)
    var touched = self.touched
    defer { self.touched = touched }
    for index in 0..<rowCount {
      let share = row[index]
      if abs(share) < 1e-12 { continue }
      for entry in rowStart[index]..<rowEnd[index] {
        let column = rowColumn[entry]
        if place[column] >= 0 { continue }
        if rowOfColumns[column] == 0 { touched.push(column) }
        rowOfColumns[column] += share
        // Never quite nothing, or it would be touched twice.
        if rowOfColumns[column] == 0 { rowOfColumns[column] = 1e-300 }
      }
      let sum = Int32(columnCount + index)
      if place[sum] < 0 {
        touched.push(sum)
        rowOfColumns[sum] = share
      }
    }
  }

  /// Lets the columns passed over change sides.
  private func flipSides(but entering: Int32) {
    if candidates.isEmpty { return }
    clear(flipped)
    while !candidates.isEmpty { flip(Int(candidates.pop())) }
    basis.solve(flipped)
    for position in 0..<rowCount { amount[position] -= flipped[position] }
  }

  /// Changes the side of a column and notes in `flipped` what that adds to the rows.
  private func flip(_ column: Int) {
    let isLow = place[column] == DualSimplex.atLow
    let change = isLow ? high[column] - low[column] : low[column] - high[column]
    place[column] = isLow ? DualSimplex.atHigh : DualSimplex.atLow
    if column >= columnCount {
      flipped[column - columnCount] += change
    } else {
      for entry in program.columnStart[column]..<program.columnStart[column + 1] {
        flipped[program.columnRow[entry]] += change
      }
    }
  }

  private func move(
    _ leaving: Int, _ column: Int, _ entering: Int32, to target: Double, _ pivot: Double
  ) {
    let stepUp = (amount[leaving] - target) / pivot
    for position in 0..<rowCount where direction[position] != 0 {
      amount[position] -= stepUp * direction[position]
    }
    let entered = value(Int(entering)) + stepUp
    // The lengths of the edges.
    var length = 0.0
    for index in 0..<rowCount { length += row[index] * row[index] }
    steepest.update(from: row, count: rowCount)
    basis.solve(steepest)
    let former = max(length, 1e-4)
    for position in 0..<rowCount where position != leaving && direction[position] != 0 {
      let share = direction[position] / pivot
      weight[position] = max(
        weight[position] - 2 * share * steepest[position] + share * share * former,
        1e-4)
    }
    weight[leaving] = max(former / (pivot * pivot), 1e-4)
    // The prices.
    let change = reduced[entering] / rowOfColumns[entering]
    let touched = touched
    for index in 0..<touched.count {
      let other = touched[index]
      reduced[other] -= change * rowOfColumns[other]
    }
    reduced[entering] = 0
    reduced[column] = -change
    place[column] = target == low[column] ? DualSimplex.atLow : DualSimplex.atHigh
    place[entering] = Int32(leaving)
    basis.exchange(leaving, for: entering, direction: direction)
    amount[leaving] = entered
    // The longest step allows prices to be wrong by next to nothing: those change sides.
    var isWrong = false
    for index in 0..<touched.count where isMisplaced(Int(touched[index])) { isWrong = true }
    if isWrong || isMisplaced(column) { settle() }
  }

  @inline(__always)
  private func isMisplaced(_ column: Int) -> Bool {
    let at = place[column]
    if at >= 0 || low[column] == high[column] { return false }
    return at == DualSimplex.atLow ? reduced[column] < -1e-8 : reduced[column] > 1e-8
  }

  /// Puts every column outside of the basis on the side its price asks for, and the others where that
  /// leaves them.
  func settle() {
    for column in 0..<total where place[column] < 0 {
      if reduced[column] > 1e-9 {
        place[column] = DualSimplex.atLow
      } else if reduced[column] < -1e-9 {
        place[column] = DualSimplex.atHigh
      }
    }
    clear(flipped)
    for column in 0..<columnCount where place[column] < 0 {
      let amount = place[column] == DualSimplex.atLow ? low[column] : high[column]
      if amount == 0 { continue }
      for entry in program.columnStart[column]..<program.columnStart[column + 1] {
        flipped[program.columnRow[entry]] -= amount
      }
    }
    for row in 0..<rowCount {
      let column = columnCount + row
      if place[column] >= 0 { continue }
      flipped[row] -= place[column] == DualSimplex.atLow ? low[column] : high[column]
    }
    basis.solve(flipped)
    amount.update(from: flipped, count: rowCount)
  }

  /// Works out prices and reduced costs afresh.
  func price() {
    updatePrices()
    for column in 0..<columnCount {
      if place[column] >= 0 {
        reduced[column] = 0
        continue
      }
      var left = cost[column]
      for entry in program.columnStart[column]..<program.columnStart[column + 1] {
        left -= prices[program.columnRow[entry]]
      }
      reduced[column] = left
    }
    for row in 0..<rowCount {
      let column = columnCount + row
      reduced[column] = place[column] >= 0 ? 0 : -prices[row]
    }
  }

  /// Brings `prices` up to date.
  func updatePrices() {
    for position in 0..<rowCount { prices[position] = cost[Int(basis.head[position])] }
    basis.solveTransposed(prices)
  }

  /// Starts from a basis of the given columns, one for each row. What depends on others is left out.
  func start(from columns: [Int32]) {
    for column in 0..<total { place[column] = DualSimplex.atLow }
    for position in 0..<rowCount {
      basis.head[position] = columns[position]
      place[columns[position]] = Int32(position)
    }
    refactor()
  }

  /// Factors the basis anew, and works out everything that depends on it afresh.
  func refactor() {
    factorings += 1
    // Edge lengths belong to columns; positions change.
    let lengths = Flat<Double>.filled(1, total)
    defer { lengths.deallocate() }
    for position in 0..<rowCount { lengths[Int(basis.head[position])] = weight[position] }
    if !basis.factor() {
      for column in 0..<total where place[column] >= 0 { place[column] = DualSimplex.atLow }
    }
    for position in 0..<rowCount {
      place[Int(basis.head[position])] = Int32(position)
      weight[position] = lengths[Int(basis.head[position])]
    }
    price()
    settle()
  }

  @inline(__always)
  private func clear(_ vector: Flat<Double>) { vector.update(repeating: 0, count: rowCount) }

  private func scatter(_ column: Int, into vector: Flat<Double>) {
    clear(vector)
    if column >= columnCount {
      vector[column - columnCount] = 1
    } else {
      for entry in program.columnStart[column]..<program.columnStart[column + 1] {
        vector[program.columnRow[entry]] = 1
      }
    }
  }
}

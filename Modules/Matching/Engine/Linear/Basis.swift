/// The basis of the simplex method as a product of triangular matrices, brought up to date after each
/// exchange (product form; Dantzig and Orchard-Hays 1954) and made anew now and then.
///
/// Most of a basis of this problem is a permuted triangle: what has one entry left goes first, and
/// only the small rest is eliminated with care for fill and size (Markowitz 1957; Gilbert and Peierls
/// 1988). A position of the basis carries the number of the row it is eliminated with.
final class LinearBasis {
  private let program: LinearProgram
  private let size: Int
  /// The column in each position; `columnCount + i` is the sum of row `i`.
  let head: Flat<Int32>

  /// How many positions hold columns, not sums of rows; the rows of these in the order of elimination.
  private var length = 0
  private let order: Flat<Int32>
  private let diagonal: Flat<Double>
  private let upperStart: Flat<Int32>
  private var upperRow: FlatStack<Int32>
  private var upperValue: FlatStack<Double>
  private let lowerStart: Flat<Int32>
  private var lowerRow: FlatStack<Int32>
  private var lowerValue: FlatStack<Double>
  /// Places in `order` that have a lower part.
  private var lowerAt: FlatStack<Int32>

  private(set) var exchanges = 0
  private var etaPosition: FlatStack<Int32>
  private var etaPivot: FlatStack<Double>
  /// One more than exchanges.
  private var etaStart: FlatStack<Int32>
  private var etaRow: FlatStack<Int32>
  private var etaValue: FlatStack<Double>

  /// Starts with the sums of the rows.
  init(_ program: LinearProgram) {
    self.program = program
    size = program.rowCount
    head = .filled(0, size)
    order = .filled(0, size)
    diagonal = .filled(1, size)
    upperStart = .filled(0, size + 1)
    lowerStart = .filled(0, size + 1)
    upperRow = FlatStack(capacity: 4 * size)
    upperValue = FlatStack(capacity: 4 * size)
    lowerRow = FlatStack(capacity: size)
    lowerValue = FlatStack(capacity: size)
    lowerAt = FlatStack(capacity: size)
    etaPosition = FlatStack(capacity: 128)
    etaPivot = FlatStack(capacity: 128)
    etaStart = FlatStack(capacity: 128)
    etaStart.push(0)
    etaRow = FlatStack(capacity: 16 * 128)
    etaValue = FlatStack(capacity: 16 * 128)
    for row in 0..<size {
      head[row] = Int32(program.columnCount + row)
    }
  }

  deinit {
    head.deallocate()
    order.deallocate()
    diagonal.deallocate()
    upperStart.deallocate()
    lowerStart.deallocate()
    upperRow.deallocate()
    upperValue.deallocate()
    lowerRow.deallocate()
    lowerValue.deallocate()
    lowerAt.deallocate()
    etaPosition.deallocate()
    etaPivot.deallocate()
    etaStart.deallocate()
    etaRow.deallocate()
    etaValue.deallocate()
  }

  /// Solves `B x = b` in place; `b` by row, `x` by position.
  func solve(_ vector: Flat<Double>) {
    let (order, upperStart, lowerStart, diagonal) = (order, upperStart, lowerStart, diagonal)
    let (upperRow, upperValue) = (upperRow.base, upperValue.base)
    let (lowerRow, lowerValue) = (lowerRow.base, lowerValue.base)
    let (etaStart, etaRow, etaValue) = (etaStart.base, etaRow.base, etaValue.base)
    let (etaPosition, etaPivot) = (etaPosition.base, etaPivot.base)
    for index in 0..<lowerAt.count {
      let place = lowerAt[index]
      let amount = vector[order[place]]
      if amount == 0 { continue }
      for entry in Int(lowerStart[place])..<Int(lowerStart[place &+ 1]) {
        vector[lowerRow[entry]] -= lowerValue[entry] * amount
      }
    }
    var place = length
    while place > 0 {
      place &-= 1
      let row = Int(order[place])
      if vector[row] == 0 { continue }
      let amount = vector[row] / diagonal[place]
      vector[row] = amount
      for entry in Int(upperStart[place])..<Int(upperStart[place &+ 1]) {
        vector[upperRow[entry]] -= upperValue[entry] * amount
      }
    }
    for eta in 0..<exchanges {
      let position = Int(etaPosition[eta])
      if vector[position] == 0 { continue }
      let amount = vector[position] / etaPivot[eta]
      for entry in Int(etaStart[eta])..<Int(etaStart[eta + 1]) {
        vector[etaRow[entry]] -= etaValue[entry] * amount
      }
      vector[position] = amount
    }
  }

  /// Solves `Bᵀ y = c` in place; `c` by position, `y` by row.
  func solveTransposed(_ vector: Flat<Double>) {
    let (order, upperStart, lowerStart, diagonal) = (order, upperStart, lowerStart, diagonal)
    let (upperRow, upperValue) = (upperRow.base, upperValue.base)
    let (lowerRow, lowerValue) = (lowerRow.base, lowerValue.base)
    let (etaStart, etaRow, etaValue) = (etaStart.base, etaRow.base, etaValue.base)
    let (etaPosition, etaPivot) = (etaPosition.base, etaPivot.base)
    for eta in stride(from: exchanges - 1, through: 0, by: -1) {
      let position = Int(etaPosition[eta])
      var amount = vector[position]
      for entry in Int(etaStart[eta])..<Int(etaStart[eta + 1]) {
        amount -= etaValue[entry] * vector[etaRow[entry]]
      }
      vector[position] = amount / etaPivot[eta]
    }
    for place in 0..<length {
      let row = Int(order[place])
      var amount = vector[row]
      for entry in Int(upperStart[place])..<Int(upperStart[place &+ 1]) {
        amount -= upperValue[entry] * vector[upperRow[entry]]
      }
      vector[row] = amount == 0 ? 0 : amount / diagonal[place]
    }
    for index in stride(from: lowerAt.count - 1, through: 0, by: -1) {
      let place = lowerAt[index]
      let row = order[place]
      var amount = vector[row]
      for entry in Int(lowerStart[place])..<Int(lowerStart[place &+ 1]) {
        amount -= lowerValue[entry] * vector[lowerRow[entry]]
      }
      vector[row] = amount
    }
  }

  /// Puts a column into a position; `direction` is what it looks like from there (`B⁻¹ a`).
  func exchange(_ position: Int, for column: Int32, direction: Flat<Double>) {
    head[position] = column
    etaPosition.push(Int32(position))
    etaPivot.push(direction[position])
    for row in 0..<size where abs(direction[row]) > 1e-12 && row != position {
      etaRow.push(Int32(row))
      etaValue.push(direction[row])
    }
    etaStart.push(Int32(etaRow.count))
    exchanges += 1
  }

  /// Goes back to as many exchanges; the caller restores `head`.
  func forgetExchanges(after count: Int) {
    guard count < exchanges else { return }
    let end = Int(etaStart[count])
    etaRow.shrink(to: end)
    etaValue.shrink(to: end)
    etaPosition.shrink(to: count)
    etaPivot.shrink(to: count)
    etaStart.shrink(to: count + 1)
    exchanges = count
  }

  /// Factors the columns in `head` anew and moves each to its position. Where they depend on each
  /// other, sums of rows take the place of the superfluous ones. Returns whether none was.
  func factor() -> Bool {
    forgetExchanges(after: 0)
    upperRow.removeAll()
    upperValue.removeAll()
    lowerRow.removeAll()
    lowerValue.removeAll()
    lowerAt.removeAll()
    var elimination = Elimination(program, head)
    defer { elimination.deallocate() }
    elimination.takeSingletons()
    var place = 0
    var placed = 0
    let columns = Flat<Int32>.filled(0, size)
    columns.update(from: head, count: size)
    defer { columns.deallocate() }

    func open() {
      upperStart[place] = Int32(upperRow.count)
      lowerStart[place] = Int32(lowerRow.count)
    }
    func close(_ row: Int32, _ column: Int32, _ pivot: Double) {
      head[row] = column
      elimination.isDone[row] = true
      placed += 1
      // The sum of a row is a unit, with which there is nothing to do.
      if Int(column) >= program.columnCount { return }
      order[place] = row
      diagonal[place] = pivot
      if Int(lowerStart[place]) < lowerRow.count { lowerAt.push(Int32(place)) }
      place += 1
    }
    for index in 0..<elimination.pivots.count {
      let (position, row) = elimination.pivots[index]
      let column = columns[position]
      open()
      if Int(column) >= program.columnCount {
        close(row, column, 1)
        continue
      }
      for entry in program.columnStart[column]..<program.columnStart[column &+ 1] {
        let other = program.columnRow[entry]
        if other == row { continue }
        if elimination.isDone[other] {
          upperRow.push(other)
          upperValue.push(1)
        } else {
          lowerRow.push(other)
          lowerValue.push(1)
        }
      }
      close(row, column, 1)
    }
    // The rest has no entry in the rows of those whose lower part is known so far.
    let firstLower = lowerAt.count
    let work = elimination.work
    for position in elimination.rest() {
      let column = columns[position]
      open()
      var pattern = elimination.scatter(column)
      for index in firstLower..<lowerAt.count {
        let earlier = lowerAt[index]
        let amount = work[order[earlier]]
        if amount == 0 { continue }
        for entry in Int(lowerStart[earlier])..<Int(lowerStart[earlier &+ 1]) {
          let row = lowerRow[entry]
          if !elimination.isSeen[row] {
            elimination.isSeen[row] = true
            pattern.append(row)
          }
          work[row] -= lowerValue[entry] * amount
        }
      }
      if let row = elimination.pivot(of: pattern) {
        let pivot = work[row]
        for other in pattern where other != row && work[other] != 0 {
          if elimination.isDone[other] {
            upperRow.push(other)
            upperValue.push(work[other])
          } else {
            lowerRow.push(other)
            lowerValue.push(work[other] / pivot)
          }
        }
        close(row, column, pivot)
      }
      for row in pattern {
        work[row] = 0
        elimination.isSeen[row] = false
      }
    }
    let isWhole = placed == size
    for row in 0..<Int32(size) where !elimination.isDone[row] {
      open()
      close(row, Int32(program.columnCount) + row, 1)
    }
    upperStart[place] = Int32(upperRow.count)
    lowerStart[place] = Int32(lowerRow.count)
    length = place
    return isWhole
  }
}

/// The order in which a basis is eliminated.
private struct Elimination {
  let program: LinearProgram
  let head: Flat<Int32>
  let size: Int
  var pivots: [(position: Int32, row: Int32)] = []
  let isDone: Flat<Bool>
  let isSeen: Flat<Bool>
  let work: Flat<Double>
  private let isPlaced: Flat<Bool>
  /// How many open entries each position and each row has.
  private let columnLeft: Flat<Int32>
  private let rowLeft: Flat<Int32>
  private let rowStart: Flat<Int32>
  private let rowPosition: Flat<Int32>

  init(_ program: LinearProgram, _ head: Flat<Int32>) {
    self.program = program
    self.head = head
    size = program.rowCount
    isDone = .filled(false, size)
    isSeen = .filled(false, size)
    work = .filled(0, size)
    isPlaced = .filled(false, size)
    columnLeft = .filled(0, size)
    rowLeft = .filled(0, size)
    rowStart = .filled(0, size + 1)
    pivots.reserveCapacity(size)
    var total = 0
    for position in 0..<size {
      let count = Elimination.count(head[position], program)
      columnLeft[position] = Int32(count)
      total += count
    }
    rowPosition = .filled(0, total)
    for position in 0..<size { each(head[position]) { rowLeft[$0] += 1 } }
    var sum: Int32 = 0
    for row in 0..<size {
      rowStart[row] = sum
      sum += rowLeft[row]
    }
    rowStart[size] = sum
    let next = Flat<Int32>.filled(0, size)
    next.update(from: rowStart, count: size)
    for position in 0..<size {
      each(head[position]) {
        rowPosition[next[$0]] = Int32(position)
        next[$0] += 1
      }
    }
    next.deallocate()
  }

  func deallocate() {
    isDone.deallocate()
    isSeen.deallocate()
    work.deallocate()
    isPlaced.deallocate()
    columnLeft.deallocate()
    rowLeft.deallocate()
    rowStart.deallocate()
    rowPosition.deallocate()
  }

  private static func count(_ column: Int32, _ program: LinearProgram) -> Int {
    Int(column) >= program.columnCount
      ? 1 : Int(program.columnStart[column &+ 1] - program.columnStart[column])
  }

  @inline(__always)
  private func each(_ column: Int32, _ body: (Int32) -> Void) {
    if Int(column) >= program.columnCount { return body(column - Int32(program.columnCount)) }
    for entry in program.columnStart[column]..<program.columnStart[column &+ 1] {
      body(program.columnRow[entry])
    }
  }

  /// Takes columns with one open row, then rows with one open column, as long as there are any.
  mutating func takeSingletons() {
    var open = FlatStack<Int32>(capacity: size)
    defer { open.deallocate() }
    let closed = Flat<Bool>.filled(false, size)
    defer { closed.deallocate() }
    for position in 0..<Int32(size) where columnLeft[position] == 1 { open.push(position) }
    while !open.isEmpty {
      let position = open.pop()
      if isPlaced[position] || columnLeft[position] != 1 { continue }
      var row: Int32 = -1
      each(head[position]) { if !closed[$0] { row = $0 } }
      place(position, row, closed)
      for entry in rowStart[row]..<rowStart[row &+ 1] {
        let other = rowPosition[entry]
        columnLeft[other] -= 1
        if columnLeft[other] == 1, !isPlaced[other] { open.push(other) }
      }
    }
    for row in 0..<size { rowLeft[row] = 0 }
    for position in 0..<size where !isPlaced[position] {
      each(head[position]) { if !closed[$0] { rowLeft[$0] += 1 } }
    }
    for row in 0..<Int32(size) where !closed[row] && rowLeft[row] == 1 { open.push(row) }
    while !open.isEmpty {
      let row = open.pop()
      if closed[row] || rowLeft[row] != 1 { continue }
      var position: Int32 = -1
      for entry in rowStart[row]..<rowStart[row &+ 1] where !isPlaced[rowPosition[entry]] {
        position = rowPosition[entry]
      }
      place(position, row, closed)
      each(head[position]) {
        rowLeft[$0] -= 1
        if rowLeft[$0] == 1, !closed[$0] { open.push($0) }
      }
    }
    for position in 0..<size where !isPlaced[position] {
      var count: Int32 = 0
      each(head[position]) { if !closed[$0] { count += 1 } }
      columnLeft[position] = count
    }
  }

  private mutating func place(_ position: Int32, _ row: Int32, _ closed: Flat<Bool>) {
    pivots.append((position, row))
    isPlaced[position] = true
    closed[row] = true
  }

  /// The positions that are left, sparse ones first.
  func rest() -> [Int32] {
    var rest: [Int32] = []
    for position in 0..<Int32(size) where !isPlaced[position] { rest.append(position) }
    rest.sort { (columnLeft[$0], $0) < (columnLeft[$1], $1) }
    return rest
  }

  func scatter(_ column: Int32) -> [Int32] {
    var pattern: [Int32] = []
    each(column) {
      work[$0] = 1
      isSeen[$0] = true
      pattern.append($0)
    }
    return pattern
  }

  /// The open row of the pattern with the fewest entries whose amount is not small beside the largest.
  func pivot(of pattern: [Int32]) -> Int32? {
    var largest = 1e-9
    for row in pattern where !isDone[row] { largest = max(largest, abs(work[row])) }
    var best: Int32?
    for row in pattern where !isDone[row] && abs(work[row]) >= 0.1 * largest {
      if abs(work[row]) <= 1e-9 { continue }
      if let known = best, rowLeft[known] <= rowLeft[row] { continue }
      best = row
    }
    return best
  }
}

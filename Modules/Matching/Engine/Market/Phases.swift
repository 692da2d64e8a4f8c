// Phases: the same market with smaller and smaller steps, until the prices prove the answer.

extension Auction {
  /// Frees every unit that is further than `eps` from its best choice, and lowers what the seats
  /// kept cost to what their holders still bear: without that, the prices of earlier, coarser
  /// phases would keep the dual bound away from the answer.
  @inline(never)
  func checkHolders() {
    waiting.removeAll()
    let eps = eps
    // Releasing and capping seats changes no role's price, so the best choices can be looked up first.
    let others = batches == nil ? nil : Flat<Word>.allocate(capacity: volunteerCount)
    defer { others?.deallocate() }
    if let others {
      share(volunteerCount, by: 2_048) { range in
        for volunteer in range { others[volunteer] = bestOther(Int32(volunteer)) }
      }
    }
    for volunteer in 0..<Int32(volunteerCount) {
      let (first, last) = (unitStart[volunteer], unitStart[volunteer &+ 1])
      if first == last { continue }
      let best = others.map { $0[volunteer] } ?? bestOther(volunteer)
      var unit = first
      while unit < last {
        let holding = held[unit]
        if holding.edge >= 0 {
          if value(holding) < best &- eps {
            release(unit)
            held[unit] = Holding(Unit.free)
          } else {
            capSeat(of: unit, best: best)
          }
        } else if holding.edge == Unit.bench, best > eps {
          held[unit] = Holding(Unit.free)
        }
        if held[unit].edge == Unit.free { waiting.push(unit) }
        unit &+= 1
      }
    }
  }

  /// Lets every unit bid, before any holds a seat.
  private func waitAll() {
    waiting.removeAll()
    for unit in 0..<Int32(unitCount) { waiting.push(unit) }
  }

  /// A seat is kept up to the price its holder bears.
  @inline(__always)
  func capSeat(of unit: Int32, best: Word) {
    let holding = held[unit]
    let low = Int(seatStart[holding.role])
    if Int(seatStart[holding.role &+ 1]) &- low == 1 { return }
    let bears = max(price[holding.role], holding.worth &- best &+ eps)
    let seat = seat(of: unit, in: holding.role)
    if seatPrice[seat] > bears {
      seatPrice[seat] = bears
      rise(seat, low: low)
    }
  }

  /// What the present answer is worth.
  func primal() -> Int64 {
    var sum: Int64 = 0
    for unit in 0..<unitCount where held[unit].edge >= 0 {
      sum += Int64(held[unit].worth) - Int64(floor[held[unit].role])
    }
    return sum
  }

  /// No answer is worth more, whatever the prices are: all seats at what they cost above their
  /// floor, plus what every volunteer gets from its best choices.
  @inline(never)
  func dual() -> Int64 {
    var sum: Int64 = 0
    for role in 0..<roleCount where seatStart[role] < seatStart[role + 1] {
      sum +=
        Int64(seatStart[role + 1] - seatStart[role]) * (Int64(price[role]) - Int64(floor[role]))
    }
    if batches == nil { return sum + utilities(0..<volunteerCount) }
    let piece = 8_192
    let sums = Flat<Int64>.filled(0, volunteerCount / piece + 1)
    defer { sums.deallocate() }
    share(volunteerCount, by: piece) { sums[$0.lowerBound / piece] = utilities($0) }
    for index in 0...volunteerCount / piece { sum &+= sums[index] }
    return sum
  }

  /// What the volunteers get from their best choices.
  private func utilities(_ volunteers: Range<Int>) -> Int64 {
    let (edges, price, edgeStart) = (edges, price, edgeStart)
    var sum: Int64 = 0
    var top = FlatStack<Word>(capacity: 16)
    defer { top.deallocate() }
    for volunteer in volunteers {
      let volunteer = Int32(truncatingIfNeeded: volunteer)
      let units = present(volunteer)
      if units == 0 { continue }
      var edge = edgeStart[volunteer]
      let end = edgeStart[volunteer &+ 1]
      if units == 1 {
        var best: Word = 0
        while edge < end {
          best = max(best, edges[edge].worth &- price[edges[edge].role])
          edge &+= 1
        }
        sum &+= Int64(best)
      } else {
        sum &+= sumOfBest(units, edge..<end, &top)
      }
    }
    return sum
  }

  /// How many of the volunteer's units are there.
  @inline(__always)
  func present(_ volunteer: Int32) -> Int {
    var count = 0
    var unit = unitStart[volunteer]
    while unit < unitStart[volunteer &+ 1] {
      if held[unit].edge != Unit.gone { count &+= 1 }
      unit &+= 1
    }
    return count
  }

  /// The sum of the `count` largest positive values among the edges.
  private func sumOfBest(_ count: Int, _ range: Range<Int32>, _ values: inout FlatStack<Word>)
    -> Int64
  {
    values.removeAll()
    for edge in range where value(edge) > 0 { values.push(value(edge)) }
    var all = UnsafeMutableBufferPointer(start: values.base, count: values.count)
    if all.count > count { all.sort(by: >) }
    return all.prefix(count).reduce(0) { $0 + Int64($1) }
  }

  enum Outcome {
    /// The prices prove the answer to within the target.
    case proved
    /// They do not, at the finest step.
    case unproved
    /// Somebody said no.
    case stopped
  }

  /// Runs phases with smaller and smaller steps until the dual bound is less than one point away
  /// from the answer.
  ///
  /// With whole points, once the step is about a point nearly everybody sits where they belong, and
  /// one last jump to a step so small that all steps together are less than a point costs no more
  /// than a phase in between. Where it does (many ties let prices creep up or down step by step), a
  /// phase that has used up its budget of bids goes on with larger steps, and the next ones are
  /// closer.
  func runPhases(from first: Word, proceed: (Int64) -> Bool) -> Outcome {
    let finest = max(1, scale / Word(clamping: 2 * max(1, unitCount)))
    let worthwhile = max(finest, scale / 16)
    let chunk = 250_000
    var divisor: Word = 32
    var step = max(finest, first)
    var isFirst = true
    while true {
      eps = step
      if isFirst { waitAll() } else { checkHolders() }
      let allowance = (isFirst ? 16 : 8) * waiting.count + 1_000
      isFirst = false
      var budget = allowance
      /// Larger steps when the budget is used up.
      func coarsen() {
        budget -= chunk
        if budget < 0, divisor > 4, eps < first {
          eps = min(first, eps.multipliedReportingOverflow(by: 16).overflow ? first : eps &* 16)
          budget = allowance
        }
      }
      while !forward(budget: budget > 0 ? min(chunk, budget) : chunk) {
        if !proceed(primal()) { return .stopped }
        coarsen()
      }
      prepareReverse()
      budget = allowance
      while !reverse(budget: budget > 0 ? min(chunk, budget) : chunk) {
        if !proceed(primal()) { return .stopped }
        coarsen()
      }
      let value = primal()
      // Larger steps do not bring the bound within a point.
      if eps <= worthwhile, dual() - value < Int64(scale) { return .proved }
      if eps <= finest {
        if eps == 1 { return .unproved }
        step = max(1, eps / 4)
        continue
      }
      if !proceed(value) { return .stopped }
      if eps > step { divisor = max(4, divisor / 2) }
      step = divisor == 32 && eps <= 2 &* scale ? finest : max(finest, eps / divisor)
    }
  }
}

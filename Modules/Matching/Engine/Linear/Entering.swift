// Which column enters the basis: the ratio test of the dual simplex method, with long steps.

extension DualSimplex {
  /// The column that enters: the first whose price would turn wrong, unless so many before it can
  /// change sides that the leaving one is still out of bounds. Those that do are left in `candidates`.
  func enter(isLow: Bool, excess: Double) -> Int32? {
    let (reduced, rowOfColumns, low, high) = (reduced, rowOfColumns, low, high)
    var candidates = self.candidates
    defer { self.candidates = candidates }
    let touched = self.touched
    let sign = isLow ? -1.0 : 1.0
    candidates.removeAll()
    for index in 0..<touched.count {
      let column = touched[index]
      let slope = sign * rowOfColumns[column]
      if abs(slope) < 1e-9 || low[Int(column)] == high[Int(column)] { continue }
      if (place[column] == DualSimplex.atLow) == (slope > 0) { candidates.push(column) }
    }
    var left = excess
    var from = passOver(candidates, &left)
    while from < candidates.count {
      var reach = Double.infinity
      for index in from..<candidates.count {
        let column = Int(candidates[index])
        reach = min(reach, (abs(reduced[column]) + 1e-9) / abs(rowOfColumns[column]))
      }
      var entering = -1
      var steepest = 0.0
      var next = from
      for index in from..<candidates.count {
        let column = Int(candidates[index])
        let slope = abs(rowOfColumns[column])
        if abs(reduced[column]) / slope > reach { continue }
        left -= slope * (high[column] - low[column])
        candidates.swap(index, next)
        if slope > steepest {
          steepest = slope
          entering = next
        }
        next += 1
      }
      if left < 1e-7 || next == candidates.count {
        // All of them together cannot put it right.
        if left >= 1e-7 { return nil }
        let column = candidates[entering]
        candidates.shrink(to: from)
        return column
      }
      from = next
    }
    return nil
  }

  /// Brings the candidates whose prices turn first to the front, as many as can change sides without
  /// putting the leaving one right; a few of these may be left over. Returns how many, having taken what
  /// they do from `left`. Takes time in proportion to their number (Hoare 1961).
  private func passOver(_ candidates: FlatStack<Int32>, _ left: inout Double) -> Int {
    let (reduced, rowOfColumns, low, high) = (reduced, rowOfColumns, low, high)
    func ratio(_ index: Int) -> Double {
      let column = Int(candidates[index])
      return abs(reduced[column]) / abs(rowOfColumns[column])
    }
    var from = 0
    var end = candidates.count
    while end - from > 8 {
      let middle = ratio((from + end) / 2)
      // Those before `less` are less than the one in the middle, those from `more` on are more.
      var less = from
      var more = end
      var index = from
      var (lessDoes, sameDoes) = (0.0, 0.0)
      while index < more {
        let amount = ratio(index)
        if amount > middle {
          more -= 1
          candidates.swap(index, more)
          continue
        }
        let column = Int(candidates[index])
        let does = abs(rowOfColumns[column]) * (high[column] - low[column])
        if amount < middle {
          lessDoes += does
          candidates.swap(index, less)
          less += 1
        } else {
          sameDoes += does
        }
        index += 1
      }
      if lessDoes >= left {
        end = less
      } else if lessDoes + sameDoes >= left {
        left -= lessDoes
        return less
      } else {
        left -= lessDoes + sameDoes
        from = more
      }
    }
    return from
  }
}

extension FlatStack {
  @inline(__always)
  func swap(_ a: Int, _ b: Int) {
    let former = base[a]
    base[a] = base[b]
    base[b] = former
  }
}

/// Which prices a search has moved, from where, and where the bound was least.
struct PriceLog {
  let moved: GroupList
  let before: Flat<Int64>
  let least: Flat<Int64>

  init(_ groupCount: Int) {
    moved = GroupList(groupCount)
    before = .filled(0, groupCount)
    least = .filled(0, groupCount)
  }

  func deallocate() {
    moved.deallocate()
    before.deallocate()
    least.deallocate()
  }

  /// What was moved, ascending, with the price it had.
  var formerPrices: [GroupPrice] {
    (0..<moved.count).map {
      GroupPrice(group: moved.list[$0], amount: before[moved.list[$0]])
    }
  }
}

/// The price of one rule.
struct GroupPrice: BitwiseCopyable {
  var group: Int32
  var amount: Int64
}

/// How long prices are moved: rounds in all, and rounds in a row that bring nothing.
struct Effort {
  var rounds: Int
  var patience: Int

  /// To tell branches apart.
  static let quick = Effort(rounds: 8, patience: 2)
  /// To go on from a branch.
  static let full = Effort(rounds: 80, patience: 8)
}

extension Search {
  /// Moves the prices of the given groups and those they touch as long as that lowers the bound, each
  /// by its own step, which grows while the direction stays and halves when it turns. Leaves the
  /// prices where the bound was least and says what it was; `log` says what moved.
  mutating func polish(_ seeds: [Int], _ effort: Effort) -> Int64 {
    active.removeAll()
    log.moved.removeAll()
    for group in seeds { activate(group) }
    for index in 0..<relaxation.touched.count { activate(Int(relaxation.touched.list[index])) }
    relaxation.touched.removeAll()
    var least = quickBound
    var idle = 0
    for _ in 0..<effort.rounds {
      if isHopeless(least) { return least }
      let before = least
      var isMoving = false
      for index in 0..<active.count {
        let group = Int(active.list[index])
        if !move(group) { continue }
        isMoving = true
        let bound = quickBound
        if bound < least {
          least = bound
          if isHopeless(least) { return least }
          for index in 0..<log.moved.count {
            let group = Int(log.moved.list[index])
            log.least[group] = relaxation.multiplier[group]
          }
        }
      }
      idle = before - least < scale / 16 ? idle + 1 : 0
      if !isMoving || idle >= effort.patience { break }
      for index in 0..<relaxation.touched.count { activate(Int(relaxation.touched.list[index])) }
      relaxation.touched.removeAll()
    }
    if quickBound > least { relaxation.reprice(log.moved, at: log.least) }
    relaxation.touched.removeAll()
    return least
  }

  @inline(__always)
  private func activate(_ group: Int) {
    let count = active.count
    active.insert(group)
    if active.count > count {
      step[group] = 0.3 * Double(scale)
      last[group] = 0
    }
  }

  /// Moves the price of the group one step the way it should go; false when it should stay.
  @inline(__always)
  private func move(_ group: Int) -> Bool {
    let sign = relaxation.direction(group)
    if sign == 0 { return false }
    if Int(last[group]) == sign {
      step[group] = min(largestStep, step[group] * growth)
    } else if last[group] != 0 {
      step[group] = max(0.02 * Double(scale), step[group] * 0.5)
    }
    last[group] = Int8(sign)
    let old = relaxation.multiplier[group]
    let count = log.moved.count
    log.moved.insert(group)
    if log.moved.count > count {
      log.before[group] = old
      log.least[group] = old
    }
    relaxation.reprice(
      group,
      at: min(relaxation.rewardLimit(group), max(0, old + Int64(sign) * Int64(step[group]))))
    return true
  }
}

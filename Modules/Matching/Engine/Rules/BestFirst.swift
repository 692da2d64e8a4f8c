// Best-first search: the branch with the highest bound next. It looks at no branch that a proof of
// the best answer could do without.

extension Search {
  /// A branch to explore: the choices that lead to it and the prices it ended with.
  struct Branch {
    var bound: Int64
    var choices: [Option]
    /// By group, where they differ from those at the root; ascending.
    var prices: [Int32: Int64]
  }

  /// Explores from the present state of the market, which is the root. Returns the highest bound of
  /// what is left when it stops, or nil when nothing is.
  mutating func exploreBestFirst(bound: Int64, width: Int, proceed: (Int64) -> Bool) -> Int64? {
    var open: [Branch] = [Branch(bound: bound, choices: [], prices: [:])]
    var current = open[0]
    var rootPrices: [Int32: Int64] = [:]
    var expanded = 0
    var unresolved: Int64?
    defer {
      if !isStopped {
        move(from: current, to: Branch(bound: bound, choices: [], prices: [:]), rootPrices)
      }
    }
    while let top = open.last {
      if isHopeless(top.bound) { break }
      if nodes >= nodeLimit { return max(top.bound, unresolved ?? .min) }
      if !proceed(top.bound) {
        isStopped = true
        return max(top.bound, unresolved ?? .min)
      }
      var branch = open.removeLast()
      if isHopeless(branch.bound) { continue }
      move(from: current, to: branch, rootPrices)
      current = branch
      // Now and then all the way down: better answers make more branches hopeless.
      expanded += 1
      if expanded % 64 == 0 { _ = dive(width: 2) { proceed(top.bound) } }
      if isStopped { return max(top.bound, unresolved ?? .min) }
      settle(&branch, &rootPrices)
      current = branch
      if isHopeless(branch.bound) { continue }
      consider()
      var found = bestSplit(width: width)
      for _ in 0..<8 where found == nil && !isHopeless(quickBound) {
        // What is left over are prices that no choice can put right.
        let pushed = pushDeadEnds()
        if pushed.isEmpty { break }
        for price in pushed {
          if rootPrices[price.former.group] == nil {
            rootPrices[price.former.group] = price.former.amount
          }
          branch.prices[price.former.group] = price.amount
        }
        branch.bound = min(branch.bound, quickBound)
        current = branch
        consider()
        if !isHopeless(quickBound) { found = bestSplit(width: width) }
      }
      guard let children = found else {
        if !isHopeless(quickBound) { unresolved = max(unresolved ?? .min, branch.bound) }
        continue
      }
      for child in children {
        if isHopeless(child.bound) { continue }
        var next = branch
        next.bound = min(branch.bound, child.bound)
        next.choices.append(child.option)
        for former in child.formerPrices where rootPrices[former.group] == nil {
          rootPrices[former.group] = former.amount
        }
        for price in child.prices { next.prices[price.group] = price.amount }
        insert(next, into: &open)
      }
    }
    return unresolved
  }

  /// Finds better prices for the branch the market is in.
  private mutating func settle(_ branch: inout Branch, _ rootPrices: inout [Int32: Int64]) {
    branch.bound = min(branch.bound, polish(worstGroups(200), .full))
    for index in 0..<log.moved.count {
      let group = log.moved.list[index]
      if rootPrices[group] == nil { rootPrices[group] = log.before[group] }
      branch.prices[group] = relaxation.multiplier[group]
    }
  }

  /// Keeps the branches ascending by bound, later ones after earlier ones of the same bound.
  private func insert(_ branch: Branch, into open: inout [Branch]) {
    var low = 0
    var high = open.count
    while low < high {
      let middle = (low + high) / 2
      if open[middle].bound <= branch.bound { low = middle + 1 } else { high = middle }
    }
    open.insert(branch, at: low)
  }

  private mutating func move(from: Branch, to: Branch, _ root: [Int32: Int64]) {
    var common = 0
    while common < from.choices.count, common < to.choices.count,
      from.choices[common].kind == to.choices[common].kind
    {
      common += 1
    }
    for option in from.choices[common...].reversed() { revert(option) }
    for option in to.choices[common...] { apply(option) }
    var prices: [GroupPrice] = []
    for group in Set(from.prices.keys).union(to.prices.keys).sorted() {
      if let amount = to.prices[group] ?? root[group] {
        prices.append(GroupPrice(group: group, amount: amount))
      }
    }
    relaxation.reprice(prices)
    relaxation.touched.removeAll()
  }
}

// What a search can decide about a rule that is not as its price says.

extension Search {
  struct Option {
    enum Kind: Equatable {
      case force(Int32)
      case forbid(Int32)
      case require(Int)
      case waive(Int)
    }
    var kind: Kind
    var group: Int
    /// For `waive`: the price of the group before and after.
    var formerPrice: Int64 = 0
    var price: Int64 = 0
  }

  mutating func apply(_ option: Option) {
    switch option.kind {
    case .force(let edge):
      forcedCount += 1
      relaxation.fix(edge, by: heavy)
    case .forbid(let edge): relaxation.fix(edge, by: -heavy)
    case .require(let group):
      relaxation.isRequired[group] = true
      relaxation.suspects.insert(group)
    case .waive(let group):
      relaxation.reprice(group, at: min(relaxation.multiplier[group], option.price))
      relaxation.waive(group, by: 1)
    }
  }

  mutating func revert(_ option: Option) {
    switch option.kind {
    case .force(let edge):
      forcedCount -= 1
      relaxation.fix(edge, by: -heavy)
    case .forbid(let edge): relaxation.fix(edge, by: heavy)
    case .require(let group):
      relaxation.isRequired[group] = false
      relaxation.suspects.insert(group)
    case .waive(let group):
      relaxation.waive(group, by: -1)
      relaxation.reprice(group, at: option.formerPrice)
    }
  }

  /// What the group costs by not being as its price says.
  func defect(_ group: Int) -> Int64 {
    let groups = relaxation.groups
    let excess = Int64(relaxation.chosen[group] - relaxation.limit[group])
    if excess == 0 { return 0 }
    if group < groups.capCount {
      return excess > 0 ? Int64.max / 4 : -excess * relaxation.multiplier[group]
    }
    if excess > 0 { return excess * relaxation.multiplier[group] }
    return relaxation.isRequired[group]
      ? Int64.max / 8 : groups.cost[group] * scale - relaxation.multiplier[group]
  }

  /// The groups that cost most by not being as their price says, the most costly first.
  func worstGroups(_ count: Int) -> [Int] {
    let suspects = relaxation.suspects
    suspects.keep { defect($0) > 0 }
    var worst: [(defect: Int64, group: Int)] = []
    for index in 0..<suspects.count {
      let group = Int(suspects.list[index])
      let defect = defect(group)
      if worst.count == count, let last = worst.last, (-defect, group) > (-last.defect, last.group)
      {
        continue
      }
      var at = worst.count
      while at > 0, (-defect, group) < (-worst[at - 1].defect, worst[at - 1].group) { at -= 1 }
      worst.insert((defect, group), at: at)
      if worst.count > count { worst.removeLast() }
    }
    return worst.map(\.group)
  }

  /// The two ways to go on with a group that is not as its price says, the likelier first.
  func options(_ group: Int) -> [Option]? {
    let groups = relaxation.groups
    let excess = relaxation.chosen[group] - relaxation.limit[group]
    if group >= groups.capCount, excess < 0, !relaxation.isRequired[group] {
      let require = Option(kind: .require(group), group: group)
      // With one less to ask for, the reward has no reason to stay; the polish finds a better one.
      let waive = Option(
        kind: .waive(group), group: group, formerPrice: relaxation.multiplier[group],
        price: relaxation.limit[group] == 1 ? 0 : relaxation.multiplier[group])
      return relaxation.multiplier[group] * 2 > groups.cost[group] * scale
        ? [waive, require] : [require, waive]
    }
    let isLeaving = excess > 0
    guard let edge = cheapestMove(in: group, isLeaving: isLeaving) else { return nil }
    let force = Option(kind: .force(edge), group: group)
    let forbid = Option(kind: .forbid(edge), group: group)
    return isLeaving ? [forbid, force] : [force, forbid]
  }

  /// The member who loses least by leaving, or the other who loses least by joining.
  private func cheapestMove(in group: Int, isLeaving: Bool) -> Int32? {
    let market = relaxation.market
    var least = heavy / 2
    var edge: Int32?
    for candidate in relaxation.groups.edges(of: group) {
      let volunteer = relaxation.owner(of: candidate)
      if market.holds(volunteer, candidate) != isLeaving { continue }
      let loss =
        isLeaving
        ? market.value(candidate) - market.bestOther(volunteer)
        : market.utility[volunteer] - market.value(candidate)
      if loss < least {
        least = loss
        edge = candidate
      }
    }
    return edge
  }
}

extension Relaxation {
  /// Asks for fewer people in the group, each missing one at its cost.
  func waive(_ group: Int, by count: Int32) {
    limit[group] -= count
    tally[0].surplus += Int64(count) * (multiplier[group] - groups.cost[group] * scale)
    suspects.insert(group)
  }
}

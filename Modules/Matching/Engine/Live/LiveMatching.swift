/// An answer kept alive: people leave, return or arrive, and it is repaired on the spot.
///
/// Without rules the repaired answer is again the best there is: only the chain of volunteers that
/// gain by moving moves. With rules a lost seat goes to somebody with room for it, or is filled by a
/// short chain of moves, so that few people move; `OptimalStrategy` with `Rules.previous` gives the
/// proved best with the fewest changes when there is time.
public final class LiveMatching {
  /// One volunteer that moved: from a role to a role, nil for none.
  public struct Change: Sendable, Hashable {
    /// Their number.
    public var volunteer: Int32
    /// The role they leave; nil for somebody who held none.
    public var from: Int32?
    /// The role they take; nil for somebody who holds none now.
    public var to: Int32?
  }

  /// The instance without what has been withdrawn since.
  public let instance: Instance
  private let market: Auction<Int64>
  private let rules: LiveRules?
  /// Repairs the market where there are no rules.
  private let exchange: Exchange?
  private let place: Flat<Int32>
  private let bonus: Int64
  /// What is taken from an edge that must not be chosen.
  private let ban: Int64

  /// Starts from the prices of a proved answer when there is one, else works them out.
  public init(_ instance: Instance, solution: Solution) throws(SolveError) {
    self.instance = instance
    let size = ProblemSize(instance)
    let certificate = solution.certificate
    bonus = certificate?.seatBonus ?? 3 * size.heaviest + 3
    let top = bonus + size.heaviest + 1
    let units = instance.capacity.reduce(0) { $0 + Int64($1) }
    var scale = certificate?.scale ?? 16
    while scale < 4 * units { scale *= 2 }
    guard top < Int64.max / 64 / scale / max(1, units) else {
      throw .tooLarge("\(units) volunteers")
    }
    market = Auction(instance, scale: scale, bonus: bonus, top: top)
    ban = 4 * market.never
    place = .allocate(capacity: max(1, instance.edgeCount))
    let next = Flat<Int32>.allocate(capacity: market.roleCount + 1)
    for role in 0..<market.roleCount { next[role] = market.backStart[role] }
    for edge in 0..<market.edgeCount {
      let role = market.edges[edge].role
      place[edge] = next[role]
      next[role] &+= 1
    }
    next.deallocate()
    rules = instance.rules.isPlain ? nil : LiveRules(instance, solution.assignment)
    exchange = rules == nil ? Exchange(market) : nil
    if rules == nil { adopt(solution, certificate) }
  }

  deinit { place.deallocate() }

  /// Seats everybody as in the solution at the certificate's prices.
  private func adopt(_ solution: Solution, _ certificate: Certificate?) {
    if let certificate {
      for role in 0..<market.roleCount where market.seatStart[role] < market.seatStart[role + 1] {
        let price = certificate.rolePrice[role] * market.scale / certificate.scale
        market.price[role] = market.floor[role] + max(0, price)
        for seat in market.seatStart[role]..<market.seatStart[role + 1] {
          market.seatPrice[seat] = market.price[role]
        }
      }
    }
    for pair in solution.assignment {
      let edge = market.edge(of: pair.volunteer, to: pair.role)
      var unit = market.unitStart[pair.volunteer]
      while market.held[unit].edge >= 0 { unit &+= 1 }
      market.held[unit] = Auction.Holding(
        edge, role: pair.role, worth: market.edges[edge].worth)
      var seat = market.seatStart[pair.role]
      while market.seatUnit[seat] >= 0 { seat &+= 1 }
      market.seatUnit[seat] = unit
    }
    for role in 0..<market.roleCount { market.restoreHeap(Int32(role)) }
    if certificate != nil {
      for unit in 0..<market.unitCount where market.held[unit].edge == Unit.free {
        market.held[unit] = Auction.Holding(Unit.bench)
      }
    }
    if certificate == nil {
      var step = market.never / 4
      while step > 2 * market.scale {
        market.eps = step
        market.checkHolders()
        _ = market.forward()
        market.prepareReverse()
        _ = market.reverse()
        step /= 16
      }
    }
    exchange?.start()
  }

  /// The answer as it stands.
  public var assignment: [Pair] { rules?.assignment ?? market.pairs() }

  /// The volunteer leaves and gives up every role. Returns who moves.
  public func withdraw(_ volunteer: Int32) -> [Change] {
    if let rules { return rules.withdraw(volunteer) }
    for unit in market.unitStart[volunteer]..<market.unitStart[volunteer &+ 1]
    where market.held[unit].edge != Unit.gone {
      if market.held[unit].edge >= 0 {
        market.vacate(unit, to: Unit.gone)
      } else {
        market.held[unit] = Auction.Holding(Unit.gone)
      }
    }
    market.utility[volunteer] = market.absent
    return settle()
  }

  /// The volunteer comes back, or somebody who was kept out of the answer so far comes in.
  public func restore(_ volunteer: Int32) -> [Change] {
    if let rules { return rules.restore(volunteer) }
    for unit in market.unitStart[volunteer]..<market.unitStart[volunteer &+ 1]
    where market.held[unit].edge == Unit.gone {
      market.held[unit] = Auction.Holding(Unit.free)
      market.waiting.push(unit)
    }
    return settle()
  }

  /// The volunteer declines the role: the pair is out until it is allowed again.
  public func forbid(_ pair: Pair) -> [Change] {
    guard instance.edge(of: pair) != nil else { return [] }
    if let rules { return rules.forbid(pair) }
    shift(pair, by: -ban)
    return settle()
  }

  /// Takes back what `forbid` did.
  public func allow(_ pair: Pair) -> [Change] {
    guard instance.edge(of: pair) != nil else { return [] }
    if let rules { return rules.allow(pair) }
    shift(pair, by: ban)
    return settle()
  }

  /// How far the answer can be from the best, in points: less than 1 means it is the best. Looks at
  /// the whole instance. Nil with rules, where nothing is proved.
  public func provedGap() -> Double? {
    rules == nil ? Double(market.dual() - market.primal()) / Double(market.scale) : nil
  }

  private func shift(_ pair: Pair, by amount: Int64) {
    let edge = market.edge(of: pair.volunteer, to: pair.role)
    market.edges[edge].worth += amount
    market.back[place[edge]].worth += amount
    for unit in market.unitStart[pair.volunteer]..<market.unitStart[pair.volunteer &+ 1]
    where market.held[unit].edge == edge {
      market.held[unit].worth += amount
    }
    market.reconsider(pair.volunteer)
  }

  /// Lets the market settle and says who moved, ascending by volunteer.
  private func settle() -> [Change] {
    exchange?.settle()
    var net: [Int32: Int32] = [:]
    while !market.journal.isEmpty {
      let entry = market.journal.pop()
      net[abs(entry) &- 1, default: 0] += entry > 0 ? 1 : -1
    }
    var left: [Int32: [Int32]] = [:]
    var joined: [Int32: [Int32]] = [:]
    for (edge, count) in net where count != 0 {
      let volunteer = market.back[place[edge]].volunteer
      if count > 0 {
        joined[volunteer, default: []].append(market.edges[edge].role)
      } else {
        left[volunteer, default: []].append(market.edges[edge].role)
      }
    }
    return LiveMatching.changes(left: left, joined: joined)
  }

  static func changes(left: [Int32: [Int32]], joined: [Int32: [Int32]]) -> [Change] {
    var changes: [Change] = []
    for volunteer in Set(left.keys).union(joined.keys).sorted() {
      let from = (left[volunteer] ?? []).sorted()
      let to = (joined[volunteer] ?? []).sorted()
      for index in 0..<max(from.count, to.count) {
        changes.append(
          Change(
            volunteer: volunteer, from: index < from.count ? from[index] : nil,
            to: index < to.count ? to[index] : nil))
      }
    }
    return changes
  }
}

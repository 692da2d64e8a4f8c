// Bids in batches: what many would bid at today's prices is worked out first, by all threads, and then
// the bids are made one after the other.
//
// A choice stays right until its role's price changes; then it is made anew. Meanwhile other prices can
// only have risen, so that the second best is less than was thought: the raise is smaller than it
// could be, never too large (Bertsekas and Castañón, "Parallel synchronous and asynchronous
// implementations of the auction algorithm", 1991). Which units and roles make a batch depends on
// the market alone, so any number of threads gives the same answer.

/// Room for the choices of a batch.
struct Batches<Word: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable> {
  /// A market with fewer units than this has nothing to share.
  static var worthwhile: Int { 20_000 }
  /// Fewer than these do not make a batch.
  static var least: Int { 128 }
  static var most: Int { 1_024 }
  /// How many a thread takes at a time.
  static var piece: Int { 64 }

  /// What a unit would do.
  struct Bid: BitwiseCopyable {
    var unit: Int32
    /// The edge, or `Unit.bench`; `undecided` where it has to be worked out in turn.
    var edge: Int32
    var role: Int32
    var worth: Word
    var price: Word
    var second: Word

    static var undecided: Int32 { -9 }
  }

  /// Whom a role would take.
  struct Call: BitwiseCopyable {
    var role: Int32
    var offers: Auction<Word>.Offers
    /// The chosen volunteer, or anybody.
    var volunteer: Int32
    /// What the chosen volunteer gets without it.
    var utility: Word
  }

  let bids: Flat<Bid>
  let calls: Flat<Call>
  /// Whether each role is in the batch and nobody has left it since.
  private let isCalling: Flat<Bool>

  init(roleCount: Int) {
    bids = .allocate(capacity: Self.most)
    calls = .allocate(capacity: Self.most)
    isCalling = .filled(false, roleCount)
  }

  func deallocate() {
    bids.deallocate()
    calls.deallocate()
    isCalling.deallocate()
  }

  /// Somebody leaves the role: what it was about to do has to be worked out anew.
  @inline(__always)
  func leave(_ role: Int32) { isCalling[role] = false }

  /// Puts the role into the batch; false when it is in already.
  @inline(__always)
  func enter(_ role: Int32) -> Bool {
    if isCalling[role] { return false }
    isCalling[role] = true
    return true
  }

  /// Takes the role out; returns whether nobody has left it meanwhile.
  @inline(__always)
  func finish(_ role: Int32) -> Bool {
    let isUntouched = isCalling[role]
    isCalling[role] = false
    return isUntouched
  }
}

extension Auction {
  /// Cuts `0 ..< count` into pieces for the crew.
  @inline(__always)
  func share(_ count: Int, by piece: Int, _ work: (Range<Int>) -> Void) {
    crew.share((count + piece - 1) / piece) { number in
      work(number * piece..<min(count, (number + 1) * piece))
    }
  }

  /// Lets the units that waited last bid together.
  @inline(never)
  func bidTogether(_ batches: Batches<Word>, _ waiting: inout FlatStack<Int32>) {
    let count = min(waiting.count, Batches<Word>.most)
    let bids = batches.bids
    for index in 0..<count { bids[index].unit = waiting.pop() }
    share(count, by: Batches<Word>.piece) { range in
      let (owner, unitStart, edges) = (owner, unitStart, edges)
      for index in range { bids[index].edge = owner[bids[index].unit] }
      for index in range {
        if index & 7 == 0 {
          for next in index..<min(index + 8, range.upperBound) { fetchEdges(bids[next].edge) }
        }
        let volunteer = bids[index].edge
        // The units of one volunteer must not take the same role.
        guard unitStart[volunteer &+ 1] &- unitStart[volunteer] == 1 else {
          bids[index].edge = Batches<Word>.Bid.undecided
          continue
        }
        let choice = choice(volunteer)
        if choice.place < 0 {
          bids[index].edge = Unit.bench
          continue
        }
        let edge = edges[choice.place]
        bids[index].edge = choice.place
        bids[index].role = edge.role
        bids[index].worth = edge.worth
        bids[index].price = edge.worth &- choice.best
        bids[index].second = choice.second
      }
    }
    for index in 0..<count {
      if index & 15 == 0 {
        for next in index..<min(index + 16, count) where bids[next].edge >= 0 {
          fetchSeats(bids[next].role)
        }
      }
      let bid = bids[index]
      if bid.edge == Unit.bench {
        held[bid.unit] = Holding(Unit.bench)
      } else if bid.edge >= 0, price[bid.role] == bid.price {
        seat(
          bid.unit, Holding(bid.edge, role: bid.role, worth: bid.worth),
          raise: bid.worth &- bid.price &- bid.second, &waiting)
      } else {
        bidAlone(bid.unit, &waiting)
      }
    }
  }

  /// Lets a unit bid.
  @inline(__always)
  func bidAlone(_ unit: Int32, _ waiting: inout FlatStack<Int32>) {
    let volunteer = owner[unit]
    let choice =
      unitStart[volunteer &+ 1] &- unitStart[volunteer] == 1
      ? choice(volunteer) : choiceOther(volunteer)
    if choice.place < 0 {
      held[unit] = Holding(Unit.bench)
      return
    }
    let edge = edges[choice.place]
    seat(
      unit, Holding(choice.place, role: edge.role, worth: edge.worth),
      raise: choice.best &- choice.second, &waiting)
  }

  /// Gives the unit the cheapest seat of the role, whose price rises by `raise` and a step; who sat
  /// there waits.
  @inline(__always)
  private func seat(
    _ unit: Int32, _ holding: Holding, raise: Word, _ waiting: inout FlatStack<Int32>
  ) {
    held[unit] = holding
    let role = holding.role
    let low = Int(seatStart[role])
    let displaced = seatUnit[low]
    let bid = price[role] &+ raise &+ eps
    seatUnit[low] = unit
    seatPrice[low] = bid
    let count = Int(seatStart[role &+ 1]) &- low
    if count == 1 {
      price[role] = bid
    } else {
      sink(low, low: low, count: count)
      price[role] = seatPrice[low]
    }
    if displaced >= 0 {
      held[displaced] = Holding(Unit.free)
      waiting.push(displaced)
    }
  }
}

extension Auction {
  /// Lets the roles that came last bid together; returns how many.
  @inline(never)
  func callTogether(_ batches: Batches<Word>, _ needy: inout FlatStack<Int32>) -> Int {
    let calls = batches.calls
    var count = 0
    while count < Batches<Word>.most, !needy.isEmpty {
      let role = needy.pop()
      if isNeedy(role), batches.enter(role) {
        calls[count].role = role
        count &+= 1
      }
    }
    share(count, by: Batches<Word>.piece / 2) { range in
      for index in range {
        if index & 3 == 0 {
          for next in index..<min(index + 4, range.upperBound) { fetchOffers(calls[next].role) }
        }
        let offers = offersApart(calls[index].role)
        calls[index].offers = offers
        calls[index].volunteer = max(0, offers.chosen.volunteer)
        if offers.chosen.volunteer >= 0 {
          calls[index].utility = utility[offers.chosen.volunteer]
        }
      }
    }
    for index in 0..<count {
      if index & 7 == 0 {
        for next in index..<min(index + 8, count) { fetchChosen(calls[next].volunteer) }
      }
      let (role, offers) = (calls[index].role, calls[index].offers)
      // While roles bid nobody is ever worse off: no other offer has risen.
      let holds = batches.finish(role)
      if holds, offers.chosen.volunteer >= 0,
        utility[offers.chosen.volunteer] == calls[index].utility
      {
        call(role, offers, &needy)
      } else {
        call(role, bestOffers(role), &needy)
      }
      if isNeedy(role) { needy.push(role) }
    }
    return count
  }

  /// As `bestOffers`, but changes nothing. The role's volunteers and its own people both come in ascending order, so that
  /// one comparison tells them apart.
  @inline(__always)
  private func offersApart(_ role: Int32) -> Offers {
    let (back, utility) = (back, utility)
    var top = Top<Word>(above: Word.min)
    var own = nextOwner(of: role, after: -1)
    var at = backStart[role]
    let end = backStart[role &+ 1]
    while at < end {
      let entry = back[at]
      if entry.volunteer == own {
        own = nextOwner(of: role, after: own)
      } else {
        top.look(entry.worth &- utility[entry.volunteer], at: at)
      }
      at &+= 1
    }
    if top.place < 0 { return Offers() }
    return Offers(best: top.best, second: top.second, chosen: back[top.place])
  }

  /// The first volunteer after the given one who has a seat of the role.
  @inline(__always)
  private func nextOwner(of role: Int32, after volunteer: Int32) -> Int32 {
    var next = Int32.max
    var seat = seatStart[role]
    while seat < seatStart[role &+ 1] {
      let unit = seatUnit[seat]
      if unit >= 0, owner[unit] > volunteer { next = min(next, owner[unit]) }
      seat &+= 1
    }
    return next
  }
}

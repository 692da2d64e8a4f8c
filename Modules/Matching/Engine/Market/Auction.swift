/// The market that solves the transportation problem: volunteers bid for seats.
///
/// All amounts are whole numbers in `1 / scale` of a point. A role is a class of identical seats;
/// the price of the class is that of its cheapest seat. An empty seat costs the role's `floor`,
/// which is minus what a filled seat earns by itself, so that one number per role carries the bonus
/// of a filled seat, the role's priority and its price. A volunteer may stay out, which is worth 0.
///
/// After Bertsekas and Castañón, "The auction algorithm for the transportation problem" (1989), and
/// Bertsekas, Castañón and Tsaknakis, "Reverse auction and the solution of inequality constrained
/// assignment problems" (1993).
///
/// `Word` is `Int32` where the amounts fit, which halves the memory traffic, else `Int64`.
final class Auction<Word: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable> {
  /// An edge seen from its volunteer.
  struct Edge: BitwiseCopyable {
    var role: Int32
    var worth: Word
  }
  /// An edge seen from its role.
  struct Back: BitwiseCopyable {
    var volunteer: Int32
    var worth: Word
  }

  /// What a unit of capacity holds: an edge with what belongs to it, or one of the marks in `Unit`.
  struct Holding: BitwiseCopyable {
    var edge: Int32
    var role: Int32
    var worth: Word

    @inline(__always)
    init(_ edge: Int32, role: Int32 = -1, worth: Word = 0) {
      self.edge = edge
      self.role = role
      self.worth = worth
    }
  }

  let volunteerCount: Int
  let roleCount: Int
  let edgeCount: Int
  let seatCount: Int
  let unitCount: Int
  let scale: Word
  /// How far from its best choice a volunteer may be.
  var eps: Word = 1

  let edgeStart: Flat<Int32>
  let edges: Flat<Edge>
  let backStart: Flat<Int32>
  let back: Flat<Back>

  /// The seats of role `r` are `seatStart[r] ..< seatStart[r + 1]`, a heap with the cheapest first.
  let seatStart: Flat<Int32>
  /// The unit sitting in a seat, -1 when it is empty.
  let seatUnit: Flat<Int32>
  let seatPrice: Flat<Word>
  /// The price of the role: that of its cheapest seat.
  let price: Flat<Word>
  /// The price of an empty seat of the role.
  let floor: Flat<Word>

  /// The units of capacity of volunteer `v` are `unitStart[v] ..< unitStart[v + 1]`.
  let unitStart: Flat<Int32>
  /// The volunteer a unit belongs to.
  let owner: Flat<Int32>
  /// What each unit holds.
  let held: Flat<Holding>
  /// What a volunteer gets from the worst of its units, where the reverse steps need it.
  let utility: Flat<Word>
  /// Units that want to bid.
  var waiting: FlatStack<Int32>
  /// What changed hands since somebody last looked: `edge + 1` for an edge taken, `-(edge + 1)` for
  /// one given up. Kept by `vacate` and `Exchange`.
  var journal: FlatStack<Int32>
  /// Roles that may have an empty seat dearer than its floor, while roles bid.
  var needy: FlatStack<Int32>

  /// Who works.
  let crew: Crew
  /// Nil where the market is too small to gain by it.
  let batches: Batches<Word>?

  /// At least what any edge is worth above the lowest floor: a price nobody pays, a utility no role
  /// can outbid.
  let never: Word
  /// The utility of a volunteer who is not there; more than any search makes an edge worth.
  var absent: Word { Word.bitWidth == 64 ? Word.max / 4 : never }

  /// Takes over the edges of the instance, worth `scale` times their weight; every filled seat
  /// earns `bonus` points more, plus the priority of its role.
  ///
  /// The caller has made sure that `top`, at least the bonus plus the largest weight and priority,
  /// times the scale fits into a word.
  init(_ instance: Instance, scale: Word, bonus: Int64, top: Int64, crew: Crew = Crew(size: 1)) {
    self.crew = crew
    never = Word(truncatingIfNeeded: top) &* scale
    volunteerCount = instance.volunteerCount
    roleCount = instance.roleCount
    edgeCount = instance.edgeCount
    self.scale = scale
    edgeStart = .allocate(capacity: volunteerCount + 1)
    edges = .allocate(capacity: max(1, edgeCount))
    backStart = .allocate(capacity: roleCount + 1)
    back = .allocate(capacity: max(1, edgeCount))
    seatStart = .allocate(capacity: roleCount + 1)
    unitStart = .allocate(capacity: volunteerCount + 1)

    var seats: Int32 = 0
    for role in 0..<roleCount {
      seatStart[role] = seats
      seats += instance.roleSeats[role]
    }
    seatStart[roleCount] = seats
    seatCount = Int(seats)
    seatUnit = .filled(-1, seatCount)
    seatPrice = .allocate(capacity: max(1, seatCount))
    price = .allocate(capacity: max(1, roleCount))
    floor = .allocate(capacity: max(1, roleCount))

    var units: Int32 = 0
    for volunteer in 0..<volunteerCount {
      unitStart[volunteer] = units
      units += instance.capacity[volunteer]
    }
    unitStart[volunteerCount] = units
    unitCount = Int(units)
    owner = .allocate(capacity: max(1, unitCount))
    for volunteer in 0..<volunteerCount {
      for unit in Int(unitStart[volunteer])..<Int(unitStart[volunteer + 1]) {
        owner[unit] = Int32(volunteer)
      }
    }
    held = .filled(Holding(Unit.free), unitCount)
    utility = .filled(0, volunteerCount)
    waiting = FlatStack(capacity: unitCount)
    needy = FlatStack(capacity: 64)
    journal = FlatStack(capacity: 64)
    batches = unitCount < Batches<Word>.worthwhile ? nil : Batches(roleCount: roleCount)

    fillEdges(instance)
    setFloors(instance, bonus: bonus)
    startPrices()
  }

  deinit {
    edgeStart.deallocate()
    edges.deallocate()
    backStart.deallocate()
    back.deallocate()
    seatStart.deallocate()
    seatUnit.deallocate()
    seatPrice.deallocate()
    price.deallocate()
    floor.deallocate()
    unitStart.deallocate()
    owner.deallocate()
    held.deallocate()
    utility.deallocate()
    waiting.deallocate()
    needy.deallocate()
    journal.deallocate()
    batches?.deallocate()
  }

  /// Copies the edges and sorts them by role, by counting. The volunteers are cut into as many parts as
  /// there are threads; the places of a part follow those of the part before, so that the order does
  /// not depend on how many there are.
  private func fillEdges(_ instance: Instance) {
    let (edges, back, backStart) = (edges, back, backStart)
    let (edgeStart, scale, roleCount) = (edgeStart, scale, roleCount)
    let parts = batches == nil ? 1 : min(crew.size, 16)
    let next = Flat<Int32>.filled(0, parts * (roleCount + 1))
    defer { next.deallocate() }
    instance.edgeStart.withUnsafeBufferPointer { start in
      for volunteer in 0...volunteerCount { edgeStart[volunteer] = start[volunteer] }
    }
    func volunteers(_ part: Int) -> Range<Int> {
      part * volunteerCount / parts..<(part + 1) * volunteerCount / parts
    }
    instance.edgeRole.withUnsafeBufferPointer { role in
      instance.edgeWeight.withUnsafeBufferPointer { weight in
        crew.share(parts) { part in
          let next = next + part * (roleCount + 1)
          let (first, last) = (volunteers(part).lowerBound, volunteers(part).upperBound)
          for edge in Int(edgeStart[first])..<Int(edgeStart[last]) {
            edges[edge] = Edge(
              role: role[edge], worth: Word(truncatingIfNeeded: weight[edge]) &* scale)
            next[role[edge]] &+= 1
          }
        }
      }
    }
    var sum: Int32 = 0
    for role in 0..<roleCount {
      backStart[role] = sum
      for part in 0..<parts {
        let count = next[part * (roleCount + 1) + role]
        next[part * (roleCount + 1) + role] = sum
        sum &+= count
      }
    }
    backStart[roleCount] = sum
    crew.share(parts) { part in
      let next = next + part * (roleCount + 1)
      for volunteer in volunteers(part) {
        for edge in Int(edgeStart[volunteer])..<Int(edgeStart[volunteer + 1]) {
          let at = next[edges[edge].role]
          next[edges[edge].role] = at &+ 1
          back[at] = Back(volunteer: Int32(truncatingIfNeeded: volunteer), worth: edges[edge].worth)
        }
      }
    }
  }

  /// Sets what a filled seat earns by itself.
  func setFloors(_ instance: Instance, bonus: Int64) {
    for role in 0..<roleCount {
      floor[role] = -(Word(bonus + instance.priority(ofRole: role)) &* scale)
    }
  }

  /// Empties every seat and puts it at its floor.
  func startPrices() {
    for role in 0..<roleCount {
      let (low, high) = (Int(seatStart[role]), Int(seatStart[role + 1]))
      for seat in low..<high {
        seatUnit[seat] = -1
        seatPrice[seat] = floor[role]
      }
      price[role] = low < high ? floor[role] : never
    }
    for unit in 0..<unitCount { held[unit] = Holding(Unit.free) }
    waiting.removeAll()
  }
}

/// What a unit of capacity holds when it holds no edge.
enum Unit {
  /// Wants to bid.
  static let free: Int32 = -1
  /// Stays out: no seat is worth its price.
  static let bench: Int32 = -2
  /// Is not there: the volunteer withdrew, or the unit is locked elsewhere.
  static let gone: Int32 = -3
}

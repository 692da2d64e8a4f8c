// Chains: somebody moves to the empty seat, somebody else to the seat that leaves, until somebody with
// room fills the last one (alternating paths, Berge 1957). One seat more is filled, which comes before
// everything else, so that the answer is never worse for it.

extension LiveRules {
  /// A move of a chain; `from` is nil for who joins.
  struct Move {
    var volunteer: Int32
    var from: Int32?
    var to: Int32
  }

  /// A seat that would have to be filled.
  private struct Seat {
    var role: Int32
    /// Who would leave it, for the seat at `parent`.
    var mover: Int32
    var parent: Int
    var gain: Int64
  }

  private struct End {
    var seat: Int
    var volunteer: Int32
    var gain: Int64
  }

  /// At most so many people move to let somebody in.
  private static var longest: Int { 4 }
  /// How many people are looked at for one seat.
  private static var budget: Int { 20_000 }
  private static var attempts: Int { 16 }

  /// Fills a seat of the role by as few moves as possible, and among as few by those that bring most;
  /// returns the moves made.
  func fillByChain(_ role: Int32) -> [Move] {
    startSearch()
    seen[Int(role)] = search
    var seats = [Seat(role: role, mover: -1, parent: -1, gain: 0)]
    var level = 0..<1
    var budget = Self.budget
    for length in 0...Self.longest {
      var ends: [End] = []
      for index in level where budget > 0 {
        look(from: index, mayMove: length < Self.longest, &seats, &ends, &budget)
      }
      ends.sort { ($1.gain, $0.volunteer, $0.seat) < ($0.gain, $1.volunteer, $1.seat) }
      for end in ends.prefix(Self.attempts) {
        let moves = chain(to: end, seats)
        if make(moves) { return moves }
      }
      level = level.upperBound..<seats.count
      if level.isEmpty || budget <= 0 { break }
    }
    return []
  }

  private func startSearch() {
    if search == .max {
      for role in seen.indices { seen[role] = 0 }
      search = 0
    }
    search += 1
  }

  /// Who could fill the seat: with room, or by leaving another.
  private func look(
    from index: Int, mayMove: Bool, _ seats: inout [Seat], _ ends: inout [End], _ budget: inout Int
  ) {
    let seat = seats[index]
    for volunteer in holders[Int(seat.role)] {
      budget -= 1
      let own = roles[Int(volunteer)]
      let hasRoom = own.count < instance.capacity[Int(volunteer)]
      if !hasRoom && (!mayMove || own.allSatisfy { seen[Int($0)] == search }) { continue }
      if isGone[Int(volunteer)] || own.contains(seat.role) { continue }
      if forbidden.contains(Pair(volunteer: volunteer, role: seat.role)) { continue }
      let gain = seat.gain + points(volunteer, seat.role)
      if hasRoom {
        if mayJoin(volunteer, seat.role) {
          ends.append(End(seat: index, volunteer: volunteer, gain: gain))
        }
        continue
      }
      for left in own where seen[Int(left)] != search {
        if pins.contains(Pair(volunteer: volunteer, role: left)) { continue }
        let isSameMission =
          instance.roleMission[Int(left)] == instance.roleMission[Int(seat.role)]
        if !isSameMission, !mayJoin(volunteer, seat.role) { continue }
        seen[Int(left)] = search
        seats.append(
          Seat(
            role: left, mover: volunteer, parent: index, gain: gain - points(volunteer, left)))
      }
    }
  }

  private func points(_ volunteer: Int32, _ role: Int32) -> Int64 {
    guard let edge = instance.edge(of: Pair(volunteer: volunteer, role: role)) else { return 0 }
    return Int64(instance.edgeWeight[edge]) + instance.priority(ofRole: Int(role))
  }

  /// The moves that end there, from the seat that was lost on.
  private func chain(to end: End, _ seats: [Seat]) -> [Move] {
    var moves = [Move(volunteer: end.volunteer, from: nil, to: seats[end.seat].role)]
    var index = end.seat
    while seats[index].parent >= 0 {
      let seat = seats[index]
      moves.append(
        Move(volunteer: seat.mover, from: seat.role, to: seats[seat.parent].role))
      index = seat.parent
    }
    return moves.reversed()
  }

  /// Makes the moves if they keep the rules together: several may concern one company and mission, or
  /// one volunteer. Otherwise leaves everybody where they were.
  private func make(_ moves: [Move]) -> Bool {
    for move in moves { if let from = move.from { leave(move.volunteer, from) } }
    var made = 0
    while made < moves.count {
      let move = moves[made]
      let hasRoom =
        roles[Int(move.volunteer)].count < instance.capacity[Int(move.volunteer)]
      if !hasRoom || !mayJoin(move.volunteer, move.to) { break }
      join(move.volunteer, move.to)
      made += 1
    }
    if made == moves.count { return true }
    for move in moves[..<made] { leave(move.volunteer, move.to) }
    for move in moves { if let from = move.from { join(move.volunteer, from) } }
    return false
  }
}

// The seats of a role: a small heap with the cheapest seat first, empty ones before taken ones.

extension Auction {
  /// Whether seat `a` comes before seat `b`.
  @inline(__always)
  func cheaper(_ a: Int, _ b: Int) -> Bool {
    seatPrice[a] < seatPrice[b]
      || (seatPrice[a] == seatPrice[b] && seatUnit[a] < 0 && seatUnit[b] >= 0)
  }

  /// Moves the seat towards the end of the heap until no seat after it is cheaper.
  @inline(__always)
  func sink(_ seat: Int, low: Int, count: Int) {
    var at = seat - low
    let (unit, amount) = (seatUnit[seat], seatPrice[seat])
    while true {
      var child = 2 &* at &+ 1
      if child >= count { break }
      if child &+ 1 < count, cheaper(low &+ child &+ 1, low &+ child) { child &+= 1 }
      let under = low &+ child
      let before =
        seatPrice[under] < amount
        || (seatPrice[under] == amount && seatUnit[under] < 0 && unit >= 0)
      if !before { break }
      seatUnit[low &+ at] = seatUnit[under]
      seatPrice[low &+ at] = seatPrice[under]
      at = child
    }
    seatUnit[low &+ at] = unit
    seatPrice[low &+ at] = amount
  }

  /// Moves the seat towards the front of the heap until the one before it is not dearer.
  @inline(__always)
  func rise(_ seat: Int, low: Int) {
    var at = seat - low
    let (unit, amount) = (seatUnit[seat], seatPrice[seat])
    while at > 0 {
      let parent = (at &- 1) >> 1
      let over = low &+ parent
      let before =
        amount < seatPrice[over]
        || (amount == seatPrice[over] && unit < 0 && seatUnit[over] >= 0)
      if !before { break }
      seatUnit[low &+ at] = seatUnit[over]
      seatPrice[low &+ at] = seatPrice[over]
      at = parent
    }
    seatUnit[low &+ at] = unit
    seatPrice[low &+ at] = amount
  }

  /// The seat of the role that the unit sits in.
  @inline(__always)
  func seat(of unit: Int32, in role: Int32) -> Int {
    var seat = Int(seatStart[role])
    while seatUnit[seat] != unit { seat &+= 1 }
    return seat
  }

  /// Empties the seat the unit holds; it now costs what the role costs. The unit still has to be
  /// told what it holds instead.
  @inline(__always)
  func release(_ unit: Int32) {
    let role = held[unit].role
    let seat = seat(of: unit, in: role)
    seatUnit[seat] = -1
    seatPrice[seat] = price[role]
    rise(seat, low: Int(seatStart[role]))
  }

  /// Whether the role has an empty seat. Empty seats come first among the cheapest, and no empty
  /// seat is ever dearer than the role.
  @inline(__always)
  func hasEmptySeat(_ role: Int32) -> Bool {
    let low = seatStart[role]
    return low < seatStart[role &+ 1] && seatUnit[low] < 0
  }
}

extension Auction {
  /// Puts the seats of the role in heap order after they were filled by hand.
  func restoreHeap(_ role: Int32) {
    let (low, high) = (Int(seatStart[role]), Int(seatStart[role &+ 1]))
    var seat = low + (high - low) / 2
    while seat > low {
      seat -= 1
      sink(seat, low: low, count: high - low)
    }
  }
}

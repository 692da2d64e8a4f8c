// What is read ahead, so that it is near when its turn comes. It changes no answer.

import Synchronization

extension Auction {
  /// Has the volunteer's edges brought near.
  @inline(__always)
  func fetchEdges(_ volunteer: Int32) {
    var edge = edgeStart[volunteer]
    let end = edgeStart[volunteer &+ 1]
    while edge < end {
      touch(edges + Int(edge))
      edge &+= 8
    }
  }

  /// Has the role's seats brought near.
  @inline(__always)
  func fetchSeats(_ role: Int32) {
    let seat = Int(seatStart[role])
    if seat >= seatCount { return }
    touch(seatUnit + seat)
    touch(seatPrice + seat)
  }

  /// Has what the role looks at brought near.
  @inline(__always)
  func fetchOffers(_ role: Int32) {
    fetchSeats(role)
    var at = backStart[role]
    let end = min(backStart[role &+ 1], at &+ 64)
    while at < end {
      touch(back + Int(at))
      at &+= 8
    }
  }

  /// Has what belongs to a volunteer about to move brought near.
  @inline(__always)
  func fetchChosen(_ volunteer: Int32) {
    touch(held + Int(unitStart[volunteer]))
    fetchEdges(volunteer)
  }
}

/// Reads from an address so that what lies there is near when it is needed: several such reads one after
/// the other wait for memory together. What is read is used by nobody; as a relaxed atomic read it is
/// made all the same.
@inline(__always)
func touch<Element: BitwiseCopyable>(_ address: Flat<Element>) {
  _ = UnsafeMutableRawPointer(address).assumingMemoryBound(to: Atomic<Int32>.self).pointee
    .load(ordering: .relaxed)
}

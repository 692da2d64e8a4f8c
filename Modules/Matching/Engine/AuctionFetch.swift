// What is asked for ahead of time, so that it is near when its turn comes. It changes no answer.

internal import Prefetch

extension Auction {
  /// Has the volunteer's edges brought near.
  @inline(__always)
  func fetchEdges(_ volunteer: Int32) {
    var edge = edgeStart[volunteer]
    let end = edgeStart[volunteer &+ 1]
    while edge < end {
      prefetch(edges + Int(edge))
      edge &+= 8
    }
  }

  /// Has the role's seats brought near.
  @inline(__always)
  func fetchSeats(_ role: Int32) {
    let seat = Int(seatStart[role])
    prefetch(seatUnit + seat)
    prefetch(seatPrice + seat)
  }

  /// Has what the role looks at brought near.
  @inline(__always)
  func fetchOffers(_ role: Int32) {
    fetchSeats(role)
    var at = backStart[role]
    let end = min(backStart[role &+ 1], at &+ 64)
    while at < end {
      prefetch(back + Int(at))
      at &+= 8
    }
  }

  /// Has what belongs to a volunteer about to move brought near.
  @inline(__always)
  func fetchChosen(_ volunteer: Int32) {
    prefetch(held + Int(unitStart[volunteer]))
    fetchEdges(volunteer)
  }
}

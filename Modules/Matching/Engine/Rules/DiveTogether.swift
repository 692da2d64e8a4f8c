extension Relaxation {
  /// An answer near the market's choice: in every mission with too many people of a company, those who
  /// lose least by it have to go, all at once, and the market settles anew, until no cap is exceeded.
  /// For problems so large that one choice after the other would take all the time. Leaves everything
  /// as it was; nil when stopped first.
  func diveTogether(proceed: () -> Bool) -> (pairs: [Pair], worth: Int64)? {
    let heavy = 4 * market.never
    var ruledOut: [Int32] = []
    defer {
      for edge in ruledOut {
        shift(edge, by: heavy)
        refreshHolding(edge)
      }
      market.goLive(eps: 1)
      recount()
      touched.removeAll()
    }
    while true {
      recount()
      if let worth = answerWorth { return (reduced.settled + market.pairs(), worth) }
      if !proceed() { return nil }
      for group in 0..<groups.capCount where chosen[group] > limit[group] {
        for edge in leaving(group) {
          shift(edge, by: -heavy)
          refreshHolding(edge)
          ruledOut.append(edge)
        }
      }
      market.eps = max(1, scale / 50)
      market.checkHolders()
      _ = market.forward()
      market.prepareReverse()
      _ = market.reverse()
    }
  }

  /// Those beyond the cap of the group who lose least by leaving.
  private func leaving(_ group: Int) -> ArraySlice<Int32> {
    var members: [(loss: Int64, edge: Int32)] = []
    for edge in groups.edges(of: group) {
      let volunteer = owner(of: edge)
      if !market.holds(volunteer, edge) { continue }
      members.append((market.value(edge) - market.bestOther(volunteer), edge))
    }
    members.sort { $0.loss == $1.loss ? $0.edge < $1.edge : $0.loss < $1.loss }
    return members.map(\.edge).prefix(Int(chosen[group] - limit[group]))
  }
}

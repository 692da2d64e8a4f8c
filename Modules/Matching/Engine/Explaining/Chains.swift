/// What a change costs when everybody moves as suits the whole best: the cheapest chain of moves that
/// makes room for it (shortest paths with the prices as potentials, Edmonds and Karp 1972).
///
/// The prices make every move cost nothing or more, so that the search looks only at the
/// neighbourhood of the change. "Outside" is where idle volunteers and empty seats are.
struct ExplanationChains {
  /// What a chain gains: in the unit of the prices with all they say about the rules, in filled seats
  /// and in points alone.
  struct Change {
    var worth: Int64 = 0
    var filled = 0
    var points: Int64 = 0

    static func + (a: Change, b: Change) -> Change {
      Change(worth: a.worth + b.worth, filled: a.filled + b.filled, points: a.points + b.points)
    }

    static func - (a: Change, b: Change) -> Change {
      Change(worth: a.worth - b.worth, filled: a.filled - b.filled, points: a.points - b.points)
    }
  }

  private struct Label {
    var distance: Int64
    var node: Int
    var change: Change
  }

  /// A search that looks at more moves than this gives up.
  private static let mostMoves = 40_000

  private let instance: Instance
  private let prices: ExplanationPrices
  private let held: [[Int]]
  private let holders: [[(edge: Int, volunteer: Int)]]
  private let byRole: RoleIndex
  private let pinned: Set<Int>
  private let forbidden: Set<Int>
  private var outside: Int { instance.volunteerCount + instance.roleCount }

  init(
    _ instance: Instance, _ prices: ExplanationPrices, held: [[Int]],
    holders: [[(edge: Int, volunteer: Int)]], byRole: RoleIndex, pinned: Set<Int>,
    forbidden: Set<Int>
  ) {
    self.instance = instance
    self.prices = prices
    self.held = held
    self.holders = holders
    self.byRole = byRole
    self.pinned = pinned
    self.forbidden = forbidden
  }

  /// The best change that brings the pair in; nil when locks forbid every one, or it is too far.
  func forcing(_ edge: Int, of volunteer: Int) -> Change? {
    let role = instance.volunteerCount + Int(instance.edgeRole[edge])
    let back = search(from: volunteer, backward: true, to: outside)
    let there = search(
      from: role, backward: false, to: volunteer, or: back?.distance)
    let gained = prices.change(byTaking: edge, volunteer: volunteer)
    guard let there else { return nil }
    if there.node == volunteer { return gained + there.change }
    return back.map { gained + there.change + $0.change }
  }

  /// The best change that makes up for the volunteer's leaving their only role.
  func leaving(_ edge: Int, of volunteer: Int) -> Change? {
    let role = instance.volunteerCount + Int(instance.edgeRole[edge])
    let lost = Change() - prices.change(byTaking: edge, volunteer: volunteer)
    return search(from: role, backward: true, to: outside, avoiding: volunteer)
      .map { lost + $0.change }
  }

  /// The best that one more seat of the role brings.
  func seat(in role: Int) -> Change? {
    search(
      from: instance.volunteerCount + role, backward: true, to: outside,
      throughOwnSeat: false)?.change
  }

  /// The shortest way from a node to a goal, or from it when searching backward. With `or`, the way
  /// outside counts too when it is shorter by that much.
  private func search(
    from start: Int, backward: Bool, to goal: Int, or detour: Int64? = nil,
    avoiding: Int? = nil, throughOwnSeat: Bool = true
  ) -> Label? {
    var settled = Set<Int>()
    var nearest: [Int: Int64] = [start: 0]
    var moves = 0
    var waiting = SmallestFirst()
    var viaOutside: Label?
    waiting.push(Label(distance: 0, node: start, change: Change()))
    while let label = waiting.pop() {
      if let viaOutside, let detour, label.distance >= viaOutside.distance + detour {
        return viaOutside
      }
      if label.node == goal { return label }
      guard settled.insert(label.node).inserted else { continue }
      if moves > Self.mostMoves { return nil }
      if label.node == outside {
        if viaOutside == nil { viaOutside = label }
        continue
      }
      func reach(_ node: Int, _ distance: Int64, _ change: Change) {
        moves += 1
        let total = label.distance + max(0, distance)
        guard node != avoiding, nearest[node].map({ total < $0 }) ?? true else { return }
        nearest[node] = total
        waiting.push(
          Label(
            distance: total, node: node,
            change: label.change + change))
      }
      if backward {
        reachBackward(label.node, own: throughOwnSeat || label.node != start, reach)
      } else {
        reachForward(label.node, reach)
      }
    }
    return detour == nil ? nil : viaOutside
  }

  private typealias Reach = (_ node: Int, _ distance: Int64, _ change: Change) -> Void

  /// From a role somebody is sent away or an empty seat is taken; a volunteer takes another role or
  /// stays out.
  private func reachForward(_ node: Int, _ reach: Reach) {
    let volunteers = instance.volunteerCount
    if node < volunteers {
      if !held[node].isEmpty { reach(outside, prices.utility(of: node), Change()) }
      for edge in instance.edges(ofVolunteer: node)
      where !held[node].contains(edge) && !forbidden.contains(edge) {
        reach(
          volunteers + Int(instance.edgeRole[edge]), prices.slack(of: edge, volunteer: node),
          prices.change(byTaking: edge, volunteer: node))
      }
      return
    }
    let role = node - volunteers
    if holders[role].count < Int(instance.roleSeats[role]) { reach(outside, 0, Change()) }
    for holder in holders[role] where !pinned.contains(holder.edge) {
      reach(
        holder.volunteer, -prices.slack(of: holder.edge, volunteer: holder.volunteer),
        Change() - prices.change(byTaking: holder.edge, volunteer: holder.volunteer))
    }
  }

  /// The same moves from their ends.
  private func reachBackward(_ node: Int, own: Bool, _ reach: Reach) {
    let volunteers = instance.volunteerCount
    if node < volunteers {
      if held[node].count < Int(instance.capacity[node]) { reach(outside, 0, Change()) }
      for edge in held[node] where !pinned.contains(edge) {
        reach(
          volunteers + Int(instance.edgeRole[edge]), -prices.slack(of: edge, volunteer: node),
          Change() - prices.change(byTaking: edge, volunteer: node))
      }
      return
    }
    let role = node - volunteers
    if own, !holders[role].isEmpty { reach(outside, prices.price(of: role), Change()) }
    for place in byRole.range(of: role) {
      let (edge, volunteer) = (Int(byRole.edges[place]), Int(byRole.volunteers[place]))
      guard !forbidden.contains(edge), !held[volunteer].contains(edge) else { continue }
      reach(
        volunteer, prices.slack(of: edge, volunteer: volunteer),
        prices.change(byTaking: edge, volunteer: volunteer))
    }
  }

  /// A binary heap; among equal distances the lower node comes first, so that answers repeat.
  private struct SmallestFirst {
    private var heap: [Label] = []

    private func before(_ a: Label, _ b: Label) -> Bool {
      a.distance == b.distance ? a.node < b.node : a.distance < b.distance
    }

    mutating func push(_ label: Label) {
      heap.append(label)
      var child = heap.count - 1
      while child > 0, before(heap[child], heap[(child - 1) / 2]) {
        heap.swapAt(child, (child - 1) / 2)
        child = (child - 1) / 2
      }
    }

    mutating func pop() -> Label? {
      guard let first = heap.first, let last = heap.popLast() else { return nil }
      if heap.isEmpty { return first }
      heap[0] = last
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2]
        where child < heap.count && before(heap[child], heap[least]) { least = child }
        if least == parent { return first }
        heap.swapAt(parent, least)
        parent = least
      }
    }
  }
}

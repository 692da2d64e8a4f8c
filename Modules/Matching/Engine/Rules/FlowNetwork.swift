/// A network with whole capacities, and the largest flow through it (Dinic 1970): breadth first gives
/// every node a level, depth first fills all shortest ways, and so on until no way is left.
final class FlowNetwork {
  private let nodeCount: Int
  private var from: FlatStack<Int32>
  /// Arc `2 k` goes there and arc `2 k + 1` back.
  private var to: FlatStack<Int32>
  private var room: FlatStack<Int32>
  private var start: Flat<Int32>
  private var arcs: Flat<Int32>

  init(nodes: Int, arcs count: Int) {
    nodeCount = nodes
    from = FlatStack(capacity: count)
    to = FlatStack(capacity: 2 * count)
    room = FlatStack(capacity: 2 * count)
    start = .filled(0, 1)
    arcs = .filled(0, 1)
  }

  deinit {
    from.deallocate()
    to.deallocate()
    room.deallocate()
    start.deallocate()
    arcs.deallocate()
  }

  /// Adds an arc and says by which number it is known.
  @inline(__always)
  func add(from tail: Int, to head: Int, room most: Int32) -> Int {
    from.push(Int32(truncatingIfNeeded: tail))
    to.push(Int32(truncatingIfNeeded: head))
    to.push(Int32(truncatingIfNeeded: tail))
    room.push(most)
    room.push(0)
    return from.count - 1
  }

  /// Gives an arc that carries nothing yet room for one more, up to a limit.
  func widen(_ arc: Int, upTo most: Int32) {
    room.base[2 * arc] = min(most, room[2 * arc] + 1)
  }

  /// How much the arc carries.
  func flow(_ arc: Int) -> Int32 { room[2 * arc + 1] }

  /// Sends one more along the arcs, if all of them have room; returns whether they had.
  func send(along path: [Int]) -> Bool {
    for arc in path where room[2 * arc] == 0 { return false }
    for arc in path { push(Int32(2 * arc), 1) }
    return true
  }

  /// Every arc has been added; only then may anything flow.
  func close() {
    start.deallocate()
    arcs.deallocate()
    start = .filled(0, nodeCount + 1)
    arcs = .filled(0, to.count)
    for arc in 0..<to.count { start[Int(tail(arc)) + 1] += 1 }
    for node in 0..<nodeCount { start[node + 1] += start[node] }
    let next = Flat<Int32>.filled(0, nodeCount)
    defer { next.deallocate() }
    next.update(from: start, count: nodeCount)
    for arc in 0..<to.count {
      arcs[next[tail(arc)]] = Int32(arc)
      next[tail(arc)] += 1
    }
  }

  @inline(__always)
  private func tail(_ arc: Int) -> Int32 { to[arc ^ 1] }

  @inline(__always)
  private func push(_ arc: Int32, _ amount: Int32) {
    room.base[Int(arc)] -= amount
    room.base[Int(arc) ^ 1] += amount
  }

  /// Fills what has room from the source to the sink. Returns false when stopped first.
  func fill(from source: Int, to sink: Int, proceed: () -> Bool) -> Bool {
    let level = Flat<Int32>.filled(-1, nodeCount)
    let next = Flat<Int32>.filled(0, nodeCount)
    let queue = Flat<Int32>.filled(0, nodeCount)
    var path = FlatStack<Int32>(capacity: 64)
    defer {
      level.deallocate()
      next.deallocate()
      queue.deallocate()
      path.deallocate()
    }
    while true {
      if !proceed() { return false }
      guard rank(from: source, to: sink, level, queue) else { return true }
      next.update(from: start, count: nodeCount)
      block(from: source, to: sink, level, next, &path)
    }
  }

  /// How many arcs away every node is; whether the sink can be reached.
  private func rank(
    from source: Int, to sink: Int, _ level: Flat<Int32>, _ queue: Flat<Int32>
  ) -> Bool {
    level.update(repeating: -1, count: nodeCount)
    level[source] = 0
    queue[0] = Int32(source)
    var (first, last) = (0, 1)
    while first < last, level[sink] < 0 {
      let node = queue[first]
      first += 1
      for index in start[node]..<start[node + 1] {
        let arc = Int(arcs[index])
        let head = to[arc]
        if room[arc] == 0 || level[head] >= 0 { continue }
        level[head] = level[node] + 1
        queue[last] = head
        last += 1
      }
    }
    return level[sink] >= 0
  }

  /// Fills all shortest ways.
  private func block(
    from source: Int, to sink: Int, _ level: Flat<Int32>, _ next: Flat<Int32>,
    _ path: inout FlatStack<Int32>
  ) {
    path.removeAll()
    var node = Int32(source)
    while true {
      if node == Int32(sink) {
        var most = Int32.max
        for index in 0..<path.count { most = min(most, room[Int(path[index])]) }
        for index in 0..<path.count { push(path[index], most) }
        path.removeAll()
        node = Int32(source)
        continue
      }
      var taken: Int32 = -1
      while next[node] < start[node + 1] {
        let arc = arcs[next[node]]
        if room[Int(arc)] > 0, level[to[Int(arc)]] == level[node] + 1 {
          taken = arc
          break
        }
        next[node] += 1
      }
      if taken >= 0 {
        path.push(taken)
        node = to[Int(taken)]
      } else if path.isEmpty {
        return
      } else {
        // Nothing leads on from here.
        node = tail(Int(path.pop()))
        next[node] += 1
      }
    }
  }
}

/// A binary heap of nodes by distance, then by number.
struct FarHeap {
  private struct Entry: BitwiseCopyable {
    var far: Int64
    var node: Int32
  }
  private var base: Flat<Entry>
  private var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  func deallocate() { base.deallocate() }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func push(_ far: Int64, _ node: Int32) {
    if count == capacity { grow() }
    var at = count
    count &+= 1
    while at > 0 {
      let parent = (at &- 1) >> 1
      if base[parent].far < far || (base[parent].far == far && base[parent].node <= node) { break }
      base[at] = base[parent]
      at = parent
    }
    base[at] = Entry(far: far, node: node)
  }

  /// Takes the nearest node, nil when there is none nearer than `end`.
  @inline(__always)
  mutating func pop(below end: Int64) -> (far: Int64, node: Int32)? {
    if count == 0 || base[0].far >= end { return nil }
    let top = base[0]
    count &-= 1
    let moved = base[count]
    var at = 0
    while true {
      var child = 2 &* at &+ 1
      if child >= count { break }
      if child &+ 1 < count, precedes(base[child &+ 1], base[child]) { child &+= 1 }
      if !precedes(base[child], moved) { break }
      base[at] = base[child]
      at = child
    }
    base[at] = moved
    return (top.far, top.node)
  }

  @inline(__always)
  private func precedes(_ a: Entry, _ b: Entry) -> Bool {
    a.far < b.far || (a.far == b.far && a.node < b.node)
  }

  @inline(never)
  private mutating func grow() {
    let larger = Flat<Entry>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}

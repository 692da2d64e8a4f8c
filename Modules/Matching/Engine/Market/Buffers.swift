/// A flat array owned by whoever owns the pointer: no reference counting, no checks beyond debug
/// builds. `Instance` has proved the indices at the door; the engine's own are proved by the loops
/// that make them.
typealias Flat<Element> = UnsafeMutablePointer<Element>

extension UnsafeMutablePointer {
  /// A flat array of `count` copies of `value` (at least one, so that a pointer always exists).
  static func filled(_ value: Pointee, _ count: Int) -> UnsafeMutablePointer<Pointee> {
    let flat = UnsafeMutablePointer<Pointee>.allocate(capacity: max(1, count))
    flat.initialize(repeating: value, count: max(1, count))
    return flat
  }

  @inline(__always)
  subscript(_ index: Int32) -> Pointee {
    get { self[Int(index)] }
    nonmutating set { self[Int(index)] = newValue }
  }
}

/// A stack in a flat array that grows.
struct FlatStack<Element: BitwiseCopyable> {
  private(set) var base: Flat<Element>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(16, capacity)
    base = .allocate(capacity: self.capacity)
  }

  func deallocate() { base.deallocate() }

  var isEmpty: Bool { count == 0 }

  @inline(__always)
  mutating func push(_ element: Element) {
    if count == capacity { grow() }
    base[count] = element
    count &+= 1
  }

  @inline(__always)
  mutating func pop() -> Element {
    count &-= 1
    return base[count]
  }

  @inline(__always)
  subscript(_ index: Int) -> Element { base[index] }

  mutating func removeAll() { count = 0 }

  /// Drops what was pushed after the first `count`.
  mutating func shrink(to count: Int) { self.count = min(self.count, count) }

  @inline(never)
  private mutating func grow() {
    let larger = Flat<Element>.allocate(capacity: capacity * 2)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}

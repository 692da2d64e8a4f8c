/// For each role the volunteers that looked best when it last looked at all of them, so that it
/// need not look at hundreds each time it bids.
struct Shortlists<Word: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable> {
  typealias Entry = Auction<Word>.Back

  static var length: Int { 12 }

  /// Room for the offers while a list is made.
  let room: Flat<Word>
  /// The best offer that is not on the list of the role.
  let leftOff: Flat<Word>
  private let allEntries: Flat<Entry>
  private let counts: Flat<Int32>
  /// The age in which the list of the role was made.
  private let made: Flat<Int32>
  private var age: Int32 = 1

  init(_ roleCount: Int) {
    room = .allocate(capacity: Self.length)
    leftOff = .allocate(capacity: max(1, roleCount))
    allEntries = .allocate(capacity: max(1, roleCount * Self.length))
    counts = .allocate(capacity: max(1, roleCount))
    made = .filled(0, roleCount)
  }

  func deallocate() {
    room.deallocate()
    leftOff.deallocate()
    allEntries.deallocate()
    counts.deallocate()
    made.deallocate()
  }

  /// Offers may have risen: no list is good any more.
  mutating func forgetAll() { age &+= 1 }

  @inline(__always)
  func isKept(_ role: Int32) -> Bool { made[role] == age }

  @inline(__always)
  func count(_ role: Int32) -> Int { Int(counts[role]) }

  @inline(__always)
  func entries(_ role: Int32) -> Flat<Entry> { allEntries + Int(role) * Self.length }

  @inline(__always)
  func keep(_ role: Int32, count: Int, leftOff amount: Word) {
    counts[role] = Int32(truncatingIfNeeded: count)
    leftOff[role] = amount
    made[role] = age
  }
}

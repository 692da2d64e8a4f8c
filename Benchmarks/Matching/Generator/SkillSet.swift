/// A set of up to 192 skills.
struct SkillSet: Sendable {
  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0

  mutating func insert(_ skill: Int) {
    let bit: UInt64 = 1 << UInt64(skill & 63)
    switch skill >> 6 {
    case 0: low |= bit
    case 1: middle |= bit
    default: high |= bit
    }
  }

  func countShared(with other: SkillSet) -> Int {
    (low & other.low).nonzeroBitCount + (middle & other.middle).nonzeroBitCount
      + (high & other.high).nonzeroBitCount
  }
}

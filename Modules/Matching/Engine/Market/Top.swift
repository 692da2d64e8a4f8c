/// The best and second best of some amounts, and where the best is.
///
/// Amount and place are kept as one number where they fit, so that there is no branch to mispredict:
/// which of some amounts is the largest so far is as good as random. Of equal amounts the first
/// counts as the best.
struct Top<Word: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable> {
  private var bestKey: Int64
  private var secondKey: Int64
  private var bestAmount: Word
  private var secondAmount: Word
  private var at: Int32 = -1

  /// Only amounts above `least` count.
  @inline(__always)
  init(above least: Word) {
    bestAmount = least
    secondAmount = least
    bestKey = Int64(truncatingIfNeeded: least) << 32 | 0xFFFF_FFFF
    secondKey = bestKey
  }

  @inline(__always)
  mutating func look(_ amount: Word, at place: Int32) {
    if Word.bitWidth == 32 {
      let key =
        Int64(truncatingIfNeeded: amount) << 32 | Int64(truncatingIfNeeded: Int32.max &- place)
      secondKey = max(secondKey, min(bestKey, key))
      bestKey = max(bestKey, key)
    } else {
      let isBest = amount > bestAmount
      secondAmount = max(secondAmount, isBest ? bestAmount : amount)
      at = isBest ? place : at
      bestAmount = isBest ? amount : bestAmount
    }
  }

  @inline(__always)
  var best: Word { Word.bitWidth == 32 ? Word(truncatingIfNeeded: bestKey >> 32) : bestAmount }

  @inline(__always)
  var second: Word {
    Word.bitWidth == 32 ? Word(truncatingIfNeeded: secondKey >> 32) : secondAmount
  }

  /// Where the best is, or -1 when no amount counted.
  @inline(__always)
  var place: Int32 {
    if Word.bitWidth != 32 { return at }
    let low = UInt32(truncatingIfNeeded: bestKey)
    return low == .max ? -1 : Int32.max &- Int32(truncatingIfNeeded: low)
  }
}

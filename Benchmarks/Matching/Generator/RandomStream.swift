/// The odd constant of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
/// generators", 2014).
let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

/// The finaliser of SplitMix64; all arithmetic wraps at 64 bits.
func mix(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

/// What a stream of numbers belongs to. Everything has a stream of its own, so that things can be
/// made in any order and on any number of threads.
enum StreamKind: UInt64 {
  case mission = 1
  case volunteer
  case company
  case noise
  case order
}

/// A seeded stream of numbers; the same on every machine.
struct RandomStream {
  private(set) var state: UInt64

  init(seed: UInt64, kind: StreamKind, index: Int) {
    state = mix(mix(seed &+ golden &* kind.rawValue) &+ golden &* UInt64(index + 1))
  }

  mutating func next() -> UInt64 {
    state &+= golden
    return mix(state)
  }

  /// A number in `0 ..< bound`.
  mutating func below(_ bound: Int) -> Int {
    Int(((next() >> 32) &* UInt64(bound)) >> 32)
  }

  /// True in `percent` of a hundred draws.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// The first index whose cumulative percentage is above a draw of `0 ..< 100`.
  mutating func pick(_ cumulative: StaticPercentages) -> Int {
    let x = below(100)
    return cumulative.limits.firstIndex { x < $0 } ?? cumulative.limits.count - 1
  }
}

/// Cumulative percentages, the last of which is 100.
struct StaticPercentages: ExpressibleByArrayLiteral {
  let limits: [Int]
  init(arrayLiteral limits: Int...) { self.limits = limits }
}

/// A distribution in which index k has weight `1e9 / (k + shift)`.
struct Zipf {
  private let cumulative: [UInt64]

  init(count: Int, shift: Int) {
    var total: UInt64 = 0
    cumulative = (0..<count).map { index in
      total += 1_000_000_000 / UInt64(index + shift)
      return total
    }
  }

  func draw(_ stream: inout RandomStream) -> Int {
    let x = (stream.next() >> 11) % (cumulative.last ?? 1)
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > x { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

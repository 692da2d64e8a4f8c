import Synchronization

/// Where chance comes from. With a seed, everything drawn for one command is a function of the seed
/// and the command's key, so that a play that died and went on draws what it would have drawn.
public enum Chance: Sendable {
  /// The system's: what is drawn cannot be worked out.
  case system
  /// For plays and tests: what is drawn can be worked out.
  case seeded(UInt64)

  /// A source for one command, event or job, told apart by `key`; without a key, the system's.
  func draws(for key: String?) -> Draws {
    switch (self, key) {
    case (.seeded(let seed), let key?): Draws(generator: SplitMix64(state: mixed(seed, key)))
    case (.system, _), (.seeded, nil): Draws(generator: nil)
    }
  }
}

/// Identifiers and other random bits for one command.
public final class Draws: Sendable {
  private let generator: Mutex<SplitMix64?>

  init(generator: SplitMix64?) { self.generator = Mutex(generator) }

  /// The next 64. Not for secrets where there is a seed.
  public func bits() -> UInt64 {
    generator.withLock { generator in
      guard generator != nil else {
        var system = SystemRandomNumberGenerator()
        return system.next()
      }
      return generator?.next() ?? 0
    }
  }

  /// A version 4 UUID (RFC 9562, section 5.4): nothing but chance, since an identifier that tells
  /// when it was made tells who came together.
  public func id<Entity>() -> ID<Entity> {
    ID(high: bits() & ~0xF000 | 0x4000, low: bits() >> 2 | 1 << 63)
  }
}

/// Sebastiano Vigna's SplitMix64, enough for identifiers that need not resist an attacker.
struct SplitMix64: RandomNumberGenerator, Sendable {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

/// FNV-1a over the text, from a start that depends on the seed.
func mixed(_ seed: UInt64, _ text: String) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return hash
}

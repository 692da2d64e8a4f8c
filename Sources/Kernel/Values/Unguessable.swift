/// A text of 256 random bits in hexadecimal, for what is kept secret by nobody knowing it (the address of
/// a calendar). Always from the system's generator: the seed of a play would tell it again.
public func unguessable() -> String {
  var generator = SystemRandomNumberGenerator()
  return (0..<4).map { _ in
    let digits = String(UInt64.random(in: 0...UInt64.max, using: &generator), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }.joined()
}

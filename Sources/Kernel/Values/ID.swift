/// The identity of one thing of type `Entity`: a random UUID (version 4, RFC 9562), which tells nobody
/// when, in what order or from where the thing came. Written in lower-case hexadecimal.
public struct ID<Entity>: Hashable, Comparable, Sendable, LosslessStringConvertible {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads the usual 36-character form; nil for anything else.
  public init?(_ text: String) {
    var halves: (UInt64, UInt64) = (0, 0)
    var digits = 0
    var position = 0
    for byte in text.utf8 {
      defer { position += 1 }
      if position == 8 || position == 13 || position == 18 || position == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexadecimalDigit(byte) else { return nil }
      if digits < 16 { halves.0 = halves.0 << 4 | digit } else { halves.1 = halves.1 << 4 | digit }
      digits += 1
      if digits > 32 { return nil }
    }
    guard digits == 32, position == 36 else { return nil }
    self.init(high: halves.0, low: halves.1)
  }

  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(36)
    for index in 0..<32 {
      if index == 8 || index == 12 || index == 16 || index == 20 { bytes.append(UInt8(ascii: "-")) }
      let half = index < 16 ? high : low
      bytes.append(digits[Int(half >> UInt64(60 - 4 * (index % 16)) & 15)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt64? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}

extension ID: SingleTextValue {
  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 36, maximum: 36, format: "uuid", pattern: nil))
  }
  public static var sample: Self { ID(high: 0, low: 0) }
  public static var expectation: Words {
    Words(en: "an identifier such as 3f2a…-…", fr: "un identifiant de la forme 3f2a…-…")
  }
}

/// Marks the identity of an edition, which every table that grows carries.
public enum EditionEntity {}
public typealias EditionID = ID<EditionEntity>

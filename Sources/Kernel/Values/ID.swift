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
    guard text.utf8.count == 36 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    var position = 0
    for byte in text.utf8 {
      if isHyphenPlace(position) {
        guard byte == UInt8(ascii: "-") else { return nil }
      } else {
        guard let digit = hexadecimalDigit(byte) else { return nil }
        // The third hyphen is behind the sixteenth digit.
        if position < 18 {
          halves.0 = halves.0 << 4 | digit
        } else {
          halves.1 = halves.1 << 4 | digit
        }
      }
      position += 1
    }
    self.init(high: halves.0, low: halves.1)
  }

  public var description: String {
    String(unsafeUninitializedCapacity: 36) { bytes in
      var shift: UInt64 = 60
      for position in 0..<36 {
        if isHyphenPlace(position) {
          bytes[position] = UInt8(ascii: "-")
          continue
        }
        let digit = UInt8(truncatingIfNeeded: (position < 18 ? high : low) >> shift & 15)
        bytes[position] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        shift = shift == 0 ? 60 : shift - 4
      }
      return 36
    }
  }

  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

private func isHyphenPlace(_ position: Int) -> Bool {
  position == 8 || position == 13 || position == 18 || position == 23
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
/// Which edition. Programmes makes them.
public typealias EditionID = ID<EditionEntity>

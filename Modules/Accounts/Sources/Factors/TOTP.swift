internal import Crypto
internal import Foundation

/// Codes that change with time (RFC 6238): SHA-1, 30 seconds, six digits, as every app has them.
enum TOTP {
  static let period: Int64 = 30

  /// The step of time a moment is in.
  static func step(atSecond second: Int64) -> Int64 { second / period }

  static func code(_ secret: [UInt8], step: Int64, digits: Int = 6) -> String {
    let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(
        for: Data(counter), using: SymmetricKey(data: Data(secret))))
    let offset = Int(mac[mac.count - 1] & 15)
    let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
    let modulus = (0..<digits).reduce(UInt32(1)) { power, _ in power * 10 }
    let text = String(number % modulus)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// The step that `code` is for, of those within one of the present one and behind `last`: a code is
  /// taken once. Nil when it is none's.
  static func step(of code: String, _ secret: [UInt8], atSecond second: Int64, after last: Int64)
    -> Int64?
  {
    let now = step(atSecond: second)
    return (now - 1...now + 1).first {
      $0 > last && hashed(self.code(secret, step: $0)) == hashed(code)
    }
  }

  static func uri(_ secret: String, account: String, issuer: String) -> String {
    var parts = URLComponents()
    parts.scheme = "otpauth"
    parts.host = "totp"
    parts.path = "/" + issuer + ":" + account
    parts.queryItems = [
      URLQueryItem(name: "secret", value: secret), URLQueryItem(name: "issuer", value: issuer),
    ]
    return parts.string ?? ""
  }
}

/// Base32 (RFC 4648, section 6) without padding: what people can read out.
enum Base32 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

  static func text(_ bytes: [UInt8]) -> String {
    var text = ""
    var (bits, count) = (0, 0)
    for byte in bytes {
      bits = (bits << 8 | Int(byte)) & 0xFFFF
      count += 8
      while count >= 5 {
        count -= 5
        text.append(letters[bits >> count & 31])
      }
    }
    if count > 0 { text.append(letters[bits << (5 - count) & 31]) }
    return text
  }

  static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var (bits, count) = (0, 0)
    for letter in text {
      guard let value = letters.firstIndex(of: letter) else { continue }
      bits = (bits << 5 | value) & 0xFFFF
      count += 5
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}

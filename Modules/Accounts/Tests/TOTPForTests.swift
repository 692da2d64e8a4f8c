import Crypto
import Foundation

/// RFC 6238 again, from the other side.
enum TOTPForTests {
  static func code(_ base32: String, second: Int64) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let bits = base32.compactMap { letters.firstIndex(of: $0) }.map {
      String(repeating: "0", count: 5 - String($0, radix: 2).count) + String($0, radix: 2)
    }.joined()
    let bytes = stride(from: 0, to: bits.count - bits.count % 8, by: 8).compactMap {
      UInt8(bits.dropFirst($0).prefix(8), radix: 2)
    }
    var counter = (second / 30).bigEndian
    let mac = Array(
      HMAC<Insecure.SHA1>.authenticationCode(
        for: Data(bytes: &counter, count: 8), using: SymmetricKey(data: Data(bytes))))
    let offset = Int(mac[19] & 15)
    let number = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    let text = String(number % 1_000_000)
    return String(repeating: "0", count: 6 - text.count) + text
  }
}

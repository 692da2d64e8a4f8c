internal import AccountsAPI
internal import Crypto
internal import Foundation

// Secrets come from the system's generator through swift-crypto, never from a play's seed.

extension Secret {
  static func draw() throws -> Secret {
    let text = SymmetricKey(size: .bits256).withUnsafeBytes { base64URL(Data($0)) }
    guard let secret = Secret(text) else { throw CryptoKitError.incorrectKeySize }
    return secret
  }

  /// What is kept of it. A fast hash is enough for what cannot be guessed.
  var hash: String { hashed(text) }

  /// What goes into the forms of the session: of no use for anything else.
  var formToken: String {
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("form".utf8), using: SymmetricKey(data: Data(text.utf8)))
    return base64URL(Data(code))
  }
}

/// SHA-256 in hexadecimal.
func hashed(_ text: String) -> String {
  SHA256.hash(data: Data(text.utf8)).map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}

/// Random bytes.
func drawn(bytes count: Int) -> [UInt8] {
  SymmetricKey(size: .init(bitCount: count * 8)).withUnsafeBytes { Array($0) }
}

/// Eight digits, each as likely as the others.
func drawnCode() -> String {
  var digits = ""
  while digits.count < 8 {
    // 250 is the last multiple of ten a byte holds.
    for byte in drawn(bytes: 16) where byte < 250 && digits.count < 8 {
      digits.append(String(byte % 10))
    }
  }
  return digits
}

/// What people type, without what they put between.
func digitsAndLetters(_ text: String) -> String {
  text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
}

/// base64url without padding (RFC 4648, section 5).
func base64URL(_ data: Data) -> String {
  data.base64EncodedString().compactMap { letter in
    letter == "+" ? "-" : letter == "/" ? "_" : letter == "=" ? nil : String(letter)
  }.joined()
}

/// Reads base64url; nil for anything else, and for more than `limit` letters.
func fromBase64URL(_ text: String, upTo limit: Int = 16_384) -> Data? {
  guard text.utf8.count <= limit,
    text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != 61 })
  else { return nil }
  var plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : String($0) }.joined()
  while plain.utf8.count % 4 != 0 { plain += "=" }
  return Data(base64Encoded: plain)
}

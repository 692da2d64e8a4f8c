internal import Crypto
internal import Foundation

/// A passkey's public key: ES256 or EdDSA, as COSE numbers them (RFC 9053).
enum PasskeyKey: Sendable {
  case es256(P256.Signing.PublicKey)
  case edDSA(Curve25519.Signing.PublicKey)

  var algorithm: Int {
    switch self {
    case .es256: -7
    case .edDSA: -8
    }
  }

  /// What is kept of it.
  var raw: Data {
    switch self {
    case .es256(let key): key.x963Representation
    case .edDSA(let key): key.rawRepresentation
    }
  }

  /// Reads a COSE key (RFC 9052, section 7); nil for other kinds, algorithms and curves, and for a
  /// point that is not on its curve.
  init?(cose: CBOR) {
    switch (cose[.integer(1)], cose[.integer(3)], cose[.integer(-1)]) {
    case (.integer(2), .integer(-7), .integer(1)):
      guard let x = cose[.integer(-2)]?.bytes, x.count == 32,
        let y = cose[.integer(-3)]?.bytes, y.count == 32
      else { return nil }
      self.init(algorithm: -7, raw: Data([4] + x + y))
    case (.integer(1), .integer(-8), .integer(6)):
      guard let x = cose[.integer(-2)]?.bytes, x.count == 32 else { return nil }
      self.init(algorithm: -8, raw: Data(x))
    default: return nil
    }
  }

  /// Reads what was kept.
  init?(algorithm: Int, raw: Data) {
    switch algorithm {
    case -7:
      guard let key = try? P256.Signing.PublicKey(x963Representation: raw) else { return nil }
      self = .es256(key)
    case -8:
      guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw) else { return nil }
      self = .edDSA(key)
    default: return nil
    }
  }

  func verifies(_ signature: Data, of data: Data) -> Bool {
    switch self {
    case .es256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else {
        return false
      }
      return key.isValidSignature(signature, for: data)
    case .edDSA(let key): return key.isValidSignature(signature, for: data)
    }
  }
}

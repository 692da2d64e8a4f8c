internal import Crypto
internal import Foundation

/// How messages to integrators are signed (Standard Webhooks): over id, moment and body, with a secret both
/// sides have (`v1`) or a key whose public half they have (`v1a`).
enum StandardWebhook {
  enum Signing: String, Codable, CaseIterable, Sendable {
    /// HMAC-SHA256.
    case hmac
    case ed25519

    fileprivate var prefix: String { self == .hmac ? "whsec_" : "whsk_" }
  }

  /// A new secret, and what the other side needs to check with.
  static func newSecret(_ signing: Signing) -> String {
    let bytes: Data
    switch signing {
    case .hmac: bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    case .ed25519: bytes = Curve25519.Signing.PrivateKey().rawRepresentation
    }
    return signing.prefix + bytes.base64EncodedString()
  }

  /// What the other side checks with: the secret itself, or the public key. Nil for what is no secret.
  static func verifier(of secret: String, _ signing: Signing) -> String? {
    switch signing {
    case .hmac: return secret
    case .ed25519:
      guard let key = privateKey(secret) else { return nil }
      return "whpk_" + key.publicKey.rawRepresentation.base64EncodedString()
    }
  }

  /// The headers of a message: signed with each secret, so that one is good while they change.
  static func headers(
    id: String, seconds: Int64, body: [UInt8], secrets: [String], _ signing: Signing
  ) -> [(name: String, value: String)] {
    let content = Data("\(id).\(seconds).".utf8) + Data(body)
    let signatures = secrets.compactMap { signature(of: content, by: $0, signing) }
    return [
      ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
      ("webhook-signature", signatures.joined(separator: " ")),
    ]
  }

  private static func signature(
    of content: Data, by secret: String, _ signing: Signing
  ) -> String? {
    switch signing {
    case .hmac:
      guard let bytes = bytes(of: secret, .hmac) else { return nil }
      let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: bytes))
      return "v1," + Data(code).base64EncodedString()
    case .ed25519:
      guard let signature = try? privateKey(secret)?.signature(for: content) else { return nil }
      return "v1a," + signature.base64EncodedString()
    }
  }

  private static func privateKey(_ secret: String) -> Curve25519.Signing.PrivateKey? {
    bytes(of: secret, .ed25519).flatMap {
      try? Curve25519.Signing.PrivateKey(rawRepresentation: $0)
    }
  }

  private static func bytes(of secret: String, _ signing: Signing) -> Data? {
    secret.hasPrefix(signing.prefix)
      ? Data(base64Encoded: String(secret.dropFirst(signing.prefix.count))) : nil
  }
}

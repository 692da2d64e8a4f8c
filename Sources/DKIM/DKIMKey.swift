public import Crypto
public import CryptoExtras
internal import Foundation

/// A key that signs the letters of a domain, and what the domain must say of it.
public struct DKIMKey: Sendable {
  public enum Secret: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case ed25519(Curve25519.Signing.PrivateKey)
  }
  public let domain: String
  public let selector: String
  public let secret: Secret

  public init(domain: String, selector: String, secret: Secret) {
    self.domain = domain
    self.selector = selector
    self.secret = secret
  }

  /// A new RSA key of 2048 bits (RFC 8301). Throws what the library throws.
  public static func rsa(domain: String, selector: String) throws -> DKIMKey {
    DKIMKey(
      domain: domain, selector: selector,
      secret: .rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)))
  }

  /// A new Ed25519 key (RFC 8463).
  public static func ed25519(domain: String, selector: String) -> DKIMKey {
    DKIMKey(
      domain: domain, selector: selector, secret: .ed25519(Curve25519.Signing.PrivateKey()))
  }

  /// The name of the DNS record.
  public var recordName: String { "\(selector)._domainkey.\(domain)" }

  /// What the TXT record says.
  public var record: String {
    switch secret {
    case .rsa(let key):
      "v=DKIM1; k=rsa; p=" + key.publicKey.derRepresentation.base64EncodedString()
    case .ed25519(let key):
      "v=DKIM1; k=ed25519; p=" + key.publicKey.rawRepresentation.base64EncodedString()
    }
  }

  var algorithm: String {
    switch secret {
    case .rsa: "rsa-sha256"
    case .ed25519: "ed25519-sha256"
    }
  }

  func signature(of text: [UInt8]) throws -> Data {
    let digest = SHA256.hash(data: text)
    switch secret {
    case .rsa(let key):
      // What DKIM wants: PKCS #1, version 1.5.
      return try key.signature(for: digest, padding: .insecurePKCS1v1_5).rawRepresentation
    case .ed25519(let key): return try key.signature(for: Data(digest))
    }
  }
}

extension DKIMKey {
  /// As it is kept in a file: one line that says what it is, then the secret.
  public var file: String {
    switch secret {
    case .rsa(let key): "rsa \(selector) \(domain)\n\(key.pemRepresentation)\n"
    case .ed25519(let key):
      "ed25519 \(selector) \(domain)\n\(key.rawRepresentation.base64EncodedString())\n"
    }
  }

  /// Nil for what is no such file.
  public init?(file: String) {
    guard let end = file.firstIndex(of: "\n") else { return nil }
    let head = file[..<end].split(separator: " ").map(String.init)
    let rest = file[file.index(after: end)...].trimmingCharacters(in: .whitespacesAndNewlines)
    guard head.count == 3 else { return nil }
    switch head[0] {
    case "rsa":
      guard let key = try? _RSA.Signing.PrivateKey(pemRepresentation: rest) else { return nil }
      self.init(domain: head[2], selector: head[1], secret: .rsa(key))
    case "ed25519":
      guard let bytes = Data(base64Encoded: rest),
        let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
      else { return nil }
      self.init(domain: head[2], selector: head[1], secret: .ed25519(key))
    default: return nil
    }
  }
}

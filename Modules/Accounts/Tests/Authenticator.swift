import AccountsAPI
import Crypto
import Foundation

/// A passkey as a browser and its authenticator would use it, and as somebody would who bends it.
struct Authenticator {
  enum Key {
    case es256(P256.Signing.PrivateKey)
    case edDSA(Curve25519.Signing.PrivateKey)
  }
  var key: Key
  var id = Array("credential-1".utf8)
  var origin = Scene.origin
  var relyingParty = "parvis.example.org"
  var type: String?
  var crossOrigin: Bool?
  var topOrigin: String?
  /// Present, verified.
  var flags: UInt8 = 0b101
  var counter: UInt32 = 0
  /// Added behind the authenticator's data.
  var rest: [UInt8] = []

  static func es256() -> Authenticator { Authenticator(key: .es256(P256.Signing.PrivateKey())) }
  static func edDSA() -> Authenticator {
    Authenticator(key: .edDSA(Curve25519.Signing.PrivateKey()))
  }

  var credential: String { url(id) }

  /// Level 3, section 5.8.1; what a browser adds of its own is there too.
  func clientData(_ challenge: String, _ usual: String) -> [UInt8] {
    var members = [
      "\"type\":\"\(type ?? usual)\"", "\"challenge\":\"\(challenge)\"", "\"origin\":\"\(origin)\"",
      "\"other_keys_can_be_added_here\":\"do not compare\"",
    ]
    if let crossOrigin { members.append("\"crossOrigin\":\(crossOrigin)") }
    if let topOrigin { members.append("\"topOrigin\":\"\(topOrigin)\"") }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  private func data(_ more: UInt8 = 0, _ attested: [UInt8] = []) -> [UInt8] {
    Array(SHA256.hash(data: Data(relyingParty.utf8))) + [flags | more]
      + withUnsafeBytes(of: counter.bigEndian) { Array($0) } + attested + rest
  }

  /// The public key as COSE writes it.
  var cose: [UInt8] {
    switch key {
    case .es256(let key):
      let point = Array(key.publicKey.x963Representation.dropFirst())
      return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32] + point.prefix(32)
        + [0x22, 0x58, 32] + point.suffix(32)
    case .edDSA(let key):
      return [0xA4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 32]
        + Array(key.publicKey.rawRepresentation)
    }
  }

  func registration(_ challenge: String, key cose: [UInt8]? = nil) -> PasskeyRegistration {
    let attested =
      [UInt8](repeating: 0, count: 16) + [0, UInt8(id.count)] + id + (cose ?? self.cose)
    let data = data(0x40, attested)
    let object: [UInt8] =
      [0xA3] + text("fmt") + text("none") + text("attStmt") + [0xA0] + text("authData")
      + [0x59, UInt8(data.count >> 8), UInt8(data.count & 255)] + data
    return PasskeyRegistration(
      clientDataJSON: url(clientData(challenge, "webauthn.create")), attestationObject: url(object))
  }

  func assertion(_ challenge: String) throws -> PasskeyAssertion {
    let client = clientData(challenge, "webauthn.get")
    let data = data()
    let signed = Data(data) + Data(SHA256.hash(data: Data(client)))
    let signature: Data =
      switch key {
      case .es256(let key): try key.signature(for: signed).derRepresentation
      case .edDSA(let key): try key.signature(for: signed)
      }
    return PasskeyAssertion(
      credential: credential, clientDataJSON: url(client), authenticatorData: url(data),
      signature: url(Array(signature)))
  }

  private func text(_ text: String) -> [UInt8] { [0x60 | UInt8(text.utf8.count)] + text.utf8 }
}

private func url(_ bytes: [UInt8]) -> String {
  Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
    .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
}

extension Authenticator {
  func with(_ change: (inout Authenticator) -> Void) -> Authenticator {
    var changed = self
    change(&changed)
    return changed
  }
}

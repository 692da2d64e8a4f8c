internal import AccountsAPI
internal import Crypto
internal import Foundation

/// What Web Authentication (level 3, sections 7.1 and 7.2) says to check. Attestation is not asked
/// for, so not looked at: it would say what device somebody has.
struct WebAuthn: Sendable {
  /// The portal's own address, as a browser writes an origin.
  let origin: String

  /// The host of the origin.
  var relyingParty: String { URLComponents(string: origin)?.host ?? "" }

  struct Credential: Sendable {
    let id: String
    let key: PasskeyKey
    let counter: UInt32
  }

  /// Checks a new passkey. Throws `AccountsError.passkey`.
  func credential(from answer: PasskeyRegistration, challenge: String) throws -> Credential {
    _ = try clientData(answer.clientDataJSON, type: "webauthn.create", challenge: challenge)
    guard let bytes = fromBase64URL(answer.attestationObject),
      let (object, rest) = try? CBOR.read(Array(bytes)[...]), rest.isEmpty,
      let data = object[.text("authData")]?.bytes
    else { throw AccountsError.passkey("attestation object") }
    let authenticator = try AuthenticatorData(data, relyingParty)
    guard let credential = authenticator.credential else {
      throw AccountsError.passkey("no credential")
    }
    return Credential(
      id: base64URL(Data(credential.id)), key: credential.key, counter: authenticator.counter)
  }

  /// Checks a signature of a known passkey, and gives its new counter. Throws `AccountsError.passkey`.
  func counter(
    from answer: PasskeyAssertion, challenge: String, key: PasskeyKey, last: Int64
  ) throws -> Int64 {
    let hash = try clientData(answer.clientDataJSON, type: "webauthn.get", challenge: challenge)
    guard let data = fromBase64URL(answer.authenticatorData),
      let signature = fromBase64URL(answer.signature)
    else { throw AccountsError.passkey("encoding") }
    let authenticator = try AuthenticatorData(Array(data), relyingParty)
    guard key.verifies(signature, of: data + hash) else { throw AccountsError.passkey("signature") }
    let counter = Int64(authenticator.counter)
    // Passkeys that are kept in several places say 0 always; one that counts never counts back.
    guard counter > last || (counter == 0 && last == 0) else {
      throw AccountsError.passkey("counter")
    }
    return counter
  }

  /// Checks what the browser saw, and gives its hash.
  private func clientData(_ text: String, type: String, challenge: String) throws -> Data {
    struct ClientData: Decodable {
      let type: String
      let challenge: String
      let origin: String
      let crossOrigin: Bool?
      let topOrigin: String?
    }
    guard let bytes = fromBase64URL(text),
      let client = try? JSONDecoder().decode(ClientData.self, from: bytes)
    else { throw AccountsError.passkey("client data") }
    guard client.type == type else { throw AccountsError.passkey("type") }
    guard isSame(client.challenge, challenge) else { throw AccountsError.passkey("challenge") }
    guard client.origin == origin, client.crossOrigin != true, client.topOrigin == nil else {
      throw AccountsError.passkey("origin")
    }
    return Data(SHA256.hash(data: bytes))
  }
}

/// What the authenticator signed (level 3, section 6.1).
private struct AuthenticatorData {
  let counter: UInt32
  let credential: (id: [UInt8], key: PasskeyKey)?

  init(_ bytes: [UInt8], _ relyingParty: String) throws {
    guard bytes.count >= 37 else { throw AccountsError.passkey("authenticator data") }
    guard Array(SHA256.hash(data: Data(relyingParty.utf8))) == Array(bytes[0..<32]) else {
      throw AccountsError.passkey("relying party")
    }
    let flags = bytes[32]
    let (present, verified) = (flags & 1 != 0, flags & 4 != 0)
    guard present, verified else { throw AccountsError.passkey("user not verified") }
    // Backed up without being fit for it is a contradiction.
    guard flags & 0x18 != 0x10 else { throw AccountsError.passkey("flags") }
    counter = bytes[33..<37].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    var rest = bytes[37...]
    if flags & 0x40 != 0 {
      guard rest.count >= 18 else { throw AccountsError.passkey("credential") }
      let length = Int(rest[rest.startIndex + 16]) << 8 | Int(rest[rest.startIndex + 17])
      rest = rest.dropFirst(18)
      guard (1...1023).contains(length), rest.count > length else {
        throw AccountsError.passkey("credential")
      }
      let id = Array(rest.prefix(length))
      guard let (cose, after) = try? CBOR.read(rest.dropFirst(length)),
        let key = PasskeyKey(cose: cose)
      else { throw AccountsError.passkey("key") }
      credential = (id, key)
      rest = after
    } else {
      credential = nil
    }
    if flags & 0x80 != 0 {
      guard let (extensions, after) = try? CBOR.read(rest), case .map = extensions else {
        throw AccountsError.passkey("extensions")
      }
      rest = after
    }
    guard rest.isEmpty else { throw AccountsError.passkey("trailing bytes") }
  }
}

public import Kernel

/// A passkey or an app for codes, as its person sees it.
public struct FactorView: Codable, Hashable, Sendable {
  /// To remove it by.
  public let id: FactorID
  /// Of which kind: a passkey alone signs in, a code is a second step only.
  public let kind: FactorKind
  /// As the person called it; an app gets a name of ours.
  public let name: Name
  /// When it was enrolled.
  public let since: Instant
  /// Nil while nobody has signed in with it.
  public let lastUsed: Instant?

  public init(id: FactorID, kind: FactorKind, name: Name, since: Instant, lastUsed: Instant?) {
    self.id = id
    self.kind = kind
    self.name = name
    self.since = since
    self.lastUsed = lastUsed
  }
}

/// What a second factor is.
public enum FactorKind: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  /// Signed by a device or a key ring; verifies its user.
  case passkey
  /// A code of an app, another every half minute; each is taken once.
  case totp
}

/// How somebody's account is kept safe.
public struct Safety: Hashable, Sendable {
  /// Those confirmed, not those begun.
  public let factors: [FactorView]
  /// Of ten; each works once.
  public let recoveryCodesLeft: Int
  /// Those proved, the first one first.
  public let addresses: [EmailAddress]
  /// Whether a hat of theirs wants a second factor: the last one cannot be taken away then.
  public let isRequired: Bool

  public init(
    factors: [FactorView], recoveryCodesLeft: Int, addresses: [EmailAddress], isRequired: Bool
  ) {
    self.factors = factors
    self.recoveryCodesLeft = recoveryCodesLeft
    self.addresses = addresses
    self.isRequired = isRequired
  }
}

/// What an app for codes needs: shown once, and of no use until a first code confirms it.
public struct TOTPOffer: Hashable, Sendable {
  /// The secret in base32, for typing.
  public let secret: String
  /// `otpauth://totp/…`, for a link or a square code.
  public let uri: String

  public init(secret: String, uri: String) {
    self.secret = secret
    self.uri = uri
  }
}

/// A factor that was added. The session goes on under a new cookie.
public struct Enrolled: Hashable, Sendable {
  /// The new cookie, which is `strong`; the old one is of no use.
  public let entry: Entry
  /// With the first factor: codes to keep on paper, shown this once. Empty otherwise.
  public let recoveryCodes: [String]

  public init(entry: Entry, recoveryCodes: [String]) {
    self.entry = entry
    self.recoveryCodes = recoveryCodes
  }
}

/// What the browser's `navigator.credentials.get` is asked with.
public struct PasskeyRequest: Hashable, Sendable {
  /// All binary values are in base64url.
  public let challenge: String
  /// The domain passkeys are bound to, without scheme and port.
  public let relyingParty: String
  /// The passkeys that will do; empty where any will.
  public let allowed: [String]
  /// For the cookie, where nobody is signed in yet; nil in a session.
  public let browser: Secret?

  public init(challenge: String, relyingParty: String, allowed: [String], browser: Secret?) {
    self.challenge = challenge
    self.relyingParty = relyingParty
    self.allowed = allowed
    self.browser = browser
  }
}

/// What `navigator.credentials.create` is asked with: resident key wanted, user verification required,
/// no attestation, algorithms -8 (EdDSA) and -7 (ES256).
public struct PasskeyOffer: Hashable, Sendable {
  /// 32 random bytes in base64url; used up by the first answer.
  public let challenge: String
  /// The domain the passkey is bound to, without scheme and port.
  public let relyingParty: String
  /// What the browser calls us; the same everywhere.
  public let relyingPartyName: String
  /// The person's handle, in base64url, and names for the browser's own list.
  public let user: String
  /// The person's first address.
  public let userName: String
  /// What they are called, else their first address.
  public let displayName: String
  /// What is enrolled already.
  public let excluded: [String]

  public init(
    challenge: String, relyingParty: String, relyingPartyName: String, user: String,
    userName: String, displayName: String, excluded: [String]
  ) {
    self.challenge = challenge
    self.relyingParty = relyingParty
    self.relyingPartyName = relyingPartyName
    self.user = user
    self.userName = userName
    self.displayName = displayName
    self.excluded = excluded
  }
}

/// What the browser answered to a `PasskeyOffer`; binary values in base64url.
public struct PasskeyRegistration: Codable, Hashable, Sendable {
  /// As the browser gave it: the bytes that were signed.
  public let clientDataJSON: String
  /// CBOR; at most what the checks read of it is believed.
  public let attestationObject: String

  public init(clientDataJSON: String, attestationObject: String) {
    self.clientDataJSON = clientDataJSON
    self.attestationObject = attestationObject
  }
}

/// What the browser answered to a `PasskeyRequest`; binary values in base64url.
public struct PasskeyAssertion: Codable, Hashable, Sendable {
  /// The id of the passkey, up to 2048 characters.
  public let credential: String
  /// As the browser gave it: the bytes that were signed.
  public let clientDataJSON: String
  /// At least 37 bytes: domain, flags and counter.
  public let authenticatorData: String
  /// Over the two above, by the key that was enrolled.
  public let signature: String

  public init(
    credential: String, clientDataJSON: String, authenticatorData: String, signature: String
  ) {
    self.credential = credential
    self.clientDataJSON = clientDataJSON
    self.authenticatorData = authenticatorData
    self.signature = signature
  }
}

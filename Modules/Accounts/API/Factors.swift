public import Kernel

/// A passkey or an app for codes, as its person sees it.
public struct FactorView: Codable, Hashable, Sendable {
  public let id: FactorID
  public let kind: FactorKind
  public let name: Name
  public let since: Instant
  public let lastUsed: Instant?

  public init(id: FactorID, kind: FactorKind, name: Name, since: Instant, lastUsed: Instant?) {
    self.id = id
    self.kind = kind
    self.name = name
    self.since = since
    self.lastUsed = lastUsed
  }
}

public enum FactorKind: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  case passkey
  case totp
}

/// How somebody's account is kept safe.
public struct Safety: Hashable, Sendable {
  public let factors: [FactorView]
  public let recoveryCodesLeft: Int
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
  public let challenge: String
  public let relyingParty: String
  public let relyingPartyName: String
  /// The person's handle, in base64url, and names for the browser's own list.
  public let user: String
  public let userName: String
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
  public let clientDataJSON: String
  public let attestationObject: String

  public init(clientDataJSON: String, attestationObject: String) {
    self.clientDataJSON = clientDataJSON
    self.attestationObject = attestationObject
  }
}

/// What the browser answered to a `PasskeyRequest`; binary values in base64url.
public struct PasskeyAssertion: Codable, Hashable, Sendable {
  public let credential: String
  public let clientDataJSON: String
  public let authenticatorData: String
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

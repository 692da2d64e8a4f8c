internal import AccountsAPI
internal import Kernel

struct FactorRow: Record {
  static let table = "accounts_factor"
  static let noun = Words(en: "second factor", fr: "second facteur")

  let id: FactorID
  let person: PersonID
  let kind: FactorKind
  let name: Name
  /// The secret of an app for codes, in base32; the public key of a passkey, in base64url.
  let material: String
  /// A passkey's id, in base64url, and its algorithm as COSE numbers it.
  let credential: String?
  let algorithm: Int?
  /// A passkey's counter, or the last step of time a code was taken for: neither goes back.
  var counter: Int64
  let createdAt: Instant
  /// Nil until a first code shows that the app has the secret.
  var confirmedAt: Instant?
  var usedAt: Instant?

  var view: FactorView {
    FactorView(id: id, kind: kind, name: name, since: createdAt, lastUsed: usedAt)
  }
}

struct RecoveryRow: Record {
  static let table = "accounts_recovery"

  let id: ID<RecoveryRow>
  let person: PersonID
  let hash: String
}

/// A question put to a passkey: good once, for a while, for one browser or session and one purpose.
struct ChallengeRow: Record {
  static let table = "accounts_challenge"

  enum Purpose: String, Codable, Sendable, SQLConvertible {
    case signIn = "sign-in"
    case step
    case enrol
  }

  /// The challenge itself: random bytes in base64url.
  let id: String
  let purpose: Purpose
  /// Of the browser's cookie, or of the session's.
  let holderHash: String
  let expiresAt: Instant
}

extension Connection {
  func factors(of person: PersonID) throws -> [FactorRow] {
    try select(
      FactorRow.self,
      "WHERE person = \(person) AND confirmed_at IS NOT NULL ORDER BY created_at, id")
  }
  func ways(of person: PersonID) throws -> [SecondWay] {
    let kinds = Set(try factors(of: person).map(\.kind))
    guard !kinds.isEmpty else { return [] }
    let codes = try count(RecoveryRow.self, "WHERE person = \(person)")
    return (kinds.contains(.passkey) ? [.passkey] : []) + (kinds.contains(.totp) ? [.totp] : [])
      + (codes > 0 ? [.recoveryCode] : [])
  }
}

internal import AccountsAPI
internal import Kernel

struct SessionRow: Record {
  static let table = "accounts_session"

  let id: SessionID
  /// Of the cookie's secret.
  var hash: String
  let person: PersonID
  var strength: Strength
  let network: String
  let device: String?
  var language: Language
  /// What they wear, as a grant is written; nil until they chose.
  var hat: String?
  /// Staff's end sooner.
  let isShort: Bool
  let beganAt: Instant
  var seenAt: Instant
  let expiresAt: Instant
  var endedAt: Instant?

  var idleUntil: Instant {
    min(
      expiresAt,
      seenAt.advanced(bySeconds: isShort ? Lifetime.staffIdle : Lifetime.idle))
  }

  func isOpen(at now: Instant) -> Bool { endedAt == nil && now < idleUntil }
}

/// How long things are good, in seconds. ADR 0046 says why.
enum Lifetime {
  static let link: Int64 = 600
  static let challenge: Int64 = 300
  static let invitation: Int64 = 3 * 86_400
  static let firstAdministrator: Int64 = 7 * 86_400
  static let guide: Int64 = 86_400
  static let idle: Int64 = 7 * 86_400
  static let absolute: Int64 = 30 * 86_400
  static let staffIdle: Int64 = 2 * 3600
  static let staffAbsolute: Int64 = 12 * 3600
  /// A signing key seals for so long, and is believed for so long.
  static let keyInUse: Int64 = 90 * 86_400
  static let keyBelieved: Int64 = 400 * 86_400
}

/// Who came in, how and from where: kept when the session is gone.
struct SignInRow: Record {
  static let table = "accounts_sign_in"

  let id: ID<SignInRow>
  let at: Instant
  let person: PersonID
  let way: String
  let strength: Strength
  let network: String
  let device: String?
}

internal import AccountsAPI
internal import Kernel

/// A letter to sign in with, or to prove another address with. There is one whether or not anybody
/// reads the address: who is known is found out by whoever writes the letter.
struct LinkRow: Record {
  static let table = "accounts_link"

  let id: ID<LinkRow>
  let address: EmailAddress
  /// Of the cookie of the browser that asked, or of the session that adds an address.
  let browserHash: String
  /// Whose the address is to become; nil for a sign-in.
  let person: PersonID?
  let origin: String
  let language: Language
  let askedAt: Instant
  let expiresAt: Instant
  /// Nil until the letter is written.
  var secretHash: String?
  var codeHash: String?
  var attempts: Int
  var usedAt: Instant?
  var replacedAt: Instant?

  func state(at now: Instant, in browser: Secret?) -> LinkState {
    if usedAt != nil { return .used }
    if replacedAt != nil { return .replaced }
    if now >= expiresAt { return .expired }
    if attempts >= Limits.codesALink { return .unknown }
    guard let browser, isSame(browser.hash, browserHash) else { return .elsewhere }
    return .ready
  }
}

/// Staff somebody may become.
struct InvitationRow: Record {
  static let table = "accounts_invitation"
  static let noun = Words(en: "invitation", fr: "invitation")

  let id: ID<InvitationRow>
  let address: EmailAddress
  let name: Name
  let role: StaffRole
  let language: Language
  let invitedBy: Person
  let createdAt: Instant
  let expiresAt: Instant
  var hash: String?
  var usedAt: Instant?
  var endedAt: Instant?

  func state(at now: Instant) -> LinkState {
    usedAt != nil ? .used : endedAt != nil ? .replaced : now >= expiresAt ? .expired : .ready
  }
}

/// The link that makes the first administrator.
struct FoundingRow: Record {
  static let table = "accounts_founding"

  let id: ID<FoundingRow>
  let hash: String
  let expiresAt: Instant
  var usedAt: Instant?
}

public import Kernel

public enum SessionEntity {}
/// Which session; no secret, unlike its cookie.
public typealias SessionID = ID<SessionEntity>
public enum FactorEntity {}
/// Which passkey or app for codes.
public typealias FactorID = ID<FactorEntity>

/// How surely it is known who somebody is.
public enum Strength: String, Codable, CaseIterable, Sendable, Hashable, SQLConvertible {
  /// One factor: they read a letter.
  case letter
  /// Two: a letter and a code, or a passkey that verified its user.
  case strong
}

/// A second step that somebody can take.
public enum SecondWay: String, Codable, CaseIterable, Sendable, Hashable {
  /// An answer of one of their passkeys.
  case passkey
  /// A code of their app.
  case totp
  /// One of the codes they keep on paper.
  case recoveryCode = "recovery-code"
}

/// What is left to do before all of somebody's hats can be worn.
public enum Step: Hashable, Sendable {
  /// All of their hats can be worn.
  case none
  /// They have a second factor: one of these is to be given, and nothing is worn until then.
  case give([SecondWay])
  /// Some of their hats want a second factor and they have none: they enrol one. Their other hats
  /// can be worn meanwhile.
  case enrol
}

/// What a successful step of signing in gives: the cookie to set from now on.
public struct Entry: Hashable, Sendable {
  /// Another with each step; the one before is of no use.
  public let session: Secret
  /// The absolute end of the session, for the cookie's `Max-Age`.
  public let expires: Instant
  /// What comes next.
  public let step: Step

  public init(session: Secret, expires: Instant, step: Step) {
    self.session = session
    self.expires = expires
    self.step = step
  }
}

/// Whoever is behind a session's cookie, at this moment.
public struct Visitor: Hashable, Sendable {
  /// The same through all sessions, hats and addresses.
  public let person: PersonID
  /// The one they are in.
  public let session: SessionID
  /// What they are called, as far as any hat or account says.
  public let name: Name?
  /// The addresses they have proved to be theirs, the first one first.
  public let addresses: [EmailAddress]
  /// The session's, which may differ from that of a contact.
  public let language: Language
  /// What they may act as now.
  public let hats: [Hat]
  /// What they may act as once `step` is done.
  public let withheld: [Hat]
  /// The one they wear; nil where there is none to wear.
  public let hat: Hat?
  /// What is left to do; `hats` holds what can be worn meanwhile.
  public let step: Step
  /// How surely it is known, in this session, that they are who they say.
  public let strength: Strength
  /// Goes into every form; lives as long as the session. Compare with `Visitor.accepts`.
  public let formToken: String
  /// When the session ends if nothing comes before, and when it ends in any case.
  public let idleUntil: Instant
  /// Its absolute end, whatever is done in it.
  public let expires: Instant

  public init(
    person: PersonID, session: SessionID, name: Name?, addresses: [EmailAddress],
    language: Language, hats: [Hat], withheld: [Hat], hat: Hat?, step: Step, strength: Strength,
    formToken: String, idleUntil: Instant, expires: Instant
  ) {
    self.person = person
    self.session = session
    self.name = name
    self.addresses = addresses
    self.language = language
    self.hats = hats
    self.withheld = withheld
    self.hat = hat
    self.step = step
    self.strength = strength
    self.formToken = formToken
    self.idleUntil = idleUntil
    self.expires = expires
  }

  /// The person at work under the hat they wear; as nobody in particular where they have none.
  public var actor: Actor { acting(as: hat) }

  /// The person at work under one of `hats`; as nobody in particular under any other.
  public func acting(as hat: Hat?) -> Actor {
    let grant = hat.flatMap { hats.contains($0) ? $0.grant : nil } ?? Grant(.anyone)
    return Actor(.account(person), as: grant, of: hats.map(\.grant))
  }

  /// Whether a form came from a page of this session. Takes the same time whatever it is given.
  public func accepts(formToken given: String) -> Bool { isSame(given, formToken) }
}

/// A session as its person sees it in the list.
public struct SessionView: Codable, Hashable, Sendable {
  /// To end it by; no secret.
  public let id: SessionID
  /// When its person signed in.
  public let began: Instant
  /// When it was last used, to the minute.
  public let seen: Instant
  /// Where it began from, as far as it can be believed.
  public let network: String
  /// What the browser called itself then.
  public let device: String?
  /// Stays as it was at the last step.
  public let strength: Strength
  /// Whether it is the one that asks.
  public let current: Bool

  public init(
    id: SessionID, began: Instant, seen: Instant, network: String, device: String?,
    strength: Strength, current: Bool
  ) {
    self.id = id
    self.began = began
    self.seen = seen
    self.network = network
    self.device = device
    self.strength = strength
    self.current = current
  }
}

/// Compares texts without telling by the time how much of them is the same.
public func isSame(_ one: String, _ other: String) -> Bool {
  let (one, other) = (Array(one.utf8), Array(other.utf8))
  guard one.count == other.count else { return false }
  return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}

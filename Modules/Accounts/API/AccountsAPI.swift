public import Kernel

/// Who somebody is, and how they showed it: what the faces of Parvis ask. Outside Accounts nobody
/// knows how somebody signed in. Members throw `AccountsError` or `StorageError`; a limit is
/// `AccountsError.tooMany`, with the seconds to wait.
public protocol AccountsAPI: SignInAPI, SessionAPI, FactorAPI, ActionLinkAPI, StaffAPI,
  LookAroundAPI
{}

/// Coming in.
public protocol SignInAPI: Sendable {
  /// Asks for a letter. The answer, and the work done before it, are the same whether the address is
  /// unknown, known or disabled. Put the secret into a cookie (`__Host-`, HttpOnly, ten minutes): the
  /// letter works in this browser only.
  /// Throws `tooMany`, for the address or the network, and nothing else.
  func beginSignIn(at address: EmailAddress, _ visit: Visit) async throws -> Secret
  /// What to show for a letter's link. Changes nothing.
  /// A link that never was is `unknown`.
  func state(of link: Secret, in browser: Secret?) async throws -> LinkState
  /// The button on the page of the link.
  /// Throws `link` where the letter is of no use, in this browser or at all.
  func confirm(_ link: Secret, in browser: Secret?, _ visit: Visit) async throws -> Entry
  /// The code of the letter, typed where one asked; spaces and hyphens do not matter.
  /// Throws `wrongCode`, or `link` where there is no letter to try it for; five tries end one.
  func enter(code: String, in browser: Secret?, _ visit: Visit) async throws -> Entry

  /// Asks for any passkey; nobody is named.
  /// Good for five minutes. Throws `tooMany` for the network.
  func beginPasskeySignIn(_ visit: Visit) async throws -> PasskeyRequest
  /// What the browser answered to `beginPasskeySignIn`; the request is used up in any case.
  /// Throws `nothingBegun`, or `passkey` where the answer does not hold.
  func signIn(with answer: PasskeyAssertion, in browser: Secret?, _ visit: Visit) async throws
    -> Entry

  /// Second steps, for a session whose `step` asks for one. The session goes on under the new cookie.
  /// Throws `signedOut`, `wrongCode`; a code is taken once.
  func enter(totp code: String, session: Secret, _ visit: Visit) async throws -> Entry
  /// One of the codes on paper; it is used up.
  /// Throws `signedOut`, `wrongCode`.
  func enter(recoveryCode code: String, session: Secret, _ visit: Visit) async throws -> Entry
  /// Asks for one of the person's own passkeys; good for five minutes.
  /// Throws `signedOut`.
  func beginPasskeyStep(session: Secret, _ visit: Visit) async throws -> PasskeyRequest
  /// What the browser answered to `beginPasskeyStep`; the request is used up in any case.
  /// Throws `signedOut`, `nothingBegun`, or `passkey` where the answer does not hold.
  func enter(passkey answer: PasskeyAssertion, session: Secret, _ visit: Visit) async throws
    -> Entry
}

/// Being in.
public protocol SessionAPI: Sendable {
  /// Whoever is behind a cookie; nil when the session is unknown or has ended.
  /// Counts as use of the session.
  func visitor(of session: Secret) async throws -> Visitor?
  /// Wears one of the hats from now on. Throws when it is not theirs.
  func wear(_ grant: Grant, session: Secret) async throws -> Visitor
  /// The person's open sessions, the last begun first. Throws `signedOut`.
  func sessions(session: Secret) async throws -> [SessionView]
  /// Ends one of the person's sessions.
  /// No error where it has ended, or is not theirs.
  func end(_ other: SessionID, session: Secret) async throws
  /// Ends this session; no error where it has ended.
  func signOut(session: Secret) async throws
  /// Ends every session of the person, this one too.
  func signOutEverywhere(session: Secret) async throws
  /// Who bears a program's token; nil when it is unknown, expired or revoked.
  func actor(bearing token: String) async throws -> Actor?
  /// Counts an attempt of somebody who need not be known at `what`, by network and, where one is written to,
  /// by address, within the limits of signing in. Throws `AccountsError.tooMany`.
  func attempt(_ what: String, at address: EmailAddress?, from network: String) async throws
}

/// Second factors and addresses. All want a session that is `strong`, where the person has a factor.
/// They throw `signedOut` where it has ended, `strongerNeeded` where it is not strong.
public protocol FactorAPI: Sendable {
  /// What the person signs in with; any session of theirs may ask. Throws `signedOut`.
  func safety(session: Secret) async throws -> Safety
  /// Begins an app for codes, in place of one begun before; good for a quarter of an hour.
  func beginTOTP(session: Secret, _ visit: Visit) async throws -> TOTPOffer
  /// The first code of the app. Throws `nothingBegun`, `wrongCode`.
  func confirmTOTP(code: String, session: Secret, _ visit: Visit) async throws -> Enrolled
  /// Begins a passkey; good for five minutes.
  func beginPasskey(session: Secret, _ visit: Visit) async throws -> PasskeyOffer
  /// Throws `nothingBegun`, or `passkey` where the answer does not hold or is known already.
  func confirmPasskey(
    _ answer: PasskeyRegistration, called name: Name, session: Secret, _ visit: Visit
  ) async throws -> Enrolled
  /// Throws `lastFactor` where a hat wants one. With the last one go the recovery codes.
  func remove(_ factor: FactorID, session: Secret, _ visit: Visit) async throws
  /// New codes; the old ones end.
  /// Ten, shown this once. Throws `nothingBegun` for somebody without a factor.
  func renewRecoveryCodes(session: Secret, _ visit: Visit) async throws -> [String]

  /// Sends a code to another address of the person's.
  /// Throws `tooMany`, for the address or the network.
  func beginAddress(_ address: EmailAddress, session: Secret, _ visit: Visit) async throws
  /// The code of that letter: from now on the hats of that address are theirs too.
  /// Throws as `enter(code:)` does, and `addressTaken`.
  func confirmAddress(code: String, session: Secret, _ visit: Visit) async throws
  /// Lets an address go; never the last one.
  /// Throws `lastAddress`, and `Problem.notFound` for one that is not theirs.
  func remove(_ address: EmailAddress, session: Secret, _ visit: Visit) async throws
}

/// Doing what a letter asks without signing in.
public protocol ActionLinkAPI: Sendable {
  /// The path for a letter (`/a/…`), to be put behind the portal's address. Throws
  /// `AccountsError.notByLink` for hats that must sign in.
  func actionLink(to request: ActionRequest) async throws -> String
  /// Reads what follows `/a/`. Throws when it was tampered with, has expired, or its hat is no longer
  /// that of the address it was written to.
  func openAction(_ token: String) async throws -> ActionVisit
}

/// The operator's own people.
public protocol StaffAPI: Sendable {
  /// What an invitation's page shows. Throws when it was used, has ended or never was.
  func invitation(_ secret: Secret) async throws -> InvitationView
  /// Accepts it, and asks for a letter to sign in with: give the secret to the browser as
  /// `beginSignIn` says. A scanner that presses the button gains nothing.
  /// Throws `invitation` where it was used, has ended or never was.
  func acceptInvitation(_ secret: Secret, _ visit: Visit) async throws -> Secret
  /// Whether the link for the first administrator is good still.
  /// Not once there is an administrator who can sign in.
  func isOpen(firstAdministrator secret: Secret) async throws -> Bool
  /// Makes the first administrator and signs them in; they enrol a second factor next.
  /// Throws `invitation(.used)` where the link is of no use, for whatever reason.
  func makeFirstAdministrator(
    _ secret: Secret, name: Name, address: EmailAddress, _ visit: Visit
  ) async throws -> Entry
}

/// Looking around a demonstration as one of its people. Anywhere else there are no such links.
public protocol LookAroundAPI: Sendable {
  /// Whom a link lets somebody look around as. Throws when it was used, has ended or never was.
  func guide(_ secret: Secret) async throws -> GuideView
  /// Signs in as that person, as if with a second factor. The link is used up.
  /// Throws `guide` as the other does.
  func lookAround(_ secret: Secret, _ visit: Visit) async throws -> Entry
}

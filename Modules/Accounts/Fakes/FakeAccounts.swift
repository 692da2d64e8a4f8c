internal import KernelTesting
public import Kernel
public import AccountsAPI

/// Accounts as a test wants it: every member fails until the test says what it answers.
public struct FakeAccounts: AccountsAPI {
  public var onBeginSignIn: @Sendable (EmailAddress, Visit) async throws -> Secret = { _, _ in
    throw UnexpectedCall("AccountsAPI.beginSignIn(at:_:)")
  }
  public var onLinkState: @Sendable (Secret, Secret?) async throws -> LinkState = { _, _ in
    throw UnexpectedCall("AccountsAPI.state(of:in:)")
  }
  public var onConfirmLink: @Sendable (Secret, Secret?, Visit) async throws -> Entry = { _, _, _ in
    throw UnexpectedCall("AccountsAPI.confirm(_:in:_:)")
  }
  public var onEnterCode: @Sendable (String, Secret?, Visit) async throws -> Entry = { _, _, _ in
    throw UnexpectedCall("AccountsAPI.enter(code:in:_:)")
  }
  public var onBeginPasskeySignIn: @Sendable (Visit) async throws -> PasskeyRequest = { _ in
    throw UnexpectedCall("AccountsAPI.beginPasskeySignIn(_:)")
  }
  public var onSignInWith: @Sendable (PasskeyAssertion, Secret?, Visit) async throws -> Entry = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.signIn(with:in:_:)")
  }
  public var onEnterTotp: @Sendable (String, Secret, Visit) async throws -> Entry = { _, _, _ in
    throw UnexpectedCall("AccountsAPI.enter(totp:session:_:)")
  }
  public var onEnterRecoveryCode: @Sendable (String, Secret, Visit) async throws -> Entry = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.enter(recoveryCode:session:_:)")
  }
  public var onBeginPasskeyStep: @Sendable (Secret, Visit) async throws -> PasskeyRequest = {
    _, _ in
    throw UnexpectedCall("AccountsAPI.beginPasskeyStep(session:_:)")
  }
  public var onEnterPasskey: @Sendable (PasskeyAssertion, Secret, Visit) async throws -> Entry = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.enter(passkey:session:_:)")
  }
  public var onVisitor: @Sendable (Secret) async throws -> Visitor? = { _ in
    throw UnexpectedCall("AccountsAPI.visitor(of:)")
  }
  public var onWear: @Sendable (Grant, Secret) async throws -> Visitor = { _, _ in
    throw UnexpectedCall("AccountsAPI.wear(_:session:)")
  }
  public var onSessions: @Sendable (Secret) async throws -> [SessionView] = { _ in
    throw UnexpectedCall("AccountsAPI.sessions(session:)")
  }
  public var onEndOther: @Sendable (SessionID, Secret) async throws -> Void = { _, _ in
    throw UnexpectedCall("AccountsAPI.end(_:session:)")
  }
  public var onSignOut: @Sendable (Secret) async throws -> Void = { _ in
    throw UnexpectedCall("AccountsAPI.signOut(session:)")
  }
  public var onSignOutEverywhere: @Sendable (Secret) async throws -> Void = { _ in
    throw UnexpectedCall("AccountsAPI.signOutEverywhere(session:)")
  }
  public var onActor: @Sendable (String) async throws -> Actor? = { _ in
    throw UnexpectedCall("AccountsAPI.actor(bearing:)")
  }
  public var onAttempt: @Sendable (String, EmailAddress?, String) async throws -> Void = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.attempt(_:at:from:)")
  }
  public var onSafety: @Sendable (Secret) async throws -> Safety = { _ in
    throw UnexpectedCall("AccountsAPI.safety(session:)")
  }
  public var onBeginTOTP: @Sendable (Secret, Visit) async throws -> TOTPOffer = { _, _ in
    throw UnexpectedCall("AccountsAPI.beginTOTP(session:_:)")
  }
  public var onConfirmTOTP: @Sendable (String, Secret, Visit) async throws -> Enrolled = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.confirmTOTP(code:session:_:)")
  }
  public var onBeginPasskey: @Sendable (Secret, Visit) async throws -> PasskeyOffer = { _, _ in
    throw UnexpectedCall("AccountsAPI.beginPasskey(session:_:)")
  }
  public var onConfirmPasskey:
    @Sendable (PasskeyRegistration, Name, Secret, Visit) async throws -> Enrolled = { _, _, _, _ in
      throw UnexpectedCall("AccountsAPI.confirmPasskey(_:called:session:_:)")
    }
  public var onRemoveFactor: @Sendable (FactorID, Secret, Visit) async throws -> Void = { _, _, _ in
    throw UnexpectedCall("AccountsAPI.remove(_:session:_:)")
  }
  public var onRenewRecoveryCodes: @Sendable (Secret, Visit) async throws -> [String] = { _, _ in
    throw UnexpectedCall("AccountsAPI.renewRecoveryCodes(session:_:)")
  }
  public var onBeginAddressAddress: @Sendable (EmailAddress, Secret, Visit) async throws -> Void = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.beginAddress(_:session:_:)")
  }
  public var onConfirmAddress: @Sendable (String, Secret, Visit) async throws -> Void = { _, _, _ in
    throw UnexpectedCall("AccountsAPI.confirmAddress(code:session:_:)")
  }
  public var onRemoveAddress: @Sendable (EmailAddress, Secret, Visit) async throws -> Void = {
    _, _, _ in
    throw UnexpectedCall("AccountsAPI.remove(_:session:_:)")
  }
  public var onActionLink: @Sendable (ActionRequest) async throws -> String = { _ in
    throw UnexpectedCall("AccountsAPI.actionLink(to:)")
  }
  public var onOpenAction: @Sendable (String) async throws -> ActionVisit = { _ in
    throw UnexpectedCall("AccountsAPI.openAction(_:)")
  }
  public var onInvitation: @Sendable (Secret) async throws -> InvitationView = { _ in
    throw UnexpectedCall("AccountsAPI.invitation(_:)")
  }
  public var onAcceptInvitation: @Sendable (Secret, Visit) async throws -> Secret = { _, _ in
    throw UnexpectedCall("AccountsAPI.acceptInvitation(_:_:)")
  }
  public var onIsOpen: @Sendable (Secret) async throws -> Bool = { _ in
    throw UnexpectedCall("AccountsAPI.isOpen(firstAdministrator:)")
  }
  public var onMakeFirstAdministrator:
    @Sendable (Secret, Name, EmailAddress, Visit) async throws -> Entry = { _, _, _, _ in
      throw UnexpectedCall("AccountsAPI.makeFirstAdministrator(_:name:address:_:)")
    }
  public var onGuide: @Sendable (Secret) async throws -> GuideView = { _ in
    throw UnexpectedCall("AccountsAPI.guide(_:)")
  }
  public var onLookAround: @Sendable (Secret, Visit) async throws -> Entry = { _, _ in
    throw UnexpectedCall("AccountsAPI.lookAround(_:_:)")
  }

  public init() {}

  public func beginSignIn(at address: EmailAddress, _ visit: Visit) async throws -> Secret {
    try await onBeginSignIn(address, visit)
  }
  public func state(of link: Secret, in browser: Secret?) async throws -> LinkState {
    try await onLinkState(link, browser)
  }
  public func confirm(_ link: Secret, in browser: Secret?, _ visit: Visit) async throws -> Entry {
    try await onConfirmLink(link, browser, visit)
  }
  public func enter(code: String, in browser: Secret?, _ visit: Visit) async throws -> Entry {
    try await onEnterCode(code, browser, visit)
  }
  public func beginPasskeySignIn(_ visit: Visit) async throws -> PasskeyRequest {
    try await onBeginPasskeySignIn(visit)
  }
  public func signIn(with answer: PasskeyAssertion, in browser: Secret?, _ visit: Visit)
    async throws -> Entry
  {
    try await onSignInWith(answer, browser, visit)
  }
  public func enter(totp code: String, session: Secret, _ visit: Visit) async throws -> Entry {
    try await onEnterTotp(code, session, visit)
  }
  public func enter(recoveryCode code: String, session: Secret, _ visit: Visit) async throws
    -> Entry
  {
    try await onEnterRecoveryCode(code, session, visit)
  }
  public func beginPasskeyStep(session: Secret, _ visit: Visit) async throws -> PasskeyRequest {
    try await onBeginPasskeyStep(session, visit)
  }
  public func enter(passkey answer: PasskeyAssertion, session: Secret, _ visit: Visit) async throws
    -> Entry
  {
    try await onEnterPasskey(answer, session, visit)
  }
  public func visitor(of session: Secret) async throws -> Visitor? {
    try await onVisitor(session)
  }
  public func wear(_ grant: Grant, session: Secret) async throws -> Visitor {
    try await onWear(grant, session)
  }
  public func sessions(session: Secret) async throws -> [SessionView] {
    try await onSessions(session)
  }
  public func end(_ other: SessionID, session: Secret) async throws {
    try await onEndOther(other, session)
  }
  public func signOut(session: Secret) async throws {
    try await onSignOut(session)
  }
  public func signOutEverywhere(session: Secret) async throws {
    try await onSignOutEverywhere(session)
  }
  public func actor(bearing token: String) async throws -> Actor? {
    try await onActor(token)
  }
  public func attempt(
    _ what: String, at address: EmailAddress?, from network: String
  ) async throws { try await onAttempt(what, address, network) }

  public func safety(session: Secret) async throws -> Safety {
    try await onSafety(session)
  }
  public func beginTOTP(session: Secret, _ visit: Visit) async throws -> TOTPOffer {
    try await onBeginTOTP(session, visit)
  }
  public func confirmTOTP(code: String, session: Secret, _ visit: Visit) async throws -> Enrolled {
    try await onConfirmTOTP(code, session, visit)
  }
  public func beginPasskey(session: Secret, _ visit: Visit) async throws -> PasskeyOffer {
    try await onBeginPasskey(session, visit)
  }
  public func confirmPasskey(
    _ answer: PasskeyRegistration, called name: Name, session: Secret, _ visit: Visit
  ) async throws -> Enrolled {
    try await onConfirmPasskey(answer, name, session, visit)
  }
  public func remove(_ factor: FactorID, session: Secret, _ visit: Visit) async throws {
    try await onRemoveFactor(factor, session, visit)
  }
  public func renewRecoveryCodes(session: Secret, _ visit: Visit) async throws -> [String] {
    try await onRenewRecoveryCodes(session, visit)
  }
  public func beginAddress(_ address: EmailAddress, session: Secret, _ visit: Visit) async throws {
    try await onBeginAddressAddress(address, session, visit)
  }
  public func confirmAddress(code: String, session: Secret, _ visit: Visit) async throws {
    try await onConfirmAddress(code, session, visit)
  }
  public func remove(_ address: EmailAddress, session: Secret, _ visit: Visit) async throws {
    try await onRemoveAddress(address, session, visit)
  }
  public func actionLink(to request: ActionRequest) async throws -> String {
    try await onActionLink(request)
  }
  public func openAction(_ token: String) async throws -> ActionVisit {
    try await onOpenAction(token)
  }
  public func invitation(_ secret: Secret) async throws -> InvitationView {
    try await onInvitation(secret)
  }
  public func acceptInvitation(_ secret: Secret, _ visit: Visit) async throws -> Secret {
    try await onAcceptInvitation(secret, visit)
  }
  public func isOpen(firstAdministrator secret: Secret) async throws -> Bool {
    try await onIsOpen(secret)
  }
  public func makeFirstAdministrator(
    _ secret: Secret, name: Name, address: EmailAddress, _ visit: Visit
  ) async throws -> Entry {
    try await onMakeFirstAdministrator(secret, name, address, visit)
  }
  public func guide(_ secret: Secret) async throws -> GuideView {
    try await onGuide(secret)
  }
  public func lookAround(_ secret: Secret, _ visit: Visit) async throws -> Entry {
    try await onLookAround(secret, visit)
  }
}

public import AccountsAPI
public import Kernel

/// Who somebody is, and how they showed it: accounts, sessions, second factors, action links, staff.
public struct AccountsModule: Module, ActsByItself {
  public static let name = "accounts"
  public static let summary = Words(
    en: "staff, sessions, sign-in and what waits for you",
    fr: "équipe, sessions, connexion et ce qui vous attend")

  public let host: Host
  let carry: LetterCarrier
  /// The other modules: they say what an address stands for and what waits.
  let others: [any Module]
  /// Who must have a second factor.
  let strongRoles: Set<Role>
  let limits: Limits
  /// The portal's address, for letters that no visit asked for.
  let origin: @Sendable () async throws -> String
  /// The tokens met lately.
  let tokens = KnownTokens()

  /// Whether there may be links to look around as somebody: in a demonstration, where nobody is real.
  let isDemonstration: Bool

  public init(
    host: Host, others: [any Module], strongRoles: Set<Role> = .staff(and: .reviewer),
    limits: Limits = .standard, isDemonstration: Bool = false,
    origin: @escaping @Sendable () async throws -> String,
    carry: @escaping LetterCarrier
  ) {
    self.host = host
    self.others = others
    self.strongRoles = strongRoles
    self.limits = limits
    self.isDemonstration = isDemonstration
    self.origin = origin
    self.carry = carry
  }

  public var endpoints: [Endpoint] {
    aboutStaff
    aboutInvitations
    aboutWatching
    aboutActionLinks
    aboutMe
  }
  public var subscriptions: [Subscription] { [writeSignInLetter, writeInvitation, tellOfChange] }
  public var jobs: [Job] { [tidyUp, rotateKeys] }

  /// What an address stands for in the other modules.
  func hats(ofAddress address: EmailAddress) async throws -> [Hat] {
    var hats: [Hat] = []
    for module in others { hats += try await module.hats(of: address) }
    return hats
  }
}

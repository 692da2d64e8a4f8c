internal import AccountsAPI
internal import Crypto
public import Kernel

/// Who somebody is, and how they showed it.
public struct AccountsModule: Module {
  public static let name = "accounts"
  public static let summary = Words(
    en: "staff, sessions, sign-in and what waits for you",
    fr: "équipe, sessions, connexion et ce qui vous attend")

  let host: Host

  public init(host: Host) { self.host = host }

  public var endpoints: [Endpoint] { [] }
}

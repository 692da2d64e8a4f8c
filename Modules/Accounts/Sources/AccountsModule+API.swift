public import AccountsAPI
public import Kernel

extension AccountsModule: AccountsAPI {
  public func actor(bearing token: String) async throws -> Actor? {
    try await TokensModule(host: host, others: others, known: tokens).actor(bearing: token)
  }
}

public import AccountsAPI
public import Kernel

extension AccountsModule: AccountsAPI {
  public func actor(bearing token: String) async throws -> Actor? {
    try await TokensModule(host: host, others: others, known: tokens).actor(bearing: token)
  }

  public func attempt(
    _ what: String, at address: EmailAddress?, from network: String
  ) async throws {
    try await ticket(what + "-network", network, upTo: limits.fromANetwork)
    guard let address else { return }
    try await ticket(what, address.description, upTo: limits.lettersAnAddress)
  }
}

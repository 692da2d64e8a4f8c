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
    try await ticket(what, mailbox(of: address), upTo: limits.lettersAnAddress)
  }
}

/// Where letters to an address end up: what follows a plus is the reader's own mark (RFC 5233), and all of them
/// are one mailbox.
private func mailbox(of address: EmailAddress) -> String {
  let text = address.description
  guard let at = text.lastIndex(of: "@"), let plus = text[..<at].firstIndex(of: "+"),
    plus != text.startIndex
  else { return text }
  return String(text[..<plus]) + text[at...]
}

internal import AccountsAPI
internal import Kernel

extension Endpoint {
  /// Counts that somebody who need not be known calls this, where that is limited: only
  /// for what would be done, so that a typing error costs nobody their attempts. Throws
  /// `AccountsError.tooMany`.
  func countAttempt(
    _ input: JSON, by actor: Actor, from network: String, with accounts: any SessionAPI
  ) async throws {
    guard let path = addressOfAttempts, !actor.isStaff else { return }
    guard self.input().faults(in: input).isEmpty else { return }
    let address = input[at: path].flatMap(EmailAddress.init)
    try await accounts.attempt(id, at: address, from: network)
  }
}

extension JSON {
  /// The text at a path such as `contact.email`.
  fileprivate subscript(at path: String) -> String? {
    var found: JSON? = self
    for name in path.split(separator: ".") { found = found?[String(name)] }
    return found?.text
  }
}

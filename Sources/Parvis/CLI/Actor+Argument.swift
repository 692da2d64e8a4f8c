internal import Kernel

extension Actor {
  /// Reads `role` or `role:subject`. Throws a `Problem`.
  init(argument: String) throws {
    let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
    guard let role = parts.first.flatMap({ Role(rawValue: $0) }), role != .system else {
      let roles = Role.allCases.filter { $0 != .system }.map(\.rawValue).joined(separator: ", ")
      throw Problem.invalid(
        "as", en: "expected role or role:subject; the roles are: \(roles)",
        fr: "attendu : rôle ou rôle:sujet ; les rôles sont : \(roles)")
    }
    self.init(role, subject: parts.count == 2 ? parts[1] : nil)
  }
}

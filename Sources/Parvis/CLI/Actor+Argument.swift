internal import Kernel

extension Actor {
  /// Whoever holds the data directory: as administrator, or as the grant `argument` names, `role` or
  /// `role:subject`, which is then acting for somebody. Throws a `Problem`.
  static func owner(as argument: String?) throws -> Actor {
    guard let argument else { return Actor(.owner, as: Grant(.administrator)) }
    guard let grant = Grant(argument) else {
      let roles = Role.allCases.filter { $0 != .system }.map(\.rawValue).joined(separator: ", ")
      throw Problem.invalid(
        "as", en: "expected role or role:subject; the roles are: \(roles)",
        fr: "attendu : rôle ou rôle:sujet ; les rôles sont : \(roles)")
    }
    if grant.role == .anyone { return .anyone }
    return Actor(.owner, as: grant, onBehalfOf: grant.role.needsSubject ? .known(as: grant) : nil)
  }
}

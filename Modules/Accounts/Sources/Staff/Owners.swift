internal import AccountsAPI
public import Kernel

extension AccountsModule {
  /// Who takes up what others did not do: the programme managers, or where there are none the administrators,
  /// at the first address they showed to be theirs. Nobody who may not sign in. Throws `StorageError`.
  public func owners() async throws -> [Contact] {
    try await host.read { connection in
      for role in [StaffRole.manager, .administrator] {
        let people = try connection.select(
          GrantRow.self, "WHERE role = \(role.rawValue) ORDER BY granted_at, id"
        ).map(\.person)
        let found = try people.compactMap { try connection.contact(of: $0) }
        if !found.isEmpty { return found }
      }
      return []
    }
  }
}

extension Connection {
  /// Nil for somebody who is disabled, or has no address that is theirs.
  fileprivate func contact(of id: PersonID) throws -> Contact? {
    guard let person = try find(PersonRow.self, id), person.disabledAt == nil,
      let address = try addresses(of: id).first(where: { $0.provedAt != nil })?.id,
      let name = person.name ?? Name(address.description)
    else { return nil }
    return Contact(name: name, email: address, language: person.language)
  }
}

public import AccountsAPI
public import Kernel

extension AccountsModule {
  /// A single-use link for the first administrator, whose path is given; an earlier one ends. Nil
  /// where there is an administrator. Whoever holds the data directory may ask for it.
  public func firstAdministratorPath() async throws -> String? {
    let secret = try Secret.draw()
    return try await host.command(
      "accounts.link-for-first-administrator", as: Actor(.owner, as: Grant(.administrator))
    ) { transaction in
      guard try !transaction.hasAdministrator() else { return nil }
      try transaction.execute("DELETE FROM accounts_founding WHERE used_at IS NULL")
      try transaction.insert(
        FoundingRow(
          id: transaction.newID(), hash: secret.hash,
          expiresAt: transaction.now.advanced(bySeconds: Lifetime.firstAdministrator), usedAt: nil))
      return AccountsPath.firstAdministrator + secret.text
    }
  }

  public func isOpen(firstAdministrator secret: Secret) async throws -> Bool {
    let now = host.clock.now
    return try await host.read { connection in
      guard let row = try connection.first(FoundingRow.self, "WHERE hash = \(secret.hash)") else {
        return false
      }
      return try row.usedAt == nil && now < row.expiresAt && !connection.hasAdministrator()
    }
  }

  public func makeFirstAdministrator(
    _ secret: Secret, name: Name, address: EmailAddress, _ visit: Visit
  ) async throws -> Entry {
    try await ticket("link", visit.network, upTo: limits.fromANetwork)
    return try await enter("accounts.make-first-administrator", visit) { transaction in
      guard var row = try transaction.first(FoundingRow.self, "WHERE hash = \(secret.hash)"),
        row.usedAt == nil, transaction.now < row.expiresAt,
        try !transaction.hasAdministrator()
      else { throw AccountsError.invitation(.used) }
      row.usedAt = transaction.now
      try transaction.update(row)
      if let known = try transaction.find(AddressRow.self, address),
        var person = try transaction.find(PersonRow.self, known.person)
      {
        person.name = name
        try transaction.update(person)
        try transaction.give(.administrator, to: person.id)
        return person
      }
      let person = PersonRow(
        id: transaction.newID(), name: name, language: visit.language, createdAt: transaction.now,
        disabledAt: nil)
      try transaction.insert(person)
      // Nobody has shown yet that they read its letters: it gives no hats until a letter signed in.
      try transaction.insert(
        AddressRow(id: address, person: person.id, position: 1, provedAt: nil))
      try transaction.give(.administrator, to: person.id)
      return person
    }
  }
}

extension Connection {
  /// Whether somebody administers this instance who can sign in.
  func hasAdministrator(besides person: PersonID? = nil) throws -> Bool {
    try select(GrantRow.self, "WHERE role = 'administrator'").contains { grant in
      try grant.person != person
        && find(PersonRow.self, grant.person)?.disabledAt == nil
    }
  }
}

public import AccountsAPI
public import Kernel

extension AccountsModule {
  public func beginAddress(_ address: EmailAddress, session: Secret, _ visit: Visit) async throws {
    let own = try await safe(session)
    _ = try await beginLetter(to: address, visit, holder: session, person: own.person)
  }

  public func confirmAddress(code: String, session: Secret, _ visit: Visit) async throws {
    let own = try await safe(session)
    let (row, right) = try await tried(code, holder: session, visit, for: own.person)
    guard right else { throw AccountsError.wrongCode(left: Limits.codesALink - row.attempts) }
    try await changing("accounts.add-address", own, visit) { transaction in
      guard var row = try transaction.find(LinkRow.self, row.id), row.usedAt == nil,
        row.replacedAt == nil
      else { throw AccountsError.link(.used) }
      row.usedAt = transaction.now
      try transaction.update(row)
      let position = (try transaction.addresses(of: own.person).map(\.position).max() ?? 0) + 1
      if var known = try transaction.find(AddressRow.self, row.address) {
        guard known.person != own.person else { return }
        // Somebody who only ever read letters there is the same person; who is more, is not ours to say.
        guard try !transaction.isStaff(known.person),
          try transaction.factors(of: known.person).isEmpty,
          try transaction.find(PersonRow.self, known.person)?.disabledAt == nil
        else { throw AccountsError.addressTaken }
        try transaction.endSessions(of: known.person, at: transaction.now)
        known.person = own.person
        known.position = position
        known.provedAt = transaction.now
        try transaction.update(known)
      } else {
        try transaction.insert(
          AddressRow(
            id: row.address, person: own.person, position: position, provedAt: transaction.now))
      }
    }
  }

  public func remove(_ address: EmailAddress, session: Secret, _ visit: Visit) async throws {
    let own = try await safe(session)
    try await changing("accounts.remove-address", own, visit) { transaction in
      let known = try transaction.addresses(of: own.person)
      guard known.contains(where: { $0.id == address }) else {
        throw Problem.notFound(Words(en: "address", fr: "adresse"), address)
      }
      guard known.count > 1 else { throw AccountsError.lastAddress }
      try transaction.delete(AddressRow.self, address)
    }
  }
}

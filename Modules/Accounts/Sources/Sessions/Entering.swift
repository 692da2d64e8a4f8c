internal import AccountsAPI
internal import Kernel

extension AccountsModule {
  /// Opens a session for whoever `who` finds, in one command that the audit calls `name`. With a
  /// session to go on from, that one goes on under a new secret: at every change of what it may do.
  func enter(
    _ name: String, _ visit: Visit, strength: Strength = .letter, from session: SessionRow? = nil,
    _ who: @escaping @Sendable (Transaction) throws -> PersonRow
  ) async throws -> Entry {
    let secret = try Secret.draw()
    let row = try await host.command(
      name, as: .anyone, in: visit.language, request: visit.request
    ) { transaction in
      let person = try who(transaction)
      let now = transaction.now
      let roles = try transaction.roles(of: person.id)
      let grants = roles.map { Grant($0.role) }
      transaction.turnedOut(
        toBe: Actor(.account(person.id), as: grants.first ?? Grant(.anyone), of: grants))
      if var row = session {
        guard row.person == person.id,
          try transaction.find(SessionRow.self, row.id)?.isOpen(at: now) == true
        else { throw AccountsError.signedOut }
        row.hash = secret.hash
        row.strength = strength
        row.seenAt = now
        try transaction.update(row)
        try transaction.note(row, way: name, visit)
        return row
      }
      let isShort = !roles.isEmpty
      let row = SessionRow(
        id: transaction.newID(), hash: secret.hash, person: person.id, strength: strength,
        network: visit.network, device: visit.device, language: visit.language, hat: nil,
        isShort: isShort, beganAt: now, seenAt: now,
        expiresAt: now.advanced(
          bySeconds: isShort ? Lifetime.staffAbsolute : Lifetime.absolute), endedAt: nil)
      try transaction.insert(row)
      try transaction.note(row, way: name, visit)
      return row
    }
    let standing = try await standing(of: row.person, row.strength)
    return Entry(session: secret, expires: row.expiresAt, step: standing.step)
  }

  /// What somebody may wear now and what only after a second step.
  struct Standing: Sendable {
    var hats: [Hat]
    var withheld: [Hat]
    var step: Step
    var name: Name?
    var addresses: [EmailAddress]
  }

  func standing(of person: PersonID, _ strength: Strength) async throws -> Standing {
    let (row, addresses, roles, ways) = try await host.read { connection in
      (
        try connection.find(PersonRow.self, person),
        try connection.addresses(of: person).filter { $0.provedAt != nil }.map(\.id),
        try connection.roles(of: person), try connection.ways(of: person)
      )
    }
    var all = roles.map { staffHat($0, name: row?.name) }
    for address in addresses {
      for hat in try await hats(ofAddress: address)
      where !all.contains(where: { $0.grant == hat.grant }) {
        all.append(hat)
      }
    }
    let name = row?.name ?? all.lazy.compactMap(\.name).first
    func standing(_ hats: [Hat], _ step: Step) -> Standing {
      Standing(
        hats: hats, withheld: all.filter { !hats.contains($0) }, step: step, name: name,
        addresses: addresses)
    }
    if strength == .strong { return standing(all, .none) }
    if !ways.isEmpty { return standing([], .give(ways)) }
    let weak = all.filter { !strongRoles.contains($0.grant.role) }
    return standing(weak, weak.count < all.count ? .enrol : .none)
  }

  private func staffHat(_ role: StaffRole, name: Name?) -> Hat {
    Hat(Grant(role.role), label: role.title, name: name)
  }
}

extension StaffRole {
  var title: Words {
    switch self {
    case .administrator: Words(en: "Administrator", fr: "Administration")
    case .manager: Words(en: "Programme manager", fr: "Responsable de programme")
    }
  }
}

extension Transaction {
  /// Keeps who came in, how and from where.
  fileprivate func note(_ session: SessionRow, way: String, _ visit: Visit) throws {
    try execute("UPDATE accounts_person SET seen_at = \(now) WHERE id = \(session.person)")
    try insert(
      SignInRow(
        id: newID(), at: now, person: session.person, way: String(way.dropFirst("accounts.".count)),
        strength: session.strength, network: visit.network, device: visit.device))
  }
}

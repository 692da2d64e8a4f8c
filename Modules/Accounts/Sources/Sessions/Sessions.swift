public import AccountsAPI
public import Kernel

extension AccountsModule {
  public func visitor(of session: Secret) async throws -> Visitor? {
    let now = host.clock.now
    let found = try await host.read { connection -> SessionRow? in
      guard let row = try connection.open(session, at: now) else { return nil }
      return row
    }
    guard var row = found else { return nil }
    // Once a minute is often enough for a limit of hours.
    if row.seenAt.advanced(bySeconds: 60) <= now {
      row.seenAt = now
      let id = row.id
      try await host.database.write {
        try $0.execute("UPDATE accounts_session SET seen_at = \(now) WHERE id = \(id)")
      }
    }
    let standing = try await standing(of: row.person, row.strength)
    let chosen = standing.hats.first { $0.grant.description == row.hat }
    return Visitor(
      person: row.person, session: row.id, name: standing.name, addresses: standing.addresses,
      language: row.language, hats: standing.hats, withheld: standing.withheld,
      hat: chosen ?? standing.hats.first, step: standing.step, strength: row.strength,
      formToken: session.formToken, idleUntil: row.idleUntil, expires: row.expiresAt)
  }

  public func wear(_ grant: Grant, session: Secret) async throws -> Visitor {
    guard let visitor = try await visitor(of: session) else { throw AccountsError.signedOut }
    guard
      let hat = visitor.hats.first(where: {
        $0.grant.role == grant.role && $0.grant.subject == grant.subject
      })
    else { throw AccountsError.notYourHat }
    try await host.database.write {
      try $0.execute(
        """
        UPDATE accounts_session SET hat = \(hat.grant.description) WHERE id = \(visitor.session)
        """)
    }
    return try await self.visitor(of: session) ?? visitor
  }

  public func sessions(session: Secret) async throws -> [SessionView] {
    let now = host.clock.now
    return try await host.read { connection in
      guard let own = try connection.open(session, at: now) else { throw AccountsError.signedOut }
      return try connection.openSessions(of: own.person, at: now).map {
        SessionView($0, current: $0.id == own.id)
      }
    }
  }

  public func end(_ other: SessionID, session: Secret) async throws {
    try await ending("accounts.end-session", session) { $0.id == other }
  }

  public func signOut(session: Secret) async throws {
    let hash = session.hash
    try await ending("accounts.sign-out", session) { $0.hash == hash }
  }

  public func signOutEverywhere(session: Secret) async throws {
    try await ending("accounts.sign-out-everywhere", session) { _ in true }
  }

  /// Ends those of the person's sessions that `picked` picks. A session that ended already is no error.
  private func ending(
    _ name: String, _ session: Secret, _ picked: @escaping @Sendable (SessionRow) -> Bool
  ) async throws {
    let now = host.clock.now
    guard let own = try await host.read({ try $0.open(session, at: now) }) else { return }
    try await host.command(name, as: Actor(.account(own.person), as: Grant(.anyone))) {
      transaction in
      for var row in try transaction.openSessions(of: own.person, at: transaction.now)
      where picked(row) {
        row.endedAt = transaction.now
        try transaction.update(row)
      }
    }
  }
}

extension SessionView {
  init(_ row: SessionRow, current: Bool) {
    self.init(
      id: row.id, began: row.beganAt, seen: row.seenAt, network: row.network, device: row.device,
      strength: row.strength, current: current)
  }
}

extension Connection {
  /// The session of a cookie, while it is open and its person's account too.
  func open(_ session: Secret, at now: Instant) throws -> SessionRow? {
    guard let row = try first(SessionRow.self, "WHERE hash = \(session.hash)"),
      row.isOpen(at: now), try find(PersonRow.self, row.person)?.disabledAt == nil
    else { return nil }
    return row
  }

  func openSessions(of person: PersonID, at now: Instant) throws -> [SessionRow] {
    try select(
      SessionRow.self,
      "WHERE person = \(person) AND ended_at IS NULL ORDER BY began_at DESC, id"
    ).filter { $0.isOpen(at: now) }
  }

  /// Ends every session of somebody whose rights changed.
  func endSessions(of person: PersonID, at now: Instant) throws {
    for var row in try select(SessionRow.self, "WHERE person = \(person) AND ended_at IS NULL") {
      row.endedAt = now
      try update(row)
    }
  }
}

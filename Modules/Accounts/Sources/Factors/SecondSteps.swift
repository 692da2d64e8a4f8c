public import AccountsAPI
internal import Kernel

extension AccountsModule {
  public func enter(totp code: String, session: Secret, _ visit: Visit) async throws -> Entry {
    let own = try await step(session)
    let typed = digitsAndLetters(code)
    return try await counted("totp", own) {
      try await enter("accounts.second-step-by-totp", visit, strength: .strong, from: own) {
        transaction in
        for var factor in try transaction.factors(of: own.person) where factor.kind == .totp {
          guard let step = factor.step(of: typed, at: transaction.now) else { continue }
          factor.counter = step
          factor.usedAt = transaction.now
          try transaction.update(factor)
          return try transaction.stepped(own)
        }
        throw AccountsError.wrongCode(left: nil)
      }
    }
  }

  public func enter(recoveryCode code: String, session: Secret, _ visit: Visit) async throws
    -> Entry
  {
    let own = try await step(session)
    let hash = recoveryHash(code)
    return try await counted("recovery-code", own) {
      try await enter(
        "accounts.second-step-by-recovery-code", visit, strength: .strong, from: own
      ) { transaction in
        guard
          let row = try transaction.first(
            RecoveryRow.self, "WHERE person = \(own.person) AND hash = \(hash)")
        else { throw AccountsError.wrongCode(left: nil) }
        try transaction.delete(RecoveryRow.self, row.id)
        return try transaction.stepped(own)
      }
    }
  }

  /// The session that takes a second step. Throws when it has ended.
  func step(_ session: Secret) async throws -> SessionRow {
    let now = host.clock.now
    guard let row = try await host.read({ try $0.open(session, at: now) }) else {
      throw AccountsError.signedOut
    }
    return row
  }

  /// A session that may change how its person signs in: strong, where they have a second factor.
  func safe(_ session: Secret) async throws -> SessionRow {
    let row = try await step(session)
    if row.strength == .letter, try await !host.read({ try $0.factors(of: row.person) }).isEmpty {
      throw AccountsError.strongerNeeded
    }
    return row
  }

  /// Counts the attempt before it is made, and forgets the count when it succeeded.
  func counted<T: Sendable>(
    _ kind: String, _ own: SessionRow, _ body: @Sendable () async throws -> T
  ) async throws -> T {
    let person = own.person.description
    try await ticket("step", person, upTo: limits.stepsAPerson)
    do {
      let answer = try await body()
      try await host.database.write { try $0.forgetAttempts("step", person) }
      return answer
    } catch let error as AccountsError {
      try await failed(kind)
      throw error
    }
  }
}

extension FactorRow {
  /// The step of time a code of this app is for, if it is one and was not taken before.
  func step(of code: String, at now: Instant) -> Int64? {
    TOTP.step(
      of: code, Base32.bytes(material), atSecond: now.milliseconds / 1000, after: counter)
  }
}

extension Transaction {
  func stepped(_ session: SessionRow) throws -> PersonRow {
    guard let person = try find(PersonRow.self, session.person), person.disabledAt == nil else {
      throw AccountsError.signedOut
    }
    return person
  }
}

/// What is kept of a recovery code, which has 80 random bits.
func recoveryHash(_ code: String) -> String { hashed("recovery:" + digitsAndLetters(code)) }

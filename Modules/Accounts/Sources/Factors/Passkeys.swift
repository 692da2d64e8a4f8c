public import AccountsAPI
internal import Foundation
public import Kernel

extension AccountsModule {
  public func beginPasskeySignIn(_ visit: Visit) async throws -> PasskeyRequest {
    try await ticket("passkey", visit.network, upTo: limits.fromANetwork)
    let browser = try Secret.draw()
    let challenge = try await ask(.signIn, holder: browser)
    return PasskeyRequest(
      challenge: challenge, relyingParty: WebAuthn(origin: visit.origin).relyingParty, allowed: [],
      browser: browser)
  }

  public func signIn(with answer: PasskeyAssertion, in browser: Secret?, _ visit: Visit)
    async throws -> Entry
  {
    try await ticket("passkey", visit.network, upTo: limits.fromANetwork)
    return try await refusalsCounted {
      let challenge = try await answered(.signIn, holder: browser)
      return try await enter("accounts.sign-in-by-passkey", visit, strength: .strong) {
        transaction in
        let factor = try transaction.verified(answer, challenge, visit, of: nil)
        guard let person = try transaction.find(PersonRow.self, factor.person),
          person.disabledAt == nil
        else { throw AccountsError.passkey("account") }
        return person
      }
    }
  }

  public func beginPasskeyStep(session: Secret, _ visit: Visit) async throws -> PasskeyRequest {
    let own = try await step(session)
    let challenge = try await ask(.step, holder: session)
    let allowed = try await host.read { try $0.factors(of: own.person).compactMap(\.credential) }
    return PasskeyRequest(
      challenge: challenge, relyingParty: WebAuthn(origin: visit.origin).relyingParty,
      allowed: allowed, browser: nil)
  }

  public func enter(passkey answer: PasskeyAssertion, session: Secret, _ visit: Visit) async throws
    -> Entry
  {
    let own = try await step(session)
    return try await counted("passkey", own) {
      let challenge = try await answered(.step, holder: session)
      return try await enter(
        "accounts.second-step-by-passkey", visit, strength: .strong, from: own
      ) { transaction in
        _ = try transaction.verified(answer, challenge, visit, of: own.person)
        return try transaction.stepped(own)
      }
    }
  }

  public func beginPasskey(session: Secret, _ visit: Visit) async throws -> PasskeyOffer {
    let own = try await safe(session)
    let challenge = try await ask(.enrol, holder: session)
    let standing = try await standing(of: own.person, .strong)
    let known = try await host.read { try $0.factors(of: own.person).compactMap(\.credential) }
    let address = standing.addresses.first?.description ?? own.person.description
    return PasskeyOffer(
      challenge: challenge, relyingParty: WebAuthn(origin: visit.origin).relyingParty,
      relyingPartyName: "Parvis", user: base64URL(Data(own.person.description.utf8)),
      userName: address, displayName: standing.name?.description ?? address, excluded: known)
  }

  public func confirmPasskey(
    _ answer: PasskeyRegistration, called name: Name, session: Secret, _ visit: Visit
  ) async throws -> Enrolled {
    let own = try await safe(session)
    return try await refusalsCounted {
      let challenge = try await answered(.enrol, holder: session)
      let credential = try WebAuthn(origin: visit.origin).credential(
        from: answer, challenge: challenge)
      return try await enrolling("accounts.enrol-passkey", own, visit) { transaction in
        guard
          try transaction.count(FactorRow.self, "WHERE credential = \(credential.id)") == 0
        else { throw AccountsError.passkey("known already") }
        try transaction.insert(
          FactorRow(
            id: transaction.newID(), person: own.person, kind: .passkey, name: name,
            material: base64URL(credential.key.raw), credential: credential.id,
            algorithm: credential.key.algorithm, counter: Int64(credential.counter),
            createdAt: transaction.now, confirmedAt: transaction.now, usedAt: nil))
      }
    }
  }

  private func ask(_ purpose: ChallengeRow.Purpose, holder: Secret) async throws -> String {
    let challenge = base64URL(Data(drawn(bytes: 32)))
    let now = host.clock.now
    try await host.database.write { connection in
      try connection.execute(
        """
        DELETE FROM accounts_challenge
        WHERE (holder_hash = \(holder.hash) AND purpose = \(purpose)) OR expires_at < \(now)
        """)
      try connection.insert(
        ChallengeRow(
          id: challenge, purpose: purpose, holderHash: holder.hash,
          expiresAt: now.advanced(bySeconds: Lifetime.challenge)))
    }
    return challenge
  }

  /// The question put to this browser or session. It is used up, whatever comes of the answer.
  private func answered(_ purpose: ChallengeRow.Purpose, holder: Secret?) async throws -> String {
    guard let holder else { throw AccountsError.nothingBegun }
    let now = host.clock.now
    return try await host.database.write { connection -> String? in
      guard
        let row = try connection.first(
          ChallengeRow.self, "WHERE holder_hash = \(holder.hash) AND purpose = \(purpose)")
      else { return nil }
      try connection.delete(ChallengeRow.self, row.id)
      return now < row.expiresAt ? row.id : nil
    }.orThrow(AccountsError.nothingBegun)
  }

  private func refusalsCounted<T: Sendable>(_ body: @Sendable () async throws -> T) async throws
    -> T
  {
    do {
      return try await body()
    } catch let error as AccountsError {
      try await failed("passkey")
      throw error
    }
  }
}

extension Transaction {
  /// The passkey that signed; of `person`, where one is named. Its counter moves on.
  fileprivate func verified(
    _ answer: PasskeyAssertion, _ challenge: String, _ visit: Visit, of person: PersonID?
  ) throws -> FactorRow {
    guard answer.credential.utf8.count <= 2048,
      var row = try first(FactorRow.self, "WHERE credential = \(answer.credential)"),
      person == nil || row.person == person, let algorithm = row.algorithm,
      let raw = fromBase64URL(row.material), let key = PasskeyKey(algorithm: algorithm, raw: raw)
    else { throw AccountsError.passkey("unknown credential") }
    row.counter = try WebAuthn(origin: visit.origin).counter(
      from: answer, challenge: challenge, key: key, last: row.counter)
    row.usedAt = now
    try update(row)
    return row
  }
}

extension Optional {
  fileprivate func orThrow(_ error: AccountsError) throws -> Wrapped {
    guard let value = self else { throw error }
    return value
  }
}

public import AccountsAPI
internal import Foundation
public import Kernel

extension AccountsModule {
  public func safety(session: Secret) async throws -> Safety {
    let own = try await step(session)
    let standing = try await standing(of: own.person, .strong)
    return try await host.read { connection in
      Safety(
        factors: try connection.factors(of: own.person).map(\.view),
        recoveryCodesLeft: try connection.count(
          RecoveryRow.self, "WHERE person = \(own.person)"),
        addresses: standing.addresses,
        isRequired: standing.hats.contains { strongRoles.contains($0.grant.role) })
    }
  }

  public func beginTOTP(session: Secret, _ visit: Visit) async throws -> TOTPOffer {
    let own = try await safe(session)
    let secret = Base32.text(drawn(bytes: 20))
    let account = try await standing(of: own.person, .strong).addresses.first
    try await host.database.write { connection in
      try connection.execute(
        """
        DELETE FROM accounts_factor
        WHERE person = \(own.person) AND kind = 'totp' AND confirmed_at IS NULL
        """)
    }
    try await host.command(
      "accounts.begin-totp", as: Actor(.account(own.person), as: Grant(.anyone)),
      in: visit.language, request: visit.request
    ) { transaction in
      try transaction.insert(
        FactorRow(
          id: transaction.newID(), person: own.person, kind: .totp,
          name: visit.language == .fr
            ? Name("Application de codes") ?? .sample : Name("App for codes") ?? .sample,
          material: secret, credential: nil, algorithm: nil, counter: 0,
          createdAt: transaction.now, confirmedAt: nil, usedAt: nil))
    }
    return TOTPOffer(
      secret: secret,
      uri: TOTP.uri(secret, account: account?.description ?? "", issuer: "Parvis"))
  }

  public func confirmTOTP(code: String, session: Secret, _ visit: Visit) async throws -> Enrolled {
    let own = try await safe(session)
    let typed = digitsAndLetters(code)
    return try await counted("totp", own) {
      try await enrolling("accounts.enrol-totp", own, visit) { transaction in
        guard
          var row = try transaction.first(
            FactorRow.self,
            """
            WHERE person = \(own.person) AND kind = 'totp' AND confirmed_at IS NULL
            ORDER BY created_at DESC LIMIT 1
            """),
          row.createdAt.advanced(bySeconds: Limits.window) > transaction.now
        else { throw AccountsError.nothingBegun }
        guard let step = row.step(of: typed, at: transaction.now) else {
          throw AccountsError.wrongCode(left: nil)
        }
        row.counter = step
        row.confirmedAt = transaction.now
        try transaction.update(row)
      }
    }
  }

  /// Adds a factor: with the first one come recovery codes. The session goes on as a strong one, and
  /// the person is told by letter.
  func enrolling(
    _ name: String, _ own: SessionRow, _ visit: Visit,
    _ add: @escaping @Sendable (Transaction) throws -> Void
  ) async throws -> Enrolled {
    let codes = drawnRecoveryCodes()
    let isFirst = try await host.read { try $0.factors(of: own.person) }.isEmpty
    let entry = try await enter(name, visit, strength: .strong, from: own) { transaction in
      try add(transaction)
      if isFirst { try transaction.keep(codes, of: own.person) }
      try transaction.emit(SafetyChanged(person: own.person, origin: visit.origin))
      return try transaction.stepped(own)
    }
    return Enrolled(entry: entry, recoveryCodes: isFirst ? codes : [])
  }

  public func renewRecoveryCodes(session: Secret, _ visit: Visit) async throws -> [String] {
    let own = try await safe(session)
    let codes = drawnRecoveryCodes()
    try await changing("accounts.renew-recovery-codes", own, visit) { transaction in
      guard try !transaction.factors(of: own.person).isEmpty else {
        throw AccountsError.nothingBegun
      }
      try transaction.keep(codes, of: own.person)
    }
    return codes
  }

  public func remove(_ factor: FactorID, session: Secret, _ visit: Visit) async throws {
    let own = try await safe(session)
    let isRequired = try await safety(session: session).isRequired
    try await changing("accounts.remove-factor", own, visit) { transaction in
      let known = try transaction.factors(of: own.person)
      guard let row = known.first(where: { $0.id == factor }) else {
        throw Problem.notFound(FactorRow.noun, factor)
      }
      if known.count == 1 {
        guard !isRequired else { throw AccountsError.lastFactor }
        try transaction.execute("DELETE FROM accounts_recovery WHERE person = \(own.person)")
      }
      try transaction.delete(FactorRow.self, row.id)
    }
  }

  /// A change of how somebody signs in, of which they are told by letter.
  func changing(
    _ name: String, _ own: SessionRow, _ visit: Visit,
    _ change: @escaping @Sendable (Transaction) throws -> Void
  ) async throws {
    try await host.command(
      name, as: Actor(.account(own.person), as: Grant(.anyone)), in: visit.language,
      request: visit.request
    ) { transaction in
      try change(transaction)
      try transaction.emit(SafetyChanged(person: own.person, origin: visit.origin))
    }
  }
}

extension Transaction {
  fileprivate func keep(_ codes: [String], of person: PersonID) throws {
    try execute("DELETE FROM accounts_recovery WHERE person = \(person)")
    for code in codes {
      try insert(RecoveryRow(id: newID(), person: person, hash: recoveryHash(code)))
    }
  }
}

/// Ten codes of 80 random bits, in fours.
private func drawnRecoveryCodes() -> [String] {
  (0..<10).map { _ in
    let text = Array(Base32.text(drawn(bytes: 10)))
    return stride(from: 0, to: 16, by: 4).map { String(text[$0..<$0 + 4]) }.joined(separator: "-")
  }
}

/// How somebody signs in was changed.
struct SafetyChanged: Event {
  static let name = "accounts.safety-changed"
  let person: PersonID
  let origin: String
  var aggregate: String { person.description }
  var edition: EditionID? { nil }
}

extension AccountsModule {
  /// Tells somebody that how they sign in was changed: who did not do it learns of it.
  var tellOfChange: Subscription {
    .on(
      SafetyChanged.self, "accounts.tell-of-change",
      asking: { fact, context in
        let (person, addresses) = try await host.read { connection in
          (
            try connection.find(PersonRow.self, fact.person),
            try connection.addresses(of: fact.person)
          )
        }
        guard let person, let address = addresses.first else { return }
        let contact = Contact(
          name: person.name ?? Name(address.id.description) ?? .sample, email: address.id,
          language: person.language)
        try await carry(
          AccountsLetter(
            id: context.newID(), kind: Key("safety-changed") ?? .sample, to: contact,
            subject: Words(
              en: "How you sign in was changed", fr: "Votre façon de vous connecter a changé"),
            paragraphs: [
              Words(
                en: "A second factor, an address or the recovery codes of your account changed.",
                fr:
                  "Un second facteur, une adresse ou les codes de secours de votre compte ont changé."
              ),
              Words(
                en: "If it was not you, sign in, end all sessions, and tell the administrator.",
                fr:
                  "Si ce n’était pas vous, connectez-vous, fermez toutes les sessions et prévenez l’administrateur."
              ),
            ],
            button: (
              Words(en: "See your account", fr: "Voir votre compte"), fact.origin + "/account"
            )),
          context)
      }
    ) { _, _, _ in }
  }
}

public import AccountsAPI
public import Kernel

extension AccountsModule {
  public func beginSignIn(at address: EmailAddress, _ visit: Visit) async throws -> Secret {
    try await beginLetter(to: address, visit, holder: try Secret.draw(), person: nil)
  }

  /// The same work whoever is behind the address: two counters, what is older ended, a row, an event.
  func beginLetter(
    to address: EmailAddress, _ visit: Visit, holder: Secret, person: PersonID?
  ) async throws -> Secret {
    do {
      try await host.command(
        person == nil ? "accounts.ask-for-letter" : "accounts.ask-for-address-code",
        as: person.map { Actor(.account($0), as: Grant(.anyone)) } ?? .anyone, in: visit.language,
        request: visit.request
      ) { transaction in
        let now = transaction.now
        try transaction.take(
          "letter-network", visit.network, upTo: limits.fromANetwork, at: now)
        try transaction.take(
          "letter", address.description, upTo: limits.lettersAnAddress, at: now)
        try transaction.execute(
          """
          UPDATE accounts_link SET replaced_at = \(now), secret_hash = NULL, code_hash = NULL
          WHERE address = \(address) AND used_at IS NULL AND replaced_at IS NULL
          """)
        let row = LinkRow(
          id: transaction.newID(), address: address, browserHash: holder.hash, person: person,
          origin: visit.origin, language: visit.language, askedAt: now,
          expiresAt: now.advanced(bySeconds: Lifetime.link), secretHash: nil, codeHash: nil,
          attempts: 0, usedAt: nil, replacedAt: nil)
        try transaction.insert(row)
        try transaction.emit(LetterAsked(link: row.id))
      }
    } catch let error as AccountsError {
      try await failed("limit-letter")
      throw error
    }
    return holder
  }

  public func state(of link: Secret, in browser: Secret?) async throws -> LinkState {
    let now = host.clock.now
    return try await host.read { connection in
      try connection.first(LinkRow.self, "WHERE secret_hash = \(link.hash)")?.state(
        at: now, in: browser) ?? .unknown
    }
  }

  public func confirm(_ link: Secret, in browser: Secret?, _ visit: Visit) async throws -> Entry {
    try await ticket("link", visit.network, upTo: limits.fromANetwork)
    let hash = link.hash
    do {
      return try await enter("accounts.sign-in-by-link", visit) { transaction in
        guard let row = try transaction.first(LinkRow.self, "WHERE secret_hash = \(hash)") else {
          throw AccountsError.link(.unknown)
        }
        return try transaction.use(row, in: browser, visit)
      }
    } catch let error as AccountsError {
      try await failed("link")
      throw error
    }
  }

  public func enter(code: String, in browser: Secret?, _ visit: Visit) async throws -> Entry {
    let (row, right) = try await tried(code, holder: browser, visit)
    guard right else { throw AccountsError.wrongCode(left: Limits.codesALink - row.attempts) }
    return try await enter("accounts.sign-in-by-code", visit) { transaction in
      guard let row = try transaction.find(LinkRow.self, row.id) else {
        throw AccountsError.link(.unknown)
      }
      return try transaction.use(row, in: browser, visit, byCode: true)
    }
  }

  /// Counts the attempt, for good, then says whether the code is that of the letter this browser
  /// asked for last. Throws where that letter is of no use any more.
  func tried(_ code: String, holder: Secret?, _ visit: Visit, for person: PersonID? = nil)
    async throws -> (row: LinkRow, right: Bool)
  {
    try await ticket("code", visit.network, upTo: limits.fromANetwork)
    let now = host.clock.now
    let found = try await host.database.write { connection -> (row: LinkRow, counted: Bool)? in
      guard let holder,
        var row = try connection.first(
          LinkRow.self,
          "WHERE browser_hash = \(holder.hash) ORDER BY asked_at DESC, id LIMIT 1"),
        row.person == person
      else { return nil }
      guard row.state(at: now, in: holder) == .ready else { return (row, false) }
      row.attempts += 1
      try connection.update(row)
      return (row, true)
    }
    guard let (row, counted) = found, let holder else {
      try await failed("code")
      throw AccountsError.link(holder == nil ? .elsewhere : .unknown)
    }
    // An attempt that was counted may be the last one allowed; one that was not comes too late.
    guard counted else {
      try await failed("code")
      throw AccountsError.link(row.state(at: now, in: holder))
    }
    let right = row.codeHash.map { isSame($0, codeHash(digitsAndLetters(code), of: row.id)) }
    if right != true { try await failed("code") }
    return (row, right ?? false)
  }
}

extension Transaction {
  /// Uses a letter up, and says whose it was. Throws when it is of no use.
  fileprivate func use(_ row: LinkRow, in browser: Secret?, _ visit: Visit, byCode: Bool = false)
    throws -> PersonRow
  {
    var row = row
    var state = row.state(at: now, in: browser)
    // A right code may be the last attempt.
    if byCode, state == .unknown { state = .ready }
    guard state == .ready, row.person == nil else { throw AccountsError.link(state) }
    guard let person = try person(proving: row.address, in: visit.language) else {
      throw AccountsError.link(.unknown)
    }
    row.usedAt = now
    try update(row)
    return person
  }
}

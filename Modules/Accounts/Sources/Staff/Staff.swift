internal import AccountsAPI
internal import Kernel

struct StaffLine: Codable, Sendable {
  let id: PersonID
  let name: Name?
  let addresses: [EmailAddress]
  let roles: [StaffRole]
  let secondFactors: Int
  let sessions: Int
  let lastSeen: Instant?
  let disabledAt: Instant?

  init(_ row: PersonRow, in connection: any Connection, at now: Instant) throws {
    id = row.id
    name = row.name
    addresses = try connection.addresses(of: row.id).map(\.id)
    roles = try connection.roles(of: row.id)
    secondFactors = try connection.factors(of: row.id).count
    let open = try connection.openSessions(of: row.id, at: now)
    sessions = open.count
    lastSeen = open.map(\.seenAt).max()
    disabledAt = row.disabledAt
  }
}

extension AccountsModule {
  @UseCases var aboutStaff: [Endpoint] {
    listStaff
    revokeRole
    disable
    enable
    listSessions
    endSessions
    resetFactors
  }

  struct All: Codable, Sendable {
    /// Everybody with an account, not staff alone.
    let everybody: Bool?
    let after: PageMark?
    let limit: PageSize?
  }
  struct OnePerson: Codable, Sendable {
    let person: PersonID
  }
  struct OneRole: Codable, Sendable {
    let person: PersonID
    let role: StaffRole
  }

  var listStaff: UseCase<All, Page<StaffLine>> {
    .query(
      "accounts.list", "/accounts", by: [.administrator],
      Words(en: "List staff, or all accounts", fr: "Lister l’équipe, ou tous les comptes")
    ) { (input: All, transaction) in
      try transaction.page(
        PersonRow.self,
        where: input.everybody == true
          ? "1 = 1" : "id IN (SELECT person FROM accounts_grant)", by: "created_at", "id",
        after: input.after, limit: input.limit
      ).map { try StaffLine($0, in: transaction, at: transaction.now) }
    }
  }

  var disable: UseCase<OnePerson, StaffLine> {
    .command(
      "accounts.disable", .post, "/accounts/{person}/disabling", by: [.administrator],
      Words(
        en: "Disable an account: its sessions end, no letter signs in",
        fr: "Désactiver un compte : ses sessions se ferment, aucune lettre ne connecte"),
      problems: ["accounts/last-administrator"]
    ) { (input: OnePerson, transaction) in
      var row = try transaction.account(input.person)
      try transaction.keepAnAdministrator(besides: row.id)
      if row.disabledAt == nil {
        row.disabledAt = transaction.now
        try transaction.update(row)
      }
      try transaction.endSessions(of: row.id, at: transaction.now)
      return try StaffLine(row, in: transaction, at: transaction.now)
    }
  }

  var enable: UseCase<OnePerson, StaffLine> {
    .command(
      "accounts.enable", .post, "/accounts/{person}/enabling", by: [.administrator],
      Words(en: "Enable an account again", fr: "Réactiver un compte")
    ) { (input: OnePerson, transaction) in
      var row = try transaction.account(input.person)
      row.disabledAt = nil
      try transaction.update(row)
      return try StaffLine(row, in: transaction, at: transaction.now)
    }
  }

  var revokeRole: UseCase<OneRole, StaffLine> {
    .command(
      "accounts.revoke-role", .delete, "/accounts/{person}/roles/{role}", by: [.administrator],
      Words(en: "Take a role of staff away", fr: "Retirer un rôle de l’équipe"),
      problems: ["accounts/last-administrator"]
    ) { (input: OneRole, transaction) in
      let row = try transaction.account(input.person)
      if input.role == .administrator { try transaction.keepAnAdministrator(besides: row.id) }
      for grant in try transaction.select(
        GrantRow.self, "WHERE person = \(row.id) AND role = \(input.role)")
      {
        try transaction.delete(GrantRow.self, grant.id)
      }
      try transaction.endSessions(of: row.id, at: transaction.now)
      return try StaffLine(row, in: transaction, at: transaction.now)
    }
  }

  var listSessions: UseCase<OnePerson, [SessionView]> {
    .query(
      "accounts.sessions", "/accounts/{person}/sessions", by: [.administrator],
      Words(
        en: "List the open sessions of somebody", fr: "Lister les sessions ouvertes d’une personne")
    ) { (input: OnePerson, transaction) in
      let row = try transaction.account(input.person)
      return try transaction.openSessions(of: row.id, at: transaction.now).map {
        SessionView($0, current: false)
      }
    }
  }

  var endSessions: UseCase<OnePerson, StaffLine> {
    .command(
      "accounts.end-sessions", .delete, "/accounts/{person}/sessions", by: [.administrator],
      Words(en: "End the sessions of somebody", fr: "Fermer les sessions d’une personne")
    ) { (input: OnePerson, transaction) in
      let row = try transaction.account(input.person)
      try transaction.endSessions(of: row.id, at: transaction.now)
      return try StaffLine(row, in: transaction, at: transaction.now)
    }
  }

  var resetFactors: UseCase<OnePerson, StaffLine> {
    .command(
      "accounts.reset-factors", .delete, "/accounts/{person}/factors", by: [.administrator],
      Words(
        en: "Remove the second factors of somebody who lost them; they enrol anew",
        fr: "Retirer les seconds facteurs d’une personne qui les a perdus")
    ) { (input: OnePerson, transaction) in
      let row = try transaction.account(input.person)
      for factor in try transaction.select(FactorRow.self, "WHERE person = \(row.id)") {
        try transaction.delete(FactorRow.self, factor.id)
      }
      try transaction.execute("DELETE FROM accounts_recovery WHERE person = \(row.id)")
      try transaction.endSessions(of: row.id, at: transaction.now)
      return try StaffLine(row, in: transaction, at: transaction.now)
    }
  }
}

extension Transaction {
  fileprivate func account(_ id: PersonID) throws -> PersonRow {
    guard let row = try find(PersonRow.self, id) else {
      throw Problem.notFound(PersonRow.noun, id)
    }
    return row
  }

  fileprivate func keepAnAdministrator(besides person: PersonID) throws {
    guard try roles(of: person).contains(.administrator) else { return }
    guard try hasAdministrator(besides: person) else { throw AccountsError.lastAdministrator }
  }
}

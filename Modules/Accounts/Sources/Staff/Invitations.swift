public import AccountsAPI
internal import Kernel

/// Somebody was invited to be staff.
struct Invited: Event {
  static let name = "accounts.invited"
  let invitation: ID<InvitationRow>
  var aggregate: String { invitation.description }
  var edition: EditionID? { nil }
}

enum InvitationState: String, Codable, CaseIterable, Sendable {
  case open, accepted, ended, expired
}

struct InvitationLine: Codable, Sendable {
  let id: ID<InvitationRow>
  let address: EmailAddress
  let name: Name
  let role: StaffRole
  let state: InvitationState
  let expiresAt: Instant

  init(_ row: InvitationRow, at now: Instant) {
    id = row.id
    address = row.address
    name = row.name
    role = row.role
    expiresAt = row.expiresAt
    state =
      switch row.state(at: now) {
      case .used: .accepted
      case .replaced: .ended
      case .expired: .expired
      case .ready, .elsewhere, .unknown: .open
      }
  }
}

extension AccountsModule {
  @UseCases var aboutInvitations: [Endpoint] {
    invite
    listInvitations
    endInvitation
  }

  struct Invite: Codable, Sendable {
    let address: EmailAddress
    let name: Name
    let role: StaffRole
    let language: Language?
  }
  struct OneInvitation: Codable, Sendable {
    let invitation: ID<InvitationRow>
  }

  var invite: UseCase<Invite, InvitationLine> {
    .command(
      "accounts.invite", .post, "/accounts/invitations", by: [.administrator],
      Words(
        en: "Invite somebody to be staff; a letter brings the link",
        fr: "Inviter quelqu’un dans l’équipe ; une lettre apporte le lien"),
      problems: ["accounts/already-staff"]
    ) { (input: Invite, transaction) in
      if let known = try transaction.find(AddressRow.self, input.address),
        try transaction.roles(of: known.person).contains(input.role)
      {
        throw AccountsError.alreadyStaff(input.address)
      }
      try transaction.execute(
        """
        UPDATE accounts_invitation SET ended_at = \(transaction.now)
        WHERE address = \(input.address) AND used_at IS NULL AND ended_at IS NULL
        """)
      let row = InvitationRow(
        id: transaction.newID(), address: input.address, name: input.name, role: input.role,
        language: input.language ?? transaction.context.language,
        invitedBy: transaction.actor.person, createdAt: transaction.now,
        expiresAt: transaction.now.advanced(bySeconds: Lifetime.invitation), hash: nil,
        usedAt: nil, endedAt: nil)
      try transaction.insert(row)
      try transaction.emit(Invited(invitation: row.id))
      return InvitationLine(row, at: transaction.now)
    }
  }

  var listInvitations: UseCase<Nothing, [InvitationLine]> {
    .query(
      "accounts.invitations", "/accounts/invitations", by: [.administrator],
      Words(en: "List the invitations", fr: "Lister les invitations")
    ) { (_: Nothing, transaction) in
      try transaction.select(InvitationRow.self, "ORDER BY created_at DESC, id LIMIT 200").map {
        InvitationLine($0, at: transaction.now)
      }
    }
  }

  var endInvitation: UseCase<OneInvitation, InvitationLine> {
    .command(
      "accounts.end-invitation", .delete, "/accounts/invitations/{invitation}",
      by: [.administrator],
      Words(en: "Take an invitation back", fr: "Annuler une invitation")
    ) { (input: OneInvitation, transaction) in
      guard var row = try transaction.find(InvitationRow.self, input.invitation) else {
        throw Problem.notFound(InvitationRow.noun, input.invitation)
      }
      if row.usedAt == nil, row.endedAt == nil {
        row.endedAt = transaction.now
        try transaction.update(row)
      }
      return InvitationLine(row, at: transaction.now)
    }
  }

  /// Draws the secret and writes the letter, so that the secret is nowhere before.
  var writeInvitation: Subscription {
    .on(
      Invited.self, "accounts.write-invitation",
      asking: { fact, context -> String? in
        guard let row = try await host.read({ try $0.find(InvitationRow.self, fact.invitation) }),
          row.state(at: context.now) == .ready
        else { return nil }
        let secret = try Secret.draw()
        let title = row.role.title
        try await carry(
          AccountsLetter(
            id: context.newID(), kind: Key("invitation") ?? .sample,
            to: Contact(name: row.name, email: row.address, language: row.language),
            subject: Words(en: "You are invited to the team", fr: "Invitation dans l’équipe"),
            paragraphs: [
              Words(
                en: "You are invited as: \(title.en).",
                fr: "Vous êtes invité au titre de : \(title.fr)."),
              Words(
                en:
                  "The link is good for three days and once. You will sign in by e-mail and choose a second factor.",
                fr:
                  "Le lien vaut trois jours et une fois. Vous vous connecterez par courriel et choisirez un second facteur."
              ),
            ],
            button: (
              Words(en: "Accept", fr: "Accepter"),
              try await origin() + AccountsPath.invitation + secret.text
            )), context)
        return secret.hash
      }
    ) { fact, hash, transaction in
      guard let hash else { return }
      try transaction.execute(
        "UPDATE accounts_invitation SET hash = \(hash) WHERE id = \(fact.invitation)")
    }
  }

  public func invitation(_ secret: Secret) async throws -> InvitationView {
    let now = host.clock.now
    let row = try await host.read {
      try $0.first(InvitationRow.self, "WHERE hash = \(secret.hash)")
    }
    let state = row?.state(at: now) ?? .unknown
    guard let row, state == .ready else { throw AccountsError.invitation(state) }
    return InvitationView(
      address: row.address, name: row.name, role: row.role, expires: row.expiresAt)
  }

  public func acceptInvitation(_ secret: Secret, _ visit: Visit) async throws -> Secret {
    try await ticket("link", visit.network, upTo: limits.fromANetwork)
    let address: EmailAddress
    do {
      address = try await host.command(
        "accounts.accept-invitation", as: .anyone, in: visit.language, request: visit.request
      ) { transaction in
        let row = try transaction.first(InvitationRow.self, "WHERE hash = \(secret.hash)")
        let state = row?.state(at: transaction.now) ?? .unknown
        guard var row, state == .ready else { throw AccountsError.invitation(state) }
        row.usedAt = transaction.now
        try transaction.update(row)
        // The link came by a letter to this address, so its holder reads them.
        guard var person = try transaction.person(proving: row.address, in: row.language) else {
          throw AccountsError.invitation(.replaced)
        }
        transaction.turnedOut(toBe: Actor(.account(person.id), as: Grant(.anyone)))
        person.name = row.name
        try transaction.update(person)
        try transaction.give(row.role, to: person.id)
        return row.address
      }
    } catch let error as AccountsError {
      try await failed("invitation")
      throw error
    }
    return try await beginSignIn(at: address, visit)
  }
}

extension Transaction {
  /// Gives a role. What somebody may do changed, so their sessions end.
  func give(_ role: StaffRole, to person: PersonID) throws {
    if try !roles(of: person).contains(role) {
      try insert(GrantRow(id: newID(), person: person, role: role, grantedAt: now))
    }
    try endSessions(of: person, at: now)
  }
}

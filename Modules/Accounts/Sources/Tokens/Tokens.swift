internal import AccountsAPI
internal import Kernel

enum TokenEntity {}
typealias TokenID = ID<TokenEntity>
/// Whoever a token stands for, in whichever module knows them.
enum BearerEntity {}

/// The roles a token may have: those of people.
enum BearerRole: String, Codable, CaseIterable, Sendable {
  case administrator, manager, reviewer, member, volunteer, partner

  var needsSubject: Bool { self != .administrator && self != .manager }
}

enum TokenState: String, Codable, CaseIterable, Sendable {
  case valid, expired, revoked
}

struct TokenRow: Record {
  static let table = "token_token"

  let id: TokenID
  let label: Name
  let role: BearerRole
  let subject: ID<BearerEntity>?
  /// The one edition it reaches; nil for all.
  let editionId: EditionID?
  let hash: String
  let createdBy: String
  let createdAt: Instant
  let expiresAt: Instant
  var revokedAt: Instant?

  func state(at now: Instant) -> TokenState {
    revokedAt != nil ? .revoked : expiresAt <= now ? .expired : .valid
  }
}

/// A token as lists show it: never the secret, nor its hash.
struct TokenView: Codable, Sendable {
  let id: TokenID
  let label: Name
  let role: BearerRole
  let subject: ID<BearerEntity>?
  /// The one edition it reaches; nil for all.
  let edition: EditionID?
  let state: TokenState
  let createdAt: Instant
  let expiresAt: Instant
  let revokedAt: Instant?

  init(_ row: TokenRow, at now: Instant) {
    id = row.id
    label = row.label
    role = row.role
    subject = row.subject
    edition = row.editionId
    state = row.state(at: now)
    createdAt = row.createdAt
    expiresAt = row.expiresAt
    revokedAt = row.revokedAt
  }
}

extension TokensModule {
  @UseCases var aboutTokens: [Endpoint] {
    createToken
    listTokens
    revokeToken
  }

  struct Create: Codable, Sendable {
    let role: BearerRole
    let subject: ID<BearerEntity>?
    let edition: EditionID?
    let label: Name
    let expiresInDays: Whole<1, 730>?
  }
  struct Created: Codable, Sendable {
    let id: TokenID
    let token: String
    let role: BearerRole
    let subject: ID<BearerEntity>?
    let edition: EditionID?
    let expiresAt: Instant
  }
  struct One: Codable, Sendable {
    let token: TokenID
  }

  var createToken: UseCase<Create, Created> {
    .command(
      "token.create", .post, "/tokens", by: [.administrator],
      Words(
        en: "Make a token; it is shown this once",
        fr: "Créer un jeton ; il n’est montré qu’une fois"
      ),
      traits: [.answersWithSecret],
      asking: { input, _ in
        try refuseMismatch(input.role, input.subject)
        try await requireSubject(of: input)
        if let edition = input.edition { try await requireEdition(edition) }
      }
    ) { (input: Create, _, transaction) in
      let secret = "parvis_" + (try Secret.draw().text)
      let row = TokenRow(
        id: transaction.newID(), label: input.label, role: input.role, subject: input.subject,
        editionId: input.edition, hash: hashed(secret),
        createdBy: transaction.actor.person.description,
        createdAt: transaction.now,
        expiresAt: transaction.now.advanced(byDays: Int64(input.expiresInDays?.value ?? 90)),
        revokedAt: nil)
      try transaction.insert(row)
      return Created(
        id: row.id, token: secret, role: row.role, subject: row.subject, edition: row.editionId,
        expiresAt: row.expiresAt)
    }
  }

  var listTokens: UseCase<Nothing, [TokenView]> {
    .query(
      "token.list", "/tokens", by: [.administrator],
      Words(en: "List the tokens", fr: "Lister les jetons")
    ) { (_: Nothing, transaction) in
      try transaction.select(TokenRow.self, "ORDER BY created_at, id").map {
        TokenView($0, at: transaction.now)
      }
    }
  }

  var revokeToken: UseCase<One, TokenView> {
    .command(
      "token.revoke", .post, "/tokens/{token}/revocation", by: [.administrator],
      Words(en: "Revoke a token, from now on", fr: "Révoquer un jeton, dès maintenant")
    ) { (input: One, transaction) in
      guard var row = try transaction.find(TokenRow.self, input.token) else {
        throw Problem.notFound(Words(en: "token", fr: "jeton"), input.token)
      }
      if row.revokedAt == nil {
        row.revokedAt = transaction.now
        try transaction.update(row)
      }
      return TokenView(row, at: transaction.now)
    }
  }
}

extension TokensModule {
  /// A token stands for somebody there is.
  private func requireSubject(of input: Create) async throws {
    guard let role = Role(rawValue: input.role.rawValue), let subject = input.subject else {
      return
    }
    let grant = Grant(role, subject: subject.description)
    for module in others { if try await module.hat(of: grant) != nil { return } }
    throw AccountsError.noSuchSubject(grant)
  }
}

private func refuseMismatch(_ role: BearerRole, _ subject: ID<BearerEntity>?) throws {
  if role.needsSubject, subject == nil {
    throw Problem.invalid(
      "subject", en: "is required: the id of the \(role.rawValue) it stands for",
      fr: "est obligatoire : l’identifiant de la personne qu’il représente")
  }
  if !role.needsSubject, subject != nil {
    throw Problem.invalid(
      "subject", en: "has no meaning for the role \(role.rawValue)",
      fr: "n’a pas de sens pour le rôle \(role.rawValue)")
  }
}

public import Kernel

/// Tokens: how a program says over HTTP for whom it acts.
public struct TokensModule: Module {
  public static let name = "token"
  public static let summary = Words(
    en: "tokens for the HTTP interface", fr: "jetons pour l’interface HTTP")

  public var rowWords: [RowWords] {
    [RowWords("token_token", Words(en: "token", fr: "jeton"), by: "label")]
  }

  let host: Host
  /// Those who know for whom a token may stand.
  let others: [any Module]
  /// Throws a `Problem` for an edition there is not.
  let requireEdition: @Sendable (EditionID) async throws -> Void

  let known: KnownTokens

  /// `requireEdition` throws a `Problem` for an edition there is not.
  public init(
    host: Host, others: [any Module],
    requireEdition: @escaping @Sendable (EditionID) async throws -> Void
  ) {
    self.init(
      host: host, others: others, known: KnownTokens(), requireEdition: requireEdition)
  }
  init(
    host: Host, others: [any Module], known: KnownTokens,
    requireEdition: @escaping @Sendable (EditionID) async throws -> Void = { _ in }
  ) {
    self.host = host
    self.others = others
    self.known = known
    self.requireEdition = requireEdition
  }

  public var endpoints: [Endpoint] {
    aboutTokens
  }

  public var migrations: [Migration] {
    [
      Migration(
        "token.1-create",
        """
        CREATE TABLE token_token (
          id TEXT PRIMARY KEY, label TEXT NOT NULL, role TEXT NOT NULL, subject TEXT,
          hash TEXT NOT NULL UNIQUE, created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL, revoked_at BIGINT)
        """),
      Migration("token.2-edition", "ALTER TABLE token_token ADD COLUMN edition_id TEXT"),
    ]
  }

  /// Who bears this token; nil when it is unknown, expired or revoked. Throws `StorageError`.
  public func actor(bearing secret: String) async throws -> Actor? {
    let hash = hashed(secret)
    let now = host.clock.now
    // Noted before the row is read, so that what changes in between is seen the next time.
    let mark = try host.database.commitMark()
    if let mark, let bearer = known.bearer(hash, at: mark) {
      return bearer.expiresAt <= now ? nil : bearer.actor
    }
    let found = try await host.read { connection -> KnownTokens.Bearer? in
      guard let row = try connection.first(TokenRow.self, "WHERE hash = \(hash)"),
        row.state(at: now) == .valid, let role = Role(rawValue: row.role.rawValue)
      else { return nil }
      // Staff with tokens of their own are told apart; who has a subject is known by it.
      let actor = Actor(
        role, subject: row.subject?.description,
        person: role.needsSubject ? nil : .token(row.id.description), within: row.editionId)
      return KnownTokens.Bearer(actor: actor, expiresAt: row.expiresAt)
    }
    if let mark, let found { known.keep(found, hash, at: mark) }
    return found?.actor
  }
}

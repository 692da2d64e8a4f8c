internal import Crypto
internal import Foundation
internal import Kernel

/// Tokens: how a program says over HTTP for whom it acts.
struct AccessModule: Module {
  static let name = "token"
  static let summary = Words(
    en: "tokens for the HTTP interface", fr: "jetons pour l’interface HTTP")

  let host: Kernel.Host

  var endpoints: [Endpoint] { [createToken, listTokens, revokeToken] }

  var migrations: [Migration] {
    [
      Migration(
        "token.1-create",
        """
        CREATE TABLE token_token (
          id TEXT PRIMARY KEY, label TEXT NOT NULL, role TEXT NOT NULL, subject TEXT,
          hash TEXT NOT NULL UNIQUE, created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
          expires_at BIGINT NOT NULL, revoked_at BIGINT)
        """)
    ]
  }

  /// Who bears this token; nil when it is unknown, expired or revoked. Throws `StorageError`.
  func actor(bearing secret: String) async throws -> Actor? {
    let hash = TokenSecret.hash(of: secret)
    let now = host.clock.now
    return try await host.read { connection in
      guard let row = try connection.first(TokenRow.self, "WHERE hash = \(hash)"),
        row.state(at: now) == .valid, let role = Role(rawValue: row.role.rawValue)
      else { return nil }
      // Staff with tokens of their own are told apart; who has a subject is known by it.
      return Actor(
        role, subject: row.subject?.description,
        person: role.needsSubject ? nil : .token(row.id.description))
    }
  }
}

/// The secret itself: 256 random bits, kept nowhere. A fast hash is enough for what cannot be guessed.
enum TokenSecret {
  static func draw() -> String {
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
    let text = bytes.base64EncodedString().compactMap { character -> Character? in
      switch character {
      case "+": "-"
      case "/": "_"
      case "=": nil
      default: character
      }
    }
    return "parvis_" + String(text)
  }

  static func hash(of secret: String) -> String {
    SHA256.hash(data: Data(secret.utf8)).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

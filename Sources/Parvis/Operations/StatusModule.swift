internal import Kernel

/// How this instance is doing.
struct StatusModule: Module {
  static let name = "status"
  static let summary = Words(en: "how this instance is doing", fr: "l’état de cette instance")

  let host: Host
  /// How many e-mails wait; nil where nobody writes any.
  let messagesWaiting: (@Sendable () async throws -> Int)?

  init(host: Host, messagesWaiting: (@Sendable () async throws -> Int)? = nil) {
    self.host = host
    self.messagesWaiting = messagesWaiting
  }

  struct Status: Codable, Sendable {
    let time: Instant
    let events: Int
    let deliveriesPending: Int
    let deliveriesParked: Int
    let oldestPending: Instant?
    let messagesWaiting: Int?
    let tokensValid: Int
    let migrations: Int
  }

  var endpoints: [Endpoint] { show }

  static let useCase = "status.show"

  var show: UseCase<Nothing, Status> {
    .query(
      Self.useCase, "/status", by: .staff,
      Words(en: "Show how this instance is doing", fr: "Montrer l’état de cette instance"),
      asking: { (_: Nothing, _) in try await messagesWaiting?() }
    ) { (_: Nothing, messages, transaction) in
      func number(_ sql: SQL) throws -> Int { try transaction.rows(sql).first?.get("n") ?? 0 }
      return Status(
        time: transaction.now,
        // They are numbered without gaps, those that had their time included.
        events: try number("SELECT last AS n FROM kernel_series WHERE name = 'kernel.event'"),
        deliveriesPending: try number(
          "SELECT COUNT(*) AS n FROM kernel_delivery WHERE state = 'pending'"),
        deliveriesParked: try number(
          "SELECT COUNT(*) AS n FROM kernel_delivery WHERE state = 'parked'"),
        oldestPending: try transaction.rows(
          "SELECT MIN(due_at) AS at FROM kernel_delivery WHERE state = 'pending'"
        ).first?.get(ifPresent: "at"),
        messagesWaiting: messages,
        tokensValid: try number(
          """
          SELECT COUNT(*) AS n FROM token_token
          WHERE revoked_at IS NULL AND expires_at > \(transaction.now)
          """),
        migrations: try number("SELECT COUNT(*) AS n FROM kernel_migration"))
    }
  }
}

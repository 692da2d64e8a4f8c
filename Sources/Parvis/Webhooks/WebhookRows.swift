internal import Kernel

enum WebhookEntity {}
typealias WebhookID = ID<WebhookEntity>
enum WebhookDeliveryEntity {}
typealias WebhookDeliveryID = ID<WebhookDeliveryEntity>

enum WebhookState: String, Codable, CaseIterable, Sendable {
  case enabled
  case disabled
}

/// Somewhere facts are told to.
struct WebhookRow: Versioned {
  static let table = "webhooks_endpoint"
  static let noun = Words(en: "webhook", fr: "webhook")

  let id: WebhookID
  var version: Int
  var label: Name
  var url: String
  /// Nil: every type. `missions.*` is all of a module's.
  var types: [String]?
  var editionId: EditionID?
  let signing: StandardWebhook.Signing
  var secret: String
  /// The one of before, which signs too until then.
  var previousSecret: String?
  var previousUntil: Instant?
  var state: WebhookState
  /// Why it was stopped, where nobody asked for it.
  var fault: String?
  var failingSince: Instant?
  /// Nothing is sent before.
  var restUntil: Instant?
  let createdAt: Instant
  /// What was said up to here was before it.
  let fromSequence: Int64

  func wants(_ type: String, of edition: EditionID?) -> Bool {
    guard editionId == nil || editionId == edition else { return false }
    guard let types else { return true }
    return types.contains { $0 == type || ($0.hasSuffix(".*") && type.hasPrefix($0.dropLast())) }
  }

  func secrets(at now: Instant) -> [String] {
    guard let previousSecret, let previousUntil, now < previousUntil else { return [secret] }
    return [secret, previousSecret]
  }
}

enum WebhookDeliveryState: String, Codable, CaseIterable, Sendable {
  case pending
  case delivered
  case failed
}

/// One fact for one webhook.
struct WebhookDeliveryRow: Record {
  static let table = "webhooks_delivery"
  static let noun = Words(en: "delivery", fr: "remise")

  let id: WebhookDeliveryID
  let position: Int64
  let endpoint: WebhookID
  /// What the other side tells messages apart by; the same each time it is sent.
  let message: String
  let type: String
  let body: String
  var state: WebhookDeliveryState
  var attempts: Int
  var dueAt: Instant
  let createdAt: Instant
}

/// What came of one try.
struct WebhookAttemptRow: Record {
  static let table = "webhooks_attempt"

  /// `<delivery>/<number>`.
  let id: String
  let delivery: WebhookDeliveryID
  let at: Instant
  let status: Int?
  let fault: String?
  let answer: String
}

/// What is allowed.
struct WebhookSettingsRow: Versioned {
  static let table = "webhooks_settings"
  static let noun = Words(en: "webhook settings", fr: "réglages des webhooks")
  static let only = "webhooks"

  let id: String
  var version: Int
  var allowPrivate: Bool
}

extension Connection {
  func webhookSettings() throws -> WebhookSettingsRow {
    try find(WebhookSettingsRow.self, WebhookSettingsRow.only)
      ?? WebhookSettingsRow(id: WebhookSettingsRow.only, version: 1, allowPrivate: false)
  }
}

let webhookMigrations = [
  Migration(
    "webhooks.1-create",
    """
    CREATE TABLE webhooks_endpoint (
      id TEXT PRIMARY KEY, version INTEGER NOT NULL, label TEXT NOT NULL, url TEXT NOT NULL,
      types TEXT, edition_id TEXT,
      signing TEXT NOT NULL CHECK (signing IN ('hmac', 'ed25519')), secret TEXT NOT NULL,
      previous_secret TEXT, previous_until BIGINT,
      state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled')), fault TEXT,
      failing_since BIGINT, rest_until BIGINT, created_at BIGINT NOT NULL,
      from_sequence BIGINT NOT NULL)
    """,
    """
    CREATE TABLE webhooks_delivery (
      id TEXT PRIMARY KEY, position BIGINT NOT NULL UNIQUE,
      endpoint TEXT NOT NULL REFERENCES webhooks_endpoint (id) ON DELETE CASCADE,
      message TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
      attempts INTEGER NOT NULL, due_at BIGINT NOT NULL, created_at BIGINT NOT NULL,
      UNIQUE (endpoint, message))
    """,
    """
    CREATE INDEX webhooks_delivery_due ON webhooks_delivery (endpoint, position)
    WHERE state = 'pending'
    """,
    "CREATE INDEX webhooks_delivery_of ON webhooks_delivery (endpoint, position)",
    "CREATE INDEX webhooks_delivery_age ON webhooks_delivery (created_at)",
    """
    CREATE TABLE webhooks_attempt (
      id TEXT PRIMARY KEY,
      delivery TEXT NOT NULL REFERENCES webhooks_delivery (id) ON DELETE CASCADE,
      at BIGINT NOT NULL, status INTEGER, fault TEXT, answer TEXT NOT NULL)
    """,
    "CREATE INDEX webhooks_attempt_of ON webhooks_attempt (delivery, at)",
    "CREATE TABLE webhooks_cursor (id TEXT PRIMARY KEY, sequence BIGINT NOT NULL)",
    // Nobody is told what happened before there were webhooks.
    """
    INSERT INTO webhooks_cursor (id, sequence)
    SELECT 'events', COALESCE(MAX(sequence), 0) FROM kernel_event
    """,
    """
    CREATE TABLE webhooks_settings (
      id TEXT PRIMARY KEY, version INTEGER NOT NULL, allow_private INTEGER NOT NULL)
    """)
]

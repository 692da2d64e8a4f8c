internal import Kernel
internal import PartnersAPI

/// What was said between modules and what became of it, for whoever keeps Parvis running.
struct EventsModule: Module {
  static let name = "events"
  static let summary = Words(
    en: "events between modules, their deliveries, the audit",
    fr: "événements entre modules, leurs remises, le journal d’audit")

  let host: Host
  /// The partner somebody speaks for.
  let partnerOf: @Sendable (PartnerContactID) async throws -> PartnerID?
  /// What use cases do, by their ids, for people who read the audit.
  var doings: [String: Words] = [:]
  /// Up to where what was said was told to those who read on by themselves; nil where nobody does.
  var toldUpTo: @Sendable (any Connection) throws -> Int64? = { _ in nil }
  /// Those who know what people and rows are called.
  var knowing: [any Module] = []

  var endpoints: [Endpoint] {
    aboutEvents
    aboutFeed
    aboutAudit
    aboutPastAudit
  }
}

enum DeliveryState: String, Codable, CaseIterable, Sendable {
  case pending, done, parked
}

struct EventLine: Codable, Sendable {
  let sequence: Int64
  let name: String
  let occurredAt: Instant
  let pending: Int
  let parked: Int
  let aggregate: String
  let id: ID<EventEntity>

  init(_ row: Row) throws {
    sequence = try row.get("sequence")
    name = try row.get("name")
    occurredAt = try row.get("occurred_at")
    pending = try row.get("pending")
    parked = try row.get("parked")
    aggregate = try row.get("aggregate")
    id = try row.get("id")
  }
}

struct Delivery: Codable, Sendable {
  let subscriber: String
  let state: DeliveryState
  let attempts: Int
  let dueAt: Instant
  let fault: String?
}

struct EventView: Codable, Sendable {
  let id: ID<EventEntity>
  let sequence: Int64
  let name: String
  let version: Int
  let occurredAt: Instant
  let actor: String
  let request: String
  let aggregate: String
  let edition: EditionID?
  let payload: JSON
  let deliveries: [Delivery]
}

extension EventsModule {
  @UseCases var aboutEvents: [Endpoint] {
    listEvents
    showEvent
    replayEvent
  }

  struct List: Codable, Sendable {
    let state: DeliveryState?
    let after: Int64?
    let limit: Whole<1, 500>?
    /// From the newest backwards; `after` then goes on with what is older.
    let latest: Bool?
  }
  struct One: Codable, Sendable {
    let event: ID<EventEntity>
  }
  struct Replay: Codable, Sendable {
    let event: ID<EventEntity>
    let subscriber: Name
  }

  var listEvents: UseCase<List, Page<EventLine>> {
    .query(
      "events.list", "/events", by: [.administrator],
      Words(
        en: "List events, oldest first, or the newest first with latest",
        fr: "Lister les événements, du plus ancien, ou du plus récent avec latest"),
      traits: [.keepsToEdition]
    ) { (input: List, transaction) in
      let size = input.limit?.value ?? 100
      let filter: SQL =
        input.state.map {
          "AND EXISTS (SELECT 1 FROM kernel_delivery s WHERE s.event_id = e.id AND s.state = \($0.rawValue))"
        } ?? ""
      let within: SQL = transaction.actor.edition.map { "AND e.edition_id = \($0)" } ?? ""
      let range: SQL =
        input.latest == true
        ? "e.sequence < \(input.after ?? .max)" : "e.sequence > \(input.after ?? 0)"
      let order: SQL = input.latest == true ? "DESC" : "ASC"
      let lines = try transaction.rows(
        """
        SELECT e.sequence, e.name, e.occurred_at, e.aggregate, e.id,
          (SELECT COUNT(*) FROM kernel_delivery d WHERE d.event_id = e.id AND d.state = 'pending')
            AS pending,
          (SELECT COUNT(*) FROM kernel_delivery d WHERE d.event_id = e.id AND d.state = 'parked')
            AS parked
        FROM kernel_event e WHERE \(part: range) \(part: filter) \(part: within)
        ORDER BY e.sequence \(part: order) LIMIT \(size + 1)
        """
      ).map(EventLine.init)
      let shown = Array(lines.prefix(size))
      return Page(
        items: shown, next: lines.count > size ? shown.last.map { String($0.sequence) } : nil)
    }
  }

  var showEvent: UseCase<One, EventView> {
    .query(
      "events.show", "/events/{event}", by: [.administrator],
      Words(
        en: "Show an event with its deliveries", fr: "Montrer un événement et ses remises"),
      traits: [.keepsToEdition]
    ) { (input: One, transaction) in
      let found = try event(input.event, in: transaction)
      guard transaction.actor.edition.map({ $0 == found.edition }) ?? true else {
        throw Problem.notFound(Words(en: "event", fr: "événement"), input.event)
      }
      return found
    }
  }

  var replayEvent: UseCase<Replay, EventView> {
    .command(
      "events.replay", .post, "/events/{event}/replay", by: [.administrator],
      Words(
        en: "Deliver a parked event again to a subscriber",
        fr: "Remettre à nouveau un événement mis de côté"),
      problems: ["events/not-parked"]
    ) { (input: Replay, transaction) in
      let known = try event(input.event, in: transaction)
      let subscriber = input.subscriber.description
      guard let delivery = known.deliveries.first(where: { $0.subscriber == subscriber }) else {
        let names = known.deliveries.map(\.subscriber).joined(separator: ", ")
        throw Problem.invalid(
          "subscriber", en: "did not subscribe to it; those who did: \(names)",
          fr: "n’y est pas abonné ; les abonnés : \(names)")
      }
      guard delivery.state == .parked else { throw notParked(delivery.state) }
      try transaction.execute(
        """
        UPDATE kernel_delivery SET state = 'pending', attempts = 0, due_at = \(transaction.now)
        WHERE event_id = \(input.event) AND subscriber = \(subscriber)
        """)
      return try event(input.event, in: transaction)
    }
  }
}

private func event(_ id: ID<EventEntity>, in connection: any Connection) throws -> EventView {
  guard let row = try connection.rows("SELECT * FROM kernel_event WHERE id = \(id)").first else {
    throw Problem.notFound(Words(en: "event", fr: "événement"), id)
  }
  let deliveries = try connection.rows(
    """
    SELECT subscriber, state, attempts, due_at, fault FROM kernel_delivery
    WHERE event_id = \(id) ORDER BY subscriber
    """
  ).map { try $0.decoded(as: Delivery.self) }
  return EventView(
    id: id, sequence: try row.get("sequence"), name: try row.get("name"),
    version: try row.get("version"), occurredAt: try row.get("occurred_at"),
    actor: try row.get("actor"), request: try row.get("request"),
    aggregate: try row.get("aggregate"), edition: try row.get(ifPresent: "edition_id"),
    payload: try JSON(parsing: row.get("payload", as: String.self)), deliveries: deliveries)
}

private func notParked(_ state: DeliveryState) -> Problem {
  Problem(
    "events/not-parked", status: 409,
    title: Words(en: "Not parked", fr: "Pas mis de côté"),
    detail: Words(
      en: "This delivery is \(state.rawValue).",
      fr: "Cette remise est à l’état « \(state.rawValue) »."
    ),
    advice: Words(
      en: "Only parked deliveries are replayed: parvis events list --state parked",
      fr: "Seules les remises mises de côté se rejouent : parvis events list --state parked"))
}

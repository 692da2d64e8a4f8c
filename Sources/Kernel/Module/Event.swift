/// A fact in the past tense that a module tells the others. Part of its contract: fields are added,
/// never changed; a new meaning is a new version.
public protocol Event: Codable, Sendable {
  /// `<module>.<fact>`: `matching.place-offered`.
  static var name: String { get }
  /// From 1. Moves on when the meaning of a field changes, not when one is added.
  static var version: Int { get }
  /// What it is about; the events of one aggregate reach a subscriber in order.
  var aggregate: String { get }
  /// The edition it belongs to, where there is one.
  var edition: EditionID? { get }
}

extension Event {
  /// 1: its meaning has not changed since it was first said.
  public static var version: Int { 1 }

  /// Reads an event as it was said, whichever version it had then. An event whose meaning changed
  /// reads its older forms here. Throws `DecodingError`, or `EventOfAnotherVersion`.
  public static func reading(_ payload: String, version: Int) throws -> Self {
    guard version == Self.version else {
      throw EventOfAnotherVersion(event: name, found: version, known: Self.version)
    }
    return try JSON.value(of: Self.self, in: payload)
  }
}

/// An event that was said in a form this program does not know.
public struct EventOfAnotherVersion: UserFacing {
  let event: String
  let found: Int
  let known: Int

  public var problem: Problem {
    Problem(
      "events/other-version", status: 409,
      title: Words(en: "Event of another version", fr: "Événement d’une autre version"),
      detail: Words(
        en: "“\(event)” was said in version \(found); this program reads version \(known).",
        fr: "« \(event) » a été émis en version \(found) ; ce programme lit la version \(known)."),
      advice: Words(
        en: "It is parked. Replay it with the program that knows it.",
        fr: "Il est mis de côté. Rejouez-le avec le programme qui le connaît."))
  }
}

/// What a module does when another module says something. Runs in a transaction of its own, which
/// also records that the event was handled: at least once delivered, once effective.
public struct Subscription: Sendable {
  /// `<module>.<what it does>`: `missions.form-team`. Stable: it is kept with each delivery.
  public let name: String
  /// The name of the event it hears.
  public let event: String
  let isIndependent: Bool
  let relying: Reliance
  /// Reads the event and asks what is to be asked; what it gives then changes the rows.
  let prepare: @Sendable (String, Int, Context) async throws -> Work

  typealias Work = @Sendable (any Connection) throws -> Void

  /// Changes the subscriber's own rows, and asks nobody.
  public static func on<E: Event>(
    _ event: E.Type, _ name: String, handle: @escaping @Sendable (E, Transaction) throws -> Void
  ) -> Subscription {
    on(event, name, asking: { _, _ in }) { fact, _, transaction in try handle(fact, transaction) }
  }

  /// Asks other modules first, then changes the subscriber's own rows. `independent` promises that
  /// what is asked does not depend on what this or another independent subscription changes: then
  /// many deliveries, as those after a long import, share one commit. `relying` names the events that
  /// would make what was asked untrue: then it is asked again.
  public static func on<E: Event, Answers: Sendable>(
    _ event: E.Type, _ name: String, independent: Bool = false, relying: Reliance = .nothing,
    asking: @escaping @Sendable (E, Context) async throws -> Answers,
    handle: @escaping @Sendable (E, Answers, Transaction) throws -> Void
  ) -> Subscription {
    Subscription(name: name, event: E.name, isIndependent: independent, relying: relying) {
      payload, version, context in
      let fact = try E.reading(payload, version: version)
      let answers = try await asking(fact, context)
      return { try handle(fact, answers, Transaction($0, context)) }
    }
  }
}

/// Which subscribers hear which event.
struct EventRoutes: Sendable {
  let modules: [any Module]
  let subscriptions: [Subscription]
  private let byEvent: [String: [String]]
  private let byName: [String: Subscription]

  init(_ modules: [any Module]) {
    self.modules = modules
    let subscriptions = modules.flatMap(\.subscriptions)
    self.subscriptions = subscriptions
    byEvent = Dictionary(grouping: subscriptions, by: \.event).mapValues { $0.map(\.name) }
    byName = Dictionary(subscriptions.map { ($0.name, $0) }) { first, _ in first }
  }

  func subscribers(of event: String) -> [String] { byEvent[event] ?? [] }
  func subscription(named name: String) -> Subscription? { byName[name] }
}

extension Transaction {
  /// Says a fact, in the transaction that makes it true. Subscribers hear it after the commit.
  /// Undone with the transaction where that is undone. Throws `StorageError`.
  public func emit<E: Event>(_ event: E) throws {
    let id = newID(ID<EventEntity>.self)
    let payload = try JSON.text(of: event)
    let sequence = try nextNumber(of: "kernel.event")
    try execute(
      """
      INSERT INTO kernel_event (id, sequence, name, version, aggregate, edition_id, payload, actor, person, request, occurred_at)
      VALUES (\(id), \(sequence), \(E.name), \(E.version), \(event.aggregate), \(event.edition),
        \(payload), \(actor.description), \(actor.person), \(context.request), \(now))
      """)
    for subscriber in context.routes.subscribers(of: E.name) {
      try execute(
        """
        INSERT INTO kernel_delivery (event_id, sequence, subscriber, aggregate, state, attempts, due_at)
        VALUES (\(id), \(sequence), \(subscriber), \(event.aggregate), 'pending', 0, \(now))
        """)
    }
  }
}

public enum EventEntity {}

internal import Synchronization

/// The modules at work on one database: answers requests, delivers events, runs periodic work.
public final class Platform: Sendable {
  /// In the order of the composition, which is that of the command line's help.
  public let modules: [any Module]
  /// Holds the tables of all modules.
  public let database: any Database
  /// Tells the time of every call.
  public let clock: Clock
  /// Those of all modules, in their order.
  public let endpoints: [Endpoint]
  /// Those of all modules, in their order.
  public let figures: [Figure]
  let chance: Chance
  let routes: EventRoutes
  /// What tells when things are written down that happened earlier, by `clock`; nil where they happen.
  let recording: Clock?
  /// Told of errors that are nobody's to mend but ours.
  let report: @Sendable (any Error, String) -> Void
  private let byID: [String: Endpoint]
  /// When jobs that run more than once a minute ran last.
  let frequentRuns = Mutex<[String: Instant]>([:])

  /// Connects the modules; touches no database. `report` is told each error that nobody foresaw.
  public init(
    modules: [any Module], database: any Database, clock: Clock = .system,
    chance: Chance = .system, recording: Clock? = nil,
    report: @escaping @Sendable (any Error, String) -> Void = { _, _ in }
  ) {
    self.modules = modules
    self.database = database
    self.clock = clock
    self.chance = chance
    self.recording = recording
    self.report = report
    endpoints = modules.flatMap(\.endpoints)
    figures = modules.flatMap(\.figures)
    routes = EventRoutes(modules)
    for case let module as any ActsByItself in modules { module.host.connect(routes) }
    byID = Dictionary(endpoints.map { ($0.id, $0) }) { first, _ in first }
  }

  /// The use case of that id; nil where there is none.
  public func endpoint(_ id: String) -> Endpoint? { byID[id] }

  var migrator: Migrator { Migrator(migrations: kernelMigrations + modules.flatMap(\.migrations)) }

  /// The steps that `migrate` would apply, by name. Throws `MigrationError` where the data are of a newer
  /// program, and `StorageError`.
  public func pendingMigrations() async throws -> [String] {
    let migrator = migrator
    return try await database.write { try migrator.pending(in: $0).map(\.id) }
  }

  /// Brings the database to this program's schema; `before` runs first when data is there that a
  /// step might harm (a backup). Throws `MigrationError`, `StorageError`.
  public func migrate(before: @escaping @Sendable () async throws -> Void = {}) async throws {
    let migrator = migrator
    let now = clock.now
    let (pending, fresh) = try await database.write { connection in
      let pending = try migrator.pending(in: connection)
      return (pending.map(\.id), pending.count == migrator.migrations.count)
    }
    guard !pending.isEmpty else { return }
    if !fresh { try await before() }
    try await database.write { connection in
      for migration in try migrator.pending(in: connection) {
        try migrator.apply(migration, in: connection, fresh: fresh, at: now)
      }
    }
  }

  func context(
    _ actor: Actor, key: String?, language: Language = .en, request: String? = nil,
    event: String? = nil
  ) -> Context {
    let draws = chance.draws(for: key)
    return Context(
      actor: actor, now: clock.now, language: language,
      request: request ?? String(draws.bits(), radix: 36), event: event,
      recordedAt: recording?.now, draws: draws, routes: routes)
  }
}

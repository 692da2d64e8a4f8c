import Synchronization

/// What comes with one command, query, event or job besides its input.
public struct Context: Sendable {
  /// Who acts, under the grant they act as now.
  public let actor: Actor
  /// The same throughout one command, event or job.
  public let now: Instant
  /// What the caller reads; letters have their reader's.
  public let language: Language
  /// Ties the log lines, the audit and the answer of one request together.
  public let request: String
  /// The event being handled, where one is; a key for what must be done once for it.
  public let event: String?
  /// When it was written down, where `now` is told because it happened earlier.
  let recordedAt: Instant?
  let draws: Draws
  let routes: EventRoutes

  /// Another each time; with a seed, a function of the seed and the command's key.
  public func newID<Entity>(_ type: ID<Entity>.Type = ID<Entity>.self) -> ID<Entity> {
    draws.id()
  }
  /// Not for secrets: with a seed, they can be worked out.
  public func randomBits() -> UInt64 { draws.bits() }
}

/// One transaction on behalf of somebody: the connection, and who acts when.
public struct Transaction: Connection {
  private let connection: any Connection
  /// The same throughout the transaction.
  public let context: Context
  let ledger = Ledger()

  init(_ connection: any Connection, _ context: Context) {
    self.connection = connection
    self.context = context
  }

  /// That of the context.
  public var actor: Actor { context.actor }
  /// That of the context: no time passes in a transaction.
  public var now: Instant { context.now }
  /// That of the context.
  public func newID<Entity>(_ type: ID<Entity>.Type = ID<Entity>.self) -> ID<Entity> {
    context.newID()
  }

  /// Throws `StorageError`.
  public func rows(_ sql: SQL) throws -> [Row] { try connection.rows(sql) }
  /// How many rows it changed. Throws `StorageError`.
  @discardableResult public func execute(_ sql: SQL) throws -> Int { try connection.execute(sql) }

  /// Goes into the audit line of the command, with what other statements touched.
  public func touched(_ touch: @autoclosure () -> Touch) { ledger.note(touch()) }

  /// Says for whom the command is done, where that is somebody else than who does it: staff who log
  /// the hours a volunteer told them. The audit keeps it.
  public func actsOnBehalf(of grant: Grant) {
    let isOwn = grant.role == actor.role && grant.subject == actor.subject
    let somebody = Person.known(as: grant)
    if !isOwn, somebody != actor.person { ledger.behalf = somebody }
  }

  /// Says who it was, where that comes out within the command only: who signed in.
  public func turnedOut(toBe actor: Actor) { ledger.actor = actor }

  /// The record with this id. Throws `Problem.notFound` with the noun of the record.
  public func get<R: Versioned>(_ type: R.Type, _ id: R.ID) throws -> R
  where R.ID: CustomStringConvertible {
    guard let record = try find(type, id) else { throw Problem.notFound(R.noun, id) }
    return record
  }
}

/// What a module is handed to work with, outside the calls it answers.
public struct Host: Sendable {
  /// Holds the tables of all modules; a module touches its own.
  public let database: any Database
  /// For what goes by the clock outside calls; in a call, its context tells the time.
  public let clock: Clock
  /// Where files are kept.
  public private(set) var files: any FileStore
  /// Where work goes on behind what asked for it.
  public let workroom: Workroom

  private let wires = Wires()

  public init(
    database: any Database, clock: Clock, files: any FileStore = NoFiles(),
    workroom: Workroom = Workroom()
  ) {
    self.database = database
    self.clock = clock
    self.files = files
    self.workroom = workroom
  }

  /// The same, with another place for files.
  public func keeping(files: any FileStore) -> Host {
    var other = self
    other.files = files
    return other
  }

  /// Who hears what is said in `command`. The platform connects it.
  func connect(_ routes: EventRoutes) { wires.routes.withLock { $0 = routes } }

  /// A use case that comes by another way than an endpoint: one transaction with its rows, its events
  /// and its audit line, which calls it `name` (`accounts.sign-in-by-letter`). Throws what `body` throws,
  /// and `StorageError`.
  public func command<T: Sendable>(
    _ name: String, as actor: Actor, in language: Language = .en, request: String? = nil,
    _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    guard let routes = wires.routes.withLock({ $0 }) else {
      throw StorageError.unavailable("no platform is at work")
    }
    let draws = Chance.system.draws(for: nil)
    let context = Context(
      actor: actor, now: clock.now, language: language,
      request: request ?? String(draws.bits(), radix: 36), event: nil, recordedAt: nil,
      draws: draws,
      routes: routes)
    return try await database.write { connection in
      let transaction = Transaction(connection, context)
      let answer = try body(transaction)
      try audit(name, in: transaction)
      return answer
    }
  }

  /// Reads for another module's sake, as Parvis itself.
  /// Throws `StorageError`, or what `body` throws.
  public func read<T: Sendable>(
    file: StaticString = #fileID, line: UInt = #line,
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await ReadPace.of(file, line).read(database, body)
  }
  /// Changes rows outside the call that began the work: for what outlasts its command, event or job.
  /// Its time is the context's; what must be told by the clock is told by `clock`.
  /// Throws `StorageError`, or what `body` throws.
  public func write<T: Sendable>(
    as context: Context, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await database.write { try body(Transaction($0, context)) }
  }
  /// The same for what the one program does that works behind requests: where another does by now, nothing is
  /// written. Throws `LeadLost`, `StorageError`, or what `body` throws.
  public func writeAsLeader<T: Sendable>(
    as context: Context, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    try await database.write { [database] connection in
      try database.requireLead(behindRequests, in: connection)
      return try body(Transaction(connection, context))
    }
  }
}

/// What only the platform knows, for a host that was made before it.
final class Wires: Sendable {
  let routes = Mutex<EventRoutes?>(nil)
}

/// A module with use cases that come by other ways than endpoints: its host can say events.
public protocol ActsByItself: Module {
  /// Connected to the platform's routes when that is made; says nothing before.
  var host: Host { get }
}

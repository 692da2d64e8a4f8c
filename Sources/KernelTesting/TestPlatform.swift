public import Kernel

/// A platform of a few modules on a database in memory, with a clock the test sets.
public struct TestPlatform: Sendable {
  public let platform: Platform
  public let clock: SetClock
  public let host: Host
  /// Counts what is asked of the database.
  public let counter: CountingDatabase
  /// Where files are kept.
  public let files = MemoryFiles()

  /// Composes the modules that `modules` makes on a fresh database.
  public init(
    at start: String = "2020-03-02T09:00:00Z", seed: UInt64? = nil,
    modules: (Host) -> [any Module]
  ) async throws {
    clock = SetClock(Instant(start) ?? Instant(milliseconds: 0))
    let database = CountingDatabase(try TestDatabase.make())
    counter = database
    host = Host(database: database, clock: clock.clock, files: files)
    platform = Platform(
      modules: modules(host), database: database, clock: clock.clock,
      chance: seed.map(Chance.seeded) ?? .system,
      report: { error, reference in print("unexpected error in \(reference): \(error)") })
    try await platform.migrate()
  }

  /// The module at work of this type, whose use cases are called from type to type. Throws where there
  /// is none.
  public func module<M: Module>(_ type: M.Type = M.self) throws -> M {
    for case let module as M in platform.modules { return module }
    throw UnexpectedCall("the module \(M.name)")
  }

  /// Calls a use case and reads its answer as `Output`. Throws the `Problem` it answers with.
  public func call<Output: Decodable>(
    _ endpoint: String, as actor: Actor = .manager, _ input: JSON = [:], key: String? = nil,
    answer: Output.Type = Output.self
  ) async throws -> Output {
    try await platform.perform(Request(endpoint, as: actor, input, key: key)).decoded(
      as: Output.self)
  }

  /// Calls a use case for its effect, or to look at the bare answer.
  @discardableResult
  public func call(
    _ endpoint: String, as actor: Actor = .manager, _ input: JSON = [:], key: String? = nil
  ) async throws -> JSON {
    try await platform.perform(Request(endpoint, as: actor, input, key: key))
  }

  /// The problem a call answers with, or nil when it succeeds.
  public func problem(
    _ endpoint: String, as actor: Actor = .manager, _ input: JSON = [:]
  ) async -> Problem? {
    do {
      _ = try await platform.perform(Request(endpoint, as: actor, input))
      return nil
    } catch {
      return error
    }
  }

  /// Performs a use case as pages do, from type to type. Throws the `Problem` it answers with.
  @discardableResult
  public func call<Input, Output>(
    _ useCase: UseCase<Input, Output>, as actor: Actor = .manager, _ input: Input,
    key: String? = nil
  ) async throws(Problem) -> Output {
    try await platform.perform(useCase, input, as: actor, key: key)
  }

  /// Performs a use case that needs no input.
  @discardableResult
  public func call<Output>(
    _ useCase: UseCase<Nothing, Output>, as actor: Actor = .manager
  ) async throws(Problem) -> Output {
    try await platform.perform(useCase, Nothing(), as: actor)
  }

  /// The problem a use case answers with, or nil when it succeeds.
  public func problem<Input, Output>(
    _ useCase: UseCase<Input, Output>, as actor: Actor = .manager, _ input: Input
  ) async -> Problem? {
    do {
      _ = try await platform.perform(useCase, input, as: actor)
      return nil
    } catch {
      return error
    }
  }
}

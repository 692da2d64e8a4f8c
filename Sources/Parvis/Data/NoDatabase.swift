internal import Kernel

/// Stands in where only the list of use cases is wanted: help, completion, a remote server.
struct NoDatabase: Database {
  func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { throw StorageError.unavailable("none is open") }

  func write<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T { throw StorageError.unavailable("none is open") }

  func integrityFaults() async throws -> [String] { throw StorageError.unavailable("none is open") }
}

/// The modules without data behind them.
let bareModules: [any Module] = compose(
  Host(database: NoDatabase(), clock: .system), in: nil)

/// Every use case there is.
let bareEndpoints: [Endpoint] = bareModules.flatMap(\.endpoints)

extension Platform {
  /// One transaction of somebody's beside all use cases: tests do so what no endpoint of theirs does. Throws
  /// `StorageError`, or what `body` throws.
  public func transact<T: Sendable>(
    as actor: Actor, _ body: @escaping @Sendable (Transaction) throws -> T
  ) async throws -> T {
    let context = context(actor, key: nil)
    return try await database.write { try body(Transaction($0, context)) }
  }
}

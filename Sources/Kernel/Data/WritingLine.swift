internal import Synchronization

/// The line of those who want to write, for drivers whose writers share a commit: whoever waits when the
/// writer is free is taken along.
public final class WritingLine: Sendable {
  private struct State {
    var waiting: [any WaitingWrite] = []
    var isAtWork = false
  }

  /// How many share a commit at most.
  private let together: Int
  private let state = Mutex(State())

  public init(together: Int) { self.together = together }

  /// Waits in the line until `body` was done and kept, or not. `begin` is told to take from the line
  /// until nobody waits; it is asked only when nobody does so already.
  /// Throws what `body` throws, or what undid it.
  public func join<T: Sendable>(
    begin: () -> Void, _ body: @escaping @Sendable (any Connection) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      let write = Write(body: body, continuation: continuation)
      let isFirst = state.withLock { state in
        state.waiting.append(write)
        defer { state.isAtWork = true }
        return !state.isAtWork
      }
      if isFirst { begin() }
    }
  }

  /// How many wait now.
  public var count: Int { state.withLock { $0.waiting.count } }

  /// Those who are next, in the order they came; nobody when whoever takes may rest.
  public func take() -> [any WaitingWrite] {
    state.withLock { state in
      let next = Array(state.waiting.prefix(together))
      state.waiting.removeFirst(next.count)
      if next.isEmpty { state.isAtWork = false }
      return next
    }
  }
}

/// One who wants to write, and waits for the answer.
public protocol WaitingWrite: Sendable {
  /// Does the work; again from the start where what was done was undone.
  /// Throws what the work throws.
  func run(on connection: any Connection) throws
  /// Answers: with what `run` gave last when there is no error. Once.
  func finish(with error: (any Error)?)
}

private final class Write<T: Sendable>: WaitingWrite {
  private let body: @Sendable (any Connection) throws -> T
  private let continuation: CheckedContinuation<T, any Error>
  private let result = Mutex<T?>(nil)

  init(
    body: @escaping @Sendable (any Connection) throws -> T,
    continuation: CheckedContinuation<T, any Error>
  ) {
    self.body = body
    self.continuation = continuation
  }

  func run(on connection: any Connection) throws {
    let made = try body(connection)
    result.withLock { $0 = made }
  }

  func finish(with error: (any Error)?) {
    if let error {
      continuation.resume(throwing: error)
    } else if let made = result.withLock({ $0 }) {
      continuation.resume(returning: made)
    } else {
      continuation.resume(throwing: StorageError.unavailable("nothing was done"))
    }
  }
}

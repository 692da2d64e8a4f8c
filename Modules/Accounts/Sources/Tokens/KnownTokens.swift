internal import Kernel
internal import Synchronization

/// The tokens met lately, so that most requests need no look at their row. They are known for as long as
/// nothing at all was committed since: a token that is revoked, by this process or another that writes the
/// same file, stops with the answer to its revocation.
final class KnownTokens: Sendable {
  struct Bearer: Sendable {
    let actor: Actor
    let expiresAt: Instant
  }

  /// More than there are; so that no flood of them fills the memory.
  private static let capacity = 10_000

  private struct State {
    var mark: Int64?
    var bearers: [String: Bearer] = [:]
  }
  private let state = Mutex(State())

  /// Whoever bears the token with this hash, as known when the data stood at `mark`.
  func bearer(_ hash: String, at mark: Int64) -> Bearer? {
    state.withLock { $0.mark == mark ? $0.bearers[hash] : nil }
  }

  /// Remembers what was read after the data stood at `mark`.
  func keep(_ bearer: Bearer, _ hash: String, at mark: Int64) {
    state.withLock { state in
      if state.mark != mark || state.bearers.count >= Self.capacity {
        state.bearers.removeAll(keepingCapacity: true)
        state.mark = mark
      }
      state.bearers[hash] = bearer
    }
  }
}

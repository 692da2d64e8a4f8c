import Synchronization

/// Work that goes on behind whatever asked for it and is wanted in rows, so that a program that starts again
/// begins it again. Each kind is done one after the other; what is begun already is not begun twice. Whoever
/// ends the program closes it: what is at work is cancelled, takes away what it has half done, and is waited
/// for.
public final class Workroom: Sendable {
  private struct State {
    var tasks: [String: Task<Void, Never>] = [:]
    /// The one of each kind that was begun last: the next begins after it.
    var last: [String: Task<Void, Never>] = [:]
    var isClosed = false
  }
  private let state = Mutex(State())

  /// Opens a room in which nothing is at work.
  public init() {}

  /// Begins `work` after whatever of its kind was begun before. Does nothing where `id` is at work, or where
  /// the room is closed; says whether it began.
  @discardableResult
  public func begin(
    _ kind: String, _ id: some CustomStringConvertible, _ work: @escaping @Sendable () async -> Void
  ) -> Bool {
    let name = "\(kind) \(id)"
    return state.withLock { state in
      guard !state.isClosed, state.tasks[name] == nil else { return false }
      let previous = state.last[kind]
      let task = Task.detached {
        await previous?.value
        if !Task.isCancelled { await work() }
        self.state.withLock { $0.tasks[name] = nil }
      }
      state.tasks[name] = task
      state.last[kind] = task
      return true
    }
  }

  /// Waits until nothing of a kind is at work any more.
  public func rest(_ kind: String) async {
    while let task = state.withLock({ state in
      state.tasks.keys.contains { $0.hasPrefix(kind + " ") } ? state.last[kind] : nil
    }) { await task.value }
  }

  /// Cancels what is at work, and waits until it is over; no longer once the caller is cancelled itself.
  public func close() async {
    let tasks = state.withLock { state in
      state.isClosed = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
    while state.withLock({ !$0.tasks.isEmpty }), !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(20))
    }
  }
}

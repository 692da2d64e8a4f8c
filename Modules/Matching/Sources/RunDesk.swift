internal import Dispatch
internal import Kernel
internal import MatchingAPI
internal import MatchingEngine
internal import Synchronization

/// The runs this process is computing, one after the other, and the evidence last asked for. What
/// is lost with the process is found again in `matching_computation` and `matching_basis`.
final class RunDesk: Sendable {
  /// One run being computed.
  final class Handle: Sendable {
    private struct State {
      var progress: SolveProgress?
      var isToStop = false
    }
    private let state = Mutex(State())

    var progress: SolveProgress? { state.withLock { $0.progress } }
    func stop() { state.withLock { $0.isToStop = true } }

    /// Takes the progress in; whether the run is to go on.
    func goOn(_ progress: SolveProgress) -> Bool {
      state.withLock { state in
        state.progress = progress
        return !state.isToStop
      }
    }
  }

  private struct State {
    var handles: [RunID: Handle] = [:]
    /// The work begun last: the next begins after it.
    var last: Task<Void, Never>?
    var evidence: [(run: RunID, evidence: Evidence, used: ContinuousClock.Instant)] = []
    /// Whether somebody looks from time to time what has not been asked for.
    var isTidied = false
  }
  private let state = Mutex(State())

  func handle(of run: RunID) -> Handle? { state.withLock { $0.handles[run] } }

  /// Begins `work` after whatever was begun before; does nothing when the run is on the desk already.
  func begin(_ run: RunID, _ work: @escaping @Sendable (Handle) async -> Void) {
    state.withLock { state in
      guard state.handles[run] == nil else { return }
      let handle = Handle()
      let previous = state.last
      state.handles[run] = handle
      state.last = Task.detached {
        await previous?.value
        await work(handle)
        self.state.withLock { $0.handles[run] = nil }
      }
    }
  }

  /// Waits until nothing is being computed any more.
  func rest() async {
    while let last = state.withLock({ $0.handles.isEmpty ? nil : $0.last }) { await last.value }
  }

  func evidence(of run: RunID) -> Evidence? {
    state.withLock { state in
      guard let place = state.evidence.firstIndex(where: { $0.run == run }) else { return nil }
      state.evidence[place].used = .now
      return state.evidence[place].evidence
    }
  }

  func remember(_ evidence: Evidence, of run: RunID) {
    state.withLock { state in
      state.evidence.removeAll { $0.run == run }
      state.evidence.append((run, evidence, .now))
      if state.evidence.count > Self.remembered { state.evidence.removeFirst() }
      guard !state.isTidied else { return }
      state.isTidied = true
      Task.detached { [weak self] in
        repeat { try? await Task.sleep(for: Self.kept / 4) } while self?.tidyUp() == true
      }
    }
  }

  /// Lets go of what nobody asked for lately; whether something is left to come back for.
  func tidyUp(at now: ContinuousClock.Instant = .now) -> Bool {
    state.withLock { state in
      state.evidence.removeAll { now - $0.used >= Self.kept }
      state.isTidied = !state.evidence.isEmpty
      return state.isTidied
    }
  }

  private static let remembered = 4
  /// An instance of a large edition takes hundreds of megabytes: it stays while it is asked about.
  static let kept = Duration.seconds(600)
}

/// Runs long work on a thread of its own: the tasks of requests and events share very few.
func apart<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global(qos: .utility).async {
      continuation.resume(with: Result { try work() })
    }
  }
}

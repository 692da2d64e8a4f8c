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
      var isWanted = true
    }
    private let state = Mutex(State())

    var progress: SolveProgress? { state.withLock { $0.progress } }
    /// Whether the program that works on it goes on.
    var isWanted: Bool { state.withLock { $0.isWanted } }
    /// The best so far is enough.
    func stop() { state.withLock { $0.isToStop = true } }
    /// The program ends: not even the best so far is kept.
    func abandon() {
      state.withLock { state in
        state.isToStop = true
        state.isWanted = false
      }
    }

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
    var evidence: [(run: RunID, evidence: Evidence, used: ContinuousClock.Instant)] = []
    /// Whether somebody looks from time to time what has not been asked for.
    var isTidied = false
  }
  private let state = Mutex(State())
  private let workroom: Workroom

  init(in workroom: Workroom) { self.workroom = workroom }

  func handle(of run: RunID) -> Handle? { state.withLock { $0.handles[run] } }

  /// Begins `work` after whatever was begun before; does nothing when the run is on the desk already.
  func begin(_ run: RunID, _ work: @escaping @Sendable (Handle) async -> Void) {
    state.withLock { state in
      guard state.handles[run] == nil else { return }
      let handle = Handle()
      state.handles[run] = handle
      let began = workroom.begin(Self.kind, run) {
        await withTaskCancellationHandler {
          await work(handle)
        } onCancel: {
          handle.abandon()
        }
        self.state.withLock { $0.handles[run] = nil }
      }
      if !began { state.handles[run] = nil }
    }
  }

  /// Waits until nothing is being computed any more.
  func rest() async { await workroom.rest(Self.kind) }

  private static let kind = "matching"

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

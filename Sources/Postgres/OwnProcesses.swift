internal import Synchronization

/// The processes of the server that write for us: what they tell listeners is no news.
final class OwnProcesses: Sendable {
  private let known = Mutex<Set<Int32>>([])

  func add(_ process: Int32) { known.withLock { _ = $0.insert(process) } }
  func contains(_ process: Int32) -> Bool { known.withLock { $0.contains(process) } }
}

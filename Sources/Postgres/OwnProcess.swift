internal import Synchronization

/// The process of the server that writes for us now: what it tells listeners is no news. The server gives
/// numbers again, so one of before may be another program's.
final class OwnProcess: Sendable {
  private let known = Mutex<Int32?>(nil)

  func become(_ process: Int32) { known.withLock { $0 = process } }
  func matches(_ process: Int32) -> Bool { known.withLock { $0 == process } }
}

internal import Foundation
internal import Kernel
internal import Synchronization

/// Hears of what other processes commit, on a thread and a session of its own.
final class Listener: Sendable {
  private struct State {
    var isWanted = false
    var isStopped = false
    /// When the server last proved that it hears us; nil while it does not.
    var heardAt: ContinuousClock.Instant?
    var calls: [@Sendable () -> Void] = []
  }

  /// Without a sign of life for so long, nothing that was remembered counts.
  private static let patience = Duration.seconds(5)

  private let server: PostgresAddress
  private let channel: String
  private let own: OwnProcess
  private let mark = Atomic<Int64>(1)
  private let state = Mutex(State())

  init(_ server: PostgresAddress, channel: String, own: OwnProcess) {
    self.server = server
    self.channel = channel
    self.own = own
  }

  /// Another number after every commit; nil while those of others would not be heard of.
  func commitMark() -> Int64? {
    begin()
    let heardAt = state.withLock { $0.heardAt }
    guard let heardAt, ContinuousClock.now - heardAt < Self.patience else { return nil }
    return mark.load(ordering: .acquiring)
  }

  func call(_ heard: @escaping @Sendable () -> Void) {
    state.withLock { $0.calls.append(heard) }
    begin()
  }

  /// Something was committed by this process.
  func moveOn() { mark.add(1, ordering: .acquiringAndReleasing) }

  func stop() { state.withLock { $0.isStopped = true } }

  private func begin() {
    let isFirst = state.withLock { state in
      defer { state.isWanted = true }
      return !state.isWanted
    }
    guard isFirst else { return }
    Thread { self.listen() }.start()
  }

  private var isStopped: Bool { state.withLock { $0.isStopped } }

  private func listen() {
    while !isStopped {
      do {
        let session = try Session(server)
        try session.command("LISTEN \"\(channel)\"")
        // What was said while nobody listened is not known.
        hear()
        while !isStopped {
          state.withLock { $0.heardAt = .now }
          if try session.notifications(within: 1000).contains(where: { !own.matches($0) }) {
            hear()
          }
          // Silence may be a connection that is dead.
          try session.command("SELECT 1")
        }
      } catch {
        state.withLock { $0.heardAt = nil }
        Thread.sleep(forTimeInterval: 0.5)
      }
    }
  }

  private func hear() {
    moveOn()
    for call in state.withLock({ $0.calls }) { call() }
  }
}

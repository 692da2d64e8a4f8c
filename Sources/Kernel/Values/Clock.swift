import Foundation
import Synchronization

/// Where the time comes from. Nothing outside this file reads the system's clock.
public struct Clock: Sendable {
  private let read: @Sendable () -> Instant

  public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }
  public var now: Instant { read() }

  public static let system = Clock {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
}

/// A clock that shows what it was last set to, for plays and tests.
public final class SetClock: Sendable {
  private let shown: Mutex<Instant>

  public init(_ instant: Instant) { shown = Mutex(instant) }
  public func set(_ instant: Instant) { shown.withLock { $0 = instant } }
  public func advance(seconds: Int64) {
    shown.withLock { $0 = $0.advanced(bySeconds: seconds) }
  }
  public var clock: Clock { Clock { self.shown.withLock { $0 } } }
}

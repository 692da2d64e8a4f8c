import Foundation
import Synchronization

/// Where the time comes from, and in which zone the house reckons it where nothing belongs to an edition,
/// which has its own. Nothing outside this file reads the system's clock.
public struct Clock: Sendable {
  private let read: @Sendable () -> Instant
  private let house: HouseZone

  /// A clock that reads as told, in a house of its own; for tests.
  public init(_ read: @escaping @Sendable () -> Instant) { self.init(HouseZone(), read) }
  fileprivate init(_ house: HouseZone, _ read: @escaping @Sendable () -> Instant) {
    self.house = house
    self.read = read
  }

  /// Read anew each time; within one call, take the context's.
  public var now: Instant { read() }
  /// Paris until the operator says otherwise.
  public var zone: Zone { house.zone.withLock { $0 } }
  /// The day it is for the house.
  public var today: Day { zone.day(of: now) }
  /// From now on the house reckons in another zone, everywhere this clock is read.
  public func reckon(in zone: Zone) { house.zone.withLock { $0 = zone } }

  /// The machine's own.
  public static let system = Clock {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
}

private final class HouseZone: Sendable {
  let zone = Mutex(Zone.paris)
}

/// A clock that shows what it was last set to, for plays and tests.
public final class SetClock: Sendable {
  private let shown: Mutex<Instant>
  private let house = HouseZone()

  /// Shows this until it is set.
  public init(_ instant: Instant) { shown = Mutex(instant) }
  /// May go back, as clocks do.
  public func set(_ instant: Instant) { shown.withLock { $0 = instant } }
  /// By so many seconds; back where they are below zero.
  public func advance(seconds: Int64) {
    shown.withLock { $0 = $0.advanced(bySeconds: seconds) }
  }
  /// A clock that shows what this one shows, in one house with the others made so.
  public var clock: Clock { Clock(house) { self.shown.withLock { $0 } } }
}

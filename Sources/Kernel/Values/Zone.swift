import Foundation
import Synchronization

/// A time zone by its IANA name. Deadlines are wall-clock dates in the zone of their edition.
public struct Zone: SingleTextValue {
  public let description: String
  private let offsets: ZoneOffsets

  /// Takes a name the system's time zone data have; nil for any other.
  public init?(_ text: String) {
    guard let offsets = ZoneOffsets.of(text) else { return nil }
    description = text
    self.offsets = offsets
  }
  private init(known: String) {
    description = known
    offsets = ZoneOffsets.of(known) ?? ZoneOffsets(.gmt)
  }

  /// The house's zone until the operator sets another.
  public static let paris = Zone(known: "Europe/Paris")

  public static func == (left: Self, right: Self) -> Bool {
    left.description == right.description
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  /// The first moment of the day after `day`: a deadline "on that day" has passed from then on.
  public func end(of day: Day) -> Instant { start(of: day.advanced(by: 1)) }

  /// Midnight at the beginning of `day`, correct across changes of the clock.
  public func start(of day: Day) -> Instant { moment(on: day, minute: 0) }

  /// The moment `minute` minutes after midnight on `day` by the clocks of this zone.
  public func moment(on day: Day, minute: Int) -> Instant {
    let wall = Int64(day.number) * 86_400 + Int64(minute) * 60
    var seconds = wall - offsets.offset(at: wall)
    // A second look, with the offset in force at the moment found.
    seconds = wall - offsets.offset(at: seconds)
    return Instant(milliseconds: seconds * 1000)
  }

  /// The date the clocks of this zone show at `instant`.
  public func day(of instant: Instant) -> Day {
    let seconds = floorDivision(instant.milliseconds, 1000).quotient
    return Day(
      number: Int32(clamping: floorDivision(seconds + offsets.offset(at: seconds), 86_400).quotient)
    )
  }

  public static var schema: JSONSchema {
    JSONSchema(.string(minimum: 3, maximum: 64, format: nil, pattern: nil))
  }
  public static var sample: Self { .paris }
  public static var expectation: Words {
    Words(en: "a time zone such as Europe/Paris", fr: "un fuseau horaire tel que Europe/Paris")
  }
}

/// How far the clocks of one zone are from UTC. The system is asked once for each day: it takes longer to
/// tell than all that is done with its answer.
private final class ZoneOffsets: Sendable {
  private static let zones = Mutex<[String: ZoneOffsets]>([:])
  /// More days than the editions of a server span; whoever asks for others begins again.
  private static let kept = 20_000

  private let zone: TimeZone
  /// The offset in seconds on a day of UTC during which it stays the same; nil on the others.
  private let days = Mutex<[Int64: Int64?]>([:])

  init(_ zone: TimeZone) { self.zone = zone }

  static func of(_ name: String) -> ZoneOffsets? {
    zones.withLock { zones in
      if let known = zones[name] { return known }
      guard let zone = TimeZone(identifier: name) else { return nil }
      let offsets = ZoneOffsets(zone)
      zones[name] = offsets
      return offsets
    }
  }

  /// What the clocks are ahead of UTC, in seconds, at `seconds` after 1970-01-01T00:00:00Z.
  func offset(at seconds: Int64) -> Int64 {
    let day = floorDivision(seconds, 86_400).quotient
    let ofDay: Int64? = days.withLock { days in
      if let known = days[day] { return known }
      if days.count >= Self.kept { days.removeAll() }
      let first = asked(day * 86_400)
      let offset = first == asked((day + 1) * 86_400) ? first : nil
      days[day] = .some(offset)
      return offset
    }
    return ofDay ?? asked(seconds)
  }

  private func asked(_ seconds: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
  }
}

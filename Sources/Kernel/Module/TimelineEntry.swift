/// What the time of an edition is told by: a module offers what can be read off its own events, and
/// reports draw it.
public struct TimelineEntry: Sendable {
  /// How it is drawn.
  public enum Kind: Sendable {
    /// From the first to the last day on which one of the events was said.
    case phase
    /// The last day on which one of the events was said, to remember.
    case day
  }
  /// Whether it lasts or is one day.
  public let kind: Kind
  /// As the report writes it.
  public let title: Words
  /// The names of the events.
  public let events: [String]

  /// What lasts from the first of these events to the last.
  public static func phase(_ title: Words, of events: any Event.Type...) -> TimelineEntry {
    TimelineEntry(kind: .phase, title: title, events: events.map { $0.name })
  }
  /// The day of the last of these events.
  public static func day(_ title: Words, of events: any Event.Type...) -> TimelineEntry {
    TimelineEntry(kind: .day, title: title, events: events.map { $0.name })
  }
}

extension Connection {
  /// When an event was said first and last in an edition, in two looks at an index; nil where it never was. Throws
  /// `StorageError`.
  public func moments(of event: String, in edition: EditionID) throws -> ClosedRange<Instant>? {
    let row = try rows(
      """
      SELECT
        (SELECT MIN(occurred_at) FROM kernel_event
          WHERE edition_id = \(edition) AND name = \(event)) AS first,
        (SELECT MAX(occurred_at) FROM kernel_event
          WHERE edition_id = \(edition) AND name = \(event)) AS last
      """
    ).first
    guard let first: Instant = try row?.get(ifPresent: "first"),
      let last: Instant = try row?.get(ifPresent: "last")
    else { return nil }
    return first...last
  }
}

internal import Kernel
internal import ProgrammesAPI

/// When an edition did what: phases with a first and a last day, and days to remember.
struct ReportTimeline: Codable, Sendable, Hashable {
  struct Phase: Codable, Sendable, Hashable {
    let title: Words
    let first: Day
    let last: Day
  }
  struct Mark: Codable, Sendable, Hashable {
    let title: Words
    let day: Day
  }

  let phases: [Phase]
  let marks: [Mark]
}

extension ReportTimeline {
  /// Reads the days off what the modules said.
  init(
    _ entries: [TimelineEntry], of edition: EditionID, halfDays: [HalfDay], zone: Zone,
    in connection: any Connection
  ) throws {
    let spans = try spans(of: Set(entries.flatMap(\.events)), in: edition, zone, connection)
    var phases: [Phase] = []
    var marks: [Mark] = []
    for entry in entries {
      let found = entry.events.compactMap { spans[$0] }
      guard let first = found.map(\.lowerBound).min(), let last = found.map(\.upperBound).max()
      else { continue }
      switch entry.kind {
      case .phase: phases.append(Phase(title: entry.title, first: first, last: last))
      case .day: marks.append(Mark(title: entry.title, day: last))
      }
    }
    if let kickOff = halfDays.map(\.day).min() {
      marks.append(Mark(title: Words(en: "kick-off", fr: "lancement"), day: kickOff))
    }
    self.phases = phases
    self.marks = marks.sorted { $0.day < $1.day }
  }
}

/// The first and the last day of each event: two looks at an index, however often it was said.
private func spans(
  of events: Set<String>, in edition: EditionID, _ zone: Zone, _ connection: any Connection
) throws -> [String: ClosedRange<Day>] {
  var found: [String: ClosedRange<Day>] = [:]
  for event in events {
    let row = try connection.rows(
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
    else { continue }
    found[event] = zone.day(of: first)...zone.day(of: last)
  }
  return found
}

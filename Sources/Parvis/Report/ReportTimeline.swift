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

/// The events between whose first and last day a phase lies.
private let phaseEvents: [(title: Words, events: [String])] = [
  (
    Words(en: "Call for applications", fr: "Appel à candidatures"),
    ["applications.call-opened", "applications.submitted"]
  ),
  (
    Words(en: "Selection", fr: "Sélection"),
    [
      "applications.review-assigned", "applications.decided", "applications.laureate-declined",
      "applications.laureate-confirmed",
    ]
  ),
  (
    Words(en: "Accompaniment", fr: "Accompagnement"),
    [
      "accompaniment.journey-started", "accompaniment.needs-confirmed",
      "accompaniment.brief-published",
    ]
  ),
  (
    Words(en: "Partners and volunteers", fr: "Partenaires et volontaires"),
    [
      "partners.agreement-signed", "partners.volunteer-registered", "partners.profile-completed",
    ]
  ),
  (
    Words(en: "Teams", fr: "Constitution des équipes"),
    ["matching.teams-published", "matching.place-confirmed", "matching.place-declined"]
  ),
  (Words(en: "Missions", fr: "Missions"), ["missions.started", "missions.closed"]),
]

private let markEvents: [String: Words] = [
  "programmes.format-changed": Words(en: "change of format", fr: "changement de format")
]

extension ReportTimeline {
  /// Reads the days off the facts the modules told.
  init(
    of edition: EditionID, halfDays: [HalfDay], zone: Zone, in connection: any Connection
  ) throws {
    let spans = try connection.rows(
      """
      SELECT name, MIN(occurred_at) AS first, MAX(occurred_at) AS last FROM kernel_event
      WHERE edition_id = \(edition) GROUP BY name ORDER BY name
      """
    ).map { row -> (name: String, first: Day, last: Day) in
      (
        try row.get("name"), zone.day(of: try row.get("first")), zone.day(of: try row.get("last"))
      )
    }
    phases = phaseEvents.compactMap { title, events in
      let found = spans.filter { events.contains($0.name) }
      guard let first = found.map(\.first).min(), let last = found.map(\.last).max() else {
        return nil
      }
      return Phase(title: title, first: first, last: last)
    }
    let changes = spans.compactMap { span in
      markEvents[span.name].map { Mark(title: $0, day: span.last) }
    }
    let kickOff = halfDays.map(\.day).min().map {
      Mark(title: Words(en: "kick-off", fr: "lancement"), day: $0)
    }
    marks = (changes + (kickOff.map { [$0] } ?? [])).sorted { $0.day < $1.day }
  }
}

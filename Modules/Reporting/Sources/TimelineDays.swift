internal import Kernel
internal import ProgrammesAPI
internal import ReportingAPI

extension ReportTimeline {
  /// Reads the days off what the modules said.
  init(
    _ entries: [TimelineEntry], of edition: EditionID, halfDays: [HalfDay], zone: Zone,
    in connection: any Connection
  ) throws {
    var spans: [String: ClosedRange<Day>] = [:]
    for event in Set(entries.flatMap(\.events)) {
      spans[event] = try connection.moments(of: event, in: edition).map {
        zone.day(of: $0.lowerBound)...zone.day(of: $0.upperBound)
      }
    }
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
    self.init(phases: phases, marks: marks.sorted { $0.day < $1.day })
  }
}

internal import Foundation
internal import Kernel
internal import ProgrammesAPI
internal import ReportingAPI

@testable internal import ParvisApp

/// A small report with everything that goes wrong in big ones: markup, formulas and Markdown signs in
/// names, empty figures, more groups than a chart has room for.
enum Sample {
  static let nasty = "<script>alert('1')</script> & \"co\" | *x*"
  static let secretID = "0174f6b0-0000-7000-8000-00000000beef"

  static func rows(_ count: Int, _ label: String, value: Int64 = 1, group: Words? = nil)
    -> [FigureRow]
  {
    (0..<count).map {
      FigureRow("\(label) \($0 + 1)", value: value, group: group, source: secretID)
    }
  }

  static let regimes = [
    Words(en: "Company time", fr: "Mécénat"), Words(en: "Own time", fr: "Temps personnel"),
  ]

  static let hours = ReportFigure(
    id: "missions.hours-by-regime", title: Words(en: "Hours", fr: "Heures"), unit: .hours,
    aggregate: .sum, grouping: Words(en: "regime", fr: "régime"),
    rows: rows(1, "Own", value: 90, group: regimes[1])
      + rows(3, "Company", value: 42_000, group: regimes[0]))

  static let score = ReportFigure(
    id: "missions.satisfaction", title: Words(en: "Satisfaction", fr: "Satisfaction"),
    unit: .score, aggregate: .mean, grouping: Words(en: "who", fr: "qui"),
    rows: rows(2, "A", value: 450, group: Words("A")) + rows(1, "B", value: 400, group: Words("B")))

  static let many = ReportFigure(
    id: "partners.registered", title: Words(en: "People", fr: "Personnes"),
    grouping: Words(en: "partner", fr: "partenaire"),
    rows: (1...20).flatMap { rows($0, "Person", group: Words("Partner \($0)")) })

  static let hostile = ReportFigure(
    id: "applications.received", title: Words(nasty),
    grouping: Words("=1+1"),
    rows: rows(2, nasty, group: Words("=HYPERLINK(\"x\")")) + rows(1, nasty))

  static let empty = ReportFigure(
    id: "notifications.failed", title: Words(en: "Failures", fr: "Échecs"), rows: [])

  static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else { throw CocoaError(.formatting) }
    return day
  }

  static func report(name: String = nasty) throws -> Report {
    Report(
      edition: ReportEdition(
        name: name, theme: nasty, territory: "La Défense", format: .remote,
        starts: try day("2020-03-02"), ends: try day("2021-08-31")),
      timeline: ReportTimeline(
        phases: [
          .init(
            title: Words(en: "Missions", fr: "Missions"), first: try day("2020-11-17"),
            last: try day("2021-07-08"))
        ],
        marks: [.init(title: Words(en: "kick-off", fr: "lancement"), day: try day("2020-11-17"))]),
      figures: [hostile, many, hours, score, empty])
  }

  static func files() throws -> [String: String] {
    Dictionary(
      try ReportFiles.all(of: report()).map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) }
    ) { first, _ in first }
  }

  static func pages() throws -> [(path: String, source: String)] {
    try files().filter { $0.key.hasSuffix(".html") }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}

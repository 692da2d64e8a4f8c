internal import Foundation
internal import Kernel
internal import ReportingAPI

/// The files a report is written as, and how they refer to each other. French is the main language;
/// English lies beside it.
enum ReportFiles {
  /// Every file of the report, by its path below the report's folder, in order of path.
  static func all(of report: Report) throws -> [(path: String, bytes: Data)] {
    var files: [String: Data] = ["report.json": try json(of: report)]
    for language in Language.allCases {
      files[page(in: language)] = Data(
        ReportPage(report: report, language: language).html.source.utf8)
      files[text(in: language)] = Data(ReportText(report: report, language: language).markdown.utf8)
      files[table(in: language)] = Data(csv(of: report, in: language))
      for figure in report.figures where figure.hasRows {
        let evidence = EvidencePage(report: report, figure: figure, language: language)
        files[self.evidence(of: figure, in: language)] = Data(evidence.html.source.utf8)
      }
    }
    return files.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func page(in language: Language) -> String { language == .fr ? "index.html" : "en.html" }
  static func text(in language: Language) -> String { "report" + suffix(language) + ".md" }
  static func table(in language: Language) -> String { "report" + suffix(language) + ".csv" }
  static func evidence(of figure: ReportFigure, in language: Language) -> String {
    "figures/" + evidenceName(of: figure, in: language)
  }
  static func evidenceName(of figure: ReportFigure, in language: Language) -> String {
    figure.slug + suffix(language) + ".html"
  }

  private static func suffix(_ language: Language) -> String { language == .fr ? "" : ".en" }

  /// One line for each figure and each of its groups, with plain values, as a spreadsheet of the
  /// language opens it.
  static func csv(of report: Report, in language: Language) -> [UInt8] {
    CSV.file(
      header: ["figure", "title", "group", "value", "unit"],
      rows: report.figures.flatMap { figure in
        [line(figure, group: "", value: figure.value, in: language)]
          + figure.groups.map {
            line(figure, group: $0.name[language], value: $0.value, in: language)
          }
      }, in: language)
  }

  private static func line(
    _ figure: ReportFigure, group: String, value: Int64, in language: Language
  ) -> [String] {
    let plain = figure.unit.plain(value)
    return [
      figure.id, figure.title[language], group,
      // A French spreadsheet takes 4.31 for a text, or for the 4th of some month.
      language == .fr ? plain.replacingOccurrences(of: ".", with: ",") : plain, figure.unit.column,
    ]
  }

  /// The report for programs, with its rows but without the ids in the database, which differ from
  /// one play to the next.
  private static func json(of report: Report) throws -> Data {
    var data = try JSON.data(of: PortableReport(report), pretty: true)
    data.append(UInt8(ascii: "\n"))
    return data
  }
}

private struct PortableReport: Encodable {
  struct Line: Encodable {
    let id: String
    let title: Words
    let unit: Figure.Unit
    let aggregate: Figure.Aggregate
    let grouping: Words?
    let value: Int64
    let groups: [ReportGroup]
    let rows: [Row]
    let manyRows: Int?
  }
  struct Row: Encodable {
    let label: String
    let group: Words?
    let value: Int64
  }

  let edition: ReportEdition
  let timeline: ReportTimeline
  let figures: [Line]

  init(_ report: Report) {
    edition = report.edition
    timeline = report.timeline
    figures = report.figures.map { figure in
      Line(
        id: figure.id, title: figure.title, unit: figure.unit, aggregate: figure.aggregate,
        grouping: figure.grouping, value: figure.value, groups: figure.groups,
        rows: figure.hasRows
          ? figure.rows.map { Row(label: $0.label, group: $0.group, value: $0.value) } : [],
        manyRows: figure.manyRows)
    }
  }
}

/// Writes a report into a folder.
struct ReportWriter {
  let folder: String

  /// Writes every file whole or not at all, and removes the pages of figures that are no longer in
  /// the report. Returns the paths written, below the folder.
  @discardableResult
  func write(_ report: Report) throws -> [String] {
    let root = URL(filePath: folder, directoryHint: .isDirectory)
    let files = try ReportFiles.all(of: report)
    do {
      let figures = root.appending(path: "figures", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
      for (path, bytes) in files {
        try WholeFile.write(bytes, to: root.appending(path: path).path)
      }
      let kept = Set(files.map(\.path))
      for name in try FileManager.default.contentsOfDirectory(atPath: figures.path)
      where name.hasSuffix(".html") && !kept.contains("figures/" + name) {
        try FileManager.default.removeItem(at: figures.appending(path: name))
      }
    } catch {
      throw Problem(
        "report/not-written", status: 507,
        title: Words(en: "The report was not written", fr: "Le rapport n’a pas été écrit"),
        detail: Words(
          en: "“\(folder)” could not be written: \(error.localizedDescription)",
          fr: "« \(folder) » n’a pas pu être écrit : \(error.localizedDescription)"),
        advice: Words(
          en: "Check that the folder may be written and that the disk has room, then try again.",
          fr:
            "Vérifiez que le dossier est accessible en écriture et que le disque a de la place, puis réessayez."
        ))
    }
    return files.map(\.path)
  }
}

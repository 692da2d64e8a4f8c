internal import Kernel
internal import ReportingAPI

/// The report as Markdown, for a mail or a wiki.
struct ReportText {
  let report: Report
  let language: Language

  var markdown: String {
    let edition = report.edition
    let days = "\(edition.starts.shown(in: language)) – \(edition.ends.shown(in: language))"
    var lines = [
      "# \(plain(edition.name))", "", plain(edition.theme), "",
      fact(ReportWords.territory, edition.territory), fact(ReportWords.dates, days),
      fact(ReportWords.format, ReportWords.format(edition.format)[language]),
    ]
    lines += timeline
    var module = ""
    for figure in report.figures {
      if figure.module != module {
        module = figure.module
        lines += ["", "## \(ReportWords.section(module)[language])"]
      }
      lines += section(of: figure)
    }
    return (lines + ["", plain(ReportWords.promise[language])]).joined(separator: "\n") + "\n"
  }

  private func fact(_ name: Words, _ value: String) -> String {
    "- \(name[language])\(ReportWords.colon[language])\(plain(value))"
  }

  private var timeline: [String] {
    guard !report.timeline.phases.isEmpty else { return [] }
    let phases = report.timeline.phases.map {
      row([
        $0.title[language], $0.first.shown(in: language), $0.last.shown(in: language),
      ])
    }
    let marks = report.timeline.marks.map {
      row([capitalised($0.title[language]), $0.day.shown(in: language), ""])
    }
    return ["", "## \(ReportWords.timeline[language])", ""]
      + head([ReportWords.phase, ReportWords.from, ReportWords.to], numbersFrom: 3) + phases + marks
  }

  private func section(of figure: ReportFigure) -> [String] {
    let note = ReportWords.note(figure, in: language)
    let value = figure.unit.shown(figure.value, in: language)
    let trace =
      figure.rowsAreHidden == true
      ? plain(ReportWords.hidden[language])
      : figure.manyRows.map { plain(ReportWords.many($0, of: figure.id)[language]) }
        ?? "[\(ReportWords.evidence(figure.rows.count)[language])](\(ReportFiles.evidence(of: figure, in: language)))"
    let start = [
      "", "### \(plain(figure.title[language]))", "",
      "**\(value)**\(note.isEmpty ? "" : " (\(plain(note)))") – \(trace)",
    ]
    guard !figure.groups.isEmpty else { return start }
    let name = figure.grouping.map { Words(en: capitalised($0.en), fr: capitalised($0.fr)) }
    let counted = figure.aggregate == .count
    let groups = figure.groups.map {
      row(
        [$0.name[language], figure.unit.shown($0.value, in: language)]
          + (counted ? [] : [Figure.Unit.count.shown(Int64($0.rows), in: language)]))
    }
    let titles =
      [name ?? ReportWords.group, ReportWords.value] + (counted ? [] : [ReportWords.rows])
    return start + [""] + head(titles, numbersFrom: 1) + groups
  }

  private func head(_ titles: [Words], numbersFrom first: Int) -> [String] {
    [
      row(titles.map { $0[language] }),
      "|" + titles.indices.map { $0 < first ? " --- |" : " ---: |" }.joined(),
    ]
  }

  private func row(_ cells: [String]) -> String {
    "| " + cells.map(plain).joined(separator: " | ") + " |"
  }

  /// Text that Markdown must not take for its own signs.
  private func plain(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_[]<>|#".contains(character) { result.append("\\") }
      result.append(character.isNewline ? " " : character)
    }
    return result
  }
}

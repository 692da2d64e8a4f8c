internal import Kernel
internal import ReportingAPI

/// The report as one page that needs nothing else: no script, no font, no image from anywhere.
struct ReportPage {
  let report: Report
  let language: Language

  /// What a reader wants first, where the modules have it.
  static let essentials = [
    "applications.organisations", "missions.people", "partners.partners", "missions.hours",
    "missions.deliverables", "missions.satisfaction-organisations",
  ]

  var html: HTML {
    reportPage(
      title: "\(ReportWords.report[language]) – \(report.edition.name)", language: language,
      other: ReportFiles.page(in: language.other), depth: 0,
      body: """
        \(header)
        <main id="content">
        \(essentials)
        \(timeline)
        \(sections)
        </main>
        <footer><p>\(ReportWords.promise[language])\(ReportWords.publisher(report.edition.publisher, in: language))</p></footer>
        """)
  }

  private var header: HTML {
    let edition = report.edition
    let facts: [(Words, String)] = [
      (ReportWords.territory, edition.territory),
      (
        ReportWords.dates,
        "\(edition.starts.shown(in: language)) – \(edition.ends.shown(in: language))"
      ),
      (ReportWords.format, ReportWords.format(edition.format)[language]),
    ]
    let list: [HTML] = facts.map { "<div><dt>\($0[language])</dt><dd>\($1)</dd></div>" }
    return """
      <header class="cover">
      \(pavingStones)
      <p class="over">\(ReportWords.report[language])</p>
      <h1>\(edition.name)</h1>
      <p class="theme">\(edition.theme)</p>
      <dl>
      \(list)
      </dl>
      </header>
      """
  }

  /// The figures at the top: those named above, else the first of each module.
  private var chosen: [ReportFigure] {
    let named = Self.essentials.compactMap { id in report.figures.first { $0.id == id } }
    guard named.count < 4 else { return Array(named.prefix(6)) }
    var seen: Set<String> = Set(named.map(\.module))
    return Array((named + report.figures.filter { seen.insert($0.module).inserted }).prefix(6))
  }

  private var essentials: HTML {
    let tiles: [HTML] = chosen.map {
      """
      <li><a href="#\($0.slug)"><strong>\($0.unit.shown($0.value, in: language))</strong>
      <span>\($0.title[language])</span></a></li>
      """
    }
    return """
      <section aria-labelledby="essentials">
      <h2 id="essentials">\(ReportWords.essentials[language])</h2>
      <ul class="tiles">
      \(tiles)
      </ul>
      </section>
      """
  }

  private var timeline: HTML {
    guard !report.timeline.phases.isEmpty else { return .nothing }
    let chart = TimelineChart(
      edition: report.edition, timeline: report.timeline, language: language)
    return """
      <section aria-labelledby="timeline">
      <h2 id="timeline">\(ReportWords.timeline[language])</h2>
      <div class="card">
      \(chart.html)
      \(disclosure(chart.table, in: language))
      </div>
      </section>
      """
  }

  private var sections: [HTML] {
    var modules: [String] = []
    for figure in report.figures where !modules.contains(figure.module) {
      modules.append(figure.module)
    }
    return modules.map { module in
      let figures = report.figures.filter { $0.module == module }
      let single = figures.filter { $0.groups.count < 2 }
      let charted = figures.filter { $0.groups.count >= 2 }
      return """
        <section aria-labelledby="section-\(module)">
        <h2 id="section-\(module)">\(ReportWords.section(module)[language])</h2>
        \(single.isEmpty ? .nothing : "<div class=\"singles\">\(single.map { FigureCard(figure: $0, language: language).html })</div>")
        \(charted.isEmpty ? .nothing : "<div class=\"cards\">\(charted.map { FigureCard(figure: $0, language: language).html })</div>")
        </section>
        """
    }
  }
}

/// One figure on the page: its number, its chart, the same as a table, and the way to its rows.
struct FigureCard {
  let figure: ReportFigure
  let language: Language

  var html: HTML {
    """
    <article class="card" id="\(figure.slug)">
    <h3>\(figure.title[language])</h3>
    <p class="total"><strong>\(figure.unit.shown(figure.value, in: language))</strong>
    <small>\(ReportWords.note(figure, in: language))</small></p>
    \(chart)
    \(figure.groups.count < 2 ? .nothing : disclosure(groupTable(figure, in: language), in: language))
    \(trace)
    </article>
    """
  }

  private var trace: HTML {
    if figure.rowsAreHidden == true {
      return """
        <p class="trace">\(ReportWords.hidden[language])</p>
        """
    }
    if let rows = figure.manyRows {
      return """
        <p class="trace">\(ReportWords.many(rows, of: figure.id)[language])</p>
        """
    }
    return """
      <p class="trace"><a href="\(ReportFiles.evidence(of: figure, in: language))">\
      \(ReportWords.evidence(figure.rows.count)[language])<span class="hidden"> – \(figure.title[language])</span></a></p>
      """
  }

  private var chart: HTML {
    guard figure.groups.count >= 2 else { return .nothing }
    if figure.isWhole, figure.groups.count <= StackedBar.limit, figure.value > 0 {
      return StackedBar(figure: figure, language: language).html
    }
    let left = figure.groups.count - BarChart.limit
    return """
      \(BarChart(figure: figure, language: language).html)
      \(left > 0 ? "<p class=\"more\">\(ReportWords.more(left)[language])</p>" : .nothing)
      """
  }
}

/// A figure's groups as a table, with what they come to. How many rows each has is told apart where
/// the value is something else.
func groupTable(_ figure: ReportFigure, in language: Language) -> HTML {
  let name = figure.grouping.map { capitalised($0[language]) } ?? ReportWords.group[language]
  func line(_ title: String, _ value: Int64, _ rows: Int) -> HTML {
    """
    <tr><th scope="row">\(title)</th>\
    <td class="number">\(figure.unit.shown(value, in: language))</td>\
    \(figure.aggregate == .count ? .nothing : "<td class=\"number\">\(Figure.Unit.count.shown(Int64(rows), in: language))</td>")</tr>
    """
  }
  let rowsHead: HTML =
    figure.aggregate == .count
    ? .nothing : "<th scope=\"col\" class=\"number\">\(ReportWords.rows[language])</th>"
  return """
    <table><caption>\(figure.title[language])</caption>
    <thead><tr><th scope="col">\(name)</th>\
    <th scope="col" class="number">\(ReportWords.value[language])</th>\(rowsHead)</tr></thead>
    <tbody>
    \(figure.groups.map { line($0.name[language], $0.value, $0.rows) })
    </tbody>
    <tfoot>\(line(ReportWords.all[language], figure.value, figure.groups.map(\.rows).reduce(0, +)))</tfoot>
    </table>
    """
}

func disclosure(_ table: HTML, in language: Language) -> HTML {
  """
  <details><summary>\(ReportWords.asTable[language])</summary>
  \(table)
  </details>
  """
}

extension Language {
  var other: Language { self == .fr ? .en : .fr }
}

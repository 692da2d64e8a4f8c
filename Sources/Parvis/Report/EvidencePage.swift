internal import Kernel
internal import ReportingAPI

/// The rows behind one figure, so that anybody can add them up.
struct EvidencePage {
  let report: Report
  let figure: ReportFigure
  let language: Language

  var html: HTML {
    reportPage(
      title: "\(figure.title[language]) – \(report.edition.name)", language: language,
      other: ReportFiles.evidenceName(of: figure, in: language.other), depth: 1,
      body: """
        <header class="cover small">
        <p class="over"><a href="../\(ReportFiles.page(in: language))#\(figure.slug)">\
        \(ReportWords.back[language])</a> · \(report.edition.name)</p>
        <h1>\(figure.title[language])</h1>
        <p class="theme"><strong>\(figure.unit.shown(figure.value, in: language))</strong>
        <small>\(ReportWords.note(figure, in: language))</small></p>
        </header>
        <main id="content">
        \(figure.groups.isEmpty ? .nothing : section(ReportWords.group, "groups", groupTable(figure, in: language)))
        \(section(ReportWords.rows, "rows", figure.rows.isEmpty ? "<p>\(ReportWords.nothing[language])</p>" : rows))
        </main>
        <footer><p>\(ReportWords.promise[language])\(ReportWords.publisher(report.edition.publisher, in: language))</p></footer>
        """)
  }

  private func section(_ title: Words, _ anchor: HTML, _ content: HTML) -> HTML {
    let heading =
      anchor == "groups"
      ? figure.grouping.map { capitalised($0[language]) } ?? title[language] : title[language]
    return """
      <section class="card" aria-labelledby="\(anchor)">
      <h2 id="\(anchor)">\(heading)</h2>
      \(content)
      </section>
      """
  }

  private var rows: HTML {
    let grouped = figure.grouping != nil
    let lines: [HTML] = figure.rows.enumerated().map { index, row in
      """
      <tr><td class="number">\(index + 1)</td><th scope="row">\(row.label)</th>\
      \(grouped ? "<td>\((row.group ?? Words("–"))[language])</td>" : .nothing)\
      <td class="number">\(figure.unit.shown(row.value, in: language))</td></tr>
      """
    }
    let name = figure.grouping.map { capitalised($0[language]) } ?? ""
    return """
      <table><caption>\(figure.title[language])</caption>
      <thead><tr><th scope="col" class="number">\(ReportWords.number[language])</th>\
      <th scope="col">\(ReportWords.row[language])</th>\
      \(grouped ? "<th scope=\"col\">\(name)</th>" : .nothing)\
      <th scope="col" class="number">\(ReportWords.value[language])</th></tr></thead>
      <tbody>
      \(lines)
      </tbody></table>
      """
  }
}

/// What every page of the report has around its body. `other` is the same page in the other
/// language, `depth` how many folders down it lies.
func reportPage(
  title: String, language: Language, other: String, depth: Int, body: HTML
) -> HTML {
  """
  <!doctype html>
  <html lang="\(language.rawValue)">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="referrer" content="no-referrer">
  <title>\(title)</title>
  <link rel="alternate" hreflang="\(language.other.rawValue)" href="\(other)">
  <style>\(HTML(source: reportStyle))</style>
  </head>
  <body>
  <a class="skip" href="#content">\(ReportWords.skip[language])</a>
  <nav class="languages" aria-label="\(ReportWords.languages[language])">\
  <a href="\(other)" hreflang="\(language.other.rawValue)" lang="\(language.other.rawValue)">\
  \(ReportWords.otherLanguage[language])</a></nav>
  \(body)
  </body>
  </html>

  """
}

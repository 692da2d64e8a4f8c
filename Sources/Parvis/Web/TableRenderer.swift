internal import Kernel
internal import Pages

/// A table that reads at 320 px: each row becomes a card there.
struct TableRenderer {
  let table: Table
  /// The how-manieth of the page it is: its CSV is asked for by that.
  let place: Int
  let page: ContentRenderer

  private var say: Speaker { page.say }

  var html: HTML {
    let body: HTML =
      table.rows.isEmpty ? "<p>\(say(table.empty))</p>" : "\(grid)\(rest)"
    return "\(filters)\(body)"
  }

  private var grid: HTML {
    let heads: [HTML] = table.columns.map { column in
      column.isNumber
        ? "<th scope=\"col\" class=\"number\">\(say(column.title))</th>"
        : "<th scope=\"col\">\(say(column.title))</th>"
    }
    return """
      <table class="wide"><caption>\(say(table.caption))</caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>\(table.rows.map(row))</tbody></table>
      """
  }

  private func row(_ row: TableRow) -> HTML {
    let cells: [HTML] = zip(table.columns, row.cells).enumerated().map { at, pair in
      let (column, value) = pair
      let shown = page.html(value)
      if at == 0 {
        let name: HTML = row.page.map { "<a href=\"\(page.address($0))\">\(shown)</a>" } ?? shown
        return "<th scope=\"row\">\(name)</th>"
      }
      return column.isNumber
        ? "<td class=\"number\" data-name=\"\(say(column.title))\">\(shown)</td>"
        : "<td data-name=\"\(say(column.title))\">\(shown)</td>"
    }
    return "<tr>\(cells)</tr>"
  }

  private var rest: HTML {
    let next: HTML =
      table.next.map {
        "<a href=\"\(link(setting: "after", to: $0))\">\(say.language == .fr ? "La suite de la liste" : "More of the list")</a>"
      } ?? .nothing
    let csv: HTML =
      table.csv == nil
      ? .nothing
      : "<a href=\"\(link(setting: "csv", to: String(place)))\">\(say.language == .fr ? "Télécharger en CSV\u{A0}:" : "Download as CSV:") \(say(table.caption))</a>"
    guard next != .nothing || csv != .nothing else { return .nothing }
    return "<p class=\"actions\">\(next) \(csv)</p>"
  }

  private func link(setting name: String, to value: String) -> String {
    let others = page.around.query.filter { $0.name != name && $0.name != "csv" }
    let all = others + [(name: name, value: value)]
    return page.around.path + "?"
      + all.map { "\(Target.encoded($0.name))=\(Target.encoded($0.value))" }.joined(separator: "&")
  }

  private var filters: HTML {
    guard !table.filters.isEmpty else { return .nothing }
    let kept = page.around.query.filter { pair in
      pair.name != "after" && pair.name != "csv"
        && !table.filters.contains { $0.field == pair.name }
    }
    let hidden: [HTML] = kept.map {
      "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">"
    }
    let fields: [HTML] = table.filters.map { filter in
      let id = "q\(place)-\(filter.field)"
      let control: HTML
      if filter.choices.isEmpty {
        control =
          "<input id=\"\(id)\" name=\"\(filter.field)\" type=\"search\" value=\"\(filter.value ?? "")\">"
      } else {
        let options: [HTML] = filter.choices.map {
          $0.value == filter.value
            ? "<option value=\"\($0.value)\" selected>\(say($0.words))</option>"
            : "<option value=\"\($0.value)\">\(say($0.words))</option>"
        }
        let all = say.language == .fr ? "Tous" : "All"
        control =
          "<select id=\"\(id)\" name=\"\(filter.field)\"><option value=\"\">\(all)</option>\(options)</select>"
      }
      return
        "<div class=\"field\"><label for=\"\(id)\">\(say(filter.label))</label>\(control)</div>"
    }
    let button = say.language == .fr ? "Afficher" : "Show"
    return """
      <form class="filters" method="get" action="\(page.around.path)" role="search" aria-label="\(say(table.caption))">\(hidden)\(fields)
      <button class="button quiet">\(button)</button></form>
      """
  }

  /// The rows as a file that a spreadsheet of the reader's language opens.
  var csv: [UInt8] {
    CSV.file(
      header: table.columns.map { say($0.title) },
      rows: table.rows.map { row in zip(table.columns, row.cells).map { say.plain($1) } },
      in: say.language)
  }
}

extension Block {
  /// The tables of a page in order, as the renderer counts them.
  var tables: [Table] {
    switch self {
    case .table(let table): [table]
    case .section(let section): section.blocks.flatMap(\.tables)
    case .details(_, let blocks): blocks.flatMap(\.tables)
    case .beside(let left, let right): (left + right).flatMap(\.tables)
    default: []
    }
  }
}

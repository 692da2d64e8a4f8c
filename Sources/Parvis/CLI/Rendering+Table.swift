internal import Kernel

extension Rendering {
  /// A list of things, one a line: what people read first, then what they refer to it by.
  func table(_ items: [JSON], _ element: JSONSchema) -> String {
    guard !items.isEmpty else { return Words(en: "(none)", fr: "(aucun)")[language] }
    let rows = items.compactMap { item -> [String: JSON]? in
      if case .object(let members) = item { members } else { nil }
    }
    guard rows.count == items.count else { return items.map(cell).joined(separator: "\n") }
    let columns = fitted(columns(of: rows, element))
    let lines =
      ([columns.map(\.heading)] + rows.indices.map { row in columns.map { $0.cells[row] } })
      .map { cells in
        let line = zip(columns, cells).map { column, text in
          filled(cut(text, column.width), column.width)
        }
        return cut(trimmedEnd(line.joined(separator: gap)), width ?? .max)
      }
    return ([painted(lines[0])] + lines.dropFirst()).joined(separator: "\n")
  }

  private func columns(of rows: [[String: JSON]], _ element: JSONSchema) -> [Column] {
    let all = rows.reduce(into: [String: JSON]()) { $0.merge($1) { first, _ in first } }
    // A column that is empty throughout says nothing.
    let filled = order(all, element.properties).filter { name in
      rows.contains { $0[name].map { $0 != .null && $0 != [] } ?? false }
    }
    let telling = filled.filter { name in
      !["version", "editionId"].contains(name)
        && !rows.allSatisfy { $0[name]?.text.map(asked.contains) ?? false }
    }
    let columns = (telling.isEmpty ? filled : telling).map { name in
      Column(
        heading: heading(name, in: element).uppercased(),
        cells: rows.map { row in
          row[name].map { cell($0, as: member(name, of: element)) } ?? ""
        },
        kind: kind(name, rows.compactMap { $0[name] }))
    }
    return Column.Kind.allCases.flatMap { kind in columns.filter { $0.kind == kind } }
  }

  private func kind(_ name: String, _ values: [JSON]) -> Column.Kind {
    if name == "id" { return .id }
    return values.allSatisfy { $0 == .null || isReference($0) } ? .reference : .text
  }

  private func isReference(_ value: JSON) -> Bool {
    switch value {
    case .string(let text):
      text.utf8.count == 36 && text.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12]
    case .array(let items): items.allSatisfy(isReference)
    default: false
    }
  }

  /// Where a line does not fit, the ids of other things go first, then the last columns, since
  /// `--json` has them; then the widest texts are cut. A thing's own id is whole or of no use.
  private func fitted(_ columns: [Column]) -> [Column] {
    guard let width else { return columns }
    var columns = columns
    func length(_ size: (Column) -> Int) -> Int {
      columns.map(size).reduce(0, +) + gap.count * (columns.count - 1)
    }
    while length(\.least) > width,
      let last = columns.lastIndex(where: { $0.kind == .reference })
        ?? columns.lastIndex(where: { $0.kind == .text }), columns.count > 2
    {
      columns.remove(at: last)
    }
    while length(\.width) > width,
      let widest = columns.indices.filter({ columns[$0].width > columns[$0].least })
        .max(by: { columns[$0].width < columns[$1].width })
    {
      columns[widest].width -= 1
    }
    return columns
  }

  private var gap: String { "  " }

  private func painted(_ text: String) -> String {
    Console.coloursOutput ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
  private func cut(_ text: String, _ width: Int) -> String {
    text.count > width ? String(text.prefix(width - 1)) + "…" : text
  }
  private func trimmedEnd(_ text: String) -> String {
    var view = Substring(text)
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}

private struct Column {
  /// In the order they are shown.
  enum Kind: CaseIterable {
    case text, reference, id
  }

  let heading: String
  let cells: [String]
  let kind: Kind
  var width: Int
  /// Below this it says nothing any more.
  var least: Int { kind == .text ? min(width, 16) : width }

  init(heading: String, cells: [String], kind: Kind) {
    self.heading = heading
    self.cells = cells
    self.kind = kind
    width = max(heading.count, cells.map(\.count).max() ?? 0)
  }
}

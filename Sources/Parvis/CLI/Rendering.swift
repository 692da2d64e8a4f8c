internal import Kernel

/// Answers as people read them: tables for lists, one field a line for a single thing.
struct Rendering {
  let language: Language
  /// Lines are cut here; nil cuts nothing.
  let width: Int?

  func text(of output: JSON, as schema: JSONSchema) -> String {
    switch (schema.kind, output) {
    case (.array(let element, _), .array(let items)): return table(items, element)
    case (.object(let properties), .object(let members)):
      if properties.map(\.name) == ["items", "next"],
        case .array(let element, _)? = properties.first?.schema.kind
      {
        let next = members["next"]?.text.map { ["", more($0)] } ?? []
        return ([table(members["items"]?.items ?? [], element)] + next).joined(separator: "\n")
      }
      return fields(members, properties)
    case (_, .null): return ""
    default: return cell(output)
    }
  }

  private func more(_ next: String) -> String {
    Words(en: "more: --after \(next)", fr: "suite : --after \(next)")[language]
  }

  private func fields(_ members: [String: JSON], _ properties: [JSONSchema.Property]) -> String {
    let names = order(members, properties)
    let widest = names.map(\.count).max() ?? 0
    var blocks: [String] = []
    for name in names {
      let schema = properties.first { $0.name == name }?.schema ?? .any
      guard let value = members[name], value != .null, value != [] else { continue }
      if case .array(let items) = value, case .object? = items.first {
        let element =
          if case .array(let element, _) = schema.kind { element } else { JSONSchema.any }
        blocks.append(name + "\n" + indented(table(items, element)))
      } else {
        let room = width.map { max(10, $0 - widest - 2) }
        let lines = wrapped(cell(value), room)
        let pad = String(repeating: " ", count: widest + 2)
        blocks.append(filled(name, widest) + "  " + lines.joined(separator: "\n" + pad))
      }
    }
    return blocks.joined(separator: "\n")
  }

  private func table(_ items: [JSON], _ element: JSONSchema) -> String {
    guard !items.isEmpty else { return Words(en: "(none)", fr: "(aucun)")[language] }
    guard case .object = items.first else { return items.map(cell).joined(separator: "\n") }
    let rows = items.map { item -> [String: JSON] in
      guard case .object(let members) = item else { return [:] }
      return members
    }
    let all = rows.reduce(into: [String: JSON]()) { $0.merge($1) { first, _ in first } }
    // A column that is empty throughout says nothing.
    let names = order(all, element.properties).filter { name in
      rows.contains { $0[name].map { $0 != .null } ?? false }
    }
    let cells = rows.map { row in names.map { row[$0].map(cell) ?? "" } }
    let widths = fitted(
      names.indices.map { index in
        max(names[index].count, cells.map { $0[index].count }.max() ?? 0)
      })
    func line(_ values: [String]) -> String {
      let text = zip(values, widths).map { filled(cut($0, $1), $1) }.joined(separator: "  ")
      return trimmedEnd(text)
    }
    let head = line(names.map { heading($0) })
    return ([painted(head)] + cells.map(line)).joined(separator: "\n")
  }

  /// Narrows the widest columns until a line fits.
  private func fitted(_ widths: [Int]) -> [Int] {
    guard let width else { return widths }
    var widths = widths
    while widths.reduce(0, +) + 2 * (widths.count - 1) > width, let widest = widths.max(),
      widest > 8, let index = widths.firstIndex(of: widest)
    {
      widths[index] -= 1
    }
    return widths
  }

  /// Columns as the type has them; then what the type does not know.
  private func order(
    _ members: [String: JSON], _ properties: [JSONSchema.Property]
  ) -> [String] {
    let known = properties.map(\.name).filter { members[$0] != nil }
    return known + members.keys.sorted().filter { !known.contains($0) }
  }

  private func heading(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase { text += " " }
      text += character.uppercased()
    }
  }

  private func cell(_ value: JSON) -> String {
    switch value {
    case .null: return ""
    case .bool(let yes): return Words(en: yes ? "yes" : "no", fr: yes ? "oui" : "non")[language]
    case .integer(let number): return String(number)
    case .number(let number): return String(number)
    case .string(let text):
      return String(
        text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.filter { !isControl($0) })
    case .array(let items): return items.map(cell).joined(separator: ", ")
    case .object(let members):
      // Words in both languages are shown in the reader's.
      if members.count == 2, let text = members[language.rawValue]?.text,
        members["en"]?.text != nil, members["fr"]?.text != nil
      {
        return text
      }
      return members.sorted { $0.key < $1.key }.filter { $0.value != .null }
        .map { "\($0.key): \(cell($0.value))" }.joined(separator: "; ")
    }
  }

  // What somebody typed into a form must not drive the reader's terminal.
  private func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) }
  }

  private func painted(_ text: String) -> String {
    Console.coloursOutput ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
  private func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
  private func cut(_ text: String, _ width: Int) -> String {
    text.count > width ? String(text.prefix(width - 1)) + "…" : text
  }
  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
  private func trimmedEnd(_ text: String) -> String {
    var view = Substring(text)
    while view.last == " " { view.removeLast() }
    return String(view)
  }
  private func wrapped(_ text: String, _ room: Int?) -> [String] {
    guard let room, text.count > room else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > room {
        lines.append(line)
        line = String(word)
      } else {
        line += (line.isEmpty ? "" : " ") + word
      }
    }
    return lines + [line]
  }
}

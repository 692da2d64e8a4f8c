internal import Foundation
internal import Kernel

/// Answers as people read them: tables for lists, one field a line for a single thing, blocks for
/// what is inside it.
struct Rendering {
  let language: Language
  /// Lines are cut here; nil cuts nothing.
  let width: Int?
  /// What was asked for by its address: a column that only repeats it is left out.
  var asked: Set<String> = []

  func text(of output: JSON, as schema: JSONSchema) -> String {
    switch output {
    case .null: return ""
    case .array(let items): return list(items, element(of: schema))
    case .object(let members) where words(members) == nil:
      let properties = schema.properties
      guard properties.map(\.name) == ["items", "next"], let items = properties.first else {
        return fields(members, schema)
      }
      let next = members["next"]?.text.map { ["", more($0)] } ?? []
      let page = list(members["items"]?.items ?? [], element(of: items.schema))
      return ([page] + next).joined(separator: "\n")
    default: return cell(output)
    }
  }

  private func more(_ next: String) -> String {
    Words(en: "more: --after \(next)", fr: "suite : --after \(next)")[language]
  }

  /// One row is easier to read downwards.
  private func list(_ items: [JSON], _ element: JSONSchema) -> String {
    if items.count == 1, case .object(let members)? = items.first, words(members) == nil {
      return fields(members, element)
    }
    return table(items, element)
  }

  private func fields(_ members: [String: JSON], _ schema: JSONSchema) -> String {
    // The keys of a map are somebody's own words.
    let isMap = if case .map = schema.kind { true } else { false }
    let names = order(members, schema.properties).filter { !isEmpty(members[$0] ?? .null) }
    let labels = names.map { isMap ? cell(.string($0)) : heading($0, in: schema) }
    let values = names.map { members[$0] ?? .null }
    let widest = zip(labels, values).filter { !isBlock($1) }.map(\.0.count).max() ?? 0
    let inside = Rendering(language: language, width: width.map { max(20, $0 - 2) }, asked: asked)
    let blocks = names.indices.map { index in
      let inner = member(names[index], of: schema)
      switch values[index] {
      case .array(let items) where isBlock(values[index]):
        return labels[index] + "\n" + indented(inside.table(items, element(of: inner)))
      case .object(let members) where isBlock(values[index]):
        return labels[index] + "\n" + indented(inside.fields(members, inner))
      default:
        let lines = wrapped(cell(values[index], as: inner), width.map { max(10, $0 - widest - 2) })
        let pad = String(repeating: " ", count: widest + 2)
        return filled(labels[index], widest) + "  " + lines.joined(separator: "\n" + pad)
      }
    }
    return blocks.joined(separator: "\n")
  }

  private func isEmpty(_ value: JSON) -> Bool { value == .null || value == [] || value == [:] }

  /// Whether it takes lines of its own.
  private func isBlock(_ value: JSON) -> Bool {
    switch value {
    case .object(let members): words(members) == nil
    case .array(let items): items.first.map(isBlock) ?? false
    default: false
    }
  }

  private func element(of schema: JSONSchema) -> JSONSchema {
    if case .array(let element, _) = schema.kind { element } else { .any }
  }

  func member(_ name: String, of schema: JSONSchema) -> JSONSchema {
    switch schema.kind {
    case .object(let properties): properties.first { $0.name == name }?.schema ?? .any
    case .map(let value): value
    default: .any
    }
  }

  /// Fields as the type has them; then what the type does not know.
  func order(_ members: [String: JSON], _ properties: [JSONSchema.Property]) -> [String] {
    let known = properties.map(\.name).filter { members[$0] != nil }
    return known + members.keys.sorted().filter { !known.contains($0) }
  }

  /// A field's name in words: `deliveriesPending` is “deliveries pending”, `solveCPUSeconds` “solve CPU
  /// seconds”, `peakMiB` “peak MiB”.
  func spoken(_ name: String) -> String {
    let unit = "MiB"
    if name.hasSuffix(unit) { return spoken(String(name.dropLast(unit.count))) + " " + unit }
    var words: [String] = [""]
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      let isAfterCapital = index > 0 && characters[index - 1].isUppercase
      let isBeforeSmall = index + 1 < characters.count && characters[index + 1].isLowercase
      if character.isUppercase, !isAfterCapital || isBeforeSmall { words.append("") }
      words[words.count - 1].append(character)
    }
    let text = words.filter { !$0.isEmpty }.map { word in
      word.count > 1 && word.allSatisfy(\.isUppercase) ? word : word.lowercased()
    }
    return cell(.string(text.joined(separator: " ")))
  }

  /// What a field is called to whoever reads this language: the words its input has, where it has some.
  func heading(_ name: String, in schema: JSONSchema) -> String {
    guard language == .fr else { return spoken(name) }
    let label = schema.properties.first { $0.name == name }?.label
    return AnswerWords.french(name) ?? label.map { begun($0.words.fr) } ?? spoken(name)
  }

  /// As it stands within a line: `Nom` is `nom`, `RNA` stays.
  private func begun(_ text: String) -> String {
    let second = text.dropFirst().first
    guard second?.isUppercase != true else { return text }
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// A choice in the words of the language; in English it is as it is typed.
  func cell(_ value: JSON, as schema: JSONSchema) -> String {
    guard language == .fr else { return cell(value) }
    switch (value, schema.kind) {
    case (.string(let text), .choice): return begun(JSONSchema.words(of: text).fr)
    case (.array(let items), .array(let element, _)) where !isBlock(value):
      return items.map { cell($0, as: element) }.joined(separator: ", ")
    default: return cell(value)
    }
  }

  func cell(_ value: JSON) -> String {
    switch value {
    case .null: return ""
    case .bool(let yes): return Words(en: yes ? "yes" : "no", fr: yes ? "oui" : "non")[language]
    case .integer(let number): return String(number)
    case .number(let number):
      if number == number.rounded() { return String(format: "%.0f", number) }
      return abs(number) < 1e6 ? String(format: "%.6g", number) : String(number)
    case .string(let text):
      return String(
        text.map { $0.isNewline || $0 == "\t" ? " " : $0 }.filter { !isControl($0) })
    // Things within a thing of a list are counted: shown by itself it shows them.
    case .array(let items) where isBlock(value): return String(items.count)
    case .array(let items): return items.map(cell).joined(separator: ", ")
    case .object(let members):
      return words(members).map { cell(.string($0)) }
        ?? members.sorted { $0.key < $1.key }.filter { $0.value != .null }
        .map { "\(spoken($0.key)): \(cell($0.value))" }.joined(separator: "; ")
    }
  }

  /// Words in both languages, in the reader's.
  private func words(_ members: [String: JSON]) -> String? {
    guard members.count == 2, members["en"]?.text != nil, members["fr"]?.text != nil else {
      return nil
    }
    return members[language.rawValue]?.text
  }

  // What somebody typed into a form must not drive the reader's terminal.
  private func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.value < 32 || (127..<160).contains($0.value) }
  }

  func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
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

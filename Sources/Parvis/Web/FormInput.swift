internal import Foundation
internal import Kernel
internal import Pages

/// Makes the input of an endpoint from what a form posted.
struct FormInput {
  let form: Form
  let schema: JSONSchema
  let posted: [String: [String]]

  /// What the page fixed wins over whatever was posted; fields that were left empty are not sent.
  var input: JSON {
    var whole = JSON.object([:])
    let fields = form.groups.flatMap(\.fields)
    let shown = Set(fields.map(\.path))
    for (path, value) in form.values where !shown.contains(path) && !isOfEmptyLine(path, shown) {
      whole.set(path, value)
    }
    for field in fields {
      let wanted = field.schema ?? schema.property(at: field.path)?.schema ?? .any
      let own = schema.property(at: field.path)
      let required = field.required ?? own?.required ?? false
      if let value = Self.value(posted[field.path] ?? [], as: wanted.kind, required: required) {
        // A yes or no that may also be left open is asked as a choice.
        whole.set(
          field.path, own?.schema.kind.isBool == true ? .bool(value.isYes) : value)
      }
    }
    for (path, value) in form.fixed { whole.set(path, value) }
    if let map = form.merging {
      // What was emptied here is to be emptied there.
      for field in fields where field.path.hasPrefix(map + ".") && isEmpty(field) {
        whole.set(field.path, .null)
      }
      whole.set("seen", seen)
    }
    if form.version != nil, let version = posted["_version"]?.first.flatMap({ Int64($0) }) {
      whole.set("version", .integer(version))
    }
    return whole.withoutGaps
  }

  /// What a page keeps beside the fields of a list's line goes with the line once it is emptied.
  private func isOfEmptyLine(_ path: String, _ shown: Set<String>) -> Bool {
    guard let end = path.lastIndex(of: "]") else { return false }
    let line = path[...end]
    let beside = shown.filter { $0.hasPrefix(line) }
    return !beside.isEmpty
      && beside.allSatisfy { (posted[$0] ?? []).allSatisfy { $0.allSatisfy(\.isWhitespace) } }
  }

  private var seen: JSON {
    posted["_seen"]?.first.flatMap { try? JSON(parsing: $0) } ?? .object([:])
  }

  private func isEmpty(_ field: FormField) -> Bool {
    (posted[field.path] ?? []).allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }

  /// What was typed, where somebody else wrote in the meantime: fields nobody touched here show what
  /// there is now.
  func rebased(on now: Form) -> [String: [String]] {
    guard let map = form.merging else { return posted }
    var texts = posted
    for field in form.groups.flatMap(\.fields) where field.path.hasPrefix(map + ".") {
      let kind = (field.schema ?? .any).kind
      let before = seen[String(field.path.dropFirst(map.count + 1))] ?? .null
      let given = Self.value(posted[field.path] ?? [], as: kind, required: false) ?? .null
      if given == before {
        texts[field.path] = Self.texts(of: now.values[field.path] ?? .null, as: kind)
      }
    }
    return texts
  }

  static func value(_ texts: [String], as kind: JSONSchema.Kind, required: Bool) -> JSON? {
    let text = texts.first ?? ""
    switch kind {
    case .bool: return .bool(text == "true")
    case .array(let element, _):
      // Several boxes, or one field with a line for each.
      let parts =
        texts.count > 1 ? texts : text.split(whereSeparator: \.isNewline).map(String.init)
      let values = parts.map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        .compactMap { value([$0], as: element.kind, required: true) }
      return values.isEmpty && !required ? nil : .array(values)
    case .integer, .number:
      let plain = text.filter { !$0.isWhitespace }.map { $0 == "," ? "." : $0 }
      guard !plain.isEmpty else { return nil }
      return JSONSchema(kind).value(of: String(plain))
    case .string(_, _, "date-time", _):
      guard !text.isEmpty else { return nil }
      return .string(moment(text) ?? text)
    case .string, .choice:
      let normal = text.replacingOccurrences(of: "\r\n", with: "\n")
      return normal.allSatisfy(\.isWhitespace) ? nil : .string(normal)
    case .any, .map, .object:
      return text.isEmpty ? nil : .string(text.replacingOccurrences(of: "\r\n", with: "\n"))
    }
  }

  /// A clock's time there as an instant: `2020-03-02T09:00`.
  private static func moment(_ text: String) -> String? {
    let parts = text.split(separator: "T")
    guard parts.count == 2, let day = Day(String(parts[0])) else { return nil }
    let clock = parts[1].split(separator: ":").prefix(2).compactMap { Int($0) }
    guard clock.count == 2, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]) else {
      return nil
    }
    return Zone.paris.moment(on: day, minute: clock[0] * 60 + clock[1]).description
  }

  /// A value as the texts its control holds.
  static func texts(of value: JSON, as kind: JSONSchema.Kind) -> [String] {
    switch value {
    case .null: []
    case .string(let text):
      if case .string(_, _, "date-time", _) = kind, let instant = Instant(text) {
        [local(instant)]
      } else {
        [text]
      }
    case .integer(let number): [String(number)]
    case .number(let number): [String(number)]
    case .bool(let yes): [yes ? "true" : "false"]
    case .array(let items): items.flatMap { texts(of: $0, as: .any) }
    case .object: [(try? JSON.text(of: value)) ?? ""]
    }
  }

  private static func local(_ instant: Instant) -> String {
    let (day, minute) = Zone.paris.clock(at: instant)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(minute / 60)):\(two(minute % 60))"
  }
}

extension JSON {
  /// Puts a value at a path such as `contact.email` or `sessions[0].day`.
  mutating func set(_ path: String, _ value: JSON) {
    set(path.split(whereSeparator: { ".[]".contains($0) }).map(String.init)[...], value)
  }

  private mutating func set(_ path: ArraySlice<String>, _ value: JSON) {
    guard let first = path.first else {
      self = value
      return
    }
    if let at = Int(first), (0..<1000).contains(at) {
      var items: [JSON] = if case .array(let items) = self { items } else { [] }
      while items.count <= at { items.append(.null) }
      items[at].set(path.dropFirst(), value)
      self = .array(items)
    } else {
      var members: [String: JSON] = if case .object(let members) = self { members } else { [:] }
      members[first, default: .null].set(path.dropFirst(), value)
      self = .object(members)
    }
  }

  /// Without the lines of a list that were left empty.
  var withoutGaps: JSON {
    switch self {
    case .array(let items): .array(items.filter { $0 != .null }.map(\.withoutGaps))
    case .object(let members): .object(members.mapValues(\.withoutGaps))
    default: self
    }
  }
}

extension JSONSchema.Kind {
  fileprivate var isBool: Bool { if case .bool = self { true } else { false } }
}

extension JSON {
  fileprivate var isYes: Bool { self == .bool(true) || self == .string("true") }
}

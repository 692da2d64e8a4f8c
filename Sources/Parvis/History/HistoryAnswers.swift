internal import Kernel

/// What the lines so far were answered, for later ones to refer to: `$name`, `$name.organisation`,
/// `$places.items[0].id`, `$places.items[volunteer=$ada.id].id`.
struct HistoryAnswers {
  private var known: [String: JSON] = [:]

  mutating func keep(_ answer: JSON, as name: String) { known[name] = answer }

  /// `value` with every text that is a reference replaced; `$$` begins a text with a dollar. Throws a
  /// `Problem` that names what leads nowhere.
  func resolved(_ value: JSON) throws -> JSON {
    switch value {
    case .string(let text):
      if text.hasPrefix("$$") { return .string(String(text.dropFirst())) }
      return text.hasPrefix("$") ? try answer(to: String(text.dropFirst())) : value
    case .array(let items): return .array(try items.map(resolved))
    case .object(let members): return .object(try members.mapValues(resolved))
    case .null, .bool, .integer, .number: return value
    }
  }

  /// A text in which a reference may stand behind a colon, as in `member:$kabubu.member`.
  func resolved(actor text: String) throws -> String {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[1].hasPrefix("$") else { return text }
    guard let subject = try resolved(.string(parts[1])).text else { throw leadsNowhere(parts[1]) }
    return parts[0] + ":" + subject
  }

  private func answer(to path: String) throws -> JSON {
    var rest = Substring(path)
    let name = rest.prefix { $0 != "." && $0 != "[" }
    rest = rest.dropFirst(name.count)
    guard var found = known[String(name)] else { throw leadsNowhere("$" + path) }
    while let next = rest.first {
      rest = rest.dropFirst()
      let step: JSON?
      if next == "[" {
        let inside = try bracket(&rest, in: path)
        step = try item(inside, of: found)
      } else {
        let member = rest.prefix { $0 != "." && $0 != "[" }
        rest = rest.dropFirst(member.count)
        step = found[String(member)]
      }
      guard let step else { throw leadsNowhere("$" + path) }
      found = step
    }
    return found
  }

  /// What stands in a bracket, which may hold others.
  private func bracket(_ rest: inout Substring, in path: String) throws -> String {
    var depth = 1
    var inside = ""
    while let letter = rest.popFirst() {
      if letter == "[" { depth += 1 }
      if letter == "]" { depth -= 1 }
      if depth == 0 { return inside }
      inside.append(letter)
    }
    throw leadsNowhere("$" + path)
  }

  private func item(_ which: String, of list: JSON) throws -> JSON? {
    if let number = Int(which) {
      return list.items.indices.contains(number) ? list.items[number] : nil
    }
    let parts = which.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let wanted = try resolved(.string(parts[1]))
    return list.items.first { $0[parts[0]] == wanted }
  }

  private func leadsNowhere(_ reference: String) -> Problem {
    Problem.invalid(
      reference, en: "leads to nothing that was answered before",
      fr: "ne mène à rien de ce qui a été répondu avant")
  }
}

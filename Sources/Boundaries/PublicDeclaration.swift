/// A declaration that other targets may use, as far as the lines of a source tell.
struct PublicDeclaration {
  /// A type, an extension or a protocol whose members are looked at.
  struct Owner {
    let kind: String
    let name: String
    let isPublic: Bool
    /// Its first line: what it conforms to stands there.
    let head: String
  }

  /// `struct`, `func`, `init`, `case`…
  let kind: String
  let name: String
  /// From 1.
  let line: Int
  /// The line without comments and texts.
  let code: String
  /// What it stands in; nil at the top of the file.
  let owner: Owner?
  /// The lines of the comment above it and above its attributes; empty where there is none.
  let documentation: [String]
  /// Of an initializer: whether it gives each property what is given for it, and does no more.
  let onlyAssigns: Bool
}

extension PublicDeclaration {
  private static let types: Set = ["struct", "enum", "class", "protocol", "actor", "extension"]
  private static let kinds = types.union([
    "func", "var", "let", "init", "subscript", "case", "typealias", "associatedtype",
  ])
  private static let modifiers: Set = [
    "public", "open", "static", "final", "indirect", "mutating", "nonmutating", "override",
    "convenience", "required", "weak", "unowned", "lazy", "nonisolated", "private", "fileprivate",
    "internal", "package",
  ]

  /// Those of a source, in the order they stand.
  static func all(in source: String) -> [PublicDeclaration] {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let code = PlainCode.lines(of: source)
    var found: [PublicDeclaration] = []
    /// What is open: types, and nil for bodies.
    var open: [Owner?] = []
    /// A type whose brace is still to come.
    var begun: Owner?
    for (index, line) in code.enumerated() {
      let isBody = open.last.map { $0 == nil } ?? false
      if begun == nil, !isBody, let (kind, name, words) = head(of: line) {
        let owner = open.last ?? nil
        let isSeen = isPublic(kind, words, in: owner)
        if types.contains(kind) {
          begun = Owner(kind: kind, name: name, isPublic: isSeen, head: line)
        }
        if isSeen, kind != "extension" {
          found.append(
            PublicDeclaration(
              kind: kind, name: name, line: index + 1, code: line, owner: owner,
              documentation: documentation(above: index, in: lines),
              onlyAssigns: kind == "init" && onlyAssigns(code[index...])))
        }
      }
      for sign in line.utf8 {
        if sign == UInt8(ascii: "{") {
          open.append(begun)
          begun = nil
        } else if sign == UInt8(ascii: "}") {
          _ = open.popLast()
        }
      }
    }
    return found
  }

  /// What a line declares, and the words before it; nil where it declares nothing.
  private static func head(of line: String) -> (kind: String, name: String, words: Set<String>)? {
    var words: Set<String> = []
    var rest = Substring(line).drop { $0 == " " }
    while rest.first == "@" {
      rest = rest.drop { $0 != " " && $0 != "(" }
      if rest.first == "(" { rest = rest.drop { $0 != ")" }.dropFirst() }
      rest = rest.drop { $0 == " " }
    }
    while let first = rest.first, first.isLetter {
      let word = String(rest.prefix { $0.isLetter })
      rest = rest.dropFirst(word.count)
      if kinds.contains(word) {
        return (word, word == "init" || word == "subscript" ? word : name(at: rest), words)
      }
      guard modifiers.contains(word) else { return nil }
      // `private(set)` says nothing of who may read.
      if rest.first == "(" {
        rest = rest.drop { $0 != ")" }.dropFirst()
      } else {
        words.insert(word)
      }
      rest = rest.drop { $0 == " " }
    }
    return nil
  }

  private static func name(at rest: Substring) -> String {
    let rest = rest.drop { $0 == " " }
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    // An operator has none of these.
    return String(word.isEmpty ? rest.prefix { $0 != " " && $0 != "(" } : word)
  }

  private static func isPublic(_ kind: String, _ words: Set<String>, in owner: Owner?) -> Bool {
    if !words.isDisjoint(with: ["public", "open"]) { return true }
    guard let owner, owner.isPublic, words.isDisjoint(with: ["private", "fileprivate", "internal"])
    else { return false }
    return owner.kind == "protocol" || owner.kind == "extension"
      || owner.kind == "enum" && kind == "case"
  }

  private static func documentation(above index: Int, in lines: [String]) -> [String] {
    let above = lines[..<index].reversed().map { $0.drop { $0 == " " } }
      .drop { $0 == ")" || $0.hasPrefix("@") && head(of: String($0)) == nil }
    return above.prefix { $0.hasPrefix("///") }.reversed().map(String.init)
  }

  private static func onlyAssigns(_ code: ArraySlice<String>) -> Bool {
    let text = code.joined(separator: "\n")
    guard let start = text.firstIndex(of: "{"), let end = text[start...].firstIndex(of: "}") else {
      return false
    }
    return text[text.index(after: start)..<end].split(separator: "\n").allSatisfy { line in
      let parts = line.split(separator: " ")
      return parts.isEmpty || parts.count == 3 && parts[1] == "=" && parts[0] == "self." + parts[2]
    }
  }
}

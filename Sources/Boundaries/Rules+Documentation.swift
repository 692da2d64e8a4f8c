/// What others may use says what it is or promises.
extension Rules {
  /// Where everything public has a documentation comment, beside the contracts of the modules.
  private static let documented = [
    "Sources/Kernel/", "Sources/Pages/", "Sources/SQLite/", "Sources/Postgres/",
    "Modules/Matching/Engine/",
  ]

  /// Every public declaration without a documentation comment, and every event that does not say when it
  /// is said.
  func undocumented() -> [String] {
    files.flatMap { file -> [String] in
      let isContract = contract(of: file) != nil
      guard isContract || Self.documented.contains(where: file.path.hasPrefix) else { return [] }
      return PublicDeclaration.all(in: file.text).compactMap { declaration in
        let place = "\(file.path):\(declaration.line)"
        guard !declaration.documentation.isEmpty else {
          let isKnown = declaration.isSaidElsewhere || declaration.kind == "case" && !isContract
          return isKnown
            ? nil : "\(place) declares \(declaration.words) without saying what it is or promises"
        }
        guard isContract, declaration.isEvent,
          !declaration.documentation.contains(where: { $0.contains("Said ") })
        else { return nil }
        return "\(place) declares the event \(declaration.name) without “Said …”: when it is said"
      }
    }
  }

  private func contract(of file: SourceFile) -> String? {
    let parts = file.path.split(separator: "/")
    guard parts.count >= 4, parts[0] == "Modules", parts[2] == "API" else { return nil }
    return String(parts[1])
  }
}

extension PublicDeclaration {
  fileprivate var words: String {
    kind == "init" || kind == "subscript" ? "\(kind) of \(owner?.name ?? "?")" : "\(kind) \(name)"
  }

  fileprivate var isEvent: Bool { kind == "struct" && conforms(code, to: "Event") }

  /// What a protocol or the compiler asks for by this name, and says already: Codable, Hashable, Comparable,
  /// CustomStringConvertible, LocalizedError; of the kernel UserFacing, Event, SchemaDescribed,
  /// SingleTextValue, SQLConvertible.
  private static let asked: Set = [
    "encode", "description", "errorDescription", "==", "<", "hash", "appendLiteral", "problem",
    "aggregate", "schema", "sample", "expectation", "sqlValue",
  ]
  /// The first words of initializers that are asked for in the same way.
  private static let askedWith = [
    "from decoder", "sqlValue", "stringLiteral", "integerLiteral", "booleanLiteral", "nilLiteral",
    "arrayLiteral", "dictionaryLiteral", "stringInterpolation", "literalCapacity",
  ]

  /// Whether no comment of its own is needed: what it means stands elsewhere.
  fileprivate var isSaidElsewhere: Bool {
    // Where a protocol asks for it, it is said.
    if owner?.kind == "protocol" { return false }
    if kind == "init" {
      // It takes what its properties say.
      return onlyAssigns || Self.askedWith.contains { code.contains("(\($0)") }
    }
    // Marks an identity and has no values; the name of the identity says whose.
    if kind == "enum", name.hasSuffix("Entity") { return true }
    if kind == "func", name == "fault", code.contains("(in text: String) -> Words?") {
      return owner?.name != "SingleTextValue"
    }
    if let owner, conforms(owner.head, to: "Event"), name == "name" || name == "edition" {
      return true
    }
    return Self.asked.contains(name)
  }

  private func conforms(_ head: String, to name: String) -> Bool {
    guard let colon = head.firstIndex(of: ":") else { return false }
    return head[colon...].split { !($0.isLetter || $0.isNumber) }.contains(Substring(name))
  }
}

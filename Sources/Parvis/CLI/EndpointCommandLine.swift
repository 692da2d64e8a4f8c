internal import Kernel

/// The words after `parvis <module> <verb>`, understood by the schema of the use case.
struct EndpointCommandLine {
  let endpoint: Endpoint
  let schema: JSONSchema
  /// Fields in the path, given in order without a name.
  let positional: [FieldOption]
  let options: [FieldOption]

  private(set) var settings: Settings
  private(set) var wantsHelp = false
  /// Where a file goes that it answers with.
  private(set) var landing: String?
  private var source: String?
  private var members: [String: JSON] = [:]
  private var words: [String] = []

  init(_ endpoint: Endpoint, settings: Settings) {
    self.endpoint = endpoint
    self.settings = settings
    schema = endpoint.input()
    let properties = schema.properties
    positional = endpoint.pathFields.map { name in
      FieldOption(
        properties.first { $0.name == name }
          ?? JSONSchema.Property(name: name, schema: .any, required: true))
    }
    options = properties.filter { !endpoint.pathFields.contains($0.name) }.map(FieldOption.init)
  }

  /// Takes the words in. Throws a `Problem` of the kind `usage`.
  mutating func take(_ line: [String]) throws {
    var rest = line[...]
    var onlyPositional = false
    while let word = rest.popFirst() {
      if onlyPositional || !word.hasPrefix("-") || word == "-" {
        guard words.count < positional.count else { throw tooMany(word) }
        words.append(word)
      } else if word == "--" {
        onlyPositional = true
      } else if word == "--help" || word == "-h" {
        wantsHelp = true
      } else if word == "--json" {
        settings.json = true
      } else {
        try take(option: word, &rest)
      }
    }
  }

  private mutating func take(option word: String, _ rest: inout ArraySlice<String>) throws {
    let parts = word.drop { $0 == "-" }.split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    func value() throws -> String {
      if parts.count == 2 { return String(parts[1]) }
      guard let next = rest.popFirst() else {
        throw Problem.usage(en: "--\(name) needs a value.", fr: "--\(name) demande une valeur.")
      }
      return next
    }
    if let flag = options.first(where: { $0.isFlag && ($0.name == name || "no-" + $0.name == name) }
    ) {
      if parts.count == 2 {
        members[flag.property.name] = flag.property.schema.value(of: String(parts[1]))
      } else {
        members[flag.property.name] = .bool(flag.name == name)
      }
    } else if let field = options.first(where: { $0.name == name }) {
      try field.add(value(), to: &members)
    } else if endpoint.answersWithFile, name == "to" {
      landing = try value()
    } else if name == "input" {
      source = try value()
    } else if Settings.valued.contains(name) {
      try settings.set(name, to: value())
    } else if let field = positional.first(where: { $0.name == name }) {
      members[field.property.name] = field.property.schema.value(of: try value())
    } else {
      throw unknown(name)
    }
  }

  /// Whether all that is missing from the path is the edition, which goes without saying where there
  /// is only one.
  var lacksOnlyEdition: Bool {
    source == nil && members["edition"] == nil && words.count == positional.count - 1
      && positional.contains { $0.property.name == "edition" }
  }

  /// The whole input: the document given with `--input`, and over it the fields given one by one.
  func input(edition: String? = nil) throws -> JSON {
    var whole: [String: JSON] = [:]
    var members = members
    let open = positional.filter {
      members[$0.property.name] == nil && !(edition != nil && $0.property.name == "edition")
    }
    for (field, word) in zip(open, words) {
      members[field.property.name] = field.property.schema.value(of: word)
    }
    if let edition { members["edition"] = .string(edition) }
    if words.count > open.count { throw tooMany(words[open.count]) }
    if let source {
      guard case .object(let given) = try Document.read(source, as: schema) else {
        throw Problem.invalid("--input", en: "expected an object", fr: "attendu : un objet")
      }
      whole = given
    }
    whole.merge(members) { _, one in one }
    let missing = positional.filter { whole[$0.property.name] == nil }
    guard missing.isEmpty else {
      let names = missing.map { $0.name.uppercased() }.joined(separator: " ")
      throw Problem.usage(
        en: "\(names) is missing.", fr: "Il manque \(names).",
        adviceEn: "parvis \(endpoint.module) \(endpoint.verb) --help says what it wants.",
        adviceFr: "parvis \(endpoint.module) \(endpoint.verb) --help dit ce qu’il faut.")
    }
    return .object(whole)
  }

  /// Every option, for completion and for suggestions.
  var optionNames: [String] {
    options.flatMap { $0.isFlag ? [$0.name, "no-" + $0.name] : [$0.name] }
      + (endpoint.answersWithFile ? ["to"] : []) + ["input", "json", "help"] + Settings.valued
  }

  private func unknown(_ name: String) -> Problem {
    let near = nearest(to: name, in: optionNames)
    return Problem.usage(
      en: "There is no option --\(name) here." + (near.map { " Did you mean --\($0)?" } ?? ""),
      fr: "Il n’y a pas d’option --\(name) ici."
        + (near.map { " Vouliez-vous dire --\($0) ?" } ?? ""),
      adviceEn: "parvis \(endpoint.module) \(endpoint.verb) --help lists them.",
      adviceFr: "parvis \(endpoint.module) \(endpoint.verb) --help donne la liste.")
  }

  private func tooMany(_ word: String) -> Problem {
    Problem.usage(
      en: "“\(word)” is one word too many.", fr: "« \(word) » est de trop.",
      adviceEn: "Other fields are options; parvis \(endpoint.module) \(endpoint.verb) --help",
      adviceFr:
        "Les autres champs sont des options ; parvis \(endpoint.module) \(endpoint.verb) --help")
  }
}

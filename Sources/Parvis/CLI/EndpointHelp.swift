internal import Kernel

/// Help made from the use cases themselves.
enum EndpointHelp {
  static func module(
    _ name: String, _ summary: Words, _ endpoints: [Endpoint], _ language: Language
  )
    -> String
  {
    // A verb that does more on this side than the use case of its name is listed once.
    let local = LocalVerb.of(name)
    let known =
      endpoints.filter { endpoint in !local.contains { $0.verb == endpoint.verb } }
      .map { ($0.verb, $0.summary) } + local.map { ($0.verb, $0.summary) }
    let widest = known.map(\.0.count).max() ?? 0
    let verbs = known.map { "  " + filled($0.0, widest + 2) + $0.1[language] }
    return
      ([
        "parvis \(name): " + summary[language], "",
        Words(en: "USAGE", fr: "UTILISATION")[language] + ": parvis \(name) "
          + Words(en: "VERB [options]", fr: "VERBE [options]")[language], "",
      ] + verbs + [
        "",
        Words(
          en: "`parvis \(name) VERB --help` says what a verb wants.",
          fr: "`parvis \(name) VERBE --help` dit ce que demande un verbe.")[language],
      ]).joined(separator: "\n")
  }

  static func verb(_ line: EndpointCommandLine, _ language: Language) -> String {
    let endpoint = line.endpoint
    let words = line.positional.map { $0.name.uppercased() }
    var lines = [
      endpoint.summary[language] + ".", "",
      Words(en: "USAGE", fr: "UTILISATION")[language] + ": "
        + (["parvis", endpoint.module, endpoint.verb] + words + ["[options]"]).joined(
          separator: " "),
    ]
    var rows: [(String, String)] = line.positional.map {
      (
        $0.name.uppercased(),
        [$0.property.label?.words[language], $0.property.schema.hint(language)]
          .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "; ")
      )
    }
    let required = Words(en: "required", fr: "obligatoire")[language]
    rows += line.options.map { option in
      let name = option.isFlag ? "--\(option.name) / --no-\(option.name)" : "--\(option.name)"
      let parts = [
        option.property.label?.words[language] ?? "", option.property.schema.hint(language),
        option.property.required ? required : "",
      ]
      return (name, parts.filter { !$0.isEmpty }.joined(separator: "; "))
    }
    if endpoint.answersWithFile {
      rows.append(
        (
          "--to PATH|-",
          Words(
            en: "where the file goes; its own name in this folder otherwise",
            fr: "où mettre le fichier ; sinon ici, sous son nom")[language]
        ))
    }
    if !rows.isEmpty { lines += ["", Words(en: "INPUT", fr: "SAISIE")[language]] + table(rows) }
    lines += ["", "OPTIONS"] + table(common(language))
    let roles = Role.allCases.filter(endpoint.callers.contains).map(\.rawValue)
    lines += [
      "",
      Words(en: "For: ", fr: "Pour : ")[language] + roles.joined(separator: ", "),
      "HTTP: \(endpoint.method.rawValue) /v1\(endpoint.path)",
    ]
    if !endpoint.problems.isEmpty {
      lines.append(
        Words(en: "Problems: ", fr: "Problèmes : ")[language]
          + endpoint.problems.joined(separator: ", "))
    }
    return lines.joined(separator: "\n")
  }

  private static func common(_ language: Language) -> [(String, String)] {
    [
      (
        "--input FILE|-|JSON",
        Words(
          en: "the whole input, as JSON or YAML", fr: "toute la saisie, en JSON ou YAML")[language]
      ),
      ("--as ROLE[:ID]", Words(en: "on whose behalf", fr: "au nom de qui")[language]),
      (
        "--key KEY",
        Words(
          en: "idempotency key: the same key, the same answer",
          fr: "clé d’idempotence : même clé, même réponse")[language]
      ),
      ("--data DIR", Words(en: "the data directory", fr: "le dossier de données")[language]),
      (
        "--url URL --token T",
        Words(en: "ask that server instead", fr: "s’adresser à ce serveur")[language]
      ),
      ("--json", Words(en: "answer as JSON", fr: "réponse en JSON")[language]),
      ("--lang fr|en", Words(en: "language", fr: "langue")[language]),
    ]
  }

  private static func table(_ rows: [(String, String)]) -> [String] {
    let widest = rows.map(\.0.count).max() ?? 0
    return rows.map { "  " + filled($0.0, widest + 2) + $0.1 }
  }
  private static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

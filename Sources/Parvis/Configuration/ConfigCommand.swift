internal import ArgumentParser
internal import Kernel

/// `parvis config`: what holds, and who says so.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows what is set for a server, and where each value comes from.",
    discussion: """
      Of a flag, the environment, the file and what holds otherwise, the first that says something holds. \
      With a name, answers with that value alone. Nothing is opened or changed.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var options: ServeOptions
  @Argument(help: "Show the value of this one only.") var name: String?

  func run() async throws {
    let settings = try common.settings()
    let configuration = try options.configuration(data: common.data)
    let console = Console(settings)
    if let name {
      guard let key = ConfigurationKey(rawValue: name) else {
        let known = ConfigurationKey.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem.usage(
          en: "There is no “\(name)”, but \(known).",
          fr: "« \(name) » n’existe pas, mais \(known).")
      }
      console.line(configuration[key] ?? "")
      return
    }
    if settings.json {
      return console.show(
        [
          "file": configuration.file.map(JSON.string) ?? .null,
          "values": .array(configuration.values.map { json($0, of: configuration) }),
        ], as: .any)
    }
    let values = configuration.values
    let names = values.map(\.key.rawValue)
    let texts = values.map { $0.text ?? "–" }
    let widths = [names, texts].map { $0.map(\.count).max() ?? 0 }
    for (index, value) in values.enumerated() {
      console.line(
        padded(names[index], widths[0]) + "  " + padded(texts[index], widths[1]) + "  "
          + source(value, of: configuration)[settings.language])
    }
    if configuration.file == nil {
      console.line(
        Words(
          en:
            "(no file: neither --config nor PARVIS_CONFIG, and no \(ConfigurationFile.usualPath))",
          fr: "(pas de fichier : ni --config ni PARVIS_CONFIG, ni \(ConfigurationFile.usualPath))")[
            settings.language])
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func source(
    _ value: ServerConfiguration.Value, of configuration: ServerConfiguration
  ) -> Words {
    switch value.source {
    case .flag: Words(en: "flag \(value.key.flag)", fr: "option \(value.key.flag)")
    case .environment:
      Words(en: "environment \(value.key.variable)", fr: "environnement \(value.key.variable)")
    case .file(let line):
      Words(
        en: "\(configuration.file ?? ""), line \(line)",
        fr: "\(configuration.file ?? ""), ligne \(line)")
    case .standard where value.text == nil: Words(en: "not set", fr: "non défini")
    case .standard: Words(en: "default", fr: "par défaut")
    }
  }

  private func json(
    _ value: ServerConfiguration.Value, of configuration: ServerConfiguration
  ) -> JSON {
    var answer: [String: JSON] = [
      "key": .string(value.key.rawValue), "value": value.text.map(JSON.string) ?? .null,
    ]
    switch value.source {
    case .flag:
      answer["from"] = "flag"
      answer["name"] = .string(value.key.flag)
    case .environment:
      answer["from"] = "environment"
      answer["name"] = .string(value.key.variable)
    case .file(let line):
      answer["from"] = "file"
      answer["line"] = .integer(Int64(line))
    case .standard: answer["from"] = "default"
    }
    return .object(answer)
  }
}

internal import Kernel
internal import ProgrammesAPI
internal import ReportingAPI

/// A verb of a module that does something on this side, with what the use cases answer.
struct LocalVerb: Sendable {
  let module: String
  let verb: String
  let summary: Words
  /// Whether the words after the verb are for it, where a use case has the same name.
  var isFor: @Sendable ([String]) -> Bool = { _ in true }
  let run: @Sendable ([String], Settings) async throws -> Void

  static let all = [
    reportWrite, matchingSolve, matchingCompare, notificationsDKIM, notificationsReadReturns,
  ]

  static func of(_ module: String) -> [LocalVerb] { all.filter { $0.module == module } }
}

/// `parvis report write [EDITION] [--to DIR]`.
private let reportWrite = LocalVerb(
  module: "report", verb: "write",
  summary: Words(
    en: "Write the report into a folder ([EDITION] [--to DIR])",
    fr: "Écrire le rapport dans un dossier ([ÉDITION] [--to DOSSIER])")
) { words, settings in
  guard let endpoint = bareEndpoints.first(where: { $0.id == ReportingUseCases.document }) else {
    return
  }
  var rest: [String] = []
  var folder: String?
  var remaining = words[...]
  while let word = remaining.popFirst() {
    if word == "--to" { folder = remaining.popFirst() } else { rest.append(word) }
  }
  var line = EndpointCommandLine(endpoint, settings: settings)
  try line.take(rest)
  if line.wantsHelp {
    Console(settings).line(EndpointHelp.verb(line, settings.language))
    return
  }
  let backend = try await Backend.connect(line.settings)
  let edition = line.lacksOnlyEdition ? try await backend.onlyEdition(line.settings) : nil
  let document = try await backend.perform(
    endpoint, try line.input(edition: edition), line.settings)
  let target = try folder ?? DataDirectory.chosen(line.settings.data).reports + "/latest"
  let files = try ReportWriter(folder: target).write(document.decoded(as: Report.self))
  let console = Console(line.settings)
  if line.settings.json {
    console.show(["folder": .string(target), "files": .array(files.map(JSON.string))], as: .any)
  } else {
    console.line(
      Words(
        en: "\(files.count) files in \(target)", fr: "\(files.count) fichiers dans \(target)")[
          line.settings.language])
  }
}

extension Backend {
  /// The edition that is meant where there is only one. Throws a `Problem` that lists them otherwise.
  func onlyEdition(_ settings: Settings) async throws -> String? {
    guard let endpoint = bareEndpoints.first(where: { $0.id == ProgrammesUseCases.editions }) else {
      return nil
    }
    var reading = settings
    reading.key = nil
    let editions = try await perform(endpoint, [:], reading).items
    guard editions.count > 1 else { return editions.first?["id"]?.text }
    let list = editions.compactMap { edition in
      edition["id"]?.text.map { "\($0) (\(edition["name"]?.text ?? ""))" }
    }.joined(separator: ", ")
    throw Problem.usage(
      en: "Which edition? There are: \(list).", fr: "Quelle édition ? Il y a : \(list).")
  }
}

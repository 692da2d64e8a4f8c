internal import ArgumentParser
internal import Kernel

/// `parvis <module> <verb> …`: the use cases of a module as commands, read off their types.
struct ModuleCommand<M: Module>: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: M.name, abstract: M.summary[Settings.languageOfEnvironment],
      usage: "parvis \(M.name) VERB [options]")
  }

  @Argument(
    parsing: .captureForPassthrough, help: "A verb and its options.",
    completion: .custom { words, index, _ in completions(of: M.name, words, index) })
  var words: [String] = []

  mutating func run() async throws {
    let endpoints = bareEndpoints.filter { $0.module == M.name }
    let settings = Settings(scanning: words)
    guard let verb = words.first, !verb.hasPrefix("-") else {
      print(EndpointHelp.module(M.name, M.summary, endpoints, settings.language))
      return
    }
    let rest = Array(words.dropFirst())
    if let local = LocalVerb.of(M.name).first(where: { $0.verb == verb && $0.isFor(rest) }) {
      try await local.run(rest, settings)
      return
    }
    guard let endpoint = endpoints.first(where: { $0.verb == verb }) else {
      throw unknown(verb, endpoints)
    }
    try await perform(endpoint, rest, settings)
  }

  private func unknown(_ verb: String, _ endpoints: [Endpoint]) -> Problem {
    let near = nearest(
      to: verb, in: endpoints.map(\.verb) + LocalVerb.of(M.name).map(\.verb))
    return Problem.usage(
      en: "\(M.name) has no verb “\(verb)”." + (near.map { " Did you mean \($0)?" } ?? ""),
      fr: "\(M.name) n’a pas de verbe « \(verb) »."
        + (near.map { " Vouliez-vous dire \($0) ?" } ?? ""),
      adviceEn: "parvis \(M.name) --help lists them.",
      adviceFr: "parvis \(M.name) --help donne la liste.")
  }
}

/// Performs a use case with the words of a line, and shows its answer.
func perform(_ endpoint: Endpoint, _ words: [String], _ given: Settings) async throws {
  var line = EndpointCommandLine(endpoint, settings: given)
  try line.take(words)
  let settings = line.settings
  if line.wantsHelp {
    print(EndpointHelp.verb(line, settings.language))
    return
  }
  let backend: Backend
  let input: JSON
  if line.lacksOnlyEdition {
    backend = try await Backend.connect(settings)
    input = try line.input(edition: await backend.onlyEdition(settings))
  } else {
    // What the line itself shows to be wrong is said before anything is opened.
    input = try line.input()
    let faults = endpoint.input().faults(in: input)
    guard faults.isEmpty else { throw Problem.invalidInput(faults) }
    backend = try await Backend.connect(settings)
  }
  if endpoint.answersWithFile {
    let landing = Landing(to: line.landing)
    if let path = try await backend.fetch(endpoint, input, to: landing, settings) {
      Console(settings).line(path)
    }
    return
  }
  var output = try await backend.perform(endpoint, input, settings)
  if let work = endpoint.longWork, output["state"] == "computing",
    backend.isOwn || input["background"] != true
  {
    output = try await RunWatch(work, backend, settings).follow(output)
  }
  let isWhole = endpoint.isPaged && input["after"] == nil && input["limit"] == nil
  if isWhole { output = try await backend.whole(output, of: endpoint, input, settings) }
  if settings.json {
    // A page says what comes next; a list that is whole is a list.
    Console(settings).show(isWhole ? output["items"] ?? output : output, as: .any)
  } else {
    let shown =
      endpoint.shown(output, in: settings.language)
      ?? Endpoint.Display(output, as: endpoint.output())
    let asked = Set(endpoint.pathFields.compactMap { input[$0]?.text })
    Console(settings).show(shown.output, as: shown.schema, asked: asked)
  }
  if endpoint.isCommand { await backend.settle() }
}

extension Endpoint {
  /// Whether it answers with a page of a list that goes on.
  fileprivate var isPaged: Bool {
    let answer = Set(output().properties.map(\.name))
    return answer.isSuperset(of: ["items", "next"])
      && input().properties.contains { $0.name == "after" }
  }
}

extension Backend {
  /// The list whose first page is in hand, to its end: somebody at a terminal who names no page means
  /// all of it. Throws a `Problem`.
  fileprivate func whole(
    _ first: JSON, of endpoint: Endpoint, _ input: JSON, _ settings: Settings
  ) async throws -> JSON {
    guard case .object(var asked) = input else { return first }
    var items = first["items"]?.items ?? []
    var next = first["next"]
    while let after = next, after != .null {
      asked["after"] = after
      asked["limit"] = 500
      let page = try await perform(endpoint, .object(asked), settings)
      items += page["items"]?.items ?? []
      next = page["next"]
    }
    return ["items": .array(items)]
  }
}

/// The command of a module whose type only the composition root names.
func command<M: Module>(for module: M) -> any ParsableCommand.Type { ModuleCommand<M>.self }

/// Verbs first, then the options of the verb.
private func completions(of module: String, _ words: [String], _ index: Int) -> [String] {
  let endpoints = bareEndpoints.filter { $0.module == module }
  guard let start = words.firstIndex(of: module), index > start else {
    return endpoints.map(\.verb)
  }
  if index == start + 1 { return endpoints.map(\.verb) + LocalVerb.of(module).map(\.verb) }
  guard start + 1 < words.count,
    let endpoint = endpoints.first(where: { $0.verb == words[start + 1] })
  else { return [] }
  return EndpointCommandLine(endpoint, settings: Settings()).optionNames.map { "--" + $0 }
}

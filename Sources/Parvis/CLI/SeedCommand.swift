internal import ApplicationsAPI
internal import ArgumentParser
internal import Kernel
internal import ProgrammesAPI

struct SeedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed", abstract: "Brings an instance to life with prepared input.",
    subcommands: [SeedLoadCommand.self])
}

struct SeedLoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Loads a folder’s catalogue, edition, calendar and call through the use cases.",
    discussion: """
      Reads catalogue.yaml, edition.yaml and call.yaml. The call is left as a draft to be opened.
      Loaded again, nothing is made twice.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "The folder, as seeds/la-defense-2020.") var folder: String

  func run() async throws {
    let settings = try common.settings()
    let seeds = SeedFolder(path: folder)
    let catalogue = try seeds.value("catalogue.yaml")
    let plan = try seeds.value("edition.yaml")
    let call = try seeds.value("call.yaml")
    let loader = Loader(backend: try await Backend.connect(settings), settings: settings)
    let bar = ProgressBar(title: "seed")
    bar.show(0, of: 5)
    try await loader.send(
      ProgrammesUseCases.loadCatalogue, .object(catalogue.only("skills", "missionTypes")))
    bar.show(1, of: 5)
    let name = plan["programme"]?["name"]?.text ?? ""
    let programme = try await loader.send(
      ProgrammesUseCases.create, ["name": .string(name)], once: name)
    bar.show(2, of: 5)
    var edition =
      plan["edition"]?.only("name", "theme", "territory", "zone", "format", "starts", "ends") ?? [:]
    edition["programme"] = programme["id"]
    let planned = try await loader.send(
      ProgrammesUseCases.planEdition, .object(edition),
      once: name + "/" + (edition["name"]?.text ?? ""))
    bar.show(3, of: 5)
    let id = planned["id"] ?? .null
    try await loader.send(
      ProgrammesUseCases.setCalendar, ["edition": id, "halfDays": plan["calendar"] ?? []])
    bar.show(4, of: 5)
    var draft = call.only(
      "title", "theme", "opensOn", "closesOn", "places", "questions", "criteria", "eligibility")
    draft["edition"] = id
    let console = Console(settings)
    var drafted = JSON.null
    do {
      drafted = try await loader.send(
        ApplicationsUseCases.draftCall, .object(draft), once: "call of " + (id.text ?? ""))
    } catch let problem as Problem where problem.fields.contains(where: { $0.field == "closesOn" })
    {
      console.note(
        Words(
          en: "The call was left out: its deadline has passed. Draft one with later days.",
          fr: "L’appel a été laissé de côté : son échéance est passée. Préparez-en un plus tardif.")[
            settings.language])
    }
    bar.show(5, of: 5)
    console.show(
      [
        "programme": programme["id"] ?? .null, "edition": id, "call": drafted["id"] ?? .null,
      ], as: .any)
    await loader.backend.settle()
  }
}

/// Calls use cases by their id.
private struct Loader {
  let backend: Backend
  let settings: Settings

  /// `once` is what the thing is recognised by, so that a second load finds it made.
  @discardableResult
  func send(_ id: String, _ input: JSON, once: String? = nil) async throws -> JSON {
    guard let endpoint = bareEndpoints.first(where: { $0.id == id }) else {
      throw Problem.noSuchEndpoint(id)
    }
    var settings = settings
    // An edition and its call are told apart by what they are, not by how long their names are.
    settings.key = once.map { "seed:" + id + ":" + hash($0) }
    return try await backend.perform(endpoint, input, settings)
  }

  private func hash(_ text: String) -> String {
    String(
      text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 },
      radix: 36)
  }
}

internal import ArgumentParser
internal import Kernel

struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Creates a data directory, or brings one up to date.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let settings = try common.settings()
    let directory = DataDirectory.chosen(settings.data)
    let existed = directory.isInitialised
    let instance = try await Instance.create(directory)
    let state = existed ? "up-to-date" : "created"
    if settings.json {
      Console(settings).show(["data": .string(directory.path), "state": .string(state)], as: .any)
    } else {
      let words =
        existed
        ? Words(en: "is up to date", fr: "est à jour") : Words(en: "is ready", fr: "est prêt")
      Console(settings).line("\(instance.directory.path) " + words[settings.language])
    }
  }
}

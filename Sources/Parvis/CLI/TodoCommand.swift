internal import AccountsAPI
internal import ArgumentParser
internal import Kernel

struct TodoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "todo", abstract: "Lists what waits for you.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let settings = try common.settings()
    guard let endpoint = bareEndpoints.first(where: { $0.id == AccountsUseCases.tasks }) else {
      return
    }
    let backend = try await Backend.connect(settings)
    let tasks = try await backend.perform(endpoint, [:], settings)
    Console(settings).show(tasks, as: endpoint.output())
  }
}

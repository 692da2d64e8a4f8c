internal import ArgumentParser
internal import Kernel

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Shows how an instance is doing.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let settings = try common.settings()
    guard let endpoint = bareEndpoints.first(where: { $0.id == StatusModule.useCase }) else {
      return
    }
    let backend = try await Backend.connect(settings)
    let status = try await backend.perform(endpoint, [:], settings)
    Console(settings).show(status, as: endpoint.output())
  }
}

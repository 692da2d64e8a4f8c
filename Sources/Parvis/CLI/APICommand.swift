internal import ArgumentParser
internal import Kernel

struct APICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api", abstract: "Calls any address of the HTTP interface.",
    discussion:
      "parvis api GET /v1/editions; parvis api POST /v1/programmes --input '{\"name\": \"…\"}'")

  @OptionGroup var common: CommonOptions
  @Argument(help: "GET, POST, PUT or DELETE.") var method: String
  @Argument(help: "A path, with or without /v1 in front.") var path: String
  @Option(help: "The body: JSON, @file, or - for standard input.") var input: String?
  @Option(help: "Idempotency key.") var key: String?

  func run() async throws {
    var settings = try common.settings()
    settings.key = key
    // Whoever speaks HTTP reads JSON.
    settings.json = true
    let target = path.hasPrefix("/v1/") ? path : "/v1" + (path.hasPrefix("/") ? path : "/" + path)
    let body = try input.map { try Document.read($0, as: .any) }
    let backend = try await Backend.connect(settings)
    let output = try await backend.call(method.uppercased(), target, body, settings)
    Console(settings).show(output, as: .any)
    if method.uppercased() != "GET" { await backend.settle() }
  }
}

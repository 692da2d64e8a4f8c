internal import ArgumentParser
internal import Foundation
internal import Kernel
internal import NIOCore

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves the data directory over HTTP until SIGTERM or Ctrl-C.",
    discussion: """
      The last report is shown at / only with --public-report, since a proxy makes it everybody’s.
      TLS belongs to the reverse proxy in front.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port; 0 takes a free one.") var port = 8080
  @Option(help: "The largest request body, in bytes.") var maxBody = 1 << 20
  @Flag(help: "Show the last report to anybody who reaches the server.") var publicReport = false

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port is 0 to 65535.") }
    guard (1024...(1 << 30)).contains(maxBody) else {
      throw ValidationError("--max-body is 1024 to 1073741824.")
    }
  }

  func run() async throws {
    let settings = try common.settings()
    let directory = DataDirectory.chosen(settings.data)
    try directory.requireInitialised()
    var options = Server.Options()
    options.host = host
    options.port = port
    options.bodyLimit = maxBody
    options.showsReport = publicReport
    options.address = portalOrigin
    let instance = try await Instance.hold(directory)
    let language = settings.language
    try await Server.startable(at: host, port) {
      try requireFree(host, port)
      try await Server(instance, options) { address in
        Console.error(
          Words(en: "Parvis answers at \(address)", fr: "Parvis répond à \(address)")[language])
      }.run()
    }
  }
}

/// Tries the port before anything is started that would have to be stopped again, each part with a
/// complaint of its own. It is taken for a moment but not listened on: whoever connects in that moment
/// is refused, and tries again, rather than accepted by nobody. Throws the system's refusal.
private func requireFree(_ host: String, _ port: Int) throws {
  guard port != 0 else { return }
  let address = try SocketAddress.makeAddressResolvingHost(host, port: port)
  let stream = Int32(SOCK_STREAM.rawValue)
  let descriptor = socket(Int32(address.protocol.rawValue), stream, 0)
  guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
  defer { close(descriptor) }
  var yes: Int32 = 1
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
  let refusal = address.withSockAddr { pointer, size in
    bind(descriptor, pointer, socklen_t(size)) == 0 ? 0 : errno
  }
  if refusal != 0 { throw IOError(errnoCode: refusal, reason: "bind") }
}

extension Instance {
  /// Takes the directory for a server, waiting a little for a command that is at it. Throws
  /// `Problem.held` when another server has it.
  static func hold(
    _ directory: DataDirectory, clock: Clock = .system, isDemonstration: Bool = false
  ) async throws -> Instance {
    for _ in 0..<100 {
      if let lock = try DirectoryLock.attempt(directory) {
        let instance = try await open(
          directory, lock: lock, clock: clock, staying: true, isDemonstration: isDemonstration)
        try await instance.requireNoUnfinishedHistory()
        return instance
      }
      if DirectoryLock.holder(of: directory)?.socket != nil { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
  }
}

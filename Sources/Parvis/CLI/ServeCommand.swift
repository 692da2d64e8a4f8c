internal import ArgumentParser
internal import Foundation
internal import Kernel
internal import Logging
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
  @OptionGroup var options: ServeOptions

  func run() async throws {
    let settings = try common.settings()
    let configuration = try options.configuration(data: common.data)
    let directory = DataDirectory(path: configuration.data)
    try directory.requireInitialised()
    if let database = configuration.database {
      _ = try DatabaseAddress.stated(database, for: directory)
    }
    let log = configuration.logger
    let language = settings.language
    let options = Server.Options(configuration) { address in
      Console.error(
        Words(
          en: "Metrics and health are at \(address)",
          fr: "Mesures et santé se lisent à \(address)")[language])
    }
    let instance = try await Instance.hold(directory, origin: configuration.origin) {
      log.error("unexpected error", metadata: ["id": "\($1)", "error": "\(loggable($0))"])
    }
    if let port = options.metricsPort {
      try await Server.startable(at: options.metricsHost, port, chosenBy: "--metrics-port") {
        try requireFree(options.metricsHost, port)
      }
    }
    try await Server.startable(at: options.host, options.port) {
      try requireFree(options.host, options.port)
      try await Server(instance, options, log: log) { address in
        Console.error(
          Words(en: "Parvis answers at \(address)", fr: "Parvis répond à \(address)")[language])
      }.run()
    }
  }
}

extension ServerConfiguration {
  /// What the server writes to.
  var logger: Logger {
    logFormat.logger(self[.log].flatMap { Logger.Level(rawValue: $0) } ?? .info)
  }
}

extension Server.Options {
  fileprivate init(
    _ configuration: ServerConfiguration, watched: @escaping @Sendable (String) -> Void
  ) {
    self.init()
    host = configuration.host
    port = configuration.port
    bodyLimit = configuration.bodyLimit
    showsReport = configuration.showsReport
    address = configuration.origin
    metricsHost = configuration.metricsHost
    metricsPort = configuration.metricsPort
    self.watched = watched
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
  /// Takes the directory for a server, waiting a little for a command that is at it; beside other servers
  /// where the data are on PostgreSQL. Throws `Problem.held` when another server has it to itself.
  static func hold(
    _ directory: DataDirectory, clock: Clock = .system, isDemonstration: Bool = false,
    origin: String? = nil,
    report: @escaping @Sendable (any Error, String) -> Void = reportToStandardError
  ) async throws -> Instance {
    for _ in 0..<100 {
      // Where they are may change while somebody else has the directory.
      let sharing = try directory.postgresURL() != nil
      var lock = try DirectoryLock.attempt(directory)
      if sharing {
        // The first of several brings the data to this program's schema, and then lets go: an exclusive lock does
        // not become a shared one without a gap.
        if let alone = lock { _ = try await open(directory, lock: alone, clock: clock) }
        lock = nil
        lock = try DirectoryLock.join(directory)
      }
      if let lock, try (directory.postgresURL() != nil) == sharing {
        let instance = try await open(
          directory, lock: lock, clock: clock, staying: true, isDemonstration: isDemonstration,
          origin: origin, report: report)
        try await instance.requireNoUnfinishedHistory()
        return instance
      }
      if !sharing, DirectoryLock.holder(of: directory)?.socket != nil { break }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Problem.held(directory.path, by: DirectoryLock.holder(of: directory))
  }
}

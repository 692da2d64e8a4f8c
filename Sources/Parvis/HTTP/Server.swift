internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
internal import Kernel
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// An instance at the service of the network and of its owner.
struct Server: Sendable {
  struct Options: Sendable {
    var host = "127.0.0.1"
    var port = 8080
    var bodyLimit = 1 << 20
    var pace = BodyPace()
    /// Shows the last report to whoever can reach the server, without a token.
    var showsReport = true
    /// The portal's address as people write it; where none is set, what is listened to.
    var address: String?
    /// Where metrics and health are answered besides; nil for nowhere.
    var metricsPort: Int?
    var metricsHost = "127.0.0.1"
    /// Told the address of those once they are answered.
    var watched: @Sendable (String) -> Void = { _ in }
  }

  let instance: Instance
  let options: Options
  /// Told the address once requests are answered.
  let ready: @Sendable (String) -> Void
  let log: Logger

  init(
    _ instance: Instance, _ options: Options = Options(), log: Logger = Server.standardErrorLog,
    ready: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.instance = instance
    self.options = options
    self.log = log
    self.ready = ready
  }

  static let standardErrorLog =
    ServerConfiguration.ofProcess?.logger ?? LogFormat.text.logger(.info)

  /// Serves until a signal (SIGTERM, SIGINT) or the task ends it; then finishes what it has begun:
  /// requests first, then the events they raised.
  func run(signals: [UnixSignal] = [.sigterm, .sigint]) async throws {
    let socket = try instance.lock.socketPath(in: instance.directory)
    let bell = Bell()
    let elsewhere = Bell()
    // What another process said is delivered at once, too, by the one of all that delivers.
    instance.database.onCommitElsewhere {
      bell.ring()
      elsewhere.ring()
    }
    let facade = Facade(instance.platform, afterCommand: bell.ring)
    var quiet = log
    quiet.logLevel = max(log.logLevel, .warning)
    let lock = instance.lock
    let listening = Listening()

    let meter = options.metricsPort.map { _ in Meter() }
    let owner = Application(
      responder: responder(facade, .owner, listening, meter), server: .http1(configuration: http),
      configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socket)),
      onServerRunning: { _ in chmod(socket, 0o600) }, logger: quiet)
    guard let access = instance.platform.accounts else {
      throw StorageError.unavailable("no module knows who comes in")
    }
    let network = Application(
      responder: responder(facade, .network(access), listening, meter),
      server: .http1(configuration: http),
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port)),
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? options.port
        let address = Self.address(options.host, port)
        listening.say(address)
        try? lock.say(Holder(pid: getpid(), address: address, socket: socket))
        ready(address)
      }, logger: quiet)

    defer { unlink(socket) }
    // Ended in reverse: the network first, then the worker, last what goes on behind it.
    var configuration = ServiceGroupConfiguration(
      services: (watch(meter, quiet).map { [.init(service: $0)] } ?? [])
        + [
          .init(service: Backroom(workroom: instance.workroom)),
          .init(service: Worker(platform: instance.platform, bell: bell, log: log)),
          .init(service: ListeningPost(instance: instance, bell: elsewhere)),
          .init(service: owner), .init(service: network),
        ],
      gracefulShutdownSignals: signals, logger: quiet)
    configuration.maximumGracefulShutdownDuration = .seconds(30)
    try await ServiceGroup(configuration: configuration).run()
  }

  /// What answers whoever watches; nil where nobody does.
  private func watch(
    _ meter: Meter?, _ quiet: Logger
  ) -> Application<WatchResponder>? {
    guard let meter, let port = options.metricsPort else { return nil }
    let (host, watched) = (options.metricsHost, options.watched)
    return Application(
      responder: WatchResponder(instance: instance, meter: meter, log: log),
      server: .http1(configuration: http),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { watched(Self.address(host, $0.localAddress?.port ?? port)) },
      logger: quiet)
  }

  private static func address(_ host: String, _ port: Int) -> String {
    "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }

  private var http: HTTP1Channel.Configuration {
    HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionManners(pace: options.pace, log: log)],
      idleTimeout: .seconds(60))
  }

  private func responder(
    _ facade: Facade, _ door: Door, _ listening: Listening, _ meter: Meter?
  ) -> WebResponder {
    let report = options.showsReport ? PublishedReport(folder: instance.directory.reports) : nil
    var portal: Portal?
    if case .network = door {
      let said = options.address
      portal = Portal(
        facade, origin: said ?? listening.address, bodyLimit: options.bodyLimit, report: report)
    }
    var responder = WebResponder(
      facade: facade, door: door, bodyLimit: options.bodyLimit, report: report, portal: portal,
      log: log)
    responder.meter = meter
    return responder
  }
}

/// Where a server listens: known once it does, since the system may choose the port.
private final class Listening: Sendable {
  private let kept = Mutex("http://127.0.0.1:8080")
  var address: String { kept.withLock { $0 } }
  func say(_ address: String) { kept.withLock { $0 = address } }
}

extension Server {
  /// Runs `serve` with the system's refusal to listen as a `Problem`.
  static func startable(
    at host: String, _ port: Int, chosenBy flag: String = "--port",
    _ serve: () async throws -> Void
  ) async throws {
    do {
      try await serve()
    } catch let error as IOError {
      throw Problem(
        "server/cannot-listen", status: 502,
        title: Words(en: "Cannot listen", fr: "Écoute impossible"),
        detail: Words(
          en: "\(host), port \(port): \(String(cString: strerror(error.errnoCode))).",
          fr: "\(host), port \(port) : \(String(cString: strerror(error.errnoCode)))."),
        advice: Words(
          en: "Choose another port with \(flag), or stop what listens there.",
          fr: "Choisissez un autre port avec \(flag), ou arrêtez ce qui écoute là."))
    }
  }
}

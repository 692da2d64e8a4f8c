internal import ArgumentParser
internal import Kernel

/// What `serve` is told, and `config` shows.
struct ServeOptions: ParsableArguments {
  @Option(
    help: "The configuration file (or PARVIS_CONFIG; /etc/parvis/parvis.conf where there is one).")
  var config: String?
  @Option(help: "The PostgreSQL database the data have to be in: postgres://user@host/name.")
  var database: String?
  @Option(help: "Where people reach the portal: https://parvis.example.org.") var origin: String?
  @Option(help: "The address to listen on (127.0.0.1 otherwise).") var host: String?
  @Option(help: "The port; 0 takes a free one (8080 otherwise).") var port: String?
  @Option(help: "The largest request body, in bytes (1048576 otherwise).") var maxBody: String?
  @Flag(inversion: .prefixedNo, help: "Show the last report to anybody who reaches the server.")
  var publicReport: Bool?
  @Option(help: "The least that is logged: trace, debug, info, notice, warning, error, critical.")
  var log: String?
  @Option(help: "How it is logged: text, or json, a line each.") var logFormat: String?
  @Option(help: "The address for metrics and health (127.0.0.1 otherwise).")
  var metricsHost: String?
  @Option(help: "The port for metrics and health; 0 takes a free one (off otherwise).")
  var metricsPort: String?

  /// What holds with these flags. Throws a `Problem`.
  func configuration(data: String?) throws -> ServerConfiguration {
    let flags: [ConfigurationKey: String?] = [
      .data: data, .database: database, .origin: origin, .host: host, .port: port,
      .publicReport: publicReport.map { $0 ? "yes" : "no" }, .maxBody: maxBody, .log: log,
      .logFormat: logFormat, .metricsHost: metricsHost, .metricsPort: metricsPort,
    ]
    return try ServerConfiguration(flags: flags.compactMapValues { $0 }, file: config)
  }
}

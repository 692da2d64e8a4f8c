internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import Logging
internal import NIOCore

/// What answers on the port for whoever watches over a server: metrics and health, nothing about people,
/// and nothing can be changed.
struct WatchResponder: HTTPResponder {
  typealias Context = NetworkContext

  let instance: Instance
  let meter: Meter
  let log: Logger

  func respond(to request: Hummingbird.Request, context: Context) async throws -> Response {
    await respond(to: request)
  }

  func respond(to request: Hummingbird.Request) async -> Response {
    guard request.method == .get || request.method == .head else {
      return text("only GET\n", .methodNotAllowed)
    }
    let response =
      switch request.uri.path {
      case "/metrics": await metrics()
      case "/health/live": text("live\n")
      case "/health/ready": await ready()
      default: text("/metrics, /health/live, /health/ready\n", .notFound)
      }
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func ready() async -> Response {
    do {
      try await instance.database.readBriefly { _ = try $0.rows("SELECT 1 AS one") }
      return text("ready\n")
    } catch {
      log.warning("not ready", metadata: ["error": "\(loggable(error))"])
      return text("the database does not answer\n", .serviceUnavailable)
    }
  }

  private func metrics() async -> Response {
    var text = meter.exposition()
    text.family("parvis_build_info", .gauge, "The version of the program.")
    text.sample(1, ["version": parvisVersion])
    // What cannot be read now is left out: that the rest is there is worth more.
    if let waiting = instance.database.writesWaiting {
      text.gauge("parvis_write_queue", Double(waiting), "Changes that wait for the writer.")
    }
    text.gauge(
      "parvis_leads", instance.platform.wasLeading ? 1 : 0,
      "Whether this server, of all on its database, delivers events and does periodic work.")
    if let status = try? await instance.platform.perform(
      Kernel.Request(StatusModule.useCase, as: .administrator)
    ).decoded(as: StatusModule.Status.self) {
      add(status, to: &text)
    }
    if let bytes = try? await instance.databaseSize() {
      text.gauge(
        "parvis_database_size_bytes", Double(bytes), "What the database takes on its disk.")
    }
    if let last = LastBackup.of(instance.directory) {
      text.gauge(
        "parvis_last_backup_timestamp_seconds", Double(last.at.milliseconds) / 1000,
        "When the last good backup was made.")
    }
    return self.text(text.text, type: Exposition.contentType)
  }

  private func add(_ status: StatusModule.Status, to text: inout Exposition) {
    text.family("parvis_events_total", .counter, "Events that were ever said between modules.")
    text.sample(Double(status.events))
    text.gauge(
      "parvis_deliveries_pending", Double(status.deliveriesPending),
      "Deliveries of events that wait.")
    text.gauge(
      "parvis_deliveries_parked", Double(status.deliveriesParked),
      "Deliveries of events that were given up.")
    let age = status.oldestPending.map { max(0, status.time.milliseconds - $0.milliseconds) } ?? 0
    text.gauge(
      "parvis_oldest_delivery_seconds", Double(age) / 1000,
      "For how long the oldest delivery has waited.")
    if let letters = status.messagesWaiting {
      text.gauge("parvis_letters_waiting", Double(letters), "Letters that have not left.")
    }
  }

  private func text(
    _ text: String, _ status: HTTPResponse.Status = .ok,
    type: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

extension Instance {
  /// How many bytes the database takes. Throws `StorageError`.
  fileprivate func databaseSize() async throws -> Int {
    switch database.dialect {
    case .sqlite:
      return ["", "-wal", "-shm"].reduce(0) { sum, end in
        var status = stat()
        return sum + (stat(directory.database + end, &status) == 0 ? Int(status.st_size) : 0)
      }
    case .postgres:
      return try await database.read {
        try $0.rows("SELECT pg_database_size(current_database()) AS n").first?.get("n") ?? 0
      }
    }
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Kernel
import Logging
import NIOCore
@testable import ParvisApp
import SQLite

/// The HTTP interface of a fresh instance in a folder of its own, without a socket.
final class Site: Sendable {
  let folder: String
  let database: SQLiteDatabase
  let clock = SetClock(Instant("2020-03-02T09:00:00Z") ?? Instant(milliseconds: 0))
  let platform: Platform
  let responder: WebResponder

  init(
    bodyLimit: Int = 1 << 20, log: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
  ) async throws {
    folder = NSTemporaryDirectory() + "/parvis-http-\(UInt64.random(in: 0 ... .max))"
    let directory = DataDirectory(path: folder)
    try directory.create()
    database = try SQLiteDatabase(file: directory.database)
    let host = Kernel.Host(database: database, clock: clock.clock)
    platform = Platform(
      modules: compose(host, in: directory), database: database, clock: clock.clock)
    try await platform.migrate()
    guard let access = platform.accounts else { throw StorageError.unavailable("no accounts") }
    responder = WebResponder(
      facade: Facade(platform), door: .network(access), bodyLimit: bodyLimit,
      report: PublishedReport(folder: directory.reports),
      log: log)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  struct Reply {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    var json: JSON { (try? JSON(parsing: Data(bytes))) ?? .null }
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The type of the problem, without its prefix.
    var problem: String? { json["type"]?.text.map { String($0.dropFirst("/problems/".count)) } }
    var fields: [String] { json["fields"]?.items.compactMap { $0["field"]?.text } ?? [] }
  }

  /// A token for a role.
  func token(
    _ role: String = "administrator", subject: String? = nil, edition: String? = nil,
    days: Int64 = 90
  ) async throws -> (id: String, secret: String) {
    var input: [String: JSON] = [
      "role": .string(role), "label": "test", "expiresInDays": .integer(days),
    ]
    if let subject { input["subject"] = .string(subject) }
    if let edition { input["edition"] = .string(edition) }
    let made = try await platform.perform(
      Kernel.Request("token.create", as: .administrator, .object(input)))
    return (made["id"]?.text ?? "", made["token"]?.text ?? "")
  }

  /// Somebody who speaks for a partner, since a token stands for somebody there is.
  func contact() async throws -> String {
    let made = try await platform.perform(
      Kernel.Request(
        "partners.register", as: .manager,
        [
          "name": "Company", "kind": "company",
          "contact": ["name": "Claude", "email": "claude@partner.example", "language": "fr"],
        ]))
    return made["contact"]?.text ?? ""
  }

  func send(
    _ method: String, _ target: String, token: String? = nil, body: JSON? = nil,
    headers: [String: String] = [:]
  ) async throws -> Reply {
    try await send(
      method, target, token: token, raw: try body.map { [UInt8](try JSON.data(of: $0)) },
      headers: headers)
  }

  func send(
    _ method: String, _ target: String, token: String? = nil, raw: [UInt8]?,
    headers: [String: String] = [:], chunks: Int = 1
  ) async throws -> Reply {
    var fields = HTTPFields()
    if raw != nil { fields[.contentType] = "application/json" }
    if let token { fields[.authorization] = "Bearer \(token)" }
    for (name, value) in headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    let head = HTTPRequest(
      method: HTTPRequest.Method(method) ?? .get, scheme: "http", authority: "test", path: target,
      headerFields: fields)
    let parts = raw.map { bytes in (0..<chunks).map { _ in ByteBuffer(bytes: bytes) } } ?? []
    let body = RequestBody(
      asyncSequence: AsyncStream<ByteBuffer> { source in
        for part in parts { source.yield(part) }
        source.finish()
      })
    let response = await responder.respond(to: Hummingbird.Request(head: head, body: body))
    let collector = Collector()
    try await response.body.write(collector)
    return Reply(
      status: response.status.code, headers: response.headers, bytes: collector.box.bytes)
  }
}

/// Keeps what a response writes.
struct Collector: ResponseBodyWriter {
  final class Box: @unchecked Sendable { var bytes: [UInt8] = [] }
  let box = Box()

  func write(_ buffer: ByteBuffer) async throws { box.bytes += [UInt8](buffer.readableBytesView) }
  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

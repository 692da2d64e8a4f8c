import Foundation
import Kernel
import Logging
@testable import ParvisApp
import Synchronization

/// A server on a free port, what it logs, and clients that write bytes of their own.
final class Wire: Sendable {
  let folder: String
  let port: UInt16
  /// Where metrics and health are; nil where nobody watches.
  let watchPort: UInt16?
  private let serving: Task<Void, any Error>
  private let lines: Lines
  private let instance: Instance

  init(pace: BodyPace = BodyPace(), watched: Bool = false) async throws {
    folder = NSTemporaryDirectory() + "/parvis-wire-\(UInt64.random(in: 0 ... .max))"
    let lines = Lines()
    self.lines = lines
    let instance = try await Instance.create(DataDirectory(path: folder))
    self.instance = instance
    var options = Server.Options()
    options.port = 0
    options.pace = pace
    let watching = Mutex<UInt16?>(nil)
    if watched {
      options.metricsPort = 0
      options.watched = { address in
        watching.withLock { $0 = UInt16(address.split(separator: ":").last ?? "") }
      }
    }
    let (ports, found) = AsyncStream<UInt16>.makeStream()
    let server = Server(instance, options, log: Logger(label: "wire") { _ in Keeper(lines: lines) })
    {
      found.yield(UInt16($0.split(separator: ":").last ?? "") ?? 0)
    }
    serving = Task { try await server.run(signals: []) }
    var first: UInt16 = 0
    for await port in ports {
      first = port
      break
    }
    port = first
    for _ in 0..<200 where watched && watching.withLock({ $0 }) == nil {
      try await Task.sleep(for: .milliseconds(10))
    }
    watchPort = watching.withLock { $0 }
  }

  deinit {
    serving.cancel()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// What was logged as worse than information.
  var complaints: [String] {
    lines.all.withLock { $0 }.filter { $0.level > .info }.map(\.text)
  }
  var logged: [String] { lines.all.withLock { $0 }.map(\.text) }

  func token() async throws -> String {
    let made = try await instance.platform.perform(
      Kernel.Request(
        "token.create", as: .administrator, ["role": "manager", "label": "wire"]))
    return made["token"]?.text ?? ""
  }

  /// What is answered to whoever watches.
  func watch(_ path: String, _ method: String = "GET") async -> Heard {
    await say(
      ["\(method) \(path) HTTP/1.1\r\nHost: parvis\r\nConnection: close\r\n\r\n"], at: watchPort)
  }

  /// Everything the server says until it closes the connection, or for `seconds`; `parts` are sent with
  /// that many milliseconds between them.
  func say(
    _ parts: [String], every milliseconds: UInt32 = 0, for seconds: Double = 5,
    hangingUp: Bool = false, at other: UInt16? = nil
  ) async -> Heard {
    let port = other ?? port
    return await withCheckedContinuation { (found: CheckedContinuation<Heard, Never>) in
      // A thread of its own: those of the server’s tasks are few.
      Thread.detachNewThread {
        found.resume(
          returning: exchange(
            parts, every: milliseconds, for: seconds, hangingUp: hangingUp, at: port))
      }
    }
  }
}

/// What came back, and whether the connection was closed on us.
struct Heard: Sendable {
  let text: String
  let isClosed: Bool

  var status: Int { Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0 }
  var isProblem: Bool {
    text.lowercased().contains("content-type: application/problem+json") && json["type"] != nil
  }
  var json: JSON {
    guard let head = text.range(of: "\r\n\r\n") else { return .null }
    return (try? JSON(parsing: String(text[head.upperBound...]))) ?? .null
  }
}

private func exchange(
  _ parts: [String], every milliseconds: UInt32, for seconds: Double, hangingUp: Bool,
  at port: UInt16
) -> Heard {
  let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(line) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  let isConnected = withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
  guard isConnected else { return Heard(text: "", isClosed: true) }
  let end = Date(timeIntervalSinceNow: seconds)
  for part in parts {
    let bytes = Array(part.utf8)
    if send(line, bytes, bytes.count, Int32(MSG_NOSIGNAL)) < 0 { break }
    if milliseconds > 0 { usleep(milliseconds * 1000) }
    if Date() > end { break }
  }
  if hangingUp { return Heard(text: "", isClosed: false) }
  var text: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while Date() < end {
    var wait = pollfd(fd: line, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, 50) > 0 else { continue }
    let count = recv(line, &buffer, buffer.count, 0)
    if count <= 0 { return Heard(text: String(decoding: text, as: UTF8.self), isClosed: true) }
    text += buffer[..<count]
  }
  return Heard(text: String(decoding: text, as: UTF8.self), isClosed: false)
}

private final class Lines: Sendable {
  let all = Mutex<[(level: Logger.Level, text: String)]>([])
}

private struct Keeper: LogHandler {
  let lines: Lines
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    lines.all.withLock { $0.append((event.level, "\(event.message)")) }
  }
}

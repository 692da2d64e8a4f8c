internal import AsyncHTTPClient
internal import Foundation
internal import Kernel
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// What came of handing a message over.
struct WebhookOutcome: Equatable, Sendable {
  /// Nil where nobody answered.
  var status: Int?
  /// The beginning of the answer.
  var answer = ""
  /// Why nobody answered, or why it was not sent.
  var fault: String?
  /// How long to wait, where the answer says so.
  var retryAfter: Int64?

  var isDelivered: Bool { status.map { (200..<300).contains($0) } ?? false }
}

/// Hands messages to integrators.
protocol WebhookCarrier: Sendable {
  func post(
    _ body: [UInt8], to url: String, _ headers: [(name: String, value: String)],
    allowingPrivate: Bool
  ) async -> WebhookOutcome
}

/// Over HTTPS: the name is looked up once, the address must be a public one and is the one connected to;
/// no redirect is followed, little is read of the answer, and nobody may take long.
struct HTTPWebhookCarrier: WebhookCarrier {
  static let mostRead = 400
  private static let patience = TimeAmount.seconds(10)
  /// How long what follows the head of an answer may take.
  var patienceForBody = TimeAmount.seconds(10)

  func post(
    _ body: [UInt8], to url: String, _ headers: [(name: String, value: String)],
    allowingPrivate: Bool
  ) async -> WebhookOutcome {
    guard let target = WebhookTarget(url, allowingPrivate: allowingPrivate) else {
      return WebhookOutcome(fault: "the address is not one to send to")
    }
    let address: NetworkAddress
    do {
      guard let found = try await NetworkAddress.resolving(target.host, port: target.port) else {
        return WebhookOutcome(fault: "the host has no address")
      }
      address = found
    } catch {
      return WebhookOutcome(fault: "the host has no address")
    }
    guard allowingPrivate || address.isPublic else {
      return WebhookOutcome(fault: "the host is at a private address (\(address.text))")
    }
    return await send(body, to: url, headers, target.host, at: address)
  }

  private func send(
    _ body: [UInt8], to url: String, _ headers: [(name: String, value: String)], _ host: String,
    at address: NetworkAddress
  ) async -> WebhookOutcome {
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.timeout.connect = .seconds(5)
    configuration.timeout.read = Self.patience
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.dnsOverride = [host: address.text]
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "User-Agent", value: "parvis/\(parvisVersion)")
    for header in headers { request.headers.add(name: header.name, value: header.value) }
    request.body = .bytes(ByteBuffer(bytes: body))
    let outcome: WebhookOutcome
    do {
      let response = try await client.execute(request, timeout: Self.patience)
      let wait = response.headers.first(name: "Retry-After").flatMap { Int64($0) }
      outcome = WebhookOutcome(
        status: Int(response.status.code), answer: await beginning(of: response),
        retryAfter: wait.flatMap { $0 > 0 ? min($0, 86_400) : nil })
    } catch {
      outcome = WebhookOutcome(fault: plainReason(error))
    }
    try? await client.shutdown()
    return outcome
  }

  /// What comes of the answer's body in time: whoever sends it by the byte is not waited for.
  private func beginning(of response: HTTPClientResponse) async -> String {
    let patience = patienceForBody
    let came = Bytes()
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          for try await part in response.body {
            let isEnough = came.read.withLock { bytes in
              bytes += part.readableBytesView.prefix(Self.mostRead - bytes.count)
              return bytes.count >= Self.mostRead
            }
            if isEnough { break }
          }
        } catch {
          // What came before is kept: the status is what counts.
        }
      }
      group.addTask { try? await Task.sleep(for: .nanoseconds(patience.nanoseconds)) }
      await group.next()
      group.cancelAll()
    }
    let text = String(decoding: came.read.withLock { $0 }, as: UTF8.self)
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}

/// What was read of an answer so far.
private final class Bytes: Sendable {
  let read = Mutex<[UInt8]>([])
}

/// Where messages go.
struct WebhookTarget: Sendable {
  /// As the client takes it from the same text.
  let host: String
  let port: Int

  /// Nil for anything but `https://host/…` without user or password; `http` where private addresses are
  /// allowed.
  init?(_ text: String, allowingPrivate: Bool) {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      scheme == "https" || (allowingPrivate && scheme == "http"),
      let named = url.host, !named.isEmpty, url.user == nil, url.password == nil,
      url.fragment == nil, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
    else { return nil }
    host = named.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    port = url.port ?? (scheme == "https" ? 443 : 80)
    guard (1...65_535).contains(port) else { return nil }
  }
}

/// The short reason in an error of the client.
private func plainReason(_ error: any Error) -> String {
  switch error {
  case let error as HTTPClientError: error.shortDescription
  case let error as IOError: String(cString: strerror(error.errnoCode))
  default: String("\(error)".prefix(200))
  }
}

internal import AsyncHTTPClient
internal import Foundation
internal import Kernel
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A server that answers in the directory's stead: over its socket, or over HTTP(S).
struct RemoteServer: Sendable {
  private let base: String
  private let shown: String
  private let token: String?
  private let actor: Actor?

  /// Says at once that nobody is there, rather than trying until the end of the request's time.
  private static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration()
    configuration.timeout.connect = .seconds(10)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.redirectConfiguration = .disallow
    return HTTPClient(configuration: configuration)
  }()

  init(socket: String, actor: Actor) {
    base = "http+unix://" + Target.encoded(socket)
    shown = socket
    token = nil
    self.actor = actor
  }

  /// Throws a `Problem` for what is not an HTTP address.
  init(url: String, token: String?) throws {
    guard let parsed = URL(string: url), let scheme = parsed.scheme, parsed.host != nil,
      ["http", "https"].contains(scheme)
    else {
      throw Problem.usage(
        en: "“\(url)” is not an http or https address.",
        fr: "« \(url) » n’est pas une adresse http ou https.")
    }
    base = url.hasSuffix("/") ? String(url.dropLast()) : url
    shown = base
    self.token = token
    actor = nil
  }

  /// Sends fields and files as a form, as they are read. Throws the `Problem` it answers with.
  func send(
    _ method: String, _ target: String, fields: JSON?, _ files: [String: LocalFile], key: String?,
    language: Language
  ) async throws -> JSON {
    let boundary = "parvis-\(newRequestID())\(newRequestID())"
    var request = request(method, target, key: key, language: language)
    request.headers.add(
      name: "Content-Type", value: "multipart/form-data; boundary=\(boundary)")
    let form = try OutgoingForm(fields: fields, files, boundary: boundary)
    request.body = .stream(
      AsyncThrowingStream { try form.next().map { ByteBuffer(bytes: $0) } }, length: .unknown)
    return try await answer(to: request)
  }

  /// Fetches a file, and writes it where it lands; says where. Throws the `Problem` it answers with.
  func fetch(_ target: String, to landing: Landing, language: Language) async throws -> String? {
    let request = request("GET", target, key: nil, language: language)
    do {
      let response = try await Self.client.execute(request, timeout: .seconds(300))
      guard response.status == .ok else {
        let data = Data(try await response.body.collect(upTo: 1 << 20).readableBytesView)
        throw (try? JSON(parsing: data)).flatMap(Problem.init(document:))
          ?? Problem.unreachable(shown, because: "HTTP \(response.status.code)")
      }
      let said = HeaderValue(response.headers.first(name: "Content-Disposition") ?? "").parameters
      let whole = said["filename*"]?.components(separatedBy: "''").last?.removingPercentEncoding
      let name = FileName(whole ?? said["filename"] ?? "file") ?? .sample
      let (handle, path) = try landing.open(for: name)
      for try await part in response.body {
        try handle.write(contentsOf: Data(part.readableBytesView))
      }
      return path
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem.unreachable(shown, because: plain(error))
    }
  }

  /// Sends a request and reads the answer. Throws the `Problem` it answers with.
  func send(
    _ method: String, _ target: String, _ body: JSON?, key: String?, language: Language
  ) async throws -> JSON {
    var request = request(method, target, key: key, language: language)
    if let body {
      request.headers.add(name: "Content-Type", value: "application/json")
      request.body = .bytes(ByteBuffer(bytes: try JSON.data(of: body)))
    }
    return try await answer(to: request)
  }

  private func request(
    _ method: String, _ target: String, key: String?, language: Language
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: base + target)
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(name: "Accept", value: "application/json, application/problem+json")
    request.headers.add(name: "Accept-Language", value: language.rawValue)
    request.headers.add(name: "User-Agent", value: "parvis/\(parvisVersion)")
    if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if let actor { request.headers.add(name: "Parvis-Actor", value: actor.description) }
    if let key { request.headers.add(name: "Idempotency-Key", value: key) }
    return request
  }

  private func answer(to request: HTTPClientRequest) async throws -> JSON {
    let status: Int
    let data: Data
    do {
      let response = try await Self.client.execute(request, timeout: .seconds(300))
      status = Int(response.status.code)
      data = Data(try await response.body.collect(upTo: 256 << 20).readableBytesView)
    } catch {
      throw Problem.unreachable(shown, because: plain(error))
    }
    let document = try? JSON(parsing: data)
    guard (200..<300).contains(status) else {
      throw document.flatMap(Problem.init(document:))
        ?? Problem.unreachable(shown, because: "HTTP \(status)")
    }
    return document ?? .null
  }
}

/// The short reason in an error of the client.
private func plain(_ error: any Error) -> String {
  switch error {
  case let error as NIOConnectionError:
    error.connectionErrors.first.map { plain($0.error) } ?? "no connection"
  case let error as IOError: String(cString: strerror(error.errnoCode))
  case let error as HTTPClientError: error.shortDescription
  default: "\(error)"
  }
}

extension Problem {
  static func unreachable(_ server: String, because reason: String) -> Problem {
    Problem(
      "server/unreachable", status: 502,
      title: Words(en: "No answer", fr: "Pas de réponse"),
      detail: Words(
        en: "The server at \(server) did not answer (\(reason)).",
        fr: "Le serveur \(server) n’a pas répondu (\(reason))."),
      advice: Words(
        en: "Check the address and whether it runs; a command sent with --key can be sent again.",
        fr:
          "Vérifiez l’adresse et qu’il tourne ; une commande envoyée avec --key peut l’être à nouveau."
      ))
  }
}

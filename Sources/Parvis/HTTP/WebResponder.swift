internal import AccountsAPI
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Kernel
internal import Logging
internal import NIOCore

/// Who comes in, and how it is known who they are.
enum Door: Sendable {
  /// Anybody on the network: a bearer token says.
  case network(any SessionAPI)
  /// The owner of the data directory, through the socket only they can open: `Parvis-Actor` says.
  case owner

  /// Whether a request has to say which host it is for (RFC 9112, section 3.2).
  var needsHost: Bool {
    switch self {
    case .network: true
    case .owner: false
    }
  }
}

/// Where a request came from.
struct NetworkContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The address of who connected.
  let peer: String?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress?.ipAddress
  }
}

/// Translates between the web server and the facade.
struct WebResponder: HTTPResponder {
  typealias Context = NetworkContext

  let facade: Facade
  let door: Door
  let bodyLimit: Int
  let report: PublishedReport?
  /// The pages for people; none for the owner's socket.
  var portal: Portal?
  /// The document of the interface, made once.
  let interface: InterfaceDocument
  let log: Logger
  /// What counts answers; none where nobody asks.
  var meter: Meter?

  init(
    facade: Facade, door: Door, bodyLimit: Int, report: PublishedReport?, portal: Portal? = nil,
    log: Logger
  ) {
    self.facade = facade
    self.door = door
    self.bodyLimit = bodyLimit
    self.report = report
    self.portal = portal
    self.log = log
    interface = InterfaceDocument(of: facade.platform.endpoints)
  }

  func respond(to request: Hummingbird.Request, context: Context) async throws -> Response {
    let forwarded = HTTPField.Name("X-Forwarded-For").flatMap {
      request.headers[values: $0].last
    }
    return await respond(to: request, from: CallerNetwork.of(context.peer, forwarded: forwarded))
  }

  func respond(
    to request: Hummingbird.Request, from network: String = "-"
  ) async -> Response {
    let started = ContinuousClock.now
    let language = Language(accepting: request.headers[.acceptLanguage])
    let id = requestID(request.headers[.requestID])
    var route = "-"
    var role = "-"
    var response: Response
    do {
      response = try await answer(request, from: network, language, id, &route, &role)
    } catch let error as any UserFacing {
      response = shown(error.problem, in: language, request: id)
    } catch {
      log.error("unexpected error", metadata: ["id": "\(id)", "error": "\(loggable(error))"])
      let problem = Problem.internalError(reference: id)
      response =
        portal?.response(to: request, about: problem, language: language, id: id)
        ?? shown(problem, in: language, request: id)
    }
    response.headers[.requestID] = id
    if request.method == .head { response = response.createHeadResponse() }
    // The pattern of the route, never what somebody put into it.
    let elapsed = ContinuousClock.now - started
    meter?.count(request.method.rawValue, route, response.status.code, took: elapsed)
    let milliseconds = elapsed / .milliseconds(1)
    log.info(
      "\(request.method.rawValue) \(route) \(response.status.code)",
      metadata: [
        "id": "\(id)", "role": "\(role)",
        "ms": "\(Double(Int(milliseconds * 10)) / 10)",
      ])
    return response
  }

  private func answer(
    _ request: Hummingbird.Request, from network: String, _ language: Language, _ id: String,
    _ route: inout String,
    _ role: inout String
  ) async throws -> Response {
    try refuseUnreadable(request.head, needsHost: door.needsHost)
    let target = request.head.path ?? "/"
    let address = try Target(target)
    if let portal,
      let page = try await portal.response(
        to: request, address, from: network, language: language, id: id, route: &route)
    {
      return page
    }
    if let page = try await page(request, address.parts, &route) { return page }
    let actor = try await actor(of: request)
    role = actor.role.rawValue
    var call = Call(
      method: request.method == .head ? "GET" : request.method.rawValue, target: target,
      actor: actor, language: language, key: request.headers[.idempotencyKey], id: id,
      contentType: request.headers[.contentType], version: try versionTag(request.headers[.ifMatch])
    )
    let way = try facade.route(call, to: address)
    route = "/v1" + way.endpoint.path
    let admitted = try way.admit(actor)
    let vault = facade.platform.vault
    var staged: [StagedFile] = []
    defer { for file in staged { vault?.discard(file) } }
    if let vault, let field = way.endpoint.fileField,
      FileRequest.takes(request.headers[.contentType])
    {
      let files = FileRequest(vault: vault, field: field, bodyLimit: bodyLimit)
      let (input, waiting) = try await files.input(from: request)
      staged = waiting
      call.contentType = "application/json"
      call.body = try JSON.data(of: JSON.object(input))
    } else {
      call.body = try await body(of: request)
    }
    if case .network(let access) = door, way.endpoint.addressOfAttempts != nil {
      let input = (try? JSON(parsing: call.body)) ?? .null
      try await way.endpoint.countAttempt(input, by: actor, from: network, with: access)
    }
    if way.endpoint.answersWithFile {
      guard let vault else { throw Problem.noSuchEndpoint(target) }
      let answer = try await facade.answer(call, by: admitted)
      return try vault.response(sending: answer.output.decoded(as: SentFile.self))
    }
    if let stream = EventStream(facade, call, admitted, accepting: request.headers[.accept]) {
      return try await stream.response()
    }
    if let stream = FeedStream(
      facade, call, admitted, accepting: request.headers[.accept],
      last: HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] })
    {
      return try await stream.response()
    }
    let reply = try await facade.encoded(call, by: admitted)
    var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
    if let version = reply.version { headers[.eTag] = "\"\(version)\"" }
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.bytes)))
  }

  private func actor(of request: Hummingbird.Request) async throws -> Actor {
    switch door {
    case .owner:
      return try Actor.owner(as: request.headers[.actor])
    case .network(let access):
      guard let header = request.headers[.authorization] else { return .anyone }
      let parts = header.split(separator: " ")
      guard parts.count == 2, parts[0].lowercased() == "bearer",
        let actor = try await access.actor(bearing: String(parts[1]))
      else { throw Problem.unauthenticated }
      return actor
    }
  }

  private func body(of request: Hummingbird.Request) async throws -> Data {
    let length = request.headers[.contentLength].flatMap { Int($0) }
    if let length, length > bodyLimit { throw Problem.tooLarge(limit: bodyLimit) }
    let body: ByteBuffer
    do {
      body = try await request.body.collect(upTo: bodyLimit)
    } catch is NIOTooManyBytesError {
      throw Problem.tooLarge(limit: bodyLimit)
    } catch {
      throw brokenRequest(error)
    }
    // A connection that ends looks to the reader like a body that does.
    if let length, length != body.readableBytes { throw Problem.hungUp }
    return Data(body.readableBytesView)
  }

  private func shown(_ problem: Problem, in language: Language, request: String) -> Response {
    var headers: HTTPFields = [
      .contentType: "application/problem+json", .cacheControl: "no-store",
      .contentLanguage: language.rawValue,
    ]
    switch problem.status {
    case 401: headers[.wwwAuthenticate] = "Bearer realm=\"parvis\""
    case 405: headers[.allow] = problem.allowedMethods
    // What is left of the body is not worth receiving.
    case 413: headers[.connection] = "close"
    case 429: headers[.retryAfter] = String(problem.retryAfter ?? 60)
    case 503: headers[.retryAfter] = "2"
    default: break
    }
    let document = problem.document(in: language, request: request)
    let data = (try? JSON.data(of: document)) ?? Data()
    return Response(
      status: .init(code: problem.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }
}

extension WebResponder {
  /// What is not a use case: health, the document of the interface, the last report.
  private func page(
    _ request: Hummingbird.Request, _ parts: [String], _ route: inout String
  ) async throws -> Response? {
    switch parts.first {
    case "health" where parts == ["health", "live"]:
      route = "/health/live"
      try onlyGet(request)
      return json(["status": "live"])
    case "health" where parts == ["health", "ready"]:
      route = "/health/ready"
      try onlyGet(request)
      try await facade.platform.database.readBriefly { _ = try $0.rows("SELECT 1 AS one") }
      return json(["status": "ready"])
    case "calendar" where parts.count == 2:
      route = "/calendar"
      try onlyGet(request)
      return try await calendar(parts[1], for: request)
    case "openapi.json" where parts.count == 1:
      route = "/openapi.json"
      try onlyGet(request)
      return interface.response(to: request.headers[.ifNoneMatch])
    case "" where parts.count == 1:
      guard let report else { return nil }
      route = "/"
      try onlyGet(request)
      guard report.file(at: []) != nil else {
        return html(Data(noReportPage.utf8), "text/html; charset=utf-8")
      }
      return Response(status: .found, headers: [.location: "/report/"])
    case "report":
      guard let report else { return nil }
      route = "/report"
      try onlyGet(request)
      if parts.count == 1 { return Response(status: .found, headers: [.location: "/report/"]) }
      guard let file = report.file(at: Array(parts.dropFirst())) else {
        throw Problem.noSuchEndpoint("/report/…")
      }
      return html(file.data, file.type)
    default: return nil
    }
  }

  private func onlyGet(_ request: Hummingbird.Request) throws {
    guard request.method == .get || request.method == .head else {
      throw Problem.methodNotAllowed(["GET"])
    }
  }

  private func json(_ document: JSON) -> Response {
    let data = (try? JSON.data(of: document)) ?? Data()
    return Response(
      status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }

  private func html(_ data: Data, _ type: String) -> Response {
    var headers: HTTPFields = [.contentType: type, .cacheControl: "no-cache"]
    headers[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    headers[.xContentTypeOptions] = "nosniff"
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
  }
}

/// A caller's own id if it is a plain one, so that nobody writes into our log; a new one otherwise.
private func requestID(_ given: String?) -> String {
  if let given, (1...64).contains(given.utf8.count),
    given.utf8.allSatisfy({
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45
        || $0 == 95
    })
  {
    return given
  }
  return newRequestID()
}

/// The version in an `If-Match`: `"3"`, or `W/"3"` as some proxies weaken it. Throws a `Problem` for
/// anything else, since whoever sends one wants to be protected.
private func versionTag(_ header: String?) throws -> Int64? {
  guard let header else { return nil }
  let tag = header.hasPrefix("W/") ? header.dropFirst(2) : Substring(header)
  guard tag.count > 2, tag.first == "\"", tag.last == "\"",
    let version = Int64(tag.dropFirst().dropLast()), version > 0
  else {
    throw Problem(
      "malformed", status: 400, title: Words(en: "Unreadable request", fr: "Requête illisible"),
      detail: Words(
        en: "If-Match does not hold a version.", fr: "If-Match ne contient pas de version."),
      advice: Words(
        en: "Send back the ETag you were given, such as \"3\".",
        fr: "Renvoyez l’ETag reçu, par exemple \"3\"."))
  }
  return version
}

extension Problem {
  /// The methods a `methodNotAllowed` names, for the `Allow` header.
  fileprivate var allowedMethods: String {
    Endpoint.Method.allCases.map(\.rawValue).filter { detail.en.contains($0) }
      .joined(separator: ", ")
  }
}

extension HTTPField.Name {
  fileprivate static func fixed(_ name: String) -> HTTPField.Name { .init(name) ?? .accept }
  static let requestID = fixed("X-Request-Id")
  static let idempotencyKey = fixed("Idempotency-Key")
  static let actor = fixed("Parvis-Actor")
}
